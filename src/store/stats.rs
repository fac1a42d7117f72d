//! How much the desk holds.

use super::Store;
use super::error::Result;
use super::relation_rows::{decided, status};
use serde::Serialize;
use std::collections::BTreeMap;

/// How much the desk holds; only what is live is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    pub articles: usize,
    pub outlets: usize,
    pub claims: usize,
    pub imported: usize,
    pub speakers: usize,
    /// Each kind of relation with its number, those rejected left out.
    pub relations: Vec<(String, usize)>,
    pub suggested: usize,
    pub confirmed: usize,
    pub rejected: usize,
    pub verdicts: usize,
    pub evidence: usize,
    pub stories: usize,
    pub operations: usize,
    /// First and last day of the claims, or empty.
    pub first: String,
    pub last: String,
    /// Size of the database in bytes.
    pub bytes: u64,
}

impl Stats {
    /// Returns the number of contradictions, those rejected left out.
    pub fn contradictions(&self) -> usize {
        self.relations.iter().find(|(kind, _)| kind == "contradiction").map_or(0, |(_, count)| *count)
    }
}

/// Few claims are not live: to know them costs less than to look each of a relation up.
const RELATIONS: &str = concat!(
    "SELECT sort, status, syndicated = 0 AND (sort = 'repeat' OR sort = 'offered' AND status = 'suggested'), count(*) FROM (
         SELECT iif(r.syndicated, 'carried again', iif(r.kind = 'reworded', 'repeat', r.kind)) AS sort, r.syndicated, ",
    status!(),
    " AS status FROM relation r",
    decided!(),
    "WHERE r.kind IN ('repeat', 'reworded', 'update', 'contradiction', 'offered')
         AND r.earlier NOT IN (SELECT id FROM claim WHERE live = 0)
         AND r.later NOT IN (SELECT id FROM claim WHERE live = 0))
     GROUP BY 1, 2, 3"
);

const ARTICLES: &str = "SELECT count(*) FROM article WHERE live = 1";
const IMPORTED: &str = "SELECT count(*) FROM claim INDEXED BY claim_import WHERE +live = 1 AND import IS NOT NULL";

impl Store {
    /// Returns how many articles are on the desk.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_articles(&self) -> Result<usize> {
        self.count(ARTICLES)
    }

    /// Returns how many claims on the desk were imported.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_imported(&self) -> Result<usize> {
        self.count(IMPORTED)
    }

    fn count(&self, sql: &'static str) -> Result<usize> {
        let number: i64 = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(number.unsigned_abs() as usize)
    }

    /// Counts what is live. Contradictions and updates are counted by pair and not among those suggested and confirmed, since
    /// several may be one finding; a report carried by another outlet is no suggestion.
    pub fn stats(&self) -> Result<Stats> {
        let count = |sql: &'static str| self.count(sql);
        let mut relations = self.connection.prepare_cached(RELATIONS)?;
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
        let mut rows = relations.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, status, decided_alone): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let count = row.get::<_, i64>(3)?.unsigned_abs() as usize;
            // An offer that a person took up is a finding, and counted there.
            if status != "rejected" && (kind != "offered" || status == "suggested") {
                *kinds.entry(kind).or_default() += count;
            }
            if decided_alone || status == "rejected" {
                *statuses.entry(status).or_default() += count;
            }
        }
        let status = |name: &str| statuses.get(name).copied().unwrap_or_default();
        let (first, last) = self
            .connection
            .prepare_cached(
                "SELECT ifnull((SELECT day FROM claim WHERE live = 1 AND day > '' AND article IS NOT NULL ORDER BY day LIMIT 1), ''),
                        ifnull((SELECT day FROM claim WHERE live = 1 AND article IS NOT NULL ORDER BY day DESC LIMIT 1), '')",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let page = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        Ok(Stats {
            articles: count(ARTICLES)?,
            outlets: count("SELECT count(DISTINCT outlet) FROM article WHERE live = 1")?,
            claims: count("SELECT count(*) FROM claim WHERE live = 1 AND article IS NOT NULL")?,
            imported: count(IMPORTED)?,
            speakers: count(
                "SELECT count(DISTINCT ifnull(s.merged_into, s.id)) FROM speaker s
                 WHERE EXISTS (SELECT 1 FROM claim c WHERE c.speaker = s.id AND c.live = 1)",
            )?,
            relations: kinds.into_iter().collect(),
            suggested: status("suggested"),
            confirmed: status("confirmed"),
            rejected: status("rejected"),
            verdicts: count(
                "SELECT count(*) FROM verdict v CROSS JOIN claim c ON c.id = v.claim WHERE v.current = 1 AND c.live = 1",
            )?,
            evidence: count(
                "SELECT count(*) FROM evidence e JOIN operation o ON o.id = e.operation WHERE o.undone_by IS NULL AND e.gone = 0",
            )?,
            stories: count(
                "SELECT count(*) FROM story s JOIN operation o ON o.id = s.operation WHERE o.undone_by IS NULL",
            )?,
            operations: count("SELECT count(*) FROM operation")?,
            first,
            last,
            bytes: (page("page_count")? * page("page_size")?).unsigned_abs(),
        })
    }
}
