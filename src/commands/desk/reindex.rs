//! `reindex`: makes anew, or for the first time, what matching derives from the claims.

use crate::commands::layout::count;
use crate::commands::{Command, CommandError, Group, Session, common::progress};
use crate::report::view::{Role, Run, View};

/// Rebuilds what matching derives from the claims
#[derive(Debug, clap::Args)]
pub struct Reindex {
    /// Compute embeddings for claims that are matched by words alone
    #[arg(long, required = true)]
    meaning: bool,
}

impl Command for Reindex {
    const NAME: &'static str = "reindex";
    const PURPOSE: &'static str = "Compute sentence embeddings, so that paraphrases match";
    const EXAMPLE: &'static str = "reindex --meaning";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let (stop, shown) = (session.interrupt_flag(), session.screen.progress());
        let workbench = session.workbench()?;
        let bar = progress::bar(shown, workbench.without_meaning()?, "reading claims");
        let meant = workbench.add_meaning(&stop, |claims| bar.inc(claims as u64))?;
        bar.finish_and_clear();
        let sum = format!("{} now matched by meaning too", count(meant.added, "claim"));
        let mut view = View::empty().text([Run::new(Role::Heading, sum)]).data(meant);
        if meant.left > 0 {
            let left = count(meant.left, "claim");
            view = view
                .warning(format!("stopped with {left} left; what was made is kept, and `reindex --meaning` goes on"));
            view.failed = true;
        }
        Ok(view)
    }
}
