//! A moment in the life of a database, by which it is told cheaply whether anything was written since.

use super::error::Result;
use super::{Store, Writer};

/// What this program and the others had written at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Writes of this program that were begun.
    ours: u64,
    /// Changes whenever another program has written.
    theirs: i64,
}

impl Store {
    /// Returns how many writes were begun.
    pub const fn writes(&self) -> u64 {
        self.writes
    }
}

impl Writer<'_> {
    /// Returns the moment after so many writes: the same as another where nothing was written in between, by this program or another.
    pub fn moment(&self, writes: u64) -> Result<Moment> {
        let mut version = self.0.prepare_cached("PRAGMA data_version")?;
        Ok(Moment { ours: writes, theirs: version.query_row([], |row| row.get(0))? })
    }
}
