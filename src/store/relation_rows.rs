//! A stored relation as it is shown: with both claims, and as merges, corrections and decisions have it now.

use super::error::{Result, StoreError};
use super::id::{ClaimId, RelationId};
use super::rows::{ClaimRow, Dispute, RelationRow, Status};
use super::stored::Stored;
use super::{claims, json, to_json};
use crate::attribution::{Category, Kind};
use crate::relation::{Ledger, RelationKind};
use crate::score::{Reason, Score};
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};

/// How a relation `r` stands, as the view `relation_status` tells it: for who goes through many and reads an index alone, where the
/// view would read each of them once more. Needs [`decided`].
macro_rules! status {
    () => {
        "CASE WHEN d.decision = 'confirm' THEN 'confirmed' WHEN d.decision = 'reject' OR p.decision = 'reject' THEN 'rejected'
              ELSE 'suggested' END"
    };
}
pub(super) use status;

/// The decisions on a relation `r`, and on the one of the same wordings.
macro_rules! decided {
    () => {
        " LEFT JOIN decision d ON d.relation = r.id AND d.current = 1
          LEFT JOIN decision p ON p.relation = r.alike AND p.current = 1 "
    };
}
pub(super) use decided;

const BY_ID: &str = "
    SELECT r.*, t.status, t.note, ifnull(o.person, '') AS decided_by, ifnull(o.at, '') AS decided_at,
           ifnull(d.decision = 'confirm' AND o.words LIKE 'confirm %'
                  AND instr(' ' || replace(o.words, ';', ' ') || ' ', ' m' || r.id || ' ') > 0, 0) AS was_named,
           ifnull((SELECT p.person FROM relation_by_hand h JOIN operation p ON p.id = h.operation AND p.undone_by IS NULL
                   WHERE h.relation = r.id ORDER BY h.id DESC LIMIT 1), '') AS recorded_by
    FROM json_each(?1) wanted CROSS JOIN relation r ON r.id = wanted.value
    CROSS JOIN relation_status t ON t.relation = r.id
    LEFT JOIN decision d ON d.relation = r.id AND d.current = 1 LEFT JOIN operation o ON o.id = d.operation
    ORDER BY wanted.key";

const STANDING: &str = concat!(
    "SELECT r.earlier, r.later FROM relation r",
    decided!(),
    "WHERE ",
    status!(),
    " IN (SELECT value FROM json_each(?1))"
);
/// As [`STANDING`], of those alone that a decision can reach.
const STANDING_DECIDED: &str = concat!(
    "SELECT r.earlier, r.later FROM (
         SELECT relation AS id FROM decision WHERE current = 1
         UNION SELECT q.id FROM decision p CROSS JOIN relation q ON q.alike = p.relation WHERE p.current = 1) w
     CROSS JOIN relation r ON r.id = w.id",
    decided!(),
    "WHERE ",
    status!(),
    " IN (SELECT value FROM json_each(?1))"
);

/// Returns the claims, as a JSON list, that have a relation of one of some statuses, given as a JSON list too.
pub(super) fn claims_standing(connection: &Connection, statuses: &str) -> Result<String> {
    let open = statuses.contains(&super::stored::name_of(&Status::Suggested));
    let mut statement = connection.prepare_cached(if open { STANDING } else { STANDING_DECIDED })?;
    let pairs = statement.query_map([statuses], |row| Ok([row.get::<_, i64>(0)?, row.get(1)?]))?;
    let claims: BTreeSet<i64> = pairs.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect();
    to_json(&claims)
}

/// Returns one relation.
pub(super) fn relation(connection: &Connection, id: RelationId) -> Result<RelationRow> {
    let found = by_id(connection, &[id])?.pop();
    found.ok_or_else(|| StoreError::NoSuchId { what: RelationId::WHAT, id: id.to_string() })
}

