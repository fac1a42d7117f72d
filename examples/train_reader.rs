//! Trains the weights of `src/attribution/fast/model.bin` on PolNeAR.
//!
//! `cargo run --release --example train_reader -- POLNEAR FOLD0.bin FOLD1.bin OUT.bin`, where POLNEAR holds `train/text` and
//! `train/attributions`, and the fold files come from `train_text`: each article is tagged by the models that did not see
//! it. The second pass learns from labels that a first pass gave to articles it had not seen. Same input, same bytes.

// A training program reports its progress on standard error.
#![allow(clippy::print_stderr)]

#[path = "training/crf.rs"]
mod crf;
#[path = "training/gold.rs"]
mod gold;

use crf::Sequence;
use onrecord::attribution::fast::features::{self, Passed};
use onrecord::attribution::fast::{Both, Fast, chain};
use onrecord::attribution::reader::LABELS;
use onrecord::text::models::Models;
use std::path::Path;

/// Number of parts of the articles for the labels of the first pass.
const PARTS: usize = 4;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [polnear, fold0, fold1, out] = &args[..] else {
        anyhow::bail!("four arguments are needed: POLNEAR FOLD0.bin FOLD1.bin OUT.bin");
    };
    let folds = [std::fs::read(fold0)?, std::fs::read(fold1)?];
    let models = [Models::read(&folds[0]), Models::read(&folds[1])];
    let articles = gold::read(&Path::new(polnear).join("train"), &models)?;
    eprintln!("{} annotated articles", articles.len());
    let mut feature_list = Vec::new();
    let mut table = crf::Table::default();
    let mut sequences: Vec<Sequence> = Vec::new();
    for article in &articles {
        for paragraph in &article.paragraphs {
            let facts = &paragraph.paragraph;
            let mut features = Vec::new();
            for at in 0..facts.facts.len() {
                features::first(facts, at, &mut feature_list);
                features.push(table.numbers(&feature_list));
            }
            let contexts = (0..facts.facts.len()).map(|at| features::context(facts, at)).collect();
            let labels = paragraph.labels.clone();
            sequences.push(Sequence { features, contexts, labels, weight: article.weight, part: article.part % PARTS });
        }
    }
    table.prune(&mut sequences, 3);
    eprintln!("first pass: {} features", table.len());
    let passes: Vec<crf::Weights> = in_two_threads(PARTS + 1, |part| {
        let kept: Vec<&Sequence> = sequences.iter().filter(|s| part == PARTS || s.part != part).collect();
        crf::train(&kept, table.len(), &crf::FIRST)
    });
    let mut more = crf::Table::default();
    more.start_at(&table);
    let mut number = 0;
    let paragraphs = articles.iter().flat_map(|a| &a.paragraphs);
    for (paragraph, sequence) in paragraphs.zip(&mut sequences) {
        number += 1;
        let weights = &passes[sequence.part];
        let scores: Vec<chain::Row> = sequence.features.iter().map(|f| weights.scores(f)).collect();
        let labels =
            chain::marginals(&scores, &sequence.contexts, &weights.transitions.factors(), chain::Want::Labels).labels;
        let passed = Passed::new(&paragraph.paragraph, &labels);
        for at in 0..sequence.features.len() {
            feature_list.clear();
            features::second(&paragraph.paragraph, &passed, at, &mut feature_list);
            sequence.features[at].extend(more.numbers(&feature_list));
        }
    }
    more.prune(&mut sequences, 3);
    eprintln!("second pass: {} features over {number} paragraphs", more.len());
    let all: Vec<&Sequence> = sequences.iter().collect();
    let weights = crf::train(&all, more.len(), &crf::SECOND);
    let mut bytes = Vec::new();
    write(&table, &more, [&passes[PARTS], &weights], &mut bytes);
    std::fs::write(out, &bytes)?;
    eprintln!("{out}: {} bytes", bytes.len());
    Ok(())
}

/// Writes both passes: the features they share side by side, then those of the second pass alone.
fn write(table: &crf::Table, more: &crf::Table, passes: [&crf::Weights; 2], out: &mut Vec<u8>) {
    let both = |number: usize| -> Both { std::array::from_fn(|n| passes[n / LABELS].rows[number].weights[n % LABELS]) };
    let (shared, largest) = crf::largest(table.keys().enumerate().map(|(n, key)| (key, both(n))), crf::SHARED_ROWS);
    let own = more.keys().enumerate().skip(table.len()).map(|(n, key)| (key, passes[1].rows[n].weights));
    let (passed, most) = crf::largest(own, crf::PASSED_ROWS);
    Fast::write((&shared, largest), (&passed, most), passes.map(|pass| &pass.transitions), out);
}

/// Runs jobs `0..count` on two threads and returns their results in order.
fn in_two_threads<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            if number >= count {
                return done;
            }
            done.push((number, job(number)));
        }
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let other = scope.spawn(run);
        let mut all = run();
        all.extend(other.join().unwrap_or_default());
        all
    });
    all.sort_by_key(|r| r.0);
    all.into_iter().map(|r| r.1).collect()
}
