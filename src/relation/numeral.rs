//! Numerals: what number some words say, from digits and number words alike: "1 200", "−0.5", "two hundred and fifty", "half a
//! million", "two and a half", "a third of", "dozens of", "several hundred".
//!
//! Refuses to ask what is counted: units, bounds and ranges are the business of `quantity`.

use super::parsed::Word;
use super::quantity::Measure;
use super::words::{NumberWord, WORDS, hash};

/// A number as some words say it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    pub low: f64,
    pub high: f64,
    pub measure: Measure,
    /// Words it takes.
    pub length: usize,
}

impl Numeral {
    const fn exact(value: f64, measure: Measure, length: usize) -> Self {
        Self { low: value, high: value, measure, length }
    }

    /// Tells whether the words name one number.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    fn times(self, factor: f64, more: usize) -> Self {
        Self { low: self.low * factor, high: self.high * factor, length: self.length + more, ..self }
    }
}

const A: u64 = hash("a");
const AN: u64 = hash("an");
const AND: u64 = hash("and");
const BY: u64 = hash("by");
const IN: u64 = hash("in");
const OF: u64 = hash("of");
const HALF: u64 = hash("half");
const MINUS: [u64; 2] = [hash("minus"), hash("negative")];
const SEVERAL: [u64; 3] = [hash("several"), hash("few"), hash("couple")];
/// What follows a share: "half of", "half the".
const SHARED: [u64; 3] = [OF, hash("the"), hash("all")];
const NOON: [u64; 2] = [hash("noon"), hash("midday")];
const MIDNIGHT: u64 = hash("midnight");

/// How much "hundreds" may be: from this many to that many times the scale.
const SOME: (f64, f64) = (1.5, 20.0);
/// How much "several hundred" may be.
const FEW: (f64, f64) = (2.0, 10.0);

/// Reads the numeral that the words begin with; `before` is the word in front of them.
pub(super) fn read(text: &str, before: Option<&Word>, words: &[Word]) -> Option<Numeral> {
    let first = words.first()?;
    if MINUS.contains(&first.surface) {
        let found = read(text, None, words.get(1..)?)?;
        return Some(Numeral { low: -found.high, high: -found.low, length: found.length + 1, ..found });
    }
    if NOON.contains(&first.surface) {
        return Some(Numeral::exact(720.0, Measure::Clock, 1));
    }
    if first.surface == MIDNIGHT {
        return Some(Numeral::exact(0.0, Measure::Clock, 1));
    }
    if first.entry.is_none() && !first_is_digit(text, first) {
        return None;
    }
    several(text, words)
        .or_else(|| fraction(text, before, words))
        .or_else(|| digits_and_scales(text, words))
        .or_else(|| spelled(text, words))
        .map(|found| and_a_half(found, words))
}

fn first_is_digit(text: &str, word: &Word) -> bool {
    text[word.at.clone()].contains(|c: char| c.is_ascii_digit())
}

/// Reads "several hundred", "a few dozen", "a couple of thousand".
fn several(text: &str, words: &[Word]) -> Option<Numeral> {
    let article = usize::from(is(words, 0, A));
    let word = words.get(article).filter(|word| SEVERAL.contains(&word.surface))?;
    let of = usize::from(word.surface == SEVERAL[2] && is(words, article + 1, OF));
    let start = article + 1 + of;
    let (factor, length) = scales(text, words.get(start..)?)?;
    Some(Numeral { low: FEW.0 * factor, high: FEW.1 * factor, measure: Measure::Cardinal, length: start + length })
}

/// Multiplies the scales that the words begin with ("hundred thousand"), with their number.
fn scales(_text: &str, words: &[Word]) -> Option<(f64, usize)> {
    let mut factor = 1.0;
    let mut length = 0;
    while let Some(scale) = words.get(length).and_then(scale) {
        factor *= scale;
        length += 1;
    }
    (length > 0).then_some((factor, length))
}

/// Reads "half a million", "half of", "a third of", "three quarters of a billion", "by half".
fn fraction(text: &str, before: Option<&Word>, words: &[Word]) -> Option<Numeral> {
    let (share, length) = part(words)?;
    let of = usize::from(is(words, length, OF));
    if is(words, length + of, A) || is(words, length + of, AN) {
        let start = length + of + 1;
        if let Some((factor, more)) = scales(text, words.get(start..)?) {
            return Some(Numeral::exact(share * factor, Measure::Cardinal, start + more));
        }
        let unit = words.get(start).is_some_and(|word| word.entry.is_some_and(|entry| entry.unit.is_some()));
        return unit.then_some(Numeral::exact(share, Measure::Cardinal, start));
    }
    let shared = words.get(length).is_some_and(|next| SHARED.contains(&next.surface));
    // "Fell by half", "cut in half".
    let change = is(words, 0, HALF) && before.is_some_and(|word| word.surface == BY || word.surface == IN);
    (shared || change).then_some(Numeral::exact(100.0 * share, Measure::Percent, length))
}

