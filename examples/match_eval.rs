//! Matches the queries of a JSON-lines file against a store of claims and prints what `eval/score_matches.py` reads.
//!
//! `cargo run --release --example match_eval -- CLAIMS.jsonl QUERIES.jsonl [TOP] > PREDICTIONS.jsonl`

use anyhow::{Context, Result, bail};
use onrecord::matching::{Entry, Index};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::Write;

fn lines(path: &str) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("no JSON in {path}"))).collect()
}

fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn entry(id: u64, row: &Value) -> Entry<'_> {
    let [text, title, speaker, date] = ["text", "title", "speaker", "date"].map(|name| field(row, name));
    Entry { id, text, title, speaker, date }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [claims, queries, rest @ ..] = arguments.as_slice() else { bail!("CLAIMS.jsonl QUERIES.jsonl [TOP]") };
    let top = rest.first().map_or(Ok(50), |top| top.parse())?;
    let (claims, queries) = (lines(claims)?, lines(queries)?);
    let mut index = Index::default();
    claims.iter().enumerate().for_each(|(id, row)| index.insert(&entry(id as u64, row)));
    let answer = |query: &Value| {
        let found = index.candidates(&entry(u64::MAX, query), top);
        let matches = found.iter().map(|c| {
            let because: Vec<&str> = c.because.iter().map(|reason| reason.detail.as_str()).collect();
            json!({"id": claims[c.id as usize]["id"], "score": c.score.get(), "tier": c.tier, "because": because})
        });
        json!({"query_id": query["query_id"], "matches": matches.collect::<Vec<_>>()}).to_string()
    };
    let answers: Vec<String> = queries.par_iter().map(answer).collect();
    let mut out = std::io::stdout().lock();
    answers.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(())
}
