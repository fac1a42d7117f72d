//! Word lists that reading needs: abbreviations, contractions, sentence openers. The rows live in the `.tsv` files beside this one.
//!
//! Refuses to hold words itself: a new word is a new row with its example.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What an abbreviation lets follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows: "Mr.".
    Title,
    /// A number follows: "Sept.".
    Number,
    /// May end a sentence when a sentence opener follows: "p.m.".
    Unit,
    /// Never ends a sentence: "vs.".
    Inner,
}

/// Returns the rows of a lexicon file: tab-separated cells, comment lines left out.
pub fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

static RARITY: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    let listed = rows(include_str!("word_rarity.tsv"));
    listed.filter_map(|row| Some((*row.first()?, row.get(1)?.parse().ok()?))).collect()
});

/// Returns how rare a stem is in news at large, as `word_rarity.tsv` counts; nothing for one that it does not hold.
pub fn rarity(stem: &str) -> Option<f32> {
    RARITY.get(stem).copied()
}

static TITLE_MODIFIERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("title_modifiers.tsv")).filter_map(|row| row.first().copied()).collect());

/// Tells whether a lower-case word before a title makes it another person's: "former", "deputy".
pub fn modifies_title(word: &str) -> bool {
    TITLE_MODIFIERS.contains(word)
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    rows(include_str!("abbreviations.tsv"))
        .filter(|r| r.len() >= 2)
        .map(|r| {
            let class = match r[1] {
                "title" => Abbreviation::Title,
                "number" => Abbreviation::Number,
                "unit" => Abbreviation::Unit,
                _ => Abbreviation::Inner,
            };
            (r[0], class)
        })
        .collect()
});

static SPLITS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    rows(include_str!("contractions.tsv"))
        .filter(|r| r.len() >= 3 && r[1] == "split")
        .filter_map(|r| Some((r[0], r[2].parse().ok()?)))
        .collect()
});

static UNMARKED: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    rows(include_str!("contractions.tsv"))
        .filter(|r| r.len() >= 3 && r[1] == "unmarked")
        .filter_map(|r| Some((r[0], r[2].parse().ok()?)))
        .collect()
});

static ELISIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("contractions.tsv")).filter(|r| r.len() >= 2 && r[1] == "elision").map(|r| r[0]).collect()
});

static OPENERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("openers.tsv")).map(|r| r[0]).collect());

/// Returns the class of an abbreviation as written, its period included; any letter case of the first letter counts.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    ABBREVIATIONS.get(word).copied()
}

/// Returns after how many letters a written word splits into two tokens ("cannot": 3); the word in lower case.
pub fn contraction(word: &str) -> Option<usize> {
    SPLITS.get(word).copied()
}

/// Returns the length of the verb in a lower-case word that lacks the apostrophe of `n't` ("dont": 2).
pub fn unmarked_contraction(word: &str) -> Option<usize> {
    UNMARKED.get(word).copied()
}

/// Tells whether a lower-case word with a straight apostrophe in front is an elision ("'em").
pub fn is_elision(word: &str) -> bool {
    ELISIONS.contains(word)
}

/// Tells whether a lower-case word, capitalised after an abbreviation, opens a new sentence.
pub fn opens_sentence(word: &str) -> bool {
    OPENERS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_carries_an_example_with_its_word() {
        for file in [include_str!("abbreviations.tsv"), include_str!("contractions.tsv"), include_str!("openers.tsv")] {
            for row in rows(file) {
                let example = row.last().copied().unwrap_or_default().to_lowercase();
                assert!(example.contains(&row[0].to_lowercase()), "{row:?}");
            }
        }
    }
}
