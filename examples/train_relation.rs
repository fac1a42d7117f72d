//! Learns the weights of `relation` from labelled pairs and writes `src/relation/weights.tsv`.
//!
//! ```text
//! cargo run --release --example train_relation -- PAIRS.jsonl…
//! ```
//!
//! One logistic regression for each kind of opposition (L2, Newton's method, from zero: the same input gives the same bytes).
//! Labels that count as contradiction: `contradiction`, `surface_contradiction`, `factual_inconsistency`,
//! `indirect_inconsistency`; `not_entailment` is left out, every other label counts against. Pairs of one file weigh the same.
//! The card is `src/relation/weights.md`.

use anyhow::Context;
use onrecord::relation::{FEATURES, Parsed, Side, features};
use std::collections::BTreeMap;
use std::io::Write;

const WEIGHTS: &str = "src/relation/weights.tsv";
const CONTRADICTS: [&str; 4] =
    ["contradiction", "surface_contradiction", "factual_inconsistency", "indirect_inconsistency"];
/// Strength of the pull towards zero; the bias has a hundredth of it.
const PULL: f64 = 0.3;
const ROUNDS: usize = 40;

/// What a comparison of two positions is learnt from: its examples are few, and the parts of a sentence say little about them.
const OF_POSITIONS: [&str; 9] =
    ["bias", "topic", "phrase", "pairs", "names.differ", "numbers.differ", "mood.differs", "position.both", "long"];
/// What a short sentence against a long passage is learnt from.
const OF_PASSAGES: [&str; 19] = [
    "bias",
    "covered.short",
    "covered.reach",
    "slot",
    "names.differ",
    "numbers.differ",
    "predicate",
    "subject.same",
    "subject.differs",
    "object.same",
    "object.differs",
    "passage.found",
    "kind.negation",
    "kind.stance",
    "kind.antonym",
    "kind.number",
    "kind.other",
    "main",
    "turned.short",
];
/// What only they are learnt from.
const ONLY_PASSAGES: [&str; 8] = [
    "passage.found",
    "kind.negation",
    "kind.stance",
    "kind.antonym",
    "kind.number",
    "kind.other",
    "main",
    "turned.short",
];
/// What only positions are judged by.
const ONLY_POSITIONS: [&str; 3] = ["topic", "phrase", "pairs"];

struct Example {
    features: [f64; FEATURES.len()],
    contradicts: bool,
}

fn main() -> anyhow::Result<()> {
    let mut examples: BTreeMap<&'static str, Vec<Example>> = BTreeMap::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
        for line in text.lines() {
            let pair: serde_json::Value = serde_json::from_str(line)?;
            let label = pair["label"].as_str().unwrap_or_default();
            let side =
                |name: &str| Parsed::of(&Side { text: pair[name].as_str().unwrap_or_default(), ..Side::default() });
            let (groups, all) = features(&side("a"), &side("b"));
            for group in groups.into_iter().filter(|_| label != "not_entailment") {
                let mut features = all;
                for (value, name) in features.iter_mut().zip(FEATURES) {
                    *value *= f64::from(u8::from(used(group, name)));
                }
                let example = Example { features, contradicts: CONTRADICTS.contains(&label) };
                examples.entry(group).or_default().push(example);
            }
        }
    }
    let mut out =
        String::from("# opposition\tfeature\tweight — logistic weights of relation::weigh; the card is weights.md\n");
    for (opposition, examples) in &examples {
        let positive = examples.iter().filter(|example| example.contradicts).count();
        writeln!(std::io::stderr(), "{opposition}: {} examples, {positive} contradict", examples.len())?;
        for (feature, weight) in FEATURES.iter().zip(fit(examples)) {
            if weight.abs() >= 0.005 {
                out += &format!("{opposition}\t{feature}\t{weight:.2}\n");
            }
        }
    }
    Ok(std::fs::write(WEIGHTS, out)?)
}

fn used(group: &str, feature: &str) -> bool {
    match group {
        "position" => OF_POSITIONS.contains(&feature),
        "passage" => OF_PASSAGES.contains(&feature),
        _ => !ONLY_POSITIONS.contains(&feature) && !ONLY_PASSAGES.contains(&feature),
    }
}

/// Fits one logistic regression by Newton's method.
fn fit(examples: &[Example]) -> Vec<f64> {
    let size = FEATURES.len();
    let mut weights = vec![0.0; size];
    for _ in 0..ROUNDS {
        let pull = |n: usize| if n == 0 { PULL / 100.0 } else { PULL };
        let mut slope: Vec<f64> = (0..size).map(|n| pull(n) * weights[n]).collect();
        let mut curve = vec![vec![0.0; size]; size];
        for (n, row) in curve.iter_mut().enumerate() {
            row[n] = pull(n);
        }
        for example in examples {
            let sum: f64 = weights.iter().zip(&example.features).map(|(weight, value)| weight * value).sum();
            let guess = 1.0 / (1.0 + (-sum).exp());
            let error = guess - if example.contradicts { 1.0 } else { 0.0 };
            for ((slope, row), value) in slope.iter_mut().zip(&mut curve).zip(&example.features) {
                *slope += error * value;
                for (cell, other) in row.iter_mut().zip(&example.features) {
                    *cell += guess * (1.0 - guess) * value * other;
                }
            }
        }
        let step = solve(curve, slope);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight -= step.clamp(-2.0, 2.0);
        }
    }
    weights
}

/// Solves a symmetric positive system by Gaussian elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for n in 0..size {
        let top = matrix[n].clone();
        for m in n + 1..size {
            let factor = matrix[m][n] / top[n].max(1e-9);
            for (cell, above) in matrix[m].iter_mut().zip(&top) {
                *cell -= factor * above;
            }
            right[m] -= factor * right[n];
        }
    }
    for n in (0..size).rev() {
        let known: f64 = (n + 1..size).map(|k| matrix[n][k] * right[k]).sum();
        right[n] = (right[n] - known) / matrix[n][n].max(1e-9);
    }
    right
}
