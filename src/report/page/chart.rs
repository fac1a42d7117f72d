//! Drawings for a page, laid out in units of a drawing 360 wide: positions over time, and the figures of a series.
//!
//! Each only shows what a table or list beside it says in words.

use super::cite::text;
use crate::date::Date;
use crate::report::contradictions::{Contradictions, Position, Series};
use crate::report::language::Language;
use crate::report::timeline::scale::Scale;
use serde::Serialize;

/// Columns that days fall on, with the margin at each side.
const COLUMNS: usize = 340;
const MARGIN: usize = 10;
/// Height of a row with its name.
const ROW: usize = 38;
/// The most rows that are drawn.
const MOST: usize = 16;

/// Positions over time, one row a speaker.
#[derive(Debug, Serialize)]
pub(super) struct Timeline {
    height: usize,
    described: String,
    rows: Vec<Row>,
    /// Where time is left out.
    breaks: Vec<usize>,
    first: String,
    last: String,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    /// Of the line.
    y: usize,
    points: Vec<Point>,
}

#[derive(Debug, Serialize)]
struct Point {
    x: usize,
    /// The speaker said otherwise on this day.
    changed: bool,
}

/// Lays out the positions of a report; nothing where fewer than two days are known.
pub(super) fn timeline(report: &Contradictions, lang: &Language) -> Option<Timeline> {
    let mut speakers: Vec<(&str, Vec<&Position>)> = Vec::new();
    for position in &report.positions {
        match speakers.iter_mut().find(|(name, _)| *name == position.speaker) {
            Some((_, own)) => own.push(position),
            None => speakers.push((&position.speaker, vec![position])),
        }
    }
    speakers.truncate(MOST);
    let days = |position: &Position| [position.since, position.last, position.changed].into_iter().flatten();
    let mut all: Vec<Date> = speakers.iter().flat_map(|(_, own)| own.iter().flat_map(|one| days(one))).collect();
    all.sort_unstable();
    let (first, last) = (*all.first()?, *all.last()?);
    if first == last {
        return None;
    }
    let scale = Scale::new(all.into_iter(), COLUMNS);
    let row = |(number, (name, own)): (usize, &(&str, Vec<&Position>))| {
        let mut points: Vec<(usize, bool)> = own
            .iter()
            .flat_map(|one| days(one).map(|day| (MARGIN + scale.column(day), one.changed == Some(day))))
            .collect();
        points.sort_by_key(|&(x, changed)| (x, !changed));
        points.dedup_by_key(|(x, _)| *x);
        let points = points.into_iter().map(|(x, changed)| Point { x, changed }).collect();
        Row { name: text(name), y: number * ROW + 28, points }
    };
    let rows: Vec<Row> = speakers.iter().enumerate().map(row).collect();
    let changes = report.positions.iter().filter(|position| position.changed.is_some()).count();
    let (first, last) = (lang.date(first), lang.date(last));
    let (speakers, changes) = (lang.count(rows.len(), "count.speaker"), lang.count(changes, "count.change"));
    let places = [("speakers", &*speakers), ("first", &*first), ("last", &*last), ("changes", &*changes)];
    let described = lang.fill("timeline.described", &places);
    Some(Timeline {
        height: rows.len() * ROW + 30,
        described,
        rows,
        breaks: (0..COLUMNS).filter(|column| scale.breaks_at(*column)).map(|column| column + MARGIN).collect(),
        first,
        last,
    })
}

/// The figures of a series as bars.
#[derive(Debug, Serialize)]
pub(super) struct Bars {
    height: usize,
    described: String,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    y: usize,
    width: usize,
    /// "1.5 billion crowns, 6 January 2031".
    label: String,
}

/// Lays out the figures of a series; nothing where they are years, or no numbers of one unit.
pub(super) fn bars(series: &Series, lang: &Language) -> Option<Bars> {
    let read = series.figures.iter().map(|figure| number(&figure.value)).collect::<Option<Vec<_>>>()?;
    let unit = &read.first()?.1;
    let largest = read.iter().map(|(number, _)| *number).fold(0.0, f64::max);
    if series.figures.iter().all(|figure| is_year(&figure.value))
        || read.len() < 2
        || largest <= 0.0
        || read.iter().any(|(_, other)| other != unit)
    {
        return None;
    }
    let bars = series.figures.iter().zip(&read).enumerate().map(|(at, (figure, (number, _)))| {
        let day = figure.statement.said.date.or(figure.statement.article.published);
        let figure = text(&figure.value);
        let label = match day {
            Some(day) => lang.fill("figures.bar", &[("figure", &figure), ("day", &lang.date(day))]),
            None => figure,
        };
        let width = (number / largest * COLUMNS as f64).round() as usize;
        Bar { y: at * ROW, width: width.max(1), label }
    });
    let bars: Vec<Bar> = bars.collect();
    let described = bars.iter().map(|bar| bar.label.clone()).collect::<Vec<_>>().join("; ");
    Some(Bars { height: bars.len() * ROW, described, bars })
}

/// Tells whether a figure is a year as it is written: a bar of its length would say nothing.
fn is_year(value: &str) -> bool {
    let value = value.trim();
    value.len() == 4 && value.starts_with(['1', '2']) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a figure as a number and the words after it.
fn number(value: &str) -> Option<(f64, String)> {
    let value = text(value);
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(value.len());
    let number: f64 = value[..end].trim_end_matches(['.', ',']).replace(',', "").parse().ok()?;
    Some((number, value[end..].trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{is_year, number};

    #[test]
    fn figures_are_read_with_their_unit() {
        assert_eq!(number("1.5 billion crowns"), Some((1.5, "billion crowns".into())));
        assert_eq!(number("1,200"), Some((1200.0, String::new())));
        assert_eq!(number("a dozen"), None);
        assert_eq!(number(""), None);
        let years = ["2027", "1,200", "1200 people", "202", "9999"].map(is_year);
        assert_eq!(years, [true, false, false, false, false]);
    }
}
