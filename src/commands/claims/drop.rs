//! `drop`: takes off the lists what is no claim, and off the desk an article that should not be there.

use crate::commands::common::chosen::{self, Among};
use crate::commands::layout::count;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::stories::Member;

/// Hides claims, and articles with all of their claims
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// Claims, by their ids or by a filter; articles by their ids
    #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
    what: Vec<String>,
}

impl Command for Drop {
    const NAME: &'static str = "drop";
    const PURPOSE: &'static str = "Hide items that are not claims (can be undone)";
    const EXAMPLE: &'static str = "drop c2";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let members = chosen::members(session, &self.what, Among::Claims)?;
        session.workbench()?.drop_members(&members)?;
        let articles = members.iter().filter(|member| matches!(member, Member::Article(_))).count();
        let claims = members.len() - articles;
        let told: Vec<String> = [(articles, "article"), (claims, "claim")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| count(number, noun))
            .collect();
        let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
        let view = View::done(format!("{} hidden", told.join(" and ")));
        let hint = match articles {
            0 => "`undo` restores it",
            _ => "its claims are on no list and in no report; `undo` restores it, and so does loading it again",
        };
        Ok(view.hint(hint).data(serde_json::json!({"dropped": ids})))
    }
}
