//! Links the words of two sentences: exact, stem, synonym, antonym, number; each word has at most one link.
//!
//! Sentences are compared up to [`WIDEST`] weighty words each.

use super::multiples;
use super::oneself;
use super::parsed::{Parsed, Word};
use crate::lexicon::people;
use crate::text::linear::hash_on;

/// Weighty words compared of one sentence.
const WIDEST: usize = 64;

/// How two words are linked, and for opposites by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    Exact,
    Stem,
    Number,
    Synonym,
    /// Opposites of the hand-made list.
    Antonym,
    /// Opposites derived from WordNet.
    DerivedAntonym,
    /// Two members of one class: red and blue.
    Exclusive(u8),
    /// "All" and "only".
    Quantifier,
    /// Two numbers of one measure that exclude one another.
    Clash,
}

impl Bond {
    pub const fn opposes(self) -> bool {
        matches!(self, Self::Antonym | Self::DerivedAntonym | Self::Exclusive(_) | Self::Quantifier | Self::Clash)
    }
}

/// One link, by word numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub a: usize,
    pub b: usize,
    pub bond: Bond,
    /// How many neighbours (before, after) of the two are linked with one another too: 0 to 2.
    pub slot: u8,
}

/// Links in the order of `a`.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    pub pairs: Vec<Pair>,
    pub free_a: Vec<usize>,
    pub free_b: Vec<usize>,
}

const FREE: u8 = u8::MAX;

/// Links the weighty words of one sentence of `a` with those of one sentence of `b`.
pub(super) fn align(a: &Parsed, of_a: &[usize], b: &Parsed, of_b: &[usize]) -> Alignment {
    let of_a = &of_a[..of_a.len().min(WIDEST)];
    let of_b = &of_b[..of_b.len().min(WIDEST)];
    let mut to_b = [FREE; WIDEST];
    let mut to_a = [FREE; WIDEST];
    let mut bonds = [Bond::Exact; WIDEST];
    for pass in 0..2 {
        for (i, &word_a) in of_a.iter().enumerate() {
            if to_b[i] != FREE {
                continue;
            }
            let word_a = &a.words[word_a];
            let mut best: Option<(bool, u8, usize, usize, Bond)> = None;
            for (j, &word_b) in of_b.iter().enumerate() {
                if to_a[j] != FREE {
                    continue;
                }
                let word_b = &b.words[word_b];
                let bond = if pass == 0 { same(word_a, word_b) } else { linked(a, word_a, b, word_b) };
                let Some(bond) = bond else { continue };
                if matches!(bond, Bond::Antonym | Bond::DerivedAntonym) && name_two(a, of_a[i], b, of_b[j]) {
                    continue;
                }
                let slot = slot(i, j, &to_b, of_a.len(), of_b.len());
                if slot == 0 && matches!(bond, Bond::Exclusive(_) | Bond::Clash) {
                    continue;
                }
                let off = (i * of_b.len()).abs_diff(j * of_a.len());
                let agrees = bond != Bond::Clash;
                if best
                    .is_none_or(|(agreed, best_slot, best_off, ..)| (agrees, slot, best_off) > (agreed, best_slot, off))
                {
                    best = Some((agrees, slot, off, j, bond));
                }
            }
            if let Some((.., j, bond)) = best {
                (to_b[i], to_a[j], bonds[i]) = (j as u8, i as u8, bond);
            }
        }
    }
    let mut alignment = Alignment::default();
    for (i, &word_a) in of_a.iter().enumerate() {
        match to_b[i] {
            FREE => alignment.free_a.push(word_a),
            j => {
                let j = usize::from(j);
                let slot = slot(i, j, &to_b, of_a.len(), of_b.len());
                alignment.pairs.push(Pair { a: word_a, b: of_b[j], bond: bonds[i], slot });
            }
        }
    }
    alignment.free_b.extend(of_b.iter().enumerate().filter(|&(j, _)| to_a[j] == FREE).map(|(_, &word)| word));
    multiples::link(a, b, &mut alignment);
    oneself::link(a, of_a, b, of_b, &mut alignment);
    alignment
}

/// Tells whether two words set two names apart that go on alike: "North Vale", "South Vale"; "Peter Holm", "John Holm".
pub(super) fn name_two(a: &Parsed, of_a: usize, b: &Parsed, of_b: usize) -> bool {
    let next = |side: &Parsed, word: usize| {
        let (own, next) = (side.words.get(word)?, side.words.get(word + 1)?);
        let within = own.sentence == next.sentence && side.text.get(own.at.end..next.at.start)?.trim().is_empty();
        (next.name && within && !side.is_titled()).then_some(next.surface)
    };
    let (one, other) = (a.written(of_a), b.written(of_b));
    let apart = || {
        let given = |word: &str| people::given_name(word).is_some();
        let named = given(one) && given(other) && !people::same_given(&one.to_lowercase(), &other.to_lowercase());
        let office = |word: &str| people::title(word).is_some() || people::role(&word.to_lowercase()).is_some();
        let place = |word: &str| !office(word) && !given(word);
        named || a.words[of_a].name && b.words[of_b].name && place(one) && place(other)
    };
    next(a, of_a).is_some_and(|surface| next(b, of_b) == Some(surface)) && apart()
}

/// Counts the neighbours of two words that are linked with one another; the ends of the sentences are neighbours too.
fn slot(i: usize, j: usize, to_b: &[u8; WIDEST], count_a: usize, count_b: usize) -> u8 {
    let before = match (i.checked_sub(1), j.checked_sub(1)) {
        (None, None) => true,
        (Some(i), Some(j)) => usize::from(to_b[i]) == j,
        _ => false,
    };
    let after = match (i + 1 < count_a, j + 1 < count_b) {
        (false, false) => true,
        (true, true) => usize::from(to_b[i + 1]) == j + 1,
        _ => false,
    };
    u8::from(before) + u8::from(after)
}

fn same(a: &Word, b: &Word) -> Option<Bond> {
    if a.surface == b.surface {
        return Some(Bond::Exact);
    }
    // "Shot" may be a form of "shoot": "shots" is no less one of "shot".
    let plural = |one: u64, many: u64| hash_on(one, b"s") == many;
    let number = plural(a.surface, b.surface) || plural(b.surface, a.surface);
    (a.lemma == b.lemma || a.stem == b.stem || number).then_some(Bond::Stem)
}

fn linked(a: &Parsed, word_a: &Word, b: &Parsed, word_b: &Word) -> Option<Bond> {
    if let (Some(x), Some(y)) = (a.quantity(word_a), b.quantity(word_b)) {
        return x.comparable(y).then(|| if x.excludes(y) { Bond::Clash } else { Bond::Number });
    }
    let (x, y) = (word_a.entry?, word_b.entry?);
    if x.antonyms.contains(&word_b.lemma) {
        return Some(Bond::Antonym);
    }
    if x.synonyms.iter().any(|group| y.synonyms.contains(group)) {
        return Some(Bond::Synonym);
    }
    for &(class, member) in &x.exclusive {
        for &(other, second) in &y.exclusive {
            if class == other {
                return Some(if member == second { Bond::Synonym } else { Bond::Exclusive(class) });
            }
        }
    }
    x.derived_antonyms.contains(&word_b.lemma).then_some(Bond::DerivedAntonym)
}
