//! `drop`: takes off the lists what is no claim.

use super::layout::count;
use super::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::ClaimId;

/// Takes claims off the lists
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// The claims
    #[arg(value_name = "CLAIM", required = true)]
    claims: Vec<ClaimId>,
}

impl Command for Drop {
    const NAME: &'static str = "drop";
    const PURPOSE: &'static str = "Take off the lists what is no claim; it is kept and can come back";
    const EXAMPLE: &'static str = "drop c2";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        session.workbench()?.drop_claims(&self.claims)?;
        let view = View::done(format!("{} off the lists", count(self.claims.len(), "claim")));
        Ok(view.hint("`undo` brings back").data(serde_json::json!({"dropped": self.claims})))
    }
}
