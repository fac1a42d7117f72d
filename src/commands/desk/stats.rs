//! `stats`: how much the desk holds.

use crate::commands::layout::tables;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;

/// Shows how much the desk holds
#[derive(Debug, clap::Args)]
pub struct Stats {}

impl Command for Stats {
    const NAME: &'static str = "stats";
    const PURPOSE: &'static str = "Show how much is stored, and what still waits for a decision";
    const EXAMPLE: &'static str = "stats";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let workbench = session.workbench()?;
        let (row, unread) = (workbench.stats()?, workbench.articles_unread()?);
        Ok(tables::stats(&row, unread, &session.desk().to_string()))
    }
}
