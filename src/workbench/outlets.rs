//! Names that a person gave to outlets, by host: an article that is loaded gets them before any other.

use super::{Result, Workbench, WorkbenchError};
use crate::article::outlets::{OwnNames, host_of};
use crate::lexicon::letters::one_line;
use crate::store::outlets::OutletRow;

impl Workbench {
    /// Gives the outlet of a host a name, and returns the row; articles that are on the desk stay as they are.
    ///
    /// # Errors
    /// For what is no host or address, and for an empty name.
    pub fn name_outlet(&mut self, written: &str, name: &str) -> Result<OutletRow> {
        let name = one_line(name);
        if name.is_empty() {
            return Err(WorkbenchError::asked(
                "an outlet needs a name",
                format!("`outlet set {written} \"Harbour Post\"`; `outlet forget {written}` takes a name away"),
            ));
        }
        let host = host(written)?;
        self.act("outlet", &format!("outlet set {host} {name}"), |writer, operation| {
            Ok(writer.name_outlet(&host, &name, operation)?)
        })?;
        Ok(self.store.named_outlet(&host)?)
    }

    /// Takes the name that a person gave a host away, and returns the row as it was.
    ///
    /// # Errors
    /// When the host has no such name.
    pub fn forget_outlet(&mut self, written: &str) -> Result<OutletRow> {
        let row = self.store.named_outlet(&host(written)?)?;
        self.act("outlet", &format!("outlet forget {}", row.host), |writer, operation| {
            Ok(writer.name_outlet(&row.host, "", operation)?)
        })?;
        Ok(row)
    }

    /// Returns the outlets that a person named, by host.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn named_outlets(&self) -> Result<Vec<OutletRow>> {
        Ok(self.store.named_outlets()?)
    }

    pub(super) fn own_outlets(&self) -> Result<OwnNames> {
        Ok(self.store.named_outlets()?.into_iter().map(|row| (row.host, row.name)).collect())
    }
}

fn host(written: &str) -> Result<String> {
    host_of(written).ok_or_else(|| {
        WorkbenchError::asked(
            format!("`{written}` is no host of the web"),
            "write it as in an address: `outlet set harbourpost.example \"Harbour Post\"`",
        )
    })
}
