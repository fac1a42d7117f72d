//! The sentence vectors of claims: kept beside them, made later for those that have none, read in the order they came.
//!
//! What the bytes mean is the caller's. A vector is derived from words that are never changed, so it is never changed
//! either; a claim whose words have no meaning to an encoder keeps empty bytes, so that it is not asked again.

use super::error::Result;
use super::id::{ArticleId, ClaimId};
use super::snapshot::IndexSource;
use super::{Store, Writer, to_json};
use rusqlite::params;
use std::ops::ControlFlow;

/// Number of a stored vector; later ones are higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct VectorId(i64);

/// A claim that is on the desk with its vector, and what tells whether it states anything.
#[derive(Debug, Clone, Copy)]
pub struct Vectored<'a> {
    pub id: ClaimId,
    pub article: Option<ArticleId>,
    pub kind: &'a str,
    pub status: &'a str,
    pub vector: &'a [u8],
}

impl Writer<'_> {
    /// Keeps the vector of a claim by an encoder; one that is there already stays.
    pub fn add_vector(&self, claim: ClaimId, model: &str, vector: &[u8]) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO claim_vector (claim, model, vector) VALUES (?1, ?2, ?3) ON CONFLICT (claim, model) DO NOTHING",
            )?
            .execute(params![claim, model, vector])?;
        Ok(())
    }
}

impl Writer<'_> {
    /// Notes that all claims up to one have a vector of an encoder, so that nobody looks among them again.
    pub fn mark_vectors(&self, model: &str, upto: ClaimId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO vector_mark (model, upto) VALUES (?1, ?2)
                 ON CONFLICT (model) DO UPDATE SET upto = max(upto, excluded.upto)",
            )?
            .execute(params![model, upto])?;
        Ok(())
    }
}

impl IndexSource<'_> {
    /// Calls `take` with each live claim that has a vector of an encoder, the newest by day first, until it says to stop. An index
    /// tells of each all but the vector.
    pub fn newest_vectors(&self, model: &str, mut take: impl FnMut(&Vectored<'_>) -> ControlFlow<()>) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "SELECT c.id, c.article, c.kind, c.status, v.vector
             FROM claim c CROSS JOIN claim_vector v ON v.claim = c.id AND v.model = ?1
             WHERE c.live = 1 ORDER BY c.day DESC, c.id DESC",
        )?;
        let mut rows = statement.query([model])?;
        while let Some(row) = rows.next()? {
            let text = |column: usize| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
            let vector = row.get_ref(4)?.as_blob().unwrap_or_default();
            let claim = Vectored { id: row.get(0)?, article: row.get(1)?, kind: text(2)?, status: text(3)?, vector };
            if take(&claim).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Calls `take` with every vector of an encoder after `after` that is not empty, in the order they came; returns the
    /// last number.
    pub fn vectors_after(
        &self,
        model: &str,
        after: VectorId,
        mut take: impl FnMut(ClaimId, &[u8]),
    ) -> Result<VectorId> {
        let mut statement = self
            .0
            .prepare_cached("SELECT id, claim, vector FROM claim_vector WHERE model = ?1 AND id > ?2 ORDER BY id")?;
        let mut rows = statement.query(params![model, after.0])?;
        let mut last = after;
        while let Some(row) = rows.next()? {
            last = VectorId(row.get(0)?);
            let bytes = row.get_ref(2)?.as_blob().unwrap_or_default();
            if !bytes.is_empty() {
                take(row.get(1)?, bytes);
            }
        }
        Ok(last)
    }
}

impl Store {
    /// Returns the next claims after `after` that have no vector by an encoder, with their words, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn without_vector(&self, model: &str, after: ClaimId, limit: usize) -> Result<Vec<(ClaimId, String)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.id, c.words FROM claim c
             WHERE c.id > max(?2, ifnull((SELECT upto FROM vector_mark WHERE model = ?1), 0)) AND NOT EXISTS (SELECT 1 FROM claim_vector v WHERE v.claim = c.id AND v.model = ?1)
             ORDER BY c.id LIMIT ?3",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![model, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns how many claims came after those up to which all have a vector by an encoder, and the last of them.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn after_vector_mark(&self, model: &str) -> Result<(i64, ClaimId)> {
        let mut statement = self.connection.prepare_cached(
            "SELECT ifnull(max(id), 0) - ifnull((SELECT upto FROM vector_mark WHERE model = ?1), 0), ifnull(max(id), 0)
             FROM claim",
        )?;
        Ok(statement.query_row([model], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Returns the vectors that these claims have by an encoder; a claim without one is left out.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn vectors_of(&self, model: &str, claims: &[ClaimId]) -> Result<Vec<(ClaimId, Vec<u8>)>> {
        let numbers: Vec<i64> = claims.iter().map(|claim| claim.0).collect();
        let mut statement = self.connection.prepare_cached(
            "SELECT v.claim, v.vector FROM json_each(?2) wanted
             CROSS JOIN claim_vector v ON v.claim = wanted.value AND v.model = ?1",
        )?;
        let rows = statement.query_map(params![model, to_json(&numbers)?], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns how many claims have no vector by an encoder.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn count_without_vector(&self, model: &str) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM claim c
             WHERE c.id > ifnull((SELECT upto FROM vector_mark WHERE model = ?1), 0) AND NOT EXISTS (SELECT 1 FROM claim_vector v WHERE v.claim = c.id AND v.model = ?1)",
        )?;
        let count: i64 = statement.query_row([model], |row| row.get(0))?;
        Ok(count.unsigned_abs() as usize)
    }
}
