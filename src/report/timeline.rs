//! A timeline drawn in characters: one row a speaker or story, time from left to right, a mark for each event.
//!
//! Where several events fall on one column the weightiest is shown: a reversal hides a repeat, a repeat hides a claim.
//! A long time without events is left out, so that one early event does not squeeze the rest.
//! Nothing is drawn for what has no date; such events are counted at the end of their row.

pub(super) mod density;
pub(super) mod scale;

use crate::date::Date;
use crate::report::visible::visible;
use scale::{BREAK, Scale};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

/// What happened, from the least weighty to the weightiest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Claim,
    /// Said again, in the same or other words.
    Repeat,
    /// A new figure for the same measure.
    Update,
    /// Contradicts an earlier claim.
    Reversal,
    /// A person's verdict that is not published.
    Draft,
    /// A person's published verdict.
    Verdict,
}

impl Mark {
    pub const ALL: [Self; 6] = [Self::Claim, Self::Repeat, Self::Update, Self::Reversal, Self::Draft, Self::Verdict];

    /// Returns the character that stands for it, one column wide.
    pub const fn sign(self) -> char {
        match self {
            Self::Claim => '·',
            Self::Repeat => '=',
            Self::Update => '~',
            Self::Reversal => '×',
            Self::Draft => '◇',
            Self::Verdict => '◆',
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Repeat => "repeat",
            Self::Update => "update",
            Self::Reversal => "contradiction",
            Self::Draft => "draft verdict",
            Self::Verdict => "verdict",
        }
    }
}

/// One event of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub mark: Mark,
    /// `None` when it cannot be told.
    pub date: Option<Date>,
    /// `c41`, `v3`.
    pub id: String,
}

/// One speaker or story with its events, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    pub events: Vec<Event>,
}

/// What is drawn: rows in the order given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    pub rows: Vec<Row>,
}

/// Narrowest and widest part of the screen that time itself is given, in columns.
const TIME: std::ops::RangeInclusive<usize> = 10..=120;
/// Widest a name is drawn before it takes a line of its own, in columns.
const NAME: usize = 28;

impl Timeline {
    /// Tells whether nothing is to be drawn.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the first and the last day that something is known to have happened on.
    pub fn period(&self) -> Option<(Date, Date)> {
        let dates = || self.rows.iter().flat_map(|row| row.events.iter().filter_map(|event| event.date));
        Some((dates().min()?, dates().max()?))
    }

    /// Draws the rows within so many columns: names, events, a scale, and the legend of the marks used.
    ///
    /// A name is never cut: one that is too long has a line of its own. Without any date there is nothing to draw.
    pub fn draw(&self, width: usize) -> Vec<String> {
        if self.period().is_none() {
            return Vec::new();
        }
        let names = self.rows.iter().map(|row| visible(&row.name).width()).filter(|&name| name <= NAME);
        let margin = names.max().unwrap_or(0) + 2;
        let columns = width.saturating_sub(margin + 4).clamp(*TIME.start(), *TIME.end());
        let dates = self.rows.iter().flat_map(|row| row.events.iter().filter_map(|event| event.date));
        let scale = Scale::new(dates, columns);
        let mut lines: Vec<String> = Vec::new();
        for row in &self.rows {
            let name = visible(&row.name);
            let drawn = draw_row(row, &scale);
            if name.width() > NAME {
                lines.push(name.into_owned());
                lines.push(format!("{}{drawn}", " ".repeat(margin)));
            } else {
                lines.push(format!("{name}{}{drawn}", " ".repeat(margin - name.width())));
            }
        }
        lines.push(format!("{}{}", " ".repeat(margin), scale.labels()));
        lines.extend(self.legend(&scale, width));
        lines.iter().map(|line| line.trim_end().to_owned()).collect()
    }

