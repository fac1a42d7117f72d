//! The meaning of claims: made when the deep reader loads them, or later for all that have none.

use super::{Result, Workbench, WorkbenchError};
use crate::attribution::reader::Reader;
use crate::claim::Claim;
use crate::matching::meaning::{Meaning, Vector};
use crate::store::Writer;
use crate::store::id::ClaimId;
use rayon::prelude::*;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// Claims whose vectors are written together: an interruption loses no more than these.
const BATCH: usize = 256;

/// What a run over the claims without a vector did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Meant {
    pub added: usize,
    /// Claims that still have none.
    pub left: usize,
}

/// Returns the vectors of new claims when their reader is the deep one, else none.
pub(super) fn vectors_for(reader: &dyn Reader, claims: &[Claim]) -> Vec<Option<Vector>> {
    match Meaning::shipped() {
        Ok(meaning) if reader.name() == "deep" => claims.par_iter().map(|claim| meaning.vector(&claim.words)).collect(),
        _ => Vec::new(),
    }
}

/// Stores the vector of a claim, or that its words have none.
pub(super) fn keep(writer: &Writer<'_>, claim: ClaimId, vector: Option<&Vector>) -> Result<()> {
    let Ok(meaning) = Meaning::shipped() else { return Ok(()) };
    let bytes = vector.map(Vector::bytes);
    Ok(writer.add_vector(claim, meaning.name(), bytes.as_ref().map_or(&[], |bytes| &bytes[..]))?)
}

impl Workbench {
    /// Returns how many claims have no vector yet.
    ///
    /// # Errors
    /// When the database cannot be read, or the weights that ship with the program are damaged.
    pub fn without_meaning(&self) -> Result<usize> {
        Ok(self.store.count_without_vector(shipped()?.name())?)
    }

    /// Makes the vectors of the claims that have none, in batches that are each kept, and calls `progress` with the size of
    /// each. Stops between batches when `stop` is set; the next run goes on from there.
    ///
    /// # Errors
    /// When the database cannot be written, or the weights that ship with the program are damaged.
    pub fn add_meaning(&mut self, stop: &AtomicBool, mut progress: impl FnMut(usize)) -> Result<Meant> {
        let meaning = shipped()?;
        let (mut added, mut last) = (0, ClaimId(0));
        while !stop.load(Ordering::Relaxed) {
            let batch = self.store.without_vector(meaning.name(), last, BATCH)?;
            let Some((end, _)) = batch.last() else { break };
            last = *end;
            let made: Vec<(ClaimId, Option<Vector>)> =
                batch.par_iter().map(|(claim, words)| (*claim, meaning.vector(words))).collect();
            self.store.write(|writer| {
                made.iter().try_for_each(|(claim, vector)| keep(writer, *claim, vector.as_ref()))?;
                Ok::<_, WorkbenchError>(())
            })?;
            added += made.len();
            progress(made.len());
        }
        Ok(Meant { added, left: self.without_meaning()? })
    }
}

fn shipped() -> Result<&'static Meaning<'static>> {
    Meaning::shipped().map_err(|error| WorkbenchError::Weights(error.clone()))
}
