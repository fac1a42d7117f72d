//! `.open`: turns to the desk in another file.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::{Place, folder_of};
use crate::workbench::WorkbenchError;
use std::path::PathBuf;

/// Opens another database
#[derive(Debug, clap::Args)]
pub struct Open {
    /// The database file, created if it does not exist; `:memory:` keeps nothing. Without it the current one is shown
    #[arg(value_name = "FILE")]
    file: Option<String>,
}

impl Command for Open {
    const NAME: &'static str = ".open";
    const PURPOSE: &'static str = "Open another database";
    const EXAMPLE: &'static str = ".open";
    const GROUP: Group = Group::Shell;

    fn begins_desk(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        if let Some(file) = self.file {
            let place = match Place::of(&file).map_err(WorkbenchError::from)? {
                Place::File(path) => Place::File(in_a_folder(session.path(&path))?),
                memory => memory,
            };
            session.may_leave_desk()?;
            let before = session.turn_aside(place);
            if let Err(error) = session.workbench() {
                session.come_back(before);
                return Err(error);
            }
        }
        Ok(View::done(session.desk().to_string()))
    }
}

/// Refuses a path whose folder is not there: a slip of the pen makes no folders.
fn in_a_folder(path: PathBuf) -> Result<PathBuf, CommandError> {
    let folder = folder_of(&path);
    if folder.is_dir() {
        return Ok(path);
    }
    Err(CommandError::failed(format!("there is no folder {}", folder.display()))
        .with_hint("make it first, or name a file in a folder that is there"))
}
