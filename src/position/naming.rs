//! What a target is called: the phrase that its claims have in common and other claims have not; and the claim that says it best.

use super::Polarity;
use crate::lexicon::tables;
use crate::lexicon::words::{Reader, function_word, rarity};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

/// A claim of a target with its words.
#[derive(Debug, Clone, Copy)]
pub struct Worded<'a> {
    pub words: &'a str,
    pub polarity: Polarity,
    pub score: f32,
    /// Whether its cue turns the words around: "denied".
    pub turned: bool,
}

impl Worded<'_> {
    /// Returns the side that the words by themselves take.
    pub const fn side_of_words(&self) -> Polarity {
        if self.turned { self.polarity.turned() } else { self.polarity }
    }
}

/// Most words of a name.
const LONGEST: usize = 3;
/// What each further word of a phrase adds.
const LONGER: f32 = 0.4;
/// Rarity of a word that the table does not hold.
const UNKNOWN: f32 = 8.0;
/// Words that are common everywhere name nothing.
const COMMON: f32 = 3.5;
/// Words of a claim that is short enough to stand for a target, and few enough to say something.
const CLAUSE: std::ops::RangeInclusive<usize> = 4..=24;

fn is_function(word: &str) -> bool {
    function_word(word).is_some_and(|listed| listed.reader != Reader::Matching)
}

fn is_negator(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| tables::NEGATORS.words().collect());
    WORDS.contains(word) || word.ends_with("n't")
}

/// A run of words that no mark and no function word breaks.
fn runs(words: &str) -> Vec<Vec<&str>> {
    let mut out = vec![Vec::new()];
    for word in words.split_whitespace() {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = inner.strip_suffix("'s").or_else(|| inner.strip_suffix("’s")).unwrap_or(inner);
        let named = bare.chars().next().is_some_and(char::is_alphabetic) && !is_function(&bare.to_lowercase());
        let opens = word.chars().next().is_some_and(|c| !c.is_alphanumeric());
        if opens || !named {
            out.push(Vec::new());
        }
        if named {
            out.last_mut().unwrap_or(&mut Vec::new()).push(bare);
            if bare.len() < word.len() && !word.ends_with(char::is_alphanumeric) {
                out.push(Vec::new());
            }
        }
    }
    out.retain(|run| !run.is_empty());
    out
}

/// Returns what claims have in common in one to three words, as most of them write it; empty where they share nothing.
pub fn name(claims: &[Worded<'_>]) -> String {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut phrases: BTreeMap<String, (BTreeSet<usize>, f32)> = BTreeMap::new();
    let mut spelt: Vec<(String, Vec<&str>)> = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        for run in runs(claim.words) {
            for start in 0..run.len() {
                for words in (1..=LONGEST).filter_map(|length| run.get(start..start + length)) {
                    let stems: Vec<String> =
                        words.iter().map(|word| stemmer.stem(&word.to_lowercase()).into_owned()).collect();
                    let rare = stems.iter().map(|stem| rarity(stem).unwrap_or(UNKNOWN)).fold(0.0, f32::max);
                    let key = stems.join(" ");
                    let entry = phrases.entry(key.clone()).or_default();
                    entry.0.insert(number);
                    entry.1 = rare * (1.0 + LONGER * (words.len() - 1) as f32);
                    spelt.push((key, words.to_vec()));
                }
            }
        }
    }
    let worth = |(claims, rare): &(BTreeSet<usize>, f32)| claims.len() as f32 * rare;
    let shared = phrases.iter().filter(|(_, phrase)| phrase.0.len() > 1 && phrase.1 >= COMMON);
    let best = shared.max_by(|a, b| worth(a.1).total_cmp(&worth(b.1)).then(b.0.cmp(a.0)));
    let Some((key, _)) = best else { return String::new() };
    let mut written: BTreeMap<String, usize> = BTreeMap::new();
    for (_, words) in spelt.iter().filter(|(one, _)| one == key) {
        *written.entry(words.join(" ")).or_default() += 1;
    }
    written.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(words, _)| words).unwrap_or_default()
}

/// Returns which claim says best what a target is about: the surest that is short and negates nothing, best by a cue that does not
/// turn it around; else the first.
pub fn clause(claims: &[Worded<'_>]) -> usize {
    let plain = |words: &str| {
        let count = words.split_whitespace().count();
        let negated =
            words.to_lowercase().replace('’', "'").split(|c: char| !c.is_alphanumeric() && c != '\'').any(is_negator);
        CLAUSE.contains(&count) && !negated && !words.ends_with('?')
    };
    let fit = claims.iter().enumerate().filter(|(_, claim)| plain(claim.words));
    let order = |(at, claim): (usize, &Worded<'_>)| (!claim.turned, claim.score, std::cmp::Reverse(at));
    let better = |a: &(usize, &Worded<'_>), b: &(usize, &Worded<'_>)| {
        order(*a).partial_cmp(&order(*b)).unwrap_or(std::cmp::Ordering::Equal)
    };
    fit.max_by(better).map_or(0, |(at, _)| at)
}
