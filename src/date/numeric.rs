//! Dates in figures as people write them: `5.7.2018`, `05/07/2018`, `2016/09/29`.
//!
//! With full stops the day comes first; with slashes or hyphens either may, so a date such as `05/07/2018` is two dates
//! until somebody says which order holds. Refuses years of two figures: nobody can tell them from days.

use super::Date;
use chrono::NaiveDate;

/// Which of two figures is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// As in most of the world: 05/07/2018 is 5 July.
    DayFirst,
    /// As in the United States: 05/07/2018 is May 7.
    MonthFirst,
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
        return day(first, second, third).map(Numeric::Date);
    }
    if c.len() != 4 {
        return None;
    }
    let day_first = day(third, second, first);
    if mark == '.' {
        return day_first.map(Numeric::Date);
    }
    match (day_first, day(third, first, second)) {
        (Some(one), Some(other)) if one != other => Some(Numeric::Either { day_first: one, month_first: other }),
        (Some(date), _) | (None, Some(date)) => Some(Numeric::Date(date)),
        (None, None) => None,
    }
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
    fn what_is_no_date_in_figures_is_left_alone() {
        for written in
            ["", "5.7.18", "31/31/2018", "12:30", "1.2 billion", "5/7", "2018", "a/b/2018", "5.7/2018", "29.2.2017"]
        {
            assert_eq!(numeric(written), None, "{written}");
        }
    }
}
