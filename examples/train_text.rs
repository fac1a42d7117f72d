//! Trains the weights of `src/text/models.bin`: tagger, parser and lemma exceptions.
//!
//! `cargo run --release --example train_text -- CORPORA OUT.bin [FOLD0.bin FOLD1.bin]`, where CORPORA holds `treebank/` and
//! `polnear/` unpacked as UTF-8 (`.conllu`, `.tsv`). The fold files are trained on one half of the articles each, so that
//! `train_reader` sees tags as good as those of a new article. The same input gives the same bytes.

// A training program reports its progress on standard error.
#![allow(clippy::print_stderr)]

#[path = "training/corpora.rs"]
mod corpora;
#[path = "training/perceptron.rs"]
mod perceptron;

use corpora::Sample;
use onrecord::text::lemma::{self, Lemmas};
use onrecord::text::linear::{Bytes, Dense, Sparse};
use onrecord::text::parser::{self, Parser, Role, State};
use onrecord::text::tagger::{self, ENTITY_CLASSES, Tagger};
use onrecord::text::{Entity, Tag};
use perceptron::{Perceptron, shuffled};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

const EPOCHS: usize = 6;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let corpora = Path::new(args.first().map_or("corpora", String::as_str));
    let samples = corpora::read(corpora)?;
    anyhow::ensure!(!samples.train.is_empty(), "no sentences under {}", corpora.display());
    let folds: Vec<(Option<usize>, &String)> =
        args.iter().skip(1).enumerate().map(|(n, path)| (n.checked_sub(1), path)).collect();
    std::thread::scope(|scope| {
        let jobs: Vec<_> = folds
            .iter()
            .map(|&(fold, path)| {
                let samples = &samples;
                scope.spawn(move || -> anyhow::Result<()> {
                    let kept: Vec<&Sample> =
                        samples.train.iter().filter(|s| fold.is_none() || s.fold.is_none() || s.fold != fold).collect();
                    let bytes = train(&kept);
                    std::fs::write(path, &bytes)?;
                    report(path, &bytes, &samples.dev);
                    Ok(())
                })
            })
            .collect();
        jobs.into_iter().try_for_each(|job| job.join().map_err(|_| anyhow::anyhow!("a trainer panicked"))?)
    })
}

fn train(samples: &[&Sample]) -> Vec<u8> {
    let mut out = Vec::new();
    let certain = certain_words(samples);
    out.extend((certain.len() as u32).to_le_bytes());
    for (word, tag) in &certain {
        out.extend(word.to_le_bytes());
        out.push(*tag);
    }
    let tags = train_tags(samples, &certain);
    Sparse::write(&tags.sparse_rows(60_000), tags.largest(), &mut out);
    let entities = train_entities(samples);
    Dense::write(&entities.dense_rows(60_000), entities.largest(), &mut out);
    let moves = train_moves(samples);
    Dense::write(&moves.dense_rows(160_000), moves.largest(), &mut out);
    let roles = train_roles(samples);
    Sparse::write(&roles.sparse_rows(60_000), roles.largest(), &mut out);
    out.extend(lemma_exceptions(samples).into_bytes());
    out
}

