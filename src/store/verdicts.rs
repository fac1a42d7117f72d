//! Verdicts and their evidence: each version is a row of its own, and an older one is never changed.

use super::error::{Result, StoreError};
use super::filter::{Filter, Order};
use super::id::{ArticleId, ClaimId, EvidenceId, OperationId, VerdictId};
use super::rows::{EvidenceKind, EvidenceRow, Move, VerdictRow, VerdictState};
use super::select::{Bound, claim_tests};
use super::stored::Stored;
use super::stored::name_of;
use super::{Store, Writer, to_json};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// A verdict on its way in.
#[derive(Debug, Clone, Copy)]
pub struct NewVerdict<'a> {
    pub claim: ClaimId,
    pub rating: &'a str,
    pub scale: &'a str,
    pub rationale: &'a str,
    /// The rationale in full.
    pub long: &'a str,
    /// What was wrong in the version before, told to readers; empty for a verdict that corrects none.
    pub correction: &'a str,
}

impl Writer<'_> {
    /// Stores a verdict as the next version of its claim and scale.
    pub fn add_verdict(&self, new: &NewVerdict<'_>, operation: OperationId) -> Result<VerdictId> {
        self.0
            .prepare_cached(
                "INSERT INTO verdict (claim, version, rating, scale, rationale, operation, current, long, correction)
                 SELECT ?1, ifnull(max(version), 0) + 1, ?2, ?3, ?4, ?5, 0, ?6, ?7
                 FROM verdict WHERE claim = ?1 AND scale = ?3",
            )?
            .execute(params![new.claim, new.rating, new.scale, new.rationale, operation, new.long, new.correction])?;
        let id = VerdictId(self.0.last_insert_rowid());
        self.refresh(operation)?;
        Ok(id)
    }

    /// Moves a verdict on its way; the last move in effect counts.
    pub fn verdict_state(
        &self,
        verdict: VerdictId,
        state: VerdictState,
        note: &str,
        operation: OperationId,
    ) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO verdict_state (verdict, state, note, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![verdict, name_of(&state), note, operation])?;
        Ok(())
    }

    /// Adds a piece of evidence to a verdict.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn add_evidence(
        &self,
        verdict: VerdictId,
        kind: EvidenceKind,
        words: &str,
        note: &str,
        operation: OperationId,
    ) -> Result<EvidenceId> {
        self.verdict(verdict)?;
        self.0
            .prepare_cached("INSERT INTO evidence (verdict, kind, words, note, operation) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![verdict, name_of(&kind), words, note, operation])?;
        Ok(EvidenceId(self.0.last_insert_rowid()))
    }

    /// Returns one version of a verdict.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn verdict(&self, id: VerdictId) -> Result<VerdictRow> {
        verdict(self.0, id)
    }
}

const LIST: &str = concat!(
    "SELECT v.id FROM verdict v CROSS JOIN claim c ON c.id = v.claim WHERE v.current = 1 AND ",
    claim_tests!(),
    " ORDER BY v.id"
);

const BY_ID: &str = "
    SELECT v.id, v.claim, v.version, v.rating, v.scale, v.rationale, v.long, v.correction, v.current, o.person, o.at,
           o.undone_by
    FROM json_each(?1) wanted CROSS JOIN verdict v ON v.id = wanted.value JOIN operation o ON o.id = v.operation
    ORDER BY wanted.key";

const EVIDENCE: &str = "
    SELECT e.id, e.verdict, e.kind, e.words, e.note, o.person, o.at, v.id AS of
    FROM json_each(?1) wanted CROSS JOIN verdict v ON v.id = wanted.value
    CROSS JOIN verdict w ON w.claim = v.claim AND w.scale = v.scale AND w.version <= v.version
    CROSS JOIN operation given ON given.id = w.operation AND (given.undone_by IS NULL OR w.id = v.id)
    CROSS JOIN evidence e ON e.verdict = w.id AND e.gone = 0
    CROSS JOIN operation o ON o.id = e.operation AND o.undone_by IS NULL
    ORDER BY e.id";

const MOVES: &str = "
    SELECT s.state, s.note, o.person, o.at, s.verdict FROM json_each(?1) wanted
    CROSS JOIN verdict_state s ON s.verdict = wanted.value
    CROSS JOIN operation o ON o.id = s.operation AND o.undone_by IS NULL ORDER BY s.id";

