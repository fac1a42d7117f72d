//! The page of a story: who holds which position since when, what changed, what is still open. Pure values in, a value out.
//!
//! A position is what one speaker said, once or again; a change is a speaker's own turn or a new figure. Refuses to call a
//! suggestion of the machine a finding: each change says who stands behind it.

mod holds;

pub use holds::can_be_held;

use crate::date::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// One claim of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// `c41`.
    pub id: String,
    /// Empty where nobody is named.
    pub speaker: String,
    /// The title then held, or empty.
    pub title: String,
    pub words: String,
    /// How it was put, where it is no plain statement: `denial`, `promise`; else empty.
    pub manner: String,
    pub date: Option<Date>,
    /// The rating of a published verdict, or empty.
    pub rating: String,
    /// The rating of a verdict that readers do not see, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub draft: String,
}

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// The same report, carried by another outlet: not said again.
    Copy,
    /// The same position, said again.
    Again,
    /// The same measure, another figure.
    Update,
    /// One speaker, the opposite.
    Turn,
    /// Two speakers, opposite.
    Dispute,
}

/// A relation of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tied {
    /// `m9`.
    pub id: String,
    pub earlier: String,
    pub later: String,
    pub tie: Tie,
    /// A person confirmed it.
    pub confirmed: bool,
}

/// One position of a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Position {
    pub speaker: String,
    pub title: String,
    /// The claim that says it, the last time it was said.
    pub claim: String,
    pub words: String,
    pub manner: String,
    pub since: Option<Date>,
    pub last: Option<Date>,
    /// How often it was said.
    pub times: usize,
    /// The rating of a published verdict, or empty.
    pub rating: String,
    /// The rating of a verdict that readers do not see, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub draft: String,
    /// The relation by which the speaker left it, when that is so; the other side of one that is confirmed may stand outside the story.
    pub left: Option<String>,
    /// The relation by which the speaker came to it from the opposite, when that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub came: Option<String>,
}

/// What is said of a story at one glance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Story {
    /// Of each speaker, those with most to say first; of one speaker in order of time.
    pub positions: Vec<Position>,
    /// What is counted in `others`.
    #[serde(skip)]
    pub single: Vec<Position>,
    /// Claims said once that no other claim of the story repeats, changes or disputes.
    pub others: usize,
    /// Turns and updates, in order of time.
    pub changes: Vec<Tied>,
    /// Disputes between speakers that no verdict settles.
    pub disputes: Vec<Tied>,
    /// Relations that wait for a person.
    pub waiting: usize,
}

