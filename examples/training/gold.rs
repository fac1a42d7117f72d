//! Reads PolNeAR's standoff annotation and lays it over our own tokens.

use onrecord::attribution::fast::facts::{self, Paragraph};
use onrecord::attribution::reader::Label;
use onrecord::span::Span;
use onrecord::text::models::Models;
use onrecord::text::{self, Document};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// One attribution: the spans of its source, cue and content.
#[derive(Debug, Clone, Default)]
#[allow(dead_code)]
pub struct Gold {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

#[allow(dead_code)]
pub struct Labelled {
    pub paragraph: Paragraph,
    pub labels: Vec<u8>,
}

#[allow(dead_code)]
pub struct Annotated {
    pub name: String,
    pub part: usize,
    /// Several annotators of one article share one and a half votes.
    pub weight: f32,
    pub document: Document,
    pub gold: Vec<Gold>,
    pub paragraphs: Vec<Labelled>,
}

/// Reads a split; each article is analyzed by the models of the other half.
pub fn read(split: &Path, models: &[Models<'_>; 2]) -> anyhow::Result<Vec<Annotated>> {
    let mut by_article: BTreeMap<String, Vec<std::path::PathBuf>> = BTreeMap::new();
    for entry in std::fs::read_dir(split.join("attributions"))? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = stem.rsplit_once('_').map_or(stem.as_str(), |s| s.0).to_owned();
        by_article.entry(name).or_default().push(path);
    }
    let mut out = Vec::new();
    for (number, (name, mut files)) in by_article.into_iter().enumerate() {
        files.sort();
        let bytes = std::fs::read(split.join("text").join(format!("{name}.txt")))?;
        let article = onrecord::article::read(&bytes, &name, &Default::default())?;
        let fold = (text::linear::hash(&name) >> 20) as usize % 2;
        let document = text::analyze_with(&article, &models[fold]);
        let weight = if files.len() == 1 { 1.0 } else { 1.5 / files.len() as f32 };
        for file in &files {
            let gold = annotation(&std::fs::read_to_string(file)?);
            let labels = labels(&document, &gold);
            let paragraphs = facts::paragraphs(&document)
                .into_iter()
                .enumerate()
                .map(|(n, (block, range))| Labelled {
                    paragraph: facts::collect(&document, block, range.clone(), n),
                    labels: labels[range].to_vec(),
                })
                .collect();
            out.push(Annotated {
                name: name.clone(),
                part: number,
                weight,
                document: document.clone(),
                gold,
                paragraphs,
            });
        }
    }
    Ok(out)
}

fn annotation(text: &str) -> Vec<Gold> {
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut out = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(body)) = (cells.first(), cells.get(1)) else { continue };
        if id.starts_with('T') {
            let Some((_, places)) = body.split_once(' ') else { continue };
            let pieces = places.split(';').filter_map(|piece| {
                let (start, end) = piece.split_once(' ')?;
                Some(Span::new(start.parse().ok()?, end.parse().ok()?))
            });
            spans.insert(id, pieces.collect());
        } else if id.starts_with('E') {
            let mut gold = Gold::default();
            for part in body.split_whitespace() {
                let Some((key, reference)) = part.split_once(':') else { continue };
                let pieces = spans.get(reference).cloned().unwrap_or_default();
                match key.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Source" => gold.source.extend(pieces),
                    "Cue" => gold.cue.extend(pieces),
                    "Content" => gold.content.extend(pieces),
                    _ => {}
                }
            }
            out.push(gold);
        }
    }
    out
}

fn labels(document: &Document, gold: &[Gold]) -> Vec<u8> {
    let mut out = vec![Label::Outside as u8; document.tokens.len()];
    let mut lay = |spans: &[Span], begin: Label, inside: Label| {
        for &span in spans {
            for (place, at) in document.tokens_in(span).enumerate() {
                out[at] = if place == 0 { begin as u8 } else { inside as u8 };
            }
        }
    };
    for one in gold {
        lay(&one.content, Label::BeginContent, Label::InContent);
        lay(&one.source, Label::BeginSource, Label::InSource);
        lay(&one.cue, Label::BeginCue, Label::InCue);
    }
    // A span cut by another leaves an inside without its begin.
    for at in 0..out.len() {
        let last = if at == 0 { Label::Outside } else { Label::ALL[usize::from(out[at - 1])] };
        if !Label::ALL[usize::from(out[at])].may_follow(last) {
            out[at] -= 1;
        }
    }
    for (_, range) in facts::paragraphs(document) {
        let first = &mut out[range.start];
        if !Label::ALL[usize::from(*first)].may_follow(Label::Outside) {
            *first -= 1;
        }
    }
    out
}
