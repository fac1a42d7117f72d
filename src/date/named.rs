//! The names and numbers that dates are written with: weekdays, months, feasts, years, days of a month.

use crate::lexicon::tables;
use chrono::{Month, Weekday};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) fn weekday(lower: &str) -> Option<Weekday> {
    let short = match lower {
        "tues" => "tue",
        "weds" => "wed",
        "thur" | "thurs" => "thu",
        _ => lower,
    };
    if short.len() < 3 { None } else { short.parse().ok() }
}

pub(super) fn month(lower: &str) -> Option<u32> {
    let short = if lower == "sept" { "sep" } else { lower };
    let month: Month = if short.len() < 3 { return None } else { short.parse().ok()? };
    Some(month.number_from_month())
}

/// Returns the month and the day of a feast that falls on one day of every year.
pub(super) fn feast(words: &str) -> Option<(u32, u32)> {
    FEASTS.get(words).copied()
}

static FEASTS: LazyLock<BTreeMap<&'static str, (u32, u32)>> = LazyLock::new(|| {
    tables::FEASTS.rows().filter_map(|row| Some((row[0], (row[1].parse().ok()?, row[2].parse().ok()?)))).collect()
});

/// Returns the last words of the feasts.
pub(super) fn feast_ends() -> impl Iterator<Item = &'static str> {
    FEASTS.keys().filter_map(|words| words.split(' ').next_back())
}

pub(super) fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| (1800..=2200).contains(year) && word.len() == 4)
}

pub(super) fn day_number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    let ordinal = &word[digits.len()..];
    let fits = ordinal.is_empty() || ["st", "nd", "rd", "th"].contains(&ordinal);
    digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
}
