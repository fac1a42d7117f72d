//! Prints the attributions of articles as JSON lines: `cargo run --release --example extract -- [--model FILE] FILE… > out.jsonl`.

use onrecord::attribution::{self, fast::Fast};
use onrecord::span::{Spans, Text};
use onrecord::{article, text};
use serde_json::{Value, json};
use std::io::Write;

fn main() -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut weights = Vec::new();
    if args.first().is_some_and(|a| a == "--model") && args.len() > 1 {
        weights = std::fs::read(&args[1])?;
        args.drain(..2);
    }
    let trial = Fast::read(&weights);
    let reader = if weights.is_empty() { Fast::shipped() } else { &trial };
    for path in args {
        let article = article::read(&std::fs::read(&path)?, &path, &Default::default())?;
        let document = text::analyze(&article);
        let found = attribution::attribute(&document, reader);
        for one in &found.attributions {
            let speaker = one.speaker.and_then(|s| found.speakers.get(s)).map(|s| s.name.as_str());
            let line = json!({
                "path": path,
                "source": one.source.as_ref().map(|s| role(s, &document.text)),
                "cue": role(&one.cue, &document.text),
                "content": role(&one.content, &document.text),
                "speaker": speaker,
                "kind": one.kind,
                "quotation": one.quotation,
                "place": one.place,
                "score": one.score,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn role(spans: &Spans, text: &Text) -> Value {
    json!({ "text": spans.words(text), "spans": spans })
}
