//! Writes the word pieces of claims and queries, for the program in `training/` that makes the weights of the sentence vectors.
//!
//! `cargo run --release --example meaning_pieces -- VOCABULARY FILE.jsonl... > pieces.tsv`
//!
//! One line a text: file, line number, field (text or title), and the numbers of its pieces joined by commas. No word of
//! the texts is written.

use anyhow::{Context, Result, ensure};
use onrecord::encoder::pieces::Pieces;
use onrecord::matching::meaning::pieces;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// Pieces that are read of a text.
const LONGEST: usize = 126;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    ensure!(
        arguments.len() > 1,
        "give a vocabulary (one piece a line) and files of JSON lines with `text` and `title`"
    );
    let lines = std::fs::read_to_string(&arguments[0]).with_context(|| arguments[0].clone())?;
    let vocabulary = Pieces::new(&lines).context("the vocabulary lacks [UNK], [CLS] or [SEP]")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &arguments[1..] {
        let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
        for (number, line) in std::fs::read_to_string(path).with_context(|| path.clone())?.lines().enumerate() {
            let row: Value = serde_json::from_str(line).with_context(|| format!("no JSON in {path}"))?;
            for field in ["text", "title"] {
                let text = row[field].as_str().unwrap_or_default();
                let Some(pieces) = pieces(&vocabulary, text, LONGEST) else { continue };
                let pieces: Vec<String> = pieces.iter().map(u32::to_string).collect();
                writeln!(out, "{name}\t{number}\t{field}\t{}", pieces.join(","))?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
