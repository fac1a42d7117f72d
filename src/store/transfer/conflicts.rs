//! Where two desks say different things of one: a decision, a verdict, a correction, a saved filter. Both stand in the
//! journal; what came last is in effect.

use crate::store::error::Result;
use crate::store::to_json;
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeSet;

/// Two acts that do not go together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// decision, verdict, correction, filter.
    pub what: String,
    /// What it is about: `m4`, `c12`, a name.
    pub on: String,
    pub here: String,
    pub by_here: String,
    pub brought: String,
    pub by_brought: String,
}

/// `?1` are the operations that were brought.
const CONFLICTS: &str = "
    WITH new (id) AS (SELECT value FROM json_each(?1)),
    act (id, person, new) AS (
        SELECT o.id, o.person, o.id IN (SELECT id FROM new) FROM operation o WHERE o.undone_by IS NULL)
    SELECT 'decision', 'm' || n.relation, d.decision, a.person, n.decision, b.person
    FROM decision n JOIN act b ON b.id = n.operation AND b.new
    JOIN decision d ON d.relation = n.relation AND d.decision <> n.decision JOIN act a ON a.id = d.operation AND NOT a.new
    WHERE d.id = (SELECT max(x.id) FROM decision x JOIN act y ON y.id = x.operation AND NOT y.new
                  WHERE x.relation = n.relation)
    UNION
    SELECT 'verdict', 'c' || n.claim, v.rating, a.person, n.rating, b.person
    FROM verdict n JOIN act b ON b.id = n.operation AND b.new
    JOIN verdict v ON v.claim = n.claim AND v.scale = n.scale AND v.rating <> n.rating
    JOIN act a ON a.id = v.operation AND NOT a.new
    WHERE v.id = (SELECT max(x.id) FROM verdict x JOIN act y ON y.id = x.operation AND NOT y.new
                  WHERE x.claim = n.claim AND x.scale = n.scale)
    UNION
    SELECT 'correction', 'c' || n.claim, n.field || ' ' || ifnull(e.value, 'nobody'), a.person,
           n.field || ' ' || ifnull(n.value, 'nobody'), b.person
    FROM claim_edit n JOIN act b ON b.id = n.operation AND b.new
    JOIN claim_edit e ON e.claim = n.claim AND e.field = n.field AND e.value IS NOT n.value
    JOIN act a ON a.id = e.operation AND NOT a.new
    UNION
    SELECT 'correction', 'a' || n.article, n.field || ' ' || ifnull(e.value, 'none'), a.person,
           n.field || ' ' || ifnull(n.value, 'none'), b.person
    FROM article_edit n JOIN act b ON b.id = n.operation AND b.new
    JOIN article_edit e ON e.article = n.article AND e.field = n.field AND e.value IS NOT n.value
    JOIN act a ON a.id = e.operation AND NOT a.new
    UNION
    SELECT 'filter', n.name, f.words, a.person, n.words, b.person
    FROM saved_filter n JOIN act b ON b.id = n.operation AND b.new
    JOIN saved_filter f ON f.fold = n.fold AND f.words <> n.words JOIN act a ON a.id = f.operation AND NOT a.new
    WHERE f.words <> '' AND n.words <> ''
    ORDER BY 1, 2, 3, 5";

pub(super) fn find(connection: &Connection, brought: &BTreeSet<i64>) -> Result<Vec<Conflict>> {
    let mut statement = connection.prepare_cached(CONFLICTS)?;
    let rows = statement.query_map([to_json(brought)?], |row| {
        Ok(Conflict {
            what: row.get(0)?,
            on: row.get(1)?,
            here: row.get(2)?,
            by_here: row.get(3)?,
            brought: row.get(4)?,
            by_brought: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
