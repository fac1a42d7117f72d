//! A desk as rows of JSON, and such rows brought onto another desk: onto an empty one as they are, onto one that holds work
//! beside it. Nothing of either is lost: the same article, claim, speaker or story is one, everything else is added, and
//! where two people said different things of one, both stand and the later one brought counts.

mod cells;
mod conflicts;
mod tables;

pub use conflicts::Conflict;

use super::error::{Result, StoreError};
use super::id::{ClaimId, OperationId};
use super::{Store, Writer};
use cells::json;
use rusqlite::types::Value as Cell;
use rusqlite::{OptionalExtension, ToSql, params, params_from_iter};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use tables::{Column, TABLES, Table};

/// One row of a table, by the names of its columns; empty ones are left out.
pub type Fields = Map<String, Value>;

/// The rows of a desk by table, in the order of their numbers, and the texts of its articles by number.
#[derive(Debug, Default)]
pub struct Records {
    pub rows: BTreeMap<String, Vec<Fields>>,
    pub texts: BTreeMap<i64, String>,
}

/// What came onto a desk.
#[derive(Debug, Default)]
pub struct Brought {
    /// That were not there before.
    pub operations: Vec<OperationId>,
    pub articles: usize,
    pub claims: Vec<ClaimId>,
    pub verdicts: usize,
    pub decisions: usize,
    /// Articles that were there already.
    pub same: usize,
    pub conflicts: Vec<Conflict>,
}

/// The format of the rows.
pub const FORMAT: i32 = super::migrate::VERSION;

impl Store {
    /// Calls `take` with every row that makes the desk, table by table.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn records(&self, mut take: impl FnMut(&'static str, Fields)) -> Result<()> {
        for table in TABLES {
            let mut statement = self.connection.prepare_cached(table.select)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let mut fields = Fields::new();
                for (number, (name, column)) in table.columns.iter().enumerate() {
                    let cell = match column {
                        Column::Derived => Cell::Null,
                        _ => row.get(number)?,
                    };
                    if let Some(value) = json(cell) {
                        fields.insert((*name).to_owned(), value);
                    }
                }
                take(table.name, fields);
            }
        }
        Ok(())
    }

    /// Tells whether nothing was ever done on this desk.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_untouched(&self) -> Result<bool> {
        let done: i64 = self.connection.query_row("SELECT count(*) FROM operation", [], |row| row.get(0))?;
        Ok(done == 0)
    }
}

impl Writer<'_> {
    /// Brings the rows of another desk onto this one.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for rows that are of no desk; nothing is kept then.
    pub fn bring(&self, mut records: Records, onto: Onto) -> Result<Brought> {
        self.0.pragma_update(None, "defer_foreign_keys", true)?;
        name_as_read(&mut records);
        let mut transfer = Transfer {
            writer: self,
            onto,
            texts: &records.texts,
            maps: BTreeMap::new(),
            fresh: BTreeMap::new(),
            met: BTreeSet::new(),
        };
        for table in TABLES {
            let rows = records.rows.get(table.name).map_or(&[][..], Vec::as_slice);
            transfer.table(table, rows)?;
        }
        if let Some(unknown) = records.rows.keys().find(|name| TABLES.iter().all(|table| table.name != *name)) {
            return Err(StoreError::Refused(format!("there is no `{unknown}` in the desks that this program knows")));
        }
        for operation in transfer.maps.get("operation").into_iter().flat_map(BTreeMap::values) {
            self.refresh_rows(OperationId(*operation))?;
        }
        self.refresh_merges()?;
        let operations: BTreeSet<i64> = transfer.fresh.get("operation").cloned().unwrap_or_default();
        let number = |table: &str| transfer.fresh.get(table).map_or(0, BTreeSet::len);
        let articles = number("article");
        Ok(Brought {
            articles,
            same: records.rows.get("article").map_or(0, Vec::len) - articles,
            claims: self.live_of(transfer.fresh.get("claim"))?,
            verdicts: number("verdict"),
            decisions: number("decision"),
            conflicts: if onto == Onto::Work { conflicts::find(self.0, &operations)? } else { Vec::new() },
            operations: operations.into_iter().map(OperationId).collect(),
        })
    }

    /// Returns the claims among some that are on the desk.
    fn live_of(&self, claims: Option<&BTreeSet<i64>>) -> Result<Vec<ClaimId>> {
        let mut statement = self.0.prepare_cached(
            "SELECT c.id FROM json_each(?1) w CROSS JOIN claim c ON c.id = w.value AND c.live = 1 ORDER BY c.id",
        )?;
        let rows = statement.query_map([super::to_json(&claims)?], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Notes which operations an import brought: they are in effect while it is.
    pub fn note_brought(&self, import: OperationId, operations: &[OperationId]) -> Result<()> {
        let mut note = self.0.prepare_cached(
            "INSERT INTO brought (operation, target) SELECT ?1, id FROM operation
             WHERE id = ?2 AND undone_by IS NULL AND name NOT IN ('undo', 'redo')",
        )?;
        for operation in operations {
            note.execute(params![import, operation])?;
        }
        Ok(())
    }
}

/// What the rows come onto.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onto {
    /// A desk on which nothing was ever done: every row keeps its number.
    Nothing,
    /// A desk that holds work of its own.
    Work,
}

