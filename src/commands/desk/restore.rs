//! `restore`: the desk as it was after an operation of the log: all that came later is taken back in one step.

use crate::commands::layout::tables;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::OperationId;

/// Goes back to the state after an operation
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The last operation to keep
    #[arg(value_name = "OPERATION")]
    operation: OperationId,
}

impl Command for Restore {
    const NAME: &'static str = "restore";
    const PURPOSE: &'static str = "Go back to the state after an operation, as one step";
    const EXAMPLE: &'static str = "restore o1";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let rows = session.workbench()?.restore(self.operation)?;
        Ok(tables::operations(&rows).hint("`undo` restores all of it"))
    }
}
