//! What written dates mean: "Tuesday", "on July 5", "last month", "three days ago", "May 2017".
//!
//! News looks back: a day or month without a year is the last one before the article was published. What has no
//! exact answer ("last week" is no day) stays unresolved rather than guessed.
//!
//! ```
//! use onrecord::date::{Date, resolve};
//! let published = Date::parse_iso("2018-07-06").unwrap();
//! assert_eq!(resolve("on Tuesday", published).unwrap().to_string(), "2018-07-03");
//! assert_eq!(resolve("last month", published).unwrap().to_string(), "2018-06");
//! assert_eq!(resolve("last week", published), None);
//! ```

use super::Date;
use super::named::{day_number, feast, feast_ends, month, weekday, year};
use crate::lexicon::tables;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
    Number,
    Which,
}

type Relative = BTreeMap<&'static str, (Unit, i64)>;

/// The rows of `dates.tsv`; a malformed row is left out (a test holds that there is none).
static RELATIVE: LazyLock<Relative> = LazyLock::new(|| {
    let rows = tables::DATES.rows();
    rows.filter_map(|row| {
        let [phrase, unit, steps, _] = row[..] else { return None };
        let unit = match unit {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            "number" => Unit::Number,
            "which" => Unit::Which,
            _ => return None,
        };
        Some((phrase, (unit, steps.parse().ok()?)))
    })
    .collect()
});

/// A word of a text with its place in bytes and its lower-case form without full stops.
pub(super) struct Word<'a> {
    pub bytes: Range<usize>,
    pub written: &'a str,
    pub lower: String,
}

/// Returns the words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || c == '-' && start.is_some();
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let written = text[from..at].trim_end_matches('-');
                let bytes = from..from + written.len();
                out.push(Word { bytes, written, lower: written.to_lowercase() });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// What an expression means before it is counted from a day.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    Fixed(Date),
    /// The steps are 0 for a bare weekday, -1 for "last", 1 for "next".
    Weekday(Weekday, i64),
    /// A day of a month without its year.
    DayOf(u32, u32),
    /// "The 5th": a day of this month or the last.
    DayAlone(u32),
    /// A month without its year, and which one.
    MonthName(u32, i64),
    Shift(Unit, i64),
}

/// Returns the date an expression means, counted from the day the article was published.
///
/// `None` when the words are no date, or name a period that is neither a day, a month nor a year.
pub fn resolve(written: &str, published: Date) -> Option<Date> {
    if let Some(found) = super::numeric(written) {
        return found.resolved(None);
    }
    let words = words(written);
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    count(meaning(strip(&lower))?, published.last())
}

/// Reads a date as a person types it into a filter or a flag; `today` is the day they type it.
///
/// Takes all that [`resolve`] takes, dates in figures that have one reading, "last week" as the day seven days ago, "past
/// 30 days" as its first day, and a weekday as the last such day before today.
pub fn parse_by_person(written: &str, today: NaiveDate) -> Option<Date> {
    if let Some(date) = Date::parse_iso(written) {
        return Some(date);
    }
    if let Some(found) = super::numeric(written) {
        return found.resolved(None);
    }
    let words = words(written);
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    if let Some((unit, steps)) = past_period(strip(&lower)) {
        return match unit {
            Unit::Day => shift_days(today, -steps).map(Date::day),
            Unit::Week => shift_days(today, -7 * steps).map(Date::day),
            Unit::Month => today.checked_sub_months(Months::new(u32::try_from(steps).ok()?)).map(Date::day),
            Unit::Year => today.checked_sub_months(Months::new(u32::try_from(steps * 12).ok()?)).map(Date::day),
            Unit::Number | Unit::Which => None,
        };
    }
    match meaning(strip(&lower))? {
        Meaning::Shift(Unit::Week, steps) => shift_days(today, steps * 7).map(Date::day),
        Meaning::Weekday(day, 0) if day == today.weekday() => shift_days(today, -7).map(Date::day),
        meaning => count(meaning, today),
    }
}

/// Reads "past 30 days", "last two weeks", "the past year": the unit and how many of it.
fn past_period(lower: &[&str]) -> Option<(Unit, i64)> {
    let lower = if let ["the", rest @ ..] = lower { rest } else { lower };
    let (number, unit) = match lower {
        ["past" | "last" | "previous", number, unit] => (*number, *unit),
        ["past", unit] if !unit.ends_with('s') => ("one", *unit),
        _ => return None,
    };
    let in_words = || RELATIVE.get(number).filter(|(unit, _)| *unit == Unit::Number).map(|(_, steps)| *steps);
    let steps = number.parse().ok().or_else(in_words).filter(|steps| (1..=40_000).contains(steps))?;
    let unit = match unit.trim_end_matches('s') {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    Some((unit, steps))
}

/// Takes off the words that only lead in: "on July 5", "since the 5th", "in May".
pub(super) fn strip<'a, 'b>(lower: &'b [&'a str]) -> &'b [&'a str] {
    match lower {
        ["on" | "in" | "since" | "by" | "until" | "late" | "early", rest @ ..] if !rest.is_empty() => strip(rest),
        _ => lower,
    }
}

