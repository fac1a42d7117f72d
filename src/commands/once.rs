//! `.once`: the next result goes to a file, and only that one.

use super::{Command, CommandError, Group, Session};
use crate::report::view::View;
use std::path::PathBuf;

/// Sends the next result to a file
#[derive(Debug, clap::Args)]
pub struct Once {
    /// The file, written anew
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Command for Once {
    const NAME: &'static str = ".once";
    const PURPOSE: &'static str = "Send the next result, and only that, to a file";
    const EXAMPLE: &'static str = ".once /dev/null";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let path = session.path(&self.file);
        session.screen.send_to(path).map_err(|error| CommandError::file(&self.file, &error))?;
        session.shell.once = true;
        Ok(View::empty())
    }
}