/// Makes the page from the claims of a story and the relations among them; rejected ones are left out by the caller.
pub fn page(said: &[Said], tied: &[Tied]) -> Story {
    let places: BTreeMap<&str, usize> = said.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    let within: Vec<(&Tied, usize, usize)> = tied
        .iter()
        .filter_map(|tie| Some((tie, *places.get(tie.earlier.as_str())?, *places.get(tie.later.as_str())?)))
        .collect();
    let mut group: Vec<usize> = (0..said.len()).collect();
    for &(tie, a, b) in &within {
        if matches!(tie.tie, Tie::Again | Tie::Copy) && said[a].speaker == said[b].speaker {
            let (from, to) = (root(&group, a).max(root(&group, b)), root(&group, a).min(root(&group, b)));
            group[from] = to;
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..said.len() {
        members.entry(root(&group, at)).or_default().push(at);
    }
    let order = |at: usize| (said[at].date.is_none(), said[at].date, at);
    let mut telling: Vec<usize> = within
        .iter()
        .filter(|(tie, ..)| !matches!(tie.tie, Tie::Again | Tie::Copy))
        .flat_map(|(_, a, b)| [*a, *b])
        .collect();
    // A turn that a person confirmed tells of its statement wherever the other one stands.
    let is_within = |tie: &Tied| [&tie.earlier, &tie.later].iter().all(|side| places.contains_key(side.as_str()));
    let turns: Vec<&Tied> =
        tied.iter().filter(|tie| tie.tie == Tie::Turn && (tie.confirmed || is_within(tie))).collect();
    let sides = turns.iter().flat_map(|tie| [&tie.earlier, &tie.later]);
    telling.extend(sides.filter_map(|side| places.get(side.as_str())));
    let mut out = Story {
        waiting: within.iter().filter(|(tie, ..)| !tie.confirmed && tie.tie != Tie::Copy).count(),
        ..Story::default()
    };
    for mut group in members.into_values() {
        group.sort_by_key(|at| order(*at));
        let times = group.len() - group.iter().filter(|at| is_copy(&within, **at)).count();
        let shown = times > 1
            || group
                .iter()
                .any(|at| telling.contains(at) || !(said[*at].rating.is_empty() && said[*at].draft.is_empty()));
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let mut position = position(said, &within, &group, *first, *last);
        let is_own = |id: &str| places.get(id).is_some_and(|at| group.contains(at));
        let turn = |side: fn(&Tied) -> &str| turns.iter().find(|tie| is_own(side(tie))).map(|tie| tie.id.clone());
        position.left = turn(|tie| &tie.earlier);
        position.came = turn(|tie| &tie.later);
        if shown {
            out.positions.push(position);
        } else {
            out.others += times;
            out.single.push(position);
        }
    }
    let mut weight: BTreeMap<String, usize> = BTreeMap::new();
    for position in &out.positions {
        *weight.entry(position.speaker.clone()).or_default() += position.times;
    }
    out.positions.sort_by_cached_key(|position| {
        let said = weight.get(&position.speaker).copied().unwrap_or_default();
        (std::cmp::Reverse(said), position.speaker.clone(), position.since.is_none(), position.since)
    });
    let mut by_time = within;
    by_time.sort_by_key(|(_, _, later)| order(*later));
    for (tie, a, b) in by_time {
        let settled = !said[a].rating.is_empty() || !said[b].rating.is_empty();
        match tie.tie {
            Tie::Turn | Tie::Update => out.changes.push(tie.clone()),
            Tie::Dispute if !settled => out.disputes.push(tie.clone()),
            Tie::Dispute | Tie::Again | Tie::Copy => {}
        }
    }
    out
}

/// A position, but for the turns from it and to it.
fn position(said: &[Said], tied: &[(&Tied, usize, usize)], group: &[usize], first: usize, last: usize) -> Position {
    let newest = |rating: fn(&Said) -> &String| {
        group.iter().rev().map(|at| rating(&said[*at]).clone()).find(|rating| !rating.is_empty()).unwrap_or_default()
    };
    Position {
        speaker: said[last].speaker.clone(),
        title: said[last].title.clone(),
        claim: said[last].id.clone(),
        words: said[last].words.clone(),
        manner: said[last].manner.clone(),
        since: said[first].date,
        last: said[last].date,
        times: group.len() - group.iter().filter(|at| is_copy(tied, **at)).count(),
        rating: newest(|one| &one.rating),
        draft: newest(|one| &one.draft),
        left: None,
        came: None,
    }
}

/// Tells whether a claim only carries another one of the story.
fn is_copy(tied: &[(&Tied, usize, usize)], claim: usize) -> bool {
    tied.iter().any(|(tie, _, later)| tie.tie == Tie::Copy && *later == claim)
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(id: &str, speaker: &str, day: &str, rating: &str) -> Said {
        Said {
            id: id.into(),
            speaker: speaker.into(),
            title: String::new(),
            words: format!("words of {id}"),
            manner: String::new(),
            date: Date::parse_iso(day),
            rating: rating.into(),
            draft: String::new(),
        }
    }

    fn tied(id: &str, earlier: &str, later: &str, tie: Tie, confirmed: bool) -> Tied {
        Tied { id: id.into(), earlier: earlier.into(), later: later.into(), tie, confirmed }
    }

    #[test]
    fn positions_changes_and_what_is_open() {
        let claims = [
            said("c1", "Amsel", "2031-01-01", ""),
            said("c2", "Amsel", "2031-02-01", ""),
            said("c3", "Amsel", "2031-05-01", ""),
            said("c4", "Quint", "2031-05-02", ""),
            said("c5", "Quint", "2031-06-01", ""),
            said("c6", "Reed", "", "false"),
            said("c7", "Amsel", "2031-05-02", ""),
        ];
        let ties = [
            tied("m1", "c1", "c2", Tie::Again, true),
            tied("m2", "c2", "c3", Tie::Turn, false),
            tied("m3", "c3", "c4", Tie::Dispute, false),
            tied("m4", "c4", "c6", Tie::Dispute, true),
            tied("m6", "c3", "c7", Tie::Copy, false),
            tied("m5", "c1", "c99", Tie::Again, true),
        ];
        let story = page(&claims, &ties);
        let told: Vec<_> =
            story.positions.iter().map(|p| (p.claim.as_str(), p.times, p.left.as_deref().unwrap_or(""))).collect();
        assert_eq!(told, [("c2", 2, "m2"), ("c7", 1, ""), ("c4", 1, ""), ("c6", 1, "")]);
        let came: Vec<_> = story.positions.iter().filter_map(|one| Some((&*one.claim, one.came.as_deref()?))).collect();
        assert_eq!(came, [("c7", "m2")]);
        assert_eq!(story.positions[0].since, Date::parse_iso("2031-01-01"));
        assert_eq!((story.others, story.waiting), (1, 2));
        let ids = |ties: &[Tied]| ties.iter().map(|tie| tie.id.clone()).collect::<Vec<_>>();
        assert_eq!((ids(&story.changes), ids(&story.disputes)), (vec!["m2".to_owned()], vec!["m3".to_owned()]));
        assert_eq!(page(&[], &ties), Story::default());
    }

    #[test]
    fn a_turn_to_a_claim_that_is_not_in_the_story_is_told_of_the_position() {
        let story = page(&[said("c1", "Amsel", "2031-01-01", "")], &[tied("m1", "c1", "c9", Tie::Turn, true)]);
        let told: Vec<_> = story.positions.iter().map(|one| (one.claim.as_str(), one.left.as_deref())).collect();
        assert_eq!(told, [("c1", Some("m1"))]);
        assert!(story.single.is_empty() && story.changes.is_empty());
        let story = page(&[said("c1", "Amsel", "2031-01-01", "")], &[tied("m1", "c1", "c9", Tie::Turn, false)]);
        assert!(story.positions.is_empty(), "nobody confirmed it");
    }

    #[test]
    fn a_draft_is_told_as_one_and_settles_nothing() {
        let draft = Said { draft: "false".into(), ..said("c1", "Amsel", "2031-01-01", "") };
        let ties = [tied("m1", "c1", "c2", Tie::Dispute, true)];
        let story = page(&[draft, said("c2", "Quint", "2031-01-02", "")], &ties);
        let amsel = &story.positions[0];
        assert_eq!((amsel.rating.as_str(), amsel.draft.as_str(), story.disputes.len()), ("", "false", 1));
    }
}