/// Words without which nothing but figures, weekdays and months is a date: the last ones of the rows, of feasts, and "ago".
static ENDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    RELATIVE.keys().filter_map(|words| words.split(' ').next_back()).chain(feast_ends()).chain(["ago"]).collect()
});

/// Tells whether a lower-case word may make a date of the words around it: every date has one such word.
pub(super) fn dates(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || ENDS.contains(word)
        || weekday(word).is_some()
        || month(word).is_some()
}

/// Returns what lower-case words mean together, where they are a date.
pub(super) fn meaning(lower: &[&str]) -> Option<Meaning> {
    if let [word] = lower
        && word.contains('-')
    {
        return Date::parse_iso(word).map(Meaning::Fixed);
    }
    let joined = lower.join(" ");
    if let Some(&(unit, steps)) = RELATIVE.get(joined.as_str())
        && !matches!(unit, Unit::Number | Unit::Which)
    {
        return Some(Meaning::Shift(unit, steps));
    }
    let which = |word: &str| RELATIVE.get(word).filter(|(unit, _)| *unit == Unit::Which).map(|(_, steps)| *steps);
    match lower {
        [day, rest @ ..] if weekday(day).is_some() && rest.len() >= 2 => meaning(rest),
        [word] => weekday(word)
            .map(|day| Meaning::Weekday(day, 0))
            .or_else(|| month(word).map(|month| Meaning::MonthName(month, 0)))
            .or_else(|| year(word).and_then(Date::year).map(Meaning::Fixed)),
        [first, word] if which(first).is_some() && weekday(word).is_some() => {
            Some(Meaning::Weekday(weekday(word)?, which(first)?))
        }
        [first, word] if which(first).is_some() && month(word).is_some() => {
            Some(Meaning::MonthName(month(word)?, which(first)?))
        }
        [first, second] if month(first).is_some() => match (day_number(second), year(second)) {
            (Some(day), _) => Some(Meaning::DayOf(month(first)?, day)),
            (None, Some(year)) => Date::month(year, month(first)?).map(Meaning::Fixed),
            _ => None,
        },
        [first, second] if month(second).is_some() => Some(Meaning::DayOf(month(second)?, day_number(first)?)),
        ["the", rest @ ..] if rest.len() > 1 => meaning(rest),
        ["the", day] if day.ends_with(char::is_alphabetic) => Some(Meaning::DayAlone(day_number(day)?)),
        [day, "of", word] => Some(Meaning::DayOf(month(word)?, day_number(day)?)),
        [day, "of", word, year] => fixed(year, month(word)?, day),
        [first, second, third] if month(first).is_some() => fixed(third, month(first)?, second),
        [first, second, third] if month(second).is_some() => fixed(third, month(second)?, first),
        _ if feast(&joined).is_some() => feast(&joined).map(|(month, day)| Meaning::DayOf(month, day)),
        [number, unit, "ago"] => {
            let in_words = || RELATIVE.get(number).filter(|(unit, _)| *unit == Unit::Number).map(|(_, steps)| *steps);
            // Beyond a lifetime of days nobody counts in "ago".
            let steps = number.parse().ok().or_else(in_words).filter(|steps| (0..=40_000).contains(steps))?;
            let unit = match unit.trim_end_matches('s') {
                "minute" | "hour" => return Some(Meaning::Shift(Unit::Day, 0)),
                "day" => Unit::Day,
                "week" => Unit::Week,
                "month" => Unit::Month,
                "year" => Unit::Year,
                _ => return None,
            };
            Some(Meaning::Shift(unit, -steps))
        }
        _ => None,
    }
}

fn fixed(year_word: &str, month: u32, day_word: &str) -> Option<Meaning> {
    let day = NaiveDate::from_ymd_opt(year(year_word)?, month, day_number(day_word)?)?;
    Some(Meaning::Fixed(Date::day(day)))
}

