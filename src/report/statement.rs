//! The parts that reports are made of: a statement with its speaker and source, a verdict with its history, a standing.
//!
//! Ids are shown as the desk shows them (`c41`, `a12`, `v3`); a report never looks anything up by them.

use crate::attribution::{Category, Kind, Quotation};
use crate::claim::frame::Frame;
use crate::date::{Date, When};
use crate::score::Score;
use serde::{Deserialize, Serialize};

/// One claim as a report cites it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `c41`.
    pub id: String,
    /// The exact words; pieces are joined by ` [...] `. Quotation marks inside them are kept.
    pub words: String,
    /// What must stand around the words when they are quoted alone: "denied ".
    #[serde(default)]
    pub frame: Frame,
    pub quotation: Quotation,
    pub kind: Kind,
    /// The cue as written: "denied that".
    pub cue: String,
    /// The sentence or sentences of the article that hold it.
    pub sentence: String,
    /// `None` when nobody is named or the speaker could not be told.
    pub speaker: Option<Speaker>,
    /// Who tells, in the article, that it was said, where that is another speaker; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub according_to: String,
    /// The source as the article writes it ("The spokesman"), or empty.
    pub source_words: String,
    pub article: Source,
    pub said: When,
    /// What stands around it in the article; empty for a claim without an article.
    #[serde(default)]
    pub passage: Passage,
    /// How sure the reader is that this is an attributed claim.
    pub score: Score,
}

impl Statement {
    /// Returns the words as they may be quoted alone: "denied that jobs would be lost".
    pub fn alone(&self) -> String {
        self.frame.around(&self.words)
    }
}

/// What stands around a statement in its article, all in the exact words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Passage {
    /// The sentence before, or empty; with " ¶" where a paragraph ends behind it.
    pub before: String,
    /// The sentences from the first word of the statement to its last: with what stands in " [...] ", and " ¶ " between
    /// paragraphs.
    pub within: String,
    /// The sentence after, or empty; with "¶ " where a paragraph begins with it.
    pub after: String,
    /// "told a news conference", or empty.
    pub occasion: String,
    /// "Halvik", where the text gives it beside the occasion, or empty.
    pub place: String,
    /// What the same speaker made it depend on elsewhere in the article: "while its fighters hold Sarn".
    pub conditions: Vec<String>,
    /// Words that call it a change.
    pub turn: Option<Turn>,
}

/// Words that tell of a change of position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The sentence or headline, or the statement.
    pub words: String,
    /// Which of its words tell of a change: "no longer".
    #[serde(default)]
    pub phrase: String,
    pub by: TurnBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnBy {
    /// The words are part of the statement.
    Speaker,
    /// The article says so.
    Outlet,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// `p7`.
    pub id: String,
    pub name: String,
    /// The title the article gives, at the time: "Foreign Ministry spokesman".
    pub title: Option<String>,
    pub category: Category,
}

/// The article a statement stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// `a12`.
    pub id: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<Date>,
    pub url: Option<String>,
    /// Where a copy of the article is kept.
    #[serde(default)]
    pub archive: Option<String>,
    /// SHA-256 of the article's words, in hexadecimal.
    #[serde(default)]
    pub hash: Option<String>,
}

/// Who stands behind a relation: the machine alone, or a person who decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Standing {
    /// Suggested by machine, not reviewed.
    Suggested,
    Confirmed {
        by: String,
        on: Date,
        note: Option<String>,
    },
    Rejected {
        by: String,
        on: Date,
        note: Option<String>,
    },
}

/// What a person found about one claim: every version, oldest first; the last one that is no draft is in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// `v3`.
    pub id: String,
    pub claim: Statement,
    pub ratings: Vec<Rating>,
}

/// One version of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 for the first version.
    pub version: u32,
    /// The label as its scale writes it: "Mostly False".
    pub rating: String,
    /// The name of the scale, or empty.
    pub scale: String,
    /// The steps of the scale with what each means, in its order; empty where the scale is not known.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The rating as a number, where its scale is graded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    pub rationale: String,
    /// How far it has come: draft, review, approved, published, corrected; empty when it is not known.
    #[serde(default)]
    pub state: String,
    /// What was wrong in the version before, told to readers, or empty.
    #[serde(default)]
    pub correction: String,
    pub by: String,
    pub on: Date,
    /// Readers have not seen it.
    #[serde(default)]
    pub draft: bool,
    /// The second person who approved it.
    #[serde(default)]
    pub approved: Option<Signed>,
    #[serde(default)]
    pub published: Option<Signed>,
    /// Why it was published although something was missing, or empty.
    #[serde(default)]
    pub anyway: String,
    /// The speaker was asked for a response, and what came of it.
    #[serde(default)]
    pub response: Vec<Response>,
    /// Of this version and those before it.
    pub evidence: Vec<Evidence>,
}

/// A rating as a number: from 1, the worst, to `best`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    pub value: usize,
    pub best: usize,
}

/// One step of a rating scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub name: String,
    pub means: String,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub by: String,
    pub on: Date,
}

/// One step of asking the speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub step: Asked,
    /// How and when, or what was answered.
    pub words: String,
    /// The day it was noted.
    pub on: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    Asked,
    Answered,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// `e5`.
    pub id: String,
    /// What it is, in the person's words: "Hansard, 4 March, column 12".
    pub note: String,
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive: Option<String>,
    /// The words of it that count.
    pub quotation: Option<String>,
}
