//! Trains the weight table of matching from two sets of queries and writes it as Rust source.
//!
//! `cargo run --release --example train_matching -- FOLDER [OUT.rs]`, where FOLDER holds the files named in `SETS`. Without
//! OUT it only prints what cross-validation and the dev queries give, and the reliability of the held-back probabilities.
//! Same input, same bytes out.

#![expect(clippy::print_stdout, reason = "a training run prints what it measured")]

use anyhow::{Context, Result, bail};
use onrecord::matching::{Entry, FEATURES, Index, Sign};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

const COUNT: usize = FEATURES.len();
const TOP: usize = 100;
/// Store, train queries, dev queries, weight of a query in the loss.
const SETS: [(&str, &str, &str, f64); 2] = [
    ("politifact_claims.jsonl", "2b_train.jsonl", "2b_dev.jsonl", 1.0),
    ("snopes_claims.jsonl", "2020_train.jsonl", "2020_dev.jsonl", 0.4),
];
const FOLDS: usize = 5;
const STEPS: usize = 150;
const PENALTY: f64 = 0.02;
/// Weight of the loss of single candidates (what makes scores comparable between queries) beside the loss of the ranking.
const BLEND: f64 = 0.5;

/// A query with the features of its candidates.
#[derive(Debug, Clone)]
struct Sample {
    rows: Vec<[f64; COUNT]>,
    /// Which candidates the guards let be the same claim.
    may_be_same: Vec<bool>,
    relevant: Vec<bool>,
    /// How many relevant claims there are, found or not.
    wanted: usize,
    weight: f64,
}

#[derive(Debug, Clone)]
struct Model {
    mean: [f64; COUNT],
    scale: [f64; COUNT],
    weights: [f64; COUNT],
    bias: f64,
}

fn lines(path: &str) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("no JSON in {path}"))).collect()
}

fn entry(id: u64, row: &Value) -> Entry<'_> {
    let [text, title, speaker, date] =
        ["text", "title", "speaker", "date"].map(|name| row[name].as_str().unwrap_or_default());
    Entry { id, text, title, speaker, date }
}

fn samples(index: &Index, ids: &HashMap<String, u64>, queries: &[Value], weight: f64) -> Vec<Sample> {
    let sample = |query: &Value| {
        let wanted: Vec<&Value> = query["relevant"].as_array().into_iter().flatten().collect();
        let relevant: HashSet<u64> =
            wanted.iter().filter_map(|id| id.as_str().and_then(|id| ids.get(id)).copied()).collect();
        let found = index.examine(&entry(u64::MAX, query), TOP);
        Sample {
            relevant: found.iter().map(|one| relevant.contains(&one.id)).collect(),
            may_be_same: found.iter().map(|one| one.may_be_same).collect(),
            rows: found.iter().map(|one| one.values.map(f64::from)).collect(),
            wanted: relevant.len(),
            weight,
        }
    };
    queries.par_iter().map(sample).collect()
}

impl Model {
    fn score(&self, row: &[f64; COUNT]) -> f64 {
        self.bias + (0..COUNT).map(|i| self.weights[i] * (row[i] - self.mean[i]) / self.scale[i]).sum::<f64>()
    }

