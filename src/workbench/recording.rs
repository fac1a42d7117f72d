//! What a person finds between two claims themselves, where the program suggested nothing or something else: a confirmed
//! relation of theirs, with no score and no reason but that they recorded it.

use super::linking::{dispute, fill, same_speaker, side_of, unlike};
use super::{Pairs, Result, Workbench, WorkbenchError};
use crate::relation::{RelationKind, relate};
use crate::store::claims::ClaimSide;
use crate::store::id::{ClaimId, RelationId};
use crate::store::relations::NewRelation;
use crate::store::rows::{Decision, RelationRow, Status};
use crate::store::stored::name_of;

/// What a person can say of two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Finds {
    Repeat,
    Update,
    Contradiction,
}

impl Finds {
    const fn kind(self) -> RelationKind {
        match self {
            Self::Repeat => RelationKind::Repeat,
            Self::Update => RelationKind::Update,
            Self::Contradiction => RelationKind::Contradiction,
        }
    }

    /// Tells whether a suggestion says the same.
    fn is_suggested_by(self, row: &RelationRow) -> bool {
        let same: &[RelationKind] = match self {
            Self::Repeat => &[RelationKind::Repeat, RelationKind::Reworded],
            Self::Update => &[RelationKind::Update],
            Self::Contradiction => &[RelationKind::Contradiction, RelationKind::Offered],
        };
        same.iter().any(|kind| row.relation.is(*kind))
    }
}

impl Workbench {
    /// Records what a person finds between two claims. Where the program suggests the same, the suggestion is confirmed.
    ///
    /// # Errors
    /// For one claim named twice, claims that are unknown or off the lists, two claims about which it is decided already, or
    /// when the database cannot be written.
    pub fn record(
        &mut self,
        [one, other]: [ClaimId; 2],
        finds: Finds,
        note: &str,
        pairs: Pairs,
    ) -> Result<RelationRow> {
        if one == other {
            return Err(WorkbenchError::asked(
                format!("{one} is named twice"),
                "name two claims, such as `confirm c3 c41`",
            ));
        }
        self.live_claims(&[one, other])?;
        let known = self.store.relation_between(one, other)?;
        if let Some(id) = known {
            let row = self.store.relation(id)?;
            refuse_decided(&row, finds)?;
            if row.status == Status::Suggested && finds.is_suggested_by(&row) {
                return self.decide(id, Decision::Confirm, note, pairs);
            }
        }
        let (one, other) = (self.side(one)?, self.side(other)?);
        let (a, b) = if (&one.day, one.id) <= (&other.day, other.id) { (one, other) } else { (other, one) };
        let contradicts = finds == Finds::Contradiction;
        let sort = contradicts.then(|| dispute(&a, &b, same_speaker(&a, &b)));
        let line = match finds {
            Finds::Contradiction => format!("confirm {} {}", a.id, b.id),
            finds => format!("confirm {} {} --as {}", a.id, b.id, name_of(&finds.kind())),
        };
        self.act("confirm", &line, |writer, operation| {
            let id: RelationId = match known {
                Some(id) => id,
                None => writer.add_relation(&unseen(&a, &b), operation)?.ok_or_else(|| {
                    WorkbenchError::asked(
                        format!("{} and {} were related in the meantime", a.id, b.id),
                        "run the command again",
                    )
                })?,
            };
            writer.record_relation(id, finds.kind(), sort, operation)?;
            writer.decide(id, Decision::Confirm, note, operation)?;
            Ok(writer.relation(id)?)
        })
    }
}

/// Refuses to record what was decided already: it would be decided twice, or against what stands.
fn refuse_decided(row: &RelationRow, finds: Finds) -> Result<()> {
    let (id, earlier, later) = (row.id, row.earlier.id, row.later.id);
    let by = if row.decided_by.is_empty() { String::new() } else { format!(" by {}", row.decided_by) };
    let same = finds.is_suggested_by(row);
    match row.status {
        Status::Confirmed => {
            // An offer that a person took up is a contradiction.
            let offer = row.relation.is(RelationKind::Offered);
            let what = if offer { "contradiction".to_owned() } else { row.relation.to_string() };
            Err(WorkbenchError::asked(
                format!("{earlier} and {later} are confirmed already{by}: {what}, {id}"),
                if same {
                    format!("`show {id}` shows it")
                } else {
                    format!("`reject {id}` first to record something else")
                },
            ))
        }
        Status::Rejected if same => Err(WorkbenchError::asked(
            format!("{id} says this of {earlier} and {later}, and was rejected{by}"),
            format!("`confirm {id}` confirms it after all"),
        )),
        Status::Rejected | Status::Suggested => Ok(()),
    }
}

/// Two claims between which the machine sees nothing that it would suggest.
fn unseen(a: &ClaimSide, b: &ClaimSide) -> NewRelation {
    let compared = relate(&side_of(a), &side_of(b));
    fill(compared, a, b, RelationKind::Related, None, same_speaker(a, b), false, &unlike(b))
}
