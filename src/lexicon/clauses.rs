//! Words that tell where a claim makes one statement and where two: rows of `clauses.tsv`.

use super::tables;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word does between two clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clause {
    /// It joins a clause to the one before: "and", "but".
    Joins,
    /// What it opens may hold for the rest: "if".
    Whole,
    /// What it marks was so at another time: "used", "originally".
    Past,
    /// It is a verb and nothing else: "is", "won't".
    Verb,
    /// It is a subject by itself: "we", "there".
    Pronoun,
}

static WORDS: LazyLock<FxHashMap<&'static str, Clause>> = LazyLock::new(|| {
    let read = tables::CLAUSES.rows().filter_map(|row| {
        let class = match *row.get(1)? {
            "joins" => Clause::Joins,
            "whole" => Clause::Whole,
            "past" => Clause::Past,
            "verb" => Clause::Verb,
            _ => Clause::Pronoun,
        };
        Some((*row.first()?, class))
    });
    read.collect()
});

/// Returns what a lower-case word, apostrophes straight, does between two clauses.
pub fn clause(word: &str) -> Option<Clause> {
    WORDS.get(word).copied()
}

/// Returns each word with what it does and its example.
#[cfg(test)]
pub fn examples() -> impl Iterator<Item = (Clause, &'static str)> {
    tables::CLAUSES.rows().filter_map(|row| Some((clause(row.first()?)?, *row.get(2)?)))
}
