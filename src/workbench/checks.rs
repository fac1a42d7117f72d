//! Fact-checks of others come onto the desk: many files, one operation. What they found is theirs: it is no verdict of the desk,
//! and who they say claimed something never changes a position here.

use super::linking::fold_of;
use super::{Result, Workbench};
use crate::article::address;
use crate::factcheck::{self, Columns, FactCheck, Found, Lost};
use crate::store::checks::{FactCheckRow, Kept};
use crate::store::filter::Filter;
use crate::store::id::{ClaimId, FactCheckId};
use crate::store::originals::hash;
use crate::store::rows::{ClaimRow, Precedent};
use serde::Serialize;
use std::collections::BTreeMap;

/// One file with checks.
#[derive(Debug, Clone)]
pub struct CheckSource {
    pub path: String,
    /// Its bytes, or why they could not be read.
    pub bytes: std::result::Result<Vec<u8>, String>,
}

/// What one file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileReport {
    pub path: String,
    pub added: usize,
    /// That say something else than before.
    pub changed: usize,
    pub same: usize,
    pub lost: Vec<Lost>,
    pub warnings: Vec<String>,
}

impl FileReport {
    /// Returns how many checks it holds.
    pub const fn checks(&self) -> usize {
        self.added + self.changed + self.same
    }
}

/// What an import of checks gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChecksReport {
    pub files: Vec<FileReport>,
    /// Claims of the desk that repeat one of these.
    pub repeated: usize,
}

/// A claim that repeats a checked one, with what was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedClaim {
    pub claim: ClaimRow,
    pub precedents: Vec<Precedent>,
}

impl Workbench {
    /// Imports the checks of some files in one operation; `origin` names who checked where a record does not.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is kept then. A file or block that cannot be read is reported.
    pub fn import_checks(
        &mut self,
        sources: impl IntoIterator<Item = CheckSource>,
        columns: &Columns,
        origin: Option<&str>,
    ) -> Result<ChecksReport> {
        let mut read = Vec::new();
        for source in sources {
            let stem = std::path::Path::new(&source.path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let origin = origin.map(str::to_owned).or(stem).unwrap_or_default();
            let found = source.bytes.and_then(|bytes| {
                factcheck::read(&bytes, &source.path, columns, &origin).map_err(|error| error.to_string())
            });
            let found = found.unwrap_or_else(|reason| Found {
                lost: vec![Lost { place: "the file".into(), reason }],
                ..Found::default()
            });
            read.push((source.path, found));
        }
        let mut report = ChecksReport::default();
        if read.iter().all(|(_, found)| found.checks.is_empty()) {
            report.files = read.into_iter().map(|(path, found)| told(path, found, &[])).collect();
            return Ok(report);
        }
        let line = read.first().map(|(path, _)| path.clone()).unwrap_or_default();
        let line = if read.len() > 1 { format!("{line} and {} more", read.len() - 1) } else { line };
        let operation = self.act("import checks", &format!("import checks {line}"), |writer, operation| {
            for (path, found) in read {
                let keep = |check: &FactCheck| {
                    let digest = hash(&[serde_json::to_string(check).unwrap_or_default().as_bytes()]);
                    writer.add_fact_check(check, &key(check), &digest, &path, operation)
                };
                let kept = found.checks.iter().map(keep).collect::<std::result::Result<Vec<_>, _>>()?;
                report.files.push(told(path, found, &kept));
            }
            let added: usize = report.files.iter().map(|file| file.added + file.changed).sum();
            writer.reword(operation, &format!("import checks {line} ({added} fact-checks)"))?;
            Ok(operation)
        })?;
        report.repeated = self.store.repeated_by(operation)?;
        Ok(report)
    }

    /// Returns one check of others.
    ///
    /// # Errors
    /// For an unknown id, or when the database cannot be read.
    pub fn fact_check(&self, id: FactCheckId) -> Result<FactCheckRow> {
        Ok(self.store.fact_check(id)?)
    }

    /// Returns the claims of the desk that repeat one check.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn claims_of_check(&self, id: FactCheckId) -> Result<Vec<ClaimRow>> {
        Ok(self.store.claims_by_id(&self.store.claims_of_check(id)?)?)
    }

    /// Returns the claims that pass the filter and repeat a checked one, with what was found.
    ///
    /// # Errors
    /// When the filter names somebody who is not there, or the database cannot be read.
    pub fn checked_claims(&self, filter: &Filter) -> Result<Vec<CheckedClaim>> {
        let ids = self.store.checked(filter)?;
        let mut found: BTreeMap<ClaimId, Vec<Precedent>> = BTreeMap::new();
        for one in self.store.precedents(&ids)? {
            found.entry(one.claim).or_default().push(one);
        }
        let of = |claim: ClaimRow| CheckedClaim { precedents: found.remove(&claim.id).unwrap_or_default(), claim };
        Ok(self.store.claims_by_id(&ids)?.into_iter().map(of).collect())
    }
}

fn told(path: String, found: Found, kept: &[Kept]) -> FileReport {
    let number = |what: Kept| kept.iter().filter(|kept| **kept == what).count();
    FileReport {
        added: number(Kept::Added),
        changed: number(Kept::Changed),
        same: number(Kept::Same),
        lost: found.lost,
        warnings: found.warnings,
        path,
    }
}

/// Which check it is: its address, else who checked and the id that they gave; and its claim.
fn key(check: &FactCheck) -> String {
    let address = address::plain(&check.url).unwrap_or_else(|| format!("{}#{}", check.reviewer, check.external));
    format!("{address} {}", fold_of(&check.claim))
}
