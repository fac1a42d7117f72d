//! All, some, none, only: which quantifiers of one thing exclude one another, and which hold together.
//!
//! Refuses to count: a number is the business of `quantity`.

use super::align::{Alignment, Bond, Pair};
use super::parsed::Parsed;
use super::words::Quantifier;

/// Returns two quantifiers of one thing that exclude one another: "all" and "only some", "only" and "not only".
pub(super) fn quantifiers(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Option<Pair> {
    alignment.pairs.iter().filter(|pair| !pair.bond.opposes()).find_map(|pair| {
        let ((x, one), (y, other)) = (a.quantified(pair.a)?, b.quantified(pair.b)?);
        let exclude = |one, other| {
            matches!((one, other), (Quantifier::Universal, Quantifier::Less) | (Quantifier::Only, Quantifier::More))
        };
        (exclude(one, other) || exclude(other, one)).then_some(Pair { a: x, b: y, bond: Bond::Quantifier, slot: 2 })
    })
}

/// Tells whether one speaks of all and the other of a part of the same.
pub(super) fn differs(a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
    alignment.pairs.iter().filter(|pair| !pair.bond.opposes()).any(|pair| {
        let (Some((_, one)), Some((_, other))) = (a.quantified(pair.a), b.quantified(pair.b)) else { return false };
        let differ =
            |one, other| one == Quantifier::Universal && matches!(other, Quantifier::Partial | Quantifier::Less);
        differ(one, other) || differ(other, one)
    })
}

/// Tells whether both speak of a part of one group: "some sank" and "some, or not all, did not" hold together.
pub(super) fn parts(a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
    let part = |side: &Parsed, word: usize| {
        match side.quantified(word) {
            // "Not … in front of some": the negator stands over the quantifier.
            Some((_, Quantifier::Partial)) => !side.words[word].negated,
            Some((_, Quantifier::Less)) => true,
            _ => false,
        }
    };
    alignment.pairs.iter().any(|pair| !pair.bond.opposes() && part(a, pair.a) && part(b, pair.b))
}
