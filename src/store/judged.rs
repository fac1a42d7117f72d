//! Verdicts and evidence as the store hands them out: every version with its way, its evidence, and what came before it.

use super::id::{AnyId, ClaimId, EvidenceId, RelationId, VerdictId};
use super::stored::Stored;
use crate::date::Date;
use crate::lexicon::letters;
use crate::score::{Reason, Score};
use serde::{Deserialize, Serialize};

/// One version of a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictRow {
    pub id: VerdictId,
    pub claim: ClaimId,
    /// Counts from 1 for each claim and scale.
    pub version: u32,
    pub rating: String,
    pub scale: String,
    /// In a sentence.
    pub rationale: String,
    /// In full, or empty.
    pub long: String,
    /// What was wrong in the version before, told to readers, or empty.
    pub correction: String,
    pub state: Stored<VerdictState>,
    /// Its way so far, oldest first.
    pub moves: Vec<Move>,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// The newest version in effect of its scale.
    pub current: bool,
    /// Taken back by an undo.
    pub undone: bool,
    /// Evidence of this and of earlier versions.
    pub evidence: Vec<EvidenceRow>,
}

impl VerdictRow {
    /// Tells whether readers see this version: it is published, or a published correction.
    pub fn is_public(&self) -> bool {
        self.state.known().is_some_and(VerdictState::is_public)
    }

    /// Returns the step that published this version.
    pub fn published(&self) -> Option<&Move> {
        self.moves.iter().rev().find(|step| step.state.known().is_some_and(VerdictState::is_public))
    }

    /// Tells whether a person other than its author approved this version and nobody returned it since.
    pub fn is_approved(&self) -> bool {
        let read = |step: &&Move| matches!(step.state.known(), Some(VerdictState::Approved | VerdictState::Returned));
        let last = self.moves.iter().rev().find(read);
        last.is_some_and(|step| step.state.is(VerdictState::Approved) && step.by != self.by)
    }
}

/// How far a verdict has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerdictState {
    Draft,
    /// A second person is asked to read it.
    Review,
    /// A second person agrees.
    Approved,
    /// A second person has objections.
    Returned,
    Published,
    /// Published, in the place of a version that was wrong.
    Corrected,
}

impl VerdictState {
    /// Tells whether readers see a version that has come so far.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Corrected)
    }
}

/// One step of a verdict's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    pub state: Stored<VerdictState>,
    pub note: String,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
}

impl Move {
    /// Returns the day, as `2024-07-02`.
    pub fn day(&self) -> &str {
        self.at.split(['T', ' ']).next().unwrap_or_default()
    }
}

/// A verdict in two words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictLabel {
    pub id: VerdictId,
    pub scale: String,
    pub rating: String,
    /// Readers have seen no version of it.
    #[serde(default)]
    pub draft: bool,
}

/// A rating that somebody else gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalRating {
    pub rating: String,
    /// The file or publisher it came from.
    pub origin: String,
    pub url: String,
}

/// What was found before about a claim that says the same: a fact-check of others, a rating that came with their claims, or a
/// verdict of this desk that readers may see.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Precedent {
    pub claim: ClaimId,
    /// The verdict or fact-check; `None` for a rating that came with a claim of others.
    pub id: Option<AnyId>,
    /// The author of the verdict, or whoever published the check.
    pub by: String,
    pub rating: String,
    /// Only of a verdict.
    pub scale: String,
    /// The day of the check or the verdict.
    pub day: Option<Date>,
    /// The words of the claim that was checked, and who said them.
    pub words: String,
    pub claimant: String,
    /// Address of the check, or empty.
    pub url: String,
    /// The relation, and the claim on the desk that was judged; `None` for a fact-check.
    pub relation: Option<RelationId>,
    pub other: Option<ClaimId>,
    /// How alike the two are, and why.
    pub score: Score,
    pub because: Vec<Reason>,
}

/// A check or published verdict in a line, as it stands beside a claim that says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedBy {
    /// `f12` or `v3`; `None` for a rating that came with a claim of others.
    pub id: Option<AnyId>,
    pub by: String,
    pub label: String,
    pub day: Option<Date>,
    pub url: String,
}

impl CheckedBy {
    /// Returns `Kestria Check, half true, 2024-07-02`.
    pub fn told(&self) -> String {
        told(&self.by, &self.label, self.day)
    }
}

impl Precedent {
    /// Returns `Kestria Check, half true, 2024-07-02`.
    pub fn told(&self) -> String {
        told(&self.by, &self.rating, self.day)
    }
}

/// A label may be a whole paragraph: it is kept so, and told by its beginning.
const LABEL: usize = 60;

fn told(by: &str, label: &str, day: Option<Date>) -> String {
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    let label = if label.is_empty() { "no rating in words".to_owned() } else { letters::cut(label, LABEL) };
    [by, &label, &day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What a piece of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    Link,
    Archive,
    Quotation,
    File,
    Note,
    /// The speaker was asked for a response: how and when.
    Asked,
    /// What the speaker answered.
    Answer,
}

/// A piece of evidence for a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceRow {
    pub id: EvidenceId,
    pub verdict: VerdictId,
    pub kind: Stored<EvidenceKind>,
    /// The link, the quoted words, the hash of the file, or the note itself.
    pub words: String,
    pub note: String,
    pub by: String,
    pub at: String,
}
