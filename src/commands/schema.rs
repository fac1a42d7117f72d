//! What `--json` gives of each command, from one table: `help json` prints it, tests hold every command to it.

use crate::report::view::{Block, View};
use serde::Serialize;

/// Rises when a field goes or means something else, not when one is added.
pub const VERSION: u32 = 1;
const TABLE: &str = include_str!("json.tsv");
/// Stands as the field where a row says what a command gives.
pub const GIVES: &str = "=";

/// One row: a field of an object, or what a command gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SchemaRow {
    /// The object, or the command.
    pub of: &'static str,
    /// The field, with `?` where it may be left out; [`GIVES`] for a command.
    pub field: &'static str,
    /// text, number, yes-no, day (ISO), span (`[start, end]`), any, or an object; `[x]`, `x?` and `x|y` of these.
    pub holds: &'static str,
    pub meaning: &'static str,
}

/// Returns the rows: the commands in the order of help, then the objects.
pub fn rows() -> impl Iterator<Item = SchemaRow> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some(SchemaRow { of: cells.next()?, field: cells.next()?, holds: cells.next()?, meaning: cells.next()? })
    })
}

/// The page of `help json`.
pub(super) fn page() -> View {
    let width = rows().map(|row| row.of.len().max(row.field.len() + 2)).max().unwrap_or_default() + 2;
    let mut text = format!(
        "What --json gives, version {VERSION}. The version rises when a field goes or means something else; new fields may\n\
         come at any time. [x] is a list of x, x? may be null, x|y is either, a field? may be left out. A day is ISO, a span\n\
         is [start, end] in code points of the text, end exclusive. --format jsonl writes the items of a list one a line.\n\n\
         Commands\n"
    );
    let mut last = "";
    for row in rows() {
        let (margin, name) = if row.field == GIVES { (2, row.of) } else { (4, row.field) };
        if row.field != GIVES && row.of != last {
            text.push_str(&format!("\n{}\n", row.of));
        }
        last = row.of;
        let name = format!("{:margin$}{name}", "");
        text.push_str(&format!("{name:width$}  {}: {}\n", row.holds, row.meaning));
    }
    View::empty().with(Block::Document(text)).data(rows().collect::<Vec<_>>())
}
