//! Fact-checks that others published, and which claims of the desk repeat a checked one. What they found stays theirs: no
//! statement here touches a verdict.

use super::error::{Result, StoreError};
use super::id::{ClaimId, FactCheckId, OperationId};
use super::snapshot::{IndexSource, Snapshot};
use super::stored::{name_of, value_of};
use super::{Store, Writer, date, day, json, to_json};
use crate::factcheck::{Claimant, FactCheck, Rating};
use crate::score::{Reason, Score};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

/// What became of a check that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Added,
    /// It says something else than before: a new version.
    Changed,
    Same,
}

/// A check as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactCheckRow {
    pub id: FactCheckId,
    #[serde(flatten)]
    pub check: FactCheck,
    /// The file that it came from.
    pub path: String,
    /// Another version of it counts, or none, when its import was taken back.
    pub current: bool,
    /// Every version in the order they came, this one too.
    pub versions: Vec<FactCheckId>,
}

/// What matching and comparing read of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSide {
    pub id: FactCheckId,
    pub claim: String,
    /// The headline of the review.
    pub title: String,
    /// Empty where it is nobody.
    pub claimant: String,
    pub said: Option<crate::date::Date>,
}

/// How far claims and checks were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub claims: ClaimId,
    pub checks: FactCheckId,
}

/// Bytes of a part of a snapshot.
const PART: usize = 4 << 20;

impl Writer<'_> {
    /// Stores a check unless the very same is there; `key` tells which check it is, `digest` all that it says.
    pub fn add_fact_check(
        &self,
        check: &FactCheck,
        key: &str,
        digest: &str,
        path: &str,
        operation: OperationId,
    ) -> Result<Kept> {
        let mut known = self.0.prepare_cached("SELECT digest FROM fact_check WHERE key = ?1 AND current = 1")?;
        let known: Option<String> = known.query_row([key], |row| row.get(0)).optional()?;
        if known.as_deref() == Some(digest) {
            return Ok(Kept::Same);
        }
        if known.is_some() {
            self.0.prepare_cached("UPDATE fact_check SET current = 0 WHERE key = ?1")?.execute([key])?;
        }
        let claimant = check.claimant.as_ref();
        self.0
            .prepare_cached(
                "INSERT INTO fact_check (key, digest, claim, wording, claimant, claimant_kind, claimant_title,
                                         claimant_link, said, appearances, reviewer, reviewed, label, rating_value,
                                         rating_best, rating_worst, explanation, url, title, language, external, path,
                                         operation, current)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                         ?22, ?23, 1)",
            )?
            .execute(params![
                key,
                digest,
                check.claim,
                name_of(&check.wording),
                claimant.map_or("", |claimant| &claimant.name),
                claimant.map(|claimant| name_of(&claimant.who)).unwrap_or_default(),
                claimant.map_or("", |claimant| &claimant.title),
                claimant.map_or("", |claimant| &claimant.same_as),
                check.said.map(|date| date.to_string()),
                to_json(&check.appearances)?,
                check.reviewer,
                check.reviewed.map(|date| date.to_string()),
                check.label,
                check.rating.value,
                check.rating.best,
                check.rating.worst,
                check.explanation,
                check.url,
                check.title,
                check.language,
                check.external,
                path,
                operation,
            ])?;
        Ok(if known.is_some() { Kept::Changed } else { Kept::Added })
    }

    /// Notes that a claim repeats a checked one.
    pub fn add_checked(&self, claim: ClaimId, check: FactCheckId, score: Score, because: &[Reason]) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO claim_checked (claim, fact_check, score, because) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![claim, check, score.get(), to_json(&because)?])?;
        Ok(())
    }

    /// Forgets which checked claims a claim repeats, before it is compared again.
    pub fn forget_checked(&self, claim: ClaimId) -> Result<()> {
        self.0.prepare_cached("DELETE FROM claim_checked WHERE claim = ?1")?.execute([claim])?;
        Ok(())
    }

    /// Notes how far claims and checks were compared.
    pub fn mark_checked(&self, mark: Mark) -> Result<()> {
        self.0
            .prepare_cached("UPDATE checked_mark SET claims = ?1, checks = ?2")?
            .execute(params![mark.claims, mark.checks])?;
        Ok(())
    }

    /// Returns what comparing reads of some checks.
    pub fn check_sides(&self, ids: &[u64]) -> Result<Vec<CheckSide>> {
        let mut statement = self.0.prepare_cached(
            "SELECT f.id, f.claim, f.title, iif(f.claimant_kind = 'named', f.claimant, '') AS claimant, f.said
             FROM json_each(?1) w CROSS JOIN fact_check f ON f.id = w.value ORDER BY f.id",
        )?;
        let rows = statement.query_map([to_json(&ids)?], |row| {
            Ok(CheckSide {
                id: row.get("id")?,
                claim: row.get("claim")?,
                title: row.get("title")?,
                claimant: row.get("claimant")?,
                said: date(row, "said")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps the bytes of an index over the checks up to `upto`, instead of those kept before.
    pub fn keep_check_index(&self, upto: FactCheckId, bytes: &[u8]) -> Result<()> {
        self.0.prepare_cached("DELETE FROM check_snapshot")?.execute([])?;
        let parts = bytes.len().div_ceil(PART) as i64;
        for (part, bytes) in (0i64..).zip(bytes.chunks(PART)) {
            self.0
                .prepare_cached("INSERT INTO check_snapshot (part, parts, upto, bytes) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![part, parts, upto, bytes])?;
        }
        Ok(())
    }
}

impl IndexSource<'_> {
    /// Returns how far claims and checks were compared, and how far they go.
    pub fn checked_marks(&self) -> Result<(Mark, Mark)> {
        let mut statement = self.0.prepare_cached(
            "SELECT m.claims, m.checks, (SELECT ifnull(max(id), 0) FROM claim), (SELECT ifnull(max(id), 0) FROM fact_check)
             FROM checked_mark m",
        )?;
        Ok(statement.query_row([], |row| {
            let mark = |at: usize| Ok::<_, rusqlite::Error>(Mark { claims: row.get(at)?, checks: row.get(at + 1)? });
            Ok((mark(0)?, mark(2)?))
        })?)
    }

    /// Calls `take` with every check after `after`, in the order of their ids; returns the last.
    pub fn checks_after(&self, after: FactCheckId, mut take: impl FnMut(&CheckSide, &str)) -> Result<FactCheckId> {
        let mut statement = self.0.prepare_cached(
            "SELECT id, claim, title, iif(claimant_kind = 'named', claimant, '') AS claimant, said FROM fact_check
             WHERE id > ?1 ORDER BY id",
        )?;
        let mut rows = statement.query([after])?;
        let mut last = after;
        while let Some(row) = rows.next()? {
            last = row.get("id")?;
            let said = date(row, "said")?;
            let side = CheckSide {
                id: last,
                claim: row.get("claim")?,
                title: row.get("title")?,
                claimant: row.get("claimant")?,
                said,
            };
            take(&side, &day(said));
        }
        Ok(last)
    }

    /// Returns the index over the checks as it was kept, with the last check in it.
    pub fn check_snapshot(&self) -> Result<Option<Snapshot<FactCheckId>>> {
        let mut statement = self.0.prepare_cached(
            "SELECT upto, bytes FROM check_snapshot WHERE parts = (SELECT count(*) FROM check_snapshot) ORDER BY part",
        )?;
        let mut rows = statement.query([])?;
        let mut snapshot: Option<Snapshot<FactCheckId>> = None;
        while let Some(row) = rows.next()? {
            let upto = row.get(0)?;
            let kept = snapshot.get_or_insert_with(|| Snapshot { upto, bytes: Vec::new() });
            kept.bytes.extend_from_slice(row.get_ref(1)?.as_blob().unwrap_or_default());
        }
        Ok(snapshot)
    }
}

impl Store {
    /// Returns one check.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn fact_check(&self, id: FactCheckId) -> Result<FactCheckRow> {
        let mut statement = self.connection.prepare_cached("SELECT * FROM fact_check WHERE id = ?1")?;
        let found = statement.query_row([id], row).optional()?;
        let mut found = found.ok_or_else(|| StoreError::NoSuchId { what: FactCheckId::WHAT, id: id.to_string() })?;
        found.versions = versions(&self.connection, id)?;
        Ok(found)
    }

    /// Returns the live claims that repeat a check, by id.
    pub fn claims_of_check(&self, id: FactCheckId) -> Result<Vec<ClaimId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT k.claim FROM claim_checked k CROSS JOIN claim c ON c.id = k.claim AND c.live = 1
             WHERE k.fact_check = ?1 ORDER BY k.claim",
        )?;
        Ok(statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns how many live claims repeat a check that an operation brought.
    pub fn repeated_by(&self, operation: OperationId) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(DISTINCT k.claim) FROM fact_check f CROSS JOIN claim_checked k ON k.fact_check = f.id
             CROSS JOIN claim c ON c.id = k.claim AND c.live = 1 WHERE f.operation = ?1 AND f.current = 1",
        )?;
        let count: i64 = statement.query_row([operation], |row| row.get(0))?;
        Ok(count.unsigned_abs() as usize)
    }

    /// Returns how many checks of others are in effect.
    pub fn count_fact_checks(&self) -> Result<usize> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM fact_check WHERE current = 1")?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs() as usize)
    }
}

