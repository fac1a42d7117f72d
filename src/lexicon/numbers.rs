//! Words for numbers, as `number_words.tsv` lists them.

use super::tables::NUMBER_WORDS;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a number word means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberWord {
    Cardinal(f64),
    Ordinal(f64),
    /// Multiplies the figure before it: "million".
    Scale(f64),
    /// "half of": a share in percent.
    Share(f64),
    /// "quarter": so many make a whole.
    Part(f64),
}

static WORDS: LazyLock<FxHashMap<&'static str, NumberWord>> = LazyLock::new(|| number_words().collect());

/// Returns each number word with what it means; a row without a value is left out, a test holds that there is none.
pub fn number_words() -> impl Iterator<Item = (&'static str, NumberWord)> {
    NUMBER_WORDS.rows().filter_map(|row| {
        let value = row[2].parse().ok()?;
        let number = match row[1] {
            "cardinal" => NumberWord::Cardinal(value),
            "ordinal" => NumberWord::Ordinal(value),
            "share" => NumberWord::Share(value),
            "part" => NumberWord::Part(value),
            "scale" => NumberWord::Scale(value),
            _ => return None,
        };
        Some((row[0], number))
    })
}

/// Returns what a lower-case word means as a number.
pub fn number_word(word: &str) -> Option<NumberWord> {
    WORDS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_value_and_an_example_with_its_word() {
        for row in NUMBER_WORDS.rows() {
            assert!(number_word(row[0]).is_some() && row[3].contains(row[0]), "{row:?}");
        }
        assert_eq!(number_word("two"), Some(NumberWord::Cardinal(2.0)));
        assert_eq!(number_word("dozen"), Some(NumberWord::Scale(12.0)));
        assert_eq!(number_word("boats"), None);
    }
}
