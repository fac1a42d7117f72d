//! Given a claim, the earlier statements of the same proposition: candidates from an index, a score from features.

use crate::score::{Reason, Score};
use serde::{Deserialize, Serialize};

/// What matching reads of a claim; `id` is the caller's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry<'a> {
    pub id: u64,
    pub text: &'a str,
    /// Headline or context that helps to find it; may be empty.
    pub title: &'a str,
    pub speaker: &'a str,
    /// ISO date, or empty.
    pub date: &'a str,
}

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Linked without asking; very high precision.
    Same,
    Suggested,
    Related,
}

/// An earlier claim with its score and the reasons for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub id: u64,
    pub score: Score,
    pub tier: Tier,
    pub because: Vec<Reason>,
}

/// The words' side of candidate search: an index over claims, held in memory, derived from the database.
#[derive(Debug, Default)]
pub struct Index {}

impl Index {
    /// Adds a claim; an id that is there already is replaced.
    pub fn insert(&mut self, _entry: &Entry<'_>) {}
    /// Takes a claim out; an unknown id is no error.
    pub fn remove(&mut self, _id: u64) {}
    /// Returns the best earlier claims, best first, at most `top`; the query's own id is left out.
    pub fn candidates(&self, _query: &Entry<'_>, _top: usize) -> Vec<Candidate> {
        Vec::new()
    }
}