/// Returns relations in the order of the ids given.
pub(super) fn by_id(connection: &Connection, ids: &[RelationId]) -> Result<Vec<RelationRow>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut statement = connection.prepare_cached(BY_ID)?;
    let rows = statement.query_map([to_json(&numbers)?], |found| {
        Ok((found.get::<_, ClaimId>("earlier")?, found.get::<_, ClaimId>("later")?, partial(found)?))
    })?;
    let found: Vec<(ClaimId, ClaimId, Partial)> = rows.collect::<rusqlite::Result<_>>()?;
    let mut needed: Vec<ClaimId> = found.iter().flat_map(|(earlier, later, _)| [*earlier, *later]).collect();
    needed.sort_unstable();
    needed.dedup();
    let claims: BTreeMap<ClaimId, _> =
        claims::by_id(connection, &needed)?.into_iter().map(|claim| (claim.id, claim)).collect();
    let whole = |(earlier, later, partial): (ClaimId, ClaimId, Partial)| {
        Some(partial(claims.get(&earlier)?.clone(), claims.get(&later)?.clone()))
    };
    Ok(found.into_iter().filter_map(whole).collect())
}

/// A relation that still lacks its two claims.
type Partial = Box<dyn FnOnce(ClaimRow, ClaimRow) -> RelationRow>;

fn partial(row: &Row<'_>) -> rusqlite::Result<Partial> {
    let id = row.get("id")?;
    let relation = row.get("kind")?;
    let dispute: String = row.get("dispute")?;
    let dispute = (!dispute.is_empty()).then(|| dispute.as_str().into());
    let tier = row.get("tier")?;
    let likeness = Score::new(row.get("likeness")?);
    let score = Score::new(row.get("score")?);
    let status: String = row.get("status")?;
    let status = super::stored::value_of(&status).unwrap_or(Status::Suggested);
    let note = row.get("note")?;
    let decided_by = row.get("decided_by")?;
    let decided_at = row.get("decided_at")?;
    let summary = row.get("summary")?;
    let because = json(row, "because")?;
    let alignment = json(row, "alignment")?;
    let innocent = json(row, "innocent")?;
    let ledger = json(row, "ledger")?;
    let syndicated = row.get("syndicated")?;
    let alike = row.get("alike")?;
    let recorded_by = row.get("recorded_by")?;
    let was_named = row.get("was_named")?;
    Ok(Box::new(move |earlier, later| {
        let same_speaker = same_speaker(&earlier, &later);
        let dispute = dispute.map(|dispute| as_it_stands(dispute, same_speaker, &earlier, &later));
        let row = RelationRow {
            id,
            earlier,
            later,
            relation,
            dispute,
            tier,
            likeness,
            score,
            status,
            note,
            decided_by,
            decided_at,
            summary,
            because,
            alignment,
            innocent,
            ledger,
            same_speaker,
            syndicated,
            alike,
            recorded_by,
            was_named,
        };
        if row.recorded_by.is_empty() { row } else { as_recorded(row) }
    }))
}

/// What a person recorded has no score and no reason of the machine; of an update the two figures are kept.
fn as_recorded(row: RelationRow) -> RelationRow {
    let told = format!("recorded by {}", row.recorded_by);
    let figures = row.relation.is(RelationKind::Update);
    RelationRow {
        likeness: Score::default(),
        score: Score::default(),
        because: vec![Reason::new("recorded", told.clone(), 0.0)],
        summary: told,
        alignment: if figures { row.alignment } else { Vec::new() },
        innocent: Vec::new(),
        ledger: Ledger::default(),
        syndicated: false,
        ..row
    }
}

/// Tells whether the same one speaks, as merges and corrections have it now; a group ("officials") in two articles is not
/// known to be one.
fn same_speaker(a: &ClaimRow, b: &ClaimRow) -> bool {
    let one = a.speaker.is_some() && a.speaker == b.speaker;
    let group = a.category.as_ref().is_some_and(|category| category.is(Category::Group));
    one && (a.article == b.article || !group)
}

/// What a contradiction is when the speakers are those of now: who was taken for two may be one, and the other way round.
fn as_it_stands(found: Stored<Dispute>, same: bool, a: &ClaimRow, b: &ClaimRow) -> Stored<Dispute> {
    let denied = a.kind.is(Kind::Denial) || b.kind.is(Kind::Denial);
    let tied = b.answers == Some(a.id);
    match found.known() {
        Some(Dispute::ChangeOfPosition) if !same && denied => Stored::Known(Dispute::Denial),
        Some(Dispute::ChangeOfPosition) if !same => Stored::Known(Dispute::Dispute),
        Some(Dispute::Dispute | Dispute::Denial) if same && !tied => Stored::Known(Dispute::ChangeOfPosition),
        _ => found,
    }
}
