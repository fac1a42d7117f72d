//! Which pairs that the encoder takes for opposed need nobody's look: one side states nothing by itself, was answered where it stands, or
//! both give the same figure.
//!
//! Only offers are held back by this; what is called rests on more.

use super::opposing::Paired;
use crate::attribution::Kind;
use crate::store::claims::ClaimSide;
use crate::store::stored::name_of;

/// Words of a phrase that states nothing: "the harshest penalty".
const PHRASE: usize = 4;

/// Tells whether a pair need not be looked at.
pub(super) fn is_idle(a: &Paired, b: &Paired) -> bool {
    states_nothing(a)
        || states_nothing(b)
        || tied_elsewhere(a, b)
        || a.claimed.parsed.gives_same_figure(&b.claimed.parsed)
}

/// Tells whether a claim is a scrap without a verb, or says only that nothing will be said.
fn states_nothing(one: &Paired) -> bool {
    let (side, parsed) = (&one.side, &one.claimed.parsed);
    let denied = [Kind::Denial, Kind::Accusation].map(|kind| name_of(&kind)).contains(&side.kind);
    let few = side.words.split_whitespace().count() <= PHRASE && !parsed.has_figure();
    let cut = side.words.contains("[...]");
    parsed.declines_to_comment() || !denied && (few || cut) && !parsed.has_clause()
}

/// Tells whether one of two claims of an article is a denial without words of its own ("the charge") that the article ties to another
/// allegation.
fn tied_elsewhere(a: &Paired, b: &Paired) -> bool {
    let within = a.side.article.is_some() && a.side.article == b.side.article;
    let tied = |one: &Paired, other: &ClaimSide| {
        one.side.answers.is_some_and(|answered| answered != other.id) && !one.claimed.parsed.has_clause()
    };
    within && (tied(a, &b.side) || tied(b, &a.side))
}
