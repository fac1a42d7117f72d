//! Groups the tokens of one block into sentences, with the abbreviations of news English.
//!
//! Refuses to cross a block: the end of a paragraph always ends a sentence.

use crate::lexicon::words::{self, Abbreviation};
use crate::span::{Span, Text};
use crate::text::tokens::{is_apostrophe, is_double_mark};
use std::ops::Range;

/// Returns the sentences of the tokens in `range`, as ranges of token numbers.
pub fn sentences(text: &Text, spans: &[Span], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut begin = range.start;
    let mut at = range.start;
    while at < range.end {
        let word = text.slice(spans[at]);
        let mut next = at + 1;
        let verdict = stop(word);
        if verdict == Stop::No {
            at = next;
            continue;
        }
        while next < range.end && closes(text, spans, next) {
            next += 1;
        }
        let ends = next >= range.end || {
            let follows = text.slice(spans[next]);
            match verdict {
                Stop::Period => !starts_lower(follows) && !is_clause_mark(follows),
                Stop::Mark => !starts_lower(follows) && !is_clause_mark(follows) && !follows.starts_with("--"),
                // "No. Nobody told me.", "Vane: No. Nobody told me."
                Stop::Abbreviation if word == "No." && opens(text, spans, begin, at) => starts_upper(follows),
                Stop::Abbreviation => opens_after(text, spans, next, range.end),
                Stop::No => false,
            }
        };
        if ends {
            out.push(begin..next);
            begin = next;
        }
        at = next;
    }
    if begin < range.end {
        out.push(begin..range.end);
    }
    out
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Stop {
    No,
    Period,
    /// A question or exclamation mark, or an ellipsis, which may stand inside a sentence.
    Mark,
    /// An abbreviation that may end a sentence.
    Abbreviation,
}

fn stop(word: &str) -> Stop {
    match word.as_bytes() {
        b"." => return Stop::Period,
        b"!" | b"?" => return Stop::Mark,
        [.., b'.'] => {}
        _ if word == "…" => return Stop::Mark,
        _ => return Stop::No,
    }
    if word.bytes().all(|b| b == b'.') {
        return Stop::Mark;
    }
    match words::abbreviation(word) {
        Some(Abbreviation::Title | Abbreviation::Inner) => Stop::No,
        Some(Abbreviation::Unit | Abbreviation::Number) => Stop::Abbreviation,
        None if word.len() <= 2 => Stop::No,
        None => Stop::Abbreviation,
    }
}

/// Tells whether a token closes what stands before it: a mark that touches the token before.
fn closes(text: &Text, spans: &[Span], at: usize) -> bool {
    let word = text.slice(spans[at]);
    if matches!(word, ")" | "]" | "”" | "»" | "''" | "!" | "?" | ".") {
        return true;
    }
    let touches = spans[at - 1].end == spans[at].start;
    let single =
        word.chars().next().is_some_and(|c| is_apostrophe(c) || is_double_mark(c)) && word.chars().count() == 1;
    touches && single
}

fn starts_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_clause_mark(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "—" | "–" | "-")
}

/// Tells whether somebody begins to speak at `at`.
fn opens(text: &Text, spans: &[Span], begin: usize, at: usize) -> bool {
    let before = || text.slice(spans[at - 1]);
    at == begin || before() == ":" || before().chars().next().is_some_and(is_double_mark)
}

/// Tells whether a new sentence begins at `at` after an abbreviation that may end one.
fn opens_after(text: &Text, spans: &[Span], at: usize, end: usize) -> bool {
    let mut word = text.slice(spans[at]);
    let apart = spans[at - 1].end < spans[at].start;
    if apart && word.chars().next().is_some_and(is_double_mark) && at + 1 < end {
        word = text.slice(spans[at + 1]);
        return starts_upper(word);
    }
    starts_upper(word) && words::opens_sentence(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn check(words: &str, expected: &[&str]) {
        let text = Text::new(words);
        let spans = tokenize(words, 0);
        let found: Vec<&str> = sentences(&text, &spans, 0..spans.len())
            .into_iter()
            .map(|r| text.slice(spans[r.start].cover(spans[r.end - 1])))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_do_not_end_sentences_unless_one_opens() {
        check("No. Nobody told me. No. 6 Alder won.", &["No.", "Nobody told me.", "No. 6 Alder won."]);
        check("Mr. Alder came at 8 p.m. Tuesday. He left.", &["Mr. Alder came at 8 p.m. Tuesday.", "He left."]);
        check("He left at 8 p.m. The gate shut.", &["He left at 8 p.m.", "The gate shut."]);
        check(
            "The U.N. Security Council met in D.C. on Sept. 4.",
            &["The U.N. Security Council met in D.C. on Sept. 4."],
        );
        check("They beat No. 6 Alder vs. Birch. Good.", &["They beat No. 6 Alder vs. Birch.", "Good."]);
        check("John F. Alder spoke.", &["John F. Alder spoke."]);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        check("“It is over.” He left.", &["“It is over.”", "He left."]);
        check("“Is it over?” he asked. “No.”", &["“Is it over?” he asked.", "“No.”"]);
        check("\"It is over.\" \"No.\"", &["\"It is over.\"", "\"No.\""]);
        check("(It ended.) Then it began.", &["(It ended.)", "Then it began."]);
    }
}
