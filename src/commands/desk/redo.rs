//! `redo`: does again what was taken back.

use crate::commands::layout::tables;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;

/// Redoes undone operations
#[derive(Debug, clap::Args)]
pub struct Redo {
    /// How many commands
    #[arg(value_name = "NUMBER", default_value_t = 1)]
    count: usize,
}

impl Command for Redo {
    const NAME: &'static str = "redo";
    const PURPOSE: &'static str = "Redo the last undone operation";
    const EXAMPLE: &'static str = "redo";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let rows = session.workbench()?.redo(self.count)?;
        let view = tables::reversed(&rows);
        Ok(if rows.is_empty() { view.hint("there is nothing to redo") } else { view })
    }
}
