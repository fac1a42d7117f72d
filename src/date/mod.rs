//! Dates as they are written and as they are meant: a day with its precision (day, month or year).
//!
//! A [`Date`] sorts by its first day; it is written `2018-07-05`, `2018-07` or `2018`. Words such as "Tuesday" are
//! resolved in [`resolve`], always against a day that the caller gives: this floor has no clock.

mod absent;
mod expression;
mod meaning;
mod named;
mod numeric;

/// Tells whether a lower-case word is the name of a month, written out or short.
pub(crate) fn is_month(lower: &str) -> bool {
    named::month(lower).is_some()
}

pub use absent::is_no_day;
pub use expression::{Expression, find_expressions};
pub use meaning::{parse_by_person, resolve};
pub use numeric::{DayOrder, Numeric, figures, numeric};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    Day,
    Month,
    Year,
}

/// A calendar date known to the day, the month or the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    first: NaiveDate,
    precision: Precision,
}

impl Date {
    pub const fn day(day: NaiveDate) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    /// Returns the month, or `None` when there is no such month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Some(Self { first: NaiveDate::from_ymd_opt(year, month, 1)?, precision: Precision::Month })
    }

    pub fn year(year: i32) -> Option<Self> {
        Some(Self { first: NaiveDate::from_ymd_opt(year, 1, 1)?, precision: Precision::Year })
    }

    /// Returns the first day of the period.
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// Returns the last day of the period.
    pub fn last(self) -> NaiveDate {
        let (year, month) = (self.first.year(), self.first.month());
        let next = match self.precision {
            Precision::Day => return self.first,
            Precision::Month if month < 12 => NaiveDate::from_ymd_opt(year, month + 1, 1),
            Precision::Month | Precision::Year => NaiveDate::from_ymd_opt(year + 1, 1, 1),
        };
        next.and_then(|day| day.pred_opt()).unwrap_or(self.first)
    }

    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// Reads `2018-07-05`, `2018-07`, `2018` or an RFC 3339 time of day (whose day is kept).
    pub fn parse_iso(written: &str) -> Option<Self> {
        let written = written.trim();
        let day = written.split(['T', ' ']).next().unwrap_or(written);
        let numbers = day.split('-').map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 4));
        match numbers.collect::<Option<Vec<u32>>>()?.as_slice() {
            [year, month, day] => NaiveDate::from_ymd_opt(*year as i32, *month, *day).map(Self::day),
            [year, month] if *year > 999 => Self::month(*year as i32, *month),
            [year] if *year > 999 => Self::year(*year as i32),
            _ => None,
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.first.format("%Y-%m-%d")),
            Precision::Month => write!(f, "{}", self.first.format("%Y-%m")),
            Precision::Year => write!(f, "{}", self.first.format("%Y")),
        }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::parse_iso(&written)
            .ok_or_else(|| format!("invalid date `{written}` (expected 2018-07-05, 2018-07 or 2018)"))
    }
}

/// When something was said: the words of the article and, where they could be resolved, the date they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// As the article writes it (`Tuesday`, `last week`); empty when the date is the article's own.
    pub written: String,
    /// What it means, counted back from the published date; `None` when it cannot be told.
    pub date: Option<Date>,
}