/// Words seen at least thirty times that bear one tag in 99.5 of a hundred.
fn certain_words(samples: &[&Sample]) -> BTreeMap<u64, u8> {
    let mut counts: HashMap<u64, BTreeMap<u8, usize>> = HashMap::new();
    for sample in samples {
        for (atom, tag) in sample.atoms.iter().zip(&sample.tags) {
            *counts.entry(atom.word).or_default().entry(tag.0).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter_map(|(word, tags)| {
            let total: usize = tags.values().sum();
            let (&tag, &most) = tags.iter().max_by_key(|t| t.1)?;
            (total >= 30 && most * 1000 >= total * 995).then_some((word, tag))
        })
        .collect()
}

fn train_tags(samples: &[&Sample], certain: &BTreeMap<u64, u8>) -> Perceptron<45> {
    let mut model = Perceptron::new();
    let mut features = Vec::new();
    for epoch in 0..EPOCHS {
        for index in shuffled(samples.len(), epoch) {
            let sample = samples[index];
            let mut before: Vec<Tag> = Vec::new();
            for at in 0..sample.atoms.len() {
                if let Some(&only) = certain.get(&sample.atoms[at].word) {
                    before.push(Tag(only));
                    continue;
                }
                tagger::tag_features(&sample.atoms, &before, at, &mut features);
                let guess = model.learn(&features, usize::from(sample.tags[at].0));
                before.push(Tag(guess as u8));
            }
        }
    }
    model.averaged()
}

fn train_entities(samples: &[&Sample]) -> Perceptron<ENTITY_CLASSES> {
    let mut model = Perceptron::new();
    let mut features = Vec::new();
    let by_article = articles(samples);
    for epoch in 0..EPOCHS {
        for index in shuffled(by_article.len(), epoch) {
            let mut known = HashMap::new();
            for sample in &by_article[index] {
                let mut before: Vec<u8> = Vec::new();
                for at in 0..sample.atoms.len() {
                    tagger::entity_features(&sample.atoms, &sample.tags, &before, &known, at, &mut features);
                    let guess = model.learn(&features, entity_class(sample.entities[at]));
                    tagger::remember(&sample.atoms[at], guess as u8, &mut known);
                    before.push(guess as u8);
                }
            }
        }
    }
    model.averaged()
}

fn entity_class(entity: Entity) -> usize {
    tagger::ENTITIES.iter().position(|&e| e == entity).unwrap_or(0)
}

/// The sentences of each article that has entities and a parse, in order.
fn articles<'a>(samples: &[&'a Sample]) -> Vec<Vec<&'a Sample>> {
    let mut out: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples.iter().filter(|s| !s.entities.is_empty()) {
        out.entry(&sample.article).or_default().push(sample);
    }
    out.into_values().collect()
}

fn train_moves(samples: &[&Sample]) -> Perceptron<3> {
    let samples: Vec<&&Sample> = samples.iter().filter(|s| !s.heads.is_empty()).collect();
    let mut model = Perceptron::new();
    let mut features = Vec::new();
    for epoch in 0..EPOCHS {
        for index in shuffled(samples.len(), epoch) {
            let sample = samples[index];
            let mut state = State::new(sample.atoms.len());
            while !state.is_final() {
                let allowed = state.allowed();
                if allowed.iter().filter(|&&a| a).count() == 1 {
                    state.step(tagger::best(&allowed.map(|a| f32::from(u8::from(a)))));
                    continue;
                }
                parser::move_features(&sample.atoms, &sample.tags, &state, &mut features);
                let costs = costs(&state, &sample.heads, &sample.dependents, allowed);
                let guess = model.learn_among(&features, allowed, costs.map(|c| c == 0));
                state.step(guess);
            }
        }
    }
    model.averaged()
}

/// How many gold arcs each move loses; a move that is not allowed loses more than any.
fn costs(state: &State, heads: &[usize], dependents: &[Vec<usize>], allowed: [bool; 3]) -> [usize; 3] {
    let next = state.next;
    let depth = state.stack.len();
    let (top, below) = (state.stack.last().copied(), depth.checked_sub(2).map(|i| state.stack[i]));
    let mut out = [usize::MAX; 3];
    if allowed[parser::SHIFT] {
        let lost_head = usize::from(
            heads[next] != parser::NONE && heads[next] < next && {
                state.stack[..depth.saturating_sub(1)].contains(&heads[next])
            },
        );
        let lost = dependents[next].iter().filter(|&&d| d < next && state.stack.contains(&d)).count();
        out[parser::SHIFT] = lost_head + lost;
    }
    if let Some(top) = top {
        let later = dependents[top].iter().filter(|&&d| d >= next).count();
        let head = heads[top];
        if allowed[parser::LEFT] {
            let lost_head = Some(head) == below || head != parser::NONE && head > next;
            out[parser::LEFT] = later + usize::from(lost_head);
        }
        if allowed[parser::RIGHT] {
            out[parser::RIGHT] = later + usize::from(head != parser::NONE && head >= next);
        }
    }
    let least = out.iter().copied().min().unwrap_or(0);
    out.map(|c| if c == usize::MAX { c } else { c - least })
}

