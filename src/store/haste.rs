//! Many writes of which only the end must outlast a power cut: a load of many articles.
//!
//! A commit waits for the disk some milliseconds, as long as an article takes to be read. In haste it does not: each write is still
//! whole or not at all, and outlasts the end of the program however it comes, but a power cut may take the last of them.

use super::open::log_of;
use super::{Place, Result, Store, StoreError};
use std::fs::OpenOptions;
use std::io::ErrorKind;

/// Pages that the write-ahead log holds before they are brought into the database: in haste, more than SQLite's own.
const PAGES: i64 = 1_000;
const PAGES_IN_HASTE: i64 = 16_000;

impl Store {
    /// Lets commits wait for no disk until [`Store::settle`].
    pub fn hasten(&self) {
        self.set("NORMAL", PAGES_IN_HASTE);
    }

    /// Ends the haste: when this returns, all that was written is on the disk, and each commit waits for it again.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn settle(&self) -> Result<()> {
        self.set("FULL", PAGES);
        let Place::File(path) = &self.place else { return Ok(()) };
        match OpenOptions::new().append(true).open(log_of(path)).and_then(|log| log.sync_all()) {
            // Without a log all of it is in the database.
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::Disk(error.to_string())),
            _ => Ok(()),
        }
    }

    /// A database that cannot be written to takes neither, without harm.
    fn set(&self, synchronous: &str, pages: i64) {
        let _ = self.connection.pragma_update(None, "synchronous", synchronous);
        let _ = self.connection.pragma_update(None, "wal_autocheckpoint", pages);
    }
}
