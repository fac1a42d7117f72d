//! Stories: a name, and what belongs to it, whole articles or single claims. What was taken out can be put in again.

use super::error::{Result, StoreError};
use super::id::{ArticleId, ClaimId, OperationId, StoryId};
use super::rows::{Named, StoryRow};
use super::stored::name_of;
use super::{Store, Writer, fold, json};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// What can belong to a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    Article(ArticleId),
    Claim(ClaimId),
}

/// Whether something is put into a story or taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Membership {
    Add,
    Remove,
}

/// What a person says of a story; empty where they said nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct StoryWords {
    pub title: String,
    pub summary: String,
}

impl Writer<'_> {
    /// Makes a new story.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the name is empty or in use.
    pub fn add_story(&self, name: &str, operation: OperationId) -> Result<StoryId> {
        let folded = fold(name);
        if folded.is_empty() || name.parse::<StoryId>().is_ok() {
            return Err(StoreError::Refused(format!(
                "invalid story name `{name}`: it needs letters and cannot look like an id"
            )));
        }
        if let Some(id) = story_of(self.0, &folded)? {
            return Err(StoreError::Refused(format!("there is a story `{name}` already: {id}")));
        }
        self.0.prepare_cached("INSERT INTO story (name, fold, operation) VALUES (?1, ?2, ?3)")?.execute(params![
            name.trim(),
            folded,
            operation
        ])?;
        Ok(StoryId(self.0.last_insert_rowid()))
    }

    /// Keeps what a person says of a story.
    pub fn describe_story(&self, story: StoryId, words: &StoryWords, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO story_words (story, title, summary, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![story, words.title, words.summary, operation])?;
        Ok(())
    }

    /// Puts things into a story or takes them out.
    pub fn change_story(
        &self,
        story: StoryId,
        membership: Membership,
        members: &[Member],
        operation: OperationId,
    ) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO story_member (story, article, claim, act, operation, current) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        )?;
        for member in members {
            let (article, claim) = match member {
                Member::Article(article) => (Some(article), None),
                Member::Claim(claim) => (None, Some(claim)),
            };
            statement.execute(params![story, article, claim, name_of(&membership), operation])?;
        }
        self.refresh(operation)
    }

    /// Puts all of a story into another, whose part it is from then on; what was taken out of it is no member of either.
    pub fn merge_story(&self, story: StoryId, into: StoryId, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO story_member (story, article, claim, act, operation, current)
                 SELECT ?2, m.article, m.claim, 'add', ?3, 0 FROM story_member m
                 WHERE m.story = ?1 AND m.current = 1 AND m.act = 'add' ORDER BY m.id",
            )?
            .execute(params![story, into, operation])?;
        // A claim that was taken out of an article of the story stays out, unless the other story has it.
        self.0
            .prepare_cached(
                "INSERT INTO story_member (story, claim, act, operation, current)
                 SELECT ?2, m.claim, 'remove', ?3, 0 FROM story_member m
                 WHERE m.story = ?1 AND m.current = 1 AND m.act = 'remove' AND m.claim IS NOT NULL
                 AND m.claim NOT IN (SELECT claim FROM story_claim WHERE story = ?2) ORDER BY m.id",
            )?
            .execute(params![story, into, operation])?;
        self.0
            .prepare_cached(
                "INSERT INTO story_member (story, article, claim, act, operation, current)
                 SELECT m.story, m.article, m.claim, 'remove', ?2, 0 FROM story_member m
                 WHERE m.story = ?1 AND m.current = 1 AND m.act = 'add' ORDER BY m.id",
            )?
            .execute(params![story, operation])?;
        self.0
            .prepare_cached("INSERT INTO story_merge (story, into_story, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![story, into, operation])?;
        self.refresh(operation)
    }

    /// Returns the one story meant by a name or an id.
    ///
    /// # Errors
    /// As [`Store::story_named`].
    pub fn story_named(&self, name: &str) -> Result<Named<StoryId>> {
        story_named(self.0, name)
    }
}

