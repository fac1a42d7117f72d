//! What was found before about claims that say the same: fact-checks of others, ratings that came with their claims, and verdicts of
//! this desk that readers may see. Everything that shows it asks here.
//!
//! A verdict passes from one claim to another only where both assert the same, or a person confirmed that they do: a repeat that the
//! machine found may hold half of what was judged.

use super::error::Result;
use super::filter::{Filter, Order};
use super::id::{AnyId, ClaimId};
use super::rows::{CheckedBy, Precedent};
use super::select::{Bound, claim_tests};
use super::{Store, date, json, plain, to_json};
use crate::relation::asserts_same;
use crate::score::Score;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::collections::BTreeMap;

const OF_CLAIMS: &str = "
    WITH pair (claim, relation, other, score, because) AS (
        SELECT w.value, r.id, r.earlier, r.likeness, r.because
        FROM json_each(?1) w CROSS JOIN relation r ON r.later = w.value WHERE r.kind IN ('repeat', 'reworded')
        UNION ALL
        SELECT w.value, r.id, r.later, r.likeness, r.because
        FROM json_each(?1) w CROSS JOIN relation r ON r.earlier = w.value WHERE r.kind IN ('repeat', 'reworded')),
    open (claim, relation, other, score, because, words, claimant) AS (
        SELECT p.*, c.words, ifnull((SELECT s.name FROM speaker s WHERE s.id = c.speaker), c.named)
        FROM pair p CROSS JOIN claim c ON c.id = p.other AND c.live = 1 CROSS JOIN claim m ON m.id = p.claim
        CROSS JOIN relation_status t ON t.relation = p.relation
            AND (t.status = 'confirmed' OR t.status <> 'rejected' AND (m.fold = c.fold OR asserts_same(m.words, c.words))))
    SELECT k.claim, 'f' || f.id AS id, f.reviewer AS made_by, f.label, '' AS scale, f.reviewed AS day,
           f.claim AS words, f.claimant, f.url, NULL AS relation, NULL AS other, k.score, k.because
    FROM json_each(?1) w CROSS JOIN claim_checked k ON k.claim = w.value
    CROSS JOIN fact_check f ON f.id = k.fact_check AND f.current = 1
    UNION ALL
    SELECT p.claim, 'v' || v.verdict, o.person, v.rating, v.scale, substr(o.at, 1, 10), p.words, p.claimant, '',
           p.relation, p.other, p.score, p.because
    FROM open p CROSS JOIN verdict_in_force v ON v.claim = p.other AND v.draft = 0 CROSS JOIN verdict g ON g.id = v.verdict
    CROSS JOIN operation o ON o.id = g.operation
    UNION ALL
    SELECT p.claim, '', x.origin, x.rating, '', NULL, p.words, p.claimant, x.url, p.relation, p.other, p.score, p.because
    FROM open p CROSS JOIN external_verdict x ON x.claim = p.other
    ORDER BY 1, 12 DESC, 10, 2";

/// Every claim of which something was found that readers may see; read from the few that were judged.
macro_rules! checked {
    () => {
        "SELECT k.claim FROM claim_checked k CROSS JOIN fact_check f ON f.id = k.fact_check AND f.current = 1
         UNION
         SELECT iif(r.earlier = j.claim, r.later, r.earlier)
         FROM (SELECT claim FROM verdict_in_force WHERE draft = 0 UNION SELECT claim FROM external_verdict) j
         CROSS JOIN claim c ON c.id = j.claim AND c.live = 1
         CROSS JOIN relation r ON (r.earlier = j.claim OR r.later = j.claim) AND r.kind IN ('repeat', 'reworded')
         CROSS JOIN claim m ON m.id = iif(r.earlier = j.claim, r.later, r.earlier)
         CROSS JOIN relation_status t ON t.relation = r.id
            AND (t.status = 'confirmed' OR t.status <> 'rejected' AND (m.fold = c.fold OR asserts_same(m.words, c.words)))"
    };
}
pub(super) use checked;

const CHECKED: &str = concat!(
    "SELECT c.id FROM (",
    checked!(),
    ") k CROSS JOIN claim c ON c.id = k.claim WHERE ",
    claim_tests!(),
    " ORDER BY c.day, c.id"
);

/// Lets questions ask whether two wordings assert the same, and what a name is without its accents.
pub(super) fn teach(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("plain", 1, flags, |name| Ok(plain(&name.get::<String>(0)?)))?;
    Ok(connection.create_scalar_function("asserts_same", 2, flags, |words| {
        let (a, b): (String, String) = (words.get(0)?, words.get(1)?);
        Ok(asserts_same(&a, &b))
    })?)
}

impl Store {
    /// Returns what was found before about claims that repeat these or are repeated by them, the likest first for each claim.
    pub fn precedents(&self, claims: &[ClaimId]) -> Result<Vec<Precedent>> {
        of(&self.connection, claims)
    }

    /// Returns the claims that pass the filter and repeat a checked one, by day; with a limit the newest of them first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`](super::StoreError::NoSuchName) when the filter names somebody who is not there.
    pub fn checked(&self, filter: &Filter) -> Result<Vec<ClaimId>> {
        let bound = Bound::new(&self.connection, filter)?;
        let mut statement = self.connection.prepare_cached(CHECKED)?;
        let ids = statement.query_map(&bound.parameters()[..], |row| row.get(0))?;
        let mut ids: Vec<ClaimId> = ids.collect::<rusqlite::Result<_>>()?;
        if filter.order == Order::Newest {
            ids.reverse();
        }
        ids.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(ids)
    }
}

fn of(connection: &Connection, claims: &[ClaimId]) -> Result<Vec<Precedent>> {
    let numbers: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let mut statement = connection.prepare_cached(OF_CLAIMS)?;
    let rows = statement.query_map([to_json(&numbers)?], |row| {
        Ok(Precedent {
            claim: row.get("claim")?,
            id: row.get::<_, String>("id")?.parse::<AnyId>().ok(),
            by: row.get("made_by")?,
            rating: row.get("label")?,
            scale: row.get("scale")?,
            day: date(row, "day")?,
            words: row.get("words")?,
            claimant: row.get("claimant")?,
            url: row.get("url")?,
            relation: row.get("relation")?,
            other: row.get("other")?,
            score: Score::new(row.get("score")?),
            because: json(row, "because")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What stands beside each of some claims in a list.
pub(super) fn checked_by(connection: &Connection, claims: &[ClaimId]) -> Result<BTreeMap<ClaimId, Vec<CheckedBy>>> {
    let mut out: BTreeMap<ClaimId, Vec<CheckedBy>> = BTreeMap::new();
    for one in of(connection, claims)? {
        out.entry(one.claim).or_default().push(CheckedBy {
            id: one.id,
            by: one.by,
            label: one.rating,
            day: one.day,
            url: one.url,
        });
    }
    Ok(out)
}
