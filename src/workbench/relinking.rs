//! What the machine sees between two claims is computed again when a person corrects one of them: its speaker, a name, a
//! date. What a person decided stays decided, with its reasons as they are now.

use super::Result;
use super::linking::{denial, suggest};
use super::read_before::Read;
use crate::matching::Near;
use crate::store::Writer;
use crate::store::id::{ClaimId, OperationId};
use crate::store::relations::Standing;
use std::collections::BTreeMap;

/// Computes the relations again whose sides an operation touched.
pub(super) fn relink(writer: &Writer<'_>, operation: OperationId) -> Result<()> {
    let touched = writer.claims_touched(operation)?;
    if touched.is_empty() {
        return Ok(());
    }
    let relations = writer.relations_touching(&touched)?;
    let mut ids: Vec<u64> =
        relations.iter().flat_map(|one| [one.earlier, one.later]).map(|id| id.0.unsigned_abs()).collect();
    ids.sort_unstable();
    ids.dedup();
    let sides = writer.sides(&ids)?.into_iter().map(|side| (side.id, Read::of(side)));
    let sides: BTreeMap<ClaimId, Read> = sides.collect();
    for standing in &relations {
        let (Some(a), Some(b)) = (sides.get(&standing.earlier), sides.get(&standing.later)) else { continue };
        if standing.recorded {
            let [earlier, later] = in_order(a, b).map(|read| read.side.id);
            writer.update_relation(&Standing { earlier, later, ..*standing }, None)?;
            continue;
        }
        let again = if b.side.answers == Some(a.side.id) {
            Some(denial(a.said(), b.said()))
        } else if a.side.answers == Some(b.side.id) {
            Some(denial(b.said(), a.said()))
        } else {
            suggest(b.said(), a.said(), &near(standing))
        };
        // What was learnt from pairs that people marked does not hang on what a person corrects.
        if again.is_none() && standing.learnt {
            continue;
        }
        writer.update_relation(standing, again.as_ref())?;
    }
    Ok(())
}

/// The side that was said earlier, and the other.
fn in_order<'a>(a: &'a Read, b: &'a Read) -> [&'a Read; 2] {
    if a.said().order() <= b.said().order() { [a, b] } else { [b, a] }
}

/// A relation that stands, as the match it came from.
fn near(standing: &Standing) -> Near {
    Near { id: standing.earlier.0.unsigned_abs(), score: standing.likeness, tier: standing.tier }
}
