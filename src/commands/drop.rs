//! `drop`: takes off the lists what is no claim.

use super::layout::count;
use super::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::ClaimId;

/// Hides claims
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// The claims
    #[arg(value_name = "CLAIM", required = true)]
    claims: Vec<ClaimId>,
}

impl Command for Drop {
    const NAME: &'static str = "drop";
    const PURPOSE: &'static str = "Hide items that are not claims (can be undone)";
    const EXAMPLE: &'static str = "drop c2";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        session.workbench()?.drop_claims(&self.claims)?;
        let view = View::done(format!("{} hidden", count(self.claims.len(), "claim")));
        Ok(view.hint("`undo` restores it").data(serde_json::json!({"dropped": self.claims})))
    }
}
