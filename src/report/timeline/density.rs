//! Claims counted by day, week, month or year, so that a drawing stays readable however many there are.
//!
//! The unit is the smallest whose columns there is room for; a time without claims is left out and takes one column.

use super::{Mark, Timeline};
use crate::date::Date;
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// The most columns of a drawing, as long as a larger unit can be taken.
const ROOM: usize = 40;
/// So many empty units stand as they are; more are left out.
const SHORT: usize = 2;

/// What a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Unit {
    Day,
    /// From Monday on.
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Returns the first day of the unit that a day falls in.
    fn start(self, day: NaiveDate) -> NaiveDate {
        let start = match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Self::Month => day.with_day(1),
            Self::Year => day.with_ordinal(1),
        };
        start.unwrap_or(day)
    }

    fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.checked_add_days(Days::new(1)),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Year => start.checked_add_months(Months::new(12)),
        }
    }

    /// Returns the time from a first day on: a week by its Monday.
    fn period(self, start: NaiveDate) -> Date {
        let period = match self {
            Self::Day | Self::Week => None,
            Self::Month => Date::month(start.year(), start.month()),
            Self::Year => Date::year(start.year()),
        };
        period.unwrap_or(Date::day(start))
    }
}

/// One column of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Column {
    Period(Date),
    /// A time without claims, left out.
    Break,
}

/// What fell into one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::report) struct Cell {
    pub claims: usize,
    /// Of the claims, those that contradict an earlier one.
    pub contradictions: usize,
    pub verdicts: usize,
    pub drafts: usize,
}

/// A speaker or story, with a cell a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Lane {
    /// Empty for the last lane, where it holds the rest.
    pub name: String,
    pub cells: Vec<Cell>,
}

/// How many claims each row of a timeline has in each of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Density {
    pub unit: Unit,
    pub columns: Vec<Column>,
    pub lanes: Vec<Lane>,
    /// Rows that the last lane holds together; 0 where each has its own.
    pub joined: usize,
    /// Claims without a date.
    pub undated: usize,
}

impl Density {
    /// Counts a timeline; rows after the first so many share one lane. `None` where no claim has a date.
    pub fn of(timeline: &Timeline, most: usize) -> Option<Self> {
        let events = || timeline.rows.iter().flat_map(|row| &row.events);
        let days: BTreeSet<NaiveDate> = events().filter_map(|event| event.date).map(Date::first).collect();
        let mut laid = Unit::ALL.iter().map(|&unit| (unit, columns(unit, &days)));
        let (unit, columns) = laid.find(|(unit, columns)| columns.len() <= ROOM || *unit == Unit::Year)?;
        if columns.is_empty() {
            return None;
        }
        let places: BTreeMap<Date, usize> = columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| if let Column::Period(date) = column { Some((*date, at)) } else { None })
            .collect();
        let own = if timeline.rows.len() > most { most.saturating_sub(1) } else { timeline.rows.len() };
        let mut lanes: Vec<Lane> =
            timeline.rows[..own].iter().map(|row| Lane::empty(&row.name, columns.len())).collect();
        if own < timeline.rows.len() {
            lanes.push(Lane::empty("", columns.len()));
        }
        let mut undated = 0;
        for (number, row) in timeline.rows.iter().enumerate() {
            let cells = &mut lanes[number.min(own)].cells;
            for event in &row.events {
                let place = event.date.and_then(|date| places.get(&unit.period(unit.start(date.first()))));
                match place.and_then(|&at| cells.get_mut(at)) {
                    Some(cell) => cell.add(event.mark),
                    None if !matches!(event.mark, Mark::Draft | Mark::Verdict) => undated += 1,
                    None => {}
                }
            }
        }
        Some(Self { unit, columns, lanes, joined: timeline.rows.len() - own, undated })
    }

    /// Returns the largest number of claims in a cell; at least 1.
    pub fn most(&self) -> usize {
        self.lanes.iter().flat_map(|lane| &lane.cells).map(|cell| cell.claims).max().unwrap_or(1).max(1)
    }
}

impl Lane {
    fn empty(name: &str, columns: usize) -> Self {
        Self { name: name.to_owned(), cells: vec![Cell::default(); columns] }
    }
}

impl Cell {
    fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Claim | Mark::Repeat | Mark::Update => self.claims += 1,
            Mark::Reversal => {
                self.claims += 1;
                self.contradictions += 1;
            }
            Mark::Draft => self.drafts += 1,
            Mark::Verdict => self.verdicts += 1,
        }
    }
}

