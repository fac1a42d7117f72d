//! Articles read again: the claims that a later reading found, and which of the earlier ones a person has worked with.

use super::claims::NewClaim;
use super::error::Result;
use super::id::{ArticleId, ClaimId, OperationId};
use super::{Writer, json};
use crate::span::Spans;

/// A live claim of an article, as a later reading is compared with it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadBefore {
    pub id: ClaimId,
    pub content: Spans,
    pub cue: Spans,
    pub source: Option<Spans>,
    pub kind: String,
    /// The fullest name that the article gives the speaker, or empty.
    pub named: String,
    /// A person corrected, judged, tagged, noted or filed it, or decided on one of its relations.
    pub held: bool,
}

/// Tells whether a person has worked with a claim `c`.
macro_rules! held {
    () => {
        "EXISTS (SELECT 1 FROM claim_edit x JOIN operation o ON o.id = x.operation
                   WHERE x.claim = c.id AND o.undone_by IS NULL)
           OR EXISTS (SELECT 1 FROM claim_by_hand x WHERE x.claim = c.id)
           OR EXISTS (SELECT 1 FROM verdict x JOIN operation o ON o.id = x.operation
                      WHERE x.claim = c.id AND o.undone_by IS NULL)
           OR EXISTS (SELECT 1 FROM story_member x WHERE x.claim = c.id AND x.current = 1)
           OR EXISTS (SELECT 1 FROM tag x WHERE x.claim = c.id AND x.current = 1)
           OR EXISTS (SELECT 1 FROM note x JOIN operation o ON o.id = x.operation
                      WHERE x.about = 'c' || c.id AND o.undone_by IS NULL)
           OR EXISTS (SELECT 1 FROM relation r JOIN decision d ON d.relation = r.id AND d.current = 1
                      WHERE r.earlier = c.id)
           OR EXISTS (SELECT 1 FROM relation r JOIN decision d ON d.relation = r.id AND d.current = 1
                      WHERE r.later = c.id)"
    };
}
pub(super) use held;

const STANDING: &str = concat!(
    "SELECT c.id, c.content, c.cue, c.source, c.kind, c.named, ",
    held!(),
    " AS held FROM claim c WHERE c.article = ?1 AND c.live = 1 ORDER BY c.id"
);

impl Writer<'_> {
    /// Returns the live claims of an article in the order of their ids.
    pub fn standing(&self, article: ArticleId) -> Result<Vec<ReadBefore>> {
        let mut statement = self.0.prepare_cached(STANDING)?;
        let rows = statement.query_map([article], |row| {
            Ok(ReadBefore {
                id: row.get("id")?,
                content: json(row, "content")?,
                cue: json(row, "cue")?,
                source: row.get::<_, Option<String>>("source")?.and_then(|list| serde_json::from_str(&list).ok()),
                kind: row.get("kind")?,
                named: row.get("named")?,
                held: row.get("held")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Stores a claim that a later reading found; it is there while its operation is in effect.
    pub fn add_reread(&self, new: &NewClaim<'_>, operation: OperationId) -> Result<ClaimId> {
        let id = self.add_claim(new)?;
        self.0
            .prepare_cached("INSERT INTO claim_reread (claim, operation) VALUES (?1, ?2)")?
            .execute(rusqlite::params![id, operation])?;
        Ok(id)
    }
}
