//! `export`: everything on the desk, one JSON object a line; the field `type` says what a line is.

use super::layout::count;
use super::output_file::OutputFile;
use super::{Command, CommandError, Group, Session};
use crate::report::view::{Block, View};
use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;

/// Exports everything as JSON lines
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Only what matches (see `help filters`)
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Command for Export {
    const NAME: &'static str = "export";
    const PURPOSE: &'static str = "Export articles, claims, relations, verdicts and the journal as JSON lines";
    const EXAMPLE: &'static str = "export speaker:Whitlock";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let filter = session.filter(&self.filter)?;
        let all = session.workbench()?.export(&filter)?;
        let whole = self.filter.is_empty();
        let (head, desk) =
            if whole { session.workbench()?.desk_lines(&all.articles)? } else { (Value::Null, Vec::new()) };
        let mut rows = Vec::new();
        rows.extend(whole.then_some(head));
        add(&mut rows, "article", &all.articles)?;
        add(&mut rows, "speaker", &all.speakers)?;
        add(&mut rows, "claim", &all.claims)?;
        add(&mut rows, "relation", &all.relations)?;
        add(&mut rows, "verdict", &all.verdicts)?;
        add(&mut rows, "story", &all.stories)?;
        add(&mut rows, "note", &all.notes)?;
        add(&mut rows, "filter", &all.filters)?;
        add(&mut rows, "feed", &all.feeds)?;
        add(&mut rows, "operation", &all.operations)?;
        rows.extend(desk);
        let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
        let Some(file) = self.out else {
            return Ok(View::empty().with(Block::Document(lines)).data(rows));
        };
        OutputFile::new(session, &file)?.write_whole(lines.as_bytes())?;
        Ok(View::done(format!("{} written to {}", count(rows.len(), "line"), file.display())))
    }
}

/// Adds rows, each with its type before its own fields.
fn add<T: Serialize>(out: &mut Vec<Value>, kind: &str, rows: &[T]) -> Result<(), CommandError> {
    for row in rows {
        let row =
            serde_json::to_value(row).map_err(|error| CommandError::failed(format!("cannot be exported: {error}")))?;
        let mut object = serde_json::Map::from_iter([("type".to_owned(), Value::from(kind))]);
        match row {
            Value::Object(fields) => object.extend(fields),
            other => object.extend([("value".to_owned(), other)]),
        }
        out.push(Value::Object(object));
    }
    Ok(())
}
