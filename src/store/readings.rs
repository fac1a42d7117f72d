//! What the relation model said of pairs of claims, and which articles it has read: kept, so that nothing is read twice.

use super::error::Result;
use super::id::{ArticleId, ClaimId, OperationId};
use super::{Store, Writer, to_json};
use rusqlite::params;

/// A pair with the log-odds of opposed, same and neither, up to a constant; the lower id first.
pub type PairReading = (ClaimId, ClaimId, [f32; 3]);

impl Writer<'_> {
    /// Keeps what a model said of a pair; what is there already stays.
    pub fn add_pair_reading(&self, model: &str, &(one, other, [opposed, same, neither]): &PairReading) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO pair_reading (one, other, model, opposed, same, neither) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (one, other, model) DO NOTHING",
            )?
            .execute(params![one, other, model, opposed, same, neither])?;
        Ok(())
    }
}

impl Writer<'_> {
    /// Notes that an article was read together with those before it.
    pub fn note_article_read(&self, article: ArticleId, model: &str) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO article_read (article, model) VALUES (?1, ?2)
                 ON CONFLICT (article) DO UPDATE SET model = excluded.model",
            )?
            .execute(params![article, model])?;
        Ok(())
    }

    /// Forgets that the articles of some claims were read: they have claims that were not there then.
    pub fn forget_articles_read(&self, claims: &[u64]) -> Result<()> {
        self.0
            .prepare_cached(
                "DELETE FROM article_read
                 WHERE article IN (SELECT c.article FROM json_each(?1) w JOIN claim c ON c.id = w.value)",
            )?
            .execute([to_json(&claims)?])?;
        Ok(())
    }
}

/// An article that waits to be read together with those before it, and the load that brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    pub article: ArticleId,
    pub operation: OperationId,
}

impl Store {
    /// Returns the articles on the desk that a model has not read, in the order they came.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn articles_unread(&self, model: &str) -> Result<Vec<Unread>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, max(o.id) FROM article a
             CROSS JOIN article_load l ON l.article = a.id CROSS JOIN operation o ON o.id = l.operation AND o.undone_by IS NULL
             WHERE a.live = 1 AND NOT EXISTS (SELECT 1 FROM article_read r WHERE r.article = a.id AND r.model = ?1)
             GROUP BY a.id ORDER BY a.id",
        )?;
        let rows = statement.query_map([model], |row| Ok(Unread { article: row.get(0)?, operation: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns all that a model said.
    ///
    /// # Errors
    /// [`StoreError`](super::StoreError) when the database fails.
    pub fn pair_readings(&self, model: &str) -> Result<Vec<PairReading>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT one, other, opposed, same, neither FROM pair_reading WHERE model = ?1")?;
        let rows = statement
            .query_map([model], |row| Ok((row.get(0)?, row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?])))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
