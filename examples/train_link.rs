//! Trains the weights of `src/attribution/link.bin` on the links marked in PolNeAR, by an averaged ranking perceptron.
//!
//! `cargo run --release --example train_link -- POLNEAR FOLD0.bin FOLD1.bin OUT.bin`, arguments as in `train_reader`.

// A training program reports its progress on standard error.
#![allow(clippy::print_stderr)]

#[path = "training/gold.rs"]
mod gold;
#[path = "training/perceptron.rs"]
#[allow(dead_code)]
mod perceptron;

use gold::Annotated;
use onrecord::attribution::decode::{Part, Piece};
use onrecord::attribution::fast::facts;
use onrecord::attribution::link;
use onrecord::text::linear::Dense;
use onrecord::text::models::Models;
use std::collections::BTreeMap;
use std::path::Path;

/// One choice: the features of each candidate, and which are right.
struct Choice {
    candidates: Vec<Vec<u64>>,
    right: Vec<bool>,
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [polnear, fold0, fold1, out] = &args[..] else {
        anyhow::bail!("four arguments are needed: POLNEAR FOLD0.bin FOLD1.bin OUT.bin");
    };
    let folds = [std::fs::read(fold0)?, std::fs::read(fold1)?];
    let models = [Models::read(&folds[0]), Models::read(&folds[1])];
    let articles = gold::read(&Path::new(polnear).join("train"), &models)?;
    let choices: Vec<Choice> = articles.iter().flat_map(choices).collect();
    let mut weights: BTreeMap<u64, (f32, f32, u32)> = BTreeMap::new();
    let mut clock = 0u32;
    for epoch in 0..6 {
        let mut missed = 0;
        for index in perceptron::shuffled(choices.len(), epoch) {
            clock += 1;
            let choice = &choices[index];
            let score = |features: &Vec<u64>| features.iter().filter_map(|f| weights.get(f)).map(|w| w.0).sum::<f32>();
            let scores: Vec<f32> = choice.candidates.iter().map(score).collect();
            let best = |right: bool| {
                (0..scores.len()).filter(|&i| choice.right[i] == right).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
            };
            let (Some(gold), Some(rival)) = (best(true), best(false)) else { continue };
            if scores[gold] >= scores[rival] + 1.0 {
                continue;
            }
            missed += usize::from(scores[gold] <= scores[rival]);
            for (candidate, change) in [(gold, 1.0), (rival, -1.0)] {
                for &feature in &choice.candidates[candidate] {
                    let (weight, total, stamp) = weights.entry(feature).or_insert((0.0, 0.0, clock));
                    *total += *weight * (clock - *stamp) as f32;
                    *stamp = clock;
                    *weight += change;
                }
            }
        }
        eprintln!("epoch {epoch}: {missed} of {} choices missed", choices.len());
    }
    let mut rows: Vec<(u64, [f32; 1])> =
        weights.iter().map(|(&k, &(w, t, s))| (k, [(t + w * (clock - s) as f32) / clock as f32])).collect();
    rows.retain(|r| r.1[0].abs() > 0.05);
    let largest = rows.iter().map(|r| r.1[0].abs()).fold(0.0, f32::max);
    let mut bytes = Vec::new();
    Dense::<1>::write(&rows, largest, &mut bytes);
    std::fs::write(out, &bytes)?;
    eprintln!("{out}: {} bytes", bytes.len());
    Ok(())
}

/// The choices of one article: a cue for each content, a source or nobody for each cue.
fn choices(article: &Annotated) -> Vec<Choice> {
    let document = &article.document;
    let mut pieces: Vec<(Piece, usize)> = Vec::new();
    let paragraphs = facts::paragraphs(document);
    for (number, one) in article.gold.iter().enumerate() {
        for (part, spans) in [(Part::Source, &one.source), (Part::Cue, &one.cue), (Part::Content, &one.content)] {
            for &span in spans {
                let tokens = document.tokens_in(span);
                let paragraph = paragraphs.iter().position(|(_, r)| r.contains(&tokens.start));
                if let (Some(paragraph), false) = (paragraph, tokens.is_empty()) {
                    pieces.push((Piece { part, tokens, paragraph, probability: 1.0 }, number));
                }
            }
        }
    }
    pieces.sort_by_key(|(p, n)| (p.tokens.start, p.tokens.end, p.part, *n));
    let mut owners: Vec<Vec<usize>> = Vec::new();
    let mut unique: Vec<Piece> = Vec::new();
    for (piece, number) in pieces {
        if unique.last() == Some(&piece) {
            owners.last_mut().into_iter().for_each(|o| o.push(number));
        } else {
            unique.push(piece);
            owners.push(vec![number]);
        }
    }
    let mut out = Vec::new();
    let mut from = 0;
    while from < unique.len() {
        let len = unique[from..].iter().take_while(|p| p.paragraph == unique[from].paragraph).count();
        let range = from..from + len;
        let of = |part: Part| range.clone().filter(|&i| unique[i].part == part).collect::<Vec<_>>();
        let shared = |a: usize, b: usize| owners[a].iter().any(|n| owners[b].contains(n));
        for content in of(Part::Content) {
            let cues = of(Part::Cue);
            out.push(Choice {
                right: cues.iter().map(|&c| shared(c, content)).collect(),
                candidates: cues.iter().map(|&c| link::features(document, &unique, &range, content, c)).collect(),
            });
        }
        for cue in of(Part::Cue) {
            let sources = of(Part::Source);
            let mut right: Vec<bool> = sources.iter().map(|&s| shared(s, cue)).collect();
            let mut candidates: Vec<Vec<u64>> =
                sources.iter().map(|&s| link::features(document, &unique, &range, s, cue)).collect();
            right.push(!right.contains(&true));
            candidates.push(link::nobody_features(document, &unique, &range, cue));
            out.push(Choice { candidates, right });
        }
        from += len;
    }
    out
}
