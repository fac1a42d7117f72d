//! Part of speech, entity type and lemma of each token: greedy linear classifiers over hashed features, left to right.
//!
//! The method is the averaged perceptron (Collins 2002). Refuses to guess beyond the sentence, but a name tagged once in a
//! document lends its entity type to its later mentions.

use crate::text::atoms::{Atom, Case};
use crate::text::linear::{Bytes, Dense, Sparse, mix};
use crate::text::{Entity, Tag};
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Number of entity classes, in the order of [`ENTITIES`].
pub const ENTITY_CLASSES: usize = 7;

/// The entity types, in the order of the classifier's columns.
pub const ENTITIES: [Entity; ENTITY_CLASSES] =
    [Entity::None, Entity::Person, Entity::Organization, Entity::Place, Entity::Date, Entity::Number, Entity::Other];

/// The weights of both classifiers and the words that have one tag only.
#[derive(Debug, Clone)]
pub struct Tagger<'a> {
    /// Word hash to its only tag.
    certain: FxHashMap<u64, u8>,
    tags: Sparse<'a>,
    entities: Dense<'a, ENTITY_CLASSES>,
}

impl<'a> Tagger<'a> {
    /// Reads the weights off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        let count = bytes.number() as usize;
        let rows = bytes.run(count.saturating_mul(9));
        let certain = rows
            .chunks_exact(9)
            .map(|row| (row[..8].iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)), row[8]))
            .collect();
        Self { certain, tags: Sparse::read(bytes), entities: Dense::read(bytes) }
    }

    /// Tags one sentence.
    pub fn tags(&self, atoms: &[Atom]) -> Vec<Tag> {
        let mut out: Vec<Tag> = Vec::with_capacity(atoms.len());
        let mut features = Vec::with_capacity(32);
        for at in 0..atoms.len() {
            if let Some(&only) = self.certain.get(&atoms[at].word) {
                out.push(Tag(only));
                continue;
            }
            tag_features(atoms, &out, at, &mut features);
            let mut sums = [0.0; Tag::NAMES.len()];
            self.tags.add(&features, &mut sums);
            out.push(Tag(best(&sums) as u8));
        }
        out
    }

    /// Types the names of one sentence; `known` carries types from sentence to sentence of one document.
    pub fn entities(&self, atoms: &[Atom], tags: &[Tag], known: &mut HashMap<u64, u8>) -> Vec<Entity> {
        let mut out: Vec<u8> = Vec::with_capacity(atoms.len());
        let mut features = Vec::with_capacity(40);
        for at in 0..atoms.len() {
            entity_features(atoms, tags, &out, known, at, &mut features);
            let mut sums = [0.0; ENTITY_CLASSES];
            self.entities.add(&features, &mut sums);
            let class = best(&sums) as u8;
            remember(&atoms[at], class, known);
            out.push(class);
        }
        out.into_iter().map(|class| ENTITIES[usize::from(class)]).collect()
    }
}

/// Remembers the entity type of a capitalised word for the rest of the document.
pub fn remember(atom: &Atom, class: u8, known: &mut HashMap<u64, u8>) {
    if class != 0 && matches!(atom.case, Case::Capital | Case::Upper) {
        known.insert(atom.word, class);
    }
}

/// Returns the class with the highest sum, the first of equals.
pub fn best(sums: &[f32]) -> usize {
    let mut best = 0;
    for (class, sum) in sums.iter().enumerate() {
        if *sum > sums[best] {
            best = class;
        }
    }
    best
}

const NOWHERE: Atom = Atom { word: 1, suffix: [1; 3], prefix: 1, shape: 1, case: Case::Mark };

fn near(atoms: &[Atom], at: usize, offset: isize) -> &Atom {
    at.checked_add_signed(offset).and_then(|i| atoms.get(i)).unwrap_or(&NOWHERE)
}

/// Fills `out` with the features of the tag at `at`; `before` holds the tags of the tokens before it.
pub fn tag_features(atoms: &[Atom], before: &[Tag], at: usize, out: &mut Vec<u64>) {
    out.clear();
    let tag = |back: usize| before.len().checked_sub(back).map_or(60, |i| u64::from(before[i].0));
    let here = &atoms[at];
    let (last, next) = (near(atoms, at, -1), near(atoms, at, 1));
    let case = here.case as u64 + if at == 0 { 10 } else { 0 };
    let mut feature = 0;
    let mut push = |a: u64, b: u64| {
        feature += 1;
        out.push(mix(mix(feature, a), b));
    };
    push(0, 0);
    push(here.word, 0);
    push(here.word, case);
    push(here.suffix[0], case);
    push(here.suffix[1], 0);
    push(here.suffix[2], case);
    push(here.prefix, here.suffix[1]);
    push(here.shape, u64::from(at == 0));
    push(tag(1), 0);
    push(tag(1), tag(2));
    push(tag(1), here.word);
    push(tag(1), here.suffix[2]);
    push(last.word, here.suffix[1]);
    push(last.word, 0);
    push(next.word, 0);
    push(next.word, here.suffix[1]);
    push(next.suffix[2], tag(1));
    push(next.suffix[1], next.case as u64);
    push(near(atoms, at, -2).word, tag(1));
    push(near(atoms, at, 2).word, 0);
    push(near(atoms, at, 2).suffix[1], next.suffix[1]);
    push(last.case as u64 * 8 + next.case as u64, case);
    push(here.word, next.word);
    push(here.word, mix(tag(1), tag(2)));
}

/// Fills `out` with the features of the entity class at `at`; `before` holds the classes of the tokens before it.
pub fn entity_features(
    atoms: &[Atom],
    tags: &[Tag],
    before: &[u8],
    known: &HashMap<u64, u8>,
    at: usize,
    out: &mut Vec<u64>,
) {
    out.clear();
    let class = |back: usize| before.len().checked_sub(back).map_or(20, |i| u64::from(before[i]));
    let tag = |offset: isize| at.checked_add_signed(offset).and_then(|i| tags.get(i)).map_or(60, |t| u64::from(t.0));
    let seen = |atom: &Atom| known.get(&atom.word).map_or(20, |&c| u64::from(c));
    let here = &atoms[at];
    let (last, next) = (near(atoms, at, -1), near(atoms, at, 1));
    let mut feature = 100;
    let mut push = |a: u64, b: u64| {
        feature += 1;
        out.push(mix(mix(feature, a), b));
    };
    push(class(1), 0);
    push(here.word, 0);
    push(here.word, here.case as u64);
    push(here.word, class(1));
    push(here.suffix[2], here.case as u64);
    push(here.prefix, here.case as u64);
    push(here.shape, class(1));
    push(tag(0), class(1));
    push(tag(0), tag(1));
    push(tag(-1), tag(0));
    push(last.word, here.case as u64);
    push(next.word, here.case as u64);
    push(last.word, class(1));
    push(next.suffix[2], here.case as u64);
    push(next.case as u64, here.case as u64 * 64 + tag(0));
    push(near(atoms, at, 2).word, here.case as u64);
    push(near(atoms, at, -2).word, here.case as u64);
    push(last.word, here.word);
    push(here.word, next.word);
    push(seen(here), here.case as u64);
    push(seen(next), here.case as u64 * 8 + next.case as u64);
    push(class(1), class(2));
    push(tag(1), mix(tag(2), class(1)));
}
