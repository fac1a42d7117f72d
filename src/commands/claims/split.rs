//! `split`: one claim that says two things becomes two.

use crate::commands::claims::edit::shown;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::ClaimId;

/// Splits a claim into several
#[derive(Debug, clap::Args)]
pub struct Split {
    /// The claim
    #[arg(value_name = "CLAIM")]
    claim: ClaimId,
    /// The words that the second part begins with; or the words of each part
    #[arg(value_name = "TEXT", required = true)]
    pieces: Vec<String>,
}

impl Command for Split {
    const NAME: &'static str = "split";
    const PURPOSE: &'static str = "Split a claim that says two things into two";
    const EXAMPLE: &'static str = "split c3 \"throughout the works\"";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        Ok(shown(&session.workbench()?.split(self.claim, &self.pieces)?))
    }
}
