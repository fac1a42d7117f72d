//! Names of one word that the article uses as those of bodies: "Norrvik's shareholders", "Norrvik said it would", "Norrvik, which".
//!
//! Refuses words that somebody bears as a surname or with a title before them.

use super::view::View;
use crate::attribution::cues;
use crate::lexicon::{people, words};
use std::collections::HashSet;

/// Tokens after a possessive in which what the body has may stand.
const OWNED: usize = 4;
/// Tokens after a verb of saying in which the body may speak of itself.
const ITSELF: usize = 3;

/// Returns the words that the article uses as names of bodies.
pub(super) fn bodies<'a>(view: &View<'a>) -> HashSet<&'a str> {
    let mut signs: HashSet<&str> = HashSet::new();
    let mut persons: HashSet<&str> = HashSet::new();
    for token in 0..view.len() {
        if !view.is_capital(token) || !view.tag(token).starts_with("NN") {
            continue;
        }
        let word = view.word(token);
        if is_titled(view, token) {
            persons.insert(word);
        } else if is_body(view, token) {
            signs.insert(word);
        }
    }
    signs.retain(|word| {
        let known = view.is_surname(word) || view.seems_surname(word) || people::given_name(word).is_some();
        !known && !persons.contains(word)
    });
    signs
}

fn is_titled(view: &View<'_>, token: usize) -> bool {
    token.checked_sub(1).is_some_and(|before| people::title(view.word(before)).is_some())
}

fn is_body(view: &View<'_>, token: usize) -> bool {
    let has = |t: &usize| view.is_noun(*t) && words::is_of_business(&view.lower(*t));
    let owns = || {
        let all = (token + 2..token + 2 + OWNED).take_while(|&t| !view.is_break(t) && !view.is_verb(t));
        view.is_possessive(token + 1) && all.clone().any(|t| has(&t) || is_head_of_business(view, t))
    };
    // "Norrvik boss Ann Baker".
    let led = || (2..5).any(|n| view.is_capital(token + n)) && is_head_of_business(view, token + 1);
    let before = |n: usize| token.checked_sub(n).map_or("", |t| view.word(t));
    let shares = || matches!(before(1), "in" | "of") && matches!(before(2), "shares" | "Shares" | "stake");
    let which = || view.is_comma(token + 1) && view.word(token + 2) == "which";
    owns() || led() || shares() || which() || speaks_of_itself(view, token)
}

/// Tells whether "chief executive" or the like begins at a token.
fn is_head_of_business(view: &View<'_>, token: usize) -> bool {
    (1..4).any(|n| {
        let name = view.text(&(token..(token + n).min(view.len()))).to_lowercase();
        words::is_of_business(&name) && people::role(&name).is_some()
    })
}

/// "Norrvik said it would", "Norrvik has said that its".
fn speaks_of_itself(view: &View<'_>, token: usize) -> bool {
    let verb = token + 1 + usize::from(matches!(view.word(token + 1), "has" | "had"));
    let said =
        view.is_verb(verb) && view.document.tokens.get(verb).is_some_and(|t| cues::class(&t.lemma, t.tag).is_some());
    let mut after = (verb + 1..verb + 1 + ITSELF).take_while(|&t| !view.is_break(t));
    said && after.any(|t| matches!(view.word(t), "it" | "its"))
}