impl Store {
    /// Returns the live claims of some articles.
    pub fn claims_of(&self, articles: &[ArticleId]) -> Result<Vec<ClaimId>> {
        let numbers: Vec<i64> = articles.iter().map(|id| id.0).collect();
        let mut statement = self.connection.prepare_cached(
            "SELECT c.id FROM json_each(?1) w CROSS JOIN claim c ON c.article = w.value AND c.live = 1 ORDER BY c.id",
        )?;
        let ids = statement.query_map([to_json(&numbers)?], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the verdicts in effect on claims that pass the filter, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] when the filter names somebody who is not there.
    pub fn verdicts(&self, filter: &Filter) -> Result<Vec<VerdictRow>> {
        let bound = Bound::new(&self.connection, filter)?;
        let mut statement = self.connection.prepare_cached(LIST)?;
        let ids = statement.query_map(&bound.parameters()[..], |row| row.get(0))?;
        let mut ids: Vec<VerdictId> = ids.collect::<rusqlite::Result<_>>()?;
        if filter.order == Order::Newest {
            ids.reverse();
        }
        ids.truncate(filter.limit.unwrap_or(usize::MAX));
        by_id(&self.connection, &ids)
    }

    /// As [`Store::verdicts`], with what readers see before a newer version that they do not see yet.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] when the filter names somebody who is not there.
    pub fn verdicts_seen(&self, filter: &Filter) -> Result<Vec<VerdictRow>> {
        let mut out = Vec::new();
        for newest in self.verdicts(filter)? {
            // The first version has none before it.
            if !newest.is_public() && newest.version > 1 {
                let mut versions = self.verdicts_of(newest.claim)?.into_iter();
                let seen = |row: &VerdictRow| row.scale == newest.scale && !row.undone && row.is_public();
                out.extend(versions.rfind(seen));
            }
            out.push(newest);
        }
        Ok(out)
    }

    /// Returns every version of every verdict on a claim, oldest first, those taken back too.
    pub fn verdicts_of(&self, claim: ClaimId) -> Result<Vec<VerdictRow>> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM verdict WHERE claim = ?1 ORDER BY id")?;
        let ids = statement.query_map([claim], |row| row.get(0))?;
        by_id(&self.connection, &ids.collect::<rusqlite::Result<Vec<_>>>()?)
    }

    /// Returns one version of a verdict.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn verdict(&self, id: VerdictId) -> Result<VerdictRow> {
        verdict(&self.connection, id)
    }

    /// Returns the ratings in use, for completion.
    pub fn ratings(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT rating FROM verdict ORDER BY 1")?;
        let ratings = statement.query_map([], |row| row.get(0))?;
        Ok(ratings.collect::<rusqlite::Result<_>>()?)
    }
}

fn verdict(connection: &Connection, id: VerdictId) -> Result<VerdictRow> {
    let found = by_id(connection, &[id])?.pop();
    found.ok_or_else(|| StoreError::NoSuchId { what: VerdictId::WHAT, id: id.to_string() })
}

fn by_id(connection: &Connection, ids: &[VerdictId]) -> Result<Vec<VerdictRow>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut statement = connection.prepare_cached(BY_ID)?;
    let rows = statement.query_map([to_json(&numbers)?], |row| {
        Ok(VerdictRow {
            id: row.get("id")?,
            claim: row.get("claim")?,
            version: row.get("version")?,
            rating: row.get("rating")?,
            scale: row.get("scale")?,
            rationale: row.get("rationale")?,
            long: row.get("long")?,
            correction: row.get("correction")?,
            state: Stored::Known(VerdictState::Draft),
            moves: Vec::new(),
            by: row.get("person")?,
            at: row.get("at")?,
            current: row.get("current")?,
            undone: row.get::<_, Option<i64>>("undone_by")?.is_some(),
            evidence: Vec::new(),
        })
    })?;
    let mut found: Vec<VerdictRow> = rows.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached(EVIDENCE)?;
    let rows = statement.query_map([to_json(&numbers)?], |row| {
        let evidence = EvidenceRow {
            id: row.get("id")?,
            verdict: row.get("verdict")?,
            kind: row.get("kind")?,
            words: row.get("words")?,
            note: row.get("note")?,
            by: row.get("person")?,
            at: row.get("at")?,
        };
        Ok((row.get("of")?, evidence))
    })?;
    let mut evidence = by_verdict(rows)?;
    let mut statement = connection.prepare_cached(MOVES)?;
    let rows = statement.query_map([to_json(&numbers)?], |row| {
        let step = Move { state: row.get(0)?, note: row.get(1)?, by: row.get(2)?, at: row.get(3)? };
        Ok((row.get(4)?, step))
    })?;
    let mut moves = by_verdict(rows)?;
    for verdict in &mut found {
        verdict.evidence = evidence.remove(&verdict.id).unwrap_or_default();
        verdict.moves = moves.remove(&verdict.id).unwrap_or_default();
        // Readers do not forget: what was published stays so, whatever a second reader says of it afterwards.
        let public = |step: &&Move| step.state.known().is_some_and(VerdictState::is_public);
        if let Some(step) = verdict.moves.iter().rev().find(public).or_else(|| verdict.moves.last()) {
            verdict.state = step.state.clone();
        }
    }
    Ok(found)
}

/// Gathers what belongs to each verdict, in the order given.
fn by_verdict<T>(
    rows: impl Iterator<Item = rusqlite::Result<(VerdictId, T)>>,
) -> rusqlite::Result<BTreeMap<VerdictId, Vec<T>>> {
    let mut of: BTreeMap<VerdictId, Vec<T>> = BTreeMap::new();
    for row in rows {
        let (verdict, one) = row?;
        of.entry(verdict).or_default().push(one);
    }
    Ok(of)
}
