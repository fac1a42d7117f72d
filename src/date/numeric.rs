//! Dates in figures as people write them: `5.7.2018`, `05/07/2018`, `2016/09/29`.
//!
//! With full stops the day comes first; with slashes or hyphens either may, so a date such as `05/07/2018` is two dates
//! until somebody says which order holds. Refuses years of two figures: nobody can tell them from days.

use super::Date;
use super::named::weekday;
use chrono::{Datelike, NaiveDate};

/// Which of two figures is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// As in most of the world: 05/07/2018 is 5 July.
    DayFirst,
    /// As in the United States: 05/07/2018 is May 7.
    MonthFirst,
}

impl DayOrder {
    /// Returns the order that a column of dates shows: some of them can be read in it alone, and none in the other alone.
    pub fn shown<'a>(column: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let orders = column.into_iter().filter_map(|written| match words(written).find_map(readings)? {
            [Some(_), None] => Some(Self::DayFirst),
            [None, Some(_)] => Some(Self::MonthFirst),
            _ => None,
        });
        let orders: Vec<Self> = orders.collect();
        orders.first().copied().filter(|first| orders.iter().all(|order| order == first))
    }
}

impl std::str::FromStr for DayOrder {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        match written {
            "day-first" => Ok(Self::DayFirst),
            "month-first" => Ok(Self::MonthFirst),
            other => Err(format!("`{other}` is no order of dates (day-first, month-first)")),
        }
    }
}

/// What figures mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeric {
    Date(Date),
    /// Both readings are dates, and they differ.
    Either {
        day_first: Date,
        month_first: Date,
    },
}

impl Numeric {
    /// Returns the date, where there is one reading or the order is known.
    pub const fn resolved(self, order: Option<DayOrder>) -> Option<Date> {
        match (self, order) {
            (Self::Date(date), _) => Some(date),
            (Self::Either { day_first, .. }, Some(DayOrder::DayFirst)) => Some(day_first),
            (Self::Either { month_first, .. }, Some(DayOrder::MonthFirst)) => Some(month_first),
            (Self::Either { .. }, None) => None,
        }
    }
}

/// Reads three figures apart by `.`, `/` or `-`; `None` for anything else.
pub fn numeric(written: &str) -> Option<Numeric> {
    match readings(written)? {
        [Some(one), Some(other)] if one != other => Some(Numeric::Either { day_first: one, month_first: other }),
        [Some(date), _] | [None, Some(date)] => Some(Numeric::Date(date)),
        [None, None] => None,
    }
}

/// Reads the first date in figures among other words, such as a time; a weekday beside it settles which of two days it is.
pub fn figures(written: &str) -> Option<Numeric> {
    let found = words(written).find_map(numeric)?;
    let Numeric::Either { day_first, month_first } = found else { return Some(found) };
    let named = words(written).find_map(|word| weekday(&word.to_lowercase()));
    let fits = |date: &Date| named == Some(date.first().weekday());
    Some(match [day_first, month_first].map(|date| Some(date).filter(fits)) {
        [Some(date), None] | [None, Some(date)] => Numeric::Date(date),
        _ => found,
    })
}

fn words(written: &str) -> impl Iterator<Item = &str> {
    written.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The day that figures mean with the day first, and with the month first, as far as there are such days.
fn readings(written: &str) -> Option<[Option<Date>; 2]> {
    let written = written.trim().trim_end_matches('.');
    let mark = written.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let parts: Vec<&str> = written.split(mark).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number =
        |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
    let day = |year: u32, month: u32, day: u32| {
        (1000..=9999)
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year.cast_signed(), month, day))
            .flatten()
            .map(Date::day)
    };
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        return Some([day(first, second, third); 2]);
    }
    if c.len() != 4 {
        return None;
    }
    let day_first = day(third, second, first);
    if mark == '.' {
        return Some([day_first; 2]);
    }
    Some([day_first, day(third, first, second)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, day_first: &str, month_first: &str) {
        let read = |order| {
            numeric(written)
                .and_then(|found| found.resolved(Some(order)))
                .map(|date| date.to_string())
                .unwrap_or_default()
        };
        assert_eq!(read(DayOrder::DayFirst), day_first, "{written}");
        assert_eq!(read(DayOrder::MonthFirst), month_first, "{written}");
        let is_open = numeric(written).is_some_and(|found| found.resolved(None).is_none());
        assert_eq!(is_open, day_first != month_first, "{written}");
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        check("5.7.2018", "2018-07-05", "2018-07-05");
        check("05.07.2018.", "2018-07-05", "2018-07-05");
        check("05/07/2018", "2018-07-05", "2018-05-07");
        check("5-7-2018", "2018-07-05", "2018-05-07");
        check("25/07/2018", "2018-07-25", "2018-07-25");
        check("07/25/2018", "2018-07-25", "2018-07-25");
        check("07/07/2018", "2018-07-07", "2018-07-07");
        check("2016/09/29", "2016-09-29", "2016-09-29");
        check("2016.9.29", "2016-09-29", "2016-09-29");
    }

    #[test]
    fn a_column_shows_the_order_of_its_dates_where_one_of_them_does_and_none_another() {
        for (column, order) in [
            (&["03/05/2025", "25/05/2025 14:30", ""][..], Some(DayOrder::DayFirst)),
            (&["03/05/2025", "05-25-2025"], Some(DayOrder::MonthFirst)),
            (&["03/05/2025", "2025-05-25", "25.05.2025"], None),
            (&["25/05/2025", "05/25/2025"], None),
            (&[], None),
        ] {
            assert_eq!(DayOrder::shown(column.iter().copied()), order, "{column:?}");
        }
    }

    #[test]
    fn a_weekday_that_fits_one_reading_settles_it() {
        let read = |written| figures(written).and_then(|found| found.resolved(None)).map(|date| date.to_string());
        assert_eq!(read("Monday, 12/05/2025, 10:00").as_deref(), Some("2025-05-12"));
        assert_eq!(read("Fri 12/05/2025").as_deref(), Some("2025-12-05"));
        assert_eq!(read("12/05/2025 10:00"), None);
        assert_eq!(read("Sunday 12/05/2025"), None);
    }

    #[test]
    fn what_is_no_date_in_figures_is_left_alone() {
        for written in
            ["", "5.7.18", "31/31/2018", "12:30", "1.2 billion", "5/7", "2018", "a/b/2018", "5.7/2018", "29.2.2017"]
        {
            assert_eq!(numeric(written), None, "{written}");
        }
    }
}
