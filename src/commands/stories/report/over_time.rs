//! The claims of a story over time, as its readers may see them.

use super::Report;
use super::kind::{Positions, Scope};
use crate::commands::CommandError;
use crate::report::Dispute;
use crate::report::timeline::{Mark, Timeline};
use crate::store::marks::Rows;
use crate::workbench::Workbench;
use std::collections::BTreeSet;

/// Returns the timeline of a story; that of anything else is empty. A contradiction is marked where the report tells it.
///
/// # Errors
/// When the desk cannot be read.
pub(super) fn over_time<'a>(
    workbench: &Workbench,
    scope: &Scope,
    asked: &Report,
    shown: impl Iterator<Item = &'a Dispute>,
) -> Result<Timeline, CommandError> {
    if scope.positions != Positions::Every {
        return Ok(Timeline::default());
    }
    let contradict: BTreeSet<&str> = shown.map(|dispute| dispute.later.id.as_str()).collect();
    let mut drawn = workbench.drawing(&scope.filter, Rows::Speakers)?;
    for row in &mut drawn.rows {
        row.events.retain(|event| asked.drafts || event.mark != Mark::Draft);
        for event in row.events.iter_mut().filter(|event| !matches!(event.mark, Mark::Draft | Mark::Verdict)) {
            event.mark = if contradict.contains(event.id.as_str()) { Mark::Reversal } else { Mark::Claim };
        }
    }
    Ok(drawn)
}
