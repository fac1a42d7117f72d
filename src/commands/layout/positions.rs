//! Positions: one matter under the other, each with its claims by day, the side they take, and who changed sides.

use super::act::{self, Denied};
use super::claims::{said, who};
use crate::position::Polarity;
use crate::report::view::{Role, Run, Table, View};
use crate::workbench::{Position, Stand};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Matters one under the other.
pub fn list(stands: &[Stand], denied: &Denied) -> View {
    let mut view = View::empty();
    for (number, stand) in stands.iter().enumerate() {
        if number > 0 {
            view = view.space();
        }
        view = one(view, stand, denied);
    }
    let rows: Vec<Value> = stands.iter().flat_map(rows).collect();
    view.data(&rows).flat(rows.into_iter().map(flat).collect())
}

fn one(view: View, stand: &Stand, denied: &Denied) -> View {
    let side = |polarity| stand.positions.iter().filter(|position| position.polarity == polarity).count();
    let sides = format!("{} for, {} against", side(Polarity::For), side(Polarity::Against));
    let mut view = view.heading(stand.target.clone()).text([
        Run::new(Role::Dim, "whether "),
        Run::new(Role::Words, stand.clause.clone()),
        Run::new(Role::Dim, format!("  {sides}")),
    ]);
    let columns = [
        ("id", Role::Id),
        ("said", Role::Date),
        ("speaker", Role::Speaker),
        ("side", Role::Plain),
        ("words", Role::Words),
    ];
    let mut table = Table::new(columns);
    for Position { claim, polarity, .. } in &stand.positions {
        table.row([
            claim.id.to_string(),
            said(claim),
            who(claim),
            polarity.word().to_owned(),
            act::whole(claim, denied),
        ]);
    }
    view = View { blocks: [view.blocks, View::table(table).blocks].concat(), ..view };
    for change in changes(stand) {
        view = view.text([Run::new(Role::Caution, change)]);
    }
    view
}

/// Who is for and against on different days, each told in one line; that the machine thinks so is said with it.
fn changes(stand: &Stand) -> Vec<String> {
    let mut by_speaker: BTreeMap<&str, Vec<&Position>> = BTreeMap::new();
    for position in stand.positions.iter().filter(|position| position.claim.speaker.is_some()) {
        by_speaker.entry(position.claim.who()).or_default().push(position);
    }
    let changed = by_speaker.into_iter().filter_map(|(name, positions)| {
        let turned = positions
            .windows(2)
            .find(|pair| pair[0].polarity != pair[1].polarity && pair[0].claim.date() < pair[1].claim.date())?;
        let told = |position: &Position| {
            format!("{} on {} ({})", position.polarity.word(), said(&position.claim), position.claim.id)
        };
        Some(format!("{name} may have changed sides: {}, {}", told(turned[0]), told(turned[1])))
    });
    changed.collect()
}

/// One object a position.
fn rows(stand: &Stand) -> Vec<Value> {
    let row = |position: &Position| {
        let claim = &position.claim;
        json!({
            "speaker": claim.who(),
            "target": stand.target,
            "clause": stand.clause,
            "polarity": position.polarity,
            "day": claim.date().map(|_| said(claim)),
            "score": (f64::from(position.score) * 1000.0).round() / 1000.0,
            "claim": {
                "id": claim.id,
                "article": claim.article,
                "outlet": claim.outlet,
                "words": claim.words,
                "content": claim.content,
            },
        })
    };
    stand.positions.iter().map(row).collect()
}

/// The same without anything nested.
fn flat(mut row: Value) -> Value {
    if let Some(row) = row.as_object_mut()
        && let Some(Value::Object(claim)) = row.remove("claim")
    {
        for (to, from) in [("id", "id"), ("article", "article"), ("outlet", "outlet"), ("words", "words")] {
            row.insert(to.to_owned(), claim.get(from).cloned().unwrap_or_default());
        }
    }
    row
}
