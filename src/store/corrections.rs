//! Corrections by hand: what was read is kept, what a person says stands over it while its operation is in effect. The
//! words of a claim are never changed; other words make another claim.

use super::claims::{NewClaim, Resolved};
use super::error::Result;
use super::id::{ClaimId, OperationId, SpeakerId};
use super::rows::ClaimRow;
use super::stored::name_of;
use super::{Store, Writer, to_json};
use crate::attribution::{Kind, Status};
use crate::date::Date;
use rusqlite::{OptionalExtension, ToSql, params};

/// The reader of claims that a person wrote.
pub const HAND: &str = "hand";

/// What a person says of a claim instead of what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// `None`: nobody is named.
    Speaker(Option<SpeakerId>),
    Kind(Kind),
    /// Whether it was said; what was read is kept with the first correction of it.
    Status(Status),
    Said(Date),
    /// The date of its article was corrected, and this is what its own words mean then.
    Resolved(Option<Date>),
}

impl Writer<'_> {
    /// Corrects fields of claims; what hangs on them is computed once, after the last.
    pub fn correct(&self, corrections: &[(ClaimId, Correction)], operation: OperationId) -> Result<()> {
        for (claim, correction) in corrections {
            self.keep_correction(*claim, *correction, operation)?;
        }
        self.refresh(operation)
    }

    fn keep_correction(&self, claim: ClaimId, correction: Correction, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO claim_reading (claim, speaker, named, title, kind, said_written, said, day)
                 SELECT id, speaker, named, title, kind, said_written, said, day FROM claim WHERE id = ?1",
            )?
            .execute([claim])?;
        if let Correction::Status(_) = correction {
            self.0
                .prepare_cached(
                    "INSERT INTO claim_edit (claim, field, value, operation)
                     SELECT c.id, 'status_read', c.status, ?2 FROM claim c WHERE c.id = ?1 AND NOT EXISTS
                         (SELECT 1 FROM claim_edit e WHERE e.claim = c.id AND e.field = 'status_read')",
                )?
                .execute(params![claim, operation])?;
        }
        let (field, value): (&str, Option<String>) = match correction {
            Correction::Speaker(speaker) => ("speaker", speaker.map(|id| id.0.to_string())),
            Correction::Kind(kind) => ("kind", Some(name_of(&kind))),
            Correction::Status(status) => ("status", Some(name_of(&status))),
            Correction::Said(date) => ("said", Some(date.to_string())),
            Correction::Resolved(date) => ("resolved", date.map(|date| date.to_string())),
        };
        self.0
            .prepare_cached("INSERT INTO claim_edit (claim, field, value, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![claim, field, value, operation])?;
        Ok(())
    }

    /// Stores a claim that a person wrote; `made_of` are the claims it was cut from or joined of, none for one that was missed.
    pub fn add_by_hand(&self, new: &NewClaim<'_>, made_of: &[ClaimId], operation: OperationId) -> Result<ClaimId> {
        let id = self.add_claim(new)?;
        self.0
            .prepare_cached("INSERT INTO claim_by_hand (claim, made_of, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![id, to_json(&made_of)?, operation])?;
        for old in made_of {
            self.inherit(*old, id, operation)?;
        }
        Ok(id)
    }

    /// Puts a new claim into the stories and under the tags of the one it was made of.
    fn inherit(&self, old: ClaimId, new: ClaimId, operation: OperationId) -> Result<()> {
        let inherited: [&str; 2] = [
            "INSERT INTO story_member (story, claim, act, operation, current)
             SELECT m.story, ?2, 'add', ?3, 0 FROM story_member m
             WHERE m.claim = ?1 AND m.current = 1 AND m.act = 'add'",
            "INSERT INTO tag (name, fold, claim, act, operation, current)
             SELECT t.name, t.fold, ?2, 'add', ?3, 0 FROM tag t
             WHERE t.claim = ?1 AND t.current = 1 AND t.act = 'add'",
        ];
        for statement in inherited {
            self.0.prepare_cached(statement)?.execute(params![old, new, operation])?;
        }
        self.refresh(operation)
    }

    /// Returns the speaker that a claim was read or corrected to have, before merges, and how it was found.
    pub fn speaker_of(&self, claim: ClaimId) -> Result<(Option<SpeakerId>, Resolved)> {
        let mut statement = self.0.prepare_cached("SELECT speaker FROM claim WHERE id = ?1")?;
        let speaker: Option<SpeakerId> = statement.query_row([claim], |row| row.get(0)).optional()?.flatten();
        Ok((speaker, if speaker.is_some() { Resolved::Name } else { Resolved::None }))
    }

    /// Returns the claims that an operation wrote by hand.
    pub fn claims_written(&self, operation: OperationId) -> Result<Vec<ClaimId>> {
        let mut statement =
            self.0.prepare_cached("SELECT claim FROM claim_by_hand WHERE operation = ?1 ORDER BY claim")?;
        Ok(statement.query_map([operation], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns claims in the order of the ids given; unknown ids are left out.
    pub fn claims_by_id(&self, ids: &[ClaimId]) -> Result<Vec<ClaimRow>> {
        super::claims::by_id(self.0, ids)
    }
}

/// What a person did to a claim, beside what was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Handwork {
    /// `edited`, `added`, `made of`, `dropped`, `made into`.
    pub act: String,
    /// What it was before, or the claims it was made of or into.
    pub words: String,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
}

const HANDWORK: &str = "
    SELECT 'edited' AS act,
           e.field || ' ' || CASE e.field
               WHEN 'speaker' THEN ifnull((SELECT s.name FROM speaker s WHERE s.id = CAST(e.value AS INTEGER)), 'nobody')
               ELSE ifnull(e.value, 'unknown') END || ', read as ' || CASE e.field
               WHEN 'speaker' THEN ifnull(nullif(r.named, ''), 'nobody')
               WHEN 'status' THEN (SELECT s.value FROM claim_edit s
                                   WHERE s.claim = e.claim AND s.field = 'status_read' ORDER BY s.id LIMIT 1)
               WHEN 'kind' THEN r.kind ELSE ifnull(r.said, 'undated') END AS words,
           o.person, o.at, o.id AS place
    FROM claim_edit e JOIN operation o ON o.id = e.operation AND o.undone_by IS NULL
    JOIN claim_reading r ON r.claim = e.claim WHERE e.claim = ?1 AND e.field NOT IN ('resolved', 'status_read')
    UNION ALL
    SELECT iif(h.made_of = '[]', 'added', 'made of'),
           ifnull((SELECT group_concat(j.value, ' ') FROM json_each(h.made_of) j), ''), o.person, o.at, o.id
    FROM claim_by_hand h JOIN operation o ON o.id = h.operation AND o.undone_by IS NULL WHERE h.claim = ?1
    UNION ALL
    SELECT CASE WHEN o.name = 'reread' THEN 'not found again' WHEN n.made IS NULL THEN 'dropped' ELSE 'made into' END,
           ifnull(n.made, ''), o.person, o.at, o.id
    FROM claim_drop d JOIN operation o ON o.id = d.operation AND o.undone_by IS NULL
    LEFT JOIN (SELECT h.operation, group_concat('c' || h.claim, ' ') AS made FROM claim_by_hand h
               GROUP BY h.operation) n ON n.operation = d.operation
    WHERE d.claim = ?1
    ORDER BY place";

impl Store {
    /// Returns what persons did to a claim, oldest first; what was taken back is left out.
    pub fn handwork(&self, claim: ClaimId) -> Result<Vec<Handwork>> {
        let mut statement = self.connection.prepare_cached(HANDWORK)?;
        let rows = statement.query_map([&claim as &dyn ToSql], |row| {
            Ok(Handwork { act: row.get(0)?, words: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
