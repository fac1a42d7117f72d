//! A short sentence held against a long passage: when it is, and how much of it the passage has.

use super::parsed::{Parsed, Word};

/// Words of a passage, and how many times as long as what is held against it.
const PASSAGE: usize = 20;
const TIMES: usize = 2;

/// Tells whether a short sentence is held against a long passage; two claims that somebody made never are.
pub(super) fn is_passage(a: &Parsed, b: &Parsed) -> bool {
    let (long, short) = (a.words.len().max(b.words.len()), a.words.len().min(b.words.len()));
    long >= PASSAGE && long >= TIMES * short && !(a.is_claim() && b.is_claim())
}

/// Returns the share of the weight of the shorter side that the longer one has somewhere, in whatever sentence.
pub(super) fn found_anywhere(a: &Parsed, b: &Parsed) -> f32 {
    let (long, short) = if a.words.len() >= b.words.len() { (a, b) } else { (b, a) };
    let found = |word: &Word| {
        let alike = |other: &Word| other.weight > 0.0 && (other.lemma == word.lemma || other.stem == word.stem);
        long.words.iter().any(alike)
    };
    let (mut there, mut all) = (0.0, 0.0);
    for word in short.words.iter().filter(|word| word.weight > 0.0) {
        all += word.weight;
        there += if found(word) { word.weight } else { 0.0 };
    }
    if all > 0.0 { there / all } else { 0.0 }
}
