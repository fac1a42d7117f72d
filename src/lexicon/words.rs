//! Word lists that reading needs: abbreviations, contractions, sentence openers, function words. The rows live in the `.tsv` files beside this one.
//!
//! Refuses to hold words itself: a new word is a new row with its example.

use super::tables;
use rustc_hash::{FxHashMap, FxHashSet};
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

static RARITY: LazyLock<FxHashMap<&'static str, f32>> =
    LazyLock::new(|| tables::WORD_RARITY.rows().filter_map(|row| Some((row[0], row[1].parse().ok()?))).collect());

/// Returns how rare a stem is in news at large, as `word_rarity.tsv` counts; nothing for one that it does not hold.
pub fn rarity(stem: &str) -> Option<f32> {
    RARITY.get(stem).copied()
}

/// Who takes a word for one that says nothing of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Both,
    Matching,
    Relation,
}

/// A word that says nothing of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionWord {
    /// What kind it is: `article`, `negation` …
    pub class: &'static str,
    pub reader: Reader,
}

static FUNCTION_WORDS: LazyLock<FxHashMap<&'static str, FunctionWord>> = LazyLock::new(|| function_words().collect());

/// Returns each function word, or phrase of such, with what it is.
pub fn function_words() -> impl Iterator<Item = (&'static str, FunctionWord)> {
    tables::FUNCTION_WORDS.rows().flat_map(|row| {
        let reader = match row[1] {
            "matching" => Reader::Matching,
            "relation" => Reader::Relation,
            _ => Reader::Both,
        };
        row[2].split(", ").map(move |word| (word, FunctionWord { class: row[0], reader }))
    })
}

/// Returns what a lower-case word is among those that say nothing of their own.
pub fn function_word(word: &str) -> Option<FunctionWord> {
    FUNCTION_WORDS.get(word).copied()
}

static TITLE_MODIFIERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| tables::TITLE_MODIFIERS.words().collect());

/// Tells whether a lower-case word before a title makes it another person's: "former", "deputy".
pub fn modifies_title(word: &str) -> bool {
    TITLE_MODIFIERS.contains(word)
}

static ABBREVIATIONS: LazyLock<FxHashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    tables::ABBREVIATIONS
        .rows()
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

static SPLITS: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    tables::CONTRACTIONS.rows().filter(|r| r[1] == "split").filter_map(|r| Some((r[0], r[2].parse().ok()?))).collect()
});

static UNMARKED: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    tables::CONTRACTIONS
        .rows()
        .filter(|r| r[1] == "unmarked")
        .filter_map(|r| Some((r[0], r[2].parse().ok()?)))
        .collect()
});

static ELISIONS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| tables::CONTRACTIONS.rows().filter(|r| r[1] == "elision").map(|r| r[0]).collect());

static OPENERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| tables::OPENERS.words().collect());

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

static CALLINGS: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::CALLINGS.rows().map(|r| (r[0], r[1])).collect());

/// Returns what keeps a description with a lower-case word from meaning somebody of whom a story is telling: `office`, `seat`, `bare`, `apart`.
pub fn calling(word: &str) -> Option<&'static str> {
    CALLINGS.get(word).copied()
}

static CHECK_LABELS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| tables::CHECK_LABELS.words().collect());

static BUSINESS_SIGNS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| tables::BUSINESS_SIGNS.words().collect());

/// Tells whether lower-case words name what a business has and a person has not, or who leads one.
pub fn is_of_business(words: &str) -> bool {
    BUSINESS_SIGNS.contains(words)
}

/// Tells whether lower-case words before a colon say that a claim follows which the text checks: nobody's words but those of whom it names.
pub fn is_check_label(words: &str) -> bool {
    CHECK_LABELS.contains(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_carries_an_example_with_its_word() {
        for row in [tables::ABBREVIATIONS, tables::CONTRACTIONS, tables::OPENERS].iter().flat_map(tables::Table::rows) {
            let example = row.last().copied().unwrap_or_default().to_lowercase();
            assert!(example.contains(&row[0].to_lowercase()), "{row:?}");
        }
    }

    #[test]
    fn every_row_of_function_words_has_one_in_its_example() {
        for row in tables::FUNCTION_WORDS.rows() {
            let example = format!(" {} ", row[3].replace('\'', " '"));
            let held = |word: &str| {
                example.contains(&format!(" {} ", word.replace('\'', " '")))
                    || word.starts_with('\'') && row[3].contains(word)
            };
            assert!(row[2].split(", ").any(held), "{row:?}");
        }
        let reader = |word| function_word(word).map(|listed| listed.reader);
        assert_eq!((reader("the"), reader("yesterday")), (Some(Reader::Both), Some(Reader::Relation)));
        assert_eq!((reader("everyone"), reader("ferry")), (Some(Reader::Matching), None));
    }
}
