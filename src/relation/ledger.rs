//! The polarity ledger of a claim: every operator at work in it, what it does and how far it reaches.

use super::parsed::{Parsed, Word};
use super::words::{Effect, Family, Operator, Reach, hash};
use super::{Step, dismissal, limits};
use std::ops::Range;

/// An operator at work in this claim: the word, and which words it reaches.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub word: usize,
    pub operator: Operator,
    pub reach: Range<usize>,
    /// The operator that this one goes on, counted once with it: "neither … nor".
    pub goes_on: Option<usize>,
    /// What it reaches are alternatives of which the other claim may speak of one: "neither safe nor cheap".
    pub alternatives: bool,
}

const NOR: u64 = hash("nor");
const WITH: u64 = hash("with");
const AND: u64 = hash("and");
const OR: u64 = hash("or");
const THE: u64 = hash("the");
/// Prepositions behind which "the end" is a time.
const AT: [u64; 11] = [
    hash("at"),
    hash("by"),
    hash("before"),
    hash("after"),
    hash("until"),
    hash("till"),
    hash("since"),
    hash("from"),
    hash("near"),
    hash("toward"),
    hash("towards"),
];

impl Parsed {
    /// Returns the polarity ledger: every operator, what it does and how far it reaches.
    pub fn ledger(&self) -> Vec<Step> {
        let cue = self.denial.iter().map(|cue| Step {
            word: cue.to_string(),
            family: "denial".into(),
            turns: true,
            reach: String::new(),
        });
        let steps = self.operations.iter().map(|operation| {
            let reach =
                match (self.words.get(operation.reach.start), self.words.get(operation.reach.end.wrapping_sub(1))) {
                    (Some(first), Some(last)) if first.at.start <= last.at.end => {
                        self.text[first.at.start..last.at.end].into()
                    }
                    _ => String::new(),
                };
            let family = match operation.operator.family {
                Family::Negator => "negator",
                Family::Implicative => "implicative",
                Family::Stance => "stance",
            };
            let turns = operation.operator.effect == Effect::Turn;
            Step { word: self.written(operation.word).into(), family: family.into(), turns, reach }
        });
        cue.chain(steps).collect()
    }

    /// Enters the operators of the claim, and marks the words under an odd number of negators.
    pub(super) fn operate(&mut self) {
        let titled = self.is_titled();
        for number in 0..self.words.len() {
            let word = &self.words[number];
            let Some(operator) = word.entry.and_then(|entry| entry.operator) else { continue };
            if !titled && self.opens_name(number, operator.family) {
                continue;
            }
            let (nor, goes_on) = (word.surface == NOR, self.goes_on(number));
            // "Neither the mayor nor the clerk": the first negator reaches both.
            if nor && let Some(first) = goes_on {
                self.operations[first].alternatives = true;
                if !self.begins_clause(number) {
                    continue;
                }
            }
            if operator.effect == Effect::Keep && operator.family == Family::Negator {
                continue;
            }
            if operator.reach == Reach::Act && self.progressive(number) {
                continue;
            }
            if operator.reach == Reach::Act && self.is_moment(number) {
                self.words[number].weight = 0.0;
                continue;
            }
            let clause = self.clause(number);
            let reach = match operator.reach {
                Reach::After if self.modifies(number) => number + 1..clause.end.min(number + 4),
                Reach::After if limits::is_limited(&self.words, number) => number + 1..self.sentence_end(number),
                Reach::After => number + 1..self.conjunct(number, clause.end),
                Reach::Clause | Reach::Act => clause,
                Reach::Local => number + 1..clause.end.min(number + 4),
            };
            let goes_on = goes_on.filter(|_| nor);
            self.operations.push(Operation { word: number, operator, reach, goes_on, alternatives: nor });
        }
        self.dismiss();
        for operation in &self.operations {
            if operation.operator.effect == Effect::Turn && operation.operator.family != Family::Stance {
                for word in &mut self.words[operation.reach.clone()] {
                    word.negated = !word.negated;
                }
            }
        }
    }

    /// Tells whether a word is part of a name: "Lower Calder", "No Man's Land"; at the head of a claim only a word that is no negation, for
    /// "No Calder house was flooded" is one.
    fn opens_name(&self, number: usize, family: Family) -> bool {
        let named =
            self.words.get(number + 1).is_some_and(|next| next.name && next.sentence == self.words[number].sentence);
        named && (self.words[number].name || number == 0 && family == Family::Stance)
    }