fn train_roles(samples: &[&Sample]) -> Perceptron<22> {
    let samples: Vec<&&Sample> = samples.iter().filter(|s| !s.heads.is_empty()).collect();
    let mut model = Perceptron::new();
    let mut features = Vec::new();
    for epoch in 0..EPOCHS {
        for index in shuffled(samples.len(), epoch) {
            let sample = samples[index];
            for at in (0..sample.atoms.len()).filter(|&at| sample.heads[at] != parser::NONE) {
                parser::role_features(&sample.atoms, &sample.tags, &sample.heads, at, &mut features);
                let gold = Role::ALL.iter().position(|&r| r == sample.roles[at]).unwrap_or(0);
                model.learn(&features, gold);
            }
        }
    }
    model.averaged()
}

/// Words whose most frequent lemma the suffix rules miss, as lines for [`Lemmas`].
fn lemma_exceptions(samples: &[&Sample]) -> String {
    let mut counts: BTreeMap<(&str, char, &str), (usize, usize)> = BTreeMap::new();
    for sample in samples {
        for ((word, gold), &tag) in sample.words.iter().zip(&sample.lemmas).zip(&sample.tags) {
            let class = lemma::class(tag);
            if class != b'-' && !gold.is_empty() && word.len() < 30 {
                let entry = counts.entry((word, char::from(class), gold)).or_default();
                entry.0 += 1;
                entry.1 += usize::from(lemma::regular(word, tag) != *gold);
            }
        }
    }
    let mut best: BTreeMap<(&str, char), (&str, usize, usize)> = BTreeMap::new();
    for ((word, class, gold), (count, missed)) in counts {
        let entry = best.entry((word, class)).or_insert((gold, 0, 0));
        if count > entry.1 {
            *entry = (gold, count, missed);
        }
    }
    best.into_iter()
        .filter(|(_, (_, _, missed))| *missed > 0)
        .map(|((word, class), (gold, ..))| format!("{word}\t{class}\t{gold}\n"))
        .collect()
}

/// Prints size and quality on the held-out sentences.
fn report(path: &str, bytes: &[u8], dev: &[Sample]) {
    let mut rest = Bytes(bytes);
    let tagger = Tagger::read(&mut rest);
    let after_tagger = rest.0.len();
    let parser = Parser::read(&mut rest);
    let lemmas = Lemmas::read(std::str::from_utf8(rest.0).unwrap_or_default());
    let sizes = [bytes.len() - after_tagger, after_tagger - rest.0.len(), rest.0.len()];
    let mut known = HashMap::new();
    let mut article = "";
    let mut right: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for sample in dev {
        if sample.article != article {
            article = &sample.article;
            known.clear();
        }
        let mut count = |measure: &str, hit: bool| {
            let entry = right.entry(format!("{} {measure}", sample.corpus)).or_default();
            *entry = (entry.0 + usize::from(hit), entry.1 + 1);
        };
        let tags = tagger.tags(&sample.atoms);
        let entities = tagger.entities(&sample.atoms, &tags, &mut known);
        let arcs = parser.parse(&sample.atoms, &tags);
        for at in 0..sample.atoms.len() {
            count("tag", tags[at] == sample.tags[at]);
            if lemma::class(sample.tags[at]) == b'V' {
                count("verb lemma", *lemmas.lemma(&sample.words[at], tags[at]) == *sample.lemmas[at]);
            }
            if let Some(&gold) = sample.entities.get(at) {
                if gold != Entity::None {
                    count("entity recall", entities[at] == gold);
                }
                if entities[at] != Entity::None {
                    count("entity precision", entities[at] == gold);
                }
            }
            if sample.heads.get(at).is_some_and(|&h| h != parser::NONE) && sample.roles[at] != Role::Punctuation {
                count("head", arcs[at].0 == sample.heads[at]);
                count("head and role", arcs[at] == (sample.heads[at], sample.roles[at]));
            }
        }
    }
    let figures: Vec<String> =
        right.iter().map(|(k, (hit, all))| format!("{k} {:.2}", 100.0 * *hit as f64 / *all as f64)).collect();
    eprintln!("{path}: {sizes:?} bytes; {}", figures.join(", "));
}