    /// Fits by gradient descent (Adam) on the listwise softmax loss with an L2 penalty; a weight of the wrong sign is put
    /// back to 0 after each step.
    fn fit(samples: &[&Sample], penalty: f64, blend: f64) -> Self {
        let rows = || samples.iter().flat_map(|sample| &sample.rows);
        let count = rows().count().max(1) as f64;
        let mean: [f64; COUNT] = std::array::from_fn(|i| rows().map(|row| row[i]).sum::<f64>() / count);
        let scale: [f64; COUNT] = std::array::from_fn(|i| {
            (rows().map(|row| (row[i] - mean[i]).powi(2)).sum::<f64>() / count).sqrt().max(1e-3)
        });
        let mut model = Self { mean, scale, weights: [0.0; COUNT], bias: -3.0 };
        let total: f64 = samples.iter().map(|sample| sample.weight).sum();
        // The last place is the bias.
        let (mut first, mut second) = ([0.0; COUNT + 1], [0.0; COUNT + 1]);
        for step in 1..=STEPS {
            let gradient = model.gradient(samples, blend);
            for i in 0..=COUNT {
                let decay = if i < COUNT { penalty * model.weights[i] } else { 0.0 };
                let slope = gradient[i] / total + decay;
                first[i] = 0.9 * first[i] + 0.1 * slope;
                second[i] = 0.999 * second[i] + 0.001 * slope * slope;
                let (m, v) =
                    (first[i] / (1.0 - 0.9f64.powi(step as i32)), second[i] / (1.0 - 0.999f64.powi(step as i32)));
                let weight = if i < COUNT { &mut model.weights[i] } else { &mut model.bias };
                *weight -= 0.05 * m / (v.sqrt() + 1e-9);
                // Back to where the sign is what the feature means.
                match FEATURES.get(i).map(|feature| feature.1) {
                    Some(Sign::For) => *weight = weight.max(0.0),
                    Some(Sign::Against) => *weight = weight.min(0.0),
                    Some(Sign::Either) | None => {}
                }
            }
        }
        model
    }

    /// Returns the model whose scores are `slope` times as steep and `shift` higher.
    fn stretched(mut self, slope: f64, shift: f64) -> Self {
        self.weights.iter_mut().for_each(|weight| *weight *= slope);
        self.bias = self.bias * slope + shift;
        self
    }

    /// Returns the table as Rust source, with means and scales worked into weights and bias.
    fn source(&self) -> String {
        let mut out = String::from(
            "//! The weights of the match score, written by `examples/train_matching.rs`; see `card.md`. Do not edit.\n\n\
             use super::numbered::COUNT;\n\n\
             /// Log-odds of a match for two claims whose features are all 0.\npub(crate) const BIAS: f32 = ",
        );
        let bias = self.bias - (0..COUNT).map(|i| self.weights[i] * self.mean[i] / self.scale[i]).sum::<f64>();
        out += &format!(
            "{bias:.4};\n\n/// Log-odds a unit of each feature adds.\n#[rustfmt::skip]\npub(crate) const WEIGHTS: [f32; COUNT] = [\n"
        );
        for (i, (name, _)) in FEATURES.iter().enumerate() {
            out += &format!("    {:.4}, // {name}\n", self.weights[i] / self.scale[i]);
        }
        out += "];\n\n/// Mean of each feature over the candidates in training: what a reason is measured from.\n#[rustfmt::skip]\npub(crate) const MEANS: [f32; COUNT] = [\n";
        for (i, (name, _)) in FEATURES.iter().enumerate() {
            out += &format!("    {:.4}, // {name}\n", self.mean[i]);
        }
        out + "];\n"
    }

    fn gradient(&self, samples: &[&Sample], blend: f64) -> [f64; COUNT + 1] {
        let mut gradient = [0.0; COUNT + 1];
        for sample in samples {
            let scores: Vec<f64> = sample.rows.iter().map(|row| self.score(row)).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let weights: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f64 = weights.iter().sum();
            let right: f64 = weights.iter().zip(&sample.relevant).filter(|(_, r)| **r).map(|(w, _)| w).sum();
            for (at, (row, &relevant)) in sample.rows.iter().zip(&sample.relevant).enumerate() {
                let listed = match right > 0.0 {
                    true => weights[at] / all - if relevant { weights[at] / right } else { 0.0 },
                    false => 0.0,
                };
                let single = blend * (1.0 / (1.0 + (-scores[at]).exp()) - f64::from(u8::from(relevant)));
                let pull = listed + single;
                gradient[COUNT] += sample.weight * single;
                for i in 0..COUNT {
                    gradient[i] += sample.weight * pull * (row[i] - self.mean[i]) / self.scale[i];
                }
            }
        }
        gradient
    }
}

