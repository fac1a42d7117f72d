//! Measures who stands behind a source: the hand-made decisions of `tests/data/speakers_polnear_dev.tsv` against
//! `speakers::resolve`, given the annotated sources and given those the standard reader finds.
//!
//! ```text
//! cargo run --release --example score_speakers -- --shared ../shared [--errors]
//! ```
//!
//! Refuses to judge sources nobody decided. A named speaker is right when the resolved one bears that name; one
//! without a name ("@…") when it is no named speaker of the article, is the same for equal labels and another for others.

#![expect(clippy::print_stdout, reason = "a measurement prints what it measured")]

use onrecord::article::{self, BlockKind, Given};
use onrecord::attribution::{
    Attribution, Attributions, Kind, Quotation, Speaker, Status, assemble, attribute, reader, speakers,
};
use onrecord::lexicon::people;
use onrecord::score::Score;
use onrecord::span::{Span, Spans};
use onrecord::text::{self, Document};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// One row of the decisions.
struct Decision {
    span: Span,
    form: String,
    label: String,
}

/// Right, decided and, of those that are wrong, left open.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    all: usize,
    open: usize,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shared = arguments.iter().position(|a| a == "--shared").and_then(|at| arguments.get(at + 1));
    let Some(shared) = shared else { anyhow::bail!("say where the corpora are: --shared PATH") };
    let errors = arguments.iter().any(|a| a == "--errors");
    let corpus = Path::new(shared).join("corpora/polnear/dev");
    let rows = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/speakers_polnear_dev.tsv"))?;
    let mut articles: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
    for row in rows.lines().filter(|r| !r.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, start, end, form, label] = cells.as_slice() else { anyhow::bail!("odd row: {row}") };
        let span = Span::new(start.parse()?, end.parse()?);
        let decision = Decision { span, form: (*form).to_owned(), label: (*label).to_owned() };
        articles.entry((*name).to_owned()).or_default().push(decision);
    }
    let mut given: BTreeMap<String, Tally> = BTreeMap::new();
    let mut extracted: BTreeMap<String, Tally> = BTreeMap::new();
    for (name, decisions) in &articles {
        let bytes = std::fs::read(corpus.join(format!("text/{name}.txt")))?;
        let article = article::read(&bytes, name, &Given::default())?;
        let document = text::analyze(&article);
        let mut found =
            Attributions { attributions: annotated(&document, &annotation(&corpus, name)?)?, speakers: vec![] };
        speakers::resolve(&document, &mut found);
        let wrong = score(&document, &found, decisions, &mut given);
        if errors {
            wrong.iter().for_each(|line| println!("{name}\t{line}"));
        }
        let found = attribute(&document, reader::standard());
        score(&document, &found, decisions, &mut extracted);
    }
    print("annotated sources", &given);
    print("extracted sources (those that were found)", &extracted);
    Ok(())
}

fn print(title: &str, tallies: &BTreeMap<String, Tally>) {
    println!("{title}");
    let mut sum = Tally::default();
    for (form, tally) in tallies {
        println!("  {form:8} {}", line(*tally));
        sum = Tally { right: sum.right + tally.right, all: sum.all + tally.all, open: sum.open + tally.open };
    }
    println!("  all      {}", line(sum));
}

fn line(tally: Tally) -> String {
    let share = 100.0 * tally.right as f64 / tally.all.max(1) as f64;
    format!("{share:5.1} %  ({} of {}, {} left open)", tally.right, tally.all, tally.open)
}

/// Returns the first annotator's file of an article.
fn annotation(corpus: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let files = std::fs::read_dir(corpus.join("attributions"))?.filter_map(|entry| Some(entry.ok()?.path()));
    let of = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("");
        stem.rsplit_once('_').is_some_and(|(article, _)| article == name)
    };
    let first = files.filter(of).min();
    first.ok_or_else(|| anyhow::anyhow!("{name} has no annotation under {}", corpus.display()))
}

