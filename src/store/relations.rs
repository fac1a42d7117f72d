//! Relations between claims: what the machine suggests in one table, what a person decided in another.

use super::error::Result;
use super::few::{Asked, Few, asked};
use super::filter::{Filter, Order, Sense, Test};
use super::id::{ClaimId, OperationId, RelationId};
use super::relation_rows::{by_id, decided, relation, status};
use super::rows::{Decision, Dispute, RelationRow, Status};
use super::select::Bound;
use super::stored::{Stored, name_of};
use super::{Store, Writer, to_json};
use crate::matching::Tier;
use crate::relation::{Ledger, Link, RelationKind};
use crate::score::{Reason, Score};
use rusqlite::{Connection, ToSql, params};
use std::collections::BTreeSet;

/// A relation as the machine sees it, on its way in.
#[derive(Debug, Clone)]
pub struct NewRelation {
    pub earlier: ClaimId,
    pub later: ClaimId,
    pub kind: RelationKind,
    pub dispute: Option<Dispute>,
    pub same_speaker: bool,
    pub syndicated: bool,
    pub tier: Tier,
    pub likeness: Score,
    pub score: Score,
    pub summary: String,
    pub because: Vec<Reason>,
    pub alignment: Vec<Link>,
    pub innocent: Vec<String>,
    pub ledger: Ledger,
}

/// A stored relation, as far as it is needed to compute it again.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub id: RelationId,
    pub earlier: ClaimId,
    pub later: ClaimId,
    pub tier: Tier,
    pub likeness: Score,
    /// A person confirmed it.
    pub confirmed: bool,
    /// Found by the relation model, and not by a rule.
    pub learnt: bool,
    /// A person recorded it themselves, whatever the machine sees.
    pub recorded: bool,
}

impl Writer<'_> {
    /// Stores a suggestion, unless the two claims have a relation already; returns its id when it is new. What is only offered
    /// has numbers of its own, from a million on, so that it does not move those of what is called. Relations of the same words are
    /// looked for by the words: in any other order of the tables all relations of the kind would be looked through.
    pub fn add_relation(&self, new: &NewRelation, operation: OperationId) -> Result<Option<RelationId>> {
        let added = self
            .0
            .prepare_cached(
                "INSERT INTO relation (id, earlier, later, kind, dispute, same_speaker, syndicated, tier, likeness, score,
                                       summary, because, alignment, innocent, ledger, operation, alike)
                 VALUES (iif(?3 = 'offered', (SELECT max(ifnull(max(id), 0), 1000000) + 1 FROM relation),
                                             (SELECT ifnull(max(id), 0) + 1 FROM relation WHERE id <= 1000000)), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, (
                     SELECT ifnull(r.alike, r.id) FROM claim e CROSS JOIN claim l
                     CROSS JOIN claim a ON a.fold = e.fold AND +a.speaker IS e.speaker
                     CROSS JOIN relation r ON r.earlier = a.id AND +r.kind = ?3
                     CROSS JOIN claim b ON b.id = r.later AND b.fold = l.fold AND b.speaker IS l.speaker
                     WHERE e.id = ?1 AND l.id = ?2
                     LIMIT 1))
                 ON CONFLICT (earlier, later) DO NOTHING",
            )?
            .execute(params![
                new.earlier,
                new.later,
                name_of(&new.kind),
                new.dispute.as_ref().map(name_of).unwrap_or_default(),
                new.same_speaker,
                new.syndicated,
                name_of(&new.tier),
                new.likeness.get(),
                new.score.get(),
                new.summary,
                to_json(&new.because)?,
                to_json(&new.alignment)?,
                to_json(&new.innocent)?,
                to_json(&new.ledger)?,
                operation,
            ])?;
        Ok((added == 1).then(|| RelationId(self.0.last_insert_rowid())))
    }

    /// Returns the relations of claims, as far as they are needed to compute them again.
    pub fn relations_touching(&self, claims: &[ClaimId]) -> Result<Vec<Standing>> {
        relations_touching(self.0, claims)
    }

    /// Puts what the machine sees now in the place of what it saw; `None` is nothing worth a suggestion. What a person
    /// confirmed stays as they saw it where the machine sees something else; of what they recorded only the order follows.
    pub fn update_relation(&self, standing: &Standing, now: Option<&NewRelation>) -> Result<()> {
        if standing.recorded {
            return self.put_in_order(standing.id, standing.earlier, standing.later);
        }
        let Some(now) = now else {
            if !standing.confirmed {
                self.0
                    .prepare_cached("UPDATE relation SET kind = 'related', dispute = '' WHERE id = ?1")?
                    .execute([standing.id])?;
            }
            return self.keep_beside(standing.id);
        };
        self.0
            .prepare_cached(
                "UPDATE relation SET earlier = ?2, later = ?3, kind = ?4, dispute = ?5, same_speaker = ?6, syndicated = ?7,
                        score = ?8, summary = ?9, because = ?10, alignment = ?11, innocent = ?12, ledger = ?13
                 WHERE id = ?1 AND (?14 = 0 OR kind = ?4)",
            )?
            .execute(params![
                standing.id,
                now.earlier,
                now.later,
                name_of(&now.kind),
                now.dispute.as_ref().map(name_of).unwrap_or_default(),
                now.same_speaker,
                now.syndicated,
                now.score.get(),
                now.summary,
                to_json(&now.because)?,
                to_json(&now.alignment)?,
                to_json(&now.innocent)?,
                to_json(&now.ledger)?,
                standing.confirmed,
            ])?;
        self.keep_beside(standing.id)
    }

    /// Records what a person says to a suggestion; the last decision in effect counts.
    pub fn decide(&self, relation: RelationId, decision: Decision, note: &str, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO decision (relation, decision, note, operation, current) VALUES (?1, ?2, ?3, ?4, 0)",
            )?
            .execute(params![relation, name_of(&decision), note, operation])?;
        self.refresh(operation)
    }

    /// Returns one relation.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`](super::StoreError::NoSuchId).
    pub fn relation(&self, id: RelationId) -> Result<RelationRow> {
        relation(self.0, id)
    }
}

