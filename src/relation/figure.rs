//! One figure of a claim: a numeral with its unit, a share told in two numbers, a range, a result, a time of day.
//!
//! Refuses to look further than the sentence: what bounds a figure and what it counts is the business of `quantity`.

use super::numeral::{self, Numeral, half_more, is};
use super::parsed::Word;
use super::quantity::{HALF_DAY, Measure};
use super::words::{Bound, Entry, Unit, WORDS, hash};

const A: u64 = hash("a");
const AN: u64 = hash("an");
const AND: u64 = hash("and");
const BETWEEN: u64 = hash("between");
const EVERY: u64 = hash("every");
const FROM: u64 = hash("from");
const IN: u64 = hash("in");
const OF: u64 = hash("of");
const OR: u64 = hash("or");
const OUT: u64 = hash("out");
const TO: u64 = hash("to");
/// What may stand after a number and bounds it: "or so", "or more", "or fewer".
const AFTER: [(u64, Bound); 4] = [
    (hash("so"), Bound::About),
    (hash("more"), Bound::Least),
    (hash("fewer"), Bound::Most),
    (hash("less"), Bound::Most),
];
/// Halves of the day.
const MORNING: [u64; 2] = [hash("am"), hash("a.m")];
const EVENING: [u64; 2] = [hash("pm"), hash("p.m")];
/// Words before a calendar year: "in 2019".
const SINCE: [u64; 7] = [IN, hash("since"), hash("by"), hash("until"), FROM, OF, hash("during")];

/// A numeral with its unit: a value times `size`, plus `zero`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub low: f64,
    pub high: f64,
    pub measure: Measure,
    pub length: usize,
    pub size: f64,
    pub zero: f64,
}

impl Figure {
    const fn of(numeral: Numeral) -> Self {
        let Numeral { low, high, measure, length } = numeral;
        Self { low, high, measure, length, size: 1.0, zero: 0.0 }
    }

    fn with_unit(self, unit: Unit) -> Self {
        Self { measure: Measure::Of(unit.measure), size: unit.size, zero: unit.zero, length: self.length + 1, ..self }
    }

    /// Takes the unit of another figure where it has none of its own: "from 20 to 25 percent".
    pub fn like(self, other: &Self) -> Self {
        if self.measure != Measure::Cardinal {
            return self;
        }
        Self { measure: other.measure, size: other.size, zero: other.zero, ..self }
    }

    fn is_exact(&self) -> bool {
        self.low == self.high
    }

    pub fn bare(&self) -> bool {
        self.measure == Measure::Cardinal && self.is_exact()
    }
}

/// What is read at one place: the words before it and from it on.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub kept: &'a [Word],
    pub words: &'a [Word],
    /// The claim tells of a vote or a match.
    pub contest: bool,
}