    /// The marks that are used, in as many lines as they need.
    fn legend(&self, scale: &Scale, width: usize) -> Vec<String> {
        let used = |mark: &&Mark| self.rows.iter().any(|row| row.events.iter().any(|event| event.mark == **mark));
        let marks = Mark::ALL.iter().filter(used).map(|mark| format!("{} {}", mark.sign(), mark.name()));
        let gap = scale.is_broken().then(|| format!("{BREAK} time without claims, left out"));
        let mut lines: Vec<String> = Vec::new();
        for part in marks.chain(gap) {
            match lines.last_mut().filter(|line| line.width() + 3 + part.width() <= width) {
                Some(line) => line.push_str(&format!("   {part}")),
                None => lines.push(part),
            }
        }
        lines
    }
}

fn draw_row(row: &Row, scale: &Scale) -> String {
    let mut columns: Vec<Option<Mark>> = vec![None; scale.columns()];
    let mut undated = 0;
    for event in &row.events {
        match event.date {
            Some(date) => {
                let place = &mut columns[scale.column(date)];
                *place = (*place).max(Some(event.mark));
            }
            None => undated += 1,
        }
    }
    let empty = |column: usize| if scale.breaks_at(column) { BREAK } else { ' ' };
    let line: String =
        columns.iter().enumerate().map(|(at, mark)| mark.map_or_else(|| empty(at), Mark::sign)).collect();
    if undated > 0 { format!("{line} +{undated}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(mark: Mark, day: &str) -> Event {
        Event { mark, date: Date::parse_iso(day), id: String::new() }
    }

    #[track_caller]
    fn check(rows: Vec<(&str, Vec<Event>)>, width: usize, expected: &[&str]) {
        let rows = rows.into_iter().map(|(name, events)| Row { name: name.to_owned(), events }).collect();
        let lines = Timeline { rows }.draw(width);
        assert_eq!(lines, expected, "\n{}", lines.join("\n"));
    }

    #[test]
    fn events_stand_where_their_day_falls() {
        let amsel = vec![
            event(Mark::Claim, "2031-01-01"),
            event(Mark::Repeat, "2031-01-11"),
            event(Mark::Reversal, "2031-01-21"),
            event(Mark::Claim, "2031-01-21"),
        ];
        let quint = vec![event(Mark::Verdict, "2031-01-31"), event(Mark::Claim, "")];
        check(
            vec![("Ruth Amsel", amsel), ("李 Quint", quint)],
            47,
            &[
                "Ruth Amsel  ·         =         ×",
                "李 Quint                                  ◆ +1",
                "            2031-01-01           2031-01-31",
                "· claim   = repeat   × contradiction",
                "◆ verdict",
            ],
        );
    }

    #[test]
    fn an_outlier_does_not_squeeze_the_rest() {
        let days = ["1987-03-02", "2031-01-01", "2031-01-11", "2031-01-21", "2031-01-31"];
        let events = days.iter().map(|day| event(Mark::Claim, day)).collect();
        check(
            vec![("Ada", events)],
            49,
            &[
                "Ada  ·  ┊  ·          ·          ·          ·",
                "     1987-03-02  2031-01-01        2031-01-31",
                "· claim   ┊ time without claims, left out",
            ],
        );
        // Two events are as far apart as they are; a short pause is part of the story.
        for days in [&["1987-03-02", "2031-01-01"][..], &["2031-01-01", "2031-01-02", "2031-02-20"]] {
            let events = days.iter().map(|day| event(Mark::Claim, day)).collect();
            let lines = Timeline { rows: vec![Row { name: "Ada".into(), events }] }.draw(60);
            assert!(!lines.concat().contains(BREAK), "{lines:?}");
        }
    }

    #[test]
    fn odd_rows_are_drawn_whole() {
        check(vec![], 80, &[]);
        check(vec![("A", vec![event(Mark::Claim, "")])], 80, &[]);
        check(
            vec![("a senior official who asked not\u{1b} to be named", vec![event(Mark::Update, "2031")])],
            0,
            &["a senior official who asked not␛ to be named", "  ~", "  2031", "~ update"],
        );
    }
}
