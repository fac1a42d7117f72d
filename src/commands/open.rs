//! `.open`: turns to the desk in another file.

use super::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::Place;

/// Turns to another desk
#[derive(Debug, clap::Args)]
pub struct Open {
    /// The file of the desk, made where it does not exist; `:memory:` keeps nothing. Without it the present one is named
    #[arg(value_name = "FILE")]
    file: Option<String>,
}

impl Command for Open {
    const NAME: &'static str = ".open";
    const PURPOSE: &'static str = "Turn to the desk in another file";
    const EXAMPLE: &'static str = ".open";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        if let Some(file) = self.file {
            let place = match Place::of(&file) {
                Place::File(path) => Place::File(session.path(&path)),
                memory => memory,
            };
            let before = session.desk().clone();
            session.turn_to(place);
            if let Err(error) = session.workbench() {
                session.turn_to(before);
                return Err(error);
            }
        }
        Ok(View::done(session.desk().to_string()))
    }
}
