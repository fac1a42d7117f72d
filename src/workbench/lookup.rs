//! What can be asked of the desk: lists, single things, matches, comparisons. Nothing here changes the database.

use super::linking::{query, side_of};
use super::{Result, Workbench};
use crate::matching::{Candidate, Entry, Tier, cross};
use crate::relation::{Relation, RelationKind, relate};
use crate::score::{Reason, Score};
use crate::store::StoreError;
use crate::store::claims::{ClaimEntry, ClaimSide};
use crate::store::filter::Filter;
use crate::store::id::{ArticleId, ClaimId, RelationId, SpeakerId, StoryId, VerdictId};
use crate::store::originals::{Fetched, OriginalRow};
use crate::store::rows::{
    ArticleRow, ArticleText, ClaimRow, Found, MatchRow, MergeRow, Named, OperationRow, RelationRow, SpeakerRow,
    SqlRows, Stats, Status, StoryRow, VerdictRow,
};
use crate::store::stories::StoryWords;
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

/// One claim on the timeline, with the relations in which it is the later one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineRow {
    pub claim: ClaimRow,
    pub relations: Vec<RelationRow>,
}

impl Workbench {
    /// Returns the further addresses at which an article's words were found.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn also_at(&self, article: ArticleId) -> Result<Vec<String>> {
        Ok(self.store.also_at(article)?)
    }

    pub fn articles(&self, filter: &Filter) -> Result<Vec<ArticleRow>> {
        Ok(self.store.articles(filter)?)
    }

    pub fn article(&self, id: ArticleId) -> Result<ArticleText> {
        Ok(self.store.article(id)?)
    }

    /// Tells what the text of an article was made of, and by which reader.
    pub fn original(&self, id: ArticleId) -> Result<Option<OriginalRow>> {
        self.store.article(id)?;
        Ok(self.store.original(id)?)
    }

    /// Tells where and when an article was fetched; nothing for one that was read from a file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fetched(&self, id: ArticleId) -> Result<Option<Fetched>> {
        Ok(self.store.fetched(id)?)
    }

    /// Returns the bytes that an article was read from, where they were kept.
    pub fn original_bytes(&self, id: ArticleId) -> Result<Option<Vec<u8>>> {
        Ok(self.store.original_bytes(id)?)
    }

    pub fn claims(&self, filter: &Filter) -> Result<Vec<ClaimRow>> {
        Ok(self.store.claims(filter)?)
    }

    /// Returns how many claims a filter lets through, whatever its limit.
    pub fn count_claims(&self, filter: &Filter) -> Result<usize> {
        Ok(self.store.count_claims(filter)?)
    }

    /// Returns how many claims of older versions a list leaves out that takes each claim once.
    pub fn count_copies(&self, filter: &Filter) -> Result<usize> {
        Ok(self.store.count_copies(filter)?)
    }

    pub fn claim(&self, id: ClaimId) -> Result<ClaimRow> {
        Ok(self.store.claim(id)?)
    }

    /// Returns the relations of these kinds (all, when none is named) with a claim that passes the filter. Rejected ones
    /// are left out unless the filter names a status.
    pub fn relations(&self, filter: &Filter, kinds: &[RelationKind]) -> Result<Vec<RelationRow>> {
        Ok(self.store.relations(filter, kinds)?)
    }

    /// Returns the contradictions among claims that pass the filter, by the day of the later claim.
    pub fn contradictions(&self, filter: &Filter) -> Result<Vec<RelationRow>> {
        self.relations(filter, &[RelationKind::Contradiction])
    }

    pub fn relation(&self, id: RelationId) -> Result<RelationRow> {
        Ok(self.store.relation(id)?)
    }

    /// Returns every relation of a claim, rejected ones too, likeliest contradiction first.
    pub fn relations_of(&self, claim: ClaimId) -> Result<Vec<RelationRow>> {
        Ok(self.store.relations_of(claim)?)
    }

    /// Returns the ids of what a person confirmed about a claim.
    pub fn confirmed_of(&self, claim: ClaimId) -> Result<Vec<String>> {
        let rows = self.store.relations_of(claim)?;
        Ok(rows.iter().filter(|row| row.status == Status::Confirmed).map(|row| row.id.to_string()).collect())
    }

    pub fn speakers(&self, filter: &Filter) -> Result<Vec<SpeakerRow>> {
        Ok(self.store.speakers(filter)?)
    }

    pub fn speaker(&self, id: SpeakerId) -> Result<SpeakerRow> {
        Ok(self.store.speaker(id)?)
    }

    /// Returns the one speaker meant by a name, an alias or an id.
    pub fn speaker_named(&self, name: &str) -> Result<Named<SpeakerId>> {
        Ok(self.store.speaker_named(name)?)
    }

    /// Returns the pairs of speakers that may be one and that nobody has decided on, likeliest first.
    pub fn merge_suggestions(&self) -> Result<Vec<MergeRow>> {
        Ok(self.store.merge_suggestions()?)
    }

    /// Returns names and aliases, for completion.
    pub fn speaker_names(&self) -> Result<Vec<String>> {
        Ok(self.store.speaker_names()?)
    }

    /// Returns outlets and origins, for completion.
    pub fn outlets(&self) -> Result<Vec<String>> {
        Ok(self.store.outlets()?)
    }

    /// Returns the ratings in use, for completion.
    pub fn ratings(&self) -> Result<Vec<String>> {
        Ok(self.store.ratings()?)
    }

    pub fn stories(&self) -> Result<Vec<StoryRow>> {
        Ok(self.store.stories()?)
    }

    /// Returns the one story meant by a name or an id.
    /// Returns the headline and the first sentences that a person gave a story.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn story_words(&self, story: StoryId) -> Result<StoryWords> {
        Ok(self.store.story_words(story)?)
    }

    pub fn story_named(&self, name: &str) -> Result<Named<StoryId>> {
        Ok(self.store.story_named(name)?)
    }

    /// Returns the verdicts in effect on claims that pass the filter, oldest first.
    pub fn verdicts(&self, filter: &Filter) -> Result<Vec<VerdictRow>> {
        Ok(self.store.verdicts(filter)?)
    }

    /// Returns every version of every verdict on a claim, oldest first.
    pub fn verdicts_of(&self, claim: ClaimId) -> Result<Vec<VerdictRow>> {
        Ok(self.store.verdicts_of(claim)?)
    }

    pub fn verdict(&self, id: VerdictId) -> Result<VerdictRow> {
        Ok(self.store.verdict(id)?)
    }

    /// Finds words in claims and articles, best first, at most `limit` of each; hits in snippets stand between
    /// [`MARKS`](crate::store::search::MARKS).
    pub fn find(&self, words: &str, limit: usize) -> Result<Vec<Found>> {
        Ok(self.store.find(words, limit)?)
    }

    pub fn stats(&self) -> Result<Stats> {
        let mut stats = self.store.stats()?;
        // Contradictions and updates are counted as they are shown and decided: by finding.
        let counts = self.count_findings()?;
        let (mut pairs, mut waiting, mut confirmed) = (Vec::new(), counts.waiting, counts.confirmed);
        for (kind, number) in std::mem::take(&mut stats.relations) {
            match kind.as_str() {
                "contradiction" => pairs.push((kind, counts.contradictions)),
                "update" => pairs.push((kind, counts.updates)),
                _ => pairs.push((kind, number)),
            }
        }
        stats.relations = pairs;
        waiting += stats.suggested;
        confirmed += stats.confirmed;
        (stats.suggested, stats.confirmed) = (waiting, confirmed);
        Ok(stats)
    }

    /// Returns what came onto the desk since a moment (RFC 3339, UTC).
    pub fn since(&self, moment: &str) -> Result<crate::store::since::Since> {
        let mut since = self.store.since(moment)?;
        // Contradictions and updates are counted as everywhere: by finding.
        let findings = self.findings()?;
        since.contradictions = findings.first_of_each(std::mem::take(&mut since.contradictions));
        since.updates = findings.first_of_each(std::mem::take(&mut since.updates));
        Ok(since)
    }

    /// Returns the last `limit` operations, newest first.
    pub fn log(&self, limit: usize) -> Result<Vec<OperationRow>> {
        Ok(self.store.log(limit)?)
    }

    /// Runs one statement that only reads and returns at most `limit` rows.
    pub fn sql(&mut self, statement: &str, limit: usize) -> Result<SqlRows> {
        Ok(self.store.sql(statement, limit)?)
    }

    /// Returns the claims that pass the filter by day, each with the relations in which it is the later one.
    pub fn timeline(&self, filter: &Filter) -> Result<Vec<TimelineRow>> {
        let claims = self.store.claims(filter)?;
        let ids: Vec<ClaimId> = claims.iter().map(|claim| claim.id).collect();
        let mut relations: BTreeMap<ClaimId, Vec<RelationRow>> = BTreeMap::new();
        for relation in self.store.relations_to(&ids, filter)? {
            relations.entry(relation.later.id).or_default().push(relation);
        }
        let row = |claim: ClaimRow| {
            let relations = relations.remove(&claim.id).unwrap_or_default();
            TimelineRow { claim, relations }
        };
        Ok(claims.into_iter().map(row).collect())
    }

    /// Returns the claims most like a stored one, best first; a match that a person rejected is only related.
    pub fn matches_of(&mut self, claim: ClaimId, top: usize) -> Result<Vec<MatchRow>> {
        let side = self.side(claim)?;
        self.follow_index()?;
        let mut candidates = self.live.candidates(&query(&side), reach(top));
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
        let candidates = self.live.candidates(&entry(&Query { text, speaker, ..Query::default() }), reach(top));
        self.rows_of(candidates, &BTreeMap::new(), top)
    }

    /// Matches many queries at once, on all cores; each answer is best first, at most `top` long.
    pub fn match_many(&mut self, queries: &[Query<'_>], top: usize) -> Result<Vec<Vec<Matched>>> {
        use rayon::prelude::*;
        self.follow_index()?;
        let live = self.store.live_claims()?;
        let index = &self.live;
        let answer = |asked: &Query<'_>| {
            let candidates = index.candidates(&entry(asked), reach(top)).into_iter();
            let matched = candidates.filter_map(|found| {
                let claim = ClaimId(found.id.cast_signed());
                let external = live.get(&claim)?.clone();
                Some(Matched { claim, external, score: found.score, tier: found.tier })
            });
            matched.take(top).collect()
        };
        Ok(queries.par_iter().map(answer).collect())
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

    fn side(&self, claim: ClaimId) -> Result<ClaimSide> {
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
