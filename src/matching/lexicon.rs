//! The word lists of matching as it looks them up: stop words, phrases that mean one thing, opposites.

use super::words::stemmed;
use crate::lexicon::tables;
use crate::lexicon::words::{FunctionWord, Reader, function_word};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Returns the class of a word that carries no content of its own.
pub(crate) fn stop_class(word: &str) -> Option<&'static str> {
    function_word(word).filter(|listed| listed.reader != Reader::Relation).map(|FunctionWord { class, .. }| class)
}

/// First word of a phrase → the rest of it and the canonical word, longest phrase first.
pub(crate) type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>;

pub(crate) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for row in tables::EQUIVALENTS.rows() {
        let [canonical, forms, ..] = row[..] else { continue };
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
    for row in tables::ANTONYMS.rows().filter(|row| row[2] != "relation") {
        let (one, other) = (stemmed(row[0]), stemmed(row[1]));
        opposites.entry(one.clone()).or_default().push(other.clone());
        opposites.entry(other).or_default().push(one);
    }
    opposites
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::words::{STOP_MARK, terms};

    #[test]
    fn no_form_stands_for_two_meanings() {
        let mut seen = HashMap::new();
        for row in tables::EQUIVALENTS.rows() {
            for form in std::iter::once(row[0]).chain(row[1].split('|')) {
                assert_eq!(seen.insert(form, row[0]), None, "{form}");
            }
        }
    }

    #[test]
    fn each_opposite_stands_in_its_examples() {
        for row in tables::ANTONYMS.rows().filter(|row| row[2] == "matching") {
            let [one, other, _, a, b, silent] = row[..] else { panic!("{row:?}") };
            let holds =
                |text: &str, word: &str| terms(text).iter().any(|term| term.text.trim_start_matches(STOP_MARK) == word);
            let (one, other) = (stemmed(one), stemmed(other));
            assert!(OPPOSED[&one].contains(&other) && OPPOSED[&other].contains(&one), "{row:?}");
            assert!(holds(a, &one) && holds(b, &other), "{row:?}");
            assert!(!holds(silent, &one) && !holds(silent, &other), "{row:?}");
        }
    }
}
