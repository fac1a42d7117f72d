//! Articles: kept as they were loaded. The same words are one article, other words under the same name a revision.

use super::error::{Result, StoreError};
use super::few::{Asked, Few, asked};
use super::filter::{Filter, Order};
use super::id::{ArticleId, OperationId};
use super::rows::{ArticleRow, ArticleText};
use super::select::Bound;
use super::{Store, Writer, date, day, json, to_json};
use crate::article::{Article, Moment, address};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use std::collections::BTreeMap;

/// An article of the same words that is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    pub id: ArticleId,
    /// `false` when every load of it was taken back.
    pub live: bool,
    /// Nothing says when it was published.
    pub undated: bool,
    /// Nothing says where.
    pub without_outlet: bool,
}

impl Writer<'_> {
    /// Returns the article with the same words, if it is stored.
    pub fn twin(&self, hash: &str) -> Result<Option<Twin>> {
        twin(self.0, hash)
    }

    /// Stores a new article.
    pub fn add_article(
        &self,
        article: &Article,
        path: &str,
        reader: &str,
        revises: Option<ArticleId>,
    ) -> Result<ArticleId> {
        let warnings: Vec<&str> = article.warnings.iter().map(|warning| warning.0.as_str()).collect();
        self.0
            .prepare_cached(
                "INSERT INTO article (hash, text, blocks, title, outlet, byline, dateline, published, day, url, language,
                                      path, reader, warnings, revises, live, address,
                                      updated)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 1, ?16, ?17)",
            )?
            .execute(params![
                article.hash,
                article.text.as_str(),
                to_json(&article.blocks)?,
                article.title,
                article.outlet,
                article.byline,
                article.dateline,
                article.published.map(|date| date.to_string()),
                day(article.published),
                article.url,
                article.language,
                path,
                reader,
                to_json(&warnings)?,
                revises,
                article.url.as_deref().and_then(address::plain),
                article.updated.as_ref().map(|moment| &moment.written),
            ])?;
        Ok(ArticleId(self.0.last_insert_rowid()))
    }

    /// Notes that an operation put an article on the desk, and brings it back when it had been taken away.
    pub fn load_article(&self, article: ArticleId, operation: OperationId, twin: Option<Twin>) -> Result<()> {
        self.0
            .prepare_cached("INSERT OR IGNORE INTO article_load (article, operation) VALUES (?1, ?2)")?
            .execute(params![article, operation])?;
        if twin.is_some() { self.refresh(operation) } else { Ok(()) }
    }
}

fn twin(connection: &Connection, hash: &str) -> Result<Option<Twin>> {
    let mut statement =
        connection.prepare_cached("SELECT id, live, published IS NULL, outlet IS NULL FROM article WHERE hash = ?1")?;
    let twin = |row: &Row<'_>| {
        Ok(Twin { id: row.get(0)?, live: row.get(1)?, undated: row.get(2)?, without_outlet: row.get(3)? })
    };
    Ok(statement.query_row([hash], twin).optional()?)
}

