//! `log`: what was done on the desk, by whom and when.

use crate::commands::layout::tables;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;

/// Lists what was done
#[derive(Debug, clap::Args)]
pub struct Log {
    /// How many operations, newest first
    #[arg(value_name = "NUMBER", default_value_t = 20)]
    count: usize,
}

impl Command for Log {
    const NAME: &'static str = "log";
    const PURPOSE: &'static str = "List what was done, newest first";
    const EXAMPLE: &'static str = "log 5";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let rows = session.workbench()?.log(self.count)?;
        let view = tables::operations(&rows);
        Ok(if rows.is_empty() { view.hint("nothing was done yet") } else { view })
    }
}
