//! Learns the weights of `src/attribution/speakers/antecedent.tsv`: whom a pronoun that is a source means.
//!
//! ```text
//! cargo run --release --example train_antecedent -- SPEAKERS.tsv TEXTS [--out FILE]
//! ```
//!
//! SPEAKERS.tsv has a row an attribution: article, source start and end, content start and end (code points, end
//! exclusive), speakers joined by `|`, status; TEXTS holds the articles. Articles are cut in five parts: the accuracy
//! printed for each is that of weights learned on the other four. Softmax regression with a penalty on large weights.

#![expect(clippy::print_stdout, reason = "a training program reports what it measured")]

use onrecord::article::{self, BlockKind, Given};
use onrecord::attribution::speakers::{FEATURES, trials};
use onrecord::attribution::{Attribution, Attributions, Kind, Quotation, Status};
use onrecord::score::Score;
use onrecord::span::{Span, Spans};
use onrecord::text;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// One pronoun: the features of each choice, and which choices are right.
struct Example {
    part: usize,
    choices: Vec<Vec<(usize, f32)>>,
    right: Vec<bool>,
}

const PARTS: usize = 5;
const ROUNDS: usize = 400;
const PENALTY: f64 = 2e-4;
/// Set by hand: political news hardly ever lets a pronoun mean somebody without a name (25 of 2,865), other news does.
const FIXED: [(&str, f64); 3] = [("anonymous", -2.0), ("anonymous_main_1", 2.5), ("gender_known", 0.0)];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [speakers, texts, rest @ ..] = &arguments[..] else {
        anyhow::bail!("two arguments are needed: SPEAKERS.tsv TEXTS")
    };
    let examples = examples(Path::new(speakers), Path::new(texts))?;
    let answered = examples.iter().filter(|e| e.right[1..].contains(&true) || !e.right[0]).count();
    println!("{} pronouns, {answered} with their figure among the choices", examples.len());
    let (mut right, mut wrong, mut open) = (0, 0, 0);
    for part in 0..PARTS {
        let weights = learn(examples.iter().filter(|e| e.part != part));
        for example in examples.iter().filter(|e| e.part == part) {
            match best(&weights, example) {
                Some(choice) if example.right[choice] => right += 1,
                Some(_) => wrong += 1,
                None => open += 1,
            }
        }
    }
    let all = examples.len() as f64 / 100.0;
    println!(
        "left out: {:.1} % right, {:.1} % wrong, {:.1} % open",
        right as f64 / all,
        wrong as f64 / all,
        open as f64 / all
    );
    let weights = learn(examples.iter());
    let mut out = String::from(
        "# Weights of whom a pronoun means; learned by examples/train_antecedent.rs, see antecedent.md.\n",
    );
    for (name, weight) in FEATURES.iter().zip(&weights) {
        writeln!(out, "{name}\t{weight:.3}")?;
    }
    match rest {
        [flag, file] if flag == "--out" => std::fs::write(file, out)?,
        _ => println!("{out}"),
    }
    Ok(())
}

/// Returns the choice that is taken: the likeliest, when it has half of the probability and is somebody.
fn best(weights: &[f64], example: &Example) -> Option<usize> {
    let shares = shares(weights, &example.choices);
    let best = (0..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]))?;
    (best > 0 && shares[best] >= 0.5).then_some(best)
}

fn shares(weights: &[f64], choices: &[Vec<(usize, f32)>]) -> Vec<f64> {
    let score = |c: &Vec<(usize, f32)>| c.iter().map(|&(f, v)| weights[f] * f64::from(v)).sum::<f64>();
    let scores: Vec<f64> = choices.iter().map(score).collect();
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let powers: Vec<f64> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|p| p / sum).collect()
}

