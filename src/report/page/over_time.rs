//! The drawing of claims over time, laid out in units of a drawing 360 wide: a lane a speaker, a bar for each time, its height the
//! root of how many claims, so that one is still seen beside many. The table beside it says the same in words.

use super::cite::text;
use crate::date::Date;
use crate::report::language::Language;
use crate::report::timeline::Timeline;
use crate::report::timeline::density::{Cell, Column, Density, Lane, Unit};
use serde::Serialize;

/// Where columns begin, and how wide all of them are.
const MARGIN: f64 = 10.0;
const WIDTH: f64 = 340.0;
/// The widest bar, and the highest.
const WIDE: f64 = 24.0;
const HIGH: f64 = 22.0;
/// Height of a lane with its name, and where in it the bars stand.
const LANE: usize = 50;
const GROUND: usize = 40;
/// Room below the lanes: a line of days, and a line for each sentence of the legend.
const LINE: usize = 16;
/// Room that the label of a day takes.
const LABEL: f64 = 90.0;

/// Claims over time, ready to be drawn.
#[derive(Debug, Serialize)]
pub(in crate::report) struct OverTime {
    /// Of the lanes with the line of days.
    height: usize,
    /// Of the drawing with its legend.
    whole: usize,
    described: String,
    lanes: Vec<Drawn>,
    /// Where time is left out.
    breaks: Vec<f64>,
    labels: Vec<Label>,
    legend: Vec<String>,
    table: Vec<Told>,
}

#[derive(Debug, Serialize)]
struct Drawn {
    name: String,
    /// Of the ground that bars stand on.
    y: usize,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: f64,
    width: f64,
    /// The middle, for the marks below.
    middle: f64,
    height: usize,
    contradiction: bool,
    verdict: bool,
    draft: bool,
}

#[derive(Debug, Serialize)]
struct Label {
    x: f64,
    /// It ends there.
    last: bool,
    words: String,
}

/// A lane in words.
#[derive(Debug, Serialize)]
struct Told {
    name: String,
    claims: usize,
    times: Vec<String>,
}

/// Lays out a timeline with at most so many lanes; nothing where no claim has a date.
pub(in crate::report) fn over_time(timeline: &Timeline, most: usize, lang: &Language) -> Option<OverTime> {
    let density = Density::of(timeline, most)?;
    let period = |date: Date| match density.unit {
        Unit::Week => lang.fill("over-time.week", &[("day", &lang.date(date))]),
        Unit::Day | Unit::Month | Unit::Year => lang.date(date),
    };
    let step = (WIDTH / density.columns.len() as f64).min(2.0 * WIDE);
    let x = |column: usize| MARGIN + step * column as f64;
    let name = |lane: &Lane| match lane.name.is_empty() && density.joined > 0 {
        true => lang.count(density.joined, "count.other"),
        false => lang.kept(&text(&lane.name)),
    };
    let highest = density.most();
    let bar = |(column, cell): (usize, &Cell)| {
        let width = (step - 1.0).clamp(1.0, WIDE);
        let height = (HIGH * (cell.claims as f64 / highest as f64).sqrt()).ceil() as usize;
        Bar {
            x: tenth(x(column)),
            width: tenth(width),
            middle: tenth(x(column) + width / 2.0),
            height,
            contradiction: cell.contradictions > 0,
            verdict: cell.verdicts > 0,
            draft: cell.drafts > 0 && cell.verdicts == 0,
        }
    };
    let lanes = density.lanes.iter().enumerate().map(|(number, lane)| Drawn {
        name: name(lane),
        y: number * LANE + GROUND,
        bars: lane.cells.iter().enumerate().filter(|(_, cell)| **cell != Cell::default()).map(bar).collect(),
    });
    let table = density.lanes.iter().map(|lane| Told {
        name: name(lane),
        claims: lane.cells.iter().map(|cell| cell.claims).sum(),
        times: density
            .columns
            .iter()
            .zip(&lane.cells)
            .filter_map(|(column, cell)| told(*column, cell, period, lang))
            .collect(),
    });
    let height = density.lanes.len() * LANE + LINE + 4;
    let legend = legend(&density, lang);
    Some(OverTime {
        height,
        whole: height + LINE * legend.len() + 4,
        described: described(&density, period, lang),
        lanes: lanes.collect(),
        breaks: breaks(&density).map(|column| tenth(x(column) + step / 2.0)).collect(),
        labels: labels(&density, x, period),
        legend,
        table: table.collect(),
    })
}

