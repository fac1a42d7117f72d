//! `tag`: words of one's own on articles and claims, found again with the filter `tag:`.

use crate::commands::layout::grouped;
use crate::commands::{Command, CommandError, Group, Session, common::chosen};
use crate::report::view::{Role, Table, View};
use crate::store::stories::Membership;

/// Tags articles and claims
#[derive(Debug, clap::Args)]
pub struct Tag {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Tag articles and claims; the tag of an article applies to its claims too
    Add {
        /// The tag
        #[arg(value_name = "TAG")]
        tag: String,
        /// Ids of articles and claims, or filters that choose claims
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
    },
    /// Remove a tag
    Remove {
        /// The tag
        #[arg(value_name = "TAG")]
        tag: String,
        /// Ids of articles and claims, or filters that choose claims
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
    },
    /// List the tags in use
    List {},
}

impl Command for Tag {
    const NAME: &'static str = "tag";
    const PURPOSE: &'static str = "Tag articles and claims, remove tags, list them";
    const EXAMPLE: &'static str = "tag add budget c1 a2";
    const GROUP: Group = Group::Stories;
    const ALIASES: &'static [&'static str] = &["tags"];

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Add { tag, what } => change(session, &tag, Membership::Add, &what),
            Act::Remove { tag, what } => change(session, &tag, Membership::Remove, &what),
            Act::List {} => {
                let rows = session.workbench()?.tags()?;
                let mut table =
                    Table::new([("tag", Role::Heading), ("articles", Role::Number), ("claims", Role::Number)]);
                for row in &rows {
                    table.row([row.name.clone(), grouped(row.articles), grouped(row.claims)]);
                }
                let view = View::table(table);
                let view = if rows.is_empty() { view.hint("`tag add NAME c1 a2` creates the first") } else { view };
                Ok(view.data(rows))
            }
        }
    }
}

fn change(session: &mut Session, tag: &str, act: Membership, what: &[String]) -> Result<View, CommandError> {
    let members = chosen::members(session, what, chosen::Among::Claims)?;
    session.workbench()?.tag(tag, act, &members)?;
    let verb = if act == Membership::Add { "tagged" } else { "no longer tagged" };
    let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
    let told = if ids.len() > 8 { format!("{} things", ids.len()) } else { ids.join(", ") };
    let view = View::done(format!("{told} {verb} {tag}"));
    Ok(view.data(serde_json::json!({"tag": tag, "act": act, "ids": ids})))
}
