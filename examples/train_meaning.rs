//! Trains the table that weighs words and meaning together, from two sets of queries.
//!
//! `cargo run --release --example train_meaning -- FOLDER VECTORS [OUT.tsv]`: FOLDER holds the files named in `SETS`, VECTORS
//! keeps the sentence vectors between runs and is made if it does not exist. With OUT it
//! writes the table; without, it prints what cross-validation and the dev queries give. Same input, same bytes out.

#![expect(clippy::print_stdout, reason = "a training run prints what it measured")]

use anyhow::{Context, Result, bail};
use onrecord::matching::meaning::{LENGTH, Meaning, NAMES, Vector, Vectors};
use onrecord::matching::{Entry, FEATURES, Index, Sides, Sign};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Candidates of each side.
const TOP: usize = 100;
/// Store, train queries, dev queries, weight of a query in the loss.
const SETS: [(&str, &str, &str, f64); 2] = [
    ("politifact_claims.jsonl", "2b_train.jsonl", "2b_dev.jsonl", 1.0),
    ("snopes_claims.jsonl", "2020_train.jsonl", "2020_dev.jsonl", 0.4),
];
const FOLDS: usize = 5;
const STEPS: usize = 250;
const PENALTY: f64 = 0.02;
/// Weight of the loss of single candidates (what makes scores comparable between queries) beside the loss of the ranking.
const BLEND: f64 = 0.5;

/// The features of meaning that the table has.
const KEPT: [&str; 1] = ["meaning"];

/// A query with the features of its candidates.
struct Sample {
    rows: Vec<Vec<f64>>,
    relevant: Vec<bool>,
    /// How many relevant claims there are, found or not.
    wanted: usize,
    weight: f64,
}

struct Model {
    mean: Vec<f64>,
    scale: Vec<f64>,
    weights: Vec<f64>,
    bias: f64,
}

/// The features of words and of meaning, and which way each may count.
fn names() -> Vec<(&'static str, Sign)> {
    FEATURES.into_iter().chain(NAMES).collect()
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

/// The vectors of all texts, in order; read from the file when it has that many.
fn vectors(path: &Path, meaning: &Meaning<'_>, texts: &[&str]) -> Result<Vec<Option<Vector>>> {
    let kept = std::fs::read(path).unwrap_or_default();
    if kept.len() == texts.len() * LENGTH {
        return Ok(kept.chunks(LENGTH).map(|bytes| Vector::from_bytes(bytes).filter(|v| v.cosine(v) > 0.5)).collect());
    }
    let made: Vec<Option<Vector>> = texts.par_iter().map(|text| meaning.vector(text)).collect();
    let bytes: Vec<u8> =
        made.iter().flat_map(|vector| vector.as_ref().map_or([0; LENGTH], |vector| vector.bytes())).collect();
    std::fs::write(path, bytes)?;
    Ok(made)
}

fn text(row: &Value) -> &str {
    row["text"].as_str().unwrap_or_default()
}

impl Model {
    fn score(&self, row: &[f64]) -> f64 {
        let parts = row.iter().zip(&self.mean).zip(&self.scale).zip(&self.weights);
        self.bias + parts.map(|(((x, mean), scale), weight)| weight * (x - mean) / scale).sum::<f64>()
    }

    /// Fits by gradient descent (Adam) on the listwise softmax loss with an L2 penalty; only `used` features count.
    fn fit(samples: &[&Sample], used: &[bool], penalty: f64, blend: f64) -> Self {
        let size = used.len();
        let rows = || samples.iter().flat_map(|sample| &sample.rows);
        let count = rows().count().max(1) as f64;
        let mean: Vec<f64> = (0..size).map(|i| rows().map(|row| row[i]).sum::<f64>() / count).collect();
        let deviation = |i: usize| (rows().map(|row| (row[i] - mean[i]).powi(2)).sum::<f64>() / count).sqrt().max(1e-3);
        let scale: Vec<f64> = (0..size).map(deviation).collect();
        let mut model = Self { mean, scale, weights: vec![0.0; size], bias: -3.0 };
        let total: f64 = samples.iter().map(|sample| sample.weight).sum();
        let signs = names();
        // The last place is the bias.
        let (mut first, mut second) = (vec![0.0; size + 1], vec![0.0; size + 1]);
        for step in 1..=STEPS {
            let gradient = model.gradient(samples, blend);
            for i in 0..=size {
                if i < size && !used[i] {
                    continue;
                }
                let decay = if i < size { penalty * model.weights[i] } else { 0.0 };
                let slope = gradient[i] / total + decay;
                first[i] = 0.9 * first[i] + 0.1 * slope;
                second[i] = 0.999 * second[i] + 0.001 * slope * slope;
                let (m, v) =
                    (first[i] / (1.0 - 0.9f64.powi(step as i32)), second[i] / (1.0 - 0.999f64.powi(step as i32)));
                let weight = if i < size { &mut model.weights[i] } else { &mut model.bias };
                *weight -= 0.05 * m / (v.sqrt() + 1e-9);
                match signs.get(i) {
                    Some((_, Sign::For)) => *weight = weight.max(0.0),
                    Some((_, Sign::Against)) => *weight = weight.min(0.0),
                    _ => {}
                }
            }
        }
        model
    }

    fn gradient(&self, samples: &[&Sample], blend: f64) -> Vec<f64> {
        let size = self.weights.len();
        let mut gradient = vec![0.0; size + 1];
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
                gradient[size] += sample.weight * single;
                for i in 0..size {
                    gradient[i] += sample.weight * (listed + single) * (row[i] - self.mean[i]) / self.scale[i];
                }
            }
        }
        gradient
    }

    /// Returns the table: a name, its weight and its mean a line, with means and scales worked into weights and bias.
    fn table(&self) -> String {
        let size = self.weights.len();
        let bias = self.bias - (0..size).map(|i| self.weights[i] * self.mean[i] / self.scale[i]).sum::<f64>();
        let mut out = format!("bias\t{bias:.4}\t0\n");
        for (i, (name, _)) in names().into_iter().enumerate() {
            out += &format!("{name}\t{:.4}\t{:.4}\n", self.weights[i] / self.scale[i], self.mean[i]);
        }
        out
    }
}

