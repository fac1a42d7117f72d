//! What the matching index is made from, and the index itself kept as bytes beside it.
//!
//! The index is derived from the claims. Claims are only added, so a snapshot stays true and later claims are added to it.
//! Whatever else would change it (a claim's speaker or headline rewritten, a speaker's name changed, a claim deleted) draws
//! a new stamp by a trigger, in the same transaction, and a snapshot under another stamp is not read any more. What the
//! bytes mean is the caller's: nothing here looks into them.

use super::claims::ClaimEntry;
use super::error::Result;
use super::id::{ClaimId, OperationId};
use super::{Store, Writer};
use rusqlite::{Connection, params};

/// Bytes of a part: small beside the database, large beside a page.
const PART: usize = 4 << 20;

/// An index as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot<I = ClaimId> {
    /// The last claim, or check, that it covers; all before it are covered too.
    pub upto: I,
    pub bytes: Vec<u8>,
}

/// Reads what an index is made from, in a write or outside one.
#[derive(Debug, Clone, Copy)]
pub struct IndexSource<'a>(pub(super) &'a Connection);

impl Store {
    pub const fn index_source(&self) -> IndexSource<'_> {
        IndexSource(&self.connection)
    }
}

impl Writer<'_> {
    pub fn index_source(&self) -> IndexSource<'_> {
        IndexSource(self.0)
    }

    /// Keeps the bytes of an index that covers the claims up to `upto`, instead of those kept before.
    pub fn keep_index(&self, upto: ClaimId, bytes: &[u8]) -> Result<()> {
        let stamp = self.index_source().stamp()?;
        self.0.prepare_cached("DELETE FROM index_snapshot")?.execute([])?;
        let parts = bytes.len().div_ceil(PART);
        for (part, bytes) in bytes.chunks(PART).enumerate() {
            self.0
                .prepare_cached(
                    "INSERT INTO index_snapshot (part, parts, stamp, upto, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![part as i64, parts as i64, stamp, upto, bytes])?;
        }
        Ok(())
    }
}

impl IndexSource<'_> {
    /// Returns the stamp of what an index is made from: one made under another stamp must be made anew.
    pub fn stamp(&self) -> Result<i64> {
        let mut statement = self.0.prepare_cached("SELECT stamp FROM index_stamp")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Returns the snapshot that was kept under this stamp, if there is a whole one.
    pub fn snapshot(&self, stamp: i64) -> Result<Option<Snapshot>> {
        let mut statement = self.0.prepare_cached(
            "SELECT upto, bytes FROM index_snapshot
             WHERE stamp = ?1 AND parts = (SELECT count(*) FROM index_snapshot) ORDER BY part",
        )?;
        let mut rows = statement.query([stamp])?;
        let mut snapshot: Option<Snapshot> = None;
        while let Some(row) = rows.next()? {
            let upto = row.get(0)?;
            let kept = snapshot.get_or_insert_with(|| Snapshot { upto, bytes: Vec::new() });
            kept.bytes.extend_from_slice(row.get_ref(1)?.as_blob().unwrap_or_default());
        }
        Ok(snapshot)
    }

    /// Calls `take` with every claim after `after`, in the order of their ids; returns the last id.
    pub fn entries_after(&self, after: ClaimId, take: impl FnMut(&ClaimEntry<'_>)) -> Result<ClaimId> {
        entries_after(self.0, after, take)
    }

    /// Returns the last operation of the journal, by which a change of names can be told.
    pub fn last_operation(&self) -> Result<Option<OperationId>> {
        let mut statement = self.0.prepare_cached("SELECT max(id) FROM operation")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Returns the names of each speaker that has several: by a merge, or by an alias that a person gave.
    pub fn names_of_one(&self) -> Result<Vec<Vec<String>>> {
        let mut statement = self.0.prepare_cached(
            "WITH given AS (
                 SELECT a.speaker, a.name FROM alias a JOIN operation o ON o.id = a.operation
                 WHERE a.given_by = 'person' AND o.undone_by IS NULL AND a.gone = 0),
             several AS (
                 SELECT merged_into AS root FROM speaker WHERE merged_into IS NOT NULL
                 UNION
                 SELECT ifnull(s.merged_into, s.id) FROM given g JOIN speaker s ON s.id = g.speaker)
             SELECT ifnull(s.merged_into, s.id) AS root, s.name FROM speaker s WHERE root IN several
             UNION
             SELECT ifnull(s.merged_into, s.id) AS root, g.name FROM given g JOIN speaker s ON s.id = g.speaker
             ORDER BY 1, 2",
        )?;
        let mut rows = statement.query([])?;
        let mut groups: Vec<Vec<String>> = Vec::new();
        let mut last: Option<i64> = None;
        while let Some(row) = rows.next()? {
            let root: i64 = row.get(0)?;
            if last != Some(root) {
                groups.push(Vec::new());
                last = Some(root);
            }
            if let Some(group) = groups.last_mut() {
                group.push(row.get(1)?);
            }
        }
        Ok(groups)
    }
}

/// Calls `take` with every claim after `after`, in the order of their ids; returns the last id.
fn entries_after(connection: &Connection, after: ClaimId, mut take: impl FnMut(&ClaimEntry<'_>)) -> Result<ClaimId> {
    let mut statement = connection.prepare_cached(
        "SELECT c.id, c.words, c.headline, ifnull(s.name, c.named), c.day
         FROM claim c LEFT JOIN speaker s ON s.id = c.speaker WHERE c.id > ?1 ORDER BY c.id",
    )?;
    let mut rows = statement.query([after])?;
    let mut last = after;
    while let Some(row) = rows.next()? {
        let text = |column: usize| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
        last = row.get(0)?;
        take(&ClaimEntry { id: last, words: text(1)?, headline: text(2)?, speaker: text(3)?, day: text(4)? });
    }
    Ok(last)
}
