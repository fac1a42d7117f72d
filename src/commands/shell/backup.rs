//! `.backup`: a copy of the whole desk in a new file.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use std::path::PathBuf;

/// Copies the database
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The new file; one that is there already is left alone
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Command for Backup {
    const NAME: &'static str = ".backup";
    const PURPOSE: &'static str = "Copy the whole database to a new file";
    const EXAMPLE: &'static str = ".backup desk-backup.db";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let path = session.path(&self.file);
        session.workbench()?.copy_to(&path)?;
        session.work_is_kept();
        Ok(View::done(format!("the desk is copied to {}", self.file.display())))
    }
}
