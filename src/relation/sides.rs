//! Who is for and who is against what: "I back the dam", "I am opposed to the dam" say opposite things in words that are no
//! opposites.
//!
//! A side is a phrase of `lexicon/sides.tsv` with its subject before it and what it is about after it. Refuses to judge where the two
//! are not about the same: the words of the one's first phrase must be among those of the other's.

use super::align::{Alignment, Bond, Pair};
use super::arguments::{Likeness, speakers};
use super::judge::{Finding, Opposition, turns};
use super::parsed::Parsed;
use super::proposition;
use super::roles::BE;
use super::words::{Family, Person, WORDS, hash};
use crate::lexicon::tables;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A phrase that takes a side: the words after its first, and whether it is for what follows.
struct Phrase {
    rest: Vec<u64>,
    supports: bool,
}

/// The phrases by their first word.
static PHRASES: LazyLock<HashMap<u64, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<u64, Vec<Phrase>> = HashMap::new();
    for row in tables::SIDES.rows() {
        let mut words = row[0].split(' ').map(hash);
        let Some(first) = words.next() else { continue };
        let phrase = Phrase { rest: words.collect(), supports: row.get(1) == Some(&"for") };
        phrases.entry(first).or_default().push(phrase);
    }
    phrases
});

/// Words that end what a side is about.
static ENDS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let words = "because if when while although though since unless but and or which who as before after until so";
    words.split(' ').map(hash).collect()
});
/// Words after which a phrase says where, when or of what the thing is.
static PREPOSITIONS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let words = "of on in at for from to with by under over into about between near through without during that";
    words.split(' ').map(hash).collect()
});
/// Words that may stand inside "am *very much* in favor of".
static BETWEEN: LazyLock<Vec<u64>> = LazyLock::new(|| {
    "always still also now all very much never not n't both no longer been".split(' ').map(hash).collect()
});

const TO_BE: u64 = hash("be");
const THERE: u64 = hash("there");
const TO_COME: [u64; 3] = [hash("will"), hash("would"), hash("'ll")];
const NO: u64 = hash("no");
const HIMSELF: [u64; 3] = [hash("he"), hash("she"), hash("they")];
const SHORT_BE: [u64; 2] = [hash("'m"), hash("'re")];
/// Words of what a side is about that are looked at, and words between the parts of its phrase.
const ABOUT: usize = 12;
const INSIDE: usize = 3;

/// A side that a sentence takes.
#[derive(Debug, Clone)]
pub(super) struct Side {
    sentence: u16,
    /// The words of its phrase, with what turns it: "can't back".
    first: usize,
    last: usize,
    supports: bool,
    /// It says that there will be no such thing, and not who is against it.
    none: bool,
    /// Weighty words of the first phrase of what it is about, and of the rest.
    about: Vec<usize>,
    rest: Vec<usize>,
}

/// Notes in a finding that the sentences take opposite sides of one thing; where they take the same side, nothing opposes them.
pub(super) fn apply(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &mut Finding) {
    let Some(first) = alignment.pairs.first() else { return };
    let (Some(x), Some(y)) = (taken(a, first.a), taken(b, first.b)) else { return };
    if !one_thing(a, x, b, y) || !one_subject(a, x, b, y, alignment) {
        return;
    }
    let cues = usize::from(a.denial.is_some()) + usize::from(b.denial.is_some());
    if (x.supports != y.supports) == cues.is_multiple_of(2) {
        finding.opposition = Opposition::Side;
        finding.pair = Some(Pair { a: x.last, b: y.last, bond: Bond::Antonym, slot: 2 });
        finding.vague = false;
    } else if !matches!(finding.opposition, Opposition::Number | Opposition::Exclusive) {
        finding.opposition = Opposition::None;
        finding.pair = None;
    }
}

