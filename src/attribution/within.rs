//! Reports inside reports, by reading: the words of each attribution are read once more, as a text of their own.
//!
//! Readers learnt from news in which only what the article itself reports is marked, so they see one layer. What they find in the
//! words of somebody is what that one tells of others, or thinks. Refuses wishes, knowledge and acts there, and what merely could be
//! said, and never looks into what was found here.

use super::assemble::{from_pieces, quotation};
use super::cues::{self, Cue};
use super::decode::pieces;
use super::reader::Reader;
use super::{Attribution, rules};
use crate::lexicon::speech;
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::Document;
use std::ops::Range;

/// Tokens of the shortest words that may tell of other words: "he says no".
const SHORTEST: usize = 4;
/// Least score of what is taken. In 140 articles read in full that keeps seven in ten of the marked reports which the deep reader finds, and
/// more than half of what is kept was marked; below hardly one in six was.
const LEAST: f64 = 0.5;
/// The rule of the reason that each such report has.
pub(super) const RULE: &str = "within";

/// Adds what the words of the attributions report; text order is left to the caller.
pub(super) fn complement(document: &Document, reader: &dyn Reader, found: &mut Vec<Attribution>) {
    let stretches = stretches(document, found);
    if stretches.is_empty() {
        return;
    }
    let excerpt = document.excerpt(&stretches);
    let inner = from_pieces(&excerpt, &pieces(&excerpt, &reader.scores(&excerpt)), reader.calibration());
    for mut new in inner.into_iter().filter(|new| new.score.get() >= LEAST && reports(document, new)) {
        let Some(cue) = new.cue.cover() else { continue };
        let known = found.iter().any(|one| one.cue.overlaps(cue));
        let outer = found.iter().find(|one| one.holds(cue));
        let Some(outer) = outer.filter(|_| !known) else { continue };
        new.place = outer.place;
        new.content = closed(document, &new.content);
        new.quotation = quotation(document, &new.content);
        new.score = Score::new(new.score.get().min(outer.score.get()));
        rules::chain_to(document, &mut new, outer);
        new.because.push(Reason::new(RULE, "found in the words of the one who reports it", 0.0));
        found.push(new);
    }
}

/// Returns the words that may report something, in text order and apart from one another: without the marks around them and the
/// "that" before them.
fn stretches(document: &Document, found: &[Attribution]) -> Vec<Range<usize>> {
    let mut spans: Vec<Span> = found.iter().flat_map(|one| one.content.iter()).collect();
    spans.sort();
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        let mut tokens = document.tokens_in(span);
        let is_word = |at: usize| document.word(at).contains(char::is_alphanumeric);
        let opens = |at: usize| !is_word(at) || matches!(document.word(at), "that" | "whether");
        while !tokens.is_empty() && opens(tokens.start) {
            tokens.start += 1;
        }
        while !tokens.is_empty() && !is_word(tokens.end - 1) {
            tokens.end -= 1;
        }
        tokens.start = tokens.start.max(out.last().map_or(0, |last| last.end));
        let mut classes = tokens.clone().map(|at| class(document, at));
        if tokens.len() >= SHORTEST && classes.any(|class| class.is_some()) {
            out.push(tokens);
        }
    }
    out
}

/// Takes in the mark that closes a quotation at the end of words, which was left out with the marks around what was read.
fn closed(document: &Document, content: &Spans) -> Spans {
    let end = |span: Span| {
        let from = document.quotes.partition_point(|quote| quote.span.start < span.start);
        let inner = document.quotes[from..].iter().take_while(|quote| quote.span.start < span.end);
        // A comma may stand before the mark.
        inner
            .filter(|quote| (span.end..=span.end + 1).contains(&quote.inner.end))
            .map(|quote| quote.span.end)
            .max()
            .unwrap_or(span.end)
    };
    Spans::new(content.iter().map(|span| Span::new(span.start, end(span))))
}

fn class(document: &Document, token: usize) -> Option<Cue> {
    cues::class(&document.tokens[token].lemma, document.tokens[token].tag)
}

/// Tells whether somebody who is there says it or thinks it, by a word that reports.
fn reports(document: &Document, new: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (new.source.as_ref().and_then(Spans::cover), new.cue.cover()) else {
        return false;
    };
    let cue = document.tokens_in(cue);
    let last = cue.clone().rev().find_map(|at| Some((at, class(document, at)?)));
    let told: Vec<usize> = new.content.iter().flat_map(|span| document.tokens_in(span)).collect();
    let states = told.len() > 1
        && told.iter().any(|&at| {
            let tag = document.tokens[at].tag;
            tag.is_verb()
                || matches!(tag.name(), "MD" | "``" | "''")
                || document.word(at).starts_with(['"', '“', '‘', '\''])
        });
    let says = last.is_some_and(|(at, class)| match class {
        Cue::Believe => states && speech::opines(&document.tokens[at].lemma),
        Cue::Call | Cue::Deny => true,
        Cue::Discuss => false,
        _ => states,
    });
    // "People who oppose it", "you can say".
    let somebody = !document
        .tokens_in(source)
        .all(|at| document.tokens[at].tag.name().starts_with('W') || document.word(at).eq_ignore_ascii_case("you"));
    let could = cue.into_iter().any(|at| {
        document.tokens[at].tag.name() == "MD" && !matches!(document.word(at), "will" | "would" | "’ll" | "'ll" | "wo")
    });
    // "A formula called “chained”" names it.
    let names = last.is_some_and(|(at, class)| {
        class == Cue::Call && document.tokens[at].tag.name() == "VBN" && !rules::is_perfect(document, at)
    });
    says && somebody && !could && !names
}

#[cfg(test)]
mod tests {
    use super::super::{attribute, attribute_nested, reader};
    use crate::article::{Given, read};
    use crate::text::analyze;

    /// What stands in the words of others, as `source | content`.
    fn inner(words: &str) -> Vec<String> {
        let article = read(words.as_bytes(), "test", &Given { title: Some("A title".into()), ..Given::default() });
        let document = analyze(&article.unwrap());
        let reader = reader::by_name("deep").unwrap();
        let own = attribute(&document, reader).attributions;
        let all = attribute_nested(&document, reader).attributions;
        let new = all.iter().filter(|one| !own.iter().any(|known| known.cue == one.cue));
        let source = |spans: &crate::span::Spans| spans.words(&document.text);
        new.map(|one| {
            format!("{} | {}", one.source.as_ref().map_or_else(String::new, source), one.content.words(&document.text))
        })
        .collect()
    }

    #[test]
    fn what_somebody_tells_of_another_is_found_in_their_words() {
        let found = inner("“My sister told the court that the gate was never locked,” Ada Brook said on Monday.");
        assert_eq!(found, ["My sister | that the gate was never locked"]);
        let found = inner("“The foreman told me, ‘Nobody locks that gate,’” Ada Brook said.");
        assert_eq!(found, ["The foreman | ‘Nobody locks that gate,’"]);
    }

    #[test]
    fn wishes_acts_and_what_could_be_said_are_left() {
        for words in [
            "“My sister wants to leave the town,” Ada Brook said on Monday.",
            "“People who oppose the gate should come,” Ada Brook said on Monday.",
            "“You can say what you like about the gate,” Ada Brook said on Monday.",
            "Ada Brook said that the gate was closed in May and that nobody came.",
        ] {
            assert!(inner(words).is_empty(), "{words}: {:?}", inner(words));
        }
    }
}
