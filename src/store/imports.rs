//! Claims and fact-checks that others wrote: kept with their own ids, and their ratings apart from the desk's verdicts.

use super::error::Result;
use super::id::{ClaimId, OperationId, SpeakerId};
use super::{Store, Writer, day};
use crate::date::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// A claim of an import on its way in.
#[derive(Debug, Clone, Copy)]
pub struct Imported<'a> {
    pub external: &'a str,
    pub words: &'a str,
    pub fold: &'a str,
    pub headline: &'a str,
    pub speaker: Option<SpeakerId>,
    pub named: &'a str,
    pub date: Option<Date>,
    pub origin: &'a str,
    pub rating: Option<&'a str>,
    pub url: &'a str,
}

fn is_imported(connection: &Connection, origin: &str, external: &str, fold: &str) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM claim c JOIN import i ON i.id = c.import
         WHERE c.fold = ?3 AND c.external = ?2 AND i.origin = ?1 AND i.live = 1",
    )?;
    Ok(statement.query_row(params![origin, external, fold], |_| Ok(())).optional()?.is_some())
}

impl Store {
    /// As [`Writer::is_imported`].
    pub fn is_imported(&self, origin: &str, external: &str, fold: &str) -> Result<bool> {
        is_imported(&self.connection, origin, external, fold)
    }
}

impl Writer<'_> {
    /// Opens an import; its claims are added with the number returned.
    pub fn add_import(&self, path: &str, origin: &str, operation: OperationId) -> Result<i64> {
        self.0
            .prepare_cached("INSERT INTO import (path, origin, operation, live) VALUES (?1, ?2, ?3, 1)")?
            .execute(params![path, origin, operation])?;
        Ok(self.0.last_insert_rowid())
    }

    /// Tells whether a live claim of this origin has this id and these words already.
    pub fn is_imported(&self, origin: &str, external: &str, fold: &str) -> Result<bool> {
        is_imported(self.0, origin, external, fold)
    }

    pub fn add_imported(&self, import: i64, new: &Imported<'_>) -> Result<ClaimId> {
        let date = new.date.map(|date| date.to_string());
        self.0
            .prepare_cached(
                "INSERT INTO claim (import, external, speaker, resolved, named, category, title, headline, words, fold,
                                    content, cue, cue_words, source, source_words, candidates, sentence_start,
                                    sentence_end, sentence, kind, quotation, said_written, said, published, day, score,
                                    because, reader, outlet, live)
                 VALUES (?1, ?2, ?3, 'name', ?4, '', '', ?5, ?6, ?7, '[]', '[]', '', NULL, ?4, '[]', 0, 0, ?6, 'statement',
                         'indirect', '', ?8, ?8, ?9, 1.0, '[]', 'import', ?10, 1)",
            )?
            .execute(params![
                import,
                new.external,
                new.speaker,
                new.named,
                new.headline,
                new.words,
                new.fold,
                date,
                day(new.date),
                new.origin,
            ])?;
        let claim = ClaimId(self.0.last_insert_rowid());
        if let Some(rating) = new.rating {
            self.0
                .prepare_cached("INSERT INTO external_verdict (claim, rating, origin, url) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![claim, rating, new.origin, new.url])?;
        }
        Ok(claim)
    }
}

impl Store {
    /// Returns every live claim, with the id that an imported one has in the file it came from.
    pub fn live_claims(&self) -> Result<BTreeMap<ClaimId, Option<String>>> {
        let mut statement = self.connection.prepare_cached("SELECT id, external FROM claim WHERE live = 1")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the outlets of articles and the origins of imports.
    pub fn outlets(&self) -> Result<Vec<String>> {
        super::names::outlet_names(&self.connection)
    }
}
