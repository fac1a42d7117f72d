//! Two claims: do they repeat, update or contradict each other, and in which words?

use crate::date::Date;
use crate::score::{Reason, Score};
use serde::{Deserialize, Serialize};

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    Repeat,
    Reworded,
    /// The same measure at another time: a new figure for the same thing.
    Update,
    Contradiction,
    Related,
    Unrelated,
}

/// One side of a comparison; only `text` is needed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Side<'a> {
    pub text: &'a str,
    pub speaker: Option<&'a str>,
    pub date: Option<Date>,
    /// The cue, when known: "denied that" turns what follows around.
    pub cue: Option<&'a str>,
    /// `Some(true)` for words in quotation marks, `Some(false)` for a paraphrase.
    pub direct: Option<bool>,
}

/// How one pair of words or numbers of the two sides is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    Exact,
    Stem,
    Synonym,
    Antonym,
    Number,
    Entity,
}

/// One link of the alignment, with the words as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub a: String,
    pub b: String,
    pub kind: LinkKind,
}

/// The answer: kind, confidence that the two contradict, reasons, alignment and innocent explanations.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    pub kind: RelationKind,
    /// Confidence that the two contradict one another.
    pub score: Score,
    /// One line for a person: `"denied" turns around "has influence"`.
    pub summary: String,
    pub because: Vec<Reason>,
    pub alignment: Vec<Link>,
    /// "other period", "paraphrase by the outlet": what may explain the difference without a contradiction.
    pub innocent: Vec<String>,
}

/// Compares two claims; `a` is the earlier one where dates are known.
pub fn relate(_a: &Side<'_>, _b: &Side<'_>) -> Relation {
    Relation {
        kind: RelationKind::Unrelated,
        score: Score::default(),
        summary: String::new(),
        because: vec![],
        alignment: vec![],
        innocent: vec![],
    }
}
