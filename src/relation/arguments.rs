//! How an argument of one predicate stands to that of another: the same, another, or one that cannot be told.
//!
//! A pronoun may mean anybody; who speaks of himself is known by the speaker, his office and the bodies that he speaks for.

use super::align::Alignment;
use super::parsed::{Parsed, Word};
use super::words::{Person, hash};
use crate::lexicon::people;

const IT: u64 = hash("it");
const THEY: u64 = hash("they");
const HE: u64 = hash("he");
const SHE: u64 = hash("she");
const OF: u64 = hash("of");

/// How an argument of one predicate stands to that of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    /// A pronoun, or nothing, on one side.
    Untold,
    Differs,
}

/// The words of one pair of claims that are linked and agree.
pub(super) struct Links<'a>(pub &'a Alignment);

impl Links<'_> {
    /// Returns the partner of a word of the first side.
    pub fn partner(&self, of_a: usize) -> Option<usize> {
        self.0.pairs.iter().find(|pair| pair.a == of_a).map(|pair| pair.b)
    }

    /// Returns the partner of a word of the second side.
    pub fn partner_of_b(&self, of_b: usize) -> Option<usize> {
        self.0.pairs.iter().find(|pair| pair.b == of_b).map(|pair| pair.a)
    }

    /// Tells whether two words are linked and do not oppose one another.
    pub fn agree(&self, of_a: usize, of_b: usize) -> bool {
        self.0.pairs.iter().any(|pair| pair.a == of_a && pair.b == of_b && !pair.bond.opposes())
    }
}

/// Which argument is compared: in a paraphrase, "he" as the subject is mostly the speaker himself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Subject,
    Object,
}

/// Compares two arguments, each by its noun; nothing where the parse found none.
pub(super) fn argument(
    part: Part,
    a: &Parsed,
    x: Option<usize>,
    b: &Parsed,
    y: Option<usize>,
    links: &Links<'_>,
) -> Likeness {
    let person = |side: &Parsed, word: usize| {
        let person = side.words[word].person();
        let himself = part == Part::Subject && side.is_paraphrased(word) && side.words[word].surface != IT;
        if person == Some(Person::Third) && himself { Some(Person::First) } else { person }
    };
    let (Some(x), Some(y)) = (x, y) else {
        return match (x, y) {
            _ if part == Part::Object => Likeness::Untold,
            // "No drone was seen": the parse may miss a subject that both sentences open with.
            _ if opens_both(a, b, x, y, links) => Likeness::Same,
            (Some(x), None) if person(a, x) != Some(Person::First) => named(b, a, x),
            (None, Some(y)) if person(b, y) != Some(Person::First) => named(a, b, y),
            _ => speakers(a, b),
        };
    };
    let (x, y) = match (measured(a, x), measured(b, y)) {
        (Some(x), None) => (x, y),
        (None, Some(y)) => (x, y),
        _ => (x, y),
    };
    if links.agree(x, y) {
        return if told_apart(a, x, b, y, links.0) { Likeness::Differs } else { Likeness::Same };
    }
    if taken_up(a, x).is_some_and(|x| links.agree(x, y)) || taken_up(b, y).is_some_and(|y| links.agree(x, y)) {
        return Likeness::Same;
    }
    match (person(a, x), person(b, y)) {
        // "Solvang airport" beside "Solvang": the name alone may stand for the whole.
        (None, None) if part == Part::Subject && (bears_name(a, x, b, y) || bears_name(b, y, a, x)) => Likeness::Untold,
        // "There are" on both sides.
        (None, None) if a.words[x].surface == b.words[y].surface => Likeness::Same,
        (Some(Person::First), Some(Person::First)) => match speakers(a, b) {
            Likeness::Untold if a.direct == b.direct => Likeness::Same,
            // Two paraphrases may say "she" of one woman.
            Likeness::Differs if a.words[x].surface == b.words[y].surface && alone(a, x) => Likeness::Untold,
            told => told,
        },
        (Some(Person::First), None) => named(a, b, y),
        (None, Some(Person::First)) => named(b, a, x),
        (Some(one), Some(other)) if one == other => Likeness::Untold,
        (Some(Person::First | Person::Second), _) | (_, Some(Person::First | Person::Second)) => Likeness::Differs,
        (Some(_), _) | (_, Some(_)) => Likeness::Untold,
        (None, None)
            if part == Part::Subject
                && a.is_claim()
                && b.is_claim()
                && (open_alike(a, x, b, y, links) || open_in_the_same_words(a, x, b, y, links)) =>
        {
            Likeness::Same
        }
        (None, None) => Likeness::Differs,
    }
}

