//! What a name names: a person, a body, a place; by lexicons, given names, the tagger and what the article writes small.
//!
//! Refuses to look at what stands around the name.

use super::view::View;
use crate::lexicon::people::{self, Collective};
use crate::text::Entity;
use std::ops::Range;

/// What a name names, as its words and its surroundings tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Body(Collective),
    Place(&'static str),
    Unknown,
}

/// Returns what the words of a name tell that it names.
pub(super) fn class_of(view: &View<'_>, tokens: &Range<usize>) -> Class {
    let words = view.text(tokens);
    if let Some((place, kind)) = people::metonym(words) {
        return if kind == Collective::Capital { Class::Place(place) } else { Class::Body(kind) };
    }
    if people::organisation(words).is_some() {
        return Class::Body(Collective::Organization);
    }
    if let Some(place) = people::place(words) {
        return if matches!(place.kind, "party" | "movement") {
            Class::Body(Collective::Organization)
        } else {
            Class::Place(place.name)
        };
    }
    let first = view.word(tokens.start);
    let count = |entity| tokens.clone().filter(|&t| view.entity(t) == entity).count();
    let (person, body, place) = (count(Entity::Person), count(Entity::Organization), count(Entity::Place));
    // "The Denver Zoo" is a zoo, where the article writes "the zoo", too.
    let kind = tokens.len() > 1 && view.is_common(&view.lower(tokens.end - 1));
    if kind && person == 0 && body + place > 0 {
        return Class::Body(Collective::Organization);
    }
    if tokens.len() > 1 && people::given_name(first).is_some() {
        return Class::Person;
    }
    let acronym = tokens.len() == 1
        && first.chars().filter(|c| c.is_uppercase()).count() > 1
        && !first.contains('-')
        && first.chars().all(|c| c.is_uppercase() || c == '.' || c == '&');
    if acronym {
        return Class::Body(Collective::Organization);
    }
    let initial = tokens.len() > 2 && tokens.clone().any(|t| view.word(t).len() == 2 && view.word(t).ends_with('.'));
    if person * 2 > tokens.len() || person > 0 && person >= body && person >= place || initial {
        return Class::Person;
    }
    if body > 0 || people::collective(&view.lower(tokens.end - 1)) == Some(Collective::Organization) && tokens.len() > 1
    {
        return Class::Body(Collective::Organization);
    }
    if place > 0 {
        return Class::Place("");
    }
    if people::given_name(first).is_some() { Class::Person } else { Class::Unknown }
}
