//! Both sides of the search together: candidates by words and by meaning, compared and scored as one list.
//!
//! A claim without a vector is scored by words alone, and so is every claim when the query has none; [`Candidate`] says it.

use super::features::Probe;
use super::meaning::{Meant, Table, Vector, Vectors};
use super::query::Query;
use super::{Candidate, Entry, Index, Near, SCORED, Tier, features, scorer, search};
use crate::score::{Reason, Score};
use std::collections::BTreeSet;

/// Candidates that each side brings at the least.
const EACH: usize = SCORED / 2;

/// The words' index, and the vectors where there are some.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    pub words: &'a Index,
    pub meaning: Option<&'a Vectors>,
}

/// A claim with the features of its words and, when both have a vector, those of its meaning.
struct Compared {
    claim: u32,
    pair: features::Pair,
    meant: Option<Meant>,
}

impl Sides<'_> {
    /// Returns the best earlier claims, best first, at most `top`; the query's own id is left out.
    pub fn candidates(&self, entry: &Entry<'_>, vector: Option<&Vector>, top: usize) -> Vec<Candidate> {
        let (Some(vectors), Some(vector)) = (self.vectors(), vector) else {
            return self.words.candidates(entry, top);
        };
        self.best(entry, (vectors, vector), top, |near, one, probe, query| Candidate {
            id: near.id,
            score: near.score,
            tier: near.tier,
            meaning: one.meant.map(|meant| Score::new(f64::from(meant.features[0]))),
            because: because(one, probe, query, entry),
        })
    }

    /// As [`Sides::candidates`], without the reasons.
    pub fn near(&self, entry: &Entry<'_>, vector: Option<&Vector>, top: usize) -> Vec<Near> {
        let (Some(vectors), Some(vector)) = (self.vectors(), vector) else {
            return self.words.near(entry, top);
        };
        self.best(entry, (vectors, vector), top, |near, _, _, _| near)
    }

    /// Returns the vectors, where there are any.
    fn vectors(&self) -> Option<&Vectors> {
        self.meaning.filter(|vectors| !vectors.is_empty())
    }

    /// Returns what is told of each of the best earlier claims, best first.
    fn best<T>(
        &self,
        entry: &Entry<'_>,
        (vectors, vector): (&Vectors, &Vector),
        top: usize,
        tell: impl Fn(Near, &Compared, &Probe<'_>, &Query) -> T,
    ) -> Vec<T> {
        let query = Query::new(self.words, entry);
        let mut probe = Probe::new(self.words, &query);
        let compared = self.compare(entry, &query, &mut probe, vectors, vector, EACH.max(top));
        let probability = |one: &Compared| match &one.meant {
            Some(meant) => Table::shipped().probability(&one.pair.values, *meant),
            None => scorer::probability(&one.pair),
        };
        let mut scored: Vec<(f64, Compared)> = compared.into_iter().map(|one| (probability(&one), one)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.claim.cmp(&b.1.claim)));
        scored.truncate(top);
        let told = |(probability, one): (f64, Compared)| {
            let id = self.words.claims.ids[one.claim as usize];
            let tier = tier(&one.pair, &probe, probability);
            tell(Near { id, score: Score::new(probability), tier }, &one, &probe, &query)
        };
        scored.into_iter().map(told).collect()
    }

    /// Returns the features of the best candidates of a query, words' and meaning's, for training; claims without a vector
    /// are left out.
    pub fn examine(&self, entry: &Entry<'_>, vector: &Vector, top: usize) -> Vec<(u64, Vec<f32>)> {
        let Some(vectors) = self.meaning else { return Vec::new() };
        let query = Query::new(self.words, entry);
        let mut probe = Probe::new(self.words, &query);
        let compared = self.compare(entry, &query, &mut probe, vectors, vector, EACH.max(top));
        let row = |one: Compared| {
            let values = [one.pair.values.as_slice(), &one.meant?.features].concat();
            Some((self.words.claims.ids[one.claim as usize], values))
        };
        compared.into_iter().filter_map(row).collect()
    }

    fn compare(
        &self,
        entry: &Entry<'_>,
        query: &Query,
        probe: &mut Probe<'_>,
        vectors: &Vectors,
        vector: &Vector,
        top: usize,
    ) -> Vec<Compared> {
        let own = self.words.claims.find(entry.id);
        let mut found = search::best(self.words, query, top, own);
        let near = vectors.near(vector, entry.id);
        let by_words: BTreeSet<u32> = found.iter().map(|one| one.0).collect();
        let by_meaning = near.claims.iter().take(top).filter_map(|one| self.words.claims.find(one.0));
        let more: Vec<u32> = by_meaning.filter(|claim| !by_words.contains(claim)).collect();
        found.extend(search::scores_of(self.words, query, more));
        let pairs = probe.compare(&found);
        let compared = found.iter().zip(pairs).map(|(&(claim, _), pair)| {
            let other = vectors.get(self.words.claims.ids[claim as usize]);
            let meant = other.map(|other| near.meant(vector.cosine(&other), &pair.values));
            Compared { claim, pair, meant }
        });
        compared.collect()
    }
}

/// Returns the tier: what is alike in meaning is linked without asking only where the words alone say so too.
fn tier(pair: &features::Pair, probe: &Probe<'_>, probability: f64) -> Tier {
    match scorer::tier(pair, probe, probability) {
        Tier::Same => scorer::tier(pair, probe, scorer::probability(pair)),
        tier => tier,
    }
}

/// Returns the reasons: those of the words, and how near the meaning is.
fn because(one: &Compared, probe: &Probe<'_>, query: &Query, entry: &Entry<'_>) -> Vec<Reason> {
    let Some(meant) = one.meant else { return scorer::reasons(&one.pair, probe, query, entry) };
    let table = Table::shipped();
    let mut reasons = scorer::reasons_by(&one.pair, probe, query, entry, &table.words());
    let share = (f64::from(table.share(meant)) * 1000.0).round() / 1000.0;
    reasons.push(Reason::new("meaning", format!("meaning {:.2}", meant.features[0]), share));
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    reasons
}
