//! Relations that a person recorded themselves: where the machine saw nothing, or in the place of what it saw. While one is in
//! effect it is what stands between the two claims; taken back, what the machine saw stands there again.

use super::error::Result;
use super::id::{ClaimId, OperationId, RelationId};
use super::rows::Dispute;
use super::stored::name_of;
use super::{Store, Writer};
use crate::relation::RelationKind;
use rusqlite::{OptionalExtension, params};

impl Writer<'_> {
    /// Stores what a person says stands between the two claims of a relation.
    pub fn record_relation(
        &self,
        relation: RelationId,
        kind: RelationKind,
        dispute: Option<Dispute>,
        operation: OperationId,
    ) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO relation_by_hand (relation, kind, dispute, instead, instead_dispute, operation)
                 SELECT id, ?2, ?3, kind, dispute, ?4 FROM relation WHERE id = ?1",
            )?
            .execute(params![relation, name_of(&kind), dispute.as_ref().map(name_of).unwrap_or_default(), operation])?;
        self.refresh(operation)
    }

    /// Puts the claims of a relation that a person recorded in the order in which they were said.
    pub(super) fn put_in_order(&self, relation: RelationId, earlier: ClaimId, later: ClaimId) -> Result<()> {
        self.0
            .prepare_cached("UPDATE relation SET earlier = ?2, later = ?3 WHERE id = ?1")?
            .execute(params![relation, earlier, later])?;
        Ok(())
    }

    /// Keeps what the machine sees between two claims now beside what a person recorded of them and took back.
    pub(super) fn keep_beside(&self, relation: RelationId) -> Result<()> {
        self.0
            .prepare_cached(
                "UPDATE relation_by_hand SET (instead, instead_dispute) =
                     (SELECT r.kind, r.dispute FROM relation r WHERE r.id = relation_by_hand.relation)
                 WHERE relation = ?1",
            )?
            .execute([relation])?;
        Ok(())
    }
}

impl Store {
    /// Returns the relation between two claims, whichever of them is the earlier one.
    pub fn relation_between(&self, one: ClaimId, other: ClaimId) -> Result<Option<RelationId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM relation WHERE earlier = ?1 AND later = ?2 OR earlier = ?2 AND later = ?1 ORDER BY id LIMIT 1",
        )?;
        Ok(statement.query_row([one, other], |row| row.get(0)).optional()?)
    }
}