impl Reader<'_> {
    pub fn before(&self, back: usize, written: u64) -> bool {
        self.kept.len().checked_sub(back).is_some_and(|at| is(self.kept, at, written))
    }

    fn rest(&self, from: usize) -> &[Word] {
        self.words.get(from..).unwrap_or_default()
    }

    /// Reads a numeral with its unit at a place.
    pub fn figure(&self, from: usize) -> Option<Figure> {
        let words = self.rest(from);
        let first = words.first()?;
        let before = if from == 0 { self.kept.last() } else { self.words.get(from - 1) };
        // "An hour and a half".
        if (first.surface == A || first.surface == AN)
            && let Some(unit) = unit(first, &words[1..])
            && let Some((more, length)) = half_more(&words[2..])
        {
            let value = 1.0 + more;
            let numeral = Numeral { low: value, high: value, measure: Measure::Cardinal, length: 1 + length };
            return Some(Figure::of(numeral).with_unit(unit));
        }
        let mut figure = Figure::of(numeral::read(self.text, before, words)?);
        let rest = words.get(figure.length..).unwrap_or_default();
        let next = rest.first();
        if let Some((whole, more)) = self.of_how_many(from + figure.length).filter(|_| figure.bare())
            && whole > figure.low
            && figure.low >= 1.0
        {
            let share = 100.0 * figure.low / whole;
            return Some(Figure {
                low: share,
                high: share,
                measure: Measure::Percent,
                length: figure.length + more,
                ..figure
            });
        }
        if next.is_some_and(percent) {
            return Some(Figure { measure: Measure::Percent, length: figure.length + 1, ..figure });
        }
        if let Some(clock) = clock(&figure, next) {
            return Some(clock);
        }
        let day =
            figure.is_exact() && figure.low <= 31.0 && matches!(figure.measure, Measure::Cardinal | Measure::Ordinal);
        let named = next.is_some_and(month)
            || next.is_some_and(|next| next.surface == OF) && rest.get(1).is_some_and(month)
            || from == 0 && self.kept.last().is_some_and(month) && !self.before(2, IN);
        if day && named {
            return Some(Figure { measure: Measure::Day, ..figure });
        }
        let unit = unit(first, rest);
        if figure.measure == Measure::Year && self.counts(before, next, unit) {
            figure.measure = Measure::Cardinal;
        }
        if let Some(unit) = unit.filter(|_| figure.measure == Measure::Cardinal) {
            figure = figure.with_unit(unit);
            if figure.is_exact()
                && let Some((more, length)) = half_more(rest.get(1..).unwrap_or_default())
            {
                (figure.low, figure.high) = (figure.low + more, figure.high + more);
                figure.length += length;
            }
        }
        Some(figure)
    }

    /// Tells whether four digits count something and are no year: "2000 kg", "some 2000 ships".
    fn counts(&self, before: Option<&Word>, next: Option<&Word>, unit: Option<Unit>) -> bool {
        let dated = before.is_some_and(|word| SINCE.contains(&word.surface) || month(word) || word.quantity.is_some());
        let bounded = before.is_some_and(|word| word.entry.is_some_and(|entry| entry.bound.is_some()));
        let many = next.is_some_and(|next| {
            let written = &self.text[next.at.clone()];
            next.weight > 0.0 && !next.name && (written.ends_with('s') || written == "people")
        });
        !dated && (unit.is_some() || bounded || many)
    }

    /// Reads what a share is told of, "in five" or "out of every 100", and its length in words; a time ("in 5 days") is none.
    fn of_how_many(&self, from: usize) -> Option<(f64, usize)> {
        let words = self.rest(from);
        let before = match (is(words, 0, IN), is(words, 0, OUT) && is(words, 1, OF)) {
            (true, _) => 1,
            (_, true) => 2,
            _ => return None,
        };
        let before = before + usize::from(is(words, before, EVERY));
        let rest = words.get(before..)?;
        let whole = numeral::read(self.text, None, rest)?;
        let plain =
            whole.measure == Measure::Cardinal && whole.is_exact() && whole.low <= WHOLE && whole.low.fract() == 0.0;
        let counted = unit(rest.first()?, rest.get(whole.length..)?).is_none();
        (plain && counted).then_some((whole.low, before + whole.length))
    }

    /// Reads the second figure of a change: "from 20 *to 25 percent*".
    pub fn change(&self, first: &Figure) -> Option<Figure> {
        let to = self.before(1, FROM) && is(self.words, first.length, TO);
        to.then(|| self.figure(first.length + 1)).flatten()
    }

    /// Reads a range ("between 40 and 60", "40-60", "two or three") or a result ("52-48", "52 votes to 48").
    pub fn span(&self) -> Option<Figure> {
        if is(self.words, 0, BETWEEN) {
            return self.range(1, &[AND]);
        }
        let opens = self.kept.last().is_none_or(|word| word.sentence != self.words[0].sentence);
        if opens && is(self.words, 0, FROM) {
            return self.range(1, &[TO]);
        }
        if self.before(1, FROM) {
            return None;
        }
        self.result().or_else(|| self.range(0, &[TO, OR]))
    }

    /// Reads two figures from a place on, joined by one of some words or by a dash.
    fn range(&self, from: usize, joined: &[u64]) -> Option<Figure> {
        let first = self.figure(from)?;
        let after = from + first.length;
        let word = joined.iter().any(|&word| is(self.words, after, word));
        if !(word || from == 0 && self.dash(after)) {
            return None;
        }
        let second = self.figure(after + usize::from(word))?;
        let (one, other) = (first.like(&second), second.like(&first));
        let ordered = one.is_exact() && other.is_exact() && one.low * one.size < other.low * other.size;
        // "Two or three", but not "forty or ninety".
        let near = !is(self.words, after, OR) || other.low == one.low + 1.0;
        if one.measure != other.measure || !ordered || !near || first.measure == Measure::Score {
            return None;
        }
        let length = after + usize::from(word) + second.length;
        let low = (one.low * one.size + one.zero - other.zero) / other.size;
        Some(Figure { low, length, ..other })
    }

    /// Reads the votes or goals of two sides: "52-48", "52 to 48", "52 votes to 48".
    fn result(&self) -> Option<Figure> {
        let first = Figure::of(numeral::read(self.text, self.kept.last(), self.words)?);
        let counted = self.words.get(first.length).is_some_and(|word| word.entry.is_some_and(|entry| entry.contest));
        let after = first.length + usize::from(counted);
        let word = is(self.words, after, TO);
        if !word && (counted || !self.dash(after)) {
            return None;
        }
        let start = after + usize::from(word);
        let second = Figure::of(numeral::read(self.text, None, self.rest(start))?);
        let next = self.words.get(start + second.length).filter(|next| next.sentence == self.words[0].sentence);
        let contested = next.is_some_and(|next| next.entry.is_some_and(|entry| entry.contest));
        // "40-60 houses" counts houses, "61-39" and "61-39 vote" are results.
        let counts = next.is_some_and(|next| next.weight > 0.0 && !next.name || percent(next)) && !contested;
        let falling = first.low >= second.low && second.low < 1000.0 && !counts;
        let plain = first.bare() && second.bare() && first.low >= 0.0 && second.low >= 0.0;
        let length = start + second.length + usize::from(contested && counted);
        let value = first.low * 1e6 + second.low;
        let result = Figure { low: value, high: value, measure: Measure::Score, length, ..first };
        (plain && (counted || falling || self.contest && !counts)).then_some(result)
    }

    /// Tells whether nothing but a dash stands before a word.
    fn dash(&self, at: usize) -> bool {
        let (Some(one), Some(other)) = (at.checked_sub(1).and_then(|n| self.words.get(n)), self.words.get(at)) else {
            return false;
        };
        let between = self.text.get(one.at.end..other.at.start).unwrap_or_default();
        !between.is_empty()
            && between.trim_matches(['-', '–', '—', '‑', '−', ' ']).is_empty()
            && between.trim().chars().count() == 1
    }

    /// Reads what bounds a number after it, "or so" or "+", and its length in words.
    pub fn bound_after(&self, from: usize) -> Option<(Bound, usize)> {
        let plus =
            from.checked_sub(1).and_then(|last| self.words.get(last)).map_or("", |last| &self.text[last.at.end..]);
        if plus.starts_with('+') {
            return Some((Bound::Least, 0));
        }
        let said = self.words.get(from + 1).filter(|_| is(self.words, from, OR))?;
        AFTER.iter().find(|(word, _)| *word == said.surface).map(|&(_, bound)| (bound, 2))
    }
}

