//! Given a claim, the earlier statements of the same proposition: candidates from an index, a score from features.
//!
//! The words' side: [`Index`] finds claims by their rarest words, `features` compares, `scorer` weighs and gives reasons.
//! The meaning side ([`meaning`]) holds sentence vectors; [`Sides`] searches both and scores them as one list. Near-duplicate texts are in [`duplicate`], all against all in [`cross()`].
//!
//! The index is derived: the claims in the database are the truth. Who keeps it writes [`Index::to_bytes`] with the last claim
//! they cover, and reads them with what was added since; on an [`IndexError`] it is made again from the claims. A new
//! [`VERSION`] refuses old bytes by itself. Aliases are not in the bytes: [`Index::set_aliases`] after opening.

mod align;
mod among;
mod both;
mod bytes;
mod cross;
pub mod duplicate;
mod features;
mod grams;
mod index;
mod lexicon;
pub mod meaning;
mod name;
mod numbered;
mod postings;
mod query;
mod runs;
mod scorer;
mod search;
mod strings;
pub mod subject;
#[cfg(test)]
mod tests;
mod weights;
mod words;

pub use both::Sides;
pub use bytes::{IndexError, VERSION};
pub use cross::{Pair, cross};
pub use index::Index;
pub use name::{Likeness, Name};
pub use numbered::Sign;

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
    /// How near the meaning is (cosine); none where the match is by words alone.
    pub meaning: Option<Score>,
    pub because: Vec<Reason>,
}

/// An earlier claim with its score alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    pub id: u64,
    pub score: Score,
    pub tier: Tier,
}

/// Candidates that are scored at the least, for a person who asks, and for a claim that is linked with the others of the desk: there
/// the hundred give the same relations as fifty, for half of the time.
const SCORED: usize = 100;
const SCORED_TO_LINK: usize = 50;

impl Index {
    /// Returns the best earlier claims, best first, at most `top`; the query's own id is left out.
    pub fn candidates(&self, query: &Entry<'_>, top: usize) -> Vec<Candidate> {
        self.best(query, top, SCORED, |near, pair, probe, read| Candidate {
            id: near.id,
            score: near.score,
            tier: near.tier,
            meaning: None,
            because: scorer::reasons(pair, probe, read, query),
        })
    }

    /// As [`Index::candidates`], without the reasons.
    pub fn near(&self, query: &Entry<'_>, top: usize) -> Vec<Near> {
        self.best(query, top, SCORED_TO_LINK, |near, _, _, _| near)
    }

    /// Returns what is told of each of the best earlier claims, best first, of so many that are scored at the least.
    fn best<T>(
        &self,
        query: &Entry<'_>,
        top: usize,
        scored: usize,
        tell: impl Fn(Near, &features::Pair, &features::Probe<'_>, &query::Query) -> T,
    ) -> Vec<T> {
        let read = query::Query::new(self, query);
        let found = search::best(self, &read, top.max(scored), self.claims.find(query.id));
        let mut probe = features::Probe::new(self, &read);
        let pairs = probe.compare(&found);
        let mut scored: Vec<(f64, u32, features::Pair)> =
            found.iter().zip(pairs).map(|(found, pair)| (scorer::probability(&pair), found.0, pair)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(top);
        let told = |(probability, claim, pair): (f64, u32, features::Pair)| {
            let id = self.claims.ids[claim as usize];
            let tier = scorer::tier(&pair, &probe, probability);
            tell(Near { id, score: Score::new(probability), tier }, &pair, &probe, &read)
        };
        scored.into_iter().map(told).collect()
    }

    /// Returns the ids of the claims that share the most words by rarity (BM25), best first, without scoring them.
    pub fn search(&self, query: &Entry<'_>, top: usize, effort: Effort) -> Vec<(u64, f32)> {
        let read = query::Query::new(self, query);
        let found = search::best_with_effort(self, &read, top, self.claims.find(query.id), effort);
        found.into_iter().map(|(claim, sum)| (self.claims.ids[claim as usize], sum)).collect()
    }
}

/// How much of the index a search reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The rarest words first, ending when no better claim can come or the budget is spent.
    Fast,
    /// Every posting of every word: what the fast search is measured against.
    Exhaustive,
}

/// Names of the features in the order of [`Index::examine`], and which way each may count.
pub const FEATURES: [(&str, Sign); numbered::COUNT] = numbered::NAMES;

/// A candidate with what its score is made of, for training.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    pub id: u64,
    /// In the order of [`FEATURES`].
    pub values: [f32; numbered::COUNT],
    /// No guard speaks against the tier [`Tier::Same`].
    pub may_be_same: bool,
}

impl Index {
    /// Returns the features of the best candidates of a query, for training; best first by the words alone.
    pub fn examine(&self, query: &Entry<'_>, top: usize) -> Vec<Examined> {
        let read = query::Query::new(self, query);
        let found = search::best(self, &read, top, self.claims.find(query.id));
        let mut probe = features::Probe::new(self, &read);
        let pairs = probe.compare(&found);
        let examined = |(found, pair): (&(u32, f32), features::Pair)| Examined {
            id: self.claims.ids[found.0 as usize],
            values: pair.values,
            may_be_same: scorer::may_be_same(&pair, &probe),
        };
        found.iter().zip(pairs).map(examined).collect()
    }
}

/// Returns the terms of a text that matching searches by: stems, figures and canonical names, stop words left out.
pub fn content_terms(text: &str) -> Vec<String> {
    let terms = words::terms(text).into_iter();
    terms.filter(|term| term.kind != words::TermKind::Stop).map(|term| term.text).collect()
}
