//! Quantities of a claim: an interval, a unit and a kind, from digits and number words alike.
//!
//! "about 40 men", "more than 3 million dollars", "the 18th floor", "4.5 percent", "in 2018".

use super::parsed::{self, Word};
use super::words::{Bound, NumberWord, Unit, WORDS, hash};
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Cardinal,
    Ordinal,
    Percent,
    /// Something with a unit: a length, a time, a sum in one currency; the number of `units.tsv`.
    Of(u8),
    /// A calendar year.
    Year,
}

impl Measure {
    const fn code(self) -> u64 {
        match self {
            Self::Cardinal => 0,
            Self::Ordinal => 1,
            Self::Percent => 2,
            Self::Year => 3,
            Self::Of(number) => 4 + number as u64,
        }
    }
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Number of the first word.
    pub word: usize,
    pub low: f64,
    pub high: f64,
    pub measure: Measure,
    /// Stem of the word counted; 0 when nothing follows.
    pub unit: u64,
}

impl Quantity {
    /// Tells whether no number lies in both intervals, 2 % of the larger apart.
    pub fn excludes(&self, other: &Self) -> bool {
        let slack = 0.02 * self.high.abs().min(other.high.abs());
        self.low > other.high + slack || other.low > self.high + slack
    }
}

/// Reads the quantities and joins the words of each number into its first word.
pub(super) fn read(text: &str, words: &mut Vec<Word>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let Some((mut value, mut measure, mut length)) = number(text, &words[at..]) else {
            kept.push(words[at].clone());
            at += 1;
            continue;
        };
        let rest: &[Word] = words.get(at + length..).unwrap_or_default();
        if let Some((whole, more)) = of_how_many(text, rest).filter(|_| measure == Measure::Cardinal && value >= 1.0)
            && whole > value
        {
            (value, measure, length) = (100.0 * value / whole, Measure::Percent, length + more);
        } else if rest.first().is_some_and(percent) {
            (measure, length) = (Measure::Percent, length + 1);
        } else if let Some(unit) = unit(&words[at], rest).filter(|_| measure == Measure::Cardinal) {
            (value, measure, length) = (value * unit.size + unit.zero, Measure::Of(unit.measure), length + 1);
        }
        let mut word = words[at].clone();
        word.at.end = words[at + length - 1].at.end;
        word.quantity = Some(found.len() as u16);
        word.weight = word.weight.clamp(3.0, 5.0);
        word.name = false;
        word.lemma = hash("#number") ^ value.to_bits() ^ measure.code();
        (word.stem, word.surface) = (word.lemma, word.lemma);
        kept.push(word);
        let next = words[at + length..]
            .iter()
            .find(|next| next.weight > 0.0)
            .filter(|next| next.sentence == words[at].sentence);
        let (low, high) = match parsed::bound(&kept, kept.len() - 1) {
            _ if measure == Measure::Year => (value, value),
            Some((Bound::About, _)) => (value * 0.85, value * 1.15),
            Some((Bound::Nearly, _)) => (value * 0.85, value),
            Some((Bound::Below, _)) => (f64::MIN, value),
            Some((Bound::Above, _)) => (value, f64::MAX),
            None => (value, value),
        };
        found.push(Quantity { word: kept.len() - 1, low, high, measure, unit: next.map_or(0, |next| next.stem) });
        at += length;
    }
    *words = kept;
    found
}

/// Tells whether a word is "percent", or one that may stand for it.
fn percent(word: &Word) -> bool {
    word.entry.is_some_and(|entry| entry.synonyms.iter().any(|group| percent_groups().contains(group)))
}

fn percent_groups() -> &'static [u16] {
    super::words::WORDS.entries.get(&hash("percent")).map_or(&[], |entry| &entry.synonyms)
}

