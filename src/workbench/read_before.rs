//! Claims whose words were read stay read for the articles that come next.
//!
//! What was read holds as long as the claim stays as it is. That is seen by looking at the claim again, or, where nothing but
//! articles came onto the desk since, known without looking.

use super::Result;
use super::linking::{Said, says_something, side_of};
use crate::relation::Parsed;
use crate::store::Writer;
use crate::store::claims::ClaimSide;
use crate::store::moment::Moment;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Claims of each of the two ages that are kept, of some five kilobytes each.
const KEPT: usize = 12_000;

/// A claim with its words read once for many comparisons.
#[derive(Debug)]
pub(super) struct Read {
    pub side: ClaimSide,
    parsed: Parsed,
}

impl Read {
    pub fn of(side: ClaimSide) -> Self {
        Self { parsed: Parsed::of(&side_of(&side)), side }
    }

    pub const fn said(&self) -> Said<'_> {
        Said { side: &self.side, parsed: &self.parsed }
    }

    const fn key(side: &ClaimSide) -> u64 {
        side.id.0.unsigned_abs()
    }
}

/// Claims that stay read: those asked for of late, and those before them, which are forgotten next.
#[derive(Debug, Default)]
pub(super) struct ReadBefore {
    late: HashMap<u64, Arc<Read>>,
    early: HashMap<u64, Arc<Read>>,
    /// When all of them were as they are on the desk.
    held: Option<Moment>,
    trust: Trust,
}

/// Whether a claim must be looked at again before it is taken as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Trust {
    #[default]
    Look,
    Known,
}

impl ReadBefore {
    /// Begins a write at a moment: where nothing was written since the last one ended, the claims are known as they are.
    pub fn begin(&mut self, now: Moment) {
        self.trust = if self.held.take() == Some(now) { Trust::Known } else { Trust::Look };
    }

    /// Ends a write that changed no claim that was there before.
    pub const fn end(&mut self, now: Moment) {
        (self.held, self.trust) = (Some(now), Trust::Look);
    }

    /// Ends a write that may have changed some, or was not kept.
    pub const fn doubt(&mut self) {
        (self.held, self.trust) = (None, Trust::Look);
    }

    /// Returns claims with their words read, in the order given: as before where nothing of them has changed since.
    pub fn read(&mut self, sides: Vec<ClaimSide>) -> Vec<Arc<Read>> {
        let known: Vec<(ClaimSide, Option<Arc<Read>>)> = sides
            .into_iter()
            .map(|side| {
                let before = self.known(Read::key(&side)).filter(|read| read.side == side);
                (side, before)
            })
            .collect();
        let read: Vec<Arc<Read>> =
            known.into_par_iter().map(|(side, before)| before.unwrap_or_else(|| Arc::new(Read::of(side)))).collect();
        read.iter().for_each(|read| self.keep(Arc::clone(read)));
        read
    }

    /// Returns the claims of these numbers that are on the desk and say something, by number.
    pub fn others(&mut self, writer: &Writer<'_>, numbers: &[u64]) -> Result<HashMap<u64, Arc<Read>>> {
        let mut all = HashMap::new();
        let unknown: Vec<u64> = match self.trust {
            Trust::Look => numbers.to_vec(),
            Trust::Known => {
                let known = |number: &u64| self.known(*number).map(|read| all.insert(*number, read)).is_none();
                numbers.iter().copied().filter(known).collect()
            }
        };
        let sides = writer.sides(&unknown)?.into_iter().filter(says_something).collect();
        all.extend(self.read(sides).into_iter().map(|read| (Read::key(&read.side), read)));
        all.retain(|_, read| read.side.live);
        Ok(all)
    }

    fn known(&mut self, number: u64) -> Option<Arc<Read>> {
        if let Some(read) = self.late.get(&number) {
            return Some(Arc::clone(read));
        }
        let read = self.early.remove(&number)?;
        self.keep(Arc::clone(&read));
        Some(read)
    }

    fn keep(&mut self, read: Arc<Read>) {
        if self.late.len() >= KEPT {
            self.early = std::mem::take(&mut self.late);
        }
        self.late.insert(Read::key(&read.side), read);
    }
}
