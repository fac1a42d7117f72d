//! Which articles may be or are versions of one another, and when each came.

use super::error::Result;
use super::id::{ArticleId, OperationId};
use super::{Store, Writer};
use crate::article::formats::PLAIN;
use crate::article::{Article, Block, Moment, address};
use crate::date::Date;
use crate::revision::{Updated, When, sorted};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// A live article that another may be a later version of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    pub id: ArticleId,
    pub path: String,
    pub text: String,
    pub blocks: Vec<Block>,
    pub published: Option<Date>,
    /// The address is the same; otherwise outlet and title are.
    pub same_address: bool,
}

/// An article that has another version, and when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    pub id: ArticleId,
    pub revises: Option<ArticleId>,
    /// `false` when every load of it was taken back.
    pub live: bool,
    /// When it says that it was last changed.
    pub updated: Option<Moment>,
    pub published: Option<Date>,
    /// The format that it was read from, where that is known.
    pub format: Option<String>,
    /// When it came onto the desk: RFC 3339, UTC.
    pub loaded: String,
    /// When it was fetched, where it was.
    pub fetched: Option<String>,
}

impl Came {
    /// Returns what tells its age.
    pub fn when(&self) -> When<'_> {
        let tells =
            self.format.as_deref().and_then(|format| format.rsplit('/').next()).is_some_and(|format| format != PLAIN);
        let untold = if tells { Updated::Never } else { Updated::Unsaid };
        When {
            updated: self.updated.as_ref().map_or(untold, Updated::At),
            published: self.published,
            fetched: self.fetched.as_deref(),
            loaded: &self.loaded,
        }
    }
}

/// An address at which the words of an article stand too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherAddress {
    /// That of the article, where it has one.
    pub own: Option<String>,
    pub other: String,
}

/// So many articles of one address, or of one outlet and title, are looked at, the newest.
const MOST: usize = 20;

impl Writer<'_> {
    /// Keeps a further address of an article, unless it is known.
    pub fn add_address(&self, article: ArticleId, url: &str, operation: OperationId) -> Result<()> {
        let Some(address) = address::plain(url) else { return Ok(()) };
        self.0
            .prepare_cached("INSERT INTO article_also (article, url, address, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![article, url, address, operation])?;
        Ok(())
    }

    /// Returns an address that leads to another page than those of an article, and its own; nothing where it is known.
    pub fn other_address(&self, article: ArticleId, url: &str) -> Result<Option<OtherAddress>> {
        let Some(plain) = address::plain(url) else { return Ok(None) };
        let mut statement = self.0.prepare_cached(
            "SELECT a.url FROM article a WHERE a.id = ?1 AND a.address IS NOT ?2 AND NOT EXISTS (
                 SELECT 1 FROM article_also l JOIN operation o ON o.id = l.operation AND o.undone_by IS NULL
                 WHERE l.article = a.id AND l.address = ?2)",
        )?;
        let own = statement.query_row(params![article, plain], |row| row.get(0)).optional()?;
        Ok(own.map(|own| OtherAddress { own, other: url.to_owned() }))
    }

    /// Returns live articles of the same address, or of the same outlet and title, the newest first.
    pub fn kin(&self, article: &Article) -> Result<Vec<Kin>> {
        kin(self.0, article)
    }
}

