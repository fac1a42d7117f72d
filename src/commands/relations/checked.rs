//! `checked`: claims of the desk that repeat one that others, or this desk in public, checked before.

use crate::commands::common::narrow::{Narrow, OfVersions, Page};
use crate::commands::layout::checks;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Aside, View};

/// Lists claims that repeat a checked one
#[derive(Debug, clap::Args)]
pub struct Checked {
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    versions: OfVersions,
}

impl Command for Checked {
    const NAME: &'static str = "checked";
    const PURPOSE: &'static str =
        "List claims that repeat a checked one, with what was found and why they are the same";
    const EXAMPLE: &'static str = "checked speaker:Whitlock";
    const GROUP: Group = Group::Relations;

    fn run(mut self, session: &mut Session) -> Result<View, CommandError> {
        let claims = self.narrow.claims(session)?;
        let limit = self.narrow.limit(session).filter(|_| claims.is_empty());
        let filter = match &claims[..] {
            [] => self.versions.of(self.narrow.newest(session)?),
            _ => self.narrow.whole(session)?,
        };
        let mut found = session.workbench()?.checked_claims(&filter)?;
        found.retain(|one| claims.is_empty() || claims.contains(&one.claim.id));
        let page = Page::new(found, limit);
        let mut view = checks::list(&page.rows);
        if page.rows.is_empty() {
            view = view
                .hint("no claim that fits repeats a checked one; `import checks FILE` brings fact-checks of others");
        }
        view.asides.extend(page.hint().map(Aside::Hint));
        Ok(view)
    }
}
