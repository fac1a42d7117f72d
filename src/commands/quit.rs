//! `.quit`: ends the prompt or the script.

use super::{Command, CommandError, Group, Session};
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
        session.leave();
        Ok(View::empty())
    }
}