/// The tests on an article `a`; `:among` narrows to the articles whose claims pass the rest of the filter.
macro_rules! article_tests {
    () => {
        "SELECT a.id FROM article a
         WHERE a.live = 1
         AND (:among IS NULL OR a.id IN (SELECT value FROM json_each(:among)))
         AND (:after IS NULL OR a.day >= :after)
         AND (:before IS NULL OR (a.day < :before AND a.day <> ''))
         AND (:articles IS NULL OR a.id IN (SELECT value FROM json_each(:articles)))
         AND (:not_articles IS NULL OR a.id NOT IN (SELECT value FROM json_each(:not_articles)))
         AND (:outlets IS NULL OR a.outlet IN (SELECT value FROM json_each(:outlets)))
         AND (:not_outlets IS NULL OR ifnull(a.outlet, '') NOT IN (SELECT value FROM json_each(:not_outlets)))
         AND (:text IS NULL OR a.id IN (SELECT rowid FROM article_words WHERE article_words MATCH :text))
         AND (:not_text IS NULL OR a.id NOT IN (SELECT rowid FROM article_words WHERE article_words MATCH :not_text))
         AND (:not_on IS NULL OR NOT EXISTS (
              SELECT 1 FROM json_each(:not_on) n WHERE a.day >= n.value ->> 0 AND a.day < n.value ->> 1))
         AND (:stories IS NULL OR a.id IN (
              SELECT m.article FROM story_member m WHERE m.current = 1 AND m.act = 'add'
              AND m.story IN (SELECT value FROM json_each(:stories))
              UNION SELECT c.article FROM story_claim s JOIN claim c ON c.id = s.claim
              WHERE s.story IN (SELECT value FROM json_each(:stories))))
         AND (:not_stories IS NULL OR a.id NOT IN (
              SELECT c.article FROM story_claim s JOIN claim c ON c.id = s.claim
              WHERE c.article IS NOT NULL AND s.story IN (SELECT value FROM json_each(:not_stories))))
         AND (:tags IS NULL OR a.id IN (
              SELECT ifnull(t.article, c.article) FROM tag t LEFT JOIN claim c ON c.id = t.claim
              WHERE t.current = 1 AND t.act = 'add' AND t.fold IN (SELECT value FROM json_each(:tags))))
         AND (:not_tags IS NULL OR a.id NOT IN (
              SELECT t.article FROM tag t WHERE t.article IS NOT NULL AND t.current = 1 AND t.act = 'add'
              AND t.fold IN (SELECT value FROM json_each(:not_tags))))"
    };
}

const OLDEST: &str = concat!(article_tests!(), " ORDER BY a.day, a.id LIMIT :limit");
const NEWEST: &str = concat!(article_tests!(), " ORDER BY a.day DESC, a.id DESC LIMIT :limit");
/// The articles whose claims pass the tests on claims.
const OF_CLAIMS: Asked = asked!("SELECT json_group_array(DISTINCT c.article)", "", " AND c.article IS NOT NULL");

/// An article, and what of it a list does not show.
macro_rules! by_id {
    ($more:literal) => {
        concat!(
            "SELECT a.id, a.title, a.outlet, a.byline, a.dateline, a.published, a.updated, a.url, a.archive, a.address,
                    a.language, a.path, a.hash, a.reader, a.warnings, a.revises,
                    (SELECT count(*) FROM claim c WHERE c.article = a.id AND c.live = 1),
                    (SELECT json_group_array(json_object('id', 's' || s.id, 'name', s.name))
                     FROM story_member m JOIN story s ON s.id = m.story JOIN operation o ON o.id = s.operation
                     WHERE m.article = a.id AND m.current = 1 AND m.act = 'add' AND o.undone_by IS NULL),
                    (SELECT json_group_array(DISTINCT t.name ORDER BY t.name) FROM tag t
                     WHERE t.article = a.id AND t.current = 1 AND t.act = 'add')",
            $more,
            " FROM json_each(?1) wanted CROSS JOIN article a ON a.id = wanted.value ORDER BY wanted.key"
        )
    };
}

const BY_ID: &str = by_id!("");
const WITH_TEXT: &str = by_id!(", a.text, a.blocks");

