//! What came onto the desk since a moment: the articles, claims and relations of operations in effect.

use super::Store;
use super::copies::copies;
use super::error::Result;
use super::id::{ArticleId, ClaimId, RelationId};
use rusqlite::types::FromSql;
use std::collections::BTreeSet;

/// What operations since a moment brought; nothing that was undone, dropped or rejected.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Since {
    pub articles: Vec<ArticleId>,
    /// Of those articles, of imports, and added by hand; what stands in several versions of an article counts once, and not
    /// when an earlier version came before.
    pub claims: usize,
    /// Contradictions first found since then, the surest first.
    pub contradictions: Vec<RelationId>,
    pub updates: Vec<RelationId>,
    /// Claims that came since then and repeat a checked one, and those that a check of since then was about.
    pub checked: Vec<ClaimId>,
    /// Repeats and rewordings; a report that another outlet carried again is none.
    pub repeats: usize,
}

impl Store {
    /// Returns what operations brought after `moment`: RFC 3339 in UTC, or its beginning, so that a day stands for its first
    /// moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn since(&self, moment: &str) -> Result<Since> {
        let articles = self.column(
            "SELECT DISTINCT a.id FROM operation o CROSS JOIN article_load l ON l.operation = o.id
             CROSS JOIN article a ON a.id = l.article AND a.live = 1
             WHERE o.undone_by IS NULL AND o.at > ?1 ORDER BY a.day, a.id",
            moment,
        )?;
        let claims: Vec<ClaimId> = self.column(
            "WITH since (id) AS (SELECT id FROM operation WHERE undone_by IS NULL AND at > ?1)
             SELECT c.id FROM since s CROSS JOIN article_load l ON l.operation = s.id
             CROSS JOIN claim c ON c.article = l.article AND c.live = 1
             UNION ALL
             SELECT c.id FROM since s CROSS JOIN import i ON i.operation = s.id
             CROSS JOIN claim c ON c.import = i.id AND c.live = 1
             UNION ALL
             SELECT c.id FROM since s CROSS JOIN claim_by_hand h ON h.operation = s.id
             CROSS JOIN claim c ON c.id = h.claim AND c.live = 1",
            moment,
        )?;
        let contradictions = self.column(
            "SELECT r.id FROM relation r JOIN operation o ON o.id = r.operation
             JOIN claim a ON a.id = r.earlier AND a.live = 1 JOIN claim b ON b.id = r.later AND b.live = 1
             JOIN relation_status t ON t.relation = r.id AND t.status <> 'rejected'
             WHERE r.kind = 'contradiction' AND o.at > ?1 ORDER BY r.score DESC, r.id",
            moment,
        )?;
        let updates = self.column(
            "SELECT r.id FROM relation r JOIN operation o ON o.id = r.operation
             JOIN claim a ON a.id = r.earlier AND a.live = 1 JOIN claim b ON b.id = r.later AND b.live = 1
             JOIN relation_status t ON t.relation = r.id AND t.status <> 'rejected'
             WHERE r.kind = 'update' AND o.at > ?1 ORDER BY r.id",
            moment,
        )?;
        let mut checked: Vec<ClaimId> = self.column(
            concat!(
                "WITH since (id) AS (SELECT id FROM operation WHERE undone_by IS NULL AND at > ?1)
                 SELECT c.id FROM (",
                super::precedents::checked!(),
                ") k CROSS JOIN claim c ON c.id = k.claim WHERE c.live = 1 AND (
                   c.article IN (SELECT article FROM article_load WHERE operation IN since)
                   OR c.import IN (SELECT id FROM import WHERE operation IN since)
                   OR c.id IN (SELECT claim FROM claim_by_hand WHERE operation IN since)
                   OR c.id IN (SELECT k.claim FROM claim_checked k JOIN fact_check f ON f.id = k.fact_check
                               WHERE f.current = 1 AND f.operation IN since))
                 ORDER BY c.id"
            ),
            moment,
        )?;
        let repeats: Vec<i64> = self.column(
            "SELECT count(*) FROM relation r JOIN operation o ON o.id = r.operation
             JOIN claim a ON a.id = r.earlier AND a.live = 1 JOIN claim b ON b.id = r.later AND b.live = 1
             JOIN relation_status t ON t.relation = r.id AND t.status <> 'rejected'
             WHERE r.syndicated = 0 AND r.kind IN ('repeat', 'reworded') AND o.at > ?1",
            moment,
        )?;
        let came: BTreeSet<ClaimId> = claims.into_iter().collect();
        let mut again = 0;
        for one in copies(&self.connection)? {
            let new = one.iter().filter(|claim| came.contains(&claim.id)).count();
            // What an earlier version had said already is not new.
            again += if new == one.len() { new - 1 } else { new };
            let last = one.iter().map(|claim| claim.id).filter(|id| checked.contains(id)).max();
            checked.retain(|id| Some(*id) == last || one.iter().all(|claim| claim.id != *id));
        }
        Ok(Since {
            articles,
            claims: came.len() - again,
            contradictions,
            updates,
            checked,
            repeats: repeats.first().map_or(0, |count| count.unsigned_abs() as usize),
        })
    }

    fn column<T: FromSql>(&self, sql: &'static str, moment: &str) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([moment], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
