//! How stored values are put before a person: one wording for each kind, one layout for each thing, in every command.

use crate::relation::{LinkKind, Relation, RelationKind};
use crate::report::view::{Block, Paragraph, Role, Run, View};

/// Returns the word for a relation, the same that JSON uses.
pub const fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Repeat => "repeat",
        RelationKind::Reworded => "reworded",
        RelationKind::Update => "update",
        RelationKind::Contradiction => "contradiction",
        RelationKind::Related => "related",
        RelationKind::Unrelated => "unrelated",
    }
}

/// Returns the colour of a relation's word.
pub const fn relation_role(kind: RelationKind) -> Role {
    match kind {
        RelationKind::Contradiction => Role::Bad,
        RelationKind::Update => Role::Caution,
        RelationKind::Repeat | RelationKind::Reworded => Role::Good,
        RelationKind::Related | RelationKind::Unrelated => Role::Dim,
    }
}

const fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Exact => "the same",
        LinkKind::Stem => "the same word",
        LinkKind::Synonym => "means the same",
        LinkKind::Antonym => "opposites",
        LinkKind::Number => "numbers",
        LinkKind::Entity => "names",
    }
}

/// Width of the labels before reasons.
const LABEL: usize = 12;

/// A label in the margin and what goes with it.
pub fn labelled(label: &str, text: impl Into<String>) -> Block {
    Block::Paragraph(
        Paragraph::new([Run::new(Role::Plain, text)]).beside(Run::new(Role::Dim, label), LABEL).indented(2),
    )
}

/// The answer to a comparison: the relation, the reasons, the links that carry it, and what may explain it away.
pub fn answer(found: &Relation) -> View {
    let mut view = View::empty().text([
        Run::new(relation_role(found.kind), relation(found.kind)),
        Run::new(Role::Dim, format!("  confidence of contradiction {}", found.score)),
    ]);
    for block in reasons(found) {
        view = view.with(block);
    }
    view.data(serde_json::json!({
        "relation": found.kind, "score": found.score, "summary": found.summary, "because": found.because,
        "alignment": found.alignment, "innocent": found.innocent,
    }))
}

/// Summary, reasons with their weights, telling links and innocent explanations, each labelled.
pub fn reasons(found: &Relation) -> Vec<Block> {
    let mut out = Vec::new();
    if !found.summary.is_empty() {
        out.push(labelled("because", &found.summary));
    }
    for reason in &found.because {
        out.push(labelled(&format!("{:+.2}", reason.weight), &reason.detail));
    }
    for pair in found.alignment.iter().filter(|pair| !matches!(pair.kind, LinkKind::Exact | LinkKind::Stem)) {
        out.push(labelled(link(pair.kind), format!("“{}” / “{}”", pair.a, pair.b)));
    }
    for text in &found.innocent {
        out.push(labelled("perhaps", text));
    }
    out
}