/// Tells whether one and the same takes both sides; who says that there will be no such thing takes the side himself.
fn one_subject(a: &Parsed, x: &Side, b: &Parsed, y: &Side, alignment: &Alignment) -> bool {
    match (x.none, y.none) {
        (false, false) => proposition::subjects(a, x.last, b, y.last, alignment) == Likeness::Same,
        (true, true) => false,
        (true, false) => speakers(a, b) == Likeness::Same && is_speaker_own(b, y),
        (false, true) => speakers(a, b) == Likeness::Same && is_speaker_own(a, x),
    }
}

/// Tells whether the speaker takes a side himself: "I am in favour", in a paraphrase "he was in favour".
fn is_speaker_own(parsed: &Parsed, side: &Side) -> bool {
    let syntax = parsed.syntax();
    let agent = syntax.predicate(side.last).and_then(|predicate| syntax.frame(predicate).agent);
    let person = |word: usize| match parsed.words[word].person() {
        Some(Person::First) => true,
        Some(Person::Third) => parsed.is_paraphrased(word) && HIMSELF.contains(&parsed.words[word].surface),
        _ => false,
    };
    agent.is_some_and(person)
}

/// Returns the side that the sentence of a word takes.
fn taken(parsed: &Parsed, word: usize) -> Option<&Side> {
    let sentence = parsed.words[word].sentence;
    parsed.sides().iter().find(|side| side.sentence == sentence)
}

/// Returns the words by which a claim takes the side whose phrase ends at a word.
pub(super) fn written(parsed: &Parsed, last: usize) -> &str {
    let first = parsed.sides().iter().find(|side| side.last == last).map_or(last, |side| side.first);
    &parsed.text[parsed.words[first].at.start..parsed.words[last].at.end]
}

/// Reads the sides that the sentences of a claim take, the first of each.
pub(super) fn read(parsed: &Parsed) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    if parsed.mood.question {
        return sides;
    }
    let tokens = tokens(parsed);
    for at in 0..tokens.len() {
        let sentence = parsed.words[tokens[at].word].sentence;
        if sides.last().is_some_and(|side| side.sentence == sentence) {
            continue;
        }
        let there = none_to_come(parsed, &tokens, at);
        let none = there.is_some();
        let taken = there.map(|end| (end, true)).or_else(|| phrase(parsed, &tokens, at));
        let Some((end, supports)) = taken else { continue };
        // "I opposed the dam then, but I back it": the first side is not the one taken now.
        if parsed.is_of_the_past(tokens[at].word) {
            continue;
        }
        let (first, last) = (tokens[at].word, tokens[end].word);
        let (about, rest) = about(parsed, last + 1);
        if about.is_empty() {
            continue;
        }
        let turning = parsed.operations.iter().filter(|o| {
            let reaches = o.word < first && (o.reach.contains(&first) || o.reach.contains(&last));
            let negates = o.operator.family != Family::Stance;
            turns(o) && negates && ((first..=last).contains(&o.word) || reaches)
        });
        let turning: Vec<usize> = turning.map(|o| o.word).collect();
        let supports = supports == (turning.len().is_multiple_of(2));
        // "There will be a toll" only foretells one.
        if none && supports {
            continue;
        }
        let first = turning.first().map_or(first, |&word| word.min(first));
        sides.push(Side { sentence, first, last, supports, none, about, rest });
    }
    sides
}

/// One written word: a phrase of the lexicon has several.
struct Token {
    /// The number of the word or phrase.
    word: usize,
    forms: Vec<u64>,
}

/// Returns the written words of a claim with the dictionary forms that each may have.
fn tokens(parsed: &Parsed) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(parsed.words.len());
    for (number, word) in parsed.words.iter().enumerate() {
        let written = parsed.written(number);
        let joined = written.contains(' ');
        for part in written.split(' ') {
            let lower = part.to_lowercase();
            let surface = if joined { hash(&lower) } else { word.surface };
            let mut forms = vec![surface];
            if joined {
                WORDS.lemmas(&lower, |form| forms.push(form));
            } else {
                forms.extend([word.lemma].iter().chain(&word.forms));
            }
            forms.extend((BE.contains(&surface) || SHORT_BE.contains(&surface)).then_some(TO_BE));
            tokens.push(Token { word: number, forms });
        }
    }
    tokens
}

