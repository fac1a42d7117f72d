//! What on the desk is like a claim or some words, and what two claims are to each other. Nothing here changes the database.

use super::linking::{query, side_of};
use super::{Result, Workbench, second_look};
use crate::matching::{Candidate, Entry, Tier, cross};
use crate::relation::{Relation, relate};
use crate::score::{Reason, Score};
use crate::store::StoreError;
use crate::store::claims::{ClaimEntry, ClaimSide};
use crate::store::id::{ClaimId, RelationId};
use crate::store::rows::{ClaimRow, MatchRow, RelationRow, Status};
use serde::Serialize;
use std::collections::BTreeMap;

/// Words to be matched, with what is known about them; only `text` is needed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    pub text: &'a str,
    pub title: &'a str,
    pub speaker: &'a str,
    /// ISO date, or empty.
    pub date: &'a str,
}

/// A match in short: for many queries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matched {
    pub claim: ClaimId,
    /// The id that an imported claim has in its file.
    pub external: Option<String>,
    pub score: Score,
    pub tier: Tier,
}

/// A stored relation beside what comparing the two claims says now.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    pub relation: RelationRow,
    pub compared: Relation,
    /// Why the two are taken to be about the same thing.
    pub likeness: Vec<Reason>,
}

impl Workbench {
    /// Returns the claims most like a stored one, best first; a match that a person rejected is only related.
    pub fn matches_of(&mut self, claim: ClaimId, top: usize) -> Result<Vec<MatchRow>> {
        let side = self.side(claim)?;
        self.follow_index()?;
        let mut candidates = self.live.candidates(&query(&side), reach(top));
        let known = self.likest(candidates.iter().take(second_look::READ))?;
        second_look::look(&side.words, &side.speaker_name, &mut candidates, &known);
        let mut relations = BTreeMap::new();
        for relation in self.store.relations_of(claim)? {
            let other = if relation.earlier.id == claim { relation.later.id } else { relation.earlier.id };
            if relation.status == Status::Rejected
                && let Some(rejected) = candidates.iter_mut().find(|found| found.id == other.0.unsigned_abs())
            {
                rejected.tier = Tier::Related;
                rejected.because.insert(0, Reason::new("rejected", "a person rejected this match", 0.0));
            }
            relations.insert(other, relation.id);
        }
        self.rows_of(candidates, &relations, top)
    }

    /// Returns the claims most like some words, best first; `speaker` may be empty.
    pub fn match_text(&mut self, text: &str, speaker: &str, top: usize) -> Result<Vec<MatchRow>> {
        self.follow_index()?;
        let mut candidates = self.live.candidates(&entry(&Query { text, speaker, ..Query::default() }), reach(top));
        let known = self.likest(candidates.iter().take(second_look::READ))?;
        second_look::look(text, speaker, &mut candidates, &known);
        self.put_word_for_word_first(text, &mut candidates)?;
        self.rows_of(candidates, &BTreeMap::new(), top)
    }

    /// Matches many queries at once, on all cores; each answer is best first, at most `top` long.
    pub fn match_many(&mut self, queries: &[Query<'_>], top: usize) -> Result<Vec<Vec<Matched>>> {
        use rayon::prelude::*;
        self.follow_index()?;
        let live = self.store.live_claims()?;
        let index = &self.live;
        let near = queries.par_iter().map(|asked| index.candidates(&entry(asked), reach(top)));
        let near: Vec<Vec<Candidate>> = near.collect();
        let known = self.likest(near.iter().flat_map(|found| found.iter().take(second_look::READ)))?;
        let answer = |(asked, mut found): (&Query<'_>, Vec<Candidate>)| {
            second_look::look(asked.text, asked.speaker, &mut found, &known);
            let matched = found.into_iter().filter_map(|found| {
                let claim = ClaimId(found.id.cast_signed());
                let external = live.get(&claim)?.clone();
                Some(Matched { claim, external, score: found.score, tier: found.tier })
            });
            matched.take(top).collect()
        };
        Ok(queries.par_iter().zip(near).map(answer).collect())
    }

    /// Returns what a second look reads of the likest candidates, by their id.
    fn likest<'a>(&self, found: impl IntoIterator<Item = &'a Candidate>) -> Result<BTreeMap<u64, ClaimSide>> {
        let mut ids: Vec<u64> = found.into_iter().map(|one| one.id).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(self.store.sides(&ids)?.into_iter().map(|side| (side.id.0.unsigned_abs(), side)).collect())
    }

