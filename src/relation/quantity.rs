//! Quantities of a claim: an interval, a unit and a kind: "about 40 men", "between 3 and 5 million dollars", "from 20 to 25 percent",
//! "52-48", "the 18th floor", "in 2018", "June 4", "9:30".

use super::figure::{Figure, Reader};
use super::judge::turns;
use super::parsed::{self, Parsed, Word};
use super::words::{Bound, WORDS, hash};
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
    /// A day of a month.
    Day,
    /// A time of day, in minutes.
    Clock,
    /// A result: votes or goals of the two sides.
    Score,
}

impl Measure {
    const fn code(self) -> u64 {
        match self {
            Self::Cardinal => 0,
            Self::Ordinal => 1,
            Self::Percent => 2,
            Self::Year => 3,
            Self::Day => 4,
            Self::Clock => 5,
            Self::Score => 6,
            Self::Of(number) => 7 + number as u64,
        }
    }

    /// Tells whether it says when something is, and not how much.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Year | Self::Day | Self::Clock)
    }

    /// Tells whether two figures of it are close enough to be one.
    const fn is_rounded(self) -> bool {
        matches!(self, Self::Cardinal | Self::Percent | Self::Of(_))
    }
}

/// Which end of a change a figure is: "from 20 to 25".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    From,
    To,
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Number of the first word.
    pub word: usize,
    pub low: f64,
    pub high: f64,
    /// The bounds themselves are left out: "more than 40".
    pub open: bool,
    pub measure: Measure,
    pub end: Option<End>,
    /// Stem of the word counted; 0 when nothing follows.
    pub unit: u64,
}

/// A bare number below this is too common to tell a figure from another.
const TELLING: f64 = 10.0;

impl Parsed {
    /// Tells whether the claim gives a figure that is no time.
    pub fn has_figure(&self) -> bool {
        self.quantities.iter().any(|quantity| !quantity.measure.is_time())
    }

    /// Tells whether two claims give the same figures, one at least, and neither turns around what it says: then they agree in them.
    pub fn gives_same_figure(&self, other: &Self) -> bool {
        let plain = |side: &Self| side.denial.is_none() && !side.operations.iter().any(turns);
        let same = |x: &Quantity, y: &Quantity| x.measure == y.measure && x.low == y.low && x.high == y.high;
        let tells = |x: &Quantity| !x.measure.is_time() && (x.measure != Measure::Cardinal || x.high >= TELLING);
        let within = |a: &Self, b: &Self| {
            a.quantities.iter().filter(|x| tells(x)).all(|x| b.quantities.iter().any(|y| same(x, y)))
        };
        let gives = self.quantities.iter().any(tells);
        plain(self) && plain(other) && gives && within(self, other) && within(other, self)
    }
}

impl Quantity {
    /// Tells whether no number lies in both intervals, 2 % of the larger apart where figures are rounded.
    pub fn excludes(&self, other: &Self) -> bool {
        if self.measure == Measure::Clock {
            // Whether morning or evening is meant is often left out.
            return (self.low - other.low) % HALF_DAY != 0.0;
        }
        let smaller = self.high.abs().min(self.low.abs()).min(other.high.abs().min(other.low.abs()));
        let unbounded = |low: f64, high: f64| low == f64::MIN && high == f64::MAX;
        let apart = |low: f64, high: f64, below: &Self, above: &Self| {
            if unbounded(below.low, above.high) {
                low > high || low == high && (below.open || above.open)
            } else {
                low > high + if self.measure.is_rounded() { SLACK * smaller } else { 0.0 }
            }
        };
        apart(self.low, other.high, other, self) || apart(other.low, self.high, self, other)
    }

    /// Tells whether two quantities speak of the same kind of thing, and of the same end of a change.
    pub fn comparable(&self, other: &Self) -> bool {
        let counted = self.measure != Measure::Cardinal || self.unit == other.unit || self.unit == 0 || other.unit == 0;
        let ends = !matches!((self.end, other.end), (Some(one), Some(two)) if one != two);
        self.measure == other.measure && counted && ends
    }
}

const SLACK: f64 = 0.02;
/// Minutes of half a day.
pub(super) const HALF_DAY: f64 = 720.0;

const AGED: u64 = hash("aged");
const OF: u64 = hash("of");
const TO: u64 = hash("to");
/// Words that are times of day without a number.
const TIMES: [u64; 3] = [hash("noon"), hash("midday"), hash("midnight")];

