//! `.mode`: the format of everything that follows.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Format, View};
use clap::ValueEnum;

/// Sets or shows the format of results
#[derive(Debug, clap::Args)]
pub struct Mode {
    /// The format from now on; without it the present one is shown
    #[arg(value_name = "FORMAT", value_enum)]
    to: Option<Format>,
}

impl Command for Mode {
    const NAME: &'static str = ".mode";
    const PURPOSE: &'static str = "Set the format of results: table, list, line, csv, json, jsonl, markdown";
    const EXAMPLE: &'static str = ".mode table";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let Some(format) = self.to else {
            let name = session.mode().to_possible_value().map(|value| value.get_name().to_owned());
            return Ok(View::done(name.unwrap_or_default()));
        };
        session.set_mode(format);
        Ok(View::empty())
    }
}
