//! Two positions on one matter: which words set each side against it, counted once each, in the clauses that speak of the
//! matter; what another clause says ("which asks nothing of us") is another matter.
//!
//! Refuses claims of fact: at least one of the two must prescribe something ("should", "we support").

use super::align::{Alignment, Pair};
use super::judge::turns;
use super::parsed::Parsed;
use super::words::Family;

/// Returns the words that set each side against its matter, when one of the two prescribes and the counts differ in parity.
pub(super) fn compare(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Option<(Vec<usize>, Vec<usize>)> {
    if !prescribes(a) && !prescribes(b) {
        return None;
    }
    let on_matter = |side: &Parsed, linked: &dyn Fn(&Pair) -> usize| -> Vec<usize> {
        let clauses: Vec<u16> = alignment.pairs.iter().map(|pair| side.words[linked(pair)].clause).collect();
        against(side).into_iter().filter(|&word| clauses.contains(&side.words[word].clause)).collect()
    };
    let (of_a, of_b) = (on_matter(a, &|pair| pair.a), on_matter(b, &|pair| pair.b));
    let cues = usize::from(a.denial.is_some()) + usize::from(b.denial.is_some());
    ((of_a.len() + of_b.len() + cues) % 2 == 1).then_some((of_a, of_b))
}

/// Tells whether a claim says what should be.
pub(super) const fn prescribes(side: &Parsed) -> bool {
    side.mood.obligation
}

/// Returns the words that set a claim against what it is about; those joined by "and" or "or" ("harms growth and is unfair") count
/// once, for they say the same thing of it. Negators are counted one by one.
pub(super) fn against(side: &Parsed) -> Vec<usize> {
    let leaning = |word: usize| side.words[word].entry.is_some_and(|entry| entry.against);
    let turning = |word: usize| side.operations.iter().any(|operation| operation.word == word && turns(operation));
    let negates = |word: usize| {
        side.words[word].entry.is_some_and(|entry| entry.operator.is_some_and(|o| o.family == Family::Negator))
    };
    let mut found: Vec<usize> = Vec::new();
    for word in (0..side.words.len()).filter(|&word| leaning(word) || turning(word)) {
        let joined = found.last().is_some_and(|&last| {
            !negates(last) && !negates(word) && (last + 1..word).any(|between| side.joins(between))
        });
        if !joined {
            found.push(word);
        }
    }
    found
}
