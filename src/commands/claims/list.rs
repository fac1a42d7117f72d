//! `claims`: who said what, in which words, when and where.

use crate::commands::common::narrow::{Narrow, OfVersions, Page, none_fits};
use crate::commands::{Command, CommandError, Group, Session, layout};
use crate::report::view::{Aside, View};

/// Lists claims
#[derive(Debug, clap::Args)]
pub struct Claims {
    #[command(flatten)]
    narrow: Narrow,
    #[command(flatten)]
    versions: OfVersions,
}

impl Command for Claims {
    const NAME: &'static str = "claims";
    const PURPOSE: &'static str = "List claims: who said what, in which words, when and where";
    const EXAMPLE: &'static str = "claims speaker:Whitlock before:2024-09";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let (filter, limit) = (self.versions.of(self.narrow.newest(session)?), self.narrow.limit(session));
        let page = Page::new(session.workbench()?.claims(&filter)?, limit);
        let denied = layout::act::Denied::of(session, &page.rows)?;
        let mut view = layout::claims::list(&page.rows, &denied);
        if page.rows.is_empty() {
            view = view.hint(if filter.is_empty() {
                "there are no claims yet: `load` some articles".to_owned()
            } else {
                none_fits("claim", &filter)
            });
            view.asides.extend(self.narrow.saved_hint(session)?.map(Aside::Hint));
        }
        view.asides.extend(page.hint().map(Aside::Hint));
        view.asides.extend(OfVersions::hint(session, &filter)?.map(Aside::Hint));
        Ok(view)
    }
}
