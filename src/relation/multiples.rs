//! "Doubled" beside "rose by 100 percent": a multiple and the change in percent that says the same, or another.

use super::align::{Alignment, Bond, Pair};
use super::parsed::Parsed;
use super::quantity::Measure;
use super::words::hash;

/// Multiples and the change in percent that each is.
const MULTIPLES: [(u64, f64); 7] = [
    (hash("double"), 100.0),
    (hash("triple"), 200.0),
    (hash("treble"), 200.0),
    (hash("quadruple"), 300.0),
    (hash("halve"), -50.0),
    (hash("twofold"), 100.0),
    (hash("threefold"), 200.0),
];
const FALLS: [u64; 3] = [hash("fall"), hash("decrease"), hash("reduce")];
const RISES: [u64; 3] = [hash("rise"), hash("increase"), hash("grow")];
/// Points of percent that two changes may lie apart.
const APART: f64 = 5.0;

/// Links a multiple without a partner with a change in percent of the other side.
pub(super) fn link(a: &Parsed, b: &Parsed, alignment: &mut Alignment) {
    let both = |multiple: (usize, f64), change| Some((multiple, change?));
    let found = multiple(a, &alignment.free_a).and_then(|found| both(found, change(b, &alignment.free_b)));
    if let Some(((word, one), (verb, figure, other))) = found {
        join(alignment, word, figure, (one - other).abs() <= APART);
        alignment.free_a.retain(|&n| n != word);
        alignment.free_b.retain(|&n| n != verb && n != figure);
        return;
    }
    let found = multiple(b, &alignment.free_b).and_then(|found| both(found, change(a, &alignment.free_a)));
    if let Some(((word, one), (verb, figure, other))) = found {
        join(alignment, figure, word, (one - other).abs() <= APART);
        alignment.free_b.retain(|&n| n != word);
        alignment.free_a.retain(|&n| n != verb && n != figure);
    }
}

fn join(alignment: &mut Alignment, of_a: usize, of_b: usize, agree: bool) {
    let bond = if agree { Bond::Number } else { Bond::Clash };
    alignment.pairs.push(Pair { a: of_a, b: of_b, bond, slot: 2 });
    alignment.pairs.sort_unstable_by_key(|pair| pair.a);
}

fn multiple(side: &Parsed, free: &[usize]) -> Option<(usize, f64)> {
    free.iter().find_map(|&n| {
        MULTIPLES.iter().find(|(multiple, _)| side.words[n].lemma == *multiple).map(|&(_, change)| (n, change))
    })
}

/// Returns a verb of change, its figure in percent, and the change with its sign.
fn change(side: &Parsed, free: &[usize]) -> Option<(usize, usize, f64)> {
    let opposite = |n: usize, words: &[u64]| {
        side.words[n].entry.is_some_and(|entry| words.iter().any(|word| entry.antonyms.contains(word)))
    };
    let sign = |n: usize| match (opposite(n, &FALLS), opposite(n, &RISES)) {
        (true, false) => Some(1.0),
        (false, true) => Some(-1.0),
        _ => None,
    };
    let (verb, sign) = free.iter().find_map(|&n| Some((n, sign(n)?)))?;
    let figure = free.iter().copied().find_map(|n| {
        let quantity = side.quantity(&side.words[n])?;
        (quantity.measure == Measure::Percent && quantity.low == quantity.high).then_some((n, quantity.low))
    });
    figure.map(|(n, value)| (verb, n, sign * value))
}
