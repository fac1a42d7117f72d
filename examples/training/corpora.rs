//! Reads the treebanks and the automatic annotation of PolNeAR into training sentences.

use onrecord::text::atoms::{Atom, atom};
use onrecord::text::parser::{NONE, Role};
use onrecord::text::{Entity, Tag};
use std::path::Path;

/// One sentence; what its corpus does not mark is empty.
#[derive(Default)]
pub struct Sample {
    pub corpus: &'static str,
    pub article: String,
    /// The half of the articles this one belongs to; `None` for treebanks, which are in both.
    pub fold: Option<usize>,
    /// Lower-cased words with straight apostrophes.
    pub words: Vec<String>,
    pub atoms: Vec<Atom>,
    pub tags: Vec<Tag>,
    pub lemmas: Vec<String>,
    pub entities: Vec<Entity>,
    pub heads: Vec<usize>,
    pub roles: Vec<Role>,
    pub dependents: Vec<Vec<usize>>,
}

pub struct Samples {
    pub train: Vec<Sample>,
    pub dev: Vec<Sample>,
}

pub fn read(corpora: &Path) -> anyhow::Result<Samples> {
    let mut out = Samples { train: Vec::new(), dev: Vec::new() };
    for (file, dev) in [("ewt_train", false), ("gum_train", false), ("ewt_dev", true), ("gum_dev", true)] {
        let text = std::fs::read_to_string(corpora.join("treebank").join(format!("{file}.conllu")))?;
        let samples = if dev { &mut out.dev } else { &mut out.train };
        treebank(&text, samples);
    }
    for (split, dev) in [("train", false), ("dev", true)] {
        let folder = corpora.join("polnear");
        let table = std::fs::read_to_string(folder.join(format!("tokens_{split}.tsv")))?;
        polnear(&table, &folder.join(split).join("text"), if dev { &mut out.dev } else { &mut out.train })?;
    }
    Ok(out)
}

/// Returns the half of the articles that an article belongs to.
pub fn fold(article: &str) -> usize {
    (onrecord::text::linear::hash(article) >> 20) as usize % 2
}

fn treebank(text: &str, out: &mut Vec<Sample>) {
    let mut scratch = String::new();
    for block in text.split("\n\n") {
        let mut sample = Sample { corpus: "treebank", ..Sample::default() };
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 8 || cells[0].contains(['-', '.']) {
                continue;
            }
            let lower = cells[1].to_lowercase().replace('’', "'");
            let tag = match cells[4] {
                _ if lower == "to" => "TO",
                "HYPH" | "NFP" => ":",
                "ADD" | "GW" | "XX" => "NN",
                "AFX" => "JJ",
                name => name,
            };
            sample.atoms.push(atom(cells[1], &mut scratch));
            sample.tags.push(Tag::of(tag).or(Tag::of("NN")).unwrap_or(Tag(0)));
            sample.lemmas.push(cells[2].to_lowercase());
            sample.words.push(lower);
        }
        if !sample.atoms.is_empty() {
            out.push(sample);
        }
    }
}

fn polnear(table: &str, texts: &Path, out: &mut Vec<Sample>) -> anyhow::Result<()> {
    let mut scratch = String::new();
    let mut article = String::new();
    let mut letters: Vec<char> = Vec::new();
    for block in table.split("\n\n") {
        let mut sample = Sample { corpus: "news", ..Sample::default() };
        for line in block.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, _, _, begin, end, _, lemma, tag, entity, head, relation] = cells[..] else { continue };
            if name != article {
                name.clone_into(&mut article);
                letters = std::fs::read_to_string(texts.join(format!("{name}.txt")))?.chars().collect();
            }
            let (begin, end): (usize, usize) = (begin.parse()?, end.parse()?);
            let word: String = letters.get(begin..end).unwrap_or_default().iter().collect();
            sample.atoms.push(atom(&word, &mut scratch));
            sample.words.push(word.to_lowercase().replace('’', "'"));
            sample.tags.push(Tag::of(tag).unwrap_or(Tag(0)));
            sample.lemmas.push(lemma.to_lowercase());
            sample.entities.push(entity_of(entity));
            let head: usize = head.parse()?;
            sample.heads.push(if relation == "_" { NONE } else { head.checked_sub(1).unwrap_or(NONE) });
            sample.roles.push(Role::of(relation));
        }
        if sample.atoms.is_empty() {
            continue;
        }
        sample.article.clone_from(&article);
        sample.fold = Some(fold(&article));
        sample.dependents = vec![Vec::new(); sample.heads.len()];
        for at in 0..sample.heads.len() {
            if let Some(list) = sample.dependents.get_mut(sample.heads[at]) {
                list.push(at);
            }
        }
        out.push(sample);
    }
    Ok(())
}

fn entity_of(name: &str) -> Entity {
    match name {
        "PERSON" => Entity::Person,
        "ORGANIZATION" => Entity::Organization,
        "LOCATION" => Entity::Place,
        "DATE" | "TIME" | "DURATION" | "SET" => Entity::Date,
        "NUMBER" | "ORDINAL" | "MONEY" | "PERCENT" => Entity::Number,
        "MISC" => Entity::Other,
        _ => Entity::None,
    }
}
