//! Stories and timelines as values: the page of a story, and the drawing of who said what when.

use super::{Result, Workbench};
use crate::attribution::Kind;
use crate::relation::{RelationKind, asserts_same};
use crate::report::story::{self, Said, Story, Tie, Tied};
use crate::report::timeline::{Event, Mark, Row, Timeline};
use crate::store::filter::Filter;
use crate::store::marks::{Judged, Rows};
use crate::store::rows::{ClaimRow, Dispute, RelationRow, Status};
use std::collections::BTreeMap;

impl Workbench {
    /// Returns the page of a story from its claims and the relations among them.
    pub fn story_page(claims: &[ClaimRow], relations: &[RelationRow]) -> Story {
        let said = |row: &ClaimRow| Said {
            id: row.id.to_string(),
            speaker: row.attributed(),
            title: row.title.clone(),
            words: row.alone(),
            manner: if row.kind.is(Kind::Statement) { String::new() } else { row.kind.to_string() },
            date: row.date(),
            rating: rated(row, false),
            draft: rated(row, true),
        };
        let said: Vec<Said> = claims.iter().map(said).collect();
        let tied: Vec<Tied> = relations.iter().filter_map(tied).collect();
        story::page(&said, &tied)
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
            let judged = match marked.judged {
                Judged::Not => None,
                Judged::InDraft => Some(Mark::Draft),
                Judged::Published => Some(Mark::Verdict),
            };
            events.extend(judged.map(|mark| Event { mark, date: marked.date, id: marked.claim.to_string() }));
        }
        let mut rows: Vec<Row> = by_name.into_iter().map(|(name, events)| Row { name, events }).collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.events.len()), row.name.clone()));
        Ok(Timeline { rows })
    }
}

/// The ratings of a claim that readers see, or those that they do not.
fn rated(row: &ClaimRow, draft: bool) -> String {
    let labels = row.verdicts.iter().filter(|label| label.draft == draft);
    labels.map(|label| label.rating.as_str()).collect::<Vec<_>>().join(", ")
}

/// Tells whether a report that was carried on says what it said, or a person confirmed that it does.
fn is_kept(row: &RelationRow) -> bool {
    row.status == Status::Confirmed || asserts_same(&row.earlier.words, &row.later.words)
}

fn tied(row: &RelationRow) -> Option<Tied> {
    let tie = match (row.relation.known()?, row.dispute.as_ref().and_then(crate::store::stored::Stored::known)) {
        // What an editor altered is no copy of what was said.
        (RelationKind::Repeat | RelationKind::Reworded, _) if row.syndicated && !is_kept(row) => return None,
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