/// Reads a part of one, "half", "a third", "two-thirds", and its length in words.
fn part(words: &[Word]) -> Option<(f64, usize)> {
    let first = words.first()?;
    let number = first.entry.and_then(|entry| entry.number);
    if let Some(NumberWord::Share(percent)) = number {
        return Some((percent / 100.0, 1));
    }
    let count = match number {
        Some(NumberWord::Cardinal(count)) => count,
        None if first.surface == A => 1.0,
        _ => return None,
    };
    match words.get(1)?.entry?.number? {
        NumberWord::Ordinal(parts) | NumberWord::Part(parts) if parts > 2.0 && count < parts => {
            Some((count / parts, 2))
        }
        NumberWord::Share(50.0) if count == 1.0 => Some((0.5, 2)),
        _ => None,
    }
}

/// Reads digits with the scales that follow: "1.2 million", "$13 billion".
fn digits_and_scales(text: &str, words: &[Word]) -> Option<Numeral> {
    let (value, mut measure) = digits(&text[words.first()?.at.clone()])?;
    let mut found = Numeral::exact(value, measure, 1);
    if let Some((factor, length)) = scales(text, &words[1..]) {
        if measure == Measure::Year {
            measure = Measure::Cardinal;
        }
        found = Numeral { measure, ..found.times(factor, length) };
    }
    Some(found)
}

/// Reads number words: "twenty five", "two hundred and fifty", "a hundred", "hundreds of thousands", "third".
fn spelled(text: &str, words: &[Word]) -> Option<Numeral> {
    let first = words.first()?;
    if first.surface == A || first.surface == AN {
        let (factor, length) = scales(text, words.get(1..)?)?;
        return Some(Numeral::exact(factor, Measure::Cardinal, length + 1));
    }
    match first.entry?.number? {
        NumberWord::Ordinal(value) => Some(Numeral::exact(value, Measure::Ordinal, 1)),
        NumberWord::Scale(value) => {
            let (mut factor, mut length) = (value, 1);
            let plural = text[first.at.clone()].ends_with('s');
            if plural
                && is(words, 1, OF)
                && let Some((more, count)) = words.get(2..).and_then(|rest| scales(text, rest))
            {
                (factor, length) = (factor * more, length + 1 + count);
            }
            if plural {
                let (low, high) = (SOME.0 * factor, SOME.1 * factor);
                return Some(Numeral { low, high, measure: Measure::Cardinal, length });
            }
            (value >= 12.0).then_some(Numeral::exact(value, Measure::Cardinal, 1))
        }
        NumberWord::Cardinal(_) => {
            let (value, length) = cardinal(words)?;
            // "Tens of thousands".
            if value == 10.0 && length == 1 && text[first.at.clone()].ends_with('s') {
                let (factor, more) = if is(words, 1, OF) { scales(text, words.get(2..)?)? } else { return None };
                let (low, high) = (SOME.0 * 10.0 * factor, SOME.1 * 10.0 * factor);
                return Some(Numeral { low, high, measure: Measure::Cardinal, length: 2 + more });
            }
            Some(Numeral::exact(value, Measure::Cardinal, length))
        }
        NumberWord::Part(_) | NumberWord::Share(_) => None,
    }
}

/// Adds up cardinals: "one thousand two hundred and fifty five".
fn cardinal(words: &[Word]) -> Option<(f64, usize)> {
    let number = |n: usize| words.get(n).and_then(|word| word.entry?.number);
    let (mut total, mut group, mut length) = (0.0, 0.0, 0);
    // What the last word said: a digit, a ten, or a scale; decides what may follow.
    let mut open = f64::MAX;
    loop {
        // "Two hundred and fifty", but not "two and fifty".
        let joined = length > 0 && is(words, length, AND) && (group >= 100.0 || total > 0.0 && group == 0.0);
        let at = length + usize::from(joined);
        match number(at) {
            Some(NumberWord::Cardinal(value)) if value < open => {
                group += value;
                open = if value >= 20.0 { 10.0 } else { 0.0 };
                length = at + 1;
            }
            Some(NumberWord::Scale(scale)) if !joined && length > 0 => {
                if scale < 1000.0 {
                    group *= scale;
                    open = scale.min(100.0);
                } else {
                    (total, group) = (total + (group + 0.0) * scale, 0.0);
                    open = 1000.0;
                }
                length = at + 1;
            }
            _ => break,
        }
    }
    (length > 0).then_some((total + group, length))
}

