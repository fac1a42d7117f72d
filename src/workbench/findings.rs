//! A finding is one change, dispute, denial or series of figures, in however many pairs of statements it is told: the pairs
//! of one sort and the same speakers that share a statement, or statements that repeat one another. It is shown, counted and
//! decided as one: those of its pairs that a person confirmed are one finding, those that nobody decided another. A change
//! back is a change of its own.

use super::{Result, Workbench};
use crate::date::Date;
use crate::relation::RelationKind;
use crate::store::filter::Filter;
use crate::store::findings::Tie;
use crate::store::id::{ArticleId, ClaimId, OperationId, RelationId};
use crate::store::rows::{ClaimRow, RelationRow};
use crate::store::versions::families;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which pairs belong together.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The number of its finding, by pair.
    of: BTreeMap<RelationId, usize>,
    /// The pairs of each.
    pairs: Vec<Vec<RelationId>>,
    /// Its sort.
    sorts: Vec<String>,
    /// Those that a person confirmed.
    confirmed: BTreeSet<RelationId>,
}

/// A finding before a person: the pair that tells it best, and the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    #[serde(flatten)]
    pub pair: RelationRow,
    /// The other pairs that tell the same.
    #[serde(rename = "pairs", skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<RelationRow>,
    /// Statements that stand among them in another version of their article too, word for word or altered by its editor.
    #[serde(skip)]
    pub versions: BTreeSet<ClaimId>,
}

impl Finding {
    fn claims(&self) -> impl Iterator<Item = &ClaimRow> {
        std::iter::once(&self.pair).chain(&self.others).flat_map(|pair| [&pair.earlier, &pair.later])
    }

    /// Returns the statements, each once, in the order in which they were said; of a sentence in several versions of an
    /// article, one.
    pub fn said(&self) -> Vec<&ClaimRow> {
        let claims: BTreeMap<_, &ClaimRow> = self.claims().map(|claim| (claim.id, claim)).collect();
        let mut claims: Vec<&ClaimRow> =
            claims.into_values().filter(|claim| !self.versions.contains(&claim.id)).collect();
        claims.sort_by_key(|claim| (claim.date().map(Date::first), claim.id));
        claims
    }
}

impl Findings {
    /// Groups pairs; `again` are claims that say the same.
    pub fn of(ties: &[Tie], again: &[(ClaimId, ClaimId)]) -> Self {
        let mut statements = Groups::default();
        for (first, second) in again {
            statements.join(*first, *second);
        }
        let mut ids = Groups::default();
        let turns = turns(ties, again);
        let mut seen = BTreeMap::new();
        for tie in ties {
            // A series of figures is one whoever gives them.
            let speakers = if tie.sort == UPDATE { (0, 0) } else { tie.speakers };
            let turn = turns.get(&tie.later).filter(|_| tie.sort == CHANGE);
            ids.join(tie.id, tie.id);
            for (side, claim) in [tie.earlier, tie.later].into_iter().enumerate() {
                // Only a change has a before and an after.
                let side = turn.map(|turn| (*turn, side));
                let first = *seen.entry((&tie.sort, speakers, side, statements.head(claim))).or_insert(tie.id);
                ids.join(first, tie.id);
            }
        }
        let mut findings = Self::default();
        let mut numbers: BTreeMap<(RelationId, bool), usize> = BTreeMap::new();
        for tie in ties {
            let confirmed = tie.status == "confirmed";
            let number = *numbers.entry((ids.head(tie.id), confirmed)).or_insert_with(|| {
                findings.pairs.push(Vec::new());
                findings.sorts.push(tie.sort.clone());
                findings.pairs.len() - 1
            });
            findings.of.insert(tie.id, number);
            findings.pairs[number].push(tie.id);
            if confirmed {
                findings.confirmed.insert(tie.id);
            }
        }
        findings
    }

    /// Returns the pairs that a decision on one of them decides: those of its finding that wait as it does, or are confirmed
    /// as it is; the pair alone where it belongs to no finding.
    pub fn decided_with(&self, id: RelationId) -> Vec<RelationId> {
        let pairs = self.of.get(&id).and_then(|number| self.pairs.get(*number));
        pairs.cloned().unwrap_or_else(|| vec![id])
    }

