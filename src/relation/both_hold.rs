//! What lets two statements that oppose one another both hold: one came later, one is of another, one is a wish or was not meant.
//!
//! "The road is closed" and, two days later, "the road is open"; "we will not sell it to the town" and "we will sell it to the
//! tenants"; "I want them to win" and "they will not win". None of them takes anything back.

use super::align::Alignment;
use super::arguments::{Likeness, speakers};
use super::judge::{Finding, Opposition};
use super::parsed::{Parsed, Word};
use super::words::{Family, WORDS, hash};
use super::{limits, proposition};
use chrono::Datelike;

/// Days for which what two people say of a passing state is held against one another.
const PASSED: i64 = 7;
/// Days after which what is there need not be there any more.
const YEAR: i64 = 365;
/// "Will", as a paraphrase tells it.
const WOULD: u64 = hash("would");
const NEVER: u64 = hash("never");
const ONLY: [u64; 4] = [hash("only"), hash("just"), hash("merely"), hash("solely")];
/// Words behind a negation among which "only" stands.
const REACH: usize = 4;
const BACK: [u64; 2] = [hash("that"), hash("this")];
/// Prepositions whose nouns say to whom, where or for what: another noun makes another matter of it.
const OF_WHOM: [u64; 9] = [
    hash("to"),
    hash("for"),
    hash("with"),
    hash("from"),
    hash("against"),
    hash("in"),
    hash("at"),
    hash("on"),
    hash("through"),
];

/// Prepositions that place an act by an event, and those of them that place it off the event.
const BY_EVENT: [u64; 5] = [hash("at"), hash("during"), hash("before"), hash("after"), hash("on")];
const OFF_EVENT: [u64; 2] = [hash("before"), hash("after")];
/// Words for the day on which something is said, and the one before.
const OWN_DAY: [u64; 3] = [hash("today"), hash("tonight"), hash("yesterday")];

/// Returns why two claims that oppose one another may both hold, where something in them says so; `a` is the earlier.
pub(super) fn both_hold(
    a: &Parsed,
    b: &Parsed,
    alignment: &Alignment,
    finding: &Finding,
) -> Option<(&'static str, &'static str)> {
    if a.mood.scorn != b.mood.scorn {
        return Some(("veto.scorn", "one of the two is said in scorn"));
    }
    if has_come_since(a, b, finding) {
        return Some(("veto.since", "what had not happened when the one was said may have happened since"));
    }
    let (of_a, of_b) = proposition::opposed(a, b, alignment, finding);
    if is_of_a_year_before(a, of_a, b, of_b) {
        return Some(("veto.past", "one of the two tells of a year that was over"));
    }
    if has_passed(a, b, finding) {
        return Some(("veto.passing", "what was so on one day need not be so on another"));
    }
    if is_more_than(a, &finding.turned_a, b) || is_more_than(b, &finding.turned_b, a) {
        return Some(("veto.others", "one says that there is more than that, not that there is none of it"));
    }
    let (of_a, of_b) = (a.syntax().predicate(of_a?)?, b.syntax().predicate(of_b?)?);
    if points_back(a, of_a) != points_back(b, of_b) {
        return Some(("veto.things", "what the one speaks of stands elsewhere in its words"));
    }
    if a.syntax().wished(of_a) != b.syntax().wished(of_b) {
        return Some(("veto.wish", "one of the two is a wish"));
    }
    is_of_others(a, of_a, b, of_b, alignment)
        .then_some(("veto.others", "each speaks of another person, place or purpose"))
}

/// Returns by how many days the later of two claims follows the earlier; nothing where a day is not known, or they may be of one day.
pub(super) fn days_between(a: &Parsed, b: &Parsed) -> Option<i64> {
    let (a, b) = (a.date?, b.date?);
    let days = if a.last() < b.first() { b.first() - a.last() } else { a.first() - b.last() };
    Some(days.num_days()).filter(|&days| days > 0)
}

impl Parsed {
    /// Tells whether two claims may be of two days: they were said more than a week apart, and one speaks of a day that only its own date tells.
    pub fn may_be_of_two_days(&self, other: &Self) -> bool {
        let apart = days_between(self, other).is_some_and(|days| days > PASSED);
        apart && (self.tells_of_its_day() || other.tells_of_its_day())
    }

