//! What is weighed of a pair of claims besides the encoder's opinion: where they stand, who speaks, how one answers the other.

use super::encoder::{Answer, Told};
use crate::lexicon::tables;
use crate::relation::{Parsed, RelationKind, relate_parsed};
use crate::score::Reason;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Classes of words that tell how one claim answers another.
const CLASSES: [&str; 8] = ["denial", "against", "for", "contrast", "allegation", "negation", "fault", "change"];

/// A claim ready to be paired with many others.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub parsed: Parsed,
    /// What the encoder reads of it.
    pub pieces: Vec<u32>,
    /// Its place.
    pub place: Place,
    /// Counts of the classes in the cue, the words, and the rest of the sentence.
    cue: [f32; CLASSES.len()],
    words: [f32; CLASSES.len()],
    around: [f32; CLASSES.len()],
    /// Stems with their weight.
    stems: BTreeMap<u64, f32>,
    names: Vec<u64>,
    length: f32,
    /// The last word of the speaker's name, in lower case.
    surname: String,
    /// All words of the sentence and the words, in lower case.
    lower: Vec<String>,
    quoted: bool,
    pronoun: bool,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Which article; claims of no article have none in common.
    pub article: Option<i64>,
    /// Who speaks, where it is known who.
    pub speaker: Option<i64>,
    /// Code points of the content, of the sentence.
    pub first: usize,
    pub last: usize,
    pub sentence: (usize, usize),
    /// Days since some day.
    pub day: Option<i64>,
    /// Number among the claims of its article, and how many these are.
    pub number: usize,
    pub count: usize,
}

/// Splits into words in lower case, apostrophes straight.
fn lower(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')));
    words.filter(|word| !word.is_empty()).map(|word| {
        let plain = word.to_lowercase().replace('’', "'");
        plain.trim_matches(['\'', '-']).to_owned()
    })
}

fn class(word: &str) -> Option<usize> {
    static WORDS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        let listed = tables::DISCOURSE.rows();
        let placed = listed.filter_map(|row| {
            let (word, class) = (*row.first()?, *row.get(1)?);
            Some((word, CLASSES.iter().position(|known| *known == class)?))
        });
        placed.collect()
    });
    WORDS.get(word).copied()
}

fn counts(words: impl Iterator<Item = String>) -> [f32; CLASSES.len()] {
    let mut out = [0.0; CLASSES.len()];
    for word in words {
        if let Some(n) = class(&word) {
            out[n] += 1.0;
        }
    }
    out
}

impl Claimed {
    /// Reads a claim: `told` is what the encoder reads, `pieces` its pieces.
    pub fn new(told: &Told<'_>, parsed: Parsed, pieces: Vec<u32>, place: Place) -> Self {
        let mut stems = BTreeMap::new();
        let mut names = Vec::new();
        for word in parsed.words.iter().filter(|word| word.weight > 0.0) {
            stems.insert(word.stem, word.weight);
            if word.name {
                names.push(word.stem);
            }
        }
        let whole: Vec<String> = lower(told.sentence).chain(lower(told.words)).collect();
        let first = lower(told.words).find(|word| !matches!(word.as_str(), "that" | "to"));
        let pronouns = ["he", "she", "they", "it", "that", "this", "those", "these", "such"];
        Self {
            pieces,
            place,
            cue: counts(lower(told.cue)),
            words: counts(lower(told.words)),
            around: counts(lower(told.sentence)),
            stems,
            names,
            length: parsed.words.len() as f32,
            surname: lower(told.speaker).last().filter(|name| name.chars().count() > 2).unwrap_or_default(),
            lower: whole,
            quoted: told.words.starts_with(['"', '“', '\'']),
            pronoun: first.is_some_and(|first| pronouns.contains(&first.as_str())),
            parsed,
        }
    }

    /// Tells whether the two plainly say something of one thing: each has a clause, they share words, and not each speaks of himself.
    pub fn speaks_of_one_thing(&self, other: &Self) -> bool {
        let shared = self.stems.keys().filter(|stem| other.stems.contains_key(stem)).count();
        let each_of_himself = self.pronoun && other.pronoun && self.place.speaker != other.place.speaker;
        shared >= SHARED && !each_of_himself && self.parsed.has_clause() && other.parsed.has_clause()
    }

    fn names_speaker_of(&self, other: &Self) -> bool {
        !other.surname.is_empty() && self.surname != other.surname && self.lower.contains(&other.surname)
    }
}

/// Words in common from which two claims are taken to speak of one thing.
const SHARED: usize = 2;

/// How many numbers a pair has without the encoder's opinion.
pub const CHEAP: usize = 67;
/// How many it has with it.
pub const ALL: usize = CHEAP + 5;

/// What the rules say of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruled {
    pub kind: RelationKind,
    pub score: f64,
}

/// Compares by the rules.
pub fn ruled(a: &Claimed, b: &Claimed) -> Ruled {
    let found = relate_parsed(&a.parsed, &b.parsed);
    Ruled { kind: found.kind, score: found.score.get() }
}

/// Tells which of two comes first: in an article by place, else by day.
pub fn ordered<'a>(a: &'a Claimed, b: &'a Claimed) -> (&'a Claimed, &'a Claimed) {
    let key = |claim: &Claimed| claim.place.first;
    let within = a.place.article.is_some() && a.place.article == b.place.article;
    let swap = if within { key(b) < key(a) } else { b.place.day < a.place.day };
    if swap { (b, a) } else { (a, b) }
}

