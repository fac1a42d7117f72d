//! What a timeline is drawn from: of each claim its day, its row and how it stands to earlier ones, nothing more.

use super::error::Result;
use super::few::{Asked, Few, asked};
use super::filter::Filter;
use super::id::ClaimId;
use super::select::Bound;
use super::{Store, date};
use crate::date::Date;
use rusqlite::ToSql;

/// A claim as a timeline draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub claim: ClaimId,
    /// The speaker, or the story, whose row it stands in.
    pub row: String,
    pub date: Option<Date>,
    /// 0 a claim, 1 a repeat, 2 an update, 3 a contradiction of an earlier claim; rejected ones do not count.
    pub weight: u8,
    pub judged: Judged,
}

/// Whether a person judged a claim, and whether readers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    Not,
    InDraft,
    Published,
}

/// What the rows of a timeline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Speakers,
    Stories,
}

macro_rules! marks {
    ($row:literal, $from:literal) => {
        asked!(
            concat!(
            "SELECT c.id AS id, ",
            $row,
            " AS row, ifnull(c.said, c.published) AS date,
                    ifnull((SELECT max(CASE r.kind WHEN 'contradiction' THEN 3 WHEN 'update' THEN 2
                                                   WHEN 'repeat' THEN 1 WHEN 'reworded' THEN 1 ELSE 0 END)
                            FROM relation r JOIN claim e ON e.id = r.earlier AND e.live = 1
                            JOIN relation_status t ON t.relation = r.id AND t.status <> 'rejected'
                            WHERE r.later = c.id AND r.syndicated = 0), 0) AS weight,
                    (SELECT iif(count(*) = 0, 0, iif(max(EXISTS (
                         SELECT 1 FROM verdict_state s JOIN operation p ON p.id = s.operation AND p.undone_by IS NULL
                         WHERE s.verdict = v.id AND s.state IN ('published', 'corrected'))), 2, 1))
                     FROM verdict v JOIN operation g ON g.id = v.operation AND g.undone_by IS NULL
                     WHERE v.claim = c.id) AS judged"
            ),
            $from,
            " ORDER BY c.day DESC, c.id DESC LIMIT :limit"
        )
    };
}

const BY_SPEAKER: Asked = marks!(
    "ifnull(s.name, c.source_words)",
    "LEFT JOIN speaker raw ON raw.id = c.speaker LEFT JOIN speaker s ON s.id = ifnull(raw.merged_into, raw.id)"
);
const BY_STORY: Asked = marks!(
    "s.name",
    "JOIN story_claim n ON n.claim = c.id JOIN story s ON s.id = n.story
     JOIN operation o ON o.id = s.operation AND o.undone_by IS NULL"
);

impl Store {
    /// Returns the claims that pass a filter as a timeline draws them, newest first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`](super::StoreError::NoSuchName) when the filter names somebody who is not there.
    pub fn marks(&self, filter: &Filter, rows: Rows) -> Result<Vec<Marked>> {
        let bound = Bound::new(&self.connection, filter)?;
        let few = Few::of(&self.connection, &bound)?;
        let mut parameters = few.parameters(&bound);
        parameters.push((":limit", &bound.limit as &dyn ToSql));
        let mut statement = self.connection.prepare_cached(few.choose(match rows {
            Rows::Speakers => BY_SPEAKER,
            Rows::Stories => BY_STORY,
        }))?;
        let found = statement.query_map(&parameters[..], |row| {
            Ok(Marked {
                claim: row.get("id")?,
                row: row.get("row")?,
                date: date(row, "date")?,
                weight: row.get("weight")?,
                judged: match row.get("judged")? {
                    0 => Judged::Not,
                    1 => Judged::InDraft,
                    _ => Judged::Published,
                },
            })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}
