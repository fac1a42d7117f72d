//! The queue of suggestions that wait for a person: contradictions first, the surest first; what was put off comes last.

use super::error::Result;
use super::few::{Asked, Few, asked};
use super::filter::Filter;
use super::id::{OperationId, RelationId};
use super::relation_rows::{decided, status};
use super::select::Bound;
use super::{Store, Writer, to_json};
use crate::relation::RelationKind;
use rusqlite::params;

impl Writer<'_> {
    /// Puts a suggestion off: it comes after all others.
    pub fn skip(&self, relation: RelationId, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO skip (relation, operation) VALUES (?1, ?2)")?
            .execute(params![relation, operation])?;
        Ok(())
    }
}

const WAITING: Asked = asked!(
    "WITH wanted AS MATERIALIZED (SELECT c.id",
    "",
    " AND :open = 0), put_off AS MATERIALIZED (
         SELECT s.relation, max(s.id) AS place FROM skip s JOIN operation o ON o.id = s.operation
         WHERE o.undone_by IS NULL GROUP BY s.relation)
     SELECT r.id FROM relation r",
    decided!(),
    "LEFT JOIN put_off o ON o.relation = r.id
     WHERE r.syndicated = 0
     AND r.earlier NOT IN (SELECT id FROM claim WHERE live = 0) AND r.later NOT IN (SELECT id FROM claim WHERE live = 0)
     AND r.kind NOT IN ('related', 'unrelated') AND (:relations IS NULL OR r.kind IN (SELECT value FROM json_each(:relations)))
     AND (:open = 1 OR r.earlier IN wanted OR r.later IN wanted)
     AND ",
    status!(),
    " = 'suggested'
     ORDER BY ifnull(o.place, 0), r.kind <> 'contradiction', r.kind <> 'offered', r.kind <> 'update',
              iif(r.kind IN ('contradiction', 'offered'), r.score, r.likeness) DESC, r.id"
);

impl Store {
    /// Returns the suggestions that wait for a decision, in the order in which they are best looked at. Reports that were
    /// only carried by another outlet are left out: there is nothing to decide.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`](super::StoreError::NoSuchName) when the filter names somebody who is not there.
    pub fn waiting(&self, filter: &Filter, kinds: &[RelationKind]) -> Result<Vec<RelationId>> {
        let kinds = if kinds.is_empty() { None } else { Some(to_json(&kinds)?) };
        let bound = Bound::new(&self.connection, filter)?;
        let open = bound.is_open();
        let few = Few::of(&self.connection, &bound)?;
        let mut parameters = few.parameters(&bound);
        parameters.push((":relations", &kinds));
        parameters.push((":open", &open));
        let mut statement = self.connection.prepare_cached(few.choose(WAITING))?;
        let ids = statement.query_map(&parameters[..], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }
}