fn learn<'a>(examples: impl Iterator<Item = &'a Example>) -> Vec<f64> {
    let examples: Vec<&Example> = examples.collect();
    let mut weights = vec![0.0; FEATURES.len()];
    let mut pace = vec![1e-8; FEATURES.len()];
    let fixed = |name: &str| FIXED.iter().find(|f| f.0 == name).map(|f| f.1);
    for (weight, name) in weights.iter_mut().zip(FEATURES) {
        *weight = fixed(name).unwrap_or(0.0);
    }
    for _ in 0..ROUNDS {
        let mut slope: Vec<f64> = weights.iter().map(|w| -PENALTY * w).collect();
        for example in &examples {
            let shares = shares(&weights, &example.choices);
            let held: f64 = shares.iter().zip(&example.right).filter(|(_, r)| **r).map(|(s, _)| s).sum();
            for ((choice, share), right) in example.choices.iter().zip(&shares).zip(&example.right) {
                let wanted = if *right { share / held.max(1e-9) } else { 0.0 };
                for &(feature, value) in choice {
                    slope[feature] += (wanted - share) * f64::from(value) / examples.len() as f64;
                }
            }
        }
        let free =
            weights.iter_mut().zip(&slope).zip(&mut pace).zip(FEATURES).filter(|(_, name)| fixed(name).is_none());
        for (((weight, slope), pace), _) in free {
            *pace += slope * slope;
            *weight += 0.3 * slope / pace.sqrt();
        }
    }
    weights
}

fn examples(speakers: &Path, texts: &Path) -> anyhow::Result<Vec<Example>> {
    let mut articles: BTreeMap<String, Vec<(Option<Span>, Span, String)>> = BTreeMap::new();
    for row in std::fs::read_to_string(speakers)?.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [article, from, to, start, end, names, ..] = cells[..] else { continue };
        let source = from.parse().ok().zip(to.parse().ok()).map(|(from, to)| Span::new(from, to));
        let content = Span::new(start.parse()?, end.parse()?);
        articles.entry(article.to_owned()).or_default().push((source, content, names.to_owned()));
    }
    let mut out = Vec::new();
    for (number, (name, rows)) in articles.iter().enumerate() {
        let Ok(bytes) = std::fs::read(texts.join(name)) else { continue };
        let document = text::analyze(&article::read(&bytes, name, &Given::default())?);
        let attributions = rows.iter().map(|(source, content, _)| attribution(*source, *content)).collect();
        let found = Attributions { attributions, speakers: Vec::new() };
        for trial in trials(&document, &found) {
            let Some((_, _, names)) = rows.iter().find(|(source, ..)| source.is_some_and(|s| s.contains(trial.source)))
            else {
                continue;
            };
            let named = |choice: &Option<String>| match choice {
                Some(choice) => names.split('|').any(|name| same(name, choice)),
                None => false,
            };
            let mut choices = trial.choices;
            choices.sort_by_key(|c| c.0.is_some());
            let mut right: Vec<bool> = choices.iter().map(|c| named(&c.0)).collect();
            if !right.contains(&true) {
                right[0] = true;
            }
            out.push(Example { part: number % PARTS, choices: choices.into_iter().map(|c| c.1).collect(), right });
        }
    }
    Ok(out)
}

/// Tells whether a name that a reader wrote and the name of a figure are one person's: the last word is the same.
fn same(written: &str, figure: &str) -> bool {
    let bare = written.split_once(": ").map_or(written, |(_, name)| name);
    let inner = bare.split_once('(').map_or(bare, |(_, inner)| inner.trim_end_matches(')'));
    let last = |name: &str| {
        let mut words =
            name.split_whitespace().filter(|w| !matches!(w.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III"));
        words.next_back().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    };
    last(inner) == last(figure)
}

fn attribution(source: Option<Span>, content: Span) -> Attribution {
    Attribution {
        source: source.map(Spans::from),
        cue: Spans::default(),
        content: content.into(),
        speaker: None,
        candidates: Vec::new(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation: Quotation::Indirect,
        place: BlockKind::Paragraph,
        answers: None,
        score: Score::new(1.0),
        because: Vec::new(),
    }
}