/// Reads the number that the words begin with: its value, kind and length in words.
fn number(text: &str, words: &[Word]) -> Option<(f64, Measure, usize)> {
    let first = words.first()?;
    let written = &text[first.at.clone()];
    if let Some(share) = fraction(written, words) {
        return Some((share, Measure::Percent, 2));
    }
    if let Some((mut value, mut measure)) = digits(written) {
        let mut length = 1;
        while let Some(scale) = words.get(length).and_then(scale) {
            value *= scale;
            length += 1;
        }
        if length > 1 && measure == Measure::Year {
            measure = Measure::Cardinal;
        }
        return Some((value, measure, length));
    }
    match first.entry?.number? {
        NumberWord::Ordinal(value) => Some((value, Measure::Ordinal, 1)),
        NumberWord::Scale(value) => Some((value, Measure::Cardinal, 1)).filter(|_| value >= 12.0),
        NumberWord::Part(_) => None,
        NumberWord::Share(value) => {
            let whole = words.get(1).is_some_and(|next| SHARED.contains(&next.surface));
            whole.then_some((value, Measure::Percent, 1))
        }
        NumberWord::Cardinal(mut value) => {
            let mut length = 1;
            while let Some(next) = words.get(length).and_then(|word| word.entry?.number) {
                match next {
                    NumberWord::Cardinal(small) if value >= 20.0 && small < 10.0 => value += small,
                    NumberWord::Scale(scale) => value *= scale,
                    _ => break,
                }
                length += 1;
            }
            Some((value, Measure::Cardinal, length))
        }
    }
}

/// Reads "a third of", "three quarters of the": a share in percent, told by two words.
fn fraction(written: &str, words: &[Word]) -> Option<f64> {
    let count = match words.first()?.entry.and_then(|entry| entry.number) {
        Some(NumberWord::Cardinal(count)) => count,
        None if written.eq_ignore_ascii_case("a") => 1.0,
        _ => return None,
    };
    let (NumberWord::Ordinal(parts) | NumberWord::Part(parts)) = words.get(1)?.entry?.number? else { return None };
    let of = words.get(2).is_some_and(|next| SHARED.contains(&next.surface));
    (of && parts > 2.0 && count < parts).then_some(100.0 * count / parts)
}

fn scale(word: &Word) -> Option<f64> {
    match word.entry?.number? {
        NumberWord::Scale(scale) => Some(scale),
        _ => None,
    }
}

/// Returns the unit that follows a number in its sentence.
fn unit(number: &Word, rest: &[Word]) -> Option<Unit> {
    rest.first().filter(|next| next.sentence == number.sentence)?.entry?.unit
}

/// Most that a share is told of: "two in five", "7 out of 1000".
const WHOLE: f64 = 1000.0;

/// Reads what a share is told of, "in five" or "out of 100", and its length in words; a time ("in 5 days") is none.
fn of_how_many(text: &str, words: &[Word]) -> Option<(f64, usize)> {
    let is = |n: usize, written: &str| words.get(n).is_some_and(|word| word.surface == hash(written));
    let before = match (is(0, "in"), is(0, "out") && is(1, "of")) {
        (true, _) => 1,
        (_, true) => 2,
        _ => return None,
    };
    let rest = words.get(before..)?;
    let (whole, measure, length) = number(text, rest)?;
    let plain = measure == Measure::Cardinal && whole <= WHOLE && whole.fract() == 0.0;
    let counted = unit(rest.first()?, rest.get(length..)?).is_none();
    (plain && counted).then_some((whole, before + length))
}

/// What follows a share: "half of", "half the".
static SHARED: LazyLock<[u64; 3]> = LazyLock::new(|| ["of", "the", "all"].map(hash));

/// Returns the measure of the currency sign that a number begins with.
fn currency(written: &str) -> Measure {
    let sign = written.chars().next().filter(|sign| !sign.is_ascii_digit());
    let unit = sign.and_then(|sign| WORDS.entries.get(&hash(sign.encode_utf8(&mut [0; 4])))?.unit);
    unit.map_or(Measure::Cardinal, |unit| Measure::Of(unit.measure))
}

/// Reads digits: `1,200`, `$4.5`, `18th`, `2018`.
fn digits(written: &str) -> Option<(f64, Measure)> {
    let bare = written.trim_start_matches(['$', '€', '£']);
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = bare.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(bare.len());
    let (figures, ending) = bare.split_at(end);
    let value: f64 = figures.replace(',', "").parse().ok()?;
    let measure = match ending.to_ascii_lowercase().as_str() {
        "st" | "nd" | "rd" | "th" => Measure::Ordinal,
        "" if bare.len() != written.len() => currency(written),
        "" if (1800.0..2100.0).contains(&value) && figures.len() == 4 => Measure::Year,
        "" => Measure::Cardinal,
        "m" | "mn" => return Some((value * 1e6, currency(written))),
        "bn" | "b" => return Some((value * 1e9, currency(written))),
        "k" => return Some((value * 1e3, Measure::Cardinal)),
        _ => return None,
    };
    Some((value, measure))
}
