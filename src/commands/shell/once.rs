//! `.once`: the next result goes to a file, and only that one.

use crate::commands::common::output_file::OutputFile;
use crate::commands::{Command, CommandError, Group, Session};
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
        let file = OutputFile::new(session, &self.file)?;
        session.screen.send_once(file);
        Ok(View::empty())
    }
}
