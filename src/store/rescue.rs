//! Saves what can still be read of a damaged database into a new one.
//!
//! Each table is read from both ends up to the damage, and the rows between are asked for one by one. A row that names a
//! row which is lost stays out of the new desk and is handed back as JSON, so that nothing readable is thrown away.

use super::error::{Result, StoreError};
use super::open::APPLICATION;
use super::past::make_whole;
use super::query::shown;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use serde::Serialize;
use std::path::Path;

/// Rows between the two ends of the damage that are asked for one by one.
const GAP: i64 = 200_000;

/// What became of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    pub table: String,
    pub rows: usize,
    /// Some of it could not be read.
    pub damaged: bool,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rescued {
    pub tables: Vec<Saved>,
    /// Rows that name a row which is lost, as JSON with the name of their table; they are not in the new desk.
    pub left_out: Vec<String>,
}

/// Reads a damaged database and writes what it holds to a new file, which appears when it is whole.
///
/// # Errors
/// When the new file is there already or cannot be written, or the damaged one does not even tell its tables.
pub fn rescue(from: &Path, to: &Path) -> Result<Rescued> {
    make_whole(to, |begun| save(from, begun))
}

fn save(from: &Path, begun: &Path) -> Result<Rescued> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let damaged = Connection::open_with_flags(from, flags)?;
    // A file that was cut short is read up to the cut; SQLite refuses it otherwise.
    damaged.pragma_update(None, "writable_schema", true)?;
    let number = |name: &str| damaged.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    if application != APPLICATION {
        return Err(StoreError::NotOurs(from.to_owned()));
    }
    let saved = Connection::open_with_flags(begun, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    saved.pragma_update(None, "foreign_keys", false)?;
    let schema = schema(&damaged)?;
    let mut rescued = Rescued { tables: Vec::new(), left_out: Vec::new() };
    saved.execute_batch("BEGIN")?;
    for made in schema.iter().filter(|made| made.kind == "table") {
        saved.execute_batch(&made.sql)?;
    }
    for made in schema.iter().filter(|made| made.kind == "table" && !made.is_virtual()) {
        rescued.tables.push(copy(&damaged, &saved, &made.name)?);
    }
    while leave_out(&saved, &schema, &mut rescued.left_out)? {}
    for made in schema.iter().filter(|made| made.kind != "table") {
        saved.execute_batch(&made.sql)?;
    }
    for made in schema.iter().filter(|made| made.is_virtual()) {
        let name = quoted(&made.name);
        saved.execute_batch(&format!("INSERT INTO {name} ({name}) VALUES ('rebuild')"))?;
    }
    // A vector that was lost is to be made again.
    if schema.iter().any(|made| made.name == "vector_mark") {
        saved.execute_batch("DELETE FROM vector_mark")?;
    }
    saved.execute_batch("DELETE FROM index_snapshot; COMMIT")?;
    saved.pragma_update(None, "application_id", application)?;
    saved.pragma_update(None, "user_version", version)?;
    saved.close().map_err(|(_, error)| error)?;
    Ok(rescued)
}

/// One line of the list of tables, indexes, triggers and views.
struct Made {
    kind: String,
    name: String,
    sql: String,
}

impl Made {
    fn is_virtual(&self) -> bool {
        self.sql.starts_with("CREATE VIRTUAL TABLE")
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Returns what the database is made of, without the tables that a virtual table keeps for itself.
fn schema(connection: &Connection) -> Result<Vec<Made>> {
    let mut statement = connection
        .prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")?;
    let rows = statement.query_map([], |row| Ok(Made { kind: row.get(0)?, name: row.get(1)?, sql: row.get(2)? }))?;
    let all: Vec<Made> = rows.collect::<rusqlite::Result<_>>()?;
    let virtual_: Vec<String> =
        all.iter().filter(|made| made.is_virtual()).map(|made| format!("{}_", made.name)).collect();
    Ok(all.into_iter().filter(|made| !virtual_.iter().any(|front| made.name.starts_with(front.as_str()))).collect())
}

/// Copies the rows of a table that can be read.
fn copy(from: &Connection, to: &Connection, table: &str) -> Result<Saved> {
    let name = quoted(table);
    let mut statement = to.prepare(&format!("SELECT * FROM {name}"))?;
    let columns: Vec<String> = statement.column_names().map(quoted).collect();
    drop(statement.query([])?);
    let holes = vec!["?"; columns.len()].join(", ");
    let mut insert = to.prepare(&format!("INSERT OR IGNORE INTO {name} ({}) VALUES ({holes})", columns.join(", ")))?;
    let mut saved = Saved { table: table.to_owned(), rows: 0, damaged: false };
    let has_number = from.prepare(&format!("SELECT rowid FROM {name}")).is_ok();
    let number = if has_number { "rowid" } else { "0" };
    let list = format!("SELECT {number}, {} FROM {name}", columns.join(", "));
    let mut take = |query: &str, from_row: Option<i64>| -> Result<(Option<i64>, bool)> {
        let mut last = None;
        let Ok(mut statement) = from.prepare_cached(query) else { return Ok((last, false)) };
        let Ok(mut rows) = (match from_row {
            Some(row) => statement.query([row]),
            None => statement.query([]),
        }) else {
            return Ok((last, false));
        };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let values = (0..columns.len()).map(|column| row.get::<_, Value>(column + 1));
                    let Ok(values) = values.collect::<rusqlite::Result<Vec<Value>>>() else { continue };
                    last = row.get(0).ok();
                    saved.rows += insert.execute(params_from_iter(values)).unwrap_or(0);
                }
                Ok(None) => return Ok((last, true)),
                Err(_) => return Ok((last, false)),
            }
        }
    };
    let (ahead, whole) = take(&list, None)?;
    if !whole && has_number {
        let (behind, _) = take(&format!("{list} ORDER BY rowid DESC"), None)?;
        let first = ahead.map_or(1, |row| row + 1);
        for row in first..behind.unwrap_or(first).min(first.saturating_add(GAP)) {
            take(&format!("{list} WHERE rowid = ?1"), Some(row))?;
        }
    }
    saved.damaged = !whole;
    Ok(saved)
}

/// Takes out rows that name a row which is not there; tells whether there were any.
fn leave_out(saved: &Connection, schema: &[Made], left_out: &mut Vec<String>) -> Result<bool> {
    let before = left_out.len();
    for made in schema.iter().filter(|made| made.kind == "table" && !made.is_virtual()) {
        let name = quoted(&made.name);
        let mut keys = saved.prepare(&format!("PRAGMA foreign_key_list({name})"))?;
        let keys = keys.query_map([], |row| Ok((row.get::<_, String>(2)?, row.get::<_, String>(3)?)))?;
        for key in keys.collect::<rusqlite::Result<Vec<_>>>()? {
            let (parent, column) = (quoted(&key.0), quoted(&key.1));
            let lost = format!("{column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})");
            let mut statement = saved.prepare(&format!("SELECT * FROM {name} WHERE {lost}"))?;
            let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let mut line = serde_json::Map::new();
                line.insert("table".into(), made.name.clone().into());
                for (number, column) in columns.iter().enumerate() {
                    line.insert(column.clone(), shown(row.get_ref(number)?));
                }
                left_out.push(serde_json::Value::Object(line).to_string());
            }
            drop(rows);
            drop(statement);
            saved.execute_batch(&format!("DELETE FROM {name} WHERE {lost}"))?;
        }
    }
    Ok(left_out.len() > before)
}