/// A transfer in progress.
struct Transfer<'a> {
    writer: &'a Writer<'a>,
    onto: Onto,
    texts: &'a BTreeMap<i64, String>,
    /// The number here of each row there, by table.
    maps: BTreeMap<&'static str, BTreeMap<i64, i64>>,
    /// The numbers here of rows that were not here before.
    fresh: BTreeMap<&'static str, BTreeSet<i64>>,
    /// The claims here that one of there is already.
    met: BTreeSet<i64>,
}

impl Transfer<'_> {
    fn table(&mut self, table: &'static Table, rows: &[Fields]) -> Result<()> {
        let owns = table.columns[0].1 == Column::Row(table.name);
        let mut next: i64 = self.writer.0.query_row(table.last, [], |row| row.get(0))?;
        let mut places: BTreeMap<Vec<String>, i64> = BTreeMap::new();
        let mut new = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let known = match self.onto {
                Onto::Nothing => None,
                Onto::Work => self.known(table, row, &mut places)?,
            };
            let there = row.get(table.columns[0].0).and_then(Value::as_i64);
            let here = match (known, self.onto, there) {
                (Some(known), ..) => known,
                (None, Onto::Nothing, Some(there)) => there,
                (None, ..) => {
                    next += 1;
                    next
                }
            };
            if owns {
                let there = there.ok_or_else(|| refused(table, "a row has no number"))?;
                self.maps.entry(table.name).or_default().insert(there, here);
                if table.name == "claim" {
                    self.met.insert(here);
                }
            }
            if known.is_none() {
                new.push(number);
                if owns {
                    self.fresh.entry(table.name).or_default().insert(here);
                }
            }
        }
        for number in new {
            if self.keeps_own_reading(table, &rows[number])? {
                continue;
            }
            let mut cells = self.cells(table, &rows[number])?;
            if table.name == "verdict" && self.onto == Onto::Work {
                // The versions of both desks stand one after the other.
                cells[2] = self.writer.0.query_row(
                    "SELECT ifnull(max(version), 0) + 1 FROM verdict WHERE claim = ?1 AND scale = ?2",
                    params![cells[1], cells[4]],
                    |row| row.get(0),
                )?;
            }
            // Of two speakers that are one here, nothing more is said.
            if self.onto == Onto::Work && table.name.starts_with("merge") && cells[1] == cells[2] {
                continue;
            }
            let done = self.writer.0.prepare_cached(table.insert)?.execute(params_from_iter(cells));
            done.map_err(|error| refused(table, &StoreError::from(error).to_string()))?;
        }
        self.undo_too(table, rows)
    }

    /// Returns the number of the row that is here already and is the same.
    fn known(&self, table: &Table, row: &Fields, places: &mut BTreeMap<Vec<String>, i64>) -> Result<Option<i64>> {
        let text = |name: &str| row.get(name).map(Value::to_string).unwrap_or_default();
        if table.name == "operation" {
            let key: Vec<String> = ["at", "person", "name", "words"].map(text).into();
            let place = places.entry(key).or_insert(-1);
            *place += 1;
            let mut statement = self.writer.0.prepare_cached(
                "SELECT id FROM operation WHERE at = ?1 AND person = ?2 AND name = ?3 AND words = ?4
                 ORDER BY id LIMIT 1 OFFSET ?5",
            )?;
            let plain = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
            let cells = params![plain("at"), plain("person"), plain("name"), plain("words"), *place];
            return Ok(statement.query_row(cells, |row| row.get(0)).optional()?);
        }
        let operation = row.get("operation").and_then(Value::as_i64);
        if let Some(operation) = operation.and_then(|there| self.here("operation", there))
            && !self.is_fresh("operation", operation)
        {
            let place = places.entry(vec![operation.to_string()]).or_insert(-1);
            *place += 1;
            let mut statement = self.writer.0.prepare_cached(table.of_operation)?;
            let found = statement.query_row(params![operation, *place], |row| row.get(0)).optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        if table.twin.is_empty() {
            return Ok(None);
        }
        let cells = self.cells(table, row)?;
        let mut statement = self.writer.0.prepare_cached(table.twin)?;
        let wanted = statement.parameter_count();
        let cells: Vec<&dyn ToSql> = cells.iter().take(wanted).map(|cell| cell as &dyn ToSql).collect();
        let found: Option<i64> = statement.query_row(&cells[..], |row| row.get(0)).optional()?.flatten();
        // Two claims there are not one here.
        Ok(found.filter(|here| table.name != "claim" || !self.met.contains(here)))
    }

    /// What was here already was read here: its own reading is kept before the first correction that comes with the import.
    fn keeps_own_reading(&self, table: &Table, row: &Fields) -> Result<bool> {
        let (of, own) = match table.name {
            "claim_reading" => (
                "claim",
                "INSERT OR IGNORE INTO claim_reading (claim, speaker, named, title, kind, said_written, said, day)
                 SELECT id, speaker, named, title, kind, said_written, said, day FROM claim WHERE id = ?1",
            ),
            "article_reading" => (
                "article",
                "INSERT OR IGNORE INTO article_reading (article, title, outlet, byline, published, url, updated, archive)
                 SELECT id, title, outlet, byline, published, url, updated, archive FROM article WHERE id = ?1",
            ),
            "speaker_reading" => (
                "speaker",
                "INSERT OR IGNORE INTO speaker_reading (speaker, name, fold, surname)
                 SELECT id, name, fold, surname FROM speaker WHERE id = ?1",
            ),
            _ => return Ok(false),
        };
        let here = row.get(of).and_then(Value::as_i64).and_then(|there| self.here(of, there));
        let Some(here) = here.filter(|here| self.onto == Onto::Work && !self.is_fresh(of, *here)) else {
            return Ok(false);
        };
        self.writer.0.prepare_cached(own)?.execute([here])?;
        Ok(true)
    }

    /// Takes back what is here already and was taken back there since.
    fn undo_too(&self, table: &Table, rows: &[Fields]) -> Result<()> {
        if table.name != "operation" || self.onto == Onto::Nothing {
            return Ok(());
        }
        let mut take_back =
            self.writer.0.prepare_cached("UPDATE operation SET undone_by = ?2 WHERE id = ?1 AND undone_by IS NULL")?;
        for row in rows {
            let here = |name: &str| self.here("operation", row.get(name)?.as_i64()?);
            if let (Some(operation), Some(undo)) = (here("id"), here("undone_by")) {
                take_back.execute([operation, undo])?;
            }
        }
        Ok(())
    }

    fn here(&self, table: &str, there: i64) -> Option<i64> {
        self.maps.get(table)?.get(&there).copied()
    }

    fn is_fresh(&self, table: &str, here: i64) -> bool {
        self.fresh.get(table).is_some_and(|fresh| fresh.contains(&here))
    }
}

/// Puts speakers under the names that were read: by those they are known again; what a person called them since comes with
/// their acts.
fn name_as_read(records: &mut Records) {
    let Records { rows, .. } = records;
    let Some(mut speakers) = rows.remove("speaker") else { return };
    let readings: BTreeMap<i64, &Fields> = rows
        .get("speaker_reading")
        .into_iter()
        .flatten()
        .filter_map(|reading| Some((reading.get("speaker")?.as_i64()?, reading)))
        .collect();
    for speaker in &mut speakers {
        let Some(reading) = speaker.get("id").and_then(Value::as_i64).and_then(|id| readings.get(&id)) else {
            continue;
        };
        for name in ["name", "fold", "surname"] {
            if let Some(read) = reading.get(name) {
                speaker.insert(name.to_owned(), read.clone());
            }
        }
    }
    rows.insert("speaker".to_owned(), speakers);
}

fn refused(table: &Table, why: &str) -> StoreError {
    StoreError::Refused(format!("the rows of `{}` cannot be read: {why}", table.name))
}
