//! The words and colours for kinds, states and ratings.

use super::labelled;
use crate::relation::{Ledger, Link, LinkKind, Relation, RelationKind, Step};
use crate::relation::{asserts_same, is_contribution};
use crate::report::view::{Block, Role, Run, View};
use crate::score::Reason;
use crate::store::rows::{ClaimRow, Dispute, RelationRow, Status};
use crate::store::stored::{Stored, name_of};

/// Returns the colour of a relation's word.
pub const fn relation_role(kind: RelationKind) -> Role {
    match kind {
        RelationKind::Contradiction => Role::Bad,
        RelationKind::Update | RelationKind::Offered => Role::Caution,
        RelationKind::Repeat | RelationKind::Reworded => Role::Good,
        RelationKind::Related | RelationKind::Unrelated => Role::Dim,
    }
}

/// Returns what a stored relation is, in words: a contradiction is named by who contradicts whom.
pub fn relation(row: &RelationRow) -> Run {
    let role = row.relation.known().map_or(Role::Plain, relation_role);
    let offered = row.relation.is(RelationKind::Offered) && row.status != Status::Confirmed;
    let text = match row.dispute.as_ref().and_then(Stored::known) {
        Some(Dispute::ChangeOfPosition) if offered => "perhaps a change of position".to_owned(),
        Some(Dispute::Dispute) if offered => "perhaps opposed".to_owned(),
        Some(Dispute::Denial) if offered => "perhaps a denial".to_owned(),
        Some(Dispute::ChangeOfPosition) => "change of position".to_owned(),
        Some(Dispute::Dispute) => "contradiction between two speakers".to_owned(),
        Some(Dispute::Denial) => "denial".to_owned(),
        None if row.syndicated && !asserts_same(&row.earlier.words, &row.later.words) => {
            "same report, with other words".to_owned()
        }
        None if row.syndicated => "same report, carried again".to_owned(),
        None => row.relation.to_string(),
    };
    Run::new(role, text)
}

/// Returns who stands behind a relation.
pub fn status(status: Status) -> Run {
    match status {
        Status::Suggested => Run::new(Role::Dim, "suggested"),
        Status::Confirmed => Run::new(Role::Good, "confirmed"),
        Status::Rejected => Run::new(Role::Dim, "rejected"),
    }
}

/// Returns how a claim was put: `direct`, `denial, indirect`, `conditional, indirect` for what the article does not assert.
pub fn manner(claim: &ClaimRow) -> String {
    let quotation = claim.quotation.to_string();
    let kind = claim.kind.to_string();
    if claim.article.is_none() {
        return "imported".to_owned();
    }
    let said = claim.status.to_string();
    let mut parts: Vec<String> = Vec::new();
    if said != "asserted" {
        parts.push(said);
    }
    if kind != "statement" {
        parts.push(kind);
    }
    parts.push(quotation);
    parts.join(", ")
}

/// Returns the ratings of a claim: the desk's own, then those of others in brackets.
pub fn ratings(claim: &ClaimRow) -> String {
    let own = Some(own_ratings(claim)).filter(|own| !own.is_empty());
    let others = claim.ratings.iter().map(|other| format!("({})", other.rating));
    own.into_iter().chain(others).collect::<Vec<_>>().join(", ")
}

/// Returns the desk's own ratings of a claim, drafts marked as such.
pub fn own_ratings(claim: &ClaimRow) -> String {
    let own = claim
        .verdicts
        .iter()
        .map(|label| if label.draft { format!("{} (draft)", label.rating) } else { label.rating.clone() });
    own.collect::<Vec<_>>().join(", ")
}

const fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Exact => "the same",
        LinkKind::Stem => "same stem",
        LinkKind::Synonym => "same meaning",
        LinkKind::Antonym => "opposites",
        LinkKind::Number => "numbers",
        LinkKind::Entity => "names",
    }
}

