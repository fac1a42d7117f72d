//! `redo`: does again what was taken back.

use crate::commands::layout::tables;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::OperationId;

/// Redoes undone operations
#[derive(Debug, clap::Args)]
pub struct Redo {
    /// How many commands, or the one operation to redo
    #[arg(value_name = "NUMBER|OPERATION", default_value = "1")]
    what: String,
}

impl Command for Redo {
    const NAME: &'static str = "redo";
    const PURPOSE: &'static str = "Redo the last undone operation";
    const EXAMPLE: &'static str = "redo";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let workbench = session.workbench()?;
        let rows = if let Ok(count) = self.what.parse::<usize>() {
            workbench.redo(count)?
        } else {
            let id: OperationId = self.what.parse().map_err(|_| {
                CommandError::usage(format!("invalid number or operation `{}`", self.what))
                    .with_hint("`redo 2` does two commands again, `redo o14` one operation from the log")
            })?;
            workbench.redo_operation(id)?
        };
        let view = tables::reversed(&rows);
        Ok(if rows.is_empty() { view.hint("there is nothing to redo") } else { view })
    }
}