/// Tells whether the two sentences open with one noun, which the parse took for the subject on one side at least: "a *drone* from Larnsea".
fn open_alike(a: &Parsed, x: usize, b: &Parsed, y: usize, links: &Links<'_>) -> bool {
    let (Some(of_a), Some(of_b)) = (opener(a), opener(b)) else { return false };
    let of = |side: &Parsed, word: usize, opener: usize| word == opener || side.syntax().governor(word) == Some(opener);
    (of_a == x || of_b == y)
        && of(a, x, of_a)
        && of(b, y, of_b)
        && links.agree(of_a, of_b)
        && !told_apart(a, of_a, b, of_b, links.0)
}

/// Tells whether the two sentences open in the same words up to what the parse took for the subject on either side: "the *ward* at St.
/// Brannoc's", "the ward at St. *Brannoc's*".
fn open_in_the_same_words(a: &Parsed, x: usize, b: &Parsed, y: usize, links: &Links<'_>) -> bool {
    let opening = |side: &Parsed, subject: usize| -> (Vec<usize>, usize) {
        let own = side.words.iter().enumerate().filter(|(_, word)| word.sentence == side.words[subject].sentence);
        let weighty: Vec<usize> = own.filter(|(_, word)| word.weight > 0.0).map(|(number, _)| number).collect();
        let length = weighty.iter().take_while(|&&number| number <= subject).count();
        (weighty, length)
    };
    let ((of_a, first), (of_b, second)) = (opening(a, x), opening(b, y));
    let length = first.max(second);
    let counts = |side: &Parsed, words: &[usize]| words.iter().any(|&word| side.words[word].quantity.is_some());
    length > 1
        && of_a.len() >= length
        && of_b.len() >= length
        && of_a.iter().zip(&of_b).take(length).all(|(&x, &y)| links.agree(x, y))
        && !counts(a, &of_a[..length])
        && !counts(b, &of_b[..length])
}

/// Returns what a measure is of: "400 litres of *chemical*".
fn measured(side: &Parsed, word: usize) -> Option<usize> {
    let own = &side.words[word];
    let measures = own.entry.is_some_and(|entry| entry.unit.is_some()) || own.quantity.is_some();
    let of = side.words.get(word + 1).is_some_and(|next| next.surface == OF);
    let mut things = (word + 2..side.words.len()).take(2);
    things.find(|&noun| side.words[noun].weight > 0.0).filter(|_| measures && of)
}

/// Tells whether both claims open with one noun that is the subject wherever the parse found one.
fn opens_both(a: &Parsed, b: &Parsed, of_a: Option<usize>, of_b: Option<usize>, links: &Links<'_>) -> bool {
    let (Some(x), Some(y)) = (opener(a), opener(b)) else { return false };
    let parsed = of_a.is_none_or(|word| word == x) && of_b.is_none_or(|word| word == y);
    parsed && a.is_claim() && b.is_claim() && links.agree(x, y) && !told_apart(a, x, b, y, links.0)
}

/// Returns the first word of weight of a claim that is no figure.
fn opener(side: &Parsed) -> Option<usize> {
    side.words.iter().position(|word| word.weight > 0.0 && word.quantity.is_none())
}

