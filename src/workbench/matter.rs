//! What a claim is about, as far as its words tell: claims of two articles are read together only where they are about one matter.

use crate::relation::stems;
use crate::store::claims::ClaimSide;
use std::collections::BTreeSet;

/// How rare a word is by which two articles are seen to speak of one matter (ln of paragraphs for one with it).
const RARE: f32 = 5.5;
/// How rare words are of which two claims must share so many, where they share none that is rarer.
const OF_WEIGHT: f32 = 3.0;
const SHARED: usize = 2;

/// The rare words of a claim, its sentence and its headline, and the words of weight that it has itself.
#[derive(Debug)]
pub(super) struct Matter {
    rare: BTreeSet<u64>,
    own: BTreeSet<u64>,
}

impl Matter {
    pub fn of(side: &ClaimSide) -> Self {
        let words: Vec<(u64, f32)> = stems(&side.words).collect();
        let own = words.iter().filter(|(_, rarity)| *rarity > OF_WEIGHT).map(|(stem, _)| *stem).collect();
        let told = words.into_iter().chain(stems(&side.sentence)).chain(stems(&side.headline));
        let rare = told.filter(|(_, rarity)| *rarity > RARE).map(|(stem, _)| stem).collect();
        Self { rare, own }
    }

    /// Tells whether two claims are about one matter.
    pub fn is_shared(&self, other: &Self) -> bool {
        !self.rare.is_disjoint(&other.rare) || self.own.intersection(&other.own).count() >= SHARED
    }
}
