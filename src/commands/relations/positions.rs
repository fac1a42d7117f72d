//! `positions`: who stands where on what, since when, in which words, and who changed sides.

use crate::commands::common::narrow::Narrow;
use crate::commands::layout::act::Denied;
use crate::commands::layout::{self, count};
use crate::commands::{Command, CommandError, Group, Session, common::progress};
use crate::date::parse_by_person;
use crate::report::view::View;
use crate::store::rows::ClaimRow;
use crate::workbench::{Stand, Step};

/// Shows who stands for or against what
#[derive(Debug, clap::Args)]
pub struct Positions {
    #[command(flatten)]
    narrow: Narrow,
}

/// Targets that a person is shown unless more are asked for.
const SHOWN: usize = 12;

impl Command for Positions {
    const NAME: &'static str = "positions";
    const PURPOSE: &'static str = "Show who stands for or against what, since when, and who changed sides";
    const EXAMPLE: &'static str = "positions on:tunnel";
    const GROUP: Group = Group::Relations;

    fn run(mut self, session: &mut Session) -> Result<View, CommandError> {
        // `on:` takes a day everywhere; here it takes a matter too.
        let today = session.today().first();
        let matters = self.narrow.take("on", |value| parse_by_person(value, today).is_none());
        let filter = self.narrow.whole(session)?;
        let (stop, shown) = (session.interrupt_flag(), session.screen.progress());
        let workbench = session.workbench()?;
        let unread = progress::bar(shown, workbench.without_stance()?, "reading claims");
        let pairs = progress::counter(shown, "reading pairs");
        let mut stands = workbench.positions(&filter, &stop, |step| match step {
            Step::Claims(count) => unread.inc(count as u64),
            Step::Pairs(count) => pairs.inc(count as u64),
        })?;
        unread.finish_and_clear();
        pairs.finish_and_clear();
        stands.retain(|stand| matters.iter().all(|matter| stand.is_about(matter)));
        let most = self.narrow.limit_or(session, SHOWN);
        let all = stands.len();
        stands.truncate(most.unwrap_or(all));
        let rows: Vec<ClaimRow> =
            stands.iter().flat_map(|stand| &stand.positions).map(|position| position.claim.clone()).collect();
        Ok(shown_of(&stands, all, &Denied::of(session, &rows)?))
    }
}

fn shown_of(stands: &[Stand], all: usize, denied: &Denied) -> View {
    let mut view = layout::positions::list(stands, denied);
    if stands.is_empty() {
        view =
            view.hint("no position fits; a matter needs claims of several articles that agree or oppose one another");
    } else if stands.len() < all {
        let more = count(all - stands.len(), "more matter");
        view = view.hint(format!("{more}; narrow the list with speaker:NAME or on:MATTER, or use --all"));
    }
    view
}
