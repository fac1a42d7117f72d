//! `.quit`: ends the prompt or the script.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;

/// Ends the session
#[derive(Debug, clap::Args)]
pub struct Quit {}

impl Command for Quit {
    const NAME: &'static str = ".quit";
    const PURPOSE: &'static str = "Leave the prompt or end the script";
    const EXAMPLE: &'static str = ".quit";
    const GROUP: Group = Group::Shell;
    const ALIASES: &'static [&'static str] = &["quit", "exit", ".exit"];

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        session.may_leave_desk()?;
        session.leave();
        Ok(View::empty())
    }
}

impl Session {
    /// Lets a person leave the desk, unless it is in memory and holds work: then it says so, once.
    ///
    /// # Errors
    /// The first time that work would be lost.
    pub fn may_leave_desk(&mut self) -> Result<(), CommandError> {
        if !self.holds_unkept_work() {
            return Ok(());
        }
        Err(CommandError::failed("this desk is only in memory: what you did on it is lost when you leave")
            .with_hint("`.backup FILE` keeps it; leave again to discard it"))
    }
}
