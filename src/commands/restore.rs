//! `restore`: the desk as it was after an operation of the log: all that came later is taken back in one step.

use super::layout::tables;
use super::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::OperationId;

/// Goes back to an operation of the log
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The last operation that stays
    #[arg(value_name = "OPERATION")]
    operation: OperationId,
}

impl Command for Restore {
    const NAME: &'static str = "restore";
    const PURPOSE: &'static str = "Take back everything done after an operation of the log, as one step";
    const EXAMPLE: &'static str = "restore o1";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let rows = session.workbench()?.restore(self.operation)?;
        Ok(tables::operations(&rows).hint("`undo` brings all of it back"))
    }
}