/// Adds "and a half" or "and a quarter", and the scale after it: "two and a half million".
fn and_a_half(found: Numeral, words: &[Word]) -> Numeral {
    let Some((more, length)) = half_more(words.get(found.length..).unwrap_or_default()) else { return found };
    if found.measure != Measure::Cardinal || !found.is_exact() {
        return found;
    }
    // "A million and a half".
    let last = words.get(found.length - 1).and_then(scale).unwrap_or(1.0);
    let more = more * last;
    let sum = Numeral { low: found.low + more, high: found.high + more, length: found.length + length, ..found };
    match scales("", words.get(sum.length..).unwrap_or_default()) {
        Some((factor, count)) => sum.times(factor, count),
        None => sum,
    }
}

/// Reads "and a half" or "and a quarter", and its length in words.
pub(super) fn half_more(words: &[Word]) -> Option<(f64, usize)> {
    if !is(words, 0, AND) {
        return None;
    }
    let (share, length) = part(words.get(1..)?)?;
    let article = words.get(1).is_some_and(|word| word.surface == A);
    // "Two and a half", "two and three quarters", but not "five and half the crew".
    let shared = words.get(1 + length).is_some_and(|next| SHARED.contains(&next.surface));
    (length == 2 && (article || !shared)).then_some((share, 1 + length))
}

/// Tells whether the word at a place is written so.
pub(super) fn is(words: &[Word], at: usize, written: u64) -> bool {
    words.get(at).is_some_and(|word| word.surface == written)
}

fn scale(word: &Word) -> Option<f64> {
    match word.entry?.number? {
        NumberWord::Scale(scale) => Some(scale),
        _ => None,
    }
}

/// Returns the measure of the currency sign that a number begins with.
fn currency(written: &str) -> Measure {
    let sign = written.chars().next().filter(|sign| !sign.is_ascii_digit());
    let unit = sign.and_then(|sign| WORDS.entries.get(&hash(sign.encode_utf8(&mut [0; 4])))?.unit);
    unit.map_or(Measure::Cardinal, |unit| Measure::Of(unit.measure))
}

/// Reads digits: `1,200`, `1 200`, `−0.5`, `$4.5`, `18th`, `2018`, `9:30`.
fn digits(written: &str) -> Option<(f64, Measure)> {
    let unsigned = written.trim_start_matches(['-', '−']);
    let sign = if unsigned.len() == written.len() { 1.0 } else { -1.0 };
    let bare = unsigned.trim_start_matches(['$', '€', '£']);
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some((hours, minutes)) = bare.split_once(':') {
        let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
        return Some((60.0 * hours + minutes, Measure::Clock));
    }
    let inside = |c: char| c.is_ascii_digit() || c == ',' || c == '.' || groups(c);
    let end = bare.find(|c: char| !inside(c)).unwrap_or(bare.len());
    let (figures, ending) = bare.split_at(end);
    let plain: String = figures.chars().filter(|&c| c != ',' && !groups(c)).collect();
    let value: f64 = plain.parse().ok()?;
    let signed = bare.len() != unsigned.len();
    let ended = |ending: &str| ending.eq_ignore_ascii_case(&bare[end..]);
    let measure = match ending {
        "" if signed => currency(unsigned),
        "" if (1800.0..2100.0).contains(&value) && figures.len() == 4 && sign > 0.0 => Measure::Year,
        "" => Measure::Cardinal,
        _ if ["st", "nd", "rd", "th"].iter().any(|ending| ended(ending)) => Measure::Ordinal,
        _ if ended("m") || ended("mn") => return Some((sign * value * 1e6, currency(unsigned))),
        _ if ended("bn") || ended("b") => return Some((sign * value * 1e9, currency(unsigned))),
        _ if ended("k") => return Some((sign * value * 1e3, currency(unsigned))),
        _ => return None,
    };
    Some((sign * value, measure))
}

/// Tells whether a mark may group digits by threes: blanks that do not end a line, and apostrophes.
pub(super) const fn groups(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\'' | '’')
}
