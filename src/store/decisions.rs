//! Every decision on a relation that is in effect: who decided what, and when; the last of them counts.

use super::Store;
use super::error::Result;
use super::id::RelationId;
use super::rows::DecisionRow;
use super::stored::value_of;

const OF_RELATION: &str = "
    SELECT d.decision, d.note, o.person, o.at FROM decision d
    JOIN operation o ON o.id = d.operation AND o.undone_by IS NULL WHERE d.relation = ?1 ORDER BY d.id";

impl Store {
    /// Returns the decisions on a relation in their order, those that were taken back left out; nothing for an unknown one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decisions(&self, relation: RelationId) -> Result<Vec<DecisionRow>> {
        let mut statement = self.connection.prepare_cached(OF_RELATION)?;
        let rows = statement.query_map([relation], |row| {
            Ok(value_of(&row.get::<_, String>(0)?).map(|decision| DecisionRow {
                decision,
                note: row.get(1).unwrap_or_default(),
                by: row.get(2).unwrap_or_default(),
                at: row.get(3).unwrap_or_default(),
            }))
        })?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
}
