//! Derives the compact word tables of `relation` from Open English WordNet and from word counts.
//!
//! ```text
//! cargo run --release --example build_relation_lexicon -- WORDNET_DIR TEXT_OR_JSONL…
//! ```
//!
//! WORDNET_DIR holds `antonyms.tsv`, `synsets.tsv`, `relations.tsv`, `derivations.tsv` and `irregular_forms.tsv`, unpacked. The texts are only counted: a stem's
//! rarity is ln(paragraphs / paragraphs with the stem). Writes `antonyms_wordnet.tsv`, `synonyms_wordnet.tsv`,
//! `derived_forms.tsv`, `irregular_forms.tsv` and `word_rarity.tsv` into `src/lexicon`. The card is `src/lexicon/derived.md`.

use onrecord::lexicon::words::{Reader, function_words};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

/// Stems seen in fewer paragraphs are left out of every table.
const SEEN: usize = 4;
/// A word with more senses than this in one part of speech has no derived synonyms: they would be guesses.
const SENSES: usize = 3;
/// The synset of `person`.
const PERSON: &str = "00007846-n";
const LEXICON: &str = "src/lexicon";

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let wordnet = arguments.next().ok_or_else(|| anyhow::anyhow!("usage: build_relation_lexicon WORDNET_DIR TEXT…"))?;
    let wordnet = Path::new(&wordnet);
    let stemmer = Stemmer::create(Algorithm::English);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut paragraphs = 0;
    for file in arguments {
        for paragraph in std::fs::read_to_string(&file)?.lines().filter(|line| line.len() > 20) {
            paragraphs += 1;
            let lower = paragraph.to_lowercase();
            let stems: BTreeSet<_> =
                lower.split(|c: char| !c.is_alphanumeric()).map(|word| stemmer.stem(word)).collect();
            for stem in stems.into_iter().filter(|stem| stem.len() > 1) {
                *seen.entry(stem.into_owned()).or_default() += 1;
            }
        }
    }
    let known = |word: &str| {
        word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && word.split('-').all(|part| seen.get(stemmer.stem(part).as_ref()).is_some_and(|&n| n >= SEEN))
    };
    let listed = function_words().filter(|(_, listed)| listed.reader != Reader::Matching);
    let function: BTreeSet<&str> = listed.map(|(word, _)| word).collect();
    antonyms(wordnet, &known, &function)?;
    synonyms(wordnet, &known, &function)?;
    derived(wordnet, &known, &function)?;
    irregular(wordnet, &known, &function)?;
    rarity(&seen, paragraphs)
}

fn write(name: &str, header: &str, rows: impl IntoIterator<Item = String>) -> anyhow::Result<()> {
    let mut out = format!("# {header}\n");
    let mut count = 0;
    for row in rows {
        out += &row;
        out.push('\n');
        count += 1;
    }
    let path = format!("{LEXICON}/{name}");
    writeln!(std::io::stderr(), "{path}: {count} rows, {} bytes", out.len())?;
    Ok(std::fs::write(path, out)?)
}