fn relations_touching(connection: &Connection, claims: &[ClaimId]) -> Result<Vec<Standing>> {
    let numbers: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let mut statement = connection.prepare_cached(
        "WITH wanted (id) AS (SELECT value FROM json_each(?1)),
             one (id) AS (SELECT r.id FROM wanted w CROSS JOIN relation r ON r.earlier = w.id
                          UNION SELECT r.id FROM wanted w CROSS JOIN relation r ON r.later = w.id)
             SELECT r.id, r.earlier, r.later, r.tier, r.likeness, d.id IS NOT NULL AND d.decision = 'confirm',
                    r.kind = 'offered' OR r.because LIKE '%read.together%',
                    EXISTS (SELECT 1 FROM relation_by_hand h JOIN operation o ON o.id = h.operation AND o.undone_by IS NULL
                            WHERE h.relation = r.id)
             FROM one CROSS JOIN relation r ON r.id = one.id
             LEFT JOIN decision d ON d.relation = r.id AND d.current = 1 ORDER BY r.id",
    )?;
    let rows = statement.query_map([to_json(&numbers)?], |row| {
        let tier: Stored<Tier> = row.get(3)?;
        Ok(Standing {
            id: row.get(0)?,
            earlier: row.get(1)?,
            later: row.get(2)?,
            tier: tier.known().unwrap_or(Tier::Related),
            likeness: Score::new(row.get(4)?),
            confirmed: row.get(5)?,
            learnt: row.get(6)?,
            recorded: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All that can stand between two claims and says something of them.
const KINDS: [RelationKind; 5] = [
    RelationKind::Repeat,
    RelationKind::Reworded,
    RelationKind::Update,
    RelationKind::Contradiction,
    RelationKind::Offered,
];

/// Relations whose earlier or later claim passes the tests, by the day of the later one.
macro_rules! relation_list {
    () => {
        concat!(
            "SELECT r.id FROM (SELECT r.id, r.kind, r.earlier, r.later, ",
            status!(),
            " AS status FROM relation r",
            decided!(),
            "WHERE r.kind IN (SELECT value FROM json_each(:relations))
             AND (:open = 1 OR r.earlier IN wanted OR r.later IN wanted)) r
             CROSS JOIN claim a ON a.id = r.earlier AND a.live = 1
             CROSS JOIN claim b ON b.id = r.later AND b.live = 1
             WHERE (r.kind <> 'offered' OR :offered = 1 OR r.status = 'confirmed')
             AND r.status IN (SELECT value FROM json_each(:wanted))"
        )
    };
}

macro_rules! relations_in_order {
    ($order:literal) => {
        asked!("WITH wanted AS MATERIALIZED (SELECT c.id", "", " AND :open = 0) ", relation_list!(), $order)
    };
}

const OLDEST: Asked = relations_in_order!(" ORDER BY b.day, r.id LIMIT :limit");
const NEWEST: Asked = relations_in_order!(" ORDER BY b.day DESC, r.id DESC LIMIT :limit");

const OF_CLAIM: &str = "
    SELECT r.id FROM relation r JOIN claim a ON a.id = r.earlier JOIN claim b ON b.id = r.later
    WHERE (r.earlier = ?1 OR r.later = ?1) AND a.live = 1 AND b.live = 1
    ORDER BY r.score DESC, r.likeness DESC, r.id";

const TO_CLAIMS: &str = "
    SELECT r.id FROM json_each(?1) wanted CROSS JOIN relation r ON r.later = wanted.value
    CROSS JOIN relation_status t ON t.relation = r.id CROSS JOIN claim a ON a.id = r.earlier
    WHERE a.live = 1 AND t.status IN (SELECT value FROM json_each(?2)) ORDER BY r.id";

impl Store {
    /// As [`Writer::relations_touching`].
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn relations_touching(&self, claims: &[ClaimId]) -> Result<Vec<Standing>> {
        relations_touching(&self.connection, claims)
    }

    /// Returns the relations in which one of these claims is the later one; rejected ones are left out unless the filter
    /// names a status.
    pub fn relations_to(&self, later: &[ClaimId], filter: &Filter) -> Result<Vec<RelationRow>> {
        let later: Vec<i64> = later.iter().map(|id| id.0).collect();
        let mut statement = self.connection.prepare_cached(TO_CLAIMS)?;
        let ids = statement.query_map([to_json(&later)?, to_json(&statuses(filter))?], |row| row.get(0))?;
        by_id(&self.connection, &ids.collect::<rusqlite::Result<Vec<_>>>()?)
    }

    /// Returns the relations of these kinds (all, when none is named) with a claim that passes the filter. Rejected ones
    /// are left out unless the filter names a status.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`](super::StoreError::NoSuchName) when the filter names somebody who is not there.
    pub fn relations(&self, filter: &Filter, kinds: &[RelationKind]) -> Result<Vec<RelationRow>> {
        self.relations_by_id(&self.relation_ids(filter, kinds)?)
    }

    /// As [`Store::relations`], the ids alone.
    ///
    /// # Errors
    /// As [`Store::relations`].
    pub fn relation_ids(&self, filter: &Filter, kinds: &[RelationKind]) -> Result<Vec<RelationId>> {
        // An offer that a person took up is a contradiction.
        let offered = kinds.is_empty() || kinds.contains(&RelationKind::Offered);
        let taken_up = kinds.contains(&RelationKind::Contradiction).then_some(RelationKind::Offered);
        let kinds: Vec<RelationKind> = match kinds {
            [] => KINDS.to_vec(),
            kinds => kinds.iter().copied().chain(taken_up).collect(),
        };
        let kinds = to_json(&kinds)?;
        let statuses = to_json(&statuses(filter))?;
        let mut claims = filter.clone();
        claims.terms.retain(|term| !matches!(term.test, Test::Status(_)));
        let bound = Bound::new(&self.connection, &claims)?;
        let open = bound.is_open();
        let few = Few::of(&self.connection, &bound)?;
        let mut parameters = few.parameters(&bound);
        parameters.push((":limit", &bound.limit as &dyn ToSql));
        parameters.push((":relations", &kinds));
        parameters.push((":offered", &offered));
        parameters.push((":wanted", &statuses));
        parameters.push((":open", &open));
        let asked = if filter.order == Order::Oldest { OLDEST } else { NEWEST };
        let mut statement = self.connection.prepare_cached(few.choose(asked))?;
        let ids = statement.query_map(&parameters[..], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the claims of relations and what stands between them, in the order of the ids given.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn related_pairs(&self, ids: &[RelationId]) -> Result<Vec<(ClaimId, ClaimId, Stored<RelationKind>)>> {
        let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut statement = self.connection.prepare_cached(
            "SELECT r.earlier, r.later, r.kind FROM json_each(?1) wanted CROSS JOIN relation r ON r.id = wanted.value
             ORDER BY wanted.key",
        )?;
        let rows = statement.query_map([to_json(&numbers)?], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns relations in the order of the ids given.
    pub fn relations_by_id(&self, ids: &[RelationId]) -> Result<Vec<RelationRow>> {
        by_id(&self.connection, ids)
    }

    /// Returns one relation.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`](super::StoreError::NoSuchId).
    pub fn relation(&self, id: RelationId) -> Result<RelationRow> {
        relation(&self.connection, id)
    }

    /// Returns the pairs that a person rejected, or whose two wordings a person rejected elsewhere: the lesser id first.
    pub fn rejected_pairs(&self) -> Result<BTreeSet<(ClaimId, ClaimId)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT min(r.earlier, r.later), max(r.earlier, r.later) FROM relation r
             JOIN relation_status t ON t.relation = r.id WHERE t.status = 'rejected'",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns every relation of a claim, rejected ones too, likeliest contradiction first.
    pub fn relations_of(&self, claim: ClaimId) -> Result<Vec<RelationRow>> {
        let mut statement = self.connection.prepare_cached(OF_CLAIM)?;
        let ids = statement.query_map([claim], |row| row.get(0))?;
        by_id(&self.connection, &ids.collect::<rusqlite::Result<Vec<_>>>()?)
    }
}

/// The statuses that a filter asks for.
fn statuses(filter: &Filter) -> Vec<Status> {
    let terms = filter.terms.iter().filter_map(|term| match term.test {
        Test::Status(status) => Some((term.sense, status)),
        _ => None,
    });
    let (is, not): (Vec<_>, Vec<_>) = terms.partition(|(sense, _)| *sense == Sense::Is);
    let all = [Status::Suggested, Status::Confirmed, Status::Rejected];
    let named = |list: &[(Sense, Status)], status| list.iter().any(|(_, listed)| *listed == status);
    let default = |status| !not.is_empty() || status != Status::Rejected;
    let wanted = |status| if is.is_empty() { default(status) } else { named(&is, status) };
    all.into_iter().filter(|status| wanted(*status) && !named(&not, *status)).collect()
}
