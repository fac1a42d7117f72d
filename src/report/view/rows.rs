//! A table as a list: each row its id in the margin, its short cells on one line, its words below in the whole width.
//!
//! Where a frame is too narrow for the columns, this is what a table becomes; nothing in it is wider than the frame.

use super::screen::paragraph;
use super::{Frame, Paragraph, Role, Run, Table};
use textwrap::core::display_width;

/// The width from which a table stays a table, however its words wrap.
const WIDE: usize = 110;

/// Tells whether a table is better read as a list: its rows do not fit on one line each, and the words would be squeezed
/// into what the other columns leave.
pub fn fits_better(table: &Table, frame: &Frame) -> bool {
    if frame.width >= WIDE || table.rows.is_empty() || natural(table) <= frame.width {
        return false;
    }
    let has_words = table.columns.iter().any(|column| column.role == Role::Words);
    has_words || narrowest(table) > frame.width
}

/// The width of the table with every cell on one line.
fn natural(table: &Table) -> usize {
    (0..table.columns.len()).map(|number| widest(table, number) + 2).sum::<usize>().saturating_sub(2)
}

/// The width below which the columns that do not wrap, and the least of the others, overflow.
fn narrowest(table: &Table) -> usize {
    let least = |(number, role): (usize, Role)| match role {
        Role::Id | Role::Number | Role::Date => widest(table, number) + 2,
        _ => widest(table, number).min(10) + 2,
    };
    table.columns.iter().map(|column| column.role).enumerate().map(least).sum()
}

fn widest(table: &Table, number: usize) -> usize {
    let head = table.columns.get(number).map_or(0, |column| display_width(&column.name));
    table.rows.iter().filter_map(|row| row.get(number)).map(|run| display_width(&run.text)).fold(head, usize::max)
}

/// Writes the rows one under the other.
pub fn render(table: &Table, frame: &Frame) -> String {
    let opens = table.columns.first().is_some_and(|column| column.role == Role::Id);
    let margin = if opens {
        table.rows.iter().filter_map(|row| row.first()).map(|id| display_width(&id.text)).max()
    } else {
        None
    };
    let margin = margin.map_or(0, |width| width + 2);
    let mut out = String::new();
    for row in &table.rows {
        let (mut head, mut words) = (Vec::new(), Vec::new());
        for (column, run) in table.columns.iter().zip(row).skip(usize::from(opens)) {
            if run.text.is_empty() {
                continue;
            }
            let role = if run.role == Role::Plain { column.role } else { run.role };
            if column.role == Role::Words {
                words.push(Run::new(role, &*run.text));
                continue;
            }
            if !head.is_empty() {
                head.push(Run::new(Role::Plain, "  "));
            }
            // A figure alone says nothing without the name of its column.
            if column.role == Role::Number && !column.name.is_empty() {
                head.push(Run::new(Role::Dim, format!("{} ", column.name)));
            }
            head.push(Run::new(role, &*run.text));
        }
        let mut parts = Vec::new();
        if !head.is_empty() {
            parts.push(head);
        }
        parts.extend(words.into_iter().map(|run| vec![run]));
        for (number, runs) in parts.into_iter().enumerate() {
            let part = Paragraph::new(runs);
            let part = match row.first().filter(|_| opens && number == 0) {
                Some(id) => part.beside(Run::new(Role::Id, &*id.text), margin),
                // Without an id in the margin the words stand in, so that a row can be told from the next.
                None if !opens && number > 0 => part.indented(4),
                None => part.indented(margin),
            };
            paragraph(&mut out, &part, frame);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::view::{Format, View};

    fn claims() -> Table {
        let mut table = Table::new([
            ("id", Role::Id),
            ("said", Role::Date),
            ("speaker", Role::Speaker),
            ("words", Role::Words),
            ("how", Role::Dim),
            ("times", Role::Number),
        ]);
        table.row([
            "c1",
            "2031-05-01",
            "Ada Brook",
            "The bridge will open in May, and nobody has asked us to wait.",
            "direct",
            "2",
        ]);
        table.row(["c12", "2031-05-02", "", "橋は五月に開く", "indirect", ""]);
        table
    }

    #[track_caller]
    fn check(table: Table, width: usize, expected: &str) {
        let shown = View::table(table).render(Format::Table, &Frame::plain(width)).out;
        assert_eq!(shown, expected, "\n{shown}");
    }

    #[test]
    fn a_narrow_frame_gives_the_words_the_width() {
        let expected = "\
c1   2031-05-01  Ada Brook  direct  times 2
     The bridge will open in May, and nobody has
     asked us to wait.
c12  2031-05-02  indirect
     橋は五月に開く
";
        check(claims(), 50, expected);
    }

    #[test]
    fn a_table_stays_one_where_it_fits_or_the_frame_is_wide() {
        for width in [112, 200] {
            let shown = View::table(claims()).render(Format::Table, &Frame::plain(width)).out;
            assert!(shown.starts_with("id"), "{width}: {shown}");
        }
    }

    #[test]
    fn nothing_is_wider_than_the_frame() {
        let mut figures = Table::new((0..12).map(|_| ("figures", Role::Number)));
        figures.row(["1,000,000"; 12]);
        for table in [claims(), figures] {
            for width in [30, 40, 60, 80, 109] {
                let shown = View::table(table.clone()).render(Format::Table, &Frame::plain(width)).out;
                assert!(shown.lines().all(|line| display_width(line) <= width), "{width}:\n{shown}");
            }
        }
    }
}
