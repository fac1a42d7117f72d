//! Verdicts: recorded on a scale, read by a second person, published, corrected. Every version stays; what a version lacks
//! before it may be published is told, not decided.

use super::{Result, Workbench, WorkbenchError};
use crate::attribution::Quotation;
use crate::store::StoreError;
use crate::store::filter::Filter;
use crate::store::id::{ArticleId, ClaimId, EvidenceId, VerdictId};
use crate::store::rows::{ClaimRow, EvidenceKind, EvidenceRow, Move, Precedent, VerdictRow, VerdictState};
use crate::store::verdicts::NewVerdict;
use serde::Serialize;

/// A verdict as a person gives it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judgement<'a> {
    pub rating: &'a str,
    /// `None`: the first scale that has the rating.
    pub scale: Option<&'a str>,
    /// In a sentence.
    pub rationale: &'a str,
    /// In full.
    pub long: &'a str,
}

/// Something that a verdict should have before it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    Rationale,
    Evidence,
    Archive,
    DirectWords,
    Speaker,
    SecondReader,
    Response,
}

impl Lack {
    /// Says what lacks.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Rationale => "no rationale",
            Self::Evidence => "no evidence",
            Self::Archive => "no archived copy of what it links to",
            Self::DirectWords => "only indirect words: the claim is an article's paraphrase",
            Self::Speaker => "the speaker is not known",
            Self::SecondReader => "no second person has approved this version",
            Self::Response => "the speaker was not asked for a response",
        }
    }

    /// Says what to do about it; `{v}` stands for the verdict and `{c}` for its claim.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Rationale => "verdict record {c} RATING \"why\"",
            Self::Evidence => "evidence add {v} --link URL, and --archive URL for the copy that a link needs",
            Self::Archive => "evidence add {v} --archive URL",
            Self::DirectWords => "match {c}",
            Self::Speaker => "edit {c} --speaker NAME",
            Self::SecondReader => "verdict submit {v}",
            Self::Response => "evidence add {v} --asked \"by letter, 4 March\"",
        }
    }
}

/// A verdict in force with what it still lacks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    pub verdict: VerdictRow,
    pub claim: ClaimRow,
    pub lacks: Vec<Lack>,
}

/// Tells what a verdict lacks before it should be published.
pub fn lacks(verdict: &VerdictRow, claim: &ClaimRow) -> Vec<Lack> {
    let has = |kinds: &[EvidenceKind]| {
        verdict.evidence.iter().any(|evidence| kinds.iter().any(|kind| evidence.kind.is(*kind)))
    };
    use EvidenceKind::{Answer, Archive, Asked, File, Link, Note, Quotation as Quoted};
    let tests = [
        (Lack::Rationale, verdict.rationale.is_empty() && verdict.long.is_empty()),
        (Lack::Evidence, !has(&[Link, Archive, Quoted, File, Note])),
        (Lack::Archive, has(&[Link]) && !has(&[Archive, File])),
        (Lack::DirectWords, claim.article.is_some() && claim.quotation.is(Quotation::Indirect)),
        (Lack::Speaker, claim.speaker.is_none()),
        (Lack::SecondReader, !verdict.is_approved()),
        (Lack::Response, !has(&[Asked, Answer])),
    ];
    tests.into_iter().filter(|(_, lacking)| *lacking).map(|(lack, _)| lack).collect()
}

impl Workbench {
    /// Records a verdict as the next version for this claim on this scale; it begins as a draft.
    ///
    /// # Errors
    /// For an unknown claim or a rating that is on no scale, or when the database cannot be written.
    pub fn judge(&mut self, claim: ClaimId, judgement: &Judgement<'_>) -> Result<VerdictRow> {
        let new = self.on_scale(claim, judgement, "")?;
        let line = format!("verdict {claim} {}", new.rating);
        self.act("verdict", &line, |writer, operation| {
            writer.claim(claim)?;
            let id = writer.add_verdict(&new.as_new(), operation)?;
            Ok(writer.verdict(id)?)
        })
    }

