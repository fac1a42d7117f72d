//! `run`: the lines of a file, as if they were typed.

use crate::commands::script::{self, Echo, OnError};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

/// Runs a script
#[derive(Debug, clap::Args)]
pub struct RunFile {
    /// The script, one command a line; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Continue after an error; the exit code still reports it
    #[arg(long)]
    keep_going: bool,
    /// Show each line before its result
    #[arg(long)]
    echo: bool,
}

impl Command for RunFile {
    const NAME: &'static str = "run";
    const PURPOSE: &'static str = "Run a script: one command a line, stopping at the first error";
    const EXAMPLE: &'static str = "run samples/tour.onrecord";
    const GROUP: Group = Group::Desk;
    const ALIASES: &'static [&'static str] = &[".read"];

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let on_error = if self.keep_going { OnError::KeepGoing } else { OnError::Stop };
        let echo = if self.echo { Echo::Lines } else { Echo::Nothing };
        if self.file.as_os_str() == "-" {
            script::run_input(session, on_error, echo)?;
            return Ok(View::empty());
        }
        let path = session.path(&self.file);
        let file = File::open(&path).map_err(|error| CommandError::file(&self.file, &error))?;
        script::run(session, BufReader::new(file), &self.file.display().to_string(), on_error, echo)?;
        Ok(View::empty())
    }
}