    /// Groups the pairs of a list by finding, in the order of the first of each.
    fn fold(&self, ids: &[RelationId]) -> Vec<Vec<RelationId>> {
        let mut out: Vec<Vec<RelationId>> = Vec::new();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for id in ids {
            let number = self.of.get(id);
            match number.and_then(|number| places.get(number)).and_then(|place| out.get_mut(*place)) {
                Some(pairs) => pairs.push(*id),
                None => {
                    places.extend(number.map(|number| (*number, out.len())));
                    out.push(vec![*id]);
                }
            }
        }
        out
    }

    /// Leaves the first pair of each finding, in the order given.
    pub fn first_of_each(&self, ids: Vec<RelationId>) -> Vec<RelationId> {
        let mut seen = BTreeSet::new();
        ids.into_iter().filter(|id| self.of.get(id).is_none_or(|number| seen.insert(*number))).collect()
    }
}

/// Tells which of two pairs tells more: what a person recorded, then what they read and confirmed, comes before all that the
/// machine is sure of.
pub fn surer(a: &RelationRow, b: &RelationRow) -> std::cmp::Ordering {
    let read = |row: &RelationRow| (!row.recorded_by.is_empty(), row.was_named);
    read(a).cmp(&read(b)).then(a.score.get().total_cmp(&b.score.get()))
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub contradictions: usize,
    /// Series of figures.
    pub updates: usize,
    /// Of both, with a pair that nobody decided.
    pub waiting: usize,
    /// Of both, with a pair that a person confirmed.
    pub confirmed: usize,
}

/// The sort of a series of figures, and that of a speaker who changes sides.
const UPDATE: &str = "update";
const CHANGE: &str = "change_of_position";

/// Returns how often its speaker had changed sides when a statement was made, as far as the pairs tell.
fn turns(ties: &[Tie], again: &[(ClaimId, ClaimId)]) -> BTreeMap<ClaimId, usize> {
    let changes = || ties.iter().filter(|tie| tie.sort == CHANGE);
    let sides = |tie: &'_ Tie| [(tie.earlier, 0), (tie.later, 1)];
    let days: BTreeMap<ClaimId, &str> =
        changes().flat_map(|tie| sides(tie).map(|(claim, side)| (claim, tie.days[side].as_str()))).collect();
    let moment = |claim: ClaimId| days.get(&claim).map(|day| (*day, claim));
    let turned = changes().map(|tie| (tie.earlier, tie.later, 1));
    let repeated = again.iter().map(|(one, other)| (*one, *other, 0));
    let mut steps: Vec<_> = turned
        .chain(repeated)
        .filter_map(|(one, other, turn)| {
            let (one, other) = (moment(one)?, moment(other)?);
            Some((one.max(other), one.min(other), turn))
        })
        .collect();
    // In the order of time all that leads to a statement is known before what it leads to.
    steps.sort_unstable();
    let mut turns = BTreeMap::new();
    for ((_, later), (_, earlier), turn) in steps {
        let before = turns.get(&earlier).copied().unwrap_or(0) + turn;
        let known = turns.entry(later).or_insert(0);
        *known = before.max(*known);
    }
    turns
}

/// Sets that are joined; the smallest member stands for each.
#[derive(Debug)]
pub(super) struct Groups<T>(BTreeMap<T, T>);

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Copy + Ord> Groups<T> {
    pub(super) fn head(&self, member: T) -> T {
        let mut at = member;
        while let Some(next) = self.0.get(&at).filter(|next| **next != at) {
            at = *next;
        }
        at
    }

    pub(super) fn join(&mut self, a: T, b: T) {
        let (a, b) = (self.head(a), self.head(b));
        self.0.insert(a.max(b), a.min(b));
    }
}