    /// Corrects a published verdict: a new version with a note for readers and the evidence of the one before. It waits for
    /// a second reader as every version does; `anyway`, the reason why not, publishes it at once.
    ///
    /// # Errors
    /// For an unknown verdict, one that was never published or is replaced, a rating that is not on its scale, or a
    /// correction without a note.
    pub fn correct(
        &mut self,
        verdict: VerdictId,
        judgement: &Judgement<'_>,
        note: &str,
        anyway: Option<&str>,
    ) -> Result<VerdictRow> {
        let before = self.in_force(verdict)?;
        if !before.is_public() {
            return Err(WorkbenchError::asked(
                format!("{verdict} is not published"),
                format!(
                    "an unpublished verdict cannot be corrected; edit it: `verdict record {} RATING`",
                    before.claim
                ),
            ));
        }
        if note.trim().is_empty() {
            return Err(WorkbenchError::asked(
                "a correction needs a note saying what was wrong",
                "give the note for readers",
            ));
        }
        if anyway.is_some_and(|reason| reason.trim().is_empty()) {
            return Err(WorkbenchError::asked("--anyway gives a reason", "it is printed beside the correction"));
        }
        let scale = Some(judgement.scale.unwrap_or(&before.scale));
        let rationale = if judgement.rationale.is_empty() { &before.rationale } else { judgement.rationale };
        let long = if judgement.long.is_empty() { &before.long } else { judgement.long };
        let new = self.on_scale(before.claim, &Judgement { scale, rationale, long, ..*judgement }, note)?;
        let line = format!("correct {verdict} {}: {}", new.rating, super::acts::short(note));
        self.act("correct", &line, |writer, operation| {
            let id = writer.add_verdict(&new.as_new(), operation)?;
            let (state, note) = match anyway {
                Some(reason) => (VerdictState::Corrected, reason.trim()),
                None => (VerdictState::Review, ""),
            };
            writer.verdict_state(id, state, note, operation)?;
            Ok(writer.verdict(id)?)
        })
    }

    /// Returns the verdicts on claims that pass a filter: what readers see, and newer versions that they do not see yet.
    ///
    /// # Errors
    /// When the filter names somebody who is not there.
    pub fn verdicts_seen(&self, filter: &Filter) -> Result<Vec<VerdictRow>> {
        Ok(self.store.verdicts_seen(filter)?)
    }

    /// Moves a verdict on its way: into review, approved or returned by a second person, published. A published one stays
    /// published, whatever is said of it afterwards.
    ///
    /// # Errors
    /// For an unknown or replaced verdict, one without a rationale that a second person is to read, one that is published
    /// already, or when its author would be the second reader.
    pub fn move_verdict(&mut self, verdict: VerdictId, state: VerdictState, note: &str) -> Result<VerdictRow> {
        let row = self.in_force(verdict)?;
        let second = matches!(state, VerdictState::Approved | VerdictState::Returned);
        if second && row.by == self.settings.user {
            return Err(WorkbenchError::asked(
                format!("{verdict} was written by {}: the second reader is somebody else", row.by),
                "`.set user NAME` (or ONRECORD_USER) sets your name",
            ));
        }
        let of_user = |step: &&Move| step.by == self.settings.user && step.state.is(VerdictState::Approved);
        let approved = row.moves.iter().find(of_user).filter(|_| row.is_approved());
        if let (VerdictState::Approved, Some(step)) = (state, approved) {
            return Err(WorkbenchError::asked(
                format!("{verdict} is approved already, by {} on {}", step.by, step.day()),
                format!("`verdict publish {verdict}` publishes it, `verdict return {verdict} \"why\"` takes that back"),
            ));
        }
        let to_read = matches!(state, VerdictState::Review | VerdictState::Approved);
        if to_read && row.rationale.trim().is_empty() && row.long.trim().is_empty() {
            return Err(WorkbenchError::asked(
                format!("{verdict} says nothing of why it is {}", row.rating),
                format!("write the reason: `verdict record {} \"{}\" \"why\"`", row.claim, row.rating),
            ));
        }
        if let (VerdictState::Published, true, Some(step)) = (state, row.is_public(), row.published()) {
            return Err(WorkbenchError::asked(
                format!("{verdict} is published already, by {} on {}", step.by, step.day()),
                format!("`correct {verdict} RATING \"what was wrong\"` publishes another version"),
            ));
        }
        // A correction that is published is told as one.
        let corrects = state == VerdictState::Published && !row.correction.is_empty();
        let state = if corrects { VerdictState::Corrected } else { state };
        let word = crate::store::stored::name_of(&state);
        let line = format!("verdict {word} {verdict} {}", super::acts::short(note));
        self.act("verdict", line.trim_end(), |writer, operation| {
            writer.verdict_state(verdict, state, note.trim(), operation)?;
            Ok(writer.verdict(verdict)?)
        })
    }

    /// Returns the verdicts in force on claims that pass a filter, each with what it still lacks.
    ///
    /// # Errors
    /// When the filter names somebody who is not there.
    pub fn check(&self, filter: &Filter) -> Result<Vec<Checked>> {
        let rows = self.store.verdicts(filter)?;
        rows.into_iter().map(|verdict| self.checked(verdict)).collect()
    }

