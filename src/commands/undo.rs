//! `undo`: takes back what a person did, one step a command, however many rows it touched.

use super::layout::tables;
use super::{Command, CommandError, Group, Session};
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
        let workbench = session.workbench()?;
        let rows = if let Ok(count) = self.what.parse::<usize>() {
            workbench.undo(count)?
        } else {
            let id: OperationId = self.what.parse().map_err(|_| {
                CommandError::usage(format!("invalid number or operation `{}`", self.what))
                    .with_hint("`undo 2` undoes two commands, `undo o14` one operation from the log")
            })?;
            vec![workbench.undo_operation(id)?]
        };
        let view = tables::operations(&rows);
        Ok(if rows.is_empty() { view.hint("there is nothing to undo") } else { view.hint("`redo` brings it back") })
    }
}
