//! `merge`: claims that are one become one. Speakers are merged with `speaker merge`.

use crate::commands::claims::edit::shown;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::ClaimId;

/// Merges claims of one article
#[derive(Debug, clap::Args)]
pub struct Merge {
    /// The claims; speaker, kind and date are those of the first
    #[arg(value_name = "CLAIM", required = true, num_args = 2..)]
    claims: Vec<ClaimId>,
}

impl Command for Merge {
    const NAME: &'static str = "merge";
    const PURPOSE: &'static str = "Merge several claims of one article into one (speakers: `speaker merge`)";
    const EXAMPLE: &'static str = "merge c4 c5";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        Ok(shown(&session.workbench()?.join(&self.claims)?))
    }
}