    /// Returns one verdict with what it still lacks.
    ///
    /// # Errors
    /// For an unknown verdict.
    pub fn check_one(&self, verdict: VerdictId) -> Result<Checked> {
        self.checked(self.store.verdict(verdict)?)
    }

    fn checked(&self, verdict: VerdictRow) -> Result<Checked> {
        let claim = self.store.claim(verdict.claim)?;
        Ok(Checked { lacks: lacks(&verdict, &claim), verdict, claim })
    }

    /// Adds a piece of evidence to a verdict.
    ///
    /// # Errors
    /// For an unknown or replaced verdict or empty evidence, or when the database cannot be written.
    pub fn add_evidence(
        &mut self,
        verdict: VerdictId,
        kind: EvidenceKind,
        words: &str,
        note: &str,
    ) -> Result<EvidenceRow> {
        if words.trim().is_empty() {
            return Err(WorkbenchError::asked("the evidence is empty", "give a link, a quotation, a file or a note"));
        }
        let words = match kind {
            EvidenceKind::Link | EvidenceKind::Archive => super::link::web_address(words)?,
            _ => words,
        };
        let row = self.store.verdict(verdict)?;
        if !row.current {
            let (message, hint) = match self.newest_of(&row)? {
                Some(newer) => (
                    format!("{verdict} has a newer version, {}", newer.id),
                    format!("`evidence add {} …` adds it there", newer.id),
                ),
                None => (
                    format!("{verdict} is not in force any more"),
                    format!("`verdict history {}` shows why", row.claim),
                ),
            };
            return Err(WorkbenchError::asked(message, hint));
        }
        let line = format!("evidence {verdict} {}", super::acts::short(words));
        self.act("evidence", &line, |writer, operation| {
            let id: EvidenceId = writer.add_evidence(verdict, kind, words, note, operation)?;
            let found = writer.verdict(verdict)?.evidence.into_iter().find(|evidence| evidence.id == id);
            found.ok_or_else(|| StoreError::NoSuchId { what: EvidenceId::WHAT, id: id.to_string() }.into())
        })
    }

    /// Returns what was found before about claims that say the same as these.
    pub fn precedents(&self, claims: &[ClaimId]) -> Result<Vec<Precedent>> {
        Ok(self.store.precedents(claims)?)
    }

    /// As [`Workbench::precedents`], for every claim of some articles.
    pub fn precedents_of(&self, articles: &[ArticleId]) -> Result<Vec<Precedent>> {
        Ok(self.store.precedents(&self.store.claims_of(articles)?)?)
    }

    /// Returns the version that stands in the place of another.
    fn newest_of(&self, row: &VerdictRow) -> Result<Option<VerdictRow>> {
        Ok(self.store.verdicts_of(row.claim)?.into_iter().find(|other| other.current && other.scale == row.scale))
    }

    fn in_force(&self, verdict: VerdictId) -> Result<VerdictRow> {
        let row = self.store.verdict(verdict)?;
        if row.current {
            return Ok(row);
        }
        let Some(newer) = self.newest_of(&row)? else {
            return Err(WorkbenchError::asked(format!("{verdict} is not in force any more"), ""));
        };
        let id = newer.id;
        if newer.is_public() {
            let hint = format!("{id} is in force");
            return Err(WorkbenchError::asked(format!("{verdict} is not in force any more"), hint));
        }
        Err(WorkbenchError::asked(
            format!("{verdict} has a newer version, {id}, which readers do not see yet"),
            format!(
                "somebody else says `verdict approve {id}`, then `verdict publish {id}`; --anyway \"why\" publishes at once"
            ),
        ))
    }

    fn on_scale(&self, claim: ClaimId, judgement: &Judgement<'_>, correction: &str) -> Result<Owned> {
        if judgement.rating.trim().is_empty() {
            return Err(WorkbenchError::asked("a verdict needs a rating", "such as: verdict record c41 false"));
        }
        let (scale, step) = self.settings.scales.rating(judgement.rating, judgement.scale)?;
        Ok(Owned {
            claim,
            rating: step.name.clone(),
            scale: scale.name.clone(),
            rationale: judgement.rationale.trim().to_owned(),
            long: judgement.long.trim().to_owned(),
            correction: correction.trim().to_owned(),
        })
    }
}

/// A verdict on its way in, with its scale looked up.
struct Owned {
    claim: ClaimId,
    rating: String,
    scale: String,
    rationale: String,
    long: String,
    correction: String,
}

impl Owned {
    fn as_new(&self) -> NewVerdict<'_> {
        NewVerdict {
            claim: self.claim,
            rating: &self.rating,
            scale: &self.scale,
            rationale: &self.rationale,
            long: &self.long,
            correction: &self.correction,
        }
    }
}