fn count(meaning: Meaning, from: NaiveDate) -> Option<Date> {
    match meaning {
        Meaning::Fixed(date) => Some(date),
        Meaning::Weekday(day, which) => {
            let back = i64::from((7 + from.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7);
            let steps = match which {
                1 => 7 - back,
                // Of a day just gone, news says its name alone: "last Tuesday" on a Wednesday is a week earlier.
                -1 if back <= JUST_GONE => -back - 7,
                _ => -back,
            };
            shift_days(from, steps).map(Date::day)
        }
        Meaning::DayOf(month, day) => {
            let this = NaiveDate::from_ymd_opt(from.year(), month, day);
            match this {
                Some(date) if date <= from => Some(Date::day(date)),
                // A leap day exists in some years only: the last one before is meant.
                _ => (1..=8).find_map(|back| NaiveDate::from_ymd_opt(from.year() - back, month, day)).map(Date::day),
            }
        }
        Meaning::DayAlone(day) => {
            let months = (0..=2).filter_map(|back| from.checked_sub_months(Months::new(back)));
            let mut days = months.filter_map(|there| NaiveDate::from_ymd_opt(there.year(), there.month(), day));
            days.find(|date| *date <= from).map(Date::day)
        }
        Meaning::MonthName(month, which) => {
            let year = match which {
                1 => from.year() + i32::from(month <= from.month()),
                -1 => from.year() - i32::from(month >= from.month()),
                _ => from.year() - i32::from(month > from.month()),
            };
            Date::month(year, month)
        }
        Meaning::Shift(Unit::Day, steps) => shift_days(from, steps).map(Date::day),
        Meaning::Shift(Unit::Month, steps) => {
            let months = Months::new(u32::try_from(steps.abs()).ok()?);
            let there = if steps < 0 { from.checked_sub_months(months) } else { from.checked_add_months(months) }?;
            Date::month(there.year(), there.month())
        }
        Meaning::Shift(Unit::Year, steps) => Date::year(from.year() + i32::try_from(steps).ok()?),
        Meaning::Shift(Unit::Week | Unit::Number | Unit::Which, _) => None,
    }
}

/// So many days back a weekday needs no "last".
const JUST_GONE: i64 = 2;

fn shift_days(from: NaiveDate, steps: i64) -> Option<NaiveDate> {
    let days = Days::new(steps.unsigned_abs());
    if steps < 0 { from.checked_sub_days(days) } else { from.checked_add_days(days) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        // A Friday.
        let published = Date::parse_iso("2018-07-06").unwrap();
        let found = resolve(written, published).map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn news_dates_point_back() {
        check("Tuesday", "2018-07-03");
        check("on Friday", "2018-07-06");
        check("last Friday", "2018-06-29");
        check("next Monday", "2018-07-09");
        check("July 5", "2018-07-05");
        check("Aug. 12", "2017-08-12");
        check("Sept. 3, 2016", "2016-09-03");
        check("5 July 2018", "2018-07-05");
        check("Thursday, July 5", "2018-07-05");
        check("in May", "2018-05");
        check("December", "2017-12");
        check("last July", "2017-07");
        check("March 2015", "2015-03");
        check("yesterday", "2018-07-05");
        check("three days ago", "2018-07-03");
        check("two months ago", "2018-05");
        check("ten years ago", "2008");
        check("last year", "2017");
        check("Feb. 29", "2016-02-29");
    }

    #[test]
    fn what_has_no_exact_answer_stays_unresolved() {
        for written in ["last week", "two weeks ago", "recently", "", "July 45", "99999999999 days ago", "the day"] {
            check(written, "");
        }
    }

    #[test]
    fn a_person_may_write_last_week() {
        let today = NaiveDate::from_ymd_opt(2018, 7, 6).unwrap();
        assert_eq!(parse_by_person("last week", today), Date::parse_iso("2018-06-29"));
        assert_eq!(parse_by_person("2018-07", today), Date::parse_iso("2018-07"));
        assert_eq!(parse_by_person("soon", today), None);
    }

    #[test]
    fn a_person_may_write_figures_periods_and_weekdays() {
        // A Friday.
        let today = NaiveDate::from_ymd_opt(2018, 7, 6).unwrap();
        for (written, expected) in [
            ("5.7.2018", "2018-07-05"),
            ("2016/09/29", "2016-09-29"),
            ("25/12/2017", "2017-12-25"),
            ("past 30 days", "2018-06-06"),
            ("last 7 days", "2018-06-29"),
            ("the past two weeks", "2018-06-22"),
            ("last 3 months", "2018-04-06"),
            ("past year", "2017-07-06"),
            ("monday", "2018-07-02"),
            ("Mon", "2018-07-02"),
            ("friday", "2018-06-29"),
            ("on thursday", "2018-07-05"),
            ("last month", "2018-06"),
            ("last monday", "2018-07-02"),
        ] {
            let found = parse_by_person(written, today).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{written}");
        }
        for open in ["05/07/2018", "past 0 days", "past days", "past 3 moons"] {
            assert_eq!(parse_by_person(open, today), None, "{open}");
        }
    }

    #[test]
    fn every_row_of_the_lexicon_is_read_and_its_example_holds_it() {
        assert_eq!(RELATIVE.len(), tables::DATES.rows().count());
        for row in tables::DATES.rows() {
            assert!(row[3].contains(row[0]), "{row:?}");
        }
    }
}
