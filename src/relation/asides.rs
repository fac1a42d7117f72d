//! "Nine people, three of them children, were killed": what a sentence tells of a part of those it counts weighs nothing.

use super::parsed::Word;
use super::words::hash;

const OF: u64 = hash("of");
const INCLUDING: u64 = hash("including");
/// Whom a part is taken from.
const WHOM: [u64; 3] = [hash("them"), hash("whom"), hash("these")];

/// Takes the weight from the words of each aside: between a comma and the next one.
pub(super) fn read(text: &str, words: &mut [Word]) {
    let comma = |words: &[Word], before: usize| {
        let (Some(one), Some(next)) = (words.get(before), words.get(before + 1)) else { return false };
        one.sentence == next.sentence && text.get(one.at.end..next.at.start).is_some_and(|gap| gap.starts_with(','))
    };
    for opens in 0..words.len() {
        let first = opens + 1;
        let part = |words: &[Word]| {
            let at = |n: usize| words.get(first + n).map_or(0, |word| word.surface);
            let counted = words.get(first).is_some_and(|word| word.quantity.is_some());
            at(0) == INCLUDING || counted && at(1) == OF && WHOM.contains(&at(2))
        };
        if !comma(words, opens) || !part(words) {
            continue;
        }
        if let Some(closes) = (first..words.len()).find(|&n| comma(words, n)) {
            words[first..=closes].iter_mut().for_each(|word| word.weight = 0.0);
        }
    }
}
