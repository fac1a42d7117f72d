//! The only place that knows SQL: statements are static text with bound parameters, and `schema.sql` is the whole schema.
//!
//! What was loaded, what the machine suggests and what a person decided lie in different tables. The store keeps and finds;
//! it analyses nothing and judges nothing. Every write goes through [`Store::write`]: one immediate transaction, whole or
//! not at all.

pub mod amendments;
pub mod annotations;
pub mod articles;
pub mod bearing;
pub mod checks;
pub mod claims;
mod copies;
pub mod corrections;
mod decisions;
mod derived;
pub mod doctor;
pub mod error;
pub mod feeds;
mod few;
pub mod filter;
pub mod findings;
mod glance;
mod haste;
pub mod id;
pub mod imports;
pub mod journal;
mod judged;
pub mod marks;
mod migrate;
pub mod moment;
mod names;
mod open;
pub mod originals;
pub mod outlets;
mod past;
mod precedents;
pub mod published;
pub mod query;
pub mod queue;
pub mod readings;
pub mod recorded;
mod relation_rows;
pub mod relations;
mod reported;
pub mod rereading;
mod rescue;
pub mod rows;
pub mod search;
mod select;
pub mod sheets;
pub mod since;
pub mod snapshot;
pub mod speakers;
pub mod stats;
pub mod stored;
pub mod stories;
pub mod transfer;
mod turn;
pub mod vectors;
pub mod verdicts;
pub mod versions;

pub use error::{Result, StoreError};
pub use open::{Place, folder_of};
pub use rescue::{Rescued, Saved, rescue};

use crate::lexicon::letters::{folded, is_mark};
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    place: Place,
    /// The day that is shown, when it is not the present.
    past: Option<String>,
    /// What was found to be damaged when the file was opened.
    damage: Option<String>,
    /// Raised when a person wants a long question to stop.
    stop: Option<Arc<AtomicBool>>,
    /// Whether writes join a transaction that is open already.
    step: Step,
    /// Writes that were begun.
    writes: u64,
}

/// Whether several writes are being made as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    None,
    Open,
}

/// Steps of the database between two looks at whether a person wants it to stop.
const STEPS: i32 = 20_000;

/// A write in progress; nothing is kept unless [`Store::write`] ends well.
#[derive(Debug)]
pub struct Writer<'a>(&'a Connection);

/// What becomes of the writes of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    All,
    Nothing,
}

impl Store {
    /// Returns where the database lies.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Runs one write as one immediate transaction: all of it is on the disk when this returns, or, after an error, none.
    ///
    /// # Errors
    /// Those of `act`, and [`StoreError`] when the desk shows a day gone by or is damaged, or the transaction cannot begin or
    /// end.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        act: impl FnOnce(&Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.may_change()?;
        self.write_derived(act)
    }

    /// As [`Store::write`], for what can be derived again from what is on the desk: the copy that shows a day gone by takes it.
    ///
    /// # Errors
    /// Those of `act`, and [`StoreError`] when nothing can be written.
    pub fn write_derived<T, E: From<StoreError>>(
        &mut self,
        act: impl FnOnce(&Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.writes += 1;
        // A write is short and is not stopped half-way.
        self.heed(None)?;
        let kept = self.write_whole(act);
        self.heed(self.stop.clone())?;
        kept
    }

    /// Lets a raised flag stop what is being read.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn heed_flag(&mut self, stop: Arc<AtomicBool>) -> Result<()> {
        self.stop = Some(stop);
        self.heed(self.stop.clone())
    }

    fn heed(&mut self, stop: Option<Arc<AtomicBool>>) -> Result<()> {
        match stop {
            Some(stop) => Ok(self.connection.progress_handler(STEPS, Some(move || stop.load(Ordering::Relaxed)))?),
            None => Ok(self.connection.progress_handler(0, None::<fn() -> bool>)?),
        }
    }

    fn write_whole<T, E: From<StoreError>>(
        &self,
        act: impl FnOnce(&Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        if self.step == Step::Open {
            return act(&Writer(&self.connection));
        }
        self.begin()?;
        match act(&Writer(&self.connection)) {
            Ok(value) => self.connection.execute_batch("COMMIT").map(|()| value).map_err(|error| {
                self.roll_back();
                E::from(error.into())
            }),
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    /// Begins an immediate transaction when this program's turn has come.
    fn begin(&self) -> Result<()> {
        let turn = turn::take(&self.place)?;
        let begun = self.connection.execute_batch("BEGIN IMMEDIATE");
        drop(turn);
        Ok(begun?)
    }

    /// Gives up a transaction; SQLite may have done so itself, so a second time is no fault.
    fn roll_back(&self) {
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// Begins a step: every write up to [`Store::end_step`] is part of one transaction.
    ///
    /// # Errors
    /// [`StoreError`] when the transaction cannot begin.
    pub fn begin_step(&mut self) -> Result<()> {
        self.may_change()?;
        self.heed(None)?;
        self.begin()?;
        self.writes += 1;
        self.step = Step::Open;
        Ok(())
    }

    /// Ends a step: its writes are kept, or none of them.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be kept; none is then.
    pub fn end_step(&mut self, keep: Keep) -> Result<()> {
        self.step = Step::None;
        let ended = match keep {
            Keep::All => self.connection.execute_batch("COMMIT"),
            Keep::Nothing => Ok(()),
        };
        self.roll_back();
        self.heed(self.stop.clone())?;
        Ok(ended?)
    }

    /// As [`Store::write`], for a write that is not worth waiting for: it fails at once while another program writes.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_if_free<T, E: From<StoreError>>(
        &mut self,
        act: impl FnOnce(&Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        turn::wait_no_longer(&self.connection)?;
        let value = self.write(act);
        turn::wait(&mut self.connection)?;
        value
    }
}

/// Reads a JSON column.
fn json<T: serde::de::DeserializeOwned>(
    row: &rusqlite::Row<'_>,
    column: impl rusqlite::RowIndex,
) -> rusqlite::Result<T> {
    let value = row.get_ref(column)?;
    let text = value.as_str()?;
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
}

/// Writes a value as JSON for a column.
fn to_json(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}

/// Reads a column that holds a date or nothing; words that are no date are left out.
fn date(row: &rusqlite::Row<'_>, column: impl rusqlite::RowIndex) -> rusqlite::Result<Option<crate::date::Date>> {
    let written: Option<String> = row.get(column)?;
    Ok(written.as_deref().and_then(crate::date::Date::parse_iso))
}

/// Returns the first day of a date as the database sorts it; empty for none.
fn day(date: Option<crate::date::Date>) -> String {
    date.map(|date| date.first().format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// Folds a name for comparison: lower case, letters and digits, one space between words.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !matches!(c, '\'' | '’' | '.') && !is_mark(*c)) {
        match c.is_alphanumeric() {
            true => folded.extend(c.to_lowercase()),
            false if !folded.ends_with(' ') => folded.push(' '),
            false => {}
        }
    }
    folded.trim().to_owned()
}

/// Folds a name as a person may type it: as [`fold`], and without accents, however they are written.
pub fn plain(name: &str) -> String {
    folded(&fold(name))
}

#[cfg(test)]
mod tests;
