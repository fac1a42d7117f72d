//! The desk as it stood at the end of a day, and copies of it. The past is a copy in memory: the journal is rolled back
//! there and nothing can be written to it.

use super::error::{Result, StoreError};
use super::id::OperationId;
use super::{Store, Writer};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::Path;

/// Pages copied in one step; the whole of them, for nobody else is waiting.
const WHOLE: std::ffi::c_int = -1;

impl Store {
    /// Returns a copy of the desk as it stood at the end of a day (ISO, UTC): what was done later is taken back, what was
    /// taken back later is in effect. Writing to it is refused.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or there is no room for the copy.
    pub fn as_of(&self, day: &str) -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        Backup::new(&self.connection, &mut connection)?.step(WHOLE)?;
        // What refers to a forgotten operation is not in effect, and stays.
        connection.pragma_update(None, "foreign_keys", false)?;
        let mut past = Self { connection, place: self.place.clone(), past: None, stop: None };
        past.write(|writer| writer.roll_back(day))?;
        past.past = Some(day.to_owned());
        Ok(past)
    }

    /// Writes a copy of the whole database into a new file.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the file is there already, and when it cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        if path.exists() {
            return Err(StoreError::Refused(format!("{} is there already", path.display())));
        }
        let mut copy = Connection::open(path)
            .map_err(|error| StoreError::CannotOpen { path: path.to_owned(), reason: error.to_string() })?;
        Backup::new(&self.connection, &mut copy)?.step(WHOLE)?;
        Ok(())
    }
}

impl Writer<'_> {
    /// Takes back what was done after a day, and forgets it.
    fn roll_back(&self, day: &str) -> Result<()> {
        // Of each operation the last undo or redo up to that day counts; what came later is as good as taken back.
        let mut statement = self.0.prepare(
            "UPDATE operation SET undone_by = now.by
             FROM (SELECT o.id,
                          iif(substr(o.at, 1, 10) > ?1, o.id,
                              (SELECT iif(u.name = 'undo', u.id, NULL) FROM operation u
                               WHERE u.reverses = o.id AND substr(u.at, 1, 10) <= ?1 ORDER BY u.id DESC LIMIT 1)) AS by
                   FROM operation o WHERE o.name NOT IN ('undo', 'redo')) now
             WHERE operation.id = now.id AND operation.undone_by IS NOT now.by RETURNING operation.id",
        )?;
        let mut changed: Vec<OperationId> =
            statement.query_map([day], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        // What a restore of those days took back stays taken back.
        let mut statement = self.0.prepare(
            "UPDATE operation SET undone_by = r.operation FROM restored r JOIN operation o ON o.id = r.operation
             WHERE r.target = operation.id AND operation.undone_by IS NULL AND o.undone_by IS NULL RETURNING operation.id",
        )?;
        let again = statement.query_map([], |row| row.get(0))?;
        changed.extend(again.collect::<rusqlite::Result<Vec<OperationId>>>()?);
        for operation in changed {
            self.refresh(operation)?;
        }
        // Two claims of that day may have been compared later only.
        self.0.execute(
            "DELETE FROM relation WHERE operation IN (SELECT id FROM operation WHERE substr(at, 1, 10) > ?1)",
            [day],
        )?;
        self.0.execute("DELETE FROM operation WHERE substr(at, 1, 10) > ?1", [day])?;
        Ok(())
    }
}

impl Store {
    /// Refuses to write to the past.
    pub(super) fn is_present(&self) -> Result<()> {
        match &self.past {
            Some(day) => Err(StoreError::Past { day: day.clone() }),
            None => Ok(()),
        }
    }

    /// Returns the day this desk shows, when it is one of the past.
    pub fn past(&self) -> Option<&str> {
        self.past.as_deref()
    }
}