impl Store {
    /// Returns live articles of the same address, or of the same outlet and title, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kin(&self, article: &Article) -> Result<Vec<Kin>> {
        kin(&self.connection, article)
    }

    /// Returns the further addresses at which an article's words were found.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn also_at(&self, article: ArticleId) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT l.url FROM article_also l JOIN operation o ON o.id = l.operation AND o.undone_by IS NULL
             WHERE l.article = ?1 ORDER BY l.id",
        )?;
        Ok(statement.query_map([article], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns every article that revises another or is revised by one, by id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn versions(&self) -> Result<Vec<Came>> {
        versions(&self.connection)
    }
}

pub(super) fn versions(connection: &Connection) -> Result<Vec<Came>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.revises, a.live,
                ifnull((SELECT min(o.at) FROM article_load l JOIN operation o ON o.id = l.operation
                        WHERE l.article = a.id AND (o.undone_by IS NULL OR a.live = 0)), ''),
                (SELECT f.at FROM article_fetch f WHERE f.article = a.id),
                a.updated, a.published, (SELECT o.format FROM article_original o WHERE o.article = a.id)
         FROM article a WHERE a.id IN (SELECT id FROM article WHERE revises IS NOT NULL
                                       UNION ALL SELECT revises FROM article WHERE revises IS NOT NULL)
         ORDER BY a.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Came {
            id: row.get(0)?,
            revises: row.get(1)?,
            live: row.get(2)?,
            loaded: row.get(3)?,
            fetched: row.get(4)?,
            updated: row.get::<_, Option<String>>(5)?.as_deref().and_then(Moment::read),
            published: super::date(row, "published")?,
            format: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Gathers the live versions of each article, the earliest first.
pub fn families(all: Vec<Came>) -> Vec<Vec<Came>> {
    let revises: BTreeMap<ArticleId, ArticleId> =
        all.iter().filter_map(|came| Some((came.id, came.revises?))).collect();
    let mut families: BTreeMap<ArticleId, Vec<Came>> = BTreeMap::new();
    for came in all {
        let mut first = came.id;
        // A version revises one that came before it; anything else in a damaged database ends the walk.
        while let Some(earlier) = revises.get(&first).filter(|earlier| **earlier < first) {
            first = *earlier;
        }
        families.entry(first).or_default().push(came);
    }
    let mut out = Vec::new();
    for mut family in families.into_values() {
        family.retain(|came| came.live);
        if family.len() > 1 {
            let places = sorted(&family.iter().map(Came::when).collect::<Vec<_>>());
            out.push(places.into_iter().map(|place| family[place].clone()).collect());
        }
    }
    out
}

fn kin(connection: &Connection, article: &Article) -> Result<Vec<Kin>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.path, a.text, a.published, max(k.same), a.blocks FROM (
             SELECT id, 1 AS same FROM article WHERE url = ?1 AND live = 1
             UNION ALL
             SELECT id, 1 FROM article WHERE address = ?4 AND live = 1
             UNION ALL
             SELECT l.article, 1 FROM article_also l JOIN operation o ON o.id = l.operation AND o.undone_by IS NULL
             JOIN article b ON b.id = l.article AND b.live = 1 WHERE l.address = ?4
             UNION ALL
             SELECT id, 0 FROM article WHERE title = ?2 AND outlet = ?3 AND live = 1) k
         JOIN article a ON a.id = k.id GROUP BY a.id ORDER BY a.id DESC LIMIT ?5",
    )?;
    let address = article.url.as_deref().and_then(address::plain);
    let found =
        statement.query_map(params![article.url, article.title, article.outlet, address, MOST as i64], |row| {
            Ok(Kin {
                id: row.get(0)?,
                path: row.get(1)?,
                text: row.get(2)?,
                published: super::date(row, "published")?,
                same_address: row.get(4)?,
                blocks: super::json(row, 5)?,
            })
        })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_gathered_through_those_that_were_taken_back() {
        let came = |id, revises: Option<i64>, live, fetched: Option<&str>| Came {
            id: ArticleId(id),
            revises: revises.map(ArticleId),
            live,
            loaded: String::new(),
            fetched: fetched.map(str::to_owned),
            updated: None,
            published: None,
            format: None,
        };
        let ids = |all| {
            let families: Vec<Vec<Came>> = families(all);
            families.iter().map(|family| family.iter().map(|one| one.id.0).collect()).collect::<Vec<Vec<i64>>>()
        };
        assert_eq!(
            ids(vec![came(1, None, true, None), came(2, Some(1), false, None), came(5, Some(2), true, None)]),
            [[1, 5]]
        );
        assert_eq!(
            ids(vec![came(1, None, true, Some("2024-05-04")), came(2, Some(1), true, Some("2024-05-03"))]),
            [[2, 1]]
        );
        assert!(ids(vec![came(1, None, true, None), came(2, Some(1), false, None)]).is_empty());
    }
}
