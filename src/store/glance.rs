//! A glance at the file when it is opened: is what a person wrote there still readable?
//!
//! SQLite notices damage when it meets it, which may be months later, when every backup is damaged too. So each opening looks
//! at the tables, those of a person's work first, the bulk of what was loaded last, for as long as nobody notices; what is
//! not reached `doctor` looks at. Only structure is looked at: texts and words are compared with their hashes by `doctor`.

use super::error::{Result, StoreError};
use rusqlite::Connection;
use std::time::{Duration, Instant};

/// How long an opening looks.
const GLANCE: Duration = Duration::from_millis(15);
/// Steps of the database between two looks at the time.
const STEPS: i32 = 500;
/// What grows with what is loaded; all other tables grow with what a person does, and come first.
const BULK: [&str; 14] = [
    "speaker",
    "alias",
    "relation",
    "article",
    "claim",
    "fact_check",
    "claim_words_data",
    "article_words_data",
    "claim_checked",
    "pair_reading",
    "claim_vector",
    "check_snapshot",
    "index_snapshot",
    "original",
];

/// Looks the tables over until the time is up, and returns SQLite's words for the first damage that is met.
///
/// # Errors
/// When the list of tables cannot be read.
pub(super) fn damage(connection: &mut Connection) -> Result<Option<String>> {
    let until = Instant::now() + GLANCE;
    connection.progress_handler(STEPS, Some(move || Instant::now() > until))?;
    let found = first_damage(connection);
    connection.progress_handler(0, None::<fn() -> bool>)?;
    match found.map_err(StoreError::from) {
        Err(StoreError::Interrupted) => Ok(None),
        Err(StoreError::Corrupt(words)) => Ok(Some(words)),
        found => found,
    }
}

fn first_damage(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")?;
    let mut tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    tables.sort_by_key(|table| BULK.iter().position(|bulk| bulk == table).map_or(0, |place| place + 1));
    let mut look = connection.prepare("SELECT quick_check FROM pragma_quick_check(?1) LIMIT 1")?;
    for table in tables {
        let told: String = look.query_row([&table], |row| row.get(0))?;
        if told != "ok" {
            return Ok(Some(format!("{table}: {}", told.trim_start_matches("*** in database main ***\n"))));
        }
    }
    Ok(None)
}
