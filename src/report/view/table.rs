//! Tables that fit their frame: short columns keep their width, columns of words wrap, no word is left out.

use super::{Frame, Role, Styling, Table, rows};
use crate::report::visible::visible_line;
use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets};
use std::borrow::Cow;

/// The least width of a column that may wrap.
const NARROWEST: u16 = 12;

/// Columns up to this width do not wrap where the frame is roomy: names, words for kinds.
const SHORT: u16 = 24;

/// The width from which a frame is roomy.
const ROOMY: usize = 72;

/// Writes a table; without rows there is nothing to write.
pub fn render(table: &Table, frame: &Frame) -> String {
    if table.rows.is_empty() {
        return String::new();
    }
    if rows::fits_better(table, frame) {
        return rows::render(table, frame);
    }
    let mut grid = comfy_table::Table::new();
    grid.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).force_no_tty();
    grid.set_width(u16::try_from(frame.width).unwrap_or(u16::MAX));
    if frame.styling == Styling::Styled {
        grid.enforce_styling();
    }
    grid.set_header(table.columns.iter().map(|column| Cell::new(&column.name).add_attribute(Attribute::Dim)));
    for row in &table.rows {
        let cells = table.columns.iter().enumerate().map(|(number, column)| match row.get(number) {
            Some(run) => cell(run.role, column.role, &visible_line(&run.text)),
            None => Cell::new(""),
        });
        grid.add_row(cells);
    }
    for (number, column) in table.columns.iter().enumerate() {
        let Some(drawn) = grid.column_mut(number) else { continue };
        drawn.set_padding((u16::from(number > 0), 1));
        if column.role == Role::Number {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
        drawn.set_constraint(match column.role {
            Role::Id | Role::Number | Role::Date => ColumnConstraint::ContentWidth,
            _ if frame.width >= ROOMY && widest(table, number) <= SHORT => ColumnConstraint::ContentWidth,
            _ => ColumnConstraint::LowerBoundary(Width::Fixed(NARROWEST.min(widest(table, number)))),
        });
    }
    let mut out = grid.trim_fmt();
    out.push('\n');
    out
}

/// Returns the width of the widest cell of a column, padding included.
fn widest(table: &Table, number: usize) -> u16 {
    let head = table.columns.get(number).map_or(0, |column| textwrap::core::display_width(&column.name));
    let cells = table.rows.iter().filter_map(|row| row.get(number)).map(|run| textwrap::core::display_width(&run.text));
    u16::try_from(cells.fold(head, usize::max) + 2).unwrap_or(u16::MAX)
}

/// A word longer than this is broken before the table is laid out, which takes the square of a word's length.
const LONGEST: usize = 200;

/// Breaks words without end into lines.
fn in_pieces(text: &str) -> Cow<'_, str> {
    let long = |word: &str| word.chars().nth(LONGEST).is_some();
    if text.len() <= LONGEST || !text.split(char::is_whitespace).any(long) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / LONGEST);
    let mut run = 0;
    for c in text.chars() {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST {
            out.push('\n');
            run = 1;
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// A cell in the manner of its own role; a plain one takes the manner of its column.
fn cell(own: Role, column: Role, text: &str) -> Cell {
    let cell = Cell::new(in_pieces(text));
    match if own == Role::Plain { column } else { own } {
        Role::Plain | Role::Words | Role::Number | Role::Date => cell,
        Role::Id | Role::Dim => cell.add_attribute(Attribute::Dim),
        Role::Speaker | Role::Heading => cell.add_attribute(Attribute::Bold),
        Role::Marked => cell.add_attribute(Attribute::Underlined),
        Role::Good => cell.fg(Color::DarkGreen),
        Role::Bad => cell.fg(Color::DarkRed),
        Role::Caution => cell.fg(Color::DarkYellow),
    }
}
