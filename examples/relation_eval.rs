//! Relates the pairs of a JSON lines file (`{"id","a","b"}`) and prints what `score_relations.py` reads.
//!
//! ```text
//! cargo run --release --example relation_eval -- PAIRS.jsonl > PRED.jsonl
//! ```

use anyhow::Context;
use onrecord::relation::{Side, relate};
use std::io::Write;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).context("usage: relation_eval PAIRS.jsonl")?;
    let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let pair: serde_json::Value = serde_json::from_str(line)?;
        let words = |name: &str| pair[name].as_str().unwrap_or_default();
        let side = |name| Side { text: words(name), ..Side::default() };
        let relation = relate(&side("a"), &side("b"));
        let because: Vec<_> =
            relation.because.iter().map(|reason| format!("{}: {}", reason.rule, reason.detail)).collect();
        let answer = serde_json::json!({
            "id": pair["id"], "relation": relation.kind, "score": relation.score, "summary": relation.summary, "because": because,
        });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
