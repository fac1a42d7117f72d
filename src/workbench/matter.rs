//! What a claim is about, as far as its words tell: claims of two articles are read together only where they are about one matter.

use crate::relation::stems;
use crate::store::claims::ClaimSide;
use std::collections::BTreeSet;

/// How rare a word is by which two articles are seen to speak of one matter (ln of paragraphs for one with it).
const RARE: f32 = 5.5;
/// How rare words are of which two claims must share so many, where they share none that is rarer.
const OF_WEIGHT: f32 = 3.0;
const SHARED: usize = 2;
/// Bytes of a word that is too short for a name.
const SHORT: usize = 2;

/// The rare words of a claim, its sentence and its headline, the words of weight that it has itself, and the names of all of them and its
/// speaker's.
#[derive(Debug)]
pub(super) struct Matter {
    rare: BTreeSet<u64>,
    own: BTreeSet<u64>,
    names: BTreeSet<String>,
}

/// Adds the words that are capitalised and do not open a sentence, in lower case.
fn add_names(names: &mut BTreeSet<String>, text: &str) {
    let mut opens = true;
    for written in text.split_whitespace() {
        let word = written.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if !opens && word.len() > SHORT && word.starts_with(char::is_uppercase) {
            names.insert(word.to_lowercase());
        }
        opens = written.ends_with(['.', '!', '?', ':']) || written.starts_with(['"', '“', '‘']) && word.is_empty();
    }
}

impl Matter {
    pub fn of(side: &ClaimSide) -> Self {
        let words: Vec<(u64, f32)> = stems(&side.words).collect();
        let own = words.iter().filter(|(_, rarity)| *rarity > OF_WEIGHT).map(|(stem, _)| *stem).collect();
        let told = words.into_iter().chain(stems(&side.sentence)).chain(stems(&side.headline));
        let rare = told.filter(|(_, rarity)| *rarity > RARE).map(|(stem, _)| stem).collect();
        let mut names: BTreeSet<String> = side
            .speaker_name
            .split(' ')
            .filter(|name| name.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect();
        for text in [&side.words, &side.sentence, &side.headline] {
            add_names(&mut names, text);
        }
        Self { rare, own, names }
    }

    /// Tells whether two claims are about one matter: they share words of weight, or one of them or a name and a rare word. A rare word of sentence
    /// or headline alone ("minister") is of many stories.
    pub fn is_shared(&self, other: &Self) -> bool {
        let named = || !self.names.is_disjoint(&other.names);
        let shared = self.own.intersection(&other.own).count();
        shared >= SHARED || !self.rare.is_disjoint(&other.rare) && (shared > 0 || named())
    }
}

#[cfg(test)]
mod tests {
    use super::add_names;
    use std::collections::BTreeSet;

    #[test]
    fn a_capital_inside_a_sentence_makes_a_name() {
        let mut names = BTreeSet::new();
        add_names(&mut names, "The ferry to Orlund sailed. Nobody told Okoye's crew");
        let expected: BTreeSet<String> = ["orlund", "okoye"].map(str::to_owned).into();
        assert_eq!(names, expected);
    }
}
