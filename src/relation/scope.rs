//! All, some, none, only: which quantifiers of one thing exclude one another, and which hold together.
//!
//! Refuses to count: a number is the business of `quantity`.

use super::align::{Alignment, Bond, Pair};
use super::judge::turns;
use super::parsed::Parsed;
use super::words::{Bound, Family, Quantifier, hash};

/// Of how many of a group a sentence says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    All,
    NotAll,
    None,
    Some,
    Most,
    /// "Most … not".
    Fewest,
}

/// How the amounts of two sentences stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amounts {
    /// Both may hold: "not everyone" and "some".
    Together,
    /// Only one can hold: "everyone" and "not everyone".
    Apart(Pair),
}

const NOT: u64 = hash("not");
const MOST: u64 = hash("most");
const FEW: u64 = hash("few");
const BOTH: u64 = hash("both");
const ARTICLES: [u64; 2] = [hash("a"), hash("an")];
const NONE: [u64; 6] = [hash("no"), hash("none"), hash("nobody"), hash("no one"), hash("nothing"), hash("neither")];

/// Returns the amount that the subject of a sentence opens with, and its word.
fn amount(side: &Parsed, word: usize) -> Option<(usize, Amount)> {
    let sentence = side.words.get(word)?.sentence;
    let start = side.words[..word].iter().rposition(|other| other.sentence != sentence).map_or(0, |before| before + 1);
    let outer = side.words[start].surface == NOT;
    let least = side.words[start].entry.is_some_and(|entry| entry.bound == Some(Bound::Least));
    let at = start + usize::from(outer || least);
    let first = side.words.get(at).filter(|first| first.sentence == sentence)?;
    let kind = first.entry.and_then(|entry| entry.quantifier);
    let plain = match kind {
        _ if NONE.contains(&first.surface) => Amount::None,
        _ if first.surface == BOTH => Amount::All,
        _ if first.surface == MOST => Amount::Most,
        Some(Quantifier::Universal) => Amount::All,
        Some(Quantifier::Partial) if first.surface != FEW => Amount::Some,
        Some(Quantifier::Indefinite) if !ARTICLES.contains(&first.surface) => Amount::Some,
        _ if first.quantity.is_some() => Amount::Some,
        _ => return None,
    };
    let negators = side.operations.iter().filter(|o| turns(o) && o.operator.family == Family::Negator);
    let inner = negators.filter(|o| o.word > at && side.words[o.word].sentence == sentence).count();
    let amount = match (plain, outer, inner) {
        (amount, false, 0) => amount,
        (Amount::All, true, 0) | (Amount::Some, false, 1) => Amount::NotAll,
        (Amount::Most, false, 1) => Amount::Fewest,
        _ => return None,
    };
    Some((at, amount))
}

/// Words for anybody, which a number or "several" counts and "nobody" holds in itself.
const ANYBODY: [u64; 4] = [hash("people"), hash("person"), hash("persons"), hash("individuals")];

/// Tells whether a word only says that somebody is counted.
pub(super) fn is_anybody(side: &Parsed, word: usize) -> bool {
    ANYBODY.contains(&side.words[word].surface)
}

/// Compares the amounts that the subjects of two sentences open with; nothing where one opens with none, or they say the same.
pub(super) fn amounts(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Option<Amounts> {
    use Amount::{All, Fewest, Most, NotAll, Some as Part};
    let first = alignment.pairs.first()?;
    let ((x, one), (y, other)) = (amount(a, first.a)?, amount(b, first.b)?);
    let apart = |one, other| match one {
        All => matches!(other, NotAll | Amount::None | Fewest),
        Amount::None => matches!(other, Part | Most),
        Most => other == Fewest,
        _ => false,
    };
    if one == other {
        return None;
    }
    let pair = Pair { a: x, b: y, bond: Bond::Quantifier, slot: 2 };
    Some(if apart(one, other) || apart(other, one) { Amounts::Apart(pair) } else { Amounts::Together })
}

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

/// Words that tell one period from another: "last year", "this year".
const WHICH: [u64; 6] = [hash("last"), hash("this"), hash("next"), hash("past"), hash("previous"), hash("current")];
const DAYS: [u64; 4] = [hash("yesterday"), hash("today"), hash("tomorrow"), hash("tonight")];

/// Tells whether the two speak of different periods: "last year" and "this year", "yesterday" and "today".
pub(super) fn other_period(a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
    let which = |side: &Parsed, word: usize| {
        let before = side.words.get(word.checked_sub(1)?)?.surface;
        side.words[word].entry?.unit.and(Some(before)).filter(|before| WHICH.contains(before))
    };
    let day = |side: &Parsed| side.words.iter().find(|word| DAYS.contains(&word.surface)).map(|word| word.surface);
    let differ = |one: Option<u64>, other: Option<u64>| one.zip(other).is_some_and(|(one, other)| one != other);
    let agreeing = alignment.pairs.iter().filter(|pair| !pair.bond.opposes());
    differ(day(a), day(b)) || agreeing.into_iter().any(|pair| differ(which(a, pair.a), which(b, pair.b)))
}
