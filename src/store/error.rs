//! What can go wrong with a database, each with what happened and what to try; SQLite's own words never stand alone.

use std::path::PathBuf;

/// Why the store could not do what was asked. `Display` says what happened, [`StoreError::hint`] what to try.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("there is no {} `{id}`", bare(what))]
    NoSuchId { what: &'static str, id: String },
    #[error("no {what} is called `{name}`")]
    NoSuchName { what: &'static str, name: String, nearest: Vec<String> },
    #[error("`{name}` matches more than one {what}: {}", choices.join(", "))]
    Ambiguous { what: &'static str, name: String, choices: Vec<String> },
    #[error("{0}")]
    Refused(String),
    #[error("{} is not a database", .0.display())]
    NotADatabase(PathBuf),
    #[error("{} is a database of another program", .0.display())]
    NotOurs(PathBuf),
    #[error("{} was made by a newer onrecord (its format is {found}, this program knows {known})", path.display())]
    Newer { path: PathBuf, found: i32, known: i32 },
    #[error("cannot open {}: {reason}", path.display())]
    CannotOpen { path: PathBuf, reason: String },
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    #[error("cannot write {}: {reason}", path.display())]
    CannotWrite { path: PathBuf, reason: String },
    #[error("the database cannot be brought from format {from} to {to}: {reason}")]
    Migration { from: i32, to: i32, reason: String },
    #[error("the database is busy: another program has been writing to it")]
    Locked,
    #[error("this is the desk as it stood on {day}: nothing can be changed there")]
    Past { day: String },
    #[error("stopped")]
    Interrupted,
    #[error("the disk is full (or the database may not grow): nothing of this command was stored")]
    Full,
    #[error("the database cannot be written to: the file or its folder is read-only")]
    ReadOnly,
    #[error("the database file is damaged: {0}")]
    Corrupt(String),
    #[error("the disk did not answer as it should: {0}")]
    Disk(String),
    #[error("SQL: {0}")]
    Sql(String),
    #[error("the database holds a value that cannot be read: {0}")]
    Value(String),
    #[error("the store failed: {0}")]
    Other(String),
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// The words of a kind of thing without their article: `a claim` is `claim`.
pub(super) fn bare(what: &str) -> &str {
    what.strip_prefix("a ").or_else(|| what.strip_prefix("an ")).unwrap_or(what)
}

impl StoreError {
    /// Says what the person can try; empty when there is nothing better than the message.
    pub fn hint(&self) -> String {
        match self {
            Self::NoSuchId { what, .. } => {
                format!("the lists show the ids: there may be no {} of that number yet", bare(what))
            }
            Self::NoSuchName { nearest, what, .. } if nearest.is_empty() => match *what {
                "speaker" | "story" | "feed" | "tag" | "filter" => format!("`{what} list` shows the names in use"),
                "outlet" => "`articles` shows the outlets".into(),
                _ => "look at the list for the names in use".into(),
            },
            Self::NoSuchName { nearest, .. } => format!("did you mean {}?", nearest.join(" or ")),
            Self::Ambiguous { .. } => "name it by its id".into(),
            Self::Refused(_) | Self::Value(_) | Self::Other(_) | Self::Interrupted => String::new(),
            Self::NotADatabase(_) | Self::NotOurs(_) => {
                "choose another file with --db FILE; a file that does not exist yet is made new".into()
            }
            Self::Newer { .. } => "update onrecord, or choose another file with --db FILE".into(),
            Self::CannotOpen { .. } => "check that the folder exists and may be read, or choose --db FILE".into(),
            Self::Exists(_) => "choose another name, or move the file away first".into(),
            Self::CannotWrite { .. } => "check that its folder exists and may be written to, and has room".into(),
            Self::Migration { .. } => "nothing was changed; keep the file and use the onrecord that made it".into(),
            Self::Past { .. } => "leave out --as-of to make changes".into(),
            Self::Locked => "try again when the other program is done".into(),
            Self::Full => "make room on the disk and run the command again; what was stored before is kept".into(),
            Self::ReadOnly => {
                "check the rights of the file and its folder, or copy it elsewhere and use --db FILE".into()
            }
            Self::Corrupt(_) => {
                "keep the file and copy it; `doctor --rescue NEW.db` saves what can be read, and a copy that `backup` \
                 made may hold the rest"
                    .into()
            }
            Self::Disk(_) => "check the disk and its connection, then try again; what was stored before is kept".into(),
            Self::Sql(_) => "`.sql SELECT name FROM sqlite_schema` lists the tables".into(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match &error {
            rusqlite::Error::SqliteFailure(failure, words) => {
                let words = words.clone().unwrap_or_else(|| failure.to_string());
                match failure.code {
                    Code::DatabaseBusy | Code::DatabaseLocked => Self::Locked,
                    Code::DiskFull => Self::Full,
                    Code::OperationInterrupted => Self::Interrupted,
                    Code::ReadOnly => Self::ReadOnly,
                    Code::DatabaseCorrupt | Code::NotADatabase => Self::Corrupt(words),
                    Code::SystemIoFailure | Code::CannotOpen | Code::PermissionDenied => Self::Disk(words),
                    _ => Self::Other(words),
                }
            }
            // Its own words would be the whole statement.
            rusqlite::Error::SqlInputError { msg, .. } => Self::Other(msg.clone()),
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Value(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error.to_string())
    }
}