/// Returns the candidates' scores and relevance, best first.
fn ranked(sample: &Sample, score: impl Fn(&[f64; COUNT]) -> f64) -> Vec<(f64, bool)> {
    let mut list: Vec<(f64, bool)> =
        sample.rows.iter().zip(&sample.relevant).map(|(row, &right)| (score(row), right)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    list
}

fn average_precision(list: &[(f64, bool)], wanted: usize) -> f64 {
    let (mut hits, mut total) = (0.0, 0.0);
    for (rank, _) in list.iter().take(5).enumerate().filter(|(_, item)| item.1) {
        hits += 1.0;
        total += hits / (rank as f64 + 1.0);
    }
    total / wanted.clamp(1, 5) as f64
}

/// Mean average precision at 5 and coverage at top-1 precision .90, in percent.
fn measure(lists: &[(Vec<(f64, bool)>, usize)]) -> (f64, f64) {
    let count = lists.len().max(1) as f64;
    let map: f64 = lists.iter().map(|(list, wanted)| average_precision(list, *wanted)).sum();
    let mut tops: Vec<(f64, bool)> = lists.iter().filter_map(|(list, _)| list.first().copied()).collect();
    tops.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut kept) = (0.0, 0);
    for (at, top) in tops.iter().enumerate() {
        right += f64::from(u8::from(top.1));
        if at >= 4 && right / (at as f64 + 1.0) >= 0.9 {
            kept = at + 1;
        }
    }
    (100.0 * map / count, 100.0 * kept as f64 / count)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, ..] = arguments.as_slice() else { bail!("FOLDER [OUT.rs]") };
    let (mut train, mut dev) = (Vec::new(), Vec::new());
    for (store, train_file, dev_file, weight) in SETS {
        let claims = lines(&format!("{folder}/{store}"))?;
        let mut index = Index::default();
        claims.iter().enumerate().for_each(|(id, row)| index.insert(&entry(id as u64, row)));
        let ids = claims.iter().enumerate().filter_map(|(n, row)| Some((row["id"].as_str()?.to_owned(), n as u64)));
        let ids: HashMap<String, u64> = ids.collect();
        train.push(samples(&index, &ids, &lines(&format!("{folder}/{train_file}"))?, weight));
        dev.push(samples(&index, &ids, &lines(&format!("{folder}/{dev_file}"))?, weight));
    }
    let folds = fold_models(&train);
    let (slope, shift) = calibrate(&train, &folds);
    let all: Vec<&Sample> = train.iter().flatten().collect();
    let model = Model::fit(&all, PENALTY, BLEND).stretched(slope, shift);
    let folds: Vec<Model> = folds.into_iter().map(|fold| fold.stretched(slope, shift)).collect();
    report(&train, &dev, &folds, &model);
    println!("held-back scores were stretched by {slope:.3} and shifted by {shift:.3}");
    reliability(&train, &folds);
    if let Some(out) = arguments.get(1) {
        std::fs::write(out, model.source())?;
    }
    let mut order: Vec<usize> = (0..COUNT).collect();
    order.sort_by(|&a, &b| model.weights[b].abs().total_cmp(&model.weights[a].abs()));
    for i in order {
        println!(
            "{:22} {:7.3}  mean {:.3} scale {:.3}",
            FEATURES[i].0, model.weights[i], model.mean[i], model.scale[i]
        );
    }
    Ok(())
}

/// Fits one model for each fifth of the queries, on the other four.
fn fold_models(train: &[Vec<Sample>]) -> Vec<Model> {
    let fit = |fold: usize| {
        let kept = |(at, sample): (usize, _)| (at % FOLDS != fold).then_some(sample);
        let samples: Vec<&Sample> = train.iter().flat_map(|set| set.iter().enumerate().filter_map(kept)).collect();
        Model::fit(&samples, PENALTY, BLEND)
    };
    (0..FOLDS).into_par_iter().map(fit).collect()
}

/// A held-back candidate.
#[derive(Debug, Clone, Copy)]
struct Held {
    score: f64,
    relevant: bool,
    may_be_same: bool,
    /// The best of its query.
    first: bool,
}

/// Returns every candidate of a set, scored by the model that has not seen its query.
fn held_back(set: &[Sample], folds: &[Model]) -> Vec<Held> {
    let mut all = Vec::new();
    for (at, sample) in set.iter().enumerate() {
        let scores: Vec<f64> = sample.rows.iter().map(|row| folds[at % FOLDS].score(row)).collect();
        let first = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
        let one = |n: usize| Held {
            score: scores[n],
            relevant: sample.relevant[n],
            may_be_same: sample.may_be_same[n],
            first: Some(n) == first,
        };
        all.extend((0..scores.len()).map(one));
    }
    all
}

