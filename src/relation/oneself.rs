//! "I was not at the meeting" beside "Sorin was at the meeting": who speaks of himself is linked with his name in the other's words.

use super::align::{Alignment, Bond, Pair};
use super::parsed::Parsed;
use super::words::hash;

const I: [u64; 2] = [hash("i"), hash("me")];
/// How a paraphrase calls the one who spoke.
const ONESELF: [u64; 2] = [hash("he"), hash("she")];

/// Links the word by which one side's speaker means himself with his surname in the other's words, and what stands before that: given
/// name and title.
pub(super) fn link(a: &Parsed, of_a: &[usize], b: &Parsed, of_b: &[usize], alignment: &mut Alignment) {
    let found = named(b, &alignment.free_b, a).zip(oneself(a, of_a)).map(|(name, word)| (word, name, true));
    let found =
        found.or_else(|| named(a, &alignment.free_a, b).zip(oneself(b, of_b)).map(|(name, word)| (name, word, false)));
    let Some((x, y, name_of_b)) = found else { return };
    let (other, free, name) = if name_of_b { (b, &mut alignment.free_b, y) } else { (a, &mut alignment.free_a, x) };
    let written = |word: usize| other.written(word).starts_with(char::is_uppercase);
    let first =
        (0..name).rev().take_while(|&n| written(n) && other.words[n].sentence == other.words[name].sentence).last();
    free.retain(|&word| !(first.unwrap_or(name)..=name).contains(&word));
    alignment.pairs.push(Pair { a: x, b: y, bond: Bond::Synonym, slot: 2 });
    alignment.pairs.sort_unstable_by_key(|pair| pair.a);
}

/// Returns the word by which the speaker means himself in the sentence of some words.
fn oneself(own: &Parsed, of: &[usize]) -> Option<usize> {
    let sentence = own.words.get(*of.first()?)?.sentence;
    let means = |surface: u64| I.contains(&surface) || own.direct == Some(false) && ONESELF.contains(&surface);
    own.words.iter().position(|word| word.sentence == sentence && means(word.surface))
}

/// Returns the word among those without a partner that is the surname of the other side's speaker.
fn named(side: &Parsed, free: &[usize], other: &Parsed) -> Option<usize> {
    let surname = hash(other.speaker.as_deref()?.split_whitespace().next_back()?);
    free.iter()
        .copied()
        .find(|&word| side.words[word].surface == surname && side.written(word).starts_with(char::is_uppercase))
}
