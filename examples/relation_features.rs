//! Prints the numbers of pairs of claims that the score of a pair is learnt from, as 32-bit floats, row after row.
//!
//! ```text
//! cargo run --release --example relation_features -- CLAIMS.jsonl PAIRS.tsv OUT [--read]
//! ```
//!
//! A claim is what `training/relation_data.py` writes; a pair is two line numbers, from 0. With `--read` the encoder's opinion
//! is added.

#![expect(clippy::print_stderr, reason = "a training program reports its progress")]

use anyhow::Context;
use onrecord::relation::model::{Claimed, Model, Place, Told, features, ruled};
use onrecord::relation::{Parsed, Side};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [claims, pairs, out, rest @ ..] = args.as_slice() else {
        anyhow::bail!("usage: relation_features CLAIMS.jsonl PAIRS.tsv OUT [--read]");
    };
    let read = rest.iter().any(|word| word == "--read");
    let model = Model::shipped().map_err(|error| anyhow::anyhow!("{error}"))?;
    let rows: Vec<serde_json::Value> =
        std::fs::read_to_string(claims)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut speakers: HashMap<String, i64> = HashMap::new();
    let mut articles: BTreeMap<String, Vec<(u64, usize)>> = BTreeMap::new();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let number = |row: &serde_json::Value, key: &str| row[key].as_u64().unwrap_or_default();
    for (at, row) in rows.iter().enumerate() {
        let count = speakers.len() as i64;
        speakers.entry(text(row, "speaker").to_lowercase()).or_insert(count);
        articles.entry(text(row, "article")).or_default().push((number(row, "first"), at));
    }
    let numbers: HashMap<String, i64> = articles.keys().cloned().zip(0..).collect();
    let mut rank = vec![(0, 0); rows.len()];
    for claims in articles.values_mut() {
        claims.sort_unstable();
        for (place, (_, at)) in claims.iter().enumerate() {
            rank[*at] = (place, claims.len());
        }
    }
    let read_one = |(at, row): (usize, &serde_json::Value)| {
        let (speaker, cue, words) = (text(row, "speaker"), text(row, "cue"), text(row, "words"));
        let sentence = text(row, "sentence");
        let told = Told { speaker: &speaker, cue: &cue, words: &words, sentence: &sentence };
        let some = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        let (known, cued) = (some(&speaker), some(&cue));
        let side = Side { text: &words, speaker: known.as_deref(), cue: cued.as_deref(), ..Side::default() };
        let parsed = Parsed::of(&side);
        let article = text(row, "article");
        let day = article.split('_').nth(1).and_then(|day| day.parse::<chrono::NaiveDate>().ok());
        let start = number(row, "sentence_start") as usize;
        let place = Place {
            article: numbers.get(&article).copied(),
            speaker: known.and_then(|name| speakers.get(&name.to_lowercase()).copied()),
            first: number(row, "first") as usize,
            last: number(row, "last") as usize,
            sentence: (start, start),
            day: day.map(|day| (day - chrono::NaiveDate::default()).num_days()),
            number: rank[at].0,
            count: rank[at].1,
        };
        Claimed::new(&told, parsed, model.side(&told), place)
    };
    let claims: Vec<Claimed> = rows.par_iter().enumerate().map(read_one).collect();
    let pairs = std::fs::read_to_string(pairs)?;
    let pairs: Vec<(usize, usize)> = pairs
        .lines()
        .map(|line| {
            let (a, b) = line.split_once('\t').context("a pair is two numbers")?;
            Ok((a.parse()?, b.parse()?))
        })
        .collect::<anyhow::Result<_>>()?;
    let rows: Vec<Vec<f32>> = pairs
        .par_iter()
        .map(|&(x, y)| {
            let (Some(a), Some(b)) = (claims.get(x), claims.get(y)) else { return Vec::new() };
            let answer = read.then(|| model.read(&a.pieces, &b.pieces));
            features(a, b, ruled(a, b), answer.as_ref())
        })
        .collect();
    let bytes: Vec<u8> = rows.iter().flatten().flat_map(|x| x.to_le_bytes()).collect();
    std::fs::write(out, bytes)?;
    eprintln!("{} pairs, {} numbers each", rows.len(), rows.first().map_or(0, Vec::len));
    Ok(())
}
