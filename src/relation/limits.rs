//! What a negation leaves open: "not until May" is from May on, "not unless" is if, "nobody but the mayor" is the mayor.
//!
//! A limit is a marker and the words it governs. Whether a limit lifts the negation depends on the other claim: on whether it speaks
//! of the time, the condition or the exception that the limit names.

use super::align::Alignment;
use super::judge::turns;
use super::ledger::Operation;
use super::parsed::{Parsed, Word};
use super::quantity::Measure;
use super::words::{Family, WORDS, hash};
use chrono::{Datelike, NaiveDate};
use std::cmp::Ordering;
use std::ops::Range;

/// What kind of limit stands on a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitKind {
    /// "Not … until", "not … before": a time.
    Time,
    /// "Not … unless", "not … without": a condition.
    Condition,
    /// "Nobody but", "all except": a case.
    Exception,
}

/// A limit in a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    pub kind: LimitKind,
    /// The words that name the time, the condition or the case.
    pub reach: Range<usize>,
}

const TIMES: [u64; 3] = [hash("until"), hash("till"), hash("before")];
const CONDITIONS: [u64; 2] = [hash("unless"), hash("without")];
const BUT: u64 = hash("but");
/// What "but" and "except" may take a case from.
const WHOLES: [u64; 12] = [
    hash("nobody"),
    hash("no one"),
    hash("none"),
    hash("nothing"),
    hash("everyone"),
    hash("everybody"),
    hash("everything"),
    hash("all"),
    hash("anyone"),
    hash("anybody"),
    hash("anything"),
    hash("nowhere"),
];
/// Verbs of grammar, before which the subject ends.
const AUXILIARIES: [u64; 21] = [
    hash("is"),
    hash("are"),
    hash("was"),
    hash("were"),
    hash("be"),
    hash("been"),
    hash("has"),
    hash("have"),
    hash("had"),
    hash("do"),
    hash("does"),
    hash("did"),
    hash("will"),
    hash("would"),
    hash("can"),
    hash("could"),
    hash("may"),
    hash("might"),
    hash("should"),
    hash("must"),
    hash("shall"),
];

/// Tells whether a word is a verb of grammar: "is", "had", "will".
pub(super) fn is_auxiliary(word: &Word) -> bool {
    AUXILIARIES.contains(&word.surface)
}

/// Tells whether the words after one take a case from it: "nobody *but*".
pub(super) fn is_limited(words: &[Word], number: usize) -> bool {
    WHOLES.contains(&words[number].surface) && words.get(number + 1).is_some_and(|next| next.surface == BUT)
}

/// Reads the limits of a claim.
pub(super) fn read(text: &str, words: &[Word], operations: &[Operation]) -> Vec<Limit> {
    let mut limits = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let kind = match word.surface {
            time if TIMES.contains(&time) => LimitKind::Time,
            condition if CONDITIONS.contains(&condition) => LimitKind::Condition,
            _ if word.entry.is_some_and(|entry| entry.excepts) => LimitKind::Exception,
            BUT if at > 0 && WHOLES.contains(&words[at - 1].surface) => LimitKind::Exception,
            BUT if at > 1 && exclusive_but(words, at) => LimitKind::Exception,
            _ => continue,
        };
        let negated = || {
            let before = operations.iter().filter(|o| turns(o) && o.operator.family != Family::Stance);
            before.filter(|o| o.word < at).any(|o| words[o.word].sentence == word.sentence)
        };
        if kind != LimitKind::Exception && !negated() {
            continue;
        }
        limits.push(Limit { kind, reach: at + 1..end(text, words, at, kind) });
    }
    limits
}

/// Tells whether "but" takes a case from what was denied of everything: "nothing will stop it but a war".
fn exclusive_but(words: &[Word], at: usize) -> bool {
    let whole = words[..at].iter().rev().take_while(|word| word.sentence == words[at].sentence);
    let denied = whole.take(8).any(|word| NOTHING.contains(&word.surface));
    // A clause after "but" says something of its own.
    let article =
        words.get(at + 1).is_some_and(|next| next.weight > 0.0 || next.entry.is_some_and(|e| e.quantifier.is_some()));
    let clause = words[at + 1..].iter().take_while(|word| word.sentence == words[at].sentence).any(is_auxiliary);
    denied && article && !clause
}