/// Reads a standoff file: one attribution for each event with a content.
fn annotated(document: &Document, path: &Path) -> anyhow::Result<Vec<Attribution>> {
    let lines = std::fs::read_to_string(path)?;
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut out = Vec::new();
    for row in lines.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let (Some(id), Some(body)) = (cells.first(), cells.get(1)) else { continue };
        if id.starts_with('T') {
            let pieces = body.split_once(' ').map_or("", |(_, pieces)| pieces).split(';');
            let pieces = pieces
                .filter_map(|p| p.split_once(' '))
                .filter_map(|(a, b)| Some(Span::new(a.parse().ok()?, b.parse().ok()?)));
            spans.insert(id, pieces.collect());
            continue;
        }
        let role = |wanted: &str| {
            let parts = body.split(' ').filter_map(|part| part.split_once(':'));
            let mine = parts.filter(|(key, _)| key.trim_end_matches(char::is_numeric) == wanted);
            Spans::new(mine.flat_map(|(_, id)| spans.get(id).cloned().unwrap_or_default()))
        };
        let (source, cue, content) = (role("Source"), role("Cue"), role("Content"));
        if content.is_empty() {
            continue;
        }
        let quotation = assemble::quotation(document, &content);
        out.push(attribution(source, cue, content, quotation));
    }
    out.sort_by_key(|a| a.content.cover().map(|c| c.start));
    Ok(out)
}

fn attribution(source: Spans, cue: Spans, content: Spans, quotation: Quotation) -> Attribution {
    Attribution {
        source: (!source.is_empty()).then_some(source),
        cue,
        content,
        speaker: None,
        candidates: Vec::new(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation,
        place: BlockKind::Paragraph,
        answers: None,
        score: Score::new(1.0),
        because: Vec::new(),
    }
}

/// Scores the decisions of one article and returns the wrong ones as lines.
fn score(
    document: &Document,
    found: &Attributions,
    decisions: &[Decision],
    tallies: &mut BTreeMap<String, Tally>,
) -> Vec<String> {
    let named: BTreeSet<&str> = decisions.iter().map(|d| d.label.as_str()).filter(|l| !l.starts_with('@')).collect();
    let mut unnamed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for decision in decisions {
        let source = |a: &&Attribution| a.source.as_ref().and_then(Spans::cover).is_some_and(|s| s == decision.span);
        let Some(attribution) = found.attributions.iter().find(source) else { continue };
        let tally = tallies.entry(decision.form.clone()).or_default();
        tally.all += 1;
        let right = attribution.speaker.is_some_and(|number| {
            let speaker = &found.speakers[number];
            if !decision.label.starts_with('@') {
                return is_named(found, speaker, &decision.label);
            }
            let somebody = named.iter().any(|label| is_named(found, speaker, label));
            let taken = unnamed.iter().any(|(label, n)| *n == number && *label != decision.label);
            !somebody && !taken && *unnamed.entry(&decision.label).or_insert(number) == number
        });
        if right {
            tally.right += 1;
            continue;
        }
        tally.open += usize::from(attribution.speaker.is_none());
        let name = attribution.speaker.map_or("nobody", |n| &found.speakers[n].name);
        let words = document.text.slice(decision.span);
        wrong.push(format!("{}\t{words}\t{} and not {name}", decision.span.start, decision.label));
    }
    wrong
}

/// Tells whether a speaker bears a name: the same words, or the same surname with a given name that agrees.
fn is_named(found: &Attributions, speaker: &Speaker, label: &str) -> bool {
    if let Some((first, second)) = label.split_once(" + ") {
        let member = |label: &str| speaker.members.iter().any(|&m| is_named(found, &found.speakers[m], label));
        return speaker.members.len() == 2 && member(first) && member(second);
    }
    let words = |name: &str| -> Vec<String> {
        let bare = name.replace(['"', '“', '”', '(', ')', ','], "");
        bare.split(' ').filter(|w| !w.ends_with('.') || w.len() > 3).map(str::to_owned).collect()
    };
    let (a, b) = (words(&speaker.name), words(label));
    let same =
        people::organisation(&speaker.name).unwrap_or(&speaker.name) == people::organisation(label).unwrap_or(label);
    let place = people::place(&speaker.name).is_some_and(|p| people::place(label) == Some(p));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return same };
    let given = a.len() == 1
        || b.iter().any(|w| people::same_given(&a[0], w))
        || a.iter().any(|w| people::same_given(w, &b[0]));
    let short = a.len() == 1 && b.len() == 2 && b[0] == a[0];
    same || place || last_a == last_b && given || short
}
