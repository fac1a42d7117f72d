//! What must be read before contradictions are listed: articles that many brought at once.

use crate::commands::common::progress;
use crate::commands::{CommandError, Session};
use crate::store::StoreError;
use crate::workbench::WorkbenchError;

/// Reads the articles that were not read together with those before them yet; a desk that cannot be written to shows what it has.
pub fn read(session: &mut Session) -> Result<(), CommandError> {
    let (stop, shown) = (session.interrupt_flag(), session.screen.progress());
    let workbench = session.workbench()?;
    let unread = workbench.articles_unread()?;
    if unread == 0 {
        return Ok(());
    }
    let bar = progress::bar(shown, unread, "reading articles together");
    let done = workbench.read_together(&stop, || bar.inc(1));
    bar.finish_and_clear();
    match done {
        Err(WorkbenchError::Store(StoreError::ReadOnly)) => Ok(()),
        done => Ok(done?),
    }
}
