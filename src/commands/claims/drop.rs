//! `drop`: takes off the lists what is no claim.

use crate::commands::layout::count;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;

/// Hides claims
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// Claims, by their ids or by a filter
    #[arg(value_name = "CLAIM|FILTER", required = true)]
    claims: Vec<String>,
}

impl Command for Drop {
    const NAME: &'static str = "drop";
    const PURPOSE: &'static str = "Hide items that are not claims (can be undone)";
    const EXAMPLE: &'static str = "drop c2";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let claims = crate::commands::common::chosen::claims(session, &self.claims)?;
        session.workbench()?.drop_claims(&claims)?;
        let view = View::done(format!("{} hidden", count(claims.len(), "claim")));
        Ok(view.hint("`undo` restores it").data(serde_json::json!({"dropped": claims})))
    }
}
