//! The desk as it stood at the end of a day, and copies of it. The past is a copy in memory: the journal is rolled back
//! there and nothing can be written to it but what is derived.

use super::error::{Result, StoreError};
use super::id::OperationId;
use super::{Store, Writer, folder_of};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Pages copied in one step; the whole of them, for nobody else is waiting.
const WHOLE: std::ffi::c_int = -1;

impl Store {
    /// Returns a copy of the desk as it stood at the end of a day (ISO, UTC): what was done later is taken back, what was
    /// taken back later is in effect. Writing to it is refused,
    /// but for what is derived, which goes with the copy.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or there is no room for the copy.
    pub fn as_of(&self, day: &str) -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        Backup::new(&self.connection, &mut connection)?.step(WHOLE)?;
        // What refers to a forgotten operation is not in effect, and stays.
        connection.pragma_update(None, "foreign_keys", false)?;
        super::precedents::teach(&connection)?;
        let mut past = Self::on(connection, self.place.clone());
        past.write(|writer| writer.roll_back(day))?;
        past.past = Some(day.to_owned());
        Ok(past)
    }

    /// Writes a copy of the whole database into a new file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the file is there already, and when it cannot be written; nothing is left behind then.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        copy(&self.connection, path)
    }
}

/// Copies a database into a new file, which appears when it is whole and sound.
pub(super) fn copy(from: &Connection, path: &Path) -> Result<()> {
    let cannot = |reason: String| StoreError::CannotWrite { path: path.to_owned(), reason };
    make_whole(path, |begun| {
        // Without the flag for addresses: a path is a path.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut to = Connection::open_with_flags(begun, flags).map_err(|error| cannot(error.to_string()))?;
        {
            let backup = Backup::new(from, &mut to)?;
            let begun = std::time::Instant::now();
            while backup.step(WHOLE)? != StepResult::Done {
                if begun.elapsed() > super::turn::PATIENCE {
                    return Err(StoreError::Locked);
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
        // One file, with no log beside it, until it is opened.
        to.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        let sound: String = to.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(cannot(format!("the copy is not sound ({sound})")));
        }
        to.close().map_err(|(_, error)| cannot(error.to_string()))
    })
}

/// Makes a new file: it is filled beside its place, synced, and appears there when it is whole; nothing is written over.
pub(super) fn make_whole<T>(path: &Path, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let cannot = |reason: String| StoreError::CannotWrite { path: path.to_owned(), reason };
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let begun = tempfile::Builder::new().prefix(".onrecord-").suffix(".part").tempfile_in(folder_of(path));
    let begun = begun.map_err(|error| cannot(error.to_string()))?;
    let filled = fill(begun.path())?;
    begun.as_file().sync_all().map_err(|error| cannot(error.to_string()))?;
    match begun.persist_noclobber(path) {
        Ok(_) => Ok(filled),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists(path.to_owned()))
        }
        Err(error) => Err(cannot(error.error.to_string())),
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
    /// Refuses to write to the past, and to a file that was found to be damaged: writing could take what is still whole.
    pub(super) fn may_change(&self) -> Result<()> {
        match (&self.past, &self.damage) {
            (Some(day), _) => Err(StoreError::Past { day: day.clone() }),
            (None, Some(words)) => Err(StoreError::Corrupt(words.clone())),
            (None, None) => Ok(()),
        }
    }

    /// Returns the day this desk shows, when it is one of the past.
    pub fn past(&self) -> Option<&str> {
        self.past.as_deref()
    }
}