/// Returns the numbers of a pair, in the order of [`ordered`].
pub fn features(a: &Claimed, b: &Claimed, ruled: Ruled, answer: Option<&Answer>) -> Vec<f32> {
    let (a, b) = ordered(a, b);
    let (p, q) = (&a.place, &b.place);
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let within = p.article.is_some() && p.article == q.article;
    let apart = q.first.saturating_sub(p.last) as f32;
    let both = p.speaker.is_some() && q.speaker.is_some();
    let mut out = Vec::with_capacity(ALL);
    out.extend([
        flag(within),
        if within { apart.ln_1p() } else { 12.0 },
        flag(within && p.sentence == q.sentence),
        if within { q.number.abs_diff(p.number).min(40) as f32 } else { 50.0 },
        flag(both && p.speaker == q.speaker),
        flag(both && p.speaker != q.speaker),
        flag(p.speaker.is_none()) + flag(q.speaker.is_none()),
        flag(b.names_speaker_of(a)),
        flag(a.names_speaker_of(b)),
    ]);
    for claim in [a, b] {
        out.extend(claim.cue);
        out.extend(claim.words);
    }
    out.extend([a.around[3], b.around[3], a.around[5], b.around[5]]);
    let mut shared: Vec<f32> = a.stems.iter().filter_map(|(stem, w)| b.stems.get(stem).map(|v| w.min(*v))).collect();
    shared.sort_by(|x, y| y.total_cmp(x));
    let mass = |claim: &Claimed| claim.stems.values().sum::<f32>();
    let common: f32 = shared.iter().sum();
    let least = mass(a).min(mass(b)).max(1e-3);
    out.extend([
        common,
        common / least,
        common / (mass(a) + mass(b) - common).max(1e-3),
        shared.first().copied().unwrap_or_default(),
        shared.len() as f32,
        a.names.iter().filter(|name| b.names.contains(name)).count() as f32,
    ]);
    let contradiction = ruled.kind == RelationKind::Contradiction;
    let days = p.day.zip(q.day).map_or(0.0, |(x, y)| x.abs_diff(y) as f32);
    let turned = |claim: &Claimed| claim.parsed.words.iter().any(|word| word.negated);
    out.extend([
        a.length,
        b.length,
        flag(a.quoted),
        flag(b.quoted),
        flag(contradiction),
        if contradiction { ruled.score as f32 } else { 0.0 },
        flag(matches!(ruled.kind, RelationKind::Repeat | RelationKind::Reworded)),
        days.ln_1p(),
        flag(turned(a) != turned(b)),
        a.parsed.quantities.len() as f32,
        b.parsed.quantities.len() as f32,
        (p.first as f32).ln_1p(),
        if within { p.count as f32 } else { 0.0 },
        flag(a.pronoun),
        flag(b.pronoun),
        flag(a.parsed.mood.condition || b.parsed.mood.condition),
    ]);
    debug_assert_eq!(out.len(), CHEAP, "the numbers of a pair");
    if let Some(answer) = answer {
        out.extend([answer.plain, answer.inferred, answer.same, answer.neither, answer.opposed()]);
    }
    out
}

/// The numbers that belong together, by the place where each group begins.
const GROUPS: [(&str, usize); 9] = [
    ("place", 0),
    ("speakers", 4),
    ("answering words", 9),
    ("common words", 45),
    ("form", 51),
    ("rules", 55),
    ("days", 58),
    ("form", 59),
    ("read together", CHEAP),
];
/// Log-odds below which a group is not told.
const TOLD: f32 = 0.15;

/// Returns what speaks for and against an opposition, in words with its part in the log-odds, the strongest first.
pub fn explained(a: &Claimed, b: &Claimed, parts: &[f32], answer: &Answer) -> Vec<Reason> {
    let mut sums: BTreeMap<&str, f32> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate() {
        let group = GROUPS.iter().rev().find(|(_, from)| at >= *from);
        *sums.entry(group.map_or("form", |(name, _)| *name)).or_default() += part;
    }
    let mut out: Vec<Reason> = Vec::new();
    for (group, part) in sums.into_iter().filter(|(_, part)| part.abs() >= TOLD) {
        let side = if part > 0.0 { "for" } else { "against" };
        out.push(Reason::new("read.together", format!("{side}: {}", detail(group, a, b, answer)), f64::from(part)));
    }
    out.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    out
}

/// The parts of log-odds that the encoder alone gives.
pub fn read_alone(answer: &Answer) -> Vec<f32> {
    let mut parts = vec![0.0; ALL];
    parts[ALL - 1] = answer.opposed();
    parts
}

fn detail(group: &str, a: &Claimed, b: &Claimed, answer: &Answer) -> String {
    let within = a.place.article.is_some() && a.place.article == b.place.article;
    match group {
        "place" if within => format!("{} characters between them", b.place.first.saturating_sub(a.place.last)),
        "place" => "two articles".to_owned(),
        "speakers" if a.place.speaker.is_some() && a.place.speaker == b.place.speaker => "one speaker".to_owned(),
        "speakers" if b.names_speaker_of(a) || a.names_speaker_of(b) => "one names the other".to_owned(),
        "speakers" => "who speaks".to_owned(),
        "common words" => {
            let shared = a.stems.keys().filter(|stem| b.stems.contains_key(stem)).count();
            format!("{shared} {} in common", if shared == 1 { "word" } else { "words" })
        }
        "rules" => "what the rules say".to_owned(),
        "days" => "the days".to_owned(),
        "read together" => {
            let odds = answer.opposed();
            format!("read together they look {}", if odds > 0.0 { "opposed" } else { "compatible, or little opposed" })
        }
        "answering words" => "the words by which one answers the other".to_owned(),
        _ => "length, quotation marks, figures".to_owned(),
    }
}
