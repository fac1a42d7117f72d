//! Outlets that a person named, by host; the last name in effect counts.

use super::error::{Result, StoreError};
use super::filter::nearest;
use super::id::OperationId;
use super::{Store, Writer};
use rusqlite::params;
use serde::Serialize;

/// The name of a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutletRow {
    /// As hosts are compared: lower case, no `www.`.
    pub host: String,
    pub name: String,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
}

impl Writer<'_> {
    /// Gives a host a name; an empty one takes its name away.
    pub fn name_outlet(&self, host: &str, name: &str, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO outlet_name (host, name, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![host, name, operation])?;
        Ok(())
    }
}

impl Store {
    /// Returns the outlets that a person named, by host.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn named_outlets(&self) -> Result<Vec<OutletRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT n.host, n.name, o.person, o.at FROM outlet_name n JOIN operation o ON o.id = n.operation
             WHERE n.id IN (SELECT max(m.id) FROM outlet_name m JOIN operation p ON p.id = m.operation
                            WHERE p.undone_by IS NULL GROUP BY m.host)
             AND n.name <> '' ORDER BY n.host",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(OutletRow { host: row.get(0)?, name: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the outlet that a person named at a host.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] with the nearest.
    pub fn named_outlet(&self, host: &str) -> Result<OutletRow> {
        let mut all = self.named_outlets()?;
        match all.iter().position(|row| row.host == host) {
            Some(place) => Ok(all.swap_remove(place)),
            None => {
                let nearest = nearest(host, all.iter().map(|row| row.host.as_str())).into_iter().collect();
                Err(StoreError::NoSuchName { what: "outlet with a name of yours", name: host.to_owned(), nearest })
            }
        }
    }
}