/// The measure of "years old".
static AGE: LazyLock<Measure> = LazyLock::new(|| {
    let unit = WORDS.entries.get(&hash("year old")).and_then(|entry| entry.unit);
    unit.map_or(Measure::Cardinal, |unit| Measure::Of(unit.measure))
});

/// Reads the quantities and joins the words of each number into its first word.
pub(super) fn read(text: &str, words: &mut Vec<Word>) -> Vec<Quantity> {
    let numbers = |word: &Word| {
        word.entry.is_some_and(|entry| entry.number.is_some())
            || text[word.at.clone()].contains(|c: char| c.is_ascii_digit())
    };
    if !words.iter().any(|word| numbers(word) || TIMES.contains(&word.surface)) {
        return Vec::new();
    }
    let contest = words.iter().any(|word| word.entry.is_some_and(|entry| entry.contest));
    let mut found: Vec<Quantity> = Vec::new();
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    // The measure of a change whose end comes next.
    let mut change: Option<Figure> = None;
    let mut at = 0;
    while at < words.len() {
        let reader = Reader { text, kept: &kept, words: &words[at..], contest };
        let Some(mut figure) = reader.span().or_else(|| reader.figure(0)) else {
            kept.push(words[at].clone());
            at += 1;
            continue;
        };
        let mut end = None;
        if let Some(first) = change.take().filter(|_| reader.before(1, TO)) {
            (figure, end) = (figure.like(&first), Some(End::To));
        } else if let Some(second) = reader.change(&figure) {
            (figure, end) = (figure.like(&second), Some(End::From));
            change = Some(figure);
        }
        let after = reader.bound_after(figure.length);
        let told = match kept.last() {
            Some(last) if last.surface == AGED && figure.bare() => {
                figure.measure = *AGE;
                1
            }
            // "By a vote of 61 to 39": the result says that it is a vote.
            Some(last) if last.surface == OF && figure.measure == Measure::Score => 2,
            _ => 0,
        };
        kept.iter_mut().rev().take(told).for_each(|word| word.weight = 0.0);
        let (low, high) = (figure.low * figure.size + figure.zero, figure.high * figure.size + figure.zero);
        let mut word = words[at].clone();
        word.at.end = words[at + figure.length - 1].at.end;
        word.quantity = Some(found.len() as u16);
        word.weight = word.weight.clamp(3.0, 5.0);
        word.name = false;
        if figure.length > 1 {
            word.entry = word.entry.filter(|entry| entry.number.is_some());
        }
        kept.push(word);
        let mut next = at + figure.length;
        next += after.map_or(0, |(_, length)| length);
        let rest = words[next..].iter().find(|next| next.weight > 0.0);
        let rest = rest.filter(|next| next.sentence == words[at].sentence);
        let bound = parsed::bound(&kept, kept.len() - 1).or(after).map(|(bound, _)| bound);
        let bound = bound.filter(|_| !figure.measure.is_time() && figure.measure != Measure::Score);
        let (low, high) = match bound {
            Some(Bound::About) => (low - 0.15 * low.abs(), high + 0.15 * high.abs()),
            Some(Bound::Nearly) => (low - 0.15 * low.abs(), high),
            Some(Bound::Below | Bound::Most) => (f64::MIN, high),
            Some(Bound::Above | Bound::Least) => (low, f64::MAX),
            None => (low, high),
        };
        let last = kept.len() - 1;
        let code = figure.measure.code() | end.map_or(0, |end| 256 << end as u64);
        let id = hash("#number") ^ low.to_bits() ^ high.to_bits().rotate_left(21) ^ code;
        (kept[last].lemma, kept[last].stem, kept[last].surface) = (id, id, id);
        let open = matches!(bound, Some(Bound::Below | Bound::Above));
        let unit = rest.map_or(0, |next| next.stem);
        found.push(Quantity { word: last, low, high, open, measure: figure.measure, end, unit });
        at = next;
    }
    *words = kept;
    found
}

#[cfg(test)]
mod tests {
    use crate::relation::{Parsed, Side};

    #[test]
    fn two_claims_agree_in_a_figure_that_both_give() {
        let parsed = |text: &str| Parsed::of(&Side { text, ..Side::default() });
        let told = parsed("The bridge costs 45 million crowns");
        assert!(told.gives_same_figure(&parsed("a price of 45 million crowns for the bridge")));
        assert!(!told.gives_same_figure(&parsed("The bridge does not cost 45 million crowns")));
        assert!(!told.gives_same_figure(&parsed("The bridge costs 60 million crowns")));
        assert!(!parsed("It opened in 2019").gives_same_figure(&parsed("It shut in 2019")));
    }
}