/// Returns where "there will be no" ends that begins at a token.
fn none_to_come(parsed: &Parsed, tokens: &[Token], first: usize) -> Option<usize> {
    let sentence = parsed.words[tokens[first].word].sentence;
    let is = |at: usize, words: &[u64]| {
        let token = tokens.get(at).filter(|token| parsed.words[token.word].sentence == sentence);
        token.is_some_and(|token| token.forms.iter().any(|form| words.contains(form)))
    };
    if !is(first, &[THERE]) || !is(first + 1, &TO_COME) {
        return None;
    }
    let be = (first + 2..first + 2 + INSIDE).find(|&at| is(at, &[TO_BE]))?;
    let between = (first + 2..be).all(|at| is(at, &BETWEEN));
    between.then(|| if is(be + 1, &[NO]) { be + 1 } else { be })
}

/// Returns where a phrase that begins at a token ends, and whether it supports what follows.
fn phrase(parsed: &Parsed, tokens: &[Token], first: usize) -> Option<(usize, bool)> {
    let known = tokens[first].forms.iter().filter_map(|form| PHRASES.get(form)).flatten();
    let ended = known.filter_map(|phrase| {
        let mut at = first;
        for part in &phrase.rest {
            let mut after = at + 1..tokens.len().min(at + 2 + INSIDE);
            let next = after.find(|&n| tokens[n].forms.contains(part))?;
            let between =
                |n: usize| BETWEEN.contains(&tokens[n].forms[0]) || parsed.written(tokens[n].word).ends_with("ly");
            if !(at + 1..next).all(between) {
                return None;
            }
            at = next;
        }
        Some((at, phrase.supports))
    });
    ended.max_by_key(|(last, _)| *last)
}

/// Returns the weighty words of the first phrase after a side, and of what follows it.
fn about(parsed: &Parsed, from: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut first, mut rest, mut later) = (Vec::new(), Vec::new(), false);
    let Some(start) = parsed.words.get(from) else { return (first, rest) };
    for n in from..parsed.words.len().min(from + ABOUT) {
        let word = &parsed.words[n];
        let comma = n > from && parsed.text[parsed.words[n - 1].at.end..word.at.start].contains(',');
        if word.sentence != start.sentence || word.clause != start.clause || comma || ENDS.contains(&word.surface) {
            break;
        }
        later |= PREPOSITIONS.contains(&word.surface);
        if word.weight > 0.0 {
            if later { rest.push(n) } else { first.push(n) }
        }
    }
    (first, rest)
}

/// Tells whether two sides are about one thing: the same words, or those of the one with more to describe it.
fn one_thing(a: &Parsed, x: &Side, b: &Parsed, y: &Side) -> bool {
    let stems = |side: &Parsed, words: &[usize]| -> Vec<u64> { words.iter().map(|&n| side.words[n].stem).collect() };
    let (of_a, of_b) = (stems(a, &x.about), stems(b, &y.about));
    let (few, many) = if of_a.len() <= of_b.len() { (&of_a, &of_b) } else { (&of_b, &of_a) };
    let (longer, words) = if of_a.len() <= of_b.len() { (b, &y.about) } else { (a, &x.about) };
    // "Cutting the fares" and "the fares" are two things.
    let acts = words.iter().any(|&n| !few.contains(&longer.words[n].stem) && longer.written(n).ends_with("ing"));
    let (rest_a, rest_b) = (stems(a, &x.rest), stems(b, &y.rest));
    let apart = !rest_a.is_empty() && !rest_b.is_empty() && !rest_a.iter().any(|stem| rest_b.contains(stem));
    few.last() == many.last() && few.iter().all(|stem| many.contains(stem)) && !acts && !apart
}
