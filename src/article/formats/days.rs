//! Days as records and heads write them. `12/05/2025` is two days: what one row leaves open the others of its column tell, else
//! a person; else it is no day.

use super::mapping::Field;
use super::{Moment, html};
use crate::date::{Date, DayOrder, Numeric, figures};
use std::collections::BTreeMap;

/// In which order day and month stand in the fields of one table.
#[derive(Debug, Default)]
pub(super) struct Orders {
    shown: BTreeMap<Field, DayOrder>,
    said: Option<DayOrder>,
}

impl Orders {
    /// Finds them in all rows, of which `column` gives one field; what a person said holds where the rows do not tell.
    pub fn of(column: impl Fn(Field) -> Vec<String>, said: Option<DayOrder>) -> Self {
        let fields = [Field::Published, Field::Updated].into_iter();
        let shown =
            fields.filter_map(|field| Some((field, DayOrder::shown(column(field).iter().map(String::as_str))?)));
        Self { shown: shown.collect(), said }
    }

    /// Reads the day of a row.
    pub fn moment(&self, field: Field, written: &str) -> Option<Moment> {
        moment(written, self.shown.get(&field).copied().or(self.said))
    }
}

/// Reads a day, with its time where it tells one; a day that may be two by the order that is known, or not at all.
pub fn moment(written: &str, order: Option<DayOrder>) -> Option<Moment> {
    match figures(written) {
        Some(found @ Numeric::Either { .. }) => found.resolved(order).map(Moment::from),
        Some(Numeric::Date(date)) => {
            html::moment(written).filter(|found| found.day == date).or_else(|| html::moment(&date.to_string()))
        }
        None => html::moment(written),
    }
}

/// Tells whether a day in figures has two readings.
pub fn may_be_two(written: &str) -> bool {
    matches!(figures(written), Some(Numeric::Either { .. }))
}

/// Says why a day could not be read, and what to do; `place` is such as ` of the head`.
pub fn unread(written: &str, place: &str) -> String {
    match figures(written) {
        Some(Numeric::Either { day_first, month_first }) => {
            either(&format!("the date “{written}”{place}"), day_first, month_first)
        }
        _ => format!("the date “{written}”{place} could not be read; --date sets one"),
    }
}

/// Says that a date may be two days, and who can tell which.
pub fn either(date: &str, day_first: Date, month_first: Date) -> String {
    format!(
        "{date} may be {day_first} or {month_first}: set the order before the load (`.set dates day-first`, `--map \
         dates=day-first`, or month-first), or give --date"
    )
}
