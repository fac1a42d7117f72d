//! Claims and fact-checks of others, one JSON object a line. A rating stays theirs: it is never taken for a verdict of the desk.

use super::linking::fold_of;
use super::{Result, Workbench, WorkbenchError, identity};
use crate::date::Date;
use crate::store::filter::Filter;
use crate::store::fold;
use crate::store::id::{OperationId, SpeakerId};
use crate::store::imports::Imported;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One claim as others wrote it down; only `text` is needed, and keys that are not known are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    #[serde(default, deserialize_with = "id")]
    pub id: String,
    pub text: String,
    #[serde(default)]
    pub speaker: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub rating: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
}

/// An id is written as a string or as a number.
fn id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(id) => id,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    })
}

/// A larger import is not compared at once: `match` finds its claims all the same.
pub(super) const COMPARED: usize = 500;

/// What is said of a record that holds no claim.
const WORDLESS: &str = "it has no words in `text`";
const NO_RECORD: &str = "it is no JSON object with the words of a claim in `text`";

/// What an import gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub added: usize,
    /// The same id and words were imported from this origin before.
    pub duplicates: usize,
    pub rated: usize,
    /// Claims that were compared with all others: those added, or none of a large import.
    pub compared: usize,
    /// What these were found to repeat or contradict.
    pub repeats: usize,
    pub contradictions: usize,
    /// What could not be taken, with the number of its record, counted from 1.
    pub failed: Vec<(usize, String)>,
}

impl Workbench {
    /// Imports claims in one operation; `origin` names who wrote them and stands where an outlet stands.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is kept then. A record without words is reported and passed over.
    pub fn import_claims(&mut self, records: &[Record], origin: &str, path: &str) -> Result<ImportReport> {
        if let Some(report) = self.nothing_new(records, origin)? {
            return Ok(report);
        }
        let kept = self.act_with_index("import", path, None, |writer, live, operation| {
            let mut report = ImportReport::default();
            let mut added = Vec::new();
            let import = writer.add_import(path, origin, operation)?;
            let mut speakers: BTreeMap<String, SpeakerId> = BTreeMap::new();
            for (number, record) in (1..).zip(records) {
                let words = record.text.trim();
                if words.is_empty() {
                    report.failed.push((number, WORDLESS.into()));
                    continue;
                }
                let fold = fold_of(words);
                if writer.is_imported(origin, &record.id, &fold)? {
                    report.duplicates += 1;
                    continue;
                }
                let named = record.speaker.as_deref().map(str::trim).unwrap_or_default();
                let speaker = speaker(writer, named, operation, &mut speakers)?;
                let rating = record.rating.as_deref().map(str::trim).filter(|rating| !rating.is_empty());
                added.push(writer.add_imported(
                    import,
                    &Imported {
                        external: &record.id,
                        words,
                        fold: &fold,
                        headline: record.title.as_deref().unwrap_or_default(),
                        speaker,
                        named,
                        date: record.date.as_deref().and_then(Date::parse_iso),
                        origin,
                        rating,
                        url: record.url.as_deref().unwrap_or_default(),
                    },
                )?);
                report.added += 1;
                report.rated += usize::from(rating.is_some());
            }
            writer.reword(operation, &format!("import claims {path} ({} claims)", report.added))?;
            if added.len() <= COMPARED {
                live.catch_up(writer)?;
                let linked = live.link(writer, &added, operation)?;
                report.compared = added.len();
                (report.repeats, report.contradictions) = (linked.repeats, linked.contradictions);
            }
            Ok(report)
        });
        if kept.is_ok() {
            // The claims are kept whatever becomes of the index, which follows them at the next match too.
            let _ = self.follow_index();
        }
        kept
    }

    /// Returns what is to be told of records of which none is a claim that is not here yet: then nothing is done.
    fn nothing_new(&self, records: &[Record], origin: &str) -> Result<Option<ImportReport>> {
        let mut report = ImportReport::default();
        for (number, record) in (1..).zip(records) {
            match record.text.trim() {
                "" => report.failed.push((number, WORDLESS.into())),
                words if self.store.is_imported(origin, &record.id, &fold_of(words))? => report.duplicates += 1,
                _ => return Ok(None),
            }
        }
        Ok(Some(report))
    }

    /// Reads records from JSON lines and imports them; a line that is no record is reported and passed over.
    ///
    /// # Errors
    /// As [`Workbench::import_claims`].
    pub fn import_lines(&mut self, lines: &str, origin: &str, path: &str) -> Result<ImportReport> {
        if super::transfer::is_export(lines) {
            return Err(WorkbenchError::asked(
                format!("{path} is the export of a desk"),
                format!("`import desk {path}` brings it over"),
            ));
        }
        let mut records = Vec::new();
        let mut numbers = Vec::new();
        let mut failed = Vec::new();
        for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str::<Record>(line) {
                Ok(record) => {
                    records.push(record);
                    numbers.push(number);
                }
                Err(_) => failed.push((number, NO_RECORD.to_owned())),
            }
        }
        if records.is_empty() && !failed.is_empty() {
            return Err(WorkbenchError::asked(
                format!(
                    "{path} holds no claim: JSON lines are wanted, each an object with the words of a claim in `text`"
                ),
                format!("fact-checks in CSV, JSON or pages: `import checks {path}`; articles: `load {path}`"),
            ));
        }
        let mut report = self.import_claims(&records, origin, path)?;
        let line = |(record, why): (usize, String)| (numbers.get(record - 1).copied().unwrap_or(record), why);
        failed.extend(std::mem::take(&mut report.failed).into_iter().map(line));
        failed.sort_unstable();
        report.failed = failed;
        Ok(report)
    }

    /// Tells whether there is anything on the desk.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.store.count_claims(&Filter::default())? == 0 && self.store.articles(&Filter::default())?.is_empty())
    }
}

/// Returns the speaker of an imported claim; names of several words are taken for persons.
fn speaker(
    writer: &crate::store::Writer<'_>,
    named: &str,
    operation: OperationId,
    known: &mut BTreeMap<String, SpeakerId>,
) -> Result<Option<SpeakerId>> {
    let key = fold(named);
    if key.is_empty() {
        return Ok(None);
    }
    if let Some(speaker) = known.get(&key) {
        return Ok(Some(*speaker));
    }
    let (speaker, _) = identity::imported(writer, named, operation)?;
    known.insert(key, speaker);
    Ok(Some(speaker))
}
