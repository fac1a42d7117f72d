//! `doctor`: looks the whole desk over, mends what is derived, and saves what a damaged file still holds.

use crate::commands::layout::count;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Role, Run, Table, View};
use crate::store::doctor::{Care, Examined, Part};
use crate::store::{Place, Rescued, StoreError};
use std::path::{Path, PathBuf};

/// Looks the whole desk over and mends what can be computed again
#[derive(Debug, clap::Args)]
pub struct Doctor {
    /// Look only, and mend nothing
    #[arg(long)]
    look: bool,
    /// Save what can be read of a damaged desk to a new file; the desk itself is left as it is
    #[arg(long, value_name = "FILE", conflicts_with = "look")]
    rescue: Option<PathBuf>,
}

impl Command for Doctor {
    const NAME: &'static str = "doctor";
    const PURPOSE: &'static str = "Look the desk over, mend what is derived, rescue a damaged file";
    const EXAMPLE: &'static str = "doctor";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match &self.rescue {
            Some(file) => rescue(session, file),
            None => {
                let care = if self.look { Care::Look } else { Care::Mend };
                Ok(shown(&session.workbench()?.examine(care)?))
            }
        }
    }
}

fn shown(all: &[Examined]) -> View {
    let mut table = Table::new([("part", Role::Heading), ("faults", Role::Number), ("", Role::Words)]);
    for examined in all {
        let state = match (examined.faults, examined.mended) {
            (0, _) => "sound",
            (_, true) => "made anew",
            (_, false) => "at fault",
        };
        table.row([examined.part.name().to_owned(), examined.faults.to_string(), state.to_owned()]);
    }
    let mut view = View::table(table).data(all);
    for examined in all.iter().filter(|examined| examined.faults > 0) {
        let more = examined.faults - examined.examples.len();
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        view = view
            .text([Run::new(Role::Words, format!("{}: {}{more}", examined.part.name(), examined.examples.join("; ")))]);
    }
    let left = all.iter().filter(|examined| examined.faults > 0 && !examined.mended);
    view.failed = left.clone().count() > 0;
    let broken = left.clone().any(|examined| {
        matches!(examined.part, Part::File | Part::References | Part::Texts | Part::Words | Part::Relations)
    });
    if broken {
        view = view.hint(
            "copy the file first; `doctor --rescue NEW.db` saves what can be read, and a backup may hold the rest",
        );
    }
    view
}

fn rescue(session: &mut Session, file: &Path) -> Result<View, CommandError> {
    let Place::File(desk) = session.desk().clone() else {
        return Err(CommandError::usage("a desk in memory has no file to rescue from"));
    };
    let file = session.path(file);
    let rescued = crate::store::rescue(&desk, &file).map_err(|error| match error {
        // That this very command saves what can be read is no help any more.
        StoreError::Corrupt(reason) => {
            CommandError::failed(format!("nothing can be read of {}: {reason}", desk.display()))
                .with_hint("keep the file; a copy that `backup` made, or what `export` wrote, may hold the desk")
        }
        other => crate::workbench::WorkbenchError::from(other).into(),
    })?;
    let rows: usize = rescued.tables.iter().map(|table| table.rows).sum();
    let left_out = keep_left_out(session, &rescued, &file)?;
    let mut view = View::done(format!("{} saved to {}", count(rows, "row"), file.display())).data(&rescued);
    let damaged: Vec<&str> = rescued.tables.iter().filter(|t| t.damaged).map(|t| t.table.as_str()).collect();
    if !damaged.is_empty() {
        view = view.warning(format!("not all could be read of: {}", damaged.join(", ")));
    }
    if let Some(path) = left_out {
        let rows = count(rescued.left_out.len(), "row");
        view = view.warning(format!(
            "{rows} that name lost rows are not on the new desk; their words are in {}",
            path.display()
        ));
    }
    Ok(view.hint(format!("`onrecord --db {} doctor` looks it over", file.display())))
}

/// Writes the rows that name lost ones beside the new desk.
fn keep_left_out(session: &Session, rescued: &Rescued, file: &Path) -> Result<Option<PathBuf>, CommandError> {
    if rescued.left_out.is_empty() {
        return Ok(None);
    }
    let path = file.with_extension("left-out.jsonl");
    let lines = rescued.left_out.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
    crate::commands::common::output_file::OutputFile::new(session, &path)?.write_whole(lines.as_bytes())?;
    Ok(Some(path))
}
