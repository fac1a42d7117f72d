//! `undo`: takes back what a person did, one step a command, however many rows it touched.

use crate::commands::layout::{by, tables};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::OperationId;

/// Undoes the last commands
#[derive(Debug, clap::Args)]
pub struct Undo {
    /// How many commands, or the one operation to undo
    #[arg(value_name = "NUMBER|OPERATION", default_value = "1")]
    what: String,
}

impl Command for Undo {
    const NAME: &'static str = "undo";
    const PURPOSE: &'static str = "Undo the last command, or one operation from the log";
    const EXAMPLE: &'static str = "undo";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let user = session.user().to_owned();
        let workbench = session.workbench()?;
        let rows = if let Ok(count) = self.what.parse::<usize>() {
            workbench.undo(count)?
        } else {
            let id: OperationId = self.what.parse().map_err(|_| {
                CommandError::usage(format!("invalid number or operation `{}`", self.what))
                    .with_hint("`undo 2` undoes two commands, `undo o14` one operation from the log")
            })?;
            workbench.undo_operation(id)?
        };
        let mut view = tables::reversed(&rows);
        for row in rows.iter().filter(|row| row.words.starts_with("correct ")) {
            view = view.hint(format!(
                "readers may have read this correction: the version before it is in force again and nothing tells them; `redo {}` brings it back",
                row.id
            ));
        }
        if let Some(other) = rows.iter().find(|row| row.by != user) {
            return Ok(view.hint(format!("this was done by {}; `redo` brings it back", by(&other.by))));
        }
        if !rows.is_empty() {
            return Ok(view.hint("`redo` brings it back"));
        }
        // What somebody else did is named, and left to be asked for.
        let last = workbench.log(usize::MAX)?.into_iter().find(|row| !row.undone && row.reverses.is_none());
        Ok(view.hint(match last {
            Some(row) => {
                let by = by(&row.by);
                format!("nothing of yours is left to undo; {} is by {by}: `undo {}` undoes it", row.id, row.id)
            }
            None => "there is nothing to undo".to_owned(),
        }))
    }
}
