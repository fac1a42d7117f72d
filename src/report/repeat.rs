//! Pairs of repeated claims become positions: one [`Repeat`] for each, its occasions in order of time.
//!
//! Republished wire copy is no further occasion: a pair marked [`Copy::Syndicated`] folds the later statement into the
//! occasion of the earlier one.

use crate::date::Date;
use crate::relation::RelationKind;
use crate::report::contradictions::{Occasion, Repeat};
use crate::report::statement::{Standing, Statement};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whether two statements are one text in two outlets or two acts of saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// The same copy, carried by another outlet.
    Syndicated,
    /// Said again, or reported on its own.
    Separate,
}

/// Two claims that the desk holds to be one position.
#[derive(Debug, Clone)]
pub struct Pair {
    pub earlier: Statement,
    pub later: Statement,
    /// [`RelationKind::Repeat`] or [`RelationKind::Reworded`].
    pub kind: RelationKind,
    pub standing: Standing,
    pub copy: Copy,
}

/// Groups pairs into positions; the position repeated most often comes first, then the earliest.
///
/// Rejected pairs join nothing. The result does not depend on the order of the pairs.
pub fn group(mut pairs: Vec<Pair>) -> Vec<Repeat> {
    pairs.retain(|pair| !matches!(pair.standing, Standing::Rejected { .. }));
    pairs.sort_by(|x, y| (&x.earlier.id, &x.later.id).cmp(&(&y.earlier.id, &y.later.id)));
    let mut statements: BTreeMap<&str, &Statement> = BTreeMap::new();
    let mut links: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
    for pair in &pairs {
        for statement in [&pair.earlier, &pair.later] {
            statements.entry(&statement.id).or_insert(statement);
            links.entry(&statement.id).or_default().push(pair);
        }
        join(&mut homes, &pair.earlier.id, &pair.later.id);
    }
    let mut members: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    for (id, statement) in statements {
        members.entry(home(&mut homes, id)).or_default().push(statement);
    }
    let mut repeats: Vec<Repeat> = members.into_values().map(|members| repeat(members, &links)).collect();
    repeats.sort_by_cached_key(|repeat| {
        (std::cmp::Reverse(repeat.occasions.len()), repeat.occasions.first().map(|first| order(&first.statement)))
    });
    repeats
}

/// Returns what statements are sorted by: the date said or published, undated last, a month after the days of it; then the id, by its
/// number.
pub(super) fn order(statement: &Statement) -> (bool, Option<(NaiveDate, Date)>, usize, String) {
    let date = statement.said.date.or(statement.article.published);
    (date.is_none(), date.map(|date| (date.last(), date)), statement.id.len(), statement.id.clone())
}

/// Lays the statements of one position out as occasions, the copies folded into them.
fn repeat(mut members: Vec<&Statement>, links: &BTreeMap<&str, Vec<&Pair>>) -> Repeat {
    members.sort_by_cached_key(|statement| order(statement));
    let mut occasions: Vec<Occasion> = Vec::new();
    // The number of the occasion that each statement went into.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in members {
        let id = statement.id.as_str();
        let before: Vec<(&Pair, usize)> = links
            .get(id)
            .into_iter()
            .flatten()
            .filter_map(|pair| Some((*pair, *places.get(other(pair, id))?)))
            .collect();
        if let Some(&(_, place)) = before.iter().find(|(pair, _)| pair.copy == Copy::Syndicated) {
            occasions[place].republished.push(statement.article.clone());
            places.insert(id, place);
            continue;
        }
        let link = before.iter().max_by_key(|(pair, _)| pair.standing != Standing::Suggested);
        let relation = link.map(|(pair, _)| pair.kind);
        let standing = link.map_or(Standing::Suggested, |(pair, _)| pair.standing.clone());
        places.insert(id, occasions.len());
        occasions.push(Occasion { statement: statement.clone(), relation, standing, republished: Vec::new() });
    }
    Repeat { occasions }
}

fn other<'a>(pair: &'a Pair, id: &str) -> &'a str {
    if pair.earlier.id == id { &pair.later.id } else { &pair.earlier.id }
}

/// Returns the representative of an id's group, shortening the way there.
fn home<'a>(homes: &mut BTreeMap<&'a str, &'a str>, id: &'a str) -> &'a str {
    let mut at = id;
    while let Some(&next) = homes.get(at).filter(|next| **next != at) {
        at = next;
    }
    homes.insert(id, at);
    at
}

fn join<'a>(homes: &mut BTreeMap<&'a str, &'a str>, a: &'a str, b: &'a str) {
    let (a, b) = (home(homes, a), home(homes, b));
    if a != b {
        homes.insert(a.max(b), a.min(b));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::{Kind, Quotation};
    use crate::date::When;
    use crate::report::Source;
    use crate::score::Score;

    fn statement(id: &str, day: &str) -> Statement {
        Statement {
            id: id.to_owned(),
            words: "the ferry will sail".to_owned(),
            frame: crate::claim::frame::Frame::default(),
            quotation: Quotation::Indirect,
            kind: Kind::Statement,
            cue: "said".to_owned(),
            sentence: String::new(),
            speaker: None,
            according_to: String::new(),
            source_words: String::new(),
            article: Source {
                id: format!("a{id}"),
                title: None,
                outlet: None,
                published: Date::parse_iso(day),
                url: None,
                archive: None,
                hash: None,
            },
            passage: crate::report::Passage::default(),
            said: When { written: String::new(), date: None },
            score: Score::new(1.0),
        }
    }

    fn pair(earlier: (&str, &str), later: (&str, &str), copy: Copy) -> Pair {
        Pair {
            earlier: statement(earlier.0, earlier.1),
            later: statement(later.0, later.1),
            kind: RelationKind::Repeat,
            standing: Standing::Suggested,
            copy,
        }
    }

    #[test]
    fn what_was_said_on_a_day_comes_before_what_was_said_in_its_month() {
        let (day, month) = (statement("c9", "2021-03-04"), statement("c2", "2021-03"));
        assert!(order(&day) < order(&month) && order(&month) < order(&statement("c1", "2021-04-01")));
    }

    #[test]
    fn syndicated_copy_counts_once() {
        let (first, copy, copy_of_copy, again) =
            (("c2", "2021-03-01"), ("c3", "2021-03-02"), ("c4", "2021-03-03"), ("c10", "2021-03-09"));
        let pairs = vec![
            pair(copy, copy_of_copy, Copy::Syndicated),
            pair(first, copy, Copy::Syndicated),
            pair(copy_of_copy, again, Copy::Separate),
            pair(("c7", "2021-01-01"), ("c8", ""), Copy::Separate),
        ];
        let mut turned = pairs.clone();
        turned.reverse();
        let repeats = group(pairs);
        assert_eq!(repeats, group(turned));
        let shape: Vec<Vec<(&str, usize)>> = repeats
            .iter()
            .map(|repeat| repeat.occasions.iter().map(|o| (o.statement.id.as_str(), o.republished.len())).collect())
            .collect();
        assert_eq!(shape, [[("c7", 0), ("c8", 0)], [("c2", 2), ("c10", 0)]]);
    }

    #[test]
    fn rejected_pairs_join_nothing() {
        let mut rejected = pair(("c1", "2021-01-01"), ("c2", "2021-01-02"), Copy::Separate);
        rejected.standing = Standing::Rejected { by: "Ann".to_owned(), on: Date::year(2021).unwrap(), note: None };
        assert_eq!(group(vec![rejected]), []);
    }
}
