//! What the relation model said of pairs of claims: kept, so that no pair is read twice.

use super::error::Result;
use super::id::ClaimId;
use super::{Store, Writer};
use rusqlite::params;

/// A pair with the log-odds of opposed, same and neither, up to a constant; the lower id first.
pub type PairReading = (ClaimId, ClaimId, [f32; 3]);

impl Writer<'_> {
    /// Keeps what a model said of a pair; what is there already stays.
    pub fn add_pair_reading(&self, model: &str, &(one, other, [opposed, same, neither]): &PairReading) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO pair_reading (one, other, model, opposed, same, neither) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (one, other, model) DO NOTHING",
            )?
            .execute(params![one, other, model, opposed, same, neither])?;
        Ok(())
    }
}

impl Store {
    /// Returns all that a model said.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn pair_readings(&self, model: &str) -> Result<Vec<PairReading>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT one, other, opposed, same, neither FROM pair_reading WHERE model = ?1")?;
        let rows = statement
            .query_map([model], |row| Ok((row.get(0)?, row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?])))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
