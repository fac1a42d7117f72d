//! Dates that a person types into a command, read in the order of day and month that the person chose.
//!
//! `05/07/2018` is two dates until `.set dates` says which figure is the day; until then the person is asked.

use crate::commands::{CommandError, Session};
use crate::date::{Date, DayOrder, Numeric, is_no_day, numeric, parse_by_person, resolve};
use crate::store::filter::KEYS;
use chrono::NaiveDate;

/// Reads the value of `.set dates`.
pub fn order(written: &str) -> Option<Option<DayOrder>> {
    match written.trim().to_lowercase().as_str() {
        "day-first" | "day first" | "day" | "dmy" => Some(Some(DayOrder::DayFirst)),
        "month-first" | "month first" | "month" | "mdy" => Some(Some(DayOrder::MonthFirst)),
        "ask" => Some(None),
        _ => None,
    }
}

/// Returns the word that [`order`] reads.
pub const fn order_word(order: Option<DayOrder>) -> &'static str {
    match order {
        Some(DayOrder::DayFirst) => "day-first",
        Some(DayOrder::MonthFirst) => "month-first",
        None => "ask",
    }
}

impl Session {
    /// Reads a date as people write it, counted back from today.
    ///
    /// # Errors
    /// When the words are no date, or two dates and nobody said which figure is the day.
    pub(in crate::commands) fn date(&self, written: &str) -> Result<Date, CommandError> {
        self.read_date(written, || parse_by_person(written, self.today().first()))
    }

    /// Reads a date as news writes it, counted back from the day of an article: its own weekday is that day.
    ///
    /// # Errors
    /// As [`Session::date`].
    pub(in crate::commands) fn date_from(&self, written: &str, article: NaiveDate) -> Result<Date, CommandError> {
        let resolved = || resolve(written, Date::day(article)).or_else(|| parse_by_person(written, article));
        self.read_date(written, resolved)
    }

    fn read_date(&self, written: &str, in_words: impl Fn() -> Option<Date>) -> Result<Date, CommandError> {
        match numeric(written) {
            Some(found) => found.resolved(self.shell.dates).ok_or_else(|| ambiguous(written, found)),
            None => in_words().ok_or_else(|| {
                if is_no_day(written, self.today().first()) {
                    return CommandError::usage(format!("there is no such day: `{written}`"));
                }
                CommandError::usage(format!("invalid date `{written}`"))
                    .with_hint("write 2018-07-05, 2018-07, \"July 5\" or \"last week\"; see `help dates`")
            }),
        }
    }

    /// Returns a word of a filter with a date in figures written out, so that one order of day and month holds.
    ///
    /// # Errors
    /// For a date that may be two, and for `speaker=Wells`.
    pub(in crate::commands) fn filter_word(&self, word: &str) -> Result<String, CommandError> {
        let (not, rest) = word.strip_prefix("not:").map_or(("", word), |rest| ("not:", rest));
        if let Some((key, value)) = rest.split_once('=')
            && KEYS.iter().any(|(known, _)| known.eq_ignore_ascii_case(key))
        {
            let written = format!("{not}{}:{}", key.to_lowercase(), crate::commands::line::quoted(value));
            return Err(
                CommandError::usage(format!("`{word}` is not a filter")).with_hint(format!("write `{written}`"))
            );
        }
        let Some((key, value)) = rest.split_once(':') else { return Ok(word.to_owned()) };
        if !["after", "before", "on"].contains(&key.to_lowercase().as_str()) {
            return Ok(word.to_owned());
        }
        match numeric(value.trim().trim_matches(['"', '“', '”'])) {
            Some(_) => Ok(format!("{not}{key}:{}", self.date(value.trim().trim_matches(['"', '“', '”']))?)),
            None => Ok(word.to_owned()),
        }
    }
}

fn ambiguous(written: &str, found: Numeric) -> CommandError {
    let Numeric::Either { day_first, month_first } = found else {
        return CommandError::usage(format!("invalid date `{written}`"));
    };
    CommandError::usage(format!("`{written}` may be {day_first} or {month_first}"))
        .with_hint("write one of them, or set the order once: `.set dates day-first` or `.set dates month-first`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::screen::Screen;
    use crate::store::Place;
    use crate::workbench::Settings;

    fn session(dates: Option<DayOrder>) -> Session {
        let today = NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
        let settings = Settings { today, ..Settings::default() };
        let mut session = Session::new(Place::Memory, settings, Screen::captured(90));
        session.shell.dates = dates;
        session
    }

    #[test]
    fn an_open_order_is_asked_and_a_chosen_one_holds() {
        for (dates, written, expected) in [
            (None, "after:05/07/2018", Err("may be 2018-07-05 or 2018-05-07")),
            (Some(DayOrder::DayFirst), "after:05/07/2018", Ok("after:2018-07-05")),
            (Some(DayOrder::MonthFirst), "not:on:05/07/2018", Ok("not:on:2018-05-07")),
            (None, "before:5.7.2018", Ok("before:2018-07-05")),
            (None, "on:2016/09/29", Ok("on:2016-09-29")),
            (None, "after:\"last week\"", Ok("after:\"last week\"")),
            (None, "speaker:05/07/2018", Ok("speaker:05/07/2018")),
            (None, "05/07/2018", Ok("05/07/2018")),
        ] {
            let read = session(dates).filter_word(written);
            match (read, expected) {
                (Ok(read), Ok(wanted)) => assert_eq!(read, wanted, "{written}"),
                (Err(error), Err(wanted)) => assert!(error.to_string().contains(wanted), "{written}: {error}"),
                (read, _) => panic!("{written}: {read:?}"),
            }
        }
        assert_eq!(session(None).date("past 30 days").unwrap().to_string(), "2025-01-30");
        let none = session(None).date("31 February").unwrap_err();
        assert_eq!(none.to_string(), "there is no such day: `31 February`");
        assert!(session(None).date("soonish").unwrap_err().to_string().contains("invalid date `soonish`"));
    }

    #[test]
    fn an_equals_sign_is_answered_with_the_filter() {
        for (written, hint) in [
            ("speaker=Wells", "`speaker:Wells`"),
            ("SPEAKER=Wells", "`speaker:Wells`"),
            ("not:outlet=wire", "`not:outlet:wire`"),
            ("speaker=Ann Wells", "`speaker:\"Ann Wells\"`"),
        ] {
            let error = session(None).filter_word(written).unwrap_err();
            assert!(error.hint().unwrap_or_default().contains(hint), "{written}: {:?}", error.hint());
        }
        assert!(session(None).filter_word("a=b").is_ok());
    }
}
