//! What a person tells of speakers beyond their names: titles for a period, whom they speak for, and that two people bear
//! one name.

use super::corrections::Correction;
use super::error::{Result, StoreError};
use super::id::{ClaimId, OperationId, SpeakerId};
use super::rows::Named;
use super::speakers::NewSpeaker;
use super::stored::name_of;
use super::stories::Membership;
use super::{Store, Writer, to_json};
use rusqlite::{Connection, params};

impl Writer<'_> {
    /// Gives a speaker a title for a period; empty days leave it open.
    pub fn give_title(
        &self,
        speaker: SpeakerId,
        title: &str,
        first: &str,
        last: &str,
        operation: OperationId,
    ) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO title_given (speaker, title, first, last, operation) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![speaker, title, first, last, operation])?;
        Ok(())
    }

    /// Says that a speaker speaks for a body, or does so no longer.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for somebody who would speak for themselves.
    pub fn speaks_for(
        &self,
        speaker: SpeakerId,
        body: SpeakerId,
        act: Membership,
        operation: OperationId,
    ) -> Result<()> {
        if speaker == body {
            return Err(StoreError::Refused(format!("{speaker} cannot be their own spokesperson")));
        }
        self.0
            .prepare_cached("INSERT INTO speaks_for (speaker, body, act, operation) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![speaker, body, name_of(&act), operation])?;
        Ok(())
    }

    /// Makes a speaker of the same name to whom some of a speaker's claims go; the two are not suggested as one again.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when one of the claims is not of that speaker.
    pub fn split_speaker(
        &self,
        speaker: SpeakerId,
        name: &str,
        claims: &[ClaimId],
        operation: OperationId,
    ) -> Result<SpeakerId> {
        let (fold, surname, category): (String, String, String) = self
            .0
            .prepare_cached("SELECT fold, surname, category FROM speaker WHERE id = ?1")?
            .query_row([speaker], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for claim in claims {
            let row = self.claim(*claim)?;
            if row.speaker.is_none_or(|named| named.id != speaker) {
                return Err(StoreError::Refused(format!("{claim} was not said by {speaker}")));
            }
        }
        let new = NewSpeaker { name, fold: &fold, surname: &surname, category: &category, article: None };
        let other = self.add_speaker(&new, operation)?;
        let gone = claims.iter().map(|claim| (*claim, Correction::Speaker(Some(other))));
        self.correct(&gone.collect::<Vec<_>>(), operation)?;
        // The articles gave their titles to whoever said these claims.
        let numbers: Vec<i64> = claims.iter().map(|claim| claim.0).collect();
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO title (speaker, title, article, day)
                 SELECT ?1, t.title, t.article, t.day FROM title t WHERE t.speaker = ?2 AND t.article IN (
                     SELECT c.article FROM claim c WHERE c.id IN (SELECT value FROM json_each(?3)))",
            )?
            .execute(params![other, speaker, to_json(&numbers)?])?;
        self.refuse_merge(speaker, other, operation)?;
        Ok(other)
    }

    /// Returns the titles that articles and persons give a speaker, merged ones included.
    pub fn titles_of(&self, speaker: SpeakerId) -> Result<Vec<String>> {
        let mut statement = self.0.prepare_cached(
            "WITH one (id) AS (SELECT ?1 UNION SELECT id FROM speaker WHERE merged_into = ?1)
             SELECT t.title FROM one CROSS JOIN title t ON t.speaker = one.id
             WHERE t.gone = 0
             AND EXISTS (SELECT 1 FROM claim c WHERE c.article = t.article AND c.speaker = t.speaker AND c.live = 1)
             UNION SELECT g.title FROM one CROSS JOIN title_given g ON g.speaker = one.id
             JOIN operation o ON o.id = g.operation AND o.undone_by IS NULL AND g.gone = 0",
        )?;
        Ok(statement.query_map([speaker], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

const SPEAKS_FOR: &str = "
    SELECT DISTINCT r.id, r.name FROM speaks_for f JOIN speaker w ON w.id = f.speaker JOIN speaker b ON b.id = f.body
    JOIN speaker r ON r.id = ifnull(b.merged_into, b.id)
    WHERE ifnull(w.merged_into, w.id) = ?1 AND f.act = 'add' AND f.id = (
        SELECT max(g.id) FROM speaks_for g JOIN operation o ON o.id = g.operation
        WHERE o.undone_by IS NULL AND g.speaker = f.speaker AND g.body = f.body)
    ORDER BY r.id";

const SPOKEN_FOR_BY: &str = "
    SELECT DISTINCT r.id, r.name FROM speaks_for f JOIN speaker w ON w.id = f.speaker JOIN speaker b ON b.id = f.body
    JOIN speaker r ON r.id = ifnull(w.merged_into, w.id)
    WHERE ifnull(b.merged_into, b.id) = ?1 AND f.act = 'add' AND f.id = (
        SELECT max(g.id) FROM speaks_for g JOIN operation o ON o.id = g.operation
        WHERE o.undone_by IS NULL AND g.speaker = f.speaker AND g.body = f.body)
    ORDER BY r.id";

impl Store {
    /// Returns the bodies that a speaker speaks for.
    pub fn bodies_of(&self, speaker: SpeakerId) -> Result<Vec<Named<SpeakerId>>> {
        named(&self.connection, SPEAKS_FOR, speaker)
    }

    /// Returns who speaks for a body.
    pub fn voices_of(&self, body: SpeakerId) -> Result<Vec<Named<SpeakerId>>> {
        named(&self.connection, SPOKEN_FOR_BY, body)
    }
}

fn named(connection: &Connection, sql: &'static str, speaker: SpeakerId) -> Result<Vec<Named<SpeakerId>>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([speaker], |row| Ok(Named { id: row.get(0)?, name: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
