//! Days that are in no calendar: "31 February", "2023-02-29".

use super::meaning::{Meaning, meaning, parse_by_person, strip, words};
use super::named::{day_number, month, year};
use chrono::NaiveDate;

/// Tells whether words name a day that no year has, or that the year they name has not.
pub fn is_no_day(written: &str, today: NaiveDate) -> bool {
    let words = words(written);
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    let lower = strip(&lower);
    let is_year = |word: &str| year(word).is_some();
    let is_day = |word: &str| day_number(word).is_some();
    let is_month = |word: &str| month(word).is_some();
    let in_words = match lower {
        [first, second, last] if is_year(last) => {
            is_month(first) && is_day(second) || is_day(first) && is_month(second)
        }
        [first, "of", second, last] => is_year(last) && is_day(first) && is_month(second),
        _ => matches!(meaning(lower), Some(Meaning::DayOf(..))),
    };
    let parts: Vec<&str> = written.trim().split(['-', '/', '.']).collect();
    let in_figures = match parts.as_slice() {
        [first, second, third] => {
            is_day(second) && (is_year(first) && is_day(third) || is_day(first) && is_year(third))
        }
        _ => false,
    };
    (in_words || in_figures) && parse_by_person(written, today).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_no_year_has_is_told_from_what_is_no_date() {
        let today = NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
        for written in [
            "31 February",
            "February 30",
            "the 31st of April",
            "29 February 2023",
            "Feb. 29, 2023",
            "2023-02-29",
            "30/02/2023",
        ] {
            assert!(is_no_day(written, today), "{written}");
        }
        for written in ["29 February", "soonish", "last spring", "5 July", "2018-07-05", "July", "last week", ""] {
            assert!(!is_no_day(written, today), "{written}");
        }
    }
}