/// Words that deny something of all.
const NOTHING: [u64; 7] =
    [hash("nothing"), hash("nobody"), hash("no one"), hash("none"), hash("no"), hash("never"), hash("nowhere")];

/// Returns where the words of a limit end: at a comma or the end of the sentence; an exception to the subject at its verb.
fn end(text: &str, words: &[Word], at: usize, kind: LimitKind) -> usize {
    let sentence = words[at].sentence;
    let in_subject = kind == LimitKind::Exception
        && (at == 0
            || WHOLES.contains(&words[at - 1].surface) && at < 4
            || !words[..at].iter().any(is_auxiliary) && at < 3);
    let mut named = false;
    for n in at + 1..words.len() {
        let word = &words[n];
        let comma = n > at + 1 && text.get(words[n - 1].at.end..word.at.start).is_some_and(|gap| gap.contains(','));
        let verb = in_subject && (is_auxiliary(word) || named && !word.name && word.weight > 0.0);
        if word.sentence != sentence || comma || verb {
            return n;
        }
        named |= word.name;
    }
    words.len()
}

/// What the limits of two claims come to beside one another.
#[derive(Debug, Default)]
pub(super) struct Lifted {
    /// Operators of each side that say nothing against the other.
    pub silent_a: Vec<usize>,
    pub silent_b: Vec<usize>,
    /// A time or a condition was lifted: other days and "before" and "after" say nothing either.
    pub open: bool,
    /// Exceptions that the other side speaks of: each turns the whole statement around once.
    pub excepted: usize,
    /// One side has an exception of which the other does not speak.
    pub differs: bool,
}