/// Returns the candidates' scores and relevance, best first.
fn ranked(sample: &Sample, score: impl Fn(&[f64]) -> f64) -> Vec<(f64, bool)> {
    let rows = sample.rows.iter().zip(&sample.relevant);
    let mut list: Vec<(f64, bool)> = rows.map(|(row, &right)| (score(row), right)).collect();
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

/// Mean average precision at 5, a relevant claim among the first 50, and coverage at top-1 precision .90, in percent.
fn measure(lists: &[(Vec<(f64, bool)>, usize)]) -> String {
    let share = |number: f64| 100.0 * number / lists.len().max(1) as f64;
    let map: f64 = lists.iter().map(|(list, wanted)| average_precision(list, *wanted)).sum();
    let held = lists.iter().filter(|(list, _)| list.iter().take(50).any(|one| one.1)).count();
    let mut tops: Vec<(f64, bool)> = lists.iter().filter_map(|(list, _)| list.first().copied()).collect();
    tops.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut kept) = (0.0, 0);
    for (at, top) in tops.iter().enumerate() {
        right += f64::from(u8::from(top.1));
        if at >= 4 && right / (at as f64 + 1.0) >= 0.9 {
            kept = at + 1;
        }
    }
    format!("{:.1} ({:.1}, {:.1})", share(map), share(held as f64), share(kept as f64))
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, vectors_file, rest @ ..] = arguments.as_slice() else { bail!("FOLDER VECTORS [OUT.tsv]") };
    let meaning = Meaning::shipped().map_err(|error| error.clone())?;
    let files: Vec<Vec<Value>> = SETS
        .iter()
        .flat_map(|&(store, train, dev, _)| [store, train, dev])
        .map(|file| lines(&format!("{folder}/{file}")))
        .collect::<Result<_>>()?;
    let texts: Vec<&str> = files.iter().flatten().map(text).collect();
    let mut made = vectors(Path::new(vectors_file), meaning, &texts)?.into_iter();
    let (mut train, mut dev) = (Vec::new(), Vec::new());
    for (files, set) in files.chunks(3).zip(SETS) {
        let (mut index, mut held) = (Index::default(), Vectors::new(meaning));
        let mut ids = HashMap::new();
        for (id, (row, vector)) in files[0].iter().zip(made.by_ref()).enumerate() {
            index.insert(&entry(id as u64, row));
            if let Some(vector) = vector {
                held.insert(id as u64, &vector);
            }
            ids.insert(row["id"].as_str().unwrap_or_default().to_owned(), id as u64);
        }
        let sides = Sides { words: &index, meaning: Some(&held) };
        let mut both = files[1..].iter().map(|queries| {
            let asked: Vec<(&Value, Option<Vector>)> = queries.iter().zip(made.by_ref()).collect();
            let sample = |(query, vector): &(&Value, Option<Vector>)| {
                let wanted = query["relevant"].as_array().into_iter().flatten();
                let relevant: HashSet<u64> = wanted.filter_map(|id| ids.get(id.as_str()?).copied()).collect();
                let found = vector.map(|vector| sides.examine(&entry(u64::MAX, query), &vector, TOP));
                let found = found.unwrap_or_default();
                Sample {
                    relevant: found.iter().map(|(id, _)| relevant.contains(id)).collect(),
                    rows: found.iter().map(|(_, row)| row.iter().map(|&x| f64::from(x)).collect()).collect(),
                    wanted: relevant.len(),
                    weight: set.3,
                }
            };
            asked.par_iter().map(sample).collect::<Vec<Sample>>()
        });
        train.extend(both.next());
        dev.extend(both.next());
    }
    let with = |more: &[&str]| -> Vec<bool> {
        names().iter().enumerate().map(|(at, name)| at < FEATURES.len() || more.contains(&name.0)).collect()
    };
    if rest.is_empty() {
        for (what, more) in [
            ("words' features alone", [].as_slice()),
            ("+ the cosine", &["meaning"]),
            ("+ below best", &["meaning", "meaning below best"]),
            ("+ over crowd", &["meaning", "meaning over crowd"]),
            ("+ rank", &["meaning", "meaning rank"]),
            ("+ cover", &["meaning", "meaning x cover"]),
            ("+ speaker", &["meaning", "meaning x speaker"]),
            ("+ square", &["meaning", "meaning squared"]),
            ("all", &NAMES.map(|name| name.0)),
        ] {
            report(what, &train, &dev, &with(more), PENALTY, BLEND);
        }
        return Ok(());
    }
    let kept = with(&KEPT);
    let model = Model::fit(&train.iter().flatten().collect::<Vec<_>>(), &kept, PENALTY, BLEND);
    if let Some(out) = rest.first() {
        std::fs::write(out, model.table())?;
    }
    Ok(())
}

/// Prints MAP@5 (a relevant claim among the first 50, coverage at .90) of both sets, held back and dev.
fn report(what: &str, train: &[Vec<Sample>], dev: &[Vec<Sample>], used: &[bool], penalty: f64, blend: f64) {
    let folds: Vec<Model> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let kept = |(at, sample): (usize, _)| (at % FOLDS != fold).then_some(sample);
            let samples: Vec<&Sample> = train.iter().flat_map(|set| set.iter().enumerate().filter_map(kept)).collect();
            Model::fit(&samples, used, penalty, blend)
        })
        .collect();
    let model = Model::fit(&train.iter().flatten().collect::<Vec<_>>(), used, penalty, blend);
    for (set, (train, dev)) in train.iter().zip(dev).enumerate() {
        let held = train.iter().enumerate();
        let held: Vec<_> = held.map(|(at, s)| (ranked(s, |row| folds[at % FOLDS].score(row)), s.wanted)).collect();
        let dev: Vec<_> = dev.iter().map(|s| (ranked(s, |row| model.score(row)), s.wanted)).collect();
        println!("{what}: {}: held-back train {}; dev {}", SETS[set].1, measure(&held), measure(&dev));
    }
}
