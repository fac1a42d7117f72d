//! The index in memory: opened from the snapshot in the database, brought up to what is stored, kept again when it has grown.
//!
//! It is derived: the claims in the database are the truth. A snapshot is written in a transaction of its own and read under
//! the stamp it was kept with, so a program that is killed leaves the old one, the new one or none, and each is true. Bytes
//! that are damaged or of another version are passed over, and the index is made from the claims.

use super::checked::Library;
use super::read_before::ReadBefore;
use super::{Result, Workbench};
use crate::matching::meaning::{Meaning, Vector, Vectors};
use crate::matching::{Candidate, Entry, Index, Near, Sides};
use crate::store::claims::ClaimEntry;
use crate::store::id::{ClaimId, OperationId};
use crate::store::snapshot::IndexSource;
use crate::store::vectors::VectorId;
use crate::store::{Place, Store, Writer};

/// A snapshot is kept again after this many claims and this share of all; reading so many anew is quick.
const GROWN: usize = 5_000;
const GROWN_SHARE: usize = 200;

/// The index over all stored claims, and how far it has come.
#[derive(Debug, Default)]
pub(super) struct Live {
    index: Index,
    upto: Option<ClaimId>,
    /// Under which it was made.
    stamp: i64,
    /// Claims in the snapshot in the database.
    kept: usize,
    /// The last operation that the speakers' names are known by.
    named: Option<OperationId>,
    vectors: Option<Vectors>,
    /// The last vector that was read.
    last_vector: VectorId,
    pub read: ReadBefore,
    pub library: Library,
}

impl Live {
    /// Returns the words' side.
    pub const fn words(&self) -> &Index {
        &self.index
    }

    /// Returns the earlier claims most like some words, best first, by words and, where there are vectors, by meaning.
    pub fn candidates(&self, entry: &Entry<'_>, top: usize) -> Vec<Candidate> {
        let (sides, vector) = self.sides(entry);
        sides.candidates(entry, vector.as_ref(), top)
    }

    /// As [`Live::candidates`], without the reasons.
    pub fn near(&self, entry: &Entry<'_>, top: usize) -> Vec<Near> {
        let (sides, vector) = self.sides(entry);
        sides.near(entry, vector.as_ref(), top)
    }

    fn sides(&self, entry: &Entry<'_>) -> (Sides<'_>, Option<Vector>) {
        let meaning = self.vectors.as_ref().filter(|vectors| !vectors.is_empty());
        // A stored claim's vector is there, or the claim is matched by words alone; other words get theirs now.
        let vector = meaning.and_then(|vectors| match self.index.contains(entry.id) {
            true => vectors.get(entry.id),
            false => vectors.meaning().vector(entry.text),
        });
        (Sides { words: &self.index, meaning }, vector)
    }

    /// Takes in what was stored since the last time, by this program or another.
    pub fn catch_up(&mut self, writer: &Writer<'_>) -> Result<()> {
        self.follow(writer.index_source())
    }

    /// As [`Live::catch_up`], outside a write.
    pub fn catch_up_reading(&mut self, store: &Store) -> Result<()> {
        self.follow(store.index_source())
    }

    fn follow(&mut self, source: IndexSource<'_>) -> Result<()> {
        let stamp = source.stamp()?;
        if stamp != self.stamp {
            *self = Self { stamp, library: std::mem::take(&mut self.library), ..Self::default() };
        }
        if self.upto.is_none()
            && let Some(snapshot) = source.snapshot(stamp)?
            && let Ok(index) = Index::from_bytes(&snapshot.bytes)
        {
            self.kept = index.len();
            self.index = index;
            self.upto = Some(snapshot.upto);
        }
        let index = &mut self.index;
        let upto = self.upto.unwrap_or(ClaimId(0));
        self.upto = Some(source.entries_after(upto, |claim| index.insert(&entry(claim)))?);
        self.follow_vectors(source)?;
        let index = &mut self.index;
        let last = source.last_operation()?;
        if last != self.named {
            index.set_aliases(source.names_of_one()?.iter().map(Vec::as_slice));
            self.named = last;
        }
        Ok(())
    }

    fn follow_vectors(&mut self, source: IndexSource<'_>) -> Result<()> {
        let Ok(meaning) = Meaning::shipped() else { return Ok(()) };
        let vectors = self.vectors.get_or_insert_with(|| Vectors::new(meaning));
        let read = source.vectors_after(meaning.name(), self.last_vector, |claim, bytes| {
            if let Some(vector) = Vector::from_bytes(bytes) {
                vectors.insert(claim.0.unsigned_abs(), &vector);
            }
        });
        self.last_vector = read?;
        Ok(())
    }

    /// Takes out claims whose write was not kept: their ids will be given again.
    pub fn forget(&mut self, claims: &[ClaimId]) {
        for claim in claims {
            self.index.remove(claim.0.unsigned_abs());
        }
        if let Some(first) = claims.iter().min() {
            self.upto = self.upto.map(|upto| upto.min(ClaimId(first.0 - 1)));
        }
        // Numbers of vectors that were not kept are given again: they are read anew.
        (self.vectors, self.last_vector) = (None, VectorId::default());
        self.named = None;
        self.read.doubt();
    }

    fn has_grown(&self) -> bool {
        let grown = self.index.len().saturating_sub(self.kept);
        grown >= GROWN.max(self.index.len() / GROWN_SHARE)
    }
}

impl Workbench {
    /// Keeps the index in the database if it has grown much. It can always be made again, so nothing is said when it cannot
    /// be kept: a database that is only read, another program that writes.
    pub(super) fn keep_index(&mut self) {
        if !self.live.has_grown() || *self.store.place() == Place::Memory {
            return;
        }
        let live = &mut self.live;
        let kept = self.store.write_if_free(|writer| {
            live.catch_up(writer)?;
            Ok::<_, super::WorkbenchError>(writer.keep_index(live.upto.unwrap_or(ClaimId(0)), &live.index.to_bytes())?)
        });
        // After a failure it is tried again when as much has been added once more.
        self.live.kept = self.live.index.len();
        drop(kept);
    }

    /// Brings the index up to what is stored, and keeps it when that was much.
    pub(super) fn follow_index(&mut self) -> Result<()> {
        self.live.catch_up_reading(&self.store)?;
        self.keep_index();
        Ok(())
    }
}

fn entry<'a>(claim: &ClaimEntry<'a>) -> Entry<'a> {
    Entry {
        id: claim.id.0.unsigned_abs(),
        text: claim.words,
        title: claim.headline,
        speaker: claim.speaker,
        date: claim.day,
    }
}
