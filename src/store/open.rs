//! Opening a database: a new one is made from `schema.sql`, an older one is backed up and brought up to date in one
//! transaction, a newer one or another program's file is refused and left as it is.

use super::error::{Result, StoreError};
use super::{Store, Writer};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The whole current schema.
const SCHEMA: &str = include_str!("../../schema.sql");
/// `onrc`: marks a file as ours.
pub(super) const APPLICATION: i32 = 1_869_509_219;
/// The steps that bring version n to version n + 1, from version 1 on; only ever appended to.
const MIGRATIONS: [&str; 4] = [
    include_str!("migration-2.sql"),
    include_str!("migration-3.sql"),
    include_str!("migration-4.sql"),
    include_str!("migration-5.sql"),
];
/// The version that `schema.sql` makes.
pub(super) const VERSION: i32 = 1 + MIGRATIONS.len() as i32;
/// How long a write waits for another program's.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Prepared statements kept; there are about a hundred in all.
const STATEMENTS: usize = 128;

/// Where a database lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    File(PathBuf),
    /// In memory: gone when the program ends.
    Memory,
}

impl Place {
    /// Reads `:memory:` or a path.
    pub fn of(written: &str) -> Self {
        if written == ":memory:" { Self::Memory } else { Self::File(PathBuf::from(written)) }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Memory => f.write_str(":memory:"),
        }
    }
}

impl Store {
    /// Opens a database, making it and its folder when they do not exist.
    ///
    /// # Errors
    /// [`StoreError`] when the file is no onrecord database, is newer than the program, is damaged, or cannot be read.
    pub fn open(place: Place) -> Result<Self> {
        let connection = match &place {
            Place::Memory => Connection::open_in_memory()?,
            Place::File(path) => open_file(path)?,
        };
        let mut store = Self { connection, place, past: None, stop: None };
        match store.prepare() {
            Ok(()) => Ok(store),
            Err(StoreError::Disk(_) | StoreError::ReadOnly) if store.is_whole() => store.reopen_for_reading(),
            Err(error) => Err(store.named(error)),
        }
    }

    /// Tells whether the file holds everything, with nothing waiting in a write-ahead log beside it.
    fn is_whole(&self) -> bool {
        let Place::File(path) = &self.place else { return false };
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        path.is_file() && std::fs::metadata(log).map_or(true, |log| log.len() == 0)
    }

    /// Opens a database in a folder that cannot be written to, where SQLite cannot make its files for sharing.
    fn reopen_for_reading(mut self) -> Result<Self> {
        let Place::File(path) = &self.place else { return Ok(self) };
        let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        self.connection = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?;
        self.prepare().map_err(|error| self.named(error))?;
        Ok(self)
    }

    /// Puts the name of the file into errors that come without one.
    fn named(&self, error: StoreError) -> StoreError {
        let Place::File(path) = &self.place else { return error };
        match error {
            StoreError::Corrupt(words) if words.contains("not a database") => StoreError::NotADatabase(path.clone()),
            StoreError::Corrupt(words) => StoreError::Corrupt(format!("{}: {words}", path.display())),
            other => other,
        }
    }

    pub(super) fn prepare(&mut self) -> Result<()> {
        self.connection.set_prepared_statement_cache_capacity(STATEMENTS);
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        let version = self.version()?;
        if version == 0 {
            self.make()?;
        } else if version < VERSION {
            self.back_up(version)?;
            self.migrate(version)?;
        }
        // A database on a medium that cannot be written to stays readable: both settings then fail, without harm.
        let _ = self.connection.pragma_update(None, "journal_mode", "WAL");
        let _ = self.connection.pragma_update(None, "synchronous", "NORMAL");
        self.connection.pragma_update(None, "cache_size", -64_000)?;
        self.connection.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(())
    }

    /// Returns the version of the format, 0 for an empty file; refuses what is not ours or newer.
    fn version(&self) -> Result<i32> {
        let number = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application, version) = (number("application_id")?, number("user_version")?);
        let path = || match &self.place {
            Place::File(path) => path.clone(),
            Place::Memory => PathBuf::from(":memory:"),
        };
        if application == APPLICATION {
            return if version > VERSION {
                Err(StoreError::Newer { path: path(), found: version, known: VERSION })
            } else {
                Ok(version.max(1))
            };
        }
        let tables: i64 = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 || application != 0 { Err(StoreError::NotOurs(path())) } else { Ok(0) }
    }

    fn make(&mut self) -> Result<()> {
        self.write(|writer: &Writer<'_>| {
            // Another program may have made it while this one waited for its turn.
            let tables: i64 = writer.0.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            if tables == 0 {
                writer.0.execute_batch(SCHEMA)?;
            }
            Ok(())
        })
    }

    /// Copies an older database beside itself before it is changed.
    pub(super) fn back_up(&self, version: i32) -> Result<()> {
        let Place::File(path) = &self.place else { return Ok(()) };
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".backup-version-{version}"));
        let copy = PathBuf::from(name);
        self.connection.backup("main", &copy, None::<fn(rusqlite::backup::Progress)>)?;
        Ok(())
    }

    fn migrate(&mut self, version: i32) -> Result<()> {
        migrate(self, version, &MIGRATIONS)
    }
}

pub(super) fn migrate(store: &mut Store, version: i32, migrations: &[&str]) -> Result<()> {
    store.write(|writer: &Writer<'_>| {
        for (step, migration) in (1i32..).zip(migrations).filter(|(step, _)| *step >= version) {
            writer.0.execute_batch(migration)?;
            writer.0.pragma_update(None, "user_version", step + 1)?;
        }
        Ok(())
    })
}

fn open_file(path: &Path) -> Result<Connection> {
    let cannot = |reason: String| StoreError::CannotOpen { path: path.to_owned(), reason };
    if path.is_dir() {
        return Err(cannot("it is a folder".into()));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        std::fs::create_dir_all(folder).map_err(|error| cannot(error.to_string()))?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|error| match error {
        rusqlite::Error::SqliteFailure(_, Some(words)) => cannot(words),
        other => cannot(other.to_string()),
    })
}
