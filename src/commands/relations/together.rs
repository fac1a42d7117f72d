//! What must be read before contradictions are listed: articles that many brought at once.

use crate::commands::common::progress;
use crate::commands::layout::count;
use crate::commands::{CommandError, Session};
use crate::store::StoreError;
use crate::workbench::WorkbenchError;
use crate::workbench::together::Together;
use std::sync::atomic::Ordering;

/// Articles from which reading takes so long that what is known already is shown first.
const LONG: usize = 20;

/// Tells whether so many articles wait to be read together that a person should not wait for them before anything is shown.
pub fn is_long(session: &mut Session) -> Result<bool, CommandError> {
    Ok(session.workbench()?.articles_unread()? > LONG)
}

/// Reads the articles that were not read together with those before them yet; a desk that cannot be written to shows what it has.
/// Each article is kept as it is read: who stops is told how many are left, and goes on from there.
pub fn read(session: &mut Session) -> Result<(), CommandError> {
    let (stop, shown) = (session.interrupt_flag(), session.screen.progress());
    let workbench = session.workbench()?;
    let unread = workbench.articles_unread()?;
    if unread == 0 {
        return Ok(());
    }
    let claims = progress::counter(shown, "reading claims");
    let bar = progress::bar(shown, unread, "reading articles together");
    let mut read = 0;
    let done = workbench.read_together(&stop, |step| match step {
        Together::Claims(count) => claims.inc(count as u64),
        Together::Article => {
            claims.finish_and_clear();
            bar.inc(1);
            read += 1;
        }
    });
    claims.finish_and_clear();
    bar.finish_and_clear();
    let stopped = stop.load(Ordering::Relaxed);
    match done {
        Err(WorkbenchError::Store(StoreError::ReadOnly)) => return Ok(()),
        Err(WorkbenchError::Store(StoreError::Interrupted)) => {}
        done => done?,
    }
    if stopped && read < unread {
        let left = count(unread - read, "article");
        let told =
            format!("{read} of {unread} articles read together; {left} left: the same command goes on from there\n");
        session.screen.write_err(&told);
        return Err(CommandError::Interrupted);
    }
    Ok(())
}
