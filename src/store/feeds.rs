//! Feeds by name: which are polled, and which of their entries are on the desk.

use super::error::{Result, StoreError};
use super::filter::nearest;
use super::id::{ArticleId, OperationId};
use super::{Store, Writer, fold, plain};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use std::collections::BTreeSet;

/// A feed with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedRow {
    pub name: String,
    pub address: String,
    /// Its entries that are on the desk.
    pub articles: usize,
    /// When it was last polled: RFC 3339, UTC.
    pub polled: Option<String>,
    /// What came of that, in words.
    pub outcome: Option<String>,
}

/// What is known of a feed from its last poll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedKnown {
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// The entries that are on the desk.
    pub entries: BTreeSet<String>,
    /// Whether entries that were on the desk were taken from it since.
    pub gaps: bool,
}

/// One poll of a feed.
#[derive(Debug, Clone, Default)]
pub struct FeedPoll {
    /// The address of the feed.
    pub feed: String,
    /// RFC 3339, UTC.
    pub at: String,
    pub etag: Option<String>,
    pub modified: Option<String>,
    pub outcome: String,
    /// The entries that are on the desk, each with its article.
    pub entries: Vec<(String, ArticleId)>,
}

impl Writer<'_> {
    /// Gives the address of a feed a name; an empty address removes the feed.
    pub fn save_feed(&self, name: &str, address: &str, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO feed (name, fold, address, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![name.trim(), fold(name), address, operation])?;
        Ok(())
    }

    /// Notes what came of a poll.
    pub fn note_poll(&self, poll: &FeedPoll) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO feed_poll (feed, at, etag, modified, outcome) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![poll.feed, poll.at, poll.etag, poll.modified, poll.outcome])?;
        let mut statement =
            self.0.prepare_cached("INSERT OR REPLACE INTO feed_entry (feed, entry, article) VALUES (?1, ?2, ?3)")?;
        for (entry, article) in &poll.entries {
            statement.execute(params![poll.feed, entry, article])?;
        }
        Ok(())
    }
}

impl Store {
    /// Returns the feeds, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn feeds(&self) -> Result<Vec<FeedRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.name, f.address, p.at, p.outcome,
                    (SELECT count(*) FROM feed_entry e JOIN article a ON a.id = e.article AND a.live = 1
                     WHERE e.feed = f.address)
             FROM feed f LEFT JOIN feed_poll p ON p.feed = f.address
             WHERE f.id IN (SELECT max(g.id) FROM feed g JOIN operation o ON o.id = g.operation
                            WHERE o.undone_by IS NULL GROUP BY g.fold)
             AND f.address <> '' ORDER BY f.fold",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(FeedRow {
                name: row.get(0)?,
                address: row.get(1)?,
                polled: row.get(2)?,
                outcome: row.get(3)?,
                articles: row.get::<_, i64>(4)?.unsigned_abs() as usize,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns a feed by its name or address.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] with the nearest.
    pub fn feed(&self, name: &str) -> Result<FeedRow> {
        let folded = plain(name);
        let all = self.feeds()?;
        if let Some(found) = all.iter().find(|feed| plain(&feed.name) == folded || feed.address == name) {
            return Ok(found.clone());
        }
        let names: Vec<&str> = all.iter().map(|feed| feed.name.as_str()).collect();
        let nearest = nearest(&folded, names.into_iter()).into_iter().collect();
        Err(StoreError::NoSuchName { what: "feed", name: name.to_owned(), nearest })
    }

    /// Returns what is known of the feed at an address.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn feed_known(&self, address: &str) -> Result<FeedKnown> {
        let mut poll = self.connection.prepare_cached("SELECT etag, modified FROM feed_poll WHERE feed = ?1")?;
        let told = poll.query_row([address], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (etag, modified) = told.unwrap_or_default();
        let mut known = FeedKnown { etag, modified, ..FeedKnown::default() };
        let mut statement = self.connection.prepare_cached(
            "SELECT e.entry, a.live OR EXISTS (
                     SELECT 1 FROM removal r JOIN operation o ON o.id = r.operation
                     WHERE r.what = 'article' AND r.target = a.id AND o.undone_by IS NULL)
             FROM feed_entry e JOIN article a ON a.id = e.article WHERE e.feed = ?1",
        )?;
        let mut rows = statement.query([address])?;
        while let Some(row) = rows.next()? {
            if row.get(1)? {
                known.entries.insert(row.get(0)?);
            } else {
                known.gaps = true;
            }
        }
        Ok(known)
    }

    /// Returns the newest article on the desk of an address, in the form in which addresses are compared.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn article_at(&self, address: &str) -> Result<Option<ArticleId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT max(id) FROM article WHERE address = ?1 AND live = 1")?;
        Ok(statement.query_row([address], |row| row.get(0))?)
    }
}
