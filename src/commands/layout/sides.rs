//! A suggestion as a person decides on it: both claims side by side, the words in which they differ marked.

use super::act::Denied;
use super::claims::{acted, said, who};
use super::relations;
use super::words::manner;
use crate::report::difference::{Stretch, between};
use crate::report::view::{Block, Role, Run, View};
use crate::store::rows::{ClaimRow, RelationRow};

/// Lays a relation out for a decision: its head, both claims, and what speaks for and against it.
pub fn page(row: &RelationRow, denied: &Denied) -> View {
    let (earlier, later) = between(&row.earlier.words, &row.later.words);
    let mut view = View::empty().with(relations::head(row)).space();
    view = view.with(Block::Sides([side(&row.earlier, earlier, denied), side(&row.later, later, denied)]));
    let reasons = relations::reasons(row);
    if !reasons.is_empty() {
        view = view.space();
    }
    view.blocks.extend(reasons);
    view.data(row)
}

/// One claim: id, day and speaker, where it stands, its words as they may stand alone.
fn side(claim: &ClaimRow, words: Vec<Stretch>, denied: &Denied) -> Vec<Vec<Run>> {
    let mut head = vec![
        Run::new(Role::Id, format!("{}  ", claim.id)),
        Run::new(Role::Date, format!("{}  ", said(claim))),
        Run::new(Role::Speaker, who(claim)),
    ];
    if !claim.title.is_empty() {
        head.push(Run::new(Role::Plain, format!(", {}", claim.title)));
    }
    let place = [claim.outlet.clone(), claim.article.map(|id| id.to_string()).unwrap_or_default(), manner(claim)];
    let place: Vec<String> = place.into_iter().filter(|text| !text.is_empty()).collect();
    let known = super::claims::checked(claim);
    let known = (!known.is_empty()).then(|| vec![Run::new(Role::Caution, format!("already checked: {known}"))]);
    let words =
        words.into_iter().map(|part| Run::new(if part.differs { Role::Marked } else { Role::Words }, part.text));
    let place = vec![Run::new(Role::Dim, place.join("  "))];
    [head, place].into_iter().chain(known).chain([acted(claim, words.collect(), denied)]).collect()
}
