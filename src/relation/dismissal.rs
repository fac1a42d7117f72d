//! What a sentence says of a claim inside it: "the report that the firm sold arms is false", "that he lied is nonsense".

use super::ledger::Operation;
use super::limits::is_auxiliary;
use super::parsed::Word;
use super::words::{Family, hash};
use std::ops::Range;

/// A verdict on a claim in the same sentence.
pub(super) struct Dismissal {
    /// The noun for the claim: "report".
    pub noun: Option<usize>,
    pub content: Range<usize>,
    pub verdict: usize,
    /// The verdict is that it is not so.
    pub turns: bool,
}

const THAT: u64 = hash("that");
/// Words between the beginning of a sentence and "that".
const LEAD: usize = 5;
/// Words between the verb and the verdict: "is an utter lie".
const BETWEEN: usize = 3;

/// Reads the verdict on a claim, in the first sentence.
pub(super) fn read(words: &[Word], operations: &[Operation]) -> Option<Dismissal> {
    let verdict = words.iter().rposition(|word| word.entry.is_some_and(|entry| entry.dismisses.is_some()))?;
    let says = words[verdict].entry?.dismisses?;
    let sentence = words[verdict].sentence;
    let start = words.iter().position(|word| word.sentence == sentence)?;
    let that = (start..verdict.min(start + LEAD + 1)).find(|&n| words[n].surface == THAT)?;
    let noun = that.checked_sub(1).filter(|&n| n >= start);
    if noun.is_some_and(|n| !words[n].entry.is_some_and(|entry| entry.alleges)) {
        return None;
    }
    let copula = (that + 2..verdict).rev().take(BETWEEN + 1).find(|&n| is_auxiliary(&words[n]))?;
    let last = words.get(verdict + 1).is_none_or(|next| next.sentence != sentence);
    let negated =
        operations.iter().any(|o| o.operator.family == Family::Negator && (copula..verdict).contains(&o.word));
    last.then_some(Dismissal { noun, content: that + 1..copula, verdict, turns: says != negated })
}
