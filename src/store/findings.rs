//! What one finding is made of: the contradictions and updates that nobody rejected, and which claims say the same.

use super::Store;
use super::error::Result;
use super::id::{ClaimId, OperationId, RelationId};
use super::relation_rows::{decided, status};

/// A contradiction or an update, as far as it is needed to tell which others belong to the same finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    pub id: RelationId,
    pub earlier: ClaimId,
    pub later: ClaimId,
    /// The days of both as they are put in order, or empty.
    pub days: [String; 2],
    /// `update`, or the sort of contradiction.
    pub sort: String,
    /// The speakers, after merges, the lower number first; 0 for nobody.
    pub speakers: (i64, i64),
    /// suggested or confirmed.
    pub status: String,
    /// The operation that found it.
    pub operation: OperationId,
}

const TIES: &str = concat!(
    "SELECT r.id, r.earlier, r.later, iif(r.kind = 'update', r.kind, r.dispute),
            ifnull(x.merged_into, ifnull(x.id, 0)), ifnull(y.merged_into, ifnull(y.id, 0)), r.operation, r.status,
            a.day, b.day
     FROM (SELECT r.id, r.earlier, r.later, r.kind, r.dispute, r.operation, ",
    status!(),
    " AS status FROM relation r",
    decided!(),
    "WHERE r.kind IN ('contradiction', 'update', 'offered')) r
     CROSS JOIN claim a ON a.id = r.earlier AND a.live = 1 CROSS JOIN claim b ON b.id = r.later AND b.live = 1
     LEFT JOIN speaker x ON x.id = a.speaker LEFT JOIN speaker y ON y.id = b.speaker
     WHERE r.status = 'confirmed' OR r.kind <> 'offered' AND r.status <> 'rejected' ORDER BY r.id"
);

impl Store {
    /// Returns the contradictions and updates among live claims that nobody rejected, by id.
    pub fn ties(&self) -> Result<Vec<Tie>> {
        let mut statement = self.connection.prepare_cached(TIES)?;
        let rows = statement.query_map([], |row| {
            let (x, y): (i64, i64) = (row.get(4)?, row.get(5)?);
            Ok(Tie {
                id: row.get(0)?,
                earlier: row.get(1)?,
                later: row.get(2)?,
                sort: row.get(3)?,
                speakers: (x.min(y), x.max(y)),
                operation: row.get(6)?,
                status: row.get(7)?,
                days: [row.get(8)?, row.get(9)?],
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Tells whether an operation found any contradiction.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn has_found(&self, operation: OperationId) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM relation WHERE kind IN ('contradiction', 'offered') AND operation = ?1)",
        )?;
        Ok(statement.query_row([operation], |row| row.get(0))?)
    }

    /// Returns the pairs of claims that say the same, as far as both have a contradiction or an update; what was rejected is
    /// left out.
    pub fn said_again(&self) -> Result<Vec<(ClaimId, ClaimId)>> {
        let mut statement = self.connection.prepare_cached(
            "WITH tied (id) AS MATERIALIZED (
                 SELECT earlier FROM relation WHERE kind IN ('contradiction', 'update')
                 UNION SELECT later FROM relation WHERE kind IN ('contradiction', 'update'))
             SELECT r.earlier, r.later FROM tied CROSS JOIN relation r ON r.later = tied.id
             WHERE r.kind IN ('repeat', 'reworded') AND +r.earlier IN tied
             AND (SELECT t.status FROM relation_status t WHERE t.relation = r.id) <> 'rejected' ORDER BY r.id",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