impl Workbench {
    /// Returns which pairs belong together.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn findings(&self) -> Result<Findings> {
        Ok(self.ties_and_findings()?.1)
    }

    fn ties_and_findings(&self) -> Result<(Vec<Tie>, Findings)> {
        let ties = self.store.ties()?;
        let again = if ties.len() > 1 { self.store.said_again()? } else { Vec::new() };
        let findings = Findings::of(&ties, &again);
        Ok((ties, findings))
    }

    /// Returns the findings with a pair that passes a filter, at most `limit`; within each the surest pair comes first, one that a person recorded before all.
    ///
    /// # Errors
    /// When the filter names somebody who is not there.
    pub fn found(&self, filter: &Filter, kinds: &[RelationKind], limit: Option<usize>) -> Result<Vec<Finding>> {
        let ids = self.store.relation_ids(&Filter { limit: None, ..filter.clone() }, kinds)?;
        let mut groups = self.findings()?.fold(&ids);
        groups.truncate(limit.unwrap_or(usize::MAX));
        let versions: Vec<BTreeSet<ArticleId>> = match groups.is_empty() {
            true => Vec::new(),
            false => {
                families(self.store.versions()?).iter().map(|one| one.iter().map(|came| came.id).collect()).collect()
            }
        };
        let finding = |ids: Vec<RelationId>| {
            let mut pairs = self.store.relations_by_id(&ids)?;
            let claims: BTreeMap<ClaimId, &ClaimRow> =
                pairs.iter().flat_map(|pair| [&pair.earlier, &pair.later]).map(|claim| (claim.id, claim)).collect();
            let kept = self.in_versions(&claims, &versions)?;
            // What an editor made of a statement does not stand for it, unless a person named that pair.
            let altered =
                |pair: &RelationRow| [&pair.earlier, &pair.later].iter().any(|one| kept.altered.contains(&one.id));
            let order = |a: &RelationRow, b: &RelationRow| {
                let named = |row: &RelationRow| !row.recorded_by.is_empty() || row.was_named;
                named(a).cmp(&named(b)).then(altered(b).cmp(&altered(a))).then(surer(a, b))
            };
            let best = (0..pairs.len()).rev().max_by(|a, b| order(&pairs[*a], &pairs[*b]));
            let pair = pairs.remove(best.unwrap_or_default());
            let versions = kept.beside([pair.earlier.id, pair.later.id]);
            Ok(Finding { pair, others: pairs, versions })
        };
        groups.into_iter().map(finding).collect()
    }

    /// Counts contradictions and series of updated figures as findings: all, and those that wait for a decision.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_findings(&self) -> Result<Counts> {
        let findings = self.findings()?;
        let mut counts = Counts::default();
        for (pairs, sort) in findings.pairs.iter().zip(&findings.sorts) {
            let number = if sort == UPDATE { &mut counts.updates } else { &mut counts.contradictions };
            *number += 1;
            counts.waiting += usize::from(pairs.iter().any(|pair| !findings.confirmed.contains(pair)));
            counts.confirmed += usize::from(pairs.iter().any(|pair| findings.confirmed.contains(pair)));
        }
        Ok(counts)
    }

    /// Returns, for each contradiction that an operation was the first to find, the articles of its first pair, the one that
    /// came last on the desk first.
    pub(super) fn found_first(&self, operation: OperationId) -> Result<Vec<Vec<ArticleId>>> {
        if !self.store.has_found(operation)? {
            return Ok(Vec::new());
        }
        let (ties, findings) = self.ties_and_findings()?;
        let own = ties.iter().filter(|tie| tie.operation == operation && tie.sort != UPDATE);
        let own: BTreeMap<RelationId, [ClaimId; 2]> =
            own.map(|tie| (tie.id, [tie.earlier.max(tie.later), tie.earlier.min(tie.later)])).collect();
        let first = findings.pairs.iter().filter_map(|pairs| own.get(pairs.first()?));
        first.map(|pair| Ok(self.store.claims_by_id(pair)?.iter().filter_map(|row| row.article).collect())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(id: i64, earlier: i64, later: i64, sort: &str, speakers: (i64, i64)) -> Tie {
        let (earlier, later) = (ClaimId(earlier), ClaimId(later));
        let days = [earlier, later].map(|claim| format!("2024-05-{:02}", claim.0));
        let (sort, status) = (sort.into(), "suggested".into());
        Tie { id: RelationId(id), earlier, later, days, sort, speakers, status, operation: OperationId(1) }
    }

    fn groups(ties: &[Tie], again: &[(i64, i64)]) -> Vec<Vec<i64>> {
        let again: Vec<_> = again.iter().map(|(a, b)| (ClaimId(*a), ClaimId(*b))).collect();
        let findings = Findings::of(ties, &again);
        findings.pairs.iter().map(|pairs| pairs.iter().map(|id| id.0).collect()).collect()
    }

    #[test]
    fn one_change_told_by_four_pairs_is_one_finding() {
        let change = |id, earlier, later| tie(id, earlier, later, "change_of_position", (7, 7));
        let four = [change(1, 1, 3), change(2, 1, 4), change(3, 2, 3), change(4, 2, 4)];
        assert_eq!(groups(&four, &[]), [[1, 2, 3, 4]]);
        // Two pairs without a common statement are one where their statements repeat one another.
        let two = [change(1, 1, 3), change(2, 2, 4)];
        assert_eq!(groups(&two, &[]), [[1], [2]]);
        assert_eq!(groups(&two, &[(1, 2)]), [[1, 2]]);
    }

    #[test]
    fn a_change_back_is_a_change_of_its_own() {
        let change = |id, earlier, later| tie(id, earlier, later, "change_of_position", (7, 7));
        // Will pay, will not, will, will not: the last is told beside the first, too.
        let back = [change(1, 1, 2), change(2, 2, 3)];
        assert_eq!(groups(&back, &[(1, 3)]), [[1], [2]]);
        let thrice = [change(1, 1, 2), change(2, 2, 3), change(3, 3, 4), change(4, 1, 4)];
        assert_eq!(groups(&thrice, &[(1, 3), (2, 4)]), [vec![1], vec![2], vec![3, 4]]);
        // What is said again before the change back belongs to the change.
        let again = [change(1, 1, 2), change(2, 1, 3), change(3, 2, 4), change(4, 3, 4)];
        assert_eq!(groups(&again, &[(2, 3), (1, 4)]), [[1, 2], [3, 4]]);
    }

    #[test]
    fn what_a_person_confirmed_and_what_nobody_decided_are_two_findings() {
        let mut pairs = [1, 2, 3].map(|id| tie(id, 1, id + 1, "dispute", (7, 8)));
        pairs[1].status = "confirmed".into();
        assert_eq!(groups(&pairs, &[]), [vec![1, 3], vec![2]]);
        let ids = pairs.each_ref().map(|tie| tie.id);
        assert_eq!(Findings::of(&pairs, &[]).first_of_each(ids.to_vec()), [RelationId(1), RelationId(2)]);
    }

    #[test]
    fn other_speakers_or_another_sort_are_another_finding() {
        let pairs = [
            tie(1, 1, 2, "dispute", (7, 8)),
            tie(2, 1, 3, "dispute", (7, 9)),
            tie(3, 1, 4, "denial", (7, 8)),
            tie(4, 1, 5, "update", (7, 8)),
            tie(5, 5, 6, "update", (8, 9)),
        ];
        assert_eq!(groups(&pairs, &[]), [vec![1], vec![2], vec![3], vec![4, 5]]);
    }

    #[test]
    fn a_pair_that_is_in_no_finding_stands_alone() {
        assert_eq!(Findings::default().decided_with(RelationId(4)), [RelationId(4)]);
    }

    #[test]
    fn a_decision_reaches_the_pairs_that_stand_as_the_one_decided() {
        let mut pairs = [1, 2, 3].map(|id| tie(id, 1, id + 1, "dispute", (7, 8)));
        pairs[0].status = "confirmed".into();
        let findings = Findings::of(&pairs, &[]);
        assert_eq!(findings.decided_with(RelationId(1)), [RelationId(1)]);
        assert_eq!(findings.decided_with(RelationId(3)), [RelationId(2), RelationId(3)]);
    }
}
