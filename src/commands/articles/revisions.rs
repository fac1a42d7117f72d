//! `revisions`: the versions of an article, and what was changed in its words and claims after it was published.

use crate::commands::layout::revisions;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Format, View};
use crate::store::id::ArticleId;

/// Shows what was changed in articles after they were published
#[derive(Debug, clap::Args)]
pub struct Revisions {
    /// An article: its versions and every changed word; without one, all articles with more than one version (see `help
    /// filters`)
    #[arg(value_name = "ARTICLE|FILTER")]
    words: Vec<String>,
    /// List at most this many articles, those changed last
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
}

/// Articles that a person is shown unless more are asked for.
const SHOWN: usize = 100;

impl Command for Revisions {
    const NAME: &'static str = "revisions";
    const PURPOSE: &'static str = "Show what was changed in an article after it was published";
    const EXAMPLE: &'static str = "revisions a1";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        if let [word] = &self.words[..]
            && let Ok(id) = word.parse::<ArticleId>()
        {
            let history = session.workbench()?.history(id)?;
            return Ok(revisions::page(id, &history));
        }
        let filter = session.filter(&self.words)?;
        let limit = self.limit.or((session.mode() == Format::Table).then_some(SHOWN));
        let mut found = session.workbench()?.histories(&filter, limit.map(|limit| limit.saturating_add(1)))?;
        let more = limit.is_some_and(|limit| found.len() > limit);
        found.truncate(limit.unwrap_or(usize::MAX));
        let view = revisions::list(&found);
        Ok(match (found.len(), more) {
            (0, _) if filter.is_empty() => view.hint(
                "no article has more than one version; load a page again after it was changed, and its changes are here",
            ),
            (0, _) => view.hint("no article with more than one version fits"),
            (shown, true) => view.hint(format!("the {shown} changed last are shown; --limit shows more")),
            _ => view,
        })
    }
}
