//! What a person signed in public stays: no act changes who is said to have spoken and when, or takes evidence away,
//! under a published verdict, unless readers are told by a new version with a notice.

use super::{Result, WorkbenchError};
use crate::store::Writer;
use crate::store::id::{OperationId, VerdictId};
use crate::store::published::Published;
use crate::store::rows::{VerdictRow, VerdictState};
use crate::store::verdicts::NewVerdict;

/// A change under a published verdict.
struct Changed<'a> {
    was: &'a Published,
    is: &'a Published,
    /// The fact, and what it was and is.
    told: Vec<String>,
}

/// Refuses what changes a published verdict under the readers' eyes. Withdrawing it, or a new version, is no such change.
///
/// # Errors
/// Names the verdict, what would change, and what to do.
pub(super) fn stays(writer: &Writer<'_>, before: &[Published]) -> Result<()> {
    if before.is_empty() {
        return Ok(());
    }
    changes(before, &writer.published()?).first().map_or(Ok(()), |changed| Err(refused(changed)))
}

/// As [`stays`]; with a notice each verdict that changes gets a new version, published at once, that tells readers.
///
/// # Errors
/// As [`stays`], and for a claim that would leave the lists: its verdict would stand on nothing.
pub(super) fn stays_or_told(
    writer: &Writer<'_>,
    before: &[Published],
    notice: Option<&str>,
    operation: OperationId,
) -> Result<()> {
    let Some(notice) = notice.map(str::trim) else { return stays(writer, before) };
    if notice.is_empty() {
        return Err(WorkbenchError::asked("--anyway gives a reason", "it is printed beside the correction"));
    }
    for changed in changes(before, &writer.published()?) {
        if !changed.is.live {
            return Err(refused(&changed));
        }
        tell(writer, &changed, notice, operation)?;
    }
    Ok(())
}

fn tell(writer: &Writer<'_>, changed: &Changed<'_>, notice: &str, operation: OperationId) -> Result<VerdictId> {
    let VerdictRow { claim, rating, scale, rationale, long, .. } = writer.verdict(changed.was.verdict)?;
    let correction = format!("Corrected: {}. {notice}", changed.told.join("; "));
    let (rating, scale, rationale, long) = (&rating, &scale, &rationale, &long);
    let new = NewVerdict { claim, rating, scale, rationale, long, correction: &correction };
    let id = writer.add_verdict(&new, operation)?;
    writer.verdict_state(id, VerdictState::Corrected, notice, operation)?;
    Ok(id)
}

/// The verdicts that readers see before and after, with other facts.
fn changes<'a>(before: &'a [Published], after: &'a [Published]) -> Vec<Changed<'a>> {
    let changed = |was: &'a Published| {
        let is = after.iter().find(|is| is.verdict == was.verdict)?;
        let told = told(was, is);
        (!told.is_empty()).then_some(Changed { was, is, told })
    };
    before.iter().filter_map(changed).collect()
}

/// What is no longer as it was signed.
fn told(was: &Published, is: &Published) -> Vec<String> {
    if was.live && !is.live {
        return vec!["the claim is taken off the lists".to_owned()];
    }
    let named = |name: &str| if name.is_empty() { "nobody".to_owned() } else { name.to_owned() };
    let mut told = Vec::new();
    let mut fact = |name: &str, was: String, is: String| {
        if was != is {
            told.push(format!("{name} is {is}, not {was}"));
        }
    };
    fact("the speaker", named(&was.speaker), named(&is.speaker));
    fact("the day", named(&was.said), named(&is.said));
    let gone: Vec<String> =
        was.evidence.iter().filter(|one| !is.evidence.contains(one)).map(ToString::to_string).collect();
    if !gone.is_empty() {
        told.push(format!("evidence is taken away ({})", gone.join(", ")));
    }
    told
}

fn refused(changed: &Changed<'_>) -> WorkbenchError {
    let Published { verdict, claim, operation, .. } = changed.was;
    let message = format!("{claim} carries the published verdict {verdict}: {}", changed.told.join("; "));
    let undo = format!("undo its publication first (`undo {operation}`)");
    WorkbenchError::asked(
        message,
        if changed.is.live {
            format!(
                "{undo}, or publish a new version with a notice: `edit`, `speaker` and `evidence drop` take --anyway \"what was wrong\""
            )
        } else {
            format!("the words that were judged stay; {undo}, or add the other words as a claim")
        },
    )
}
