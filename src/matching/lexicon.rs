//! The word lists of matching, read once from `src/lexicon/match_*.tsv`; a malformed row is left out, a test finds it.

use super::name::Place;
use super::words::stemmed;
use crate::lexicon::words::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a number word means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberWord {
    Figure(f64),
    Scale(f64),
}

const STOP: &str = include_str!("../lexicon/match_stop.tsv");
const NUMBERS: &str = include_str!("../lexicon/match_numbers.tsv");
const EQUIVALENTS: &str = include_str!("../lexicon/match_equivalents.tsv");
const OPPOSITES: &str = include_str!("../lexicon/match_opposites.tsv");
const TITLES: &str = include_str!("../lexicon/match_titles.tsv");
const NICKNAMES: &str = include_str!("../lexicon/match_nicknames.tsv");

/// Class of each stop word.
pub(crate) static STOP_WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let pairs = rows(STOP).filter_map(|row| Some((*row.first()?, *row.get(1)?)));
    pairs.flat_map(|(class, words)| words.split(' ').map(move |word| (word, class))).collect()
});

pub(crate) static NUMBER_WORDS: LazyLock<HashMap<&'static str, NumberWord>> = LazyLock::new(|| {
    let read = |row: Vec<&'static str>| {
        let value = row.get(2)?.parse().ok()?;
        Some((
            *row.first()?,
            if *row.get(1)? == "scale" { NumberWord::Scale(value) } else { NumberWord::Figure(value) },
        ))
    };
    rows(NUMBERS).filter_map(read).collect()
});

/// First word of a phrase → the rest of it and the canonical word, longest phrase first.
pub(crate) type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>;

pub(crate) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for row in rows(EQUIVALENTS) {
        let [canonical, forms, ..] = row.as_slice() else { continue };
        for form in forms.split('|') {
            let mut words = form.split(' ');
            let Some(first) = words.next() else { continue };
            phrases.entry(first).or_default().push((words.collect(), canonical));
        }
    }
    phrases.values_mut().for_each(|list| list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
    phrases
});

/// The opposites of a word, both ways, as stems.
pub(crate) static OPPOSED: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut opposites: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows(OPPOSITES) {
        let [one, other, ..] = row.as_slice() else { continue };
        let (one, other) = (stemmed(one), stemmed(other));
        opposites.entry(one.clone()).or_default().push(other.clone());
        opposites.entry(other).or_default().push(one);
    }
    opposites
});

pub(crate) static NAME_TITLES: LazyLock<HashMap<&'static str, Place>> = LazyLock::new(|| {
    let place = |word: &str| if word == "after" { Place::After } else { Place::Before };
    rows(TITLES).filter_map(|row| Some((*row.first()?, place(row.get(1)?)))).collect()
});

/// Each given name's possible full forms, itself included where it is one.
pub(crate) static FULL_NAMES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut forms: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for row in rows(NICKNAMES) {
        let [full, short, ..] = row.as_slice() else { continue };
        for name in std::iter::once(*full).chain(short.split(' ')) {
            forms.entry(name).or_default().push(full);
        }
    }
    forms
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole_and_carries_its_example() {
        let files = [(STOP, 3), (NUMBERS, 4), (EQUIVALENTS, 3), (OPPOSITES, 3), (TITLES, 3), (NICKNAMES, 3)];
        for (file, columns) in files {
            for row in rows(file) {
                assert_eq!(row.len(), columns, "{row:?}");
                assert!(row.iter().all(|cell| !cell.trim().is_empty()), "{row:?}");
            }
        }
    }

    #[test]
    fn no_form_stands_for_two_meanings() {
        let mut seen = HashMap::new();
        for row in rows(EQUIVALENTS) {
            for form in std::iter::once(row[0]).chain(row[1].split('|')) {
                assert_eq!(seen.insert(form, row[0]), None, "{form}");
            }
        }
    }
}
