//! From a finding to a confidence: a small logistic layer over named features, one set of weights for each opposition.
//!
//! The weights are data: `relation_weights.tsv` beside the word tables, with its card.

use super::align::Alignment;
use super::judge::{Finding, Opposition};
use super::parsed::Parsed;
use super::words::Family;
use crate::score::Reason;
use std::collections::HashMap;
use std::sync::LazyLock;

const WEIGHTS: &str = include_str!("../lexicon/relation_weights.tsv");

/// Weights by `opposition.feature`.
static TABLE: LazyLock<HashMap<(&'static str, &'static str), f64>> = LazyLock::new(|| {
    let rows = super::words::rows(WEIGHTS);
    rows.filter_map(|row| match row[..] {
        [opposition, feature, weight] => Some(((opposition, feature), weight.parse().ok()?)),
        _ => None,
    })
    .collect()
});

/// Names of the features, in the order of `features`.
pub const FEATURES: [&str; 15] = [
    "bias",
    "covered.least",
    "covered.most",
    "covered.turned",
    "shared",
    "slot",
    "opposing",
    "names.differ",
    "mood.differs",
    "position.both",
    "long",
    "whole",
    "indefinite",
    "stance.both",
    "covered.reach",
];

/// Returns the features of a finding, each roughly within [0, 1].
pub(super) fn features(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> [f64; FEATURES.len()] {
    let flag = |condition: bool| if condition { 1.0 } else { 0.0 };
    let (least, most) = (finding.covered_a.min(finding.covered_b), finding.covered_a.max(finding.covered_b));
    let slot = finding.pair.map_or(1.0, |pair| f64::from(pair.slot) / 2.0);
    let hypothetical = |side: &Parsed| side.mood.condition || side.mood.question || side.mood.possibility;
    let stance = |side: &Parsed| side.operations.iter().any(|operation| operation.operator.family == Family::Stance);
    let position = a.mood.obligation && b.mood.obligation;
    let longest = a.words.len().max(b.words.len());
    let free = alignment.free_a.len() + alignment.free_b.len();
    [
        1.0,
        f64::from(least),
        f64::from(most),
        f64::from(finding.covered_turned),
        f64::from(finding.shared.min(30.0)) / 30.0,
        slot,
        f64::from(finding.opposing.min(3) as u8) / 3.0,
        flag(finding.names_differ),
        flag(hypothetical(a) != hypothetical(b)),
        flag(position),
        (longest.min(60) as f64) / 60.0,
        flag(free == 0),
        flag(finding.indefinite),
        flag(stance(a) && stance(b)),
        f64::from(finding.covered_reach),
    ]
}

/// Returns the confidence that two claims contradict one another, with each feature's part in it.
pub(super) fn weigh(opposition: Opposition, features: &[f64; FEATURES.len()]) -> (f64, impl Iterator<Item = Reason>) {
    let parts = FEATURES.iter().zip(features).filter_map(move |(&name, &value)| {
        let weight = TABLE.get(&(opposition.name(), name)).copied().unwrap_or(0.0) * value;
        (weight != 0.0).then_some((name, value, weight))
    });
    let sum: f64 = parts.clone().map(|(.., weight)| weight).sum();
    let score = if opposition == Opposition::None { 0.0 } else { 1.0 / (1.0 + (-sum).exp()) };
    (score, parts.map(|(name, value, weight)| Reason::new(name, format!("{name} = {value:.2}"), weight)))
}
