//! What a person puts right beyond claims: an article's facts, a speaker's name, and what is taken away again (an alias, a
//! title, a piece of evidence). What was read is kept; the last act in effect counts.

use super::error::{Result, StoreError};
use super::id::{ArticleId, EvidenceId, OperationId, SpeakerId};
use super::{Store, Writer};
use crate::article::Moment;
use crate::date::Date;
use rusqlite::params;

/// A fact of an article that a person gives instead of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    Title(String),
    Outlet(String),
    Byline(String),
    Published(Date),
    Url(String),
    /// When it was last changed, as readers were told.
    Updated(Moment),
    /// Where a copy of the page is kept for good.
    Archive(String),
}

impl Fact {
    /// Returns the name of its column and the value; an empty one takes the fact away.
    fn stored(&self) -> (&'static str, Option<String>) {
        let (field, value) = match self {
            Self::Title(value) => ("title", value.clone()),
            Self::Outlet(value) => ("outlet", value.clone()),
            Self::Byline(value) => ("byline", value.clone()),
            Self::Published(date) => ("published", date.to_string()),
            Self::Url(value) => ("url", value.clone()),
            Self::Updated(moment) => ("updated", moment.written.clone()),
            Self::Archive(value) => ("archive", value.clone()),
        };
        (field, Some(value).filter(|value| !value.is_empty()))
    }
}

/// Something that a person takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    Alias(i64),
    /// As an article gives it.
    Title(i64),
    /// As a person gave it.
    TitleGiven(i64),
    Evidence(EvidenceId),
    /// With its claims.
    Article(ArticleId),
}

impl Writer<'_> {
    /// Corrects one fact of an article.
    pub fn correct_article(&self, article: ArticleId, fact: &Fact, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO article_reading (article, title, outlet, byline, published, url, updated, archive)
                 SELECT id, title, outlet, byline, published, url, updated, archive FROM article WHERE id = ?1",
            )?
            .execute([article])?;
        let (field, value) = fact.stored();
        self.0
            .prepare_cached("INSERT INTO article_edit (article, field, value, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![article, field, value, operation])?;
        self.refresh(operation)
    }

    /// Gives a speaker another name; the one before stays as an alias.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn rename_speaker(
        &self,
        speaker: SpeakerId,
        name: &str,
        fold: &str,
        surname: &str,
        operation: OperationId,
    ) -> Result<()> {
        let before = self.speaker(speaker)?;
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO speaker_reading (speaker, name, fold, surname)
                 SELECT id, name, fold, surname FROM speaker WHERE id = ?1",
            )?
            .execute([before.id])?;
        self.0
            .prepare_cached(
                "INSERT INTO alias (speaker, name, fold, given_by, operation)
                 SELECT id, name, fold, 'person', ?2 FROM speaker WHERE id = ?1 AND fold <> ?3",
            )?
            .execute(params![before.id, operation, fold])?;
        self.0
            .prepare_cached(
                "INSERT INTO speaker_rename (speaker, name, fold, surname, operation) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![before.id, name, fold, surname, operation])?;
        self.refresh(operation)
    }

    /// Takes something away.
    pub fn remove(&self, removed: Removed, operation: OperationId) -> Result<()> {
        let (what, target) = match removed {
            Removed::Alias(id) => ("alias", id),
            Removed::Title(id) => ("title", id),
            Removed::TitleGiven(id) => ("title_given", id),
            Removed::Evidence(id) => ("evidence", id.0),
            Removed::Article(id) => ("article", id.0),
        };
        self.0
            .prepare_cached("INSERT INTO removal (what, target, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![what, target, operation])?;
        self.refresh(operation)
    }

    /// Takes a piece of evidence away from its verdict.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`], also for one that is away already.
    pub fn drop_evidence(&self, evidence: EvidenceId, operation: OperationId) -> Result<()> {
        let there: i64 = self
            .0
            .prepare_cached(
                "SELECT count(*) FROM evidence e JOIN operation o ON o.id = e.operation
                 WHERE e.id = ?1 AND e.gone = 0 AND o.undone_by IS NULL",
            )?
            .query_row([evidence], |row| row.get(0))?;
        if there == 0 {
            return Err(StoreError::NoSuchId { what: EvidenceId::WHAT, id: evidence.to_string() });
        }
        self.remove(Removed::Evidence(evidence), operation)
    }

    /// Returns the aliases in use that a speaker has under a folded name.
    pub fn aliases_called(&self, speaker: SpeakerId, fold: &str) -> Result<Vec<Removed>> {
        let mut statement = self.0.prepare_cached(
            "SELECT a.id FROM alias a JOIN operation o ON o.id = a.operation JOIN speaker s ON s.id = a.speaker
             WHERE ifnull(s.merged_into, s.id) = ?1 AND a.fold = ?2 AND a.gone = 0 AND o.undone_by IS NULL",
        )?;
        let found = statement.query_map(params![speaker, fold], |row| Ok(Removed::Alias(row.get(0)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the titles in use that a speaker has, by articles and by persons; case is left aside.
    pub fn titles_called(&self, speaker: SpeakerId, title: &str) -> Result<Vec<Removed>> {
        let mut statement = self.0.prepare_cached(
            "WITH one (id) AS (SELECT id FROM speaker WHERE ifnull(merged_into, id) = ?1)
             SELECT 0, t.id FROM one CROSS JOIN title t ON t.speaker = one.id
             WHERE lower(t.title) = lower(?2) AND t.gone = 0
             UNION ALL
             SELECT 1, g.id FROM one CROSS JOIN title_given g ON g.speaker = one.id
             JOIN operation o ON o.id = g.operation AND o.undone_by IS NULL
             WHERE lower(g.title) = lower(?2) AND g.gone = 0",
        )?;
        let found = statement.query_map(params![speaker, title], |row| {
            let id = row.get(1)?;
            Ok(if row.get::<_, i64>(0)? == 0 { Removed::Title(id) } else { Removed::TitleGiven(id) })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

/// What a person corrected of an article.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Amended {
    /// title, outlet, byline, published, url, updated, archive.
    pub field: String,
    /// As it was read; nothing where it had none.
    pub read: Option<String>,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
}

impl Store {
    /// Returns what persons corrected of an article, oldest first; what was taken back is left out.
    pub fn amended(&self, article: ArticleId) -> Result<Vec<Amended>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT e.field, CASE e.field WHEN 'title' THEN r.title WHEN 'outlet' THEN r.outlet WHEN 'byline' THEN r.byline
                                          WHEN 'url' THEN r.url WHEN 'updated' THEN r.updated
                                          WHEN 'archive' THEN r.archive ELSE r.published END, o.person, o.at
             FROM article_edit e JOIN operation o ON o.id = e.operation AND o.undone_by IS NULL
             JOIN article_reading r ON r.article = e.article WHERE e.article = ?1 ORDER BY e.id",
        )?;
        let rows = statement.query_map([article], |row| {
            Ok(Amended { field: row.get(0)?, read: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