/// Fits slope and shift of the scores of held-back candidates by logistic regression (Platt 1999), each set with its weight.
fn calibrate(train: &[Vec<Sample>], folds: &[Model]) -> (f64, f64) {
    let all: Vec<(f64, f64, f64)> = train
        .iter()
        .zip(SETS)
        .flat_map(|(set, (.., weight))| {
            held_back(set, folds).into_iter().map(move |one| (one.score, f64::from(u8::from(one.relevant)), weight))
        })
        .collect();
    let (mut slope, mut shift) = (1.0, 0.0);
    // Newton's method on two numbers.
    for _ in 0..30 {
        let (mut g, mut h) = ([0.0; 2], [[1e-9, 0.0], [0.0, 1e-9]]);
        for &(score, right, weight) in &all {
            let chance = 1.0 / (1.0 + (-(slope * score + shift)).exp());
            let (pull, curve) = (weight * (chance - right), weight * chance * (1.0 - chance));
            g = [g[0] + pull * score, g[1] + pull];
            h[0] = [h[0][0] + curve * score * score, h[0][1] + curve * score];
            h[1] = [h[0][1], h[1][1] + curve];
        }
        let det = h[0][0] * h[1][1] - h[0][1] * h[1][0];
        slope -= (h[1][1] * g[0] - h[0][1] * g[1]) / det;
        shift -= (h[0][0] * g[1] - h[1][0] * g[0]) / det;
    }
    (slope, shift)
}

/// Prints how often held-back candidates of each probability are relevant, and how often first ones are by tier.
fn reliability(train: &[Vec<Sample>], folds: &[Model]) {
    println!(
        "| probability | candidates | mean | listed | first: queries | listed | first, no guard against: queries | listed |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let chance = |score: f64| 1.0 / (1.0 + (-score).exp());
    for (set, (_, name, ..)) in train.iter().zip(SETS) {
        let all = held_back(set, folds);
        for (low, high) in [(0.0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)] {
            let inside: Vec<_> = all.iter().filter(|one| (low..high).contains(&chance(one.score))).collect();
            let share = |test: &dyn Fn(&Held) -> bool| {
                let kept: Vec<_> = inside.iter().filter(|one| test(one)).collect();
                let right = kept.iter().filter(|one| one.relevant).count();
                format!("{} | {:.2}", kept.len(), right as f64 / kept.len().max(1) as f64)
            };
            let mean = inside.iter().map(|one| chance(one.score)).sum::<f64>() / inside.len().max(1) as f64;
            let right = inside.iter().filter(|one| one.relevant).count() as f64 / inside.len().max(1) as f64;
            println!(
                "| {name} {low} to {high} | {} | {mean:.2} | {right:.2} | {} | {} |",
                inside.len(),
                share(&|one| one.first),
                share(&|one| one.first && one.may_be_same)
            );
        }
    }
}

fn report(train: &[Vec<Sample>], dev: &[Vec<Sample>], folds: &[Model], model: &Model) {
    for ((train, dev), (_, train_name, dev_name, _)) in train.iter().zip(dev).zip(SETS) {
        let held: Vec<_> = train
            .iter()
            .enumerate()
            .map(|(at, sample)| (ranked(sample, |row| folds[at % FOLDS].score(row)), sample.wanted))
            .collect();
        let dev: Vec<_> = dev.iter().map(|s| (ranked(s, |row| model.score(row)), s.wanted)).collect();
        let first: Vec<_> = train.iter().map(|s| (ranked(s, |row| row[0]), s.wanted)).collect();
        let (a, b, c) = (measure(&held), measure(&dev), measure(&first));
        println!(
            "{train_name} held back: MAP@5 {:.1} coverage {:.1} (words only {:.1}); {dev_name} {:.1} {:.1}",
            a.0, a.1, c.0, b.0, b.1
        );
    }
}