/// The answer to a comparison: the relation, the reasons, the links that carry it, and what may explain it away.
pub fn answer(found: &Relation, depth: Depth) -> View {
    // Of what is taken for unrelated a confidence says nothing.
    let confidence = match found.kind {
        RelationKind::Unrelated => "  by their words".to_owned(),
        _ => format!("  confidence of contradiction {}", found.score),
    };
    let mut view = View::empty()
        .text([Run::new(relation_role(found.kind), name_of(&found.kind)), Run::new(Role::Dim, confidence)]);
    view.blocks.extend(reasons(
        &found.summary,
        &found.because,
        &found.alignment,
        &found.ledger,
        &found.innocent,
        depth,
    ));
    view.data(serde_json::json!({
        "relation": found.kind, "score": found.score, "summary": found.summary, "because": found.because,
        "alignment": found.alignment, "ledger": found.ledger, "innocent": found.innocent,
    }))
}

/// The kinds of links, those that tell most first.
const LINKS: [LinkKind; 6] =
    [LinkKind::Antonym, LinkKind::Number, LinkKind::Synonym, LinkKind::Entity, LinkKind::Stem, LinkKind::Exact];

/// How much of an explanation is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What makes it one, and what may explain it away.
    Told,
    /// All that was weighed too.
    All,
}

/// Summary, reasons, the links kind by kind, the words that turn each side, and innocent explanations.
pub fn reasons(
    summary: &str,
    because: &[Reason],
    alignment: &[Link],
    ledger: &Ledger,
    innocent: &[String],
    depth: Depth,
) -> Vec<Block> {
    let plain = |text: &str| [Run::new(Role::Plain, text)];
    let mut out = Vec::new();
    if !summary.is_empty() {
        out.push(labelled("because", plain(summary)));
    }
    // A confidence is a probability, a contribution a log-odds: they never stand in one list.
    let (parts, told): (Vec<&Reason>, Vec<&Reason>) = because.iter().partition(|reason| is_contribution(reason));
    let told = told.into_iter().filter(|reason| !summary.contains(&*reason.detail));
    out.extend(told.map(|reason| labelled("", plain(&reason.detail))));
    if depth == Depth::Told {
        out.extend(innocent.iter().map(|text| labelled("perhaps", plain(text))));
        return out;
    }
    for kind in LINKS {
        let pairs = alignment.iter().filter(|pair| pair.kind == kind).map(|pair| match pair.a == pair.b {
            true => format!("“{}”", pair.a),
            false => format!("“{}” / “{}”", pair.a, pair.b),
        });
        let pairs: Vec<String> = pairs.collect();
        if !pairs.is_empty() {
            out.push(labelled(link(kind), plain(&pairs.join(", "))));
        }
    }
    if !ledger.a.is_empty() || !ledger.b.is_empty() {
        out.push(labelled("first", plain(&turns(&ledger.a))));
        out.push(labelled("second", plain(&turns(&ledger.b))));
    }
    out.extend(innocent.iter().map(|text| labelled("perhaps", plain(text))));
    if !parts.is_empty() {
        out.push(labelled("log-odds", plain("each feature's part in the confidence")));
        out.extend(parts.into_iter().map(reason));
    }
    out
}

/// What turns or keeps the polarity of a claim, word by word.
fn turns(steps: &[Step]) -> String {
    let step = |step: &Step| {
        let does = if step.turns { "negates" } else { "keeps" };
        let what = if step.reach.is_empty() { "the statement".to_owned() } else { format!("“{}”", step.reach) };
        format!("“{}” ({}) {does} {what}", step.word, step.family)
    };
    if steps.is_empty() {
        return "not negated".to_owned();
    }
    steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

/// One reason with its weight in the margin and its stable name at the end.
pub fn reason(reason: &Reason) -> Block {
    let name = Run::new(Role::Dim, format!("  {}", reason.rule));
    labelled(&format!("  {:+.2}", reason.weight), [Run::new(Role::Plain, &*reason.detail), name])
}