    /// Enters "false" in "the report that the firm sold arms is false": it turns what the noun claims.
    fn dismiss(&mut self) {
        let Some(dismissed) = dismissal::read(&self.words, &self.operations) else { return };
        let operator = Operator { family: Family::Negator, effect: Effect::Turn, reach: Reach::Clause };
        if let Some(noun) = dismissed.noun {
            self.words[noun].weight = 0.0;
        }
        self.words[dismissed.verdict].weight = 0.0;
        let known = self.operations.iter().any(|operation| operation.word == dismissed.verdict);
        if dismissed.turns && !known {
            let (word, reach) = (dismissed.verdict, dismissed.content);
            self.operations.push(Operation { word, operator, reach, goes_on: None, alternatives: false });
        }
    }

    fn sentence_end(&self, number: usize) -> usize {
        let sentence = self.words[number].sentence;
        self.words[number..].iter().position(|word| word.sentence != sentence).map_or(self.words.len(), |n| number + n)
    }

    /// Tells whether a word is one of alternatives that a negator reaches: of which the other claim may speak of one.
    pub(super) fn is_alternative(&self, word: usize) -> bool {
        self.operations.iter().any(|operation| operation.alternatives && operation.reach.contains(&word))
    }

    /// Returns the negator of the sentence that "nor" goes on.
    fn goes_on(&self, number: usize) -> Option<usize> {
        let negator = |operation: &Operation| {
            operation.operator.family == Family::Negator
                && self.words[operation.word].sentence == self.words[number].sentence
        };
        self.operations.iter().rposition(negator).map(|n| self.operations[n].goes_on.unwrap_or(n))
    }

    /// Tells whether "nor" begins a clause of its own: "nor did she sign it".
    fn begins_clause(&self, number: usize) -> bool {
        self.words[number].surface == NOR && self.words.get(number + 1).is_some_and(limits::is_auxiliary)
    }

    /// Tells whether a verb stands in the progressive: "is cutting".
    fn progressive(&self, number: usize) -> bool {
        self.written(number).ends_with("ing")
            && number > 0
            && self.words[number - 1].entry.is_some_and(|entry| entry.function)
    }

    /// Tells whether a word names a moment and no act: "at the *end* of June", "by year's *end*".
    fn is_moment(&self, number: usize) -> bool {
        let before = |back: usize| number.checked_sub(back).map(|at| &self.words[at]);
        let at = |back: usize| before(back).is_some_and(|word| AT.contains(&word.surface));
        let the = before(1).is_some_and(|word| word.surface == THE);
        let time = before(1).and_then(|word| word.entry).is_some_and(|entry| entry.is_time() || entry.unit.is_some());
        the && at(2) || time && (at(2) || before(2).is_some_and(|word| word.surface == THE))
    }

    /// Tells whether a negator stands in a phrase with "with": "a man with no hat".
    pub(super) fn modifies(&self, number: usize) -> bool {
        number > 0 && self.words[number - 1].surface == WITH
    }

    /// Tells whether a word is "and" or "or".
    pub(super) fn joins(&self, number: usize) -> bool {
        self.words[number].surface == AND || self.words[number].surface == OR
    }

    /// Returns where the reach of an operator ends: at a conjunction after which another operator of its family takes over.
    fn conjunct(&self, number: usize, end: usize) -> usize {
        let family = |word: &Word| word.entry.and_then(|entry| entry.operator).map(|operator| operator.family);
        let own = family(&self.words[number]);
        let rest = number + 1..end;
        let plain = |&n: &usize| self.words[n].surface != NOR;
        if let Some(nor) = rest.clone().find(|&n| self.begins_clause(n)) {
            return nor;
        }
        let Some(other) = rest.filter(plain).find(|&n| family(&self.words[n]) == own) else { return end };
        (number + 1..other).rev().find(|&n| self.joins(n)).unwrap_or(end)
    }

    fn clause(&self, number: usize) -> Range<usize> {
        let clause = self.words[number].clause;
        let start = self.words[..number].iter().rposition(|word| word.clause != clause).map_or(0, |before| before + 1);
        let end =
            self.words[number..].iter().position(|word| word.clause != clause).map_or(self.words.len(), |n| number + n);
        start..end
    }
}
