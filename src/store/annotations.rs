//! Tags, notes and saved filters: what a person writes beside articles and claims. Nothing of it is overwritten; the last
//! act in effect counts.

use super::error::{Result, StoreError};
use super::id::{AnyId, ArticleId, ClaimId, NoteId, OperationId};
use super::rows::{NoteRow, SavedFilter, TagRow};
use super::stored::name_of;
use super::stories::{Member, Membership};
use super::{Store, Writer, fold, plain};
use rusqlite::{Connection, OptionalExtension, params};

impl Writer<'_> {
    /// Puts a tag on articles and claims, or takes it off.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for a name without a letter or digit.
    pub fn tag(&self, name: &str, act: Membership, members: &[Member], operation: OperationId) -> Result<()> {
        let folded = fold(name);
        if folded.is_empty() {
            return Err(StoreError::Refused(format!("invalid tag `{name}`: it needs letters or digits")));
        }
        let mut statement = self.0.prepare_cached(
            "INSERT INTO tag (name, fold, article, claim, act, operation, current) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
        )?;
        for member in members {
            let (article, claim): (Option<&ArticleId>, Option<&ClaimId>) = match member {
                Member::Article(article) => (Some(article), None),
                Member::Claim(claim) => (None, Some(claim)),
            };
            statement.execute(params![name.trim(), folded, article, claim, name_of(&act), operation])?;
        }
        self.refresh(operation)
    }

    /// Writes a note about anything that has an id; one that replaces another stands in its place, and takes it away when
    /// it has no words.
    pub fn note(&self, about: AnyId, words: &str, replaces: Option<NoteId>, operation: OperationId) -> Result<NoteId> {
        self.0
            .prepare_cached("INSERT INTO note (about, words, replaces, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![about.to_string(), words, replaces, operation])?;
        Ok(NoteId(self.0.last_insert_rowid()))
    }

    /// Gives a filter a name; without words the name is forgotten.
    pub fn save_filter(&self, name: &str, words: &str, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO saved_filter (name, fold, words, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![name.trim(), fold(name), words, operation])?;
        Ok(())
    }

    /// Returns one note in effect.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn note_row(&self, id: NoteId) -> Result<NoteRow> {
        note(self.0, id)
    }
}

/// The notes in effect: not replaced by another in effect, and not without words.
macro_rules! notes_in_effect {
    ($which:literal) => {
        concat!(
            "SELECT n.id, n.about, n.words, o.person, o.at FROM note n
             JOIN operation o ON o.id = n.operation AND o.undone_by IS NULL
             WHERE n.words <> '' AND NOT EXISTS (
                 SELECT 1 FROM note r JOIN operation p ON p.id = r.operation AND p.undone_by IS NULL
                 WHERE r.replaces = n.id)
             AND ",
            $which,
            " ORDER BY n.id"
        )
    };
}

impl Store {
    /// Returns the notes in effect, on everything or on one thing, oldest first.
    pub fn notes(&self, about: Option<AnyId>) -> Result<Vec<NoteRow>> {
        let about = about.map(|id| id.to_string());
        let mut statement = self.connection.prepare_cached(notes_in_effect!("(?1 IS NULL OR n.about = ?1)"))?;
        let rows = statement.query_map([about], note_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns one note in effect.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn note(&self, id: NoteId) -> Result<NoteRow> {
        note(&self.connection, id)
    }

    /// Returns the tags in use, each with the number of live articles and claims that carry it, by name.
    pub fn tags(&self) -> Result<Vec<TagRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT max(t.name), count(a.id), count(c.id) FROM tag t
             LEFT JOIN article a ON a.id = t.article AND a.live = 1 LEFT JOIN claim c ON c.id = t.claim AND c.live = 1
             WHERE t.current = 1 AND t.act = 'add' GROUP BY t.fold HAVING count(a.id) + count(c.id) > 0 ORDER BY t.fold",
        )?;
        let count =
            |row: &rusqlite::Row<'_>, column| Ok::<_, rusqlite::Error>(row.get::<_, i64>(column)?.unsigned_abs());
        let rows = statement.query_map([], |row| {
            Ok(TagRow { name: row.get(0)?, articles: count(row, 1)? as usize, claims: count(row, 2)? as usize })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the filters that have a name, by name.
    pub fn saved_filters(&self) -> Result<Vec<SavedFilter>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.name, f.words, o.person, o.at FROM saved_filter f JOIN operation o ON o.id = f.operation
             WHERE f.id IN (SELECT max(g.id) FROM saved_filter g JOIN operation p ON p.id = g.operation
                            WHERE p.undone_by IS NULL GROUP BY g.fold)
             AND f.words <> '' ORDER BY f.fold",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(SavedFilter { name: row.get(0)?, words: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the words of a filter by its name.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] with the nearest.
    pub fn saved_filter(&self, name: &str) -> Result<String> {
        let folded = plain(name);
        let all = self.saved_filters()?;
        let nearest = all.iter().map(|saved| saved.name.clone());
        let missing = StoreError::NoSuchName {
            what: "filter",
            name: name.to_owned(),
            nearest: super::filter::nearest(&folded, nearest.clone().collect::<Vec<_>>().iter().map(String::as_str))
                .into_iter()
                .collect(),
        };
        all.into_iter().find(|saved| plain(&saved.name) == folded).map(|saved| saved.words).ok_or(missing)
    }
}

fn note(connection: &Connection, id: NoteId) -> Result<NoteRow> {
    let mut statement = connection.prepare_cached(notes_in_effect!("n.id = ?1"))?;
    let found = statement.query_row([id], note_row).optional()?;
    found.ok_or_else(|| StoreError::NoSuchId { what: NoteId::WHAT, id: id.to_string() })
}

fn note_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<NoteRow> {
    Ok(NoteRow { id: row.get(0)?, about: row.get(1)?, words: row.get(2)?, by: row.get(3)?, at: row.get(4)? })
}
