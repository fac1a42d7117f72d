//! The journal: every command is one operation; undo and redo are operations too, and nothing is deleted.
//!
//! A row that a command made holds while its operation is in effect. Taking an operation back marks it and computes the
//! derived columns again (see `derived`) for the rows it touched, in the same transaction.

use super::error::{Result, StoreError};
use super::id::{ClaimId, OperationId};
use super::rows::OperationRow;
use super::{Store, Writer};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Who does something, when, and how the log will tell it.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// RFC 3339, UTC.
    pub at: &'a str,
    pub by: &'a str,
    /// `load`, `decide`, `verdict` …
    pub name: &'a str,
    /// One readable line.
    pub words: &'a str,
}

impl Writer<'_> {
    /// Writes a new operation into the journal.
    pub fn operation(&self, act: &Act<'_>) -> Result<OperationId> {
        self.reversing(act, None)
    }

    fn reversing(&self, act: &Act<'_>, reverses: Option<OperationId>) -> Result<OperationId> {
        self.0
            .prepare_cached("INSERT INTO operation (at, person, name, words, reverses) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![act.at, act.by, act.name, act.words, reverses])?;
        Ok(OperationId(self.0.last_insert_rowid()))
    }

    /// Says more exactly what the operation in progress has done so far.
    pub fn reword(&self, operation: OperationId, words: &str) -> Result<()> {
        self.0.prepare_cached("UPDATE operation SET words = ?2 WHERE id = ?1")?.execute(params![operation, words])?;
        Ok(())
    }

    /// Takes back the last `count` operations of a person that are in effect, newest first; returns them as they are then.
    pub fn undo(&self, count: usize, at: &str, by: &str) -> Result<Vec<OperationRow>> {
        let targets = rows(
            self.0,
            "SELECT * FROM operation WHERE undone_by IS NULL AND name NOT IN ('undo', 'redo') AND person = ?2
             AND id NOT IN (SELECT target FROM brought) ORDER BY id DESC LIMIT ?1",
            count,
            by,
        )?;
        for target in &targets {
            self.undo_one(target, at, by)?;
        }
        self.again(&targets)
    }

    /// Returns operations as they are now.
    fn again(&self, before: &[OperationRow]) -> Result<Vec<OperationRow>> {
        before.iter().filter_map(|row| operation(self.0, row.id).transpose()).collect()
    }

    /// Takes back one operation, wherever it stands in the journal.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when it is an undo or redo itself, or is taken back already.
    pub fn undo_operation(&self, id: OperationId, at: &str, by: &str) -> Result<OperationRow> {
        let Some(target) = operation(self.0, id)? else {
            return Err(StoreError::NoSuchId { what: OperationId::WHAT, id: id.to_string() });
        };
        if target.undone {
            return Err(StoreError::Refused(format!("{id} is undone already")));
        }
        if target.reverses.is_some() {
            return Err(StoreError::Refused(format!("{id} is itself an {}: use undo or redo", target.name)));
        }
        self.undo_one(&target, at, by)?;
        Ok(self.again(&[target])?.remove(0))
    }

    fn undo_one(&self, target: &OperationRow, at: &str, by: &str) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "SELECT s.verdict FROM verdict_state s
             JOIN verdict_state p ON p.verdict = s.verdict AND p.id > s.id AND p.state IN ('published', 'corrected')
             JOIN operation o ON o.id = p.operation AND o.undone_by IS NULL
             WHERE s.operation = ?1 AND s.state = 'approved' AND p.operation <> ?1 LIMIT 1",
        )?;
        if let Some(verdict) =
            statement.query_row([target.id], |row| row.get::<_, super::id::VerdictId>(0)).optional()?
        {
            return Err(StoreError::Refused(format!(
                "{verdict} was published on this approval ({}): undo its publication first, or correct it",
                target.id
            )));
        }
        self.is_not_read(target)?;
        let words = format!("undo {}: {}", target.id, target.words);
        let undo = self.reversing(&Act { at, by, name: "undo", words: &words }, Some(target.id))?;
        self.mark(target.id, Some(undo))
    }

    /// Refuses to take back the submission of a verdict that somebody has answered since: an approval would stand of what was
    /// never submitted.
    fn is_not_read(&self, target: &OperationRow) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "SELECT s.verdict, p.state, p.operation FROM verdict_state s
             JOIN verdict_state p ON p.verdict = s.verdict AND p.id > s.id AND p.state IN ('approved', 'returned')
             JOIN operation o ON o.id = p.operation AND o.undone_by IS NULL
             WHERE s.operation = ?1 AND s.state = 'review' AND p.operation <> ?1
             AND s.verdict NOT IN (SELECT id FROM verdict WHERE operation = ?1)
             AND NOT EXISTS (SELECT 1 FROM verdict_state n JOIN operation m ON m.id = n.operation AND m.undone_by IS NULL
                             WHERE n.verdict = s.verdict AND n.id > s.id AND n.id < p.id AND n.state = 'review')
             LIMIT 1",
        )?;
        let answered = statement.query_row([target.id], |row| {
            Ok((row.get::<_, super::id::VerdictId>(0)?, row.get::<_, String>(1)?, row.get::<_, OperationId>(2)?))
        });
        let Some((verdict, state, by)) = answered.optional()? else { return Ok(()) };
        Err(StoreError::Refused(format!("{verdict} was {state} since ({by}): `undo {by}` first, then {}", target.id)))
    }

    /// Does again the last `count` operations that a person took back since the last other command of theirs; returns them
    /// as they are then.
    pub fn redo(&self, count: usize, at: &str, by: &str) -> Result<Vec<OperationRow>> {
        let targets = rows(
            self.0,
            "SELECT o.* FROM operation o JOIN operation u ON u.id = o.undone_by AND u.person = ?2
             WHERE u.id > (SELECT ifnull(max(id), 0) FROM operation WHERE name NOT IN ('undo', 'redo') AND person = ?2)
             ORDER BY u.id DESC LIMIT ?1",
            count,
            by,
        )?;
        for target in &targets {
            self.redo_one(target, at, by)?;
        }
        self.again(&targets)
    }

    fn redo_one(&self, target: &OperationRow, at: &str, by: &str) -> Result<()> {
        let words = format!("redo {}: {}", target.id, target.words);
        self.reversing(&Act { at, by, name: "redo", words: &words }, Some(target.id))?;
        self.mark(target.id, None)
    }

    /// Does one operation again that was taken back by itself.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`], and [`StoreError::Refused`] for one that is in effect or went with another one.
    pub fn redo_operation(&self, id: OperationId, at: &str, by: &str) -> Result<OperationRow> {
        let Some(target) = operation(self.0, id)? else {
            return Err(StoreError::NoSuchId { what: OperationId::WHAT, id: id.to_string() });
        };
        if !target.undone {
            return Err(StoreError::Refused(format!("{id} is in effect: there is nothing to redo")));
        }
        let mut statement = self.0.prepare_cached(
            "SELECT u.id, u.reverses IS ?1 FROM operation o JOIN operation u ON u.id = o.undone_by WHERE o.id = ?1",
        )?;
        let (with, alone): (OperationId, bool) = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if !alone {
            return Err(StoreError::Refused(format!(
                "{id} was undone together with others by {with}: `undo` or `redo` that"
            )));
        }
        self.redo_one(&target, at, by)?;
        Ok(self.again(&[target])?.remove(0))
    }

    fn mark(&self, target: OperationId, undone_by: Option<OperationId>) -> Result<()> {
        self.follow_brought(target, undone_by)?;
        self.0
            .prepare_cached("UPDATE operation SET undone_by = ?2 WHERE id = ?1")?
            .execute(params![target, undone_by])?;
        self.follow_restore(target, undone_by)?;
        self.refresh(target)
    }

    /// What an import of a desk brought is taken back with it, and comes again with it.
    fn follow_brought(&self, import: OperationId, undone_by: Option<OperationId>) -> Result<()> {
        let change = match undone_by {
            Some(_) => {
                "UPDATE operation SET undone_by = ?2 WHERE undone_by IS NULL
                 AND id IN (SELECT target FROM brought WHERE operation = ?1) RETURNING id"
            }
            None => {
                "UPDATE operation SET undone_by = NULL
                 WHERE undone_by = (SELECT undone_by FROM operation WHERE id = ?1) AND ?2 IS NULL
                 AND id IN (SELECT target FROM brought WHERE operation = ?1) RETURNING id"
            }
        };
        let mut statement = self.0.prepare_cached(change)?;
        let changed = statement.query_map(params![import, undone_by], |row| row.get(0))?;
        for operation in changed.collect::<rusqlite::Result<Vec<OperationId>>>()? {
            self.refresh(operation)?;
        }
        Ok(())
    }

    /// Takes back everything done after an operation, as one operation that can itself be taken back; returns what was
    /// taken back, newest first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`], and [`StoreError::Refused`] when nothing was done since.
    pub fn restore(&self, to: OperationId, at: &str, by: &str) -> Result<Vec<OperationRow>> {
        if operation(self.0, to)?.is_none() {
            return Err(StoreError::NoSuchId { what: OperationId::WHAT, id: to.to_string() });
        }
        let mut statement = self.0.prepare_cached(
            "SELECT * FROM operation WHERE id > ?1 AND undone_by IS NULL AND name NOT IN ('undo', 'redo') ORDER BY id DESC",
        )?;
        let targets: Vec<OperationRow> = statement.query_map([to], row)?.collect::<rusqlite::Result<_>>()?;
        if targets.is_empty() {
            return Err(StoreError::Refused(format!("nothing that is in effect was done after {to}")));
        }
        let words = format!("restore {to} ({} undone)", targets.len());
        let restore = self.operation(&Act { at, by, name: "restore", words: &words })?;
        let mut note = self.0.prepare_cached("INSERT INTO restored (operation, target) VALUES (?1, ?2)")?;
        for target in &targets {
            note.execute([restore, target.id])?;
        }
        self.follow_restore(restore, None)?;
        Ok(targets)
    }

    /// What a restore took back is taken back while the restore is in effect, and in effect again when it is not. What
    /// somebody took back one by one stays as it is.
    fn follow_restore(&self, restore: OperationId, undone_by: Option<OperationId>) -> Result<()> {
        let change = match undone_by {
            None => {
                "UPDATE operation SET undone_by = ?1 WHERE undone_by IS NULL
                 AND id IN (SELECT target FROM restored WHERE operation = ?1) RETURNING id"
            }
            Some(_) => {
                "UPDATE operation SET undone_by = NULL WHERE undone_by = ?1
                 AND id IN (SELECT target FROM restored WHERE operation = ?1) RETURNING id"
            }
        };
        let mut statement = self.0.prepare_cached(change)?;
        let changed: Vec<OperationId> =
            statement.query_map([restore], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for operation in changed {
            self.refresh(operation)?;
        }
        Ok(())
    }

    /// Returns the live claims that an operation brought: those of the articles and imports it loaded, and those it wrote.
    pub fn claims_brought(&self, operation: OperationId) -> Result<Vec<ClaimId>> {
        let mut statement = self.0.prepare_cached(
            "SELECT c.id FROM article_load l JOIN claim c ON c.article = l.article WHERE l.operation = ?1 AND c.live = 1
             UNION SELECT c.id FROM import i JOIN claim c ON c.import = i.id WHERE i.operation = ?1 AND c.live = 1
             UNION SELECT c.id FROM claim_by_hand h JOIN claim c ON c.id = h.claim WHERE h.operation = ?1 AND c.live = 1
             UNION SELECT c.id FROM claim_reread n JOIN claim c ON c.id = n.claim WHERE n.operation = ?1 AND c.live = 1
             UNION SELECT c.id FROM claim_drop d JOIN claim c ON c.id = d.claim WHERE d.operation = ?1 AND c.live = 1",
        )?;
        Ok(statement.query_map([operation], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

impl Store {
    /// Returns the last `limit` operations, newest first.
    pub fn log(&self, limit: usize) -> Result<Vec<OperationRow>> {
        let all = "SELECT * FROM operation WHERE person = ?2 OR ?2 = '' ORDER BY id DESC LIMIT ?1";
        rows(&self.connection, all, limit, "")
    }
}

fn rows(connection: &Connection, sql: &'static str, limit: usize, by: &str) -> Result<Vec<OperationRow>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![i64::try_from(limit).unwrap_or(i64::MAX), by], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn operation(connection: &Connection, id: OperationId) -> Result<Option<OperationRow>> {
    let mut statement = connection.prepare_cached("SELECT * FROM operation WHERE id = ?1")?;
    Ok(statement.query_row([id], row).optional()?)
}

fn row(row: &Row<'_>) -> rusqlite::Result<OperationRow> {
    Ok(OperationRow {
        id: row.get("id")?,
        at: row.get("at")?,
        by: row.get("person")?,
        name: row.get("name")?,
        words: row.get("words")?,
        reverses: row.get("reverses")?,
        undone: row.get::<_, Option<i64>>("undone_by")?.is_some(),
    })
}