fn versions(connection: &Connection, id: FactCheckId) -> Result<Vec<FactCheckId>> {
    let mut statement = connection.prepare_cached(
        "SELECT f.id FROM fact_check f JOIN operation o ON o.id = f.operation AND o.undone_by IS NULL
         WHERE f.key = (SELECT key FROM fact_check WHERE id = ?1) ORDER BY f.id",
    )?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn row(row: &Row<'_>) -> rusqlite::Result<FactCheckRow> {
    let kind: String = row.get("claimant_kind")?;
    let claimant = value_of(&kind).map(|who| {
        Ok::<_, rusqlite::Error>(Claimant {
            name: row.get("claimant")?,
            title: row.get("claimant_title")?,
            same_as: row.get("claimant_link")?,
            who,
        })
    });
    let wording: String = row.get("wording")?;
    let check = FactCheck {
        claim: row.get("claim")?,
        wording: value_of(&wording).unwrap_or_default(),
        claimant: claimant.transpose()?,
        said: date(row, "said")?,
        appearances: json(row, "appearances")?,
        reviewer: row.get("reviewer")?,
        reviewed: date(row, "reviewed")?,
        label: row.get("label")?,
        rating: Rating {
            value: row.get("rating_value")?,
            best: row.get("rating_best")?,
            worst: row.get("rating_worst")?,
        },
        explanation: row.get("explanation")?,
        url: row.get("url")?,
        title: row.get("title")?,
        language: row.get("language")?,
        external: row.get("external")?,
    };
    Ok(FactCheckRow {
        id: row.get("id")?,
        check,
        path: row.get("path")?,
        current: row.get("current")?,
        versions: Vec::new(),
    })
}
