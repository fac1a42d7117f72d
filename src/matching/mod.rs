//! Given a claim, the earlier statements of the same proposition: candidates from an index, a score from features.

mod index;
mod lexicon;
mod name;
mod postings;
mod search;
#[cfg(test)]
mod tests;
mod words;

pub use index::Index;
pub use name::{Likeness, Name};

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

impl Index {
    /// Returns the best earlier claims, best first, at most `top`; the query's own id is left out.
    pub fn candidates(&self, query: &Entry<'_>, top: usize) -> Vec<Candidate> {
        let read = search::Query::new(self, query);
        let found = search::best(self, &read, top, self.claims.find(query.id));
        let query_mass = read.mass.max(1.0);
        let candidate = |(claim, sum): (u32, f32)| Candidate {
            id: self.claims.ids[claim as usize],
            score: Score::new(f64::from(sum / (query_mass * 2.2))),
            tier: Tier::Related,
            because: Vec::new(),
        };
        found.into_iter().map(candidate).collect()
    }
}
