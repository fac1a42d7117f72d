//! `articles`: what is on the desk, by date.

use crate::commands::common::narrow::{Narrow, Page, none_fits};
use crate::commands::{Command, CommandError, Group, Session, layout};
use crate::report::view::{Aside, View};

/// Lists articles
#[derive(Debug, clap::Args)]
pub struct Articles {
    #[command(flatten)]
    narrow: Narrow,
}

impl Command for Articles {
    const NAME: &'static str = "articles";
    const PURPOSE: &'static str = "List the articles on the desk";
    const EXAMPLE: &'static str = "articles outlet:wire after:2024-06";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let (filter, limit) = (self.narrow.newest(session)?, self.narrow.limit(session));
        let page = Page::new(session.workbench()?.articles(&filter)?, limit);
        let mut view = layout::tables::articles(&page.rows);
        if page.rows.is_empty() {
            view = view.hint(if filter.is_empty() {
                "the desk is empty: `load FILE` or `load FOLDER` brings articles in, `demo` shows how it works"
                    .to_owned()
            } else {
                none_fits("article", &filter)
            });
            view.asides.extend(self.narrow.saved_hint(session)?.map(Aside::Hint));
        }
        view.asides.extend(page.hint().map(Aside::Hint));
        Ok(view)
    }
}