    /// Tells whether the claim speaks of a day that only its own date tells: "today", "on Thursday".
    fn tells_of_its_day(&self) -> bool {
        let weekday = |word: &Word| {
            word.entry.is_some_and(|entry| entry.exclusive.iter().any(|&(class, _)| WORDS.class(class) == "weekday"))
        };
        self.words.iter().any(|word| weekday(word) || OWN_DAY.contains(&word.surface))
    }
}

/// Tells whether a negation bears on "only": "we don't take only refugees" beside "we take refugees first of all".
fn is_more_than(a: &Parsed, turned: &[usize], b: &Parsed) -> bool {
    let only = |side: &Parsed, mut words: std::ops::Range<usize>| {
        words.any(|word| side.words.get(word).is_some_and(|word| ONLY.contains(&word.surface)))
    };
    let bears = turned.iter().map(|&n| &a.operations[n]).any(|operation| {
        operation.operator.family == Family::Negator && only(a, operation.word + 1..operation.word + REACH)
    });
    bears && !only(b, 0..b.words.len())
}

/// Tells whether the object of a predicate is a word for what was said before: "half have voted, and I did not expect that".
fn points_back(side: &Parsed, predicate: usize) -> bool {
    side.syntax().frame(predicate).theme.is_some_and(|object| BACK.contains(&side.words[object].surface))
}

/// Tells whether the earlier of two claims of one speaker says only that something has not happened so far: "nobody has been found".
fn has_come_since(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let later = matches!((a.date, b.date), (Some(a), Some(b)) if a.last() < b.first());
    let turned: Vec<usize> = finding.turned_a.iter().map(|&n| a.operations[n].word).collect();
    let so_far = |&word: &usize| {
        let predicate = a.syntax().predicate(word);
        a.words[word].surface != NEVER && predicate.is_some_and(|predicate| a.syntax().is_perfect(predicate, a))
    };
    let negator = |&n: &usize| a.operations[n].operator.family == Family::Negator;
    later
        && speakers(a, b) == Likeness::Same
        && finding.turned_b.is_empty()
        && !turned.is_empty()
        && finding.turned_a.iter().all(negator)
        && turned.iter().all(so_far)
}

/// Tells whether one of two claims tells of a year that was over when it was said, and the other of its day: "was not safe in 2019", "is
/// safe". A paraphrase tells of its day in the past tense. Takes the words that the opposition bears on.
fn is_of_a_year_before(a: &Parsed, of_a: Option<usize>, b: &Parsed, of_b: Option<usize>) -> bool {
    let (Some(x), Some(y)) = (of_a, of_b) else { return false };
    let over = |side: &Parsed, word: usize| {
        let said = side.date.map(|date| f64::from(date.first().year()));
        said.zip(limits::year(side, side.words[word].sentence)).is_some_and(|(said, year)| year < said)
    };
    let of_its_day = |side: &Parsed, word: usize| {
        let past = side.syntax().predicate(word).is_some_and(|predicate| side.syntax().is_past(predicate));
        limits::year(side, side.words[word].sentence).is_none() && (!past || side.direct == Some(false))
    };
    over(a, x) && of_its_day(b, y) || over(b, y) && of_its_day(a, x)
}

/// Tells whether what opposes is a state or an event of its day, said on two days: "is closed", "is open".
fn has_passed(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let Some(days) = days_between(a, b) else { return false };
    let long = speakers(a, b) == Likeness::Same || days > PASSED;
    let tells = |side: &Parsed| {
        !side.mood.forecast && !side.mood.obligation && side.words.iter().all(|word| word.surface != WOULD)
    };
    long && tells(a)
        && tells(b)
        && !finding.one_time
        && (days > YEAR && a.says_there() && b.says_there()
            || bears_on(a, b, finding).any(|(side, word)| side.words[word].is_form(|entry| entry.passing)))
}

