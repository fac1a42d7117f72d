//! Bodies whose initials an article uses and whose name it writes out: "Customs and Border Protection", later "CBP"; "the Ministry of
//! Trade, Industry and Energy (MOTIE)".
//!
//! Letters are matched to words from the last to the first, small words may be passed over: Schwartz and Hearst 2003, "A simple algorithm
//! for identifying abbreviation definitions in biomedical text". Refuses initials of fewer than three letters outside brackets.

use super::view::View;
use crate::lexicon::people;
use std::collections::BTreeSet;
use std::ops::Range;

/// A body's name, and the initials by which the article calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenOut {
    pub tokens: Range<usize>,
    pub initials: String,
}

/// Most small words that a name may hold beside those that give a letter.
const SMALL: usize = 4;

/// Returns the names that are written out for initials of the document, in text order, none inside another.
pub(super) fn written_out<'a>(view: &View<'a>) -> Vec<WrittenOut> {
    let all = 0..view.len();
    let known: BTreeSet<&str> = all.clone().map(|t| view.word(t)).filter(|word| are_initials(word, 3)).collect();
    let mut out: Vec<WrittenOut> = Vec::new();
    for end in all {
        let bracket = matches!(view.word(end), "(" | "-LRB-") && matches!(view.word(end + 2), ")" | "-RRB-");
        let named = bracket.then(|| view.word(end + 1)).filter(|word| are_initials(word, 2));
        let ends_here = |initials: &&'a str| matching(view, end, initials).map(move |start| (start, *initials));
        let found = match named {
            Some(initials) => ends_here(&initials),
            None if known.is_empty() || !view.is_capital(end.saturating_sub(1)) => None,
            None => known.iter().filter_map(ends_here).min_by_key(|(start, _)| *start),
        };
        let Some((start, initials)) = found else { continue };
        let tokens = start..whole_end(view, end);
        if out.last().is_none_or(|last| last.tokens.end <= tokens.start) {
            out.push(WrittenOut { tokens, initials: initials.to_owned() });
        } else if let Some(last) = out.last_mut().filter(|last| last.tokens.start >= tokens.start) {
            *last = WrittenOut { tokens, initials: initials.to_owned() };
        }
    }
    out
}

fn are_initials(word: &str, least: usize) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= least && letters < 7 && word.chars().all(|c| c.is_uppercase() || c == '.')
}

fn is_small(view: &View<'_>, token: usize) -> bool {
    matches!(&*view.lower(token), "of" | "for" | "and" | "the" | "on" | "in" | "to" | "&" | ",")
}

/// Returns where the words begin whose first letters are the initials and whose last stands before `end`.
fn matching(view: &View<'_>, end: usize, initials: &str) -> Option<usize> {
    let letters: Vec<char> = initials.chars().filter(|c| c.is_alphabetic()).collect();
    let floor = view.around(end.checked_sub(1)?).start;
    let (mut at, mut left, mut passed, mut words) = (end, letters.len(), 0, 0);
    while left > 0 {
        at = at.checked_sub(1).filter(|&t| t >= floor)?;
        let first = view.word(at).chars().next()?;
        // A mark of possession gives no letter, "Mid-Tallis" two.
        if view.is_possessive(at) {
            continue;
        }
        if let Some(several) = hyphenated(view.word(at), &letters[..left]) {
            left -= several;
            words += 1;
        } else if view.is_capital(at) && first == letters[left - 1] {
            left -= 1;
            words += 1;
        } else if is_small(view, at) && at + 1 < end {
            // "Department of Transport (DoT)" counts the small word.
            let counted =
                first.to_uppercase().eq(letters[left - 1].to_uppercase()) && left > 1 && words + 1 < letters.len();
            let next_fits = at > floor && view.word(at - 1).starts_with(letters[left - 1]);
            left -= usize::from(counted && !next_fits);
            passed += 1;
        } else {
            return None;
        }
        if passed > SMALL {
            return None;
        }
    }
    let person = people::given_name(view.word(at)).is_some();
    (words > 1 && !person && !is_small(view, at)).then_some(at)
}

/// Returns how many of the last letters the parts of a hyphenated word begin with, where it is all of its parts.
fn hyphenated(word: &str, letters: &[char]) -> Option<usize> {
    let parts = word.split('-').filter_map(|part| part.chars().next());
    let count = parts.clone().count();
    let last = letters.len().checked_sub(count)?;
    (count > 1 && parts.eq(letters[last..].iter().copied())).then_some(count)
}

/// Takes in what initials leave out at the end: "and Prevention" of the Center for Disease Control.
fn whole_end(view: &View<'_>, end: usize) -> usize {
    let word = view.word(end + 1);
    let joined =
        view.word(end) == "and" && view.is_capital(end + 1) && view.is_noun(end + 1) && !view.is_capital(end + 2);
    let other =
        people::given_name(word).is_some() || people::place(word).is_some() || people::organisation(word).is_some();
    if joined && !other && !are_initials(word, 2) { end + 2 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{self, Given};
    use crate::text;

    fn found(text: &str) -> Vec<(String, String)> {
        let document = text::analyze(&article::read(text.as_bytes(), "test", &Given::default()).unwrap());
        let view = View::new(&document);
        written_out(&view).into_iter().map(|one| (view.text(&one.tokens).to_owned(), one.initials)).collect()
    }

    fn one(name: &str, initials: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), initials.to_owned())]
    }

    #[test]
    fn names_are_found_beside_and_apart_from_their_initials() {
        let text = "The Ministry of Trade, Industry and Energy (MOTIE) wants more farms.";
        assert_eq!(found(text), one("Ministry of Trade, Industry and Energy", "MOTIE"));
        let text = "Customs and Excise Board, part of the Treasury, said no. Guards at CEB depots wait.";
        assert_eq!(found(text), one("Customs and Excise Board", "CEB"));
        let text = "The Sudland Center for Disease Control and Prevention said no. The CDC waits.";
        assert_eq!(found(text), one("Center for Disease Control and Prevention", "CDC"));
        assert_eq!(found("The Port Board (PB) said no."), one("Port Board", "PB"));
    }

    #[test]
    fn other_words_are_no_names() {
        assert!(found("Carl Baker and Ed Dunn spoke. The CBD waits.").is_empty());
        assert!(found("The bridge (NEW) is shut. Nobody ever waits.").is_empty());
    }
}