/// Adds the half of the day to an hour: "9 a.m.", "9:30 pm".
fn clock(figure: &Figure, next: Option<&Word>) -> Option<Figure> {
    let next = next.map_or(0, |next| next.surface);
    let later = if EVENING.contains(&next) { HALF_DAY } else { 0.0 };
    if later == 0.0 && !MORNING.contains(&next) {
        return None;
    }
    let minutes = match figure.measure {
        Measure::Clock => figure.low,
        Measure::Cardinal if figure.is_exact() && (1.0..=12.0).contains(&figure.low) => 60.0 * figure.low,
        _ => return None,
    };
    let value = minutes % HALF_DAY + later;
    Some(Figure { low: value, high: value, measure: Measure::Clock, length: figure.length + 1, ..*figure })
}

/// Tells whether a word is the name of a month.
fn month(word: &Word) -> bool {
    word.entry.is_some_and(Entry::is_month)
}

/// Tells whether a word is "percent", or one that may stand for it.
fn percent(word: &Word) -> bool {
    word.entry.is_some_and(|entry| entry.synonyms.iter().any(|group| percent_groups().contains(group)))
}

fn percent_groups() -> &'static [u16] {
    WORDS.entries.get(&hash("percent")).map_or(&[], |entry| &entry.synonyms)
}

/// Returns the unit that follows a number in its sentence.
fn unit(number: &Word, rest: &[Word]) -> Option<Unit> {
    rest.first().filter(|next| next.sentence == number.sentence)?.entry?.unit
}

/// Most that a share is told of: "two in five", "7 out of 1000".
const WHOLE: f64 = 1000.0;
