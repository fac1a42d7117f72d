//! `.output`: results go to a file until they are sent back.

use crate::commands::common::output_file::OutputFile;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use std::path::PathBuf;

/// Sends results to a file, or back to the screen
#[derive(Debug, clap::Args)]
pub struct Output {
    /// The file, written anew; without it results come back to the screen
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Command for Output {
    const NAME: &'static str = ".output";
    const PURPOSE: &'static str = "Send results to a file; without one, back to the screen";
    const EXAMPLE: &'static str = ".output";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let Some(file) = self.file else {
            let ended = session.screen.send_back();
            return Ok(ended.map_or_else(View::empty, |path| View::done(format!("written: {}", path.display()))));
        };
        let to = OutputFile::new(session, &file)?;
        session.screen.send_to(&to).map_err(|error| CommandError::file(&file, &error))?;
        Ok(View::empty())
    }
}