impl Store {
    /// Returns when each live article came onto the desk: RFC 3339, UTC.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn loaded(&self) -> Result<BTreeMap<ArticleId, String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT l.article, min(o.at) FROM article_load l JOIN operation o ON o.id = l.operation
             WHERE o.undone_by IS NULL GROUP BY l.article",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the article with the same words, if it is stored.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn twin(&self, hash: &str) -> Result<Option<Twin>> {
        twin(&self.connection, hash)
    }

    /// Returns the articles that a filter lets through, by day.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] when the filter names somebody who is not there.
    pub fn articles(&self, filter: &Filter) -> Result<Vec<ArticleRow>> {
        self.articles_by_id(&article_ids(&self.connection, filter)?)
    }

    /// Returns articles in the order of the ids given; unknown ids are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn articles_by_id(&self, ids: &[ArticleId]) -> Result<Vec<ArticleRow>> {
        let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut statement = self.connection.prepare_cached(BY_ID)?;
        let rows = statement.query_map([to_json(&numbers)?], row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns one article that is on the desk, with its text.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`], and [`StoreError::Refused`] for one whose load was undone.
    pub fn article_on_desk(&self, id: ArticleId) -> Result<ArticleText> {
        let found = self.article(id)?;
        let mut statement = self.connection.prepare_cached("SELECT live FROM article WHERE id = ?1")?;
        if statement.query_row([id], |row| row.get(0))? {
            return Ok(found);
        }
        Err(StoreError::Refused(format!(
            "{id} is not on the desk: it was dropped or its loading undone; load it again, or `log` tells what to undo"
        )))
    }

    /// Returns one article with its text, whether it is live or taken back.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn article(&self, id: ArticleId) -> Result<ArticleText> {
        let mut statement = self.connection.prepare_cached(WITH_TEXT)?;
        let found = statement
            .query_row([to_json(&[id.0])?], |found| {
                Ok(ArticleText { article: row(found)?, text: found.get("text")?, blocks: json(found, "blocks")? })
            })
            .optional()?;
        found.ok_or_else(|| StoreError::NoSuchId { what: ArticleId::WHAT, id: id.to_string() })
    }
}

fn article_ids(connection: &Connection, filter: &Filter) -> Result<Vec<ArticleId>> {
    let bound = Bound::new(connection, filter)?;
    let among = if bound.asks_claims() { Some(of_claims(connection, &bound)?) } else { None };
    let mut statement = connection.prepare_cached(if filter.order == Order::Oldest { OLDEST } else { NEWEST })?;
    let parameters: [(&str, &dyn ToSql); 15] = [
        (":among", &among),
        (":after", &bound.after),
        (":before", &bound.before),
        (":articles", &bound.articles.is),
        (":not_articles", &bound.articles.not),
        (":outlets", &bound.outlets.is),
        (":not_outlets", &bound.outlets.not),
        (":text", &bound.text.is),
        (":not_text", &bound.text.not),
        (":not_on", &bound.not_on.is),
        (":stories", &bound.stories.is),
        (":not_stories", &bound.stories.not),
        (":tags", &bound.tags.is),
        (":not_tags", &bound.tags.not),
        (":limit", &bound.limit),
    ];
    let ids = statement.query_map(&parameters[..], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Returns, as a JSON list, the articles with a claim that passes the tests on claims; words are left to the articles.
fn of_claims(connection: &Connection, bound: &Bound) -> Result<String> {
    let mut claims = bound.clone();
    (claims.text, claims.after, claims.before, claims.not_on) = Default::default();
    let few = Few::of(connection, &claims)?;
    let mut statement = connection.prepare_cached(few.choose(OF_CLAIMS))?;
    Ok(statement.query_row(&few.parameters(&claims)[..], |row| row.get(0))?)
}

/// By place and not by name: a report reads all articles of a desk.
fn row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: row.get(0)?,
        title: row.get(1)?,
        outlet: row.get(2)?,
        byline: row.get(3)?,
        dateline: row.get(4)?,
        published: date(row, 5)?,
        updated: row.get::<_, Option<String>>(6)?.as_deref().and_then(Moment::read),
        url: row.get(7)?,
        archive: row.get(8)?,
        address: row.get(9)?,
        language: row.get(10)?,
        path: row.get(11)?,
        hash: row.get(12)?,
        reader: row.get(13)?,
        warnings: json(row, 14)?,
        revises: row.get(15)?,
        claims: row.get::<_, i64>(16)?.unsigned_abs() as usize,
        stories: json(row, 17)?,
        tags: json(row, 18)?,
    })
}
