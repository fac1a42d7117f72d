//! From a finding to a confidence: a small logistic layer over named features, one set of weights for each opposition.
//!
//! The weights are data: `weights.tsv` with its card.

use super::align::Alignment;
use super::arguments::Likeness;
use super::judge::{Finding, Opposition};
use super::parsed::Parsed;
use super::position;
use super::words::Family;
use crate::lexicon::tables::rows;
use crate::score::Reason;
use std::collections::HashMap;
use std::sync::LazyLock;

const WEIGHTS: &str = include_str!("weights.tsv");

const WORDING: &str = include_str!("wording.tsv");

/// What each feature says, for a person.
static SAYS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(WORDING).filter_map(|row| if let [feature, says] = row[..] { Some((feature, says)) } else { None }).collect()
});

/// Weights by `opposition.feature`.
static TABLE: LazyLock<HashMap<(&'static str, &'static str), f64>> = LazyLock::new(|| {
    let rows = rows(WEIGHTS);
    rows.filter_map(|row| match row[..] {
        [opposition, feature, weight] => Some(((opposition, feature), weight.parse().ok()?)),
        _ => None,
    })
    .collect()
});

/// Names of the features, in the order of `features`.
pub const FEATURES: [&str; 35] = [
    "bias",
    "covered.least",
    "covered.most",
    "covered.turned",
    "covered.reach",
    "covered.short",
    "shared",
    "slot",
    "opposing",
    "names.differ",
    "numbers.differ",
    "mood.differs",
    "position.both",
    "long",
    "whole",
    "indefinite",
    "stance.both",
    "predicate",
    "subject.same",
    "subject.differs",
    "object.same",
    "object.differs",
    "conditional",
    "fragment",
    "phrase",
    "topic",
    "pairs",
    "passage.found",
    "kind.negation",
    "kind.stance",
    "kind.antonym",
    "kind.number",
    "kind.other",
    "main",
    "turned.short",
];

/// Returns the features of a finding, each roughly within [0, 1].
pub(super) fn features(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> [f64; FEATURES.len()] {
    let flag = |condition: bool| if condition { 1.0 } else { 0.0 };
    let (least, most) = (finding.covered_a.min(finding.covered_b), finding.covered_a.max(finding.covered_b));
    let slot = finding.pair.map_or(1.0, |pair| f64::from(pair.slot) / 2.0);
    let hypothetical = |side: &Parsed| side.mood.condition || side.mood.question || side.mood.possibility;
    let stance = |side: &Parsed| side.operations.iter().any(|operation| operation.operator.family == Family::Stance);
    let longest = a.words.len().max(b.words.len());
    let (free_a, free_b) = (&alignment.free_a, &alignment.free_b);
    let short = if free_a.len() < free_b.len() { finding.covered_a } else { finding.covered_b };
    let common = alignment.pairs.iter().filter(|pair| !a.words[pair.a].name && !b.words[pair.b].name);
    let topic = common.map(|pair| a.words[pair.a].weight.min(b.words[pair.b].weight)).fold(0.0, f32::max);
    let numbers = |side: &Parsed, free: &[usize]| free.iter().any(|&word| side.words[word].quantity.is_some());
    let inner = finding.proposition;
    [
        1.0,
        f64::from(least),
        f64::from(most),
        f64::from(finding.covered_turned),
        f64::from(finding.covered_reach),
        f64::from(short),
        f64::from(finding.shared.min(30.0)) / 30.0,
        slot,
        f64::from(finding.opposing.min(3) as u8) / 3.0,
        flag(finding.names_differ),
        flag(numbers(a, free_a) && numbers(b, free_b)),
        flag(hypothetical(a) != hypothetical(b)),
        flag(position::prescribes(a) && position::prescribes(b)),
        (longest.min(60) as f64) / 60.0,
        flag(free_a.is_empty() && free_b.is_empty()),
        flag(finding.indefinite),
        flag(stance(a) && stance(b)),
        flag(inner.predicate),
        flag(inner.subject == Likeness::Same),
        flag(inner.subject == Likeness::Differs),
        flag(inner.object == Likeness::Same),
        flag(inner.object == Likeness::Differs),
        flag(inner.conditional),
        flag(inner.fragment),
        flag(phrase(alignment)),
        f64::from(topic) / 9.0,
        alignment.pairs.len().min(4) as f64 / 4.0,
        f64::from(finding.passage.unwrap_or(0.0)),
        flag(finding.opposition == Opposition::Negation),
        flag(finding.opposition == Opposition::Stance),
        flag(finding.opposition == Opposition::Antonym),
        flag(finding.opposition == Opposition::Number),
        flag(matches!(finding.opposition, Opposition::DerivedAntonym | Opposition::Exclusive | Opposition::Position)),
        flag(inner.main),
        flag(if a.words.len() < b.words.len() { !finding.turned_a.is_empty() } else { !finding.turned_b.is_empty() }),
    ]
}

/// Tells whether two words in a row are linked with two words in a row.
fn phrase(alignment: &Alignment) -> bool {
    alignment.pairs.windows(2).any(|two| two[0].a + 1 == two[1].a && two[0].b + 1 == two[1].b)
}

/// Which weights are used: those of an opposition, or those of a short sentence held against a long passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Opposition(Opposition),
    Passage,
}