    /// Matches every claim with every other by words alone, on all cores, and returns each pair that is suggested or the same once, by the
    /// later claim: the claim, then what it is like; at most `top` for a claim.
    pub fn match_all(&mut self, top: usize) -> Result<Vec<(ClaimId, Matched)>> {
        self.follow_index()?;
        let live = self.store.live_claims()?;
        let index = self.live.words();
        // A pair that a person rejected counts as seen.
        let mut seen = self.store.rejected_pairs()?;
        let mut pairs = Vec::new();
        let mut meet = |batch: &mut Vec<OwnClaim>| {
            let entries: Vec<Entry<'_>> = batch.iter().map(OwnClaim::entry).collect();
            for pair in cross(index, &entries, top, Tier::Suggested) {
                let (one, other) = (ClaimId(pair.claim.cast_signed()), ClaimId(pair.found.id.cast_signed()));
                let (Some(_), Some(external)) = (live.get(&one), live.get(&other)) else { continue };
                if seen.insert((one.min(other), one.max(other))) {
                    let (score, tier) = (pair.found.score, pair.found.tier);
                    pairs.push((one, Matched { claim: other, external: external.clone(), score, tier }));
                }
            }
            batch.clear();
        };
        let mut batch = Vec::new();
        self.store.index_source().entries_after(ClaimId(0), |claim| {
            batch.push(OwnClaim::of(claim));
            if batch.len() == BATCH {
                meet(&mut batch);
            }
        })?;
        meet(&mut batch);
        Ok(pairs)
    }

    /// Compares two stored claims anew; the one said earlier is the first side.
    pub fn compare(&self, one: ClaimId, other: ClaimId) -> Result<Relation> {
        let (one, other) = (self.side(one)?, self.side(other)?);
        let (a, b) = if (&one.day, one.id) <= (&other.day, other.id) { (one, other) } else { (other, one) };
        Ok(relate(&side_of(&a), &side_of(&b)))
    }

    /// Returns a stored relation with everything that speaks for it.
    pub fn why(&mut self, id: RelationId) -> Result<Explained> {
        let relation = self.store.relation(id)?;
        let compared = self.compare(relation.earlier.id, relation.later.id)?;
        self.follow_index()?;
        let later = self.side(relation.later.id)?;
        let candidates = self.live.candidates(&query(&later), reach(100));
        let earlier = relation.earlier.id.0.unsigned_abs();
        let likeness = candidates.into_iter().find(|found| found.id == earlier).map(|found| found.because);
        Ok(Explained { relation, compared, likeness: likeness.unwrap_or_default() })
    }

    pub(super) fn side(&self, claim: ClaimId) -> Result<ClaimSide> {
        let found = self.store.sides(&[claim.0.unsigned_abs()])?.pop();
        found.ok_or_else(|| StoreError::NoSuchId { what: ClaimId::WHAT, id: claim.to_string() }.into())
    }

    fn rows_of(
        &self,
        candidates: Vec<Candidate>,
        relations: &BTreeMap<ClaimId, RelationId>,
        top: usize,
    ) -> Result<Vec<MatchRow>> {
        let ids: Vec<ClaimId> = candidates.iter().map(|found| ClaimId(found.id.cast_signed())).collect();
        let mut claims: BTreeMap<ClaimId, ClaimRow> = self
            .store
            .claims_by_id(&ids)?
            .into_iter()
            .filter(|claim| !claim.dropped)
            .map(|claim| (claim.id, claim))
            .collect();
        let rows = candidates.into_iter().filter_map(|found| {
            let claim = claims.remove(&ClaimId(found.id.cast_signed()))?;
            let relation = relations.get(&claim.id).copied();
            let Candidate { score, tier, meaning, because, .. } = found;
            Some(MatchRow { claim, score, tier, meaning, because, relation })
        });
        Ok(rows.take(top).collect())
    }
}

/// Claims matched at once with all others.
const BATCH: usize = 4_096;

/// What matching reads of a claim, kept for a batch.
struct OwnClaim {
    id: u64,
    words: String,
    headline: String,
    speaker: String,
    day: String,
}

impl OwnClaim {
    fn of(claim: &ClaimEntry<'_>) -> Self {
        let [words, headline, speaker, day] =
            [claim.words, claim.headline, claim.speaker, claim.day].map(ToOwned::to_owned);
        Self { id: claim.id.0.unsigned_abs(), words, headline, speaker, day }
    }

    fn entry(&self) -> Entry<'_> {
        Entry { id: self.id, text: &self.words, title: &self.headline, speaker: &self.speaker, date: &self.day }
    }
}

/// Candidates asked for, so that enough are left when some of them are not live any more.
const fn reach(top: usize) -> usize {
    top.saturating_add(10)
}

fn entry<'a>(query: &Query<'a>) -> Entry<'a> {
    Entry { id: u64::MAX, text: query.text, title: query.title, speaker: query.speaker, date: query.date }
}