impl Store {
    /// Returns what a person says of a story.
    pub fn story_words(&self, story: StoryId) -> Result<StoryWords> {
        let mut statement = self.connection.prepare_cached(
            "SELECT w.title, w.summary FROM story_words w JOIN operation o ON o.id = w.operation
             WHERE w.story = ?1 AND o.undone_by IS NULL ORDER BY w.id DESC LIMIT 1",
        )?;
        let words = statement
            .query_row([story], |row| Ok(StoryWords { title: row.get(0)?, summary: row.get(1)? }))
            .optional()?;
        Ok(words.unwrap_or_default())
    }

    /// Returns what a person took out of a story, or said not to belong to it.
    pub fn refused(&self, story: StoryId) -> Result<Vec<Member>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT article, claim FROM story_member WHERE story = ?1 AND current = 1 AND act = 'remove'
             AND (claim IS NULL OR claim NOT IN (SELECT claim FROM story_claim WHERE story = ?1)) ORDER BY id",
        )?;
        let rows = statement.query_map([story], |row| {
            Ok(match row.get::<_, Option<ArticleId>>(0)? {
                Some(article) => Member::Article(article),
                None => Member::Claim(row.get(1)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the stories, in the order they were made.
    pub fn stories(&self) -> Result<Vec<StoryRow>> {
        let mut statement = self.connection.prepare_cached(
            "WITH inside AS MATERIALIZED (
                 SELECT n.story, c.id, c.article, c.day
                 FROM story_claim n CROSS JOIN claim c ON c.id = n.claim AND c.live = 1),
             held AS MATERIALIZED (
                 SELECT story, article FROM inside WHERE article IS NOT NULL
                 UNION
                 SELECT m.story, a.id FROM story_member m CROSS JOIN article a ON a.id = m.article AND a.live = 1
                 WHERE m.current = 1 AND m.act = 'add')
             SELECT s.id, s.name,
                    (SELECT json_group_array('a' || h.article ORDER BY h.article) FROM held h WHERE h.story = s.id) AS articles,
                    count(i.id) AS claims, ifnull(min(nullif(i.day, '')), '') AS first, ifnull(max(i.day), '') AS last
             FROM story s JOIN operation o ON o.id = s.operation LEFT JOIN inside i ON i.story = s.id
             WHERE o.undone_by IS NULL AND s.id NOT IN (SELECT story FROM story_merged) GROUP BY s.id ORDER BY s.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(StoryRow {
                id: row.get("id")?,
                name: row.get("name")?,
                articles: json(row, "articles")?,
                claims: row.get::<_, i64>("claims")?.unsigned_abs() as usize,
                first: row.get("first")?,
                last: row.get("last")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the one story meant by a name or an id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`], [`StoreError::NoSuchId`], or [`StoreError::Ambiguous`] with the choices.
    pub fn story_named(&self, name: &str) -> Result<Named<StoryId>> {
        story_named(&self.connection, name)
    }
}

fn story_of(connection: &Connection, folded: &str) -> Result<Option<StoryId>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id FROM story s JOIN operation o ON o.id = s.operation WHERE s.fold = ?1 AND o.undone_by IS NULL
         AND s.id NOT IN (SELECT story FROM story_merged)",
    )?;
    Ok(statement.query_row([folded], |row| row.get(0)).optional()?)
}

fn story_named(connection: &Connection, name: &str) -> Result<Named<StoryId>> {
    let ids = super::names::stories(connection, name)?;
    let mut statement = connection.prepare_cached("SELECT id, name FROM story WHERE id = ?1")?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids.iter().filter_map(serde_json::Value::as_i64) {
        found.push(statement.query_row([id], |row| Ok(Named { id: row.get(0)?, name: row.get(1)? }))?);
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        _ => {
            let choices = found.iter().map(|named: &Named<StoryId>| format!("{} {}", named.id, named.name)).collect();
            Err(StoreError::Ambiguous { what: "story", name: name.to_owned(), choices })
        }
    }
}

impl std::fmt::Display for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Article(id) => id.fmt(f),
            Self::Claim(id) => id.fmt(f),
        }
    }
}
