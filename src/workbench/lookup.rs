//! What can be asked of the desk: lists and single things. Nothing here changes the database.

use super::{Result, Workbench};
use crate::relation::RelationKind;
use crate::store::filter::Filter;
use crate::store::id::{ArticleId, ClaimId, RelationId, SpeakerId, StoryId, VerdictId};
use crate::store::originals::{Fetched, OriginalRow};
use crate::store::rows::{
    ArticleRow, ArticleText, ClaimRow, Found, MergeRow, Named, OperationRow, RelationRow, SpeakerRow, SqlRows, Stats,
    Status, StoryRow, VerdictRow,
};
use crate::store::stories::StoryWords;
use serde::Serialize;
use std::collections::BTreeMap;

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

    /// Returns articles in the order of the ids given; unknown ids are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn articles_by_id(&self, ids: &[ArticleId]) -> Result<Vec<ArticleRow>> {
        Ok(self.store.articles_by_id(ids)?)
    }

    /// Returns how many articles are on the desk, and how many claims that were imported.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_brought(&self) -> Result<(usize, usize)> {
        Ok((self.store.count_articles()?, self.store.count_imported()?))
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

    /// Returns every relation of a claim, rejected ones too, likeliest contradiction first; what turned out to be none is left out.
    pub fn relations_of(&self, claim: ClaimId) -> Result<Vec<RelationRow>> {
        let mut rows = self.store.relations_of(claim)?;
        rows.retain(|row| !row.relation.is(RelationKind::Related) && !row.relation.is(RelationKind::Unrelated));
        Ok(rows)
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

    /// Returns the headline and the first sentences that a person gave a story.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn story_words(&self, story: StoryId) -> Result<StoryWords> {
        Ok(self.store.story_words(story)?)
    }

    /// Returns the one story meant by a name or an id.
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
}
