//! Blocks as a person reads them on a terminal or in a plain file: wrapped, never cut, calm.

use super::{Aside, Block, Frame, Paragraph, Role, Run, Styling, table};
use crate::report::visible::{visible, visible_line};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use textwrap::WordSeparator;
use textwrap::core::{Word, break_words, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

/// The least width that text is wrapped to, however narrow the terminal.
const NARROWEST: usize = 20;

/// Writes blocks one after the other; each ends with a line break.
pub fn blocks(blocks: &[Block], frame: &Frame) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading(text) => paint(&mut out, Role::Heading, &visible_line(text), frame),
            Block::Paragraph(part) => paragraph(&mut out, part, frame),
            Block::Table(rows) => out.push_str(&table::render(rows, frame)),
            Block::Record(fields) => record(&mut out, fields, frame),
            Block::Sides(columns) => sides(&mut out, columns, frame),
            Block::Document(body) if frame.terminal => out.push_str(&visible(body)),
            Block::Document(body) => out.push_str(body),
            Block::Space => {}
        }
        if matches!(block, Block::Space) || !(out.is_empty() || out.ends_with('\n')) {
            out.push('\n');
        }
    }
    out
}

/// Writes warnings and hints, one a line.
pub fn asides(asides: &[Aside], frame: &Frame) -> String {
    let mut out = String::new();
    for aside in asides {
        let (role, label, text) = match aside {
            Aside::Warning(text) => (Role::Caution, "warning:", text),
            Aside::Hint(text) => (Role::Dim, "hint:", text),
        };
        let margin = Run::new(role, label);
        let part = Paragraph::new([Run::new(Role::Plain, text)]).beside(margin, label.len() + 1);
        paragraph(&mut out, &part, frame);
    }
    out
}

/// The width from which two columns stand side by side, and the gap between them.
const SIDE_BY_SIDE: usize = 64;
const GAP: usize = 4;

/// Two columns, wrapped each within its half; in a narrow frame the second follows the first.
fn sides(out: &mut String, columns: &[Vec<Vec<Run>>; 2], frame: &Frame) {
    if frame.width < SIDE_BY_SIDE {
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            column.iter().for_each(|runs| paragraph(out, &Paragraph::new(runs.iter().cloned()), frame));
        }
        return;
    }
    let width = (frame.width - GAP) / 2;
    for (left, right) in pairs(&columns[0], &columns[1]) {
        let (left, right) = (wrap(left, width), wrap(right, width));
        for number in 0..left.len().max(right.len()) {
            let mut filled = 0;
            for run in left.get(number).into_iter().flatten() {
                paint(out, run.role, &run.text, frame);
                filled += display_width(&run.text);
            }
            if let Some(line) = right.get(number).filter(|line| !line.is_empty()) {
                out.extend(std::iter::repeat_n(' ', width + GAP - filled.min(width)));
                line.iter().for_each(|run| paint(out, run.role, &run.text, frame));
            }
            out.push('\n');
        }
    }
}

/// The paragraphs of two columns by their places; the shorter one is filled up with empty ones.
fn pairs<'a>(left: &'a [Vec<Run>], right: &'a [Vec<Run>]) -> impl Iterator<Item = (&'a [Run], &'a [Run])> {
    let at = |column: &'a [Vec<Run>], number: usize| column.get(number).map_or(&[][..], Vec::as_slice);
    (0..left.len().max(right.len())).map(move |number| (at(left, number), at(right, number)))
}

/// Names in a column of their own, values wrapped beside them.
fn record(out: &mut String, fields: &[(String, Run)], frame: &Frame) {
    let width = fields.iter().map(|(name, _)| display_width(name)).max().unwrap_or(0) + 2;
    for (name, value) in fields {
        let part = Paragraph::new([value.clone()]).beside(Run::new(Role::Dim, name), width);
        paragraph(out, &part, frame);
    }
}

/// Writes one paragraph, wrapped within the frame; the lines after the first stand under the text, not the margin.
pub fn paragraph(out: &mut String, part: &Paragraph, frame: &Frame) {
    let margin = part.margin.as_ref().map(|run| visible_line(&run.text).into_owned()).unwrap_or_default();
    let margin_width = part.margin_width.max(if margin.is_empty() { 0 } else { display_width(&margin) + 1 });
    let left = part.indent + margin_width;
    let width = frame.width.saturating_sub(left).max(NARROWEST);
    for (number, line) in wrap(&part.runs, width).iter().enumerate() {
        let mut filled = 0;
        if number == 0 && !margin.is_empty() {
            out.extend(std::iter::repeat_n(' ', part.indent));
            paint(out, part.margin.as_ref().map_or(Role::Plain, |run| run.role), &margin, frame);
            filled = part.indent + display_width(&margin);
        }
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', left - filled));
        }
        for run in line {
            paint(out, run.role, &run.text, frame);
        }
        out.push('\n');
    }
}

/// Breaks runs into lines of at most `width` columns; a word wider than that is broken, nothing is left out.
fn wrap(runs: &[Run], width: usize) -> Vec<Vec<Run>> {
    let mut plain = String::new();
    let mut ends = Vec::with_capacity(runs.len());
    for run in runs {
        plain.push_str(&visible_line(&run.text));
        ends.push((plain.len(), run.role));
    }
    let words = break_words(WordSeparator::UnicodeBreakProperties.find_words(&plain), width);
    let mut lines = Vec::new();
    let mut start = 0;
    for words in wrap_first_fit(&words, &[width as f64]) {
        let length: usize = words.iter().map(|word| word.word.len() + word.whitespace.len()).sum();
        let trailing = words.last().map_or(0, |word: &Word<'_>| word.whitespace.len());
        lines.push(cut(&plain, &ends, start, start + length - trailing));
        start += length;
    }
    lines
}

/// Returns the runs that cover bytes `start..end` of the joined text.
fn cut(plain: &str, ends: &[(usize, Role)], start: usize, end: usize) -> Vec<Run> {
    let mut out = Vec::new();
    let mut from = start;
    for &(until, role) in ends {
        if until <= from {
            continue;
        }
        let to = until.min(end);
        if to <= from {
            break;
        }
        out.push(Run::new(role, &plain[from..to]));
        from = to;
    }
    out
}

/// Adds text in the manner of its role; without styling the text alone.
pub fn paint(out: &mut String, role: Role, text: &str, frame: &Frame) {
    let style = style(role);
    if frame.styling == Styling::Plain || style == Style::new() {
        out.push_str(text);
        return;
    }
    let _ = write!(out, "{style}{text}{style:#}");
}

/// The one place that says how a role looks.
pub const fn style(role: Role) -> Style {
    match role {
        Role::Plain | Role::Words | Role::Number | Role::Date => Style::new(),
        Role::Id | Role::Dim => Style::new().dimmed(),
        Role::Speaker | Role::Heading => Style::new().bold(),
        Role::Marked => Style::new().underline(),
        Role::Good => AnsiColor::Green.on_default(),
        Role::Bad => AnsiColor::Red.on_default(),
        Role::Caution => AnsiColor::Yellow.on_default(),
    }
}
