//! Writes what the deep reader sees of each article in a folder, for the training program in `training/`.
//!
//! `cargo run --release --example deep_inputs -- VOCABULARY TEXT_DIR > inputs.tsv`
//!
//! One line a token: article, begin, end (code points), case, place, break, and the numbers of its pieces in the
//! vocabulary, joined by commas. No word of the article is written.

use anyhow::{Context, Result, ensure};
use onrecord::article::{Given, read};
use onrecord::attribution::deep::inputs::Inputs;
use onrecord::encoder::pieces::Pieces;
use onrecord::text::analyze;
use std::io::Write;
use std::path::PathBuf;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    ensure!(arguments.len() == 2, "give two paths: a vocabulary (one piece a line) and a folder of .txt files");
    let lines = std::fs::read_to_string(&arguments[0]).with_context(|| arguments[0].clone())?;
    let pieces = Pieces::new(&lines).context("the vocabulary lacks [UNK], [CLS] or [SEP]")?;
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&arguments[1])?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let bytes = std::fs::read(path)?;
        let Ok(article) = read(&bytes, &name, &Given::default()) else { continue };
        let document = analyze(&article);
        let inputs = Inputs::of(&document, &pieces);
        for (number, token) in document.tokens.iter().enumerate() {
            let range = inputs.starts[number] as usize..inputs.starts[number + 1] as usize;
            let rows: Vec<String> = inputs.pieces[range].iter().map(u32::to_string).collect();
            writeln!(
                out,
                "{name}\t{}\t{}\t{}\t{}\t{}\t{}",
                token.span.start,
                token.span.end,
                inputs.cases[number],
                inputs.places[number],
                inputs.breaks[number],
                rows.join(",")
            )?;
        }
    }
    out.flush()?;
    Ok(())
}