/// Compares the limits of two claims.
pub(super) fn lift(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Lifted {
    let mut lifted = Lifted::default();
    if a.limits.is_empty() && b.limits.is_empty() {
        return lifted;
    }
    let of_a = |word: usize| alignment.pairs.iter().any(|pair| pair.a == word && !pair.bond.opposes());
    let of_b = |word: usize| alignment.pairs.iter().any(|pair| pair.b == word && !pair.bond.opposes());
    let silent_a = one_side(a, b, &of_a, alignment.free_b.is_empty(), &mut lifted);
    let silent_b = one_side(b, a, &of_b, alignment.free_a.is_empty(), &mut lifted);
    (lifted.silent_a, lifted.silent_b) = (silent_a, silent_b);
    lifted
}

/// Returns the operators of `own` that its limits lift beside `other`; `linked` tells which of its words the other side has, and
/// `within` whether it has all of the other's.
fn one_side(
    own: &Parsed,
    other: &Parsed,
    linked: &dyn Fn(usize) -> bool,
    within: bool,
    lifted: &mut Lifted,
) -> Vec<usize> {
    let mut silent = Vec::new();
    let negators = |limit: &Limit| {
        let operations = own.operations.iter().enumerate();
        let start = limit.reach.start;
        let turning =
            operations.filter(move |(_, o)| turns(o) && o.operator.family == Family::Negator && o.word + 1 < start);
        turning.map(|(n, _)| n).collect::<Vec<usize>>()
    };
    for limit in &own.limits {
        let sentence = |n: usize| own.words.get(n).map(|word| word.sentence);
        let denied: Vec<usize> = (0..own.operations.len())
            .filter(|&n| turns(&own.operations[n]) && own.operations[n].operator.family == Family::Negator)
            .filter(|&n| NOTHING.contains(&own.words[own.operations[n].word].surface))
            .filter(|&n| sentence(own.operations[n].word) == sentence(limit.reach.start))
            .collect();
        let mut weighty = limit.reach.clone().filter(|&n| own.words[n].weight > 0.0).peekable();
        let mentioned = weighty.peek().is_some() && weighty.all(linked);
        match limit.kind {
            // Of the case that is excepted the opposite is said: "nobody but the mayor" is the mayor, "all but the mayor" is not.
            LimitKind::Exception if mentioned && denied.is_empty() => lifted.excepted += 1,
            LimitKind::Exception if mentioned => silent.extend(&denied),
            LimitKind::Exception if within => {
                silent.extend(&denied);
                lifted.differs = true;
            }
            LimitKind::Exception => lifted.differs = true,
            LimitKind::Condition if !has(other, &CONDITIONS) => {
                silent.extend(negators(limit));
                // "Not without a permit": the second negator goes with the first.
                silent.extend((0..own.operations.len()).filter(|&n| own.operations[n].word + 1 == limit.reach.start));
                lifted.open = true;
            }
            LimitKind::Time if is_open(own, limit, other, mentioned) => {
                silent.extend(negators(limit));
                lifted.open = true;
            }
            LimitKind::Condition | LimitKind::Time => {}
        }
    }
    silent
}

fn has(side: &Parsed, words: &[u64]) -> bool {
    side.words.iter().any(|word| words.contains(&word.surface))
}

/// Tells whether "not until" says nothing against the other side: that speaks of the same time or a later one, or of none.
fn is_open(own: &Parsed, limit: &Limit, other: &Parsed, mentioned: bool) -> bool {
    if has(other, &TIMES) {
        return false;
    }
    let denied = other.operations.iter().any(|o| turns(o) && o.operator.family == Family::Negator);
    let order = match (time(own, limit.reach.clone()), time(other, 0..other.words.len())) {
        (Some((one, at)), Some((two, when))) if one == two => at.partial_cmp(&when),
        _ if mentioned => Some(Ordering::Equal),
        _ => ends_before(own, limit.reach.clone(), other).then_some(Ordering::Greater),
    };
    if denied { order == Some(Ordering::Equal) } else { order != Some(Ordering::Greater) }
}

/// Returns the first time that some words name, as its kind and its place: months, weekdays, years, days, hours.
fn time(side: &Parsed, range: Range<usize>) -> Option<(u8, f64)> {
    side.words.get(range)?.iter().find_map(|word| {
        if let Some(quantity) = side.quantity(word).filter(|quantity| quantity.measure.is_time()) {
            return Some((u8::MAX, quantity.low));
        }
        let named = word.entry?.exclusive.iter();
        let mut named = named.filter(|&&(class, _)| matches!(WORDS.class(class), "month" | "weekday" | "season"));
        named.next().map(|&(class, member)| (class, f64::from(member)))
    })
}

/// Tells whether all that the other side speaks of is over when the time that a limit names begins: "not before 2026", "in October".
fn ends_before(own: &Parsed, limit: Range<usize>, other: &Parsed) -> bool {
    let Some((begins, _)) = period(own, limit) else { return false };
    let told = period(other, 0..other.words.len()).map(|(_, ends)| ends);
    let said = other.date.filter(|_| !other.mood.forecast).map(|date| year_of(date.last()) + MONTH);
    told.or(said).is_some_and(|ends| ends <= begins)
}

/// A month, in years.
const MONTH: f64 = 1.0 / 12.0;

fn year_of(date: NaiveDate) -> f64 {
    f64::from(date.year()) + f64::from(date.month0()) * MONTH
}

/// Returns the first year that a sentence names.
pub(super) fn year(side: &Parsed, sentence: u16) -> Option<f64> {
    first_year(side, side.words.iter().filter(|word| word.sentence == sentence))
}

fn first_year<'a>(side: &Parsed, mut words: impl Iterator<Item = &'a Word>) -> Option<f64> {
    words.find_map(|word| side.quantity(word).filter(|told| told.measure == Measure::Year).map(|told| told.low))
}

/// Returns when the year or the month that some words name begins and ends, in years; a month without a year is the next one where the claim
/// speaks of what will be, else the last.
fn period(side: &Parsed, range: Range<usize>) -> Option<(f64, f64)> {
    let words = side.words.get(range)?;
    let year = first_year(side, words.iter());
    let month = words.iter().find_map(|word| Some(f64::from(word.entry?.month()?) * MONTH));
    match (year, month) {
        (Some(year), Some(month)) => Some((year + month, year + month + MONTH)),
        (Some(year), None) => Some((year, year + 1.0)),
        (None, Some(month)) => {
            let said = year_of(side.date?.first());
            let begins = said.floor() + month;
            let begins = match side.mood.forecast {
                true if begins < said => begins + 1.0,
                false if begins > said => begins - 1.0,
                _ => begins,
            };
            Some((begins, begins + MONTH))
        }
        (None, None) => None,
    }
}
