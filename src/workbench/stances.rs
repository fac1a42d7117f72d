//! What the encoder of positions says of each claim: read once, kept in the database, and asked for by all that compares positions.

use super::linking::{states, told};
use super::positions::Step;
use super::{Result, Workbench, WorkbenchError};
use crate::position::{Encoder, Stance};
use crate::relation::model::Model;
use crate::store::claims::ClaimSide;
use crate::store::id::{ArticleId, ClaimId};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// Claims whose stances are written together: an interruption loses no more than these.
const BATCH: usize = 256;
/// Log-odds from which a claim is taken to have a position: two claims of five have, four of five of those that do.
pub(super) const TAKES_SIDES: f32 = -2.4;
/// Claims with a position that are held against one another, the newest.
const MOST: usize = 20_000;
/// Claims without anything to read, from which it is noted that they were looked through.
const UNMARKED: i64 = 5_000;

impl Workbench {
    /// Reads the claims that were not read yet.
    pub(super) fn add_stances(&mut self, stop: &AtomicBool, progress: &mut impl FnMut(Step)) -> Result<()> {
        let (encoder, model) = (encoder()?, model()?);
        let (unmarked, newest) = self.store.after_vector_mark(encoder.name())?;
        let mut last = ClaimId(0);
        while !stop.load(Ordering::Relaxed) {
            let batch = self.store.without_vector(encoder.name(), last, BATCH)?;
            let Some((end, _)) = batch.last() else { break };
            last = *end;
            let numbers: Vec<u64> = batch.iter().map(|(claim, _)| claim.0.unsigned_abs()).collect();
            let sides = self.store.sides(&numbers)?;
            let made: Vec<(ClaimId, Stance)> =
                sides.par_iter().map(|side| (side.id, encoder.stance(&model.side(&told(side))))).collect();
            self.store.write_derived(|writer| {
                made.iter()
                    .try_for_each(|(claim, stance)| writer.add_vector(*claim, encoder.name(), &stance.bytes()))?;
                Ok::<_, WorkbenchError>(writer.mark_vectors(encoder.name(), *end)?)
            })?;
            progress(Step::Claims(made.len()));
        }
        // A desk that was looked through in vain is not looked through again.
        if last == ClaimId(0) && unmarked >= UNMARKED && !stop.load(Ordering::Relaxed) {
            self.store.write_derived(|writer| Ok::<_, WorkbenchError>(writer.mark_vectors(encoder.name(), newest)?))?;
        }
        Ok(())
    }

    /// Returns what the encoder says of some claims: as it was kept, or read now and kept where nobody else is writing.
    pub(super) fn stances_of(&mut self, sides: &[&ClaimSide]) -> Result<HashMap<ClaimId, Stance>> {
        let (encoder, model) = (encoder()?, model()?);
        let ids: Vec<ClaimId> = sides.iter().map(|side| side.id).collect();
        let kept = self.store.vectors_of(encoder.name(), &ids)?;
        let mut known: HashMap<ClaimId, Stance> =
            kept.iter().filter_map(|(claim, bytes)| Some((*claim, Stance::from_bytes(bytes)?))).collect();
        let new: Vec<&&ClaimSide> = sides.iter().filter(|side| !known.contains_key(&side.id)).collect();
        let made: Vec<(ClaimId, Stance)> =
            new.par_iter().map(|side| (side.id, encoder.stance(&model.side(&told(side))))).collect();
        // They can always be read again: a desk that only reads keeps none.
        let _ = self.store.write_if_free(|writer| {
            made.iter().try_for_each(|(claim, stance)| writer.add_vector(*claim, encoder.name(), &stance.bytes()))?;
            Ok::<_, WorkbenchError>(())
        });
        known.extend(made);
        Ok(known)
    }

    /// The claims that are there, assert something and take a position, the newest of them and the newest first. Of each only
    /// what is needed to choose among them is read: they are many, and few are chosen.
    pub(super) fn standing(&self, encoder: &Encoder<'_>) -> Result<Vec<Standing>> {
        let mut found = Vec::new();
        self.store.index_source().newest_vectors(encoder.name(), |claim| {
            let stance = Stance::from_bytes(claim.vector).filter(|stance| stance.likeness >= TAKES_SIDES);
            let stance = stance.filter(|_| states(claim.kind, claim.status));
            found.extend(stance.map(|stance| Standing { id: claim.id, article: claim.article, stance }));
            if found.len() < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(found)
    }

    /// As [`Workbench::standing`], whole and in order of days, with what the encoder says of each.
    pub(super) fn standing_whole(&self, encoder: &Encoder<'_>) -> Result<(Vec<ClaimSide>, HashMap<ClaimId, Stance>)> {
        let mut standing = self.standing(encoder)?;
        standing.reverse();
        let numbers: Vec<u64> = standing.iter().map(|one| one.id.0.unsigned_abs()).collect();
        let stances = standing.into_iter().map(|one| (one.id, one.stance)).collect();
        Ok((self.store.sides(&numbers)?, stances))
    }
}

/// A claim that takes a position.
#[derive(Debug)]
pub(super) struct Standing {
    pub id: ClaimId,
    pub article: Option<ArticleId>,
    pub stance: Stance,
}

/// Returns the name of the encoder, which opens none of its weights.
pub(super) fn encoder_name() -> Result<&'static str> {
    Encoder::shipped_name().map_err(WorkbenchError::Weights)
}

pub(super) fn encoder() -> Result<&'static Encoder<'static>> {
    Encoder::shipped().map_err(|error| WorkbenchError::Weights(error.clone()))
}

pub(super) fn model() -> Result<&'static Model<'static>> {
    Model::shipped().map_err(|error| WorkbenchError::Weights(error.clone()))
}
