//! Relations between two claims: both sides with the telling words marked, who stands behind it, and why.

use super::claims::{self, card};
use super::words::{self, Depth, relation, status};
use super::{ID_WIDTH, labelled};
use crate::commands::common::chosen::decided;
use crate::relation::LinkKind;
use crate::report::view::{Block, Paragraph, Role, Run, View};
use crate::store::rows::{ClaimRow, DecisionRow, MatchRow, RelationRow};
use crate::workbench::findings::Finding;

/// Relations one under the other, both sides in full.
pub fn list(rows: &[RelationRow]) -> View {
    let mut view = View::empty();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            view = view.space();
        }
        view.blocks.extend(whole(row));
    }
    super::flat::relations(view.data(rows), rows)
}

/// Findings one under the other: the pair that tells each best in full, the others by their ids.
pub fn findings(rows: &[Finding]) -> View {
    let mut view = View::empty();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            view = view.space();
        }
        view.blocks.extend(whole(&row.pair));
        view.blocks.extend(others(&row.others));
    }
    let pairs: Vec<RelationRow> = rows.iter().map(|row| row.pair.clone()).collect();
    super::flat::relations(view.data(rows), &pairs)
}

/// The other pairs that tell a finding, by their ids and those of their claims.
pub fn others(pairs: &[RelationRow]) -> Option<Block> {
    let told = pairs.iter().map(|pair| format!("{} ({}, {})", pair.id, pair.earlier.id, pair.later.id));
    let told = told.collect::<Vec<_>>().join(", ");
    let also = Paragraph::new([Run::new(Role::Id, told.as_str())]);
    (!pairs.is_empty()).then(|| Block::Paragraph(also.beside(Run::new(Role::Dim, "also"), ID_WIDTH + 2).indented(2)))
}

/// A relation with both sides and the reason in one line.
pub fn whole(row: &RelationRow) -> Vec<Block> {
    let mut out = vec![head(row)];
    out.extend(sides(row));
    out.extend(reasons(row));
    out
}

/// Why a relation is seen, in one line, and what may explain it away.
pub fn reasons(row: &RelationRow) -> Vec<Block> {
    let mut out = Vec::new();
    if !row.summary.is_empty() {
        let because = Paragraph::new([Run::new(Role::Plain, &*row.summary)]);
        out.push(Block::Paragraph(because.beside(Run::new(Role::Dim, "because"), ID_WIDTH + 2).indented(2)));
    }
    for text in &row.innocent {
        let perhaps = Paragraph::new([Run::new(Role::Plain, &**text)]);
        out.push(Block::Paragraph(perhaps.beside(Run::new(Role::Dim, "perhaps"), ID_WIDTH + 2).indented(2)));
    }
    out
}

/// A relation with what makes it one and every innocent explanation; with all that was weighed where that is asked for.
pub fn page(row: &RelationRow, depth: Depth) -> View {
    let mut view = View::empty();
    view.blocks.push(head(row));
    view.blocks.extend(sides(row));
    view.blocks.extend(words::reasons(&row.summary, &row.because, &row.alignment, &row.ledger, &row.innocent, depth));
    if !row.note.is_empty() {
        view.blocks.push(labelled("note", [Run::new(Role::Plain, &*row.note)]));
    }
    if let Some(alike) = row.alike {
        view.blocks.push(labelled("same as", [Run::new(Role::Id, alike.to_string())]));
    }
    view.data(row)
}

/// What was decided before the decision that stands, and by whom; nothing where it is the only one.
pub fn overruled(decisions: &[DecisionRow]) -> Vec<Block> {
    let before = decisions.split_last().map_or(&[][..], |(_, before)| before);
    let told = |one: &DecisionRow| {
        let (was, _) = decided(one.decision);
        let note = if one.note.is_empty() { String::new() } else { format!(": {}", one.note) };
        let day = one.at.get(..16).unwrap_or(&one.at).replace('T', " ");
        labelled("before", [Run::new(Role::Plain, format!("{was} by {} on {day}{note}", super::by(&one.by)))])
    };
    before.iter().map(told).collect()
}

/// Id, kind, confidence and who stands behind it.
pub fn head(row: &RelationRow) -> Block {
    let machine = match (&*row.recorded_by, &row.dispute) {
        ("", Some(_)) => format!("confidence {}  ", row.score),
        ("", None) => format!("likeness {}  ", row.likeness),
        // What a person recorded has no score.
        _ => String::new(),
    };
    let runs = [
        relation(row),
        Run::new(Role::Dim, format!("  {machine}")),
        status(row.status),
        Run::new(Role::Dim, if row.decided_by.is_empty() { String::new() } else { format!(" by {}", row.decided_by) }),
        Run::new(Role::Dim, if row.same_speaker { "  same speaker" } else { "" }),
    ];
    Block::Paragraph(Paragraph::new(runs).beside(Run::new(Role::Id, row.id.to_string()), ID_WIDTH))
}

/// Both claims, the words that tell them apart marked.
fn sides(row: &RelationRow) -> Vec<Block> {
    let telling = |pick: fn(&crate::relation::Link) -> &str| {
        let links = row.alignment.iter().filter(|link| matches!(link.kind, LinkKind::Antonym | LinkKind::Number));
        links.map(pick).collect::<Vec<_>>()
    };
    let mut out = card(&row.earlier, mark(&row.earlier.words, &telling(|link| &link.a)), 2).to_vec();
    out.extend(card(&row.later, mark(&row.later.words, &telling(|link| &link.b)), 2));
    out
}

/// Marks the first place of each of the phrases in the words.
fn mark(words: &str, phrases: &[&str]) -> Vec<Run> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for phrase in phrases.iter().filter(|phrase| !phrase.is_empty()) {
        if let Some(at) = words.find(phrase) {
            places.push((at, at + phrase.len()));
        }
    }
    places.sort_unstable();
    let mut runs = Vec::new();
    let mut from = 0;
    for (start, end) in places.into_iter().filter(|&(start, end)| start < end) {
        if start < from {
            continue;
        }
        runs.push(Run::new(Role::Words, &words[from..start]));
        runs.push(Run::new(Role::Marked, &words[start..end]));
        from = end;
    }
    runs.push(Run::new(Role::Words, &words[from..]));
    runs
}

/// A relation as it stands on the page of one of its claims: kind, status, and the other claim.
pub fn brief(row: &RelationRow, own: &ClaimRow) -> Vec<Block> {
    let (other, order) = if row.earlier.id == own.id { (&row.later, "later") } else { (&row.earlier, "earlier") };
    let runs = [relation(row), Run::new(Role::Dim, format!("  {order}  ")), status(row.status)];
    let mut out = vec![Block::Paragraph(Paragraph::new(runs).beside(Run::new(Role::Id, row.id.to_string()), ID_WIDTH))];
    out.extend(card(other, claims::plain(other), ID_WIDTH));
    out
}

/// Earlier claims that fit some words, best first.
pub fn matches(rows: &[MatchRow]) -> View {
    let mut view = View::empty();
    for row in rows {
        let mut blocks = card(&row.claim, claims::plain(&row.claim), 0).to_vec();
        let tier = crate::store::stored::name_of(&row.tier);
        let meaning = row.meaning.map_or("by words alone".to_owned(), |meaning| format!("meaning {meaning}"));
        let mut runs = vec![Run::new(Role::Dim, format!("{tier}, likeness {}, {meaning}", row.score))];
        if let Some(id) = row.relation {
            runs.push(Run::new(Role::Id, format!("  {id}")));
        }
        blocks.push(Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)));
        view.blocks.extend(blocks);
    }
    view.data(rows)
}
