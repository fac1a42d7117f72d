//! `read`: an article with its claims marked in place.

use super::{Command, CommandError, Group, Session, layout};
use crate::report::view::View;
use crate::store::filter::{Filter, Test};
use crate::store::id::ArticleId;

/// Shows an article with its claims
#[derive(Debug, clap::Args)]
pub struct Read {
    /// The article
    #[arg(value_name = "ARTICLE")]
    article: ArticleId,
}

impl Command for Read {
    const NAME: &'static str = "read";
    const PURPOSE: &'static str = "Read an article, its claims marked in place";
    const EXAMPLE: &'static str = "read a1";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let workbench = session.workbench()?;
        let article = workbench.article(self.article)?;
        let claims = workbench.claims(&Filter::default().with(Test::Article(self.article)))?;
        Ok(layout::article::page(&article, &claims))
    }
}