/// Returns what "it" or "they" takes up of the clause before: "the port is ours and *it* will not be sold".
fn taken_up(side: &Parsed, word: usize) -> Option<usize> {
    let takes = side.words[word].surface == IT || side.words[word].surface == THEY;
    let noun = side.syntax().subject_before(word).filter(|_| takes)?;
    (side.words[noun].sentence == side.words[word].sentence).then_some(noun)
}

/// Tells whether each side sets the noun apart by words that the other lacks: "the old bridge", "the railway bridge". Figures do not:
/// they say how many; "the first", "the second" do.
fn told_apart(a: &Parsed, x: usize, b: &Parsed, y: usize, alignment: &Alignment) -> bool {
    let before = |side: &Parsed, noun: usize, linked: &dyn Fn(usize) -> bool| {
        let modifiers = side.syntax().modifiers(noun).filter(|&word| {
            let counts = side.words[word].quantity.is_some() && !side.is_ordinal(word);
            side.words[word].weight > 0.0 && !counts
        });
        modifiers.filter(|&word| !linked(word)).count()
    };
    let of_a = before(a, x, &|word| alignment.pairs.iter().any(|pair| pair.a == word && !pair.bond.opposes()));
    let of_b = before(b, y, &|word| alignment.pairs.iter().any(|pair| pair.b == word && !pair.bond.opposes()));
    of_a > 0 && of_b > 0
}

/// Tells whether the two speak of things that go by one noun and are set apart: "in the east wing", "in the west wing".
pub(super) fn of_two_things(a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
    let agreeing = alignment.pairs.iter().filter(|pair| !pair.bond.opposes());
    { agreeing }.any(|pair| told_apart(a, pair.a, b, pair.b, alignment))
}

/// Tells whether a word goes on a name that the other side has alone: "Solvang airport" and "Solvang". Several of a place are not the place.
fn bears_name(own: &Parsed, word: usize, other: &Parsed, name: usize) -> bool {
    let before = word.checked_sub(1).map(|before| &own.words[before]);
    let alone = before.is_some_and(|before| {
        before.surface == other.words[name].surface && before.sentence == own.words[word].sentence
    });
    alone && other.written(name).starts_with(char::is_uppercase) && !own.written(word).ends_with('s')
}

/// Tells whether a word is "he" or "she".
fn alone(side: &Parsed, word: usize) -> bool {
    side.words[word].surface == HE || side.words[word].surface == SHE
}

/// Tells whether a claim opens with its speaker: "I will stay", "that he would stay".
pub(super) fn opens_with_speaker(side: &Parsed) -> bool {
    let opener = side.words.iter().position(Word::stands_for_something);
    opener.is_some_and(|word| match side.words[word].person() {
        Some(Person::First) => true,
        Some(Person::Third) => alone(side, word) && side.is_paraphrased(word),
        _ => false,
    })
}

/// Compares the speakers of two claims.
pub(super) fn speakers(a: &Parsed, b: &Parsed) -> Likeness {
    match (&a.speaker, &b.speaker) {
        (Some(a), Some(b)) if a == b => Likeness::Same,
        (Some(_), Some(_)) => Likeness::Differs,
        _ => Likeness::Untold,
    }
}

/// Tells whether a word of `other` names the speaker of `own`, who speaks of himself.
fn named(own: &Parsed, other: &Parsed, word: usize) -> Likeness {
    let Some(speaker) = &own.speaker else { return Likeness::Untold };
    let written = other.written(word).to_lowercase();
    let mut parts = written.split_whitespace();
    let office = own.title.iter().flat_map(|title| title.split_whitespace());
    if parts.any(|part| speaker.split_whitespace().chain(office.clone()).any(|name| name == part)) {
        return Likeness::Same;
    }
    // "We" of a minister is the government.
    if own.title.as_deref().is_some_and(|title| people::speaks_for(title, &written)) {
        return Likeness::Same;
    }
    if other.words[word].person().is_some() { Likeness::Untold } else { Likeness::Differs }
}