fn table(wordnet: &Path, name: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(wordnet.join(name))?;
    Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

type Known<'a> = &'a dyn Fn(&str) -> bool;

fn antonyms(wordnet: &Path, known: Known<'_>, function: &BTreeSet<&str>) -> anyhow::Result<()> {
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    let persons = persons(wordnet)?;
    for row in table(wordnet, "antonyms.tsv")? {
        // A man and a woman are two people, not two statements about one.
        if row[1] == "n" && persons.contains(&row[0]) && persons.contains(&row[2]) {
            continue;
        }
        let (one, other) = (row[0].clone(), row[2].clone());
        if one == other || !known(&one) || !known(&other) || function.contains(&*one) || function.contains(&*other) {
            continue;
        }
        pairs.insert(if one < other { (one, other) } else { (other, one) });
    }
    let header = "word\topposite — Open English WordNet 2024 (CC BY 4.0), see derived.md";
    write("antonyms_wordnet.tsv", header, pairs.into_iter().map(|(one, other)| format!("{one}\t{other}")))
}

/// Returns every noun with a sense below `person`.
fn persons(wordnet: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut below: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table(wordnet, "relations.tsv")?.into_iter().filter(|row| row[1] == "hypernym") {
        below.entry(row[2].clone()).or_default().push(row[0].clone());
    }
    let synsets: BTreeMap<String, String> =
        table(wordnet, "synsets.tsv")?.into_iter().map(|row| (row[0].clone(), row[2].clone())).collect();
    let (mut persons, mut seen, mut next) = (BTreeSet::new(), BTreeSet::new(), vec![PERSON.to_owned()]);
    while let Some(synset) = next.pop() {
        if !seen.insert(synset.clone()) {
            continue;
        }
        persons.extend(synsets.get(&synset).into_iter().flat_map(|members| members.split('|').map(str::to_owned)));
        next.extend(below.get(&synset).into_iter().flatten().cloned());
    }
    Ok(persons)
}

/// Writes pairs of words of one root whose stems differ: religion and religious.
fn derived(wordnet: &Path, known: Known<'_>, function: &BTreeSet<&str>) -> anyhow::Result<()> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    for row in table(wordnet, "derivations.tsv")? {
        let (one, other) = (&row[0], &row[2]);
        let fit = |word: &str| known(word) && !function.contains(word) && word.len() > 3;
        if fit(one) && fit(other) && stemmer.stem(one) != stemmer.stem(other) {
            pairs.insert((one.min(other).clone(), one.max(other).clone()));
        }
    }
    let header = "word\tword of the same root — Open English WordNet 2024 (CC BY 4.0), see derived.md";
    write("derived_forms.tsv", header, pairs.into_iter().map(|(one, other)| format!("{one}\t{other}")))
}

fn synonyms(wordnet: &Path, known: Known<'_>, function: &BTreeSet<&str>) -> anyhow::Result<()> {
    let synsets = table(wordnet, "synsets.tsv")?;
    let part = |row: &[String]| if row[1] == "s" { "a".to_owned() } else { row[1].clone() };
    let mut senses: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &synsets {
        for member in row[2].split('|') {
            *senses.entry((part(row), member.to_owned())).or_default() += 1;
        }
    }
    let mut groups: BTreeSet<String> = BTreeSet::new();
    for row in &synsets {
        let members: Vec<&str> = row[2]
            .split('|')
            .filter(|&word| known(word) && !function.contains(word) && senses[&(part(row), word.to_owned())] <= SENSES)
            .collect();
        if members.len() > 1 {
            groups.insert(members.join("\t"));
        }
    }
    write(
        "synonyms_wordnet.tsv",
        "words of one meaning — Open English WordNet 2024 (CC BY 4.0), see derived.md",
        groups,
    )
}

fn irregular(wordnet: &Path, known: Known<'_>, function: &BTreeSet<&str>) -> anyhow::Result<()> {
    let mut forms: BTreeMap<String, String> = BTreeMap::new();
    let synsets = table(wordnet, "synsets.tsv")?;
    let lemmas: BTreeSet<&str> = synsets.iter().flat_map(|row| row[2].split('|')).collect();
    for row in table(wordnet, "irregular_forms.tsv")? {
        let (lemma, form) = (&row[0], &row[2]);
        if known(lemma)
            && !regular(lemma, form)
            && !function.contains(&**form)
            && form.is_ascii()
            && (row[1] != "a" || !lemmas.contains(&**form))
        {
            forms.entry(form.clone()).or_insert_with(|| lemma.clone());
        }
    }
    let header = "form\tlemma — Open English WordNet 2024 (CC BY 4.0), see derived.md";
    write("irregular_forms.tsv", header, forms.into_iter().map(|(form, lemma)| format!("{form}\t{lemma}")))
}

/// Tells whether cutting the ending and undoing a doubled letter finds the lemma anyway.
fn regular(lemma: &str, form: &str) -> bool {
    let last = lemma.chars().last().unwrap_or(' ');
    ["ed", "ing"].iter().any(|ending| form == format!("{lemma}{last}{ending}") || form == format!("{lemma}{ending}"))
}

fn rarity(seen: &BTreeMap<String, usize>, paragraphs: usize) -> anyhow::Result<()> {
    let rows = seen.iter().filter(|&(_, &n)| n >= SEEN * 2);
    let header =
        "stem\trarity — ln(paragraphs / paragraphs with the stem), counted in news paragraphs and fact-checked claims";
    let rows = rows.map(|(stem, &n)| format!("{stem}\t{:.1}", (paragraphs as f64 / n as f64).ln().min(9.0)));
    write("word_rarity.tsv", header, rows)
}
