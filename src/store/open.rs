//! Opening a database: a new one is made from `schema.sql`, for its owner alone; an older one is brought up to date (see
//! `migrate`); a newer one or another program's file is refused and left as it is.

use super::error::{Result, StoreError};
use super::migrate::VERSION;
use super::{Step, Store, Writer, glance, turn};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// The whole current schema.
const SCHEMA: &str = include_str!("../../schema.sql");
/// `onrc`: marks a file as ours.
pub(super) const APPLICATION: i32 = 1_869_509_219;
/// Endings of names of databases.
const DATABASES: [&str; 5] = ["db", "db3", "sqlite", "sqlite3", "onrecord"];
/// Prepared statements kept; there are about a hundred in all.
const STATEMENTS: usize = 128;

/// Where a database lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    File(PathBuf),
    /// In memory: gone when the program ends.
    Memory,
}

/// Returns where the write-ahead log of a database lies.
pub(super) fn log_of(database: &Path) -> PathBuf {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

impl Place {
    /// Reads `:memory:` or a path.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for nothing at all, and for a `file:` address, which SQLite would read otherwise than as it
    /// is written.
    pub fn of(written: &str) -> Result<Self> {
        if written.trim().is_empty() {
            let all = "the name of the database is empty: write a file name, or `:memory:` for one that is not kept";
            return Err(StoreError::Refused(all.into()));
        }
        if written.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
            let path = written[5..].split(['?', '#']).next().unwrap_or_default();
            let path = path.strip_prefix("//").unwrap_or(path);
            let instead = if path.is_empty() { "desk.db" } else { path };
            return Err(StoreError::Refused(format!(
                "a database is named by its path, not by an address: write `{instead}` instead of `{written}`"
            )));
        }
        Ok(if written == ":memory:" { Self::Memory } else { Self::File(PathBuf::from(written)) })
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
        let mut store = Self::on(connection, place);
        match store.prepare() {
            Ok(()) => store.glanced_at(),
            Err(StoreError::Disk(_) | StoreError::ReadOnly) if store.is_whole() => store.reopen_for_reading(),
            Err(error) => Err(store.named(error)),
        }
    }

    pub(super) const fn on(connection: Connection, place: Place) -> Self {
        Self { connection, place, past: None, damage: None, stop: None, step: Step::None, writes: 0 }
    }

    fn glanced_at(mut self) -> Result<Self> {
        if let Place::File(path) = &self.place {
            let damage = glance::damage(&mut self.connection)?;
            self.damage = damage.map(|words| format!("{}: {words}", path.display()));
        }
        Ok(self)
    }

    /// Returns what was found to be damaged when the file was opened: it can be read, and nothing be written to it.
    pub fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    /// Tells whether the file holds everything, with nothing waiting in a write-ahead log beside it.
    fn is_whole(&self) -> bool {
        let Place::File(path) = &self.place else { return false };
        path.is_file() && std::fs::metadata(log_of(path)).map_or(true, |log| log.len() == 0)
    }

    /// Opens a database in a folder that cannot be written to, where SQLite cannot make its files for sharing.
    fn reopen_for_reading(mut self) -> Result<Self> {
        let Place::File(path) = &self.place else { return Ok(self) };
        let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        self.connection = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?;
        self.prepare().map_err(|error| self.named(error))?;
        self.glanced_at()
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
        turn::wait(&mut self.connection)?;
        super::precedents::teach(&self.connection)?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        // A plan that hangs on the values asked for would be made anew at each question.
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        let version = self.version()?;
        if version == 0 {
            self.make()?;
        } else if version < VERSION {
            self.bring_up_to_date()?;
        }
        // A database on a medium that cannot be written to stays readable: these settings then fail, without harm.
        let _ = self.connection.pragma_update(None, "journal_mode", "WAL");
        // What a command says is done outlasts a power cut: each commit waits for the disk (on a Mac, for the disk itself).
        let _ = self.connection.pragma_update(None, "synchronous", "FULL");
        let _ = self.connection.pragma_update(None, "fullfsync", true);
        self.connection.pragma_update(None, "cache_size", -64_000)?;
        self.connection.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(())
    }

    /// Returns the version of the format, 0 for an empty file; refuses what is not ours or newer.
    pub(super) fn version(&self) -> Result<i32> {
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
}

fn open_file(path: &Path) -> Result<Connection> {
    let cannot = |reason: String| StoreError::CannotOpen { path: path.to_owned(), reason };
    if path.is_dir() {
        return Err(cannot("it is a folder".into()));
    }
    let folder = folder_of(path);
    if !folder.exists() {
        make_folder(folder).map_err(|error| cannot(error.to_string()))?;
    }
    if is_empty_but_no_database(path) {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    if !path.exists() {
        // What SQLite makes beside it has the same rights.
        make_file(path).map_err(|error| cannot(error.to_string()))?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|error| match error {
        rusqlite::Error::SqliteFailure(_, Some(words)) => cannot(words),
        other => cannot(other.to_string()),
    })
}

/// Tells whether a file without a byte is somebody's file, by its name, and no database that is about to be made.
fn is_empty_but_no_database(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let other = ending.is_some_and(|ending| !DATABASES.contains(&ending.as_str()));
    other && std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0)
}

/// Returns the folder of a file; of a bare name the present one.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// Makes a folder, and those above it, for their owner alone.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Makes an empty file for its owner alone; one that somebody else made meanwhile is as good.
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.write(true).create_new(true).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
