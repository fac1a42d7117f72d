//! Stories and timelines as values: the page of a story, what may still belong to it, and the drawing of who said what when.

use super::linking::query;
use super::{Result, Workbench};
use crate::attribution::Kind;
use crate::matching::Tier;
use crate::relation::RelationKind;
use crate::report::story::{self, Said, Story, Tie, Tied};
use crate::report::timeline::{Event, Mark, Row, Timeline};
use crate::score::Score;
use crate::store::filter::{Filter, Order, Test};
use crate::store::id::{ClaimId, StoryId};
use crate::store::marks::Rows;
use crate::store::rows::{ClaimRow, Dispute, RelationRow, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Claims of a story that others are compared with, the newest.
const COMPARED: usize = 60;
/// Candidates looked at for each.
const LOOKED_AT: usize = 12;

impl Workbench {
    /// Returns the page of a story from its claims and the relations among them.
    pub fn story_page(claims: &[ClaimRow], relations: &[RelationRow]) -> Story {
        let said = |row: &ClaimRow| Said {
            id: row.id.to_string(),
            speaker: row.who().to_owned(),
            title: row.title.clone(),
            words: row.words.clone(),
            manner: if row.kind.is(Kind::Statement) { String::new() } else { row.kind.to_string() },
            date: row.date(),
            rating: row.rating().unwrap_or_default().to_owned(),
        };
        let said: Vec<Said> = claims.iter().map(said).collect();
        let tied: Vec<Tied> = relations.iter().filter_map(tied).collect();
        story::page(&said, &tied)
    }

    /// Returns claims that may belong to a story: those most like its own, articles of the story left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn story_candidates(&mut self, story: StoryId, top: usize) -> Result<Vec<(ClaimRow, Score)>> {
        let filter = Filter::default().with(Test::Story(story.to_string()));
        let own: BTreeSet<ClaimId> = self.store.claims(&filter)?.iter().map(|row| row.id).collect();
        let newest = self.store.claims(&filter.limited(COMPARED, Order::Newest))?;
        let ids: Vec<u64> = newest.iter().map(|row| row.id.0.unsigned_abs()).collect();
        self.live.catch_up_reading(&self.store)?;
        let mut best: BTreeMap<ClaimId, Score> = BTreeMap::new();
        for side in self.store.sides(&ids)? {
            for found in self.live.candidates(&query(&side), LOOKED_AT) {
                let id = ClaimId(found.id.cast_signed());
                if found.tier == Tier::Related && found.score.get() < WORTH_A_LOOK || own.contains(&id) {
                    continue;
                }
                let best = best.entry(id).or_default();
                if found.score > *best {
                    *best = found.score;
                }
            }
        }
        let mut ranked: Vec<(ClaimId, Score)> = best.into_iter().collect();
        ranked.sort_by(|a, b| b.1.get().total_cmp(&a.1.get()).then(a.0.cmp(&b.0)));
        let ids: Vec<ClaimId> = ranked.iter().map(|(id, _)| *id).collect();
        let rows = self.store.claims_by_id(&ids)?;
        let scores: BTreeMap<ClaimId, Score> = ranked.into_iter().collect();
        let live = rows.into_iter().filter(|row| !row.dropped);
        Ok(live
            .map(|row| (scores.get(&row.id).copied().unwrap_or_default(), row))
            .map(|(score, row)| (row, score))
            .take(top)
            .collect())
    }

    /// Returns the timeline of the claims that pass a filter, one row a speaker or story, most events first.
    ///
    /// # Errors
    /// When the filter names somebody who is not there.
    pub fn drawing(&self, filter: &Filter, rows: Rows) -> Result<Timeline> {
        let mut by_name: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for marked in self.store.marks(filter, rows)? {
            let name = if marked.row.trim().is_empty() { "nobody named".to_owned() } else { marked.row };
            let mark = match marked.weight {
                3 => Mark::Reversal,
                2 => Mark::Update,
                1 => Mark::Repeat,
                _ => Mark::Claim,
            };
            let events = by_name.entry(name).or_default();
            events.push(Event { mark, date: marked.date, id: marked.claim.to_string() });
            if marked.judged {
                events.push(Event { mark: Mark::Verdict, date: marked.date, id: marked.claim.to_string() });
            }
        }
        let mut rows: Vec<Row> = by_name.into_iter().map(|(name, events)| Row { name, events }).collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.events.len()), row.name.clone()));
        Ok(Timeline { rows })
    }
}

/// Likeness below which a claim that is only related is not worth a look for a story.
const WORTH_A_LOOK: f64 = 0.05;

fn tied(row: &RelationRow) -> Option<Tied> {
    let tie = match (row.relation.known()?, row.dispute.as_ref().and_then(crate::store::stored::Stored::known)) {
        (RelationKind::Repeat | RelationKind::Reworded, _) if row.syndicated => Tie::Copy,
        (RelationKind::Repeat | RelationKind::Reworded, _) => Tie::Again,
        (RelationKind::Update, _) => Tie::Update,
        (RelationKind::Contradiction, Some(Dispute::ChangeOfPosition)) => Tie::Turn,
        (RelationKind::Contradiction, _) => Tie::Dispute,
        (RelationKind::Offered | RelationKind::Related | RelationKind::Unrelated, _) => return None,
    };
    let confirmed = row.status == Status::Confirmed;
    Some(Tied {
        id: row.id.to_string(),
        earlier: row.earlier.id.to_string(),
        later: row.later.id.to_string(),
        tie,
        confirmed,
    })
}
