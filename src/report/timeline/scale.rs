//! How days fall on columns: evenly, but for long times without events, which are left out and marked.

use crate::date::Date;
use chrono::NaiveDate;

/// Stands where time is left out.
pub const BREAK: char = '┊';

/// Columns of a break, its mark in the middle.
const GAP: usize = 5;

/// The most times that are left out.
const MOST: usize = 3;

/// A time without events is left out when it is this share of the whole, in percent, and this many days.
const SHARE: i64 = 60;
const LONG: i64 = 90;

/// A stretch of days drawn without a break.
#[derive(Debug)]
struct Part {
    first: NaiveDate,
    last: NaiveDate,
    /// The column of its first day.
    from: usize,
    columns: usize,
}

impl Part {
    fn days(&self) -> i64 {
        (self.last - self.first).num_days()
    }
}

/// How days fall on columns.
#[derive(Debug)]
pub struct Scale {
    parts: Vec<Part>,
    columns: usize,
    ends: Option<(Date, Date)>,
}

impl Scale {
    /// Lays the days of some dates out over so many columns.
    pub fn new(dates: impl Iterator<Item = Date>, columns: usize) -> Self {
        let mut dates: Vec<Date> = dates.collect();
        dates.sort_unstable();
        let ends = dates.first().copied().zip(dates.last().copied());
        let mut days: Vec<NaiveDate> = dates.iter().map(|date| date.first()).collect();
        days.dedup();
        let mut parts = split(&days);
        let free = columns.saturating_sub(GAP * parts.len().saturating_sub(1)).max(parts.len());
        let total: i64 = parts.iter().map(Part::days).sum::<i64>().max(1);
        let mut from = 0;
        let count = parts.len();
        for (number, part) in parts.iter_mut().enumerate() {
            let share = usize::try_from(part.days() * free as i64 / total).unwrap_or(0).max(1);
            // The last part takes what rounding left over.
            part.columns = if number + 1 == count { columns.saturating_sub(from).max(1) } else { share };
            part.from = from;
            from += part.columns + GAP;
        }
        Self { parts, columns, ends }
    }

    pub const fn columns(&self) -> usize {
        self.columns
    }

    pub const fn is_broken(&self) -> bool {
        self.parts.len() > 1
    }

    /// Tells whether time is left out at a column.
    pub fn breaks_at(&self, column: usize) -> bool {
        self.parts.iter().skip(1).any(|part| column + GAP.div_ceil(2) == part.from)
    }

    /// Returns the column of a date.
    pub fn column(&self, date: Date) -> usize {
        let day = date.first();
        let Some(part) = self.parts.iter().rev().find(|part| part.first <= day).or(self.parts.first()) else {
            return 0;
        };
        let days = (day - part.first).num_days().clamp(0, part.days());
        let last = part.columns.saturating_sub(1) as i64;
        let within = usize::try_from(days * last / part.days().max(1)).unwrap_or(0);
        (part.from + within).min(self.columns.saturating_sub(1))
    }

    /// Returns the line below the rows: the first day of each part, as far as there is room, and the last date.
    pub fn labels(&self) -> String {
        let Some((first, last)) = self.ends else { return String::new() };
        let (first, last) = (first.to_string(), last.to_string());
        if first == last {
            return first;
        }
        let mut out = first;
        let room = self.columns.saturating_sub(last.len());
        for part in self.parts.iter().skip(1) {
            let label = part.first.format("%Y-%m-%d").to_string();
            let at = part.from.max(out.chars().count() + 2);
            if at + label.len() + 2 <= room {
                out.push_str(&" ".repeat(at - out.chars().count()));
                out.push_str(&label);
            }
        }
        let gap = room.saturating_sub(out.chars().count()).max(1);
        format!("{out}{}{last}", " ".repeat(gap))
    }
}

/// Cuts days in order at their longest pauses, where one takes most of the time that is left.
fn split(days: &[NaiveDate]) -> Vec<Part> {
    let mut cuts: Vec<usize> = Vec::new();
    let pause = |at: usize| (days[at] - days[at - 1]).num_days();
    let mut left = days.first().zip(days.last()).map_or(0, |(first, last)| (*last - *first).num_days());
    while cuts.len() < MOST {
        let longest = (1..days.len()).filter(|at| !cuts.contains(at)).max_by_key(|&at| pause(at));
        let Some(at) = longest.filter(|&at| pause(at) >= LONG && pause(at) * 100 > left * SHARE && pause(at) < left)
        else {
            break;
        };
        left -= pause(at);
        cuts.push(at);
    }
    cuts.sort_unstable();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([days.len()]);
    let part = |(start, end): (usize, usize)| {
        let days = &days[start..end];
        Some(Part { first: *days.first()?, last: *days.last()?, from: 0, columns: 0 })
    };
    starts.zip(ends).filter_map(part).collect()
}