/// Returns the words that an opposition lies in: the pair that opposes, or the predicates that are turned.
fn bears_on<'a>(a: &'a Parsed, b: &'a Parsed, finding: &Finding) -> impl Iterator<Item = (&'a Parsed, usize)> {
    let pair = finding.pair.into_iter().flat_map(move |pair| [(a, pair.a), (b, pair.b)]);
    let negated = matches!(finding.opposition, Opposition::Negation);
    let turned = |side: &'a Parsed, turned: &[usize]| -> Vec<(&'a Parsed, usize)> {
        let words = turned.iter().filter_map(|&n| side.syntax().predicate(side.operations[n].word));
        if negated { words.map(|word| (side, word)).collect() } else { Vec::new() }
    };
    pair.chain(turned(a, &finding.turned_a)).chain(turned(b, &finding.turned_b))
}

/// Tells whether the two acts have phrases of one preposition with other nouns: "sold to the town", "sold to the tenants".
fn is_of_others(a: &Parsed, of_a: usize, b: &Parsed, of_b: usize, alignment: &Alignment) -> bool {
    // "In the lake" may be the one that the other names.
    let may_be_one = |x: usize, y: usize| a.words[x].name != b.words[y].name;
    let linked = |x: usize, y: usize| may_be_one(x, y) || alignment.pairs.iter().any(|pair| pair.a == x || pair.b == y);
    let says = |side: &Parsed, noun: usize| {
        let word = &side.words[noun];
        word.weight > 0.0
            && word.person().is_none()
            && !side.is_time(noun)
            && word.entry.is_none_or(|entry| entry.unit.is_none())
    };
    let phrases = |side: &Parsed, predicate: usize| -> Vec<(u64, usize)> {
        let phrases = side.syntax().phrases(predicate).filter(|&(_, noun)| says(side, noun));
        phrases.map(|(preposition, noun)| (side.words[preposition].surface, noun)).collect()
    };
    let (all_a, all_b) = (phrases(a, of_a), phrases(b, of_b));
    let of = |all: &[(u64, usize)], preposition: u64| -> Vec<usize> {
        all.iter().filter(|phrase| phrase.0 == preposition).map(|phrase| phrase.1).collect()
    };
    let others = OF_WHOM.iter().any(|&preposition| {
        let (of_a, of_b) = (of(&all_a, preposition), of(&all_b, preposition));
        !of_a.is_empty() && !of_b.is_empty() && of_a.iter().all(|&x| of_b.iter().all(|&y| !linked(x, y)))
    });
    others || is_of_other_moments(&all_a, &all_b)
}

/// Tells whether phrases, each with its preposition, place two acts otherwise by an event: "during the match", "before kick-off".
fn is_of_other_moments(a: &[(u64, usize)], b: &[(u64, usize)]) -> bool {
    let placed = |all: &[(u64, usize)]| -> Vec<u64> {
        all.iter().map(|phrase| phrase.0).filter(|preposition| BY_EVENT.contains(preposition)).collect()
    };
    let (a, b) = (placed(a), placed(b));
    let other = |x: u64, y: u64| x != y && (OFF_EVENT.contains(&x) || OFF_EVENT.contains(&y));
    !a.is_empty() && !b.is_empty() && a.iter().all(|&x| b.iter().all(|&y| other(x, y)))
}

#[cfg(test)]
mod tests {
    use super::Parsed;
    use crate::date::Date;
    use crate::relation::Side;

    #[test]
    fn what_is_told_of_a_day_of_its_own_is_of_that_day() {
        let said = |text: &str, day: &str| Parsed::of(&Side { text, date: Date::parse_iso(day), ..Side::default() });
        let (march, june) = ("2024-03-05", "2024-06-20");
        let none = said("No ferry sailed from Orlund today", march);
        assert!(none.may_be_of_two_days(&said("A ferry sailed from Orlund on Thursday", june)));
        assert!(none.may_be_of_two_days(&said("A ferry sailed from Orlund", june)));
        assert!(!none.may_be_of_two_days(&said("A ferry sailed from Orlund on Tuesday", "2024-03-07")));
        assert!(!said("No ferry sails", march).may_be_of_two_days(&said("A ferry sails", june)));
    }
}