/// Lays out the units of some days, in order.
fn columns(unit: Unit, days: &BTreeSet<NaiveDate>) -> Vec<Column> {
    let starts: BTreeSet<NaiveDate> = days.iter().map(|&day| unit.start(day)).collect();
    let mut out: Vec<Column> = Vec::new();
    let mut before: Option<NaiveDate> = None;
    for start in starts {
        let after = before.and_then(|before| unit.next(before));
        let empty = std::iter::successors(after, |&day| unit.next(day)).take_while(|&day| day < start);
        let empty: Vec<NaiveDate> = empty.take(SHORT + 1).collect();
        if empty.len() > SHORT {
            out.push(Column::Break);
        } else {
            out.extend(empty.into_iter().map(|day| Column::Period(unit.period(day))));
        }
        out.push(Column::Period(unit.period(start)));
        before = Some(start);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::timeline::{Event, Row};

    fn timeline(rows: &[(&str, &[(&str, Mark)])]) -> Timeline {
        let event = |&(day, mark): &(&str, Mark)| Event { mark, date: Date::parse_iso(day), id: String::new() };
        let row = |&(name, events): &(&str, &[(&str, Mark)])| Row {
            name: name.to_owned(),
            events: events.iter().map(event).collect(),
        };
        Timeline { rows: rows.iter().map(row).collect() }
    }

    fn told(density: &Density) -> String {
        let column = |column: &Column| match column {
            Column::Period(date) => date.to_string(),
            Column::Break => "|".to_owned(),
        };
        density.columns.iter().map(column).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_time_without_claims_is_one_column() {
        let found = timeline(&[(
            "Ada",
            &[
                ("2031-01-01", Mark::Claim),
                ("2031-01-03", Mark::Reversal),
                ("2031-01-09", Mark::Claim),
                ("", Mark::Claim),
            ],
        )]);
        let density = Density::of(&found, 5).unwrap();
        assert_eq!(
            (density.unit, told(&density).as_str()),
            (Unit::Day, "2031-01-01 2031-01-02 2031-01-03 | 2031-01-09")
        );
        let claims: Vec<usize> = density.lanes[0].cells.iter().map(|cell| cell.claims).collect();
        assert_eq!((claims, density.undated, density.most()), (vec![1, 0, 1, 0, 1], 1, 1));
        assert_eq!(density.lanes[0].cells[2].contradictions, 1);
    }

    #[test]
    fn the_unit_grows_with_the_time() {
        let days = |step: usize, number: usize| -> Vec<String> {
            let first = NaiveDate::from_ymd_opt(2031, 1, 1).unwrap();
            (0..number).map(|at| (first + Days::new((at * step) as u64)).to_string()).collect()
        };
        for (step, number, unit) in
            [(1, 40, Unit::Day), (1, 90, Unit::Week), (1, 365, Unit::Month), (40, 90, Unit::Year)]
        {
            let days = days(step, number);
            let events: Vec<(&str, Mark)> = days.iter().map(|day| (day.as_str(), Mark::Claim)).collect();
            let density = Density::of(&timeline(&[("Ada", &events)]), 5).unwrap();
            assert_eq!(density.unit, unit, "{step} {number}: {}", told(&density));
            let claims: usize = density.lanes[0].cells.iter().map(|cell| cell.claims).sum();
            assert_eq!(claims, number, "none is lost");
        }
    }

    #[test]
    fn rows_that_find_no_room_share_a_lane() {
        let one: &[(&str, Mark)] = &[("2031-01-01", Mark::Claim), ("2031-01-01", Mark::Verdict)];
        let all = timeline(&[("A", one), ("B", one), ("C", one), ("D", one)]);
        let density = Density::of(&all, 3).unwrap();
        let names: Vec<&str> = density.lanes.iter().map(|lane| lane.name.as_str()).collect();
        assert_eq!((names, density.joined), (vec!["A", "B", ""], 2));
        assert_eq!(density.lanes[2].cells[0], Cell { claims: 2, verdicts: 2, ..Cell::default() });
        assert_eq!(Density::of(&all, 4).unwrap().joined, 0);
        assert!(Density::of(&timeline(&[("A", &[("", Mark::Claim)])]), 3).is_none());
        assert!(Density::of(&Timeline::default(), 3).is_none());
    }
}