impl Group {
    /// Returns the name in the table of weights. Quantifiers that exclude one another are opposites made by hand.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opposition(Opposition::Quantifier) => Opposition::Antonym.name(),
            Self::Opposition(opposition) => opposition.name(),
            Self::Passage => "passage",
        }
    }
}

/// Most confidence that a pair of words or numbers gives: the share of contradictions among the pairs that its weights are learnt
/// from (Breaking NLI, one word replaced). On another desk the two may speak of two things, however alike the rest is.
const PAIRED: f64 = 0.88;
/// Confidence that two statements exclude one another that differ by the order of two words, by one amount or by the side that they take;
/// nothing is learnt, for what else they say agrees.
const ORDERED: f64 = 0.85;

impl Opposition {
    /// Returns the most confidence that the opposition gives.
    pub const fn ceiling(self) -> f64 {
        match self {
            Self::Antonym | Self::DerivedAntonym | Self::Exclusive | Self::Quantifier | Self::Number => PAIRED,
            Self::Order | Self::Amount | Self::Side => ORDERED,
            Self::None | Self::Negation | Self::Stance | Self::Position => 1.0,
        }
    }
}

/// Returns the confidence that two claims contradict one another, with each feature's part in it.
pub(super) fn weigh(group: Group, features: &[f64; FEATURES.len()]) -> (f64, Vec<Reason>) {
    if group == Group::Opposition(Opposition::None) {
        return (0.0, Vec::new());
    }
    if matches!(group, Group::Opposition(Opposition::Order | Opposition::Amount | Opposition::Side)) {
        return (ORDERED, Vec::new());
    }
    let mut sum = 0.0;
    let mut parts = Vec::new();
    for (&name, &value) in FEATURES.iter().zip(features) {
        let weight = TABLE.get(&(group.name(), name)).copied().unwrap_or(0.0) * value;
        if weight != 0.0 {
            sum += weight;
            parts.push(Reason::new(name, said(name, value), weight));
        }
    }
    let ceiling = if let Group::Opposition(opposition) = group { opposition.ceiling() } else { 1.0 };
    (ceiling / (1.0 + (-sum).exp()), parts)
}

/// Says a feature in words; a share or a weight with its value, a property that holds without one.
fn said(feature: &'static str, value: f64) -> String {
    let says = SAYS.get(feature).copied().unwrap_or(feature);
    if value == 1.0 && !feature.starts_with("covered.") { says.to_owned() } else { format!("{says}: {value:.2}") }
}

#[cfg(test)]
mod tests {
    use super::{FEATURES, SAYS};

    #[test]
    fn every_feature_has_words_for_a_person() {
        for feature in FEATURES {
            assert!(SAYS.contains_key(feature), "{feature}");
        }
        assert_eq!(SAYS.len(), FEATURES.len());
    }
}