/// A tenth is fine enough, and the same on every machine.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn breaks(density: &Density) -> impl Iterator<Item = usize> {
    density.columns.iter().enumerate().filter(|(_, column)| **column == Column::Break).map(|(at, _)| at)
}

/// Says what fell into a column: "March 2024: 3 claims, 1 contradiction".
fn told(column: Column, cell: &Cell, period: impl Fn(Date) -> String, lang: &Language) -> Option<String> {
    let Column::Period(date) = column else { return None };
    let parts = [
        (cell.claims, "count.claim"),
        (cell.contradictions, "count.contradiction"),
        (cell.verdicts, "count.verdict"),
        (cell.drafts, "count.draft"),
    ];
    let parts = parts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| lang.count(*number, noun));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty())
        .then(|| lang.fill("over-time.told", &[("period", &period(date)), ("claims", &parts.join(", "))]))
}

/// The first time, the last one, and between them where time goes on behind a break, as far as there is room.
fn labels(density: &Density, x: impl Fn(usize) -> f64, period: impl Fn(Date) -> String) -> Vec<Label> {
    let columns = &density.columns;
    let at = |column: usize| match columns.get(column) {
        Some(Column::Period(date)) => Some(period(*date)),
        _ => None,
    };
    let end = x(columns.len());
    let last = columns.len() - 1;
    let alone = end < MARGIN + 2.0 * LABEL;
    let mut out: Vec<Label> = at(0).map(|words| Label { x: MARGIN, last: false, words }).into_iter().collect();
    for column in breaks(density).map(|at| at + 1) {
        let room = out.last().is_none_or(|before| before.x + LABEL <= x(column)) && x(column) + 2.0 * LABEL <= end;
        out.extend(at(column).filter(|_| room).map(|words| Label { x: tenth(x(column)), last: false, words }));
    }
    if last > 0 {
        let x = if alone { MARGIN + WIDTH } else { tenth(end) };
        out.extend(at(last).map(|words| Label { x, last: true, words }));
    }
    out
}

fn described(density: &Density, period: impl Fn(Date) -> String, lang: &Language) -> String {
    let cells = || density.lanes.iter().flat_map(|lane| &lane.cells);
    let claims = cells().map(|cell| cell.claims).sum::<usize>() + density.undated;
    let rows = density.lanes.len() + density.joined.saturating_sub(1);
    let ends = [density.columns.first(), density.columns.last()].map(|column| match column {
        Some(Column::Period(date)) => period(*date),
        _ => String::new(),
    });
    let (claims, lanes) = (lang.count(claims, "count.claim"), lang.count(rows, "count.row"));
    let places = [("claims", &*claims), ("rows", &*lanes), ("first", &*ends[0]), ("last", &*ends[1])];
    lang.fill("over-time.described", &places)
}

/// What the marks that are used stand for, a sentence each.
fn legend(density: &Density, lang: &Language) -> Vec<String> {
    let most = lang.count(density.most(), "count.claim");
    let bar = |key| lang.fill(key, &[("claims", &most)]);
    let mut out = vec![match density.unit {
        Unit::Day => bar("over-time.bar.day"),
        Unit::Week => bar("over-time.bar.week"),
        Unit::Month => bar("over-time.bar.month"),
        Unit::Year => bar("over-time.bar.year"),
    }];
    let any = |is: fn(&Cell) -> bool| density.lanes.iter().flat_map(|lane| &lane.cells).any(is);
    out.extend(any(|cell| cell.contradictions > 0).then(|| lang.say("over-time.contradiction").to_owned()));
    out.extend(any(|cell| cell.verdicts > 0).then(|| lang.say("over-time.verdict").to_owned()));
    out.extend(any(|cell| cell.drafts > 0 && cell.verdicts == 0).then(|| lang.say("over-time.draft").to_owned()));
    out.extend(breaks(density).next().map(|_| lang.say("over-time.break").to_owned()));
    out.extend((density.undated > 0).then(|| lang.count(density.undated, "over-time.undated")));
    out
}
