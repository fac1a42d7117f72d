//! Whom a surname, a given name or a body's short name means, where several of the article are called so.
//!
//! The weights are learned from 615 surnames with two bearers or more in articles whose speakers a reader has written down:
//! judged by fifths, 87 of a hundred right; by the count of full names alone 77. Refuses names in full.

use super::cast::Cast;
use super::class::Class;
use super::figure::Figure;
use super::names::Name;
use super::naming::{honorific, is_royal, parts};
use super::view::View;
use crate::attribution::Category;
use crate::lexicon::people::{self, Collective, Gender, Number, Person};
use std::collections::HashMap;

/// Whose name a bearer has had most often, how it was last called, who came first: what each counts.
mod weight {
    pub const FULL: f64 = 0.34;
    pub const BARE: f64 = 0.77;
    pub const SURNAME: f64 = 1.66;
    pub const NAMED_BEFORE: f64 = 0.54;
    pub const FIRST: f64 = 1.1;
    pub const PRONOUN: f64 = 0.52;
    pub const SENTENCE_BEFORE: f64 = 0.28;
    pub const FULL_HERE: f64 = 0.66;
    pub const FULL_IN_BLOCK_BEFORE: f64 = 0.25;
    pub const NEVER: f64 = -0.21;
    /// By hand: "Mrs. Baker" is rather the woman than somebody of unknown gender, "Senator Baker" the senator.
    pub const GENDER: f64 = 1.6;
    pub const ROLE: f64 = 1.0;
}

/// Nearer than this the name is left open between the two best.
const MARGIN: f64 = 0.2;
/// The same where only who came first speaks for the best: each was named as often in full, neither by the surname yet, and the other
/// acted last.
const MARGIN_OF_FIRST: f64 = 1.15;

/// How a figure was named so far.
#[derive(Debug, Clone, Copy, Default)]
struct Named {
    /// How often by a surname alone.
    bare: usize,
    /// The token of the last name, and whether it was in full.
    last: Option<(usize, bool)>,
    /// Whether a verb stands behind it: "Ann Baker, his wife, said".
    acts: bool,
}

/// What the names read so far tell, by figure.
#[derive(Debug, Default)]
pub(super) struct Memory(HashMap<usize, Named>);

impl Memory {
    /// Takes note of one use of a name.
    pub fn note(&mut self, view: &View<'_>, figure: usize, name: &Name) {
        let full = parts(view, name).len() > 1;
        let named = self.0.entry(figure).or_default();
        named.bare += usize::from(!full);
        named.last = Some((name.tokens.start, full));
        named.acts = view.is_verb(name.tokens.end) || view.is_verb(name.reach);
    }
}

/// Whom a name means: a figure, and another one that fits it nearly as well.
pub(super) struct Bearer {
    pub figure: usize,
    pub rival: Option<usize>,
}

/// Returns who of the cast a short name means; nothing where nobody fits.
pub(super) fn bearer(view: &View<'_>, cast: &Cast, name: &Name, part: &str, memory: &Memory) -> Option<Bearer> {
    let fitting: Vec<usize> =
        cast.namesakes(part).iter().copied().filter(|&n| fits(view, cast, name, part, n)).collect();
    let first = fitting.iter().map(|&n| cast.figures[n].first).min();
    let mut scored: Vec<(f64, usize)> = fitting
        .into_iter()
        .map(|n| {
            let came_first = Some(cast.figures[n].first) == first;
            let bonus = if came_first { weight::FIRST } else { 0.0 };
            (bonus + score(view, &cast.figures[n], name, part, memory.0.get(&n).copied().unwrap_or_default()), n)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, figure) = *scored.first()?;
    let named = |n: usize| cast.figures[n].category == Category::Person && cast.figures[n].full > 0;
    let told = |n: usize| memory.0.get(&n).copied().unwrap_or_default();
    let alike = |n: usize| {
        let (best, other) = (told(figure), told(n));
        let as_often = cast.figures[n].full == cast.figures[figure].full && best.bare + other.bare == 0;
        as_often && other.acts && other.last > best.last && name.gender.is_none()
    };
    let margin = |n: usize| if alike(n) { MARGIN_OF_FIRST } else { MARGIN };
    let near = |next: &&(f64, usize)| best - next.0 < margin(next.1) && named(figure) && named(next.1);
    let rival = scored.get(1).filter(near).map(|next| next.1);
    Some(Bearer { figure, rival })
}

/// Tells whether a figure can be meant at all.
fn fits(view: &View<'_>, cast: &Cast, name: &Name, part: &str, number: usize) -> bool {
    let other = &cast.figures[number];
    // "Halcyon", where Halcyon Ferries is known, is nobody's surname, whatever a tagger says.
    let first_word =
        other.parts.iter().skip(1).any(|short| short == part) && other.name.split(' ').next() == Some(part);
    let bare = name.tokens.len() == 1 && name.whole == name.tokens && people::given_name(part).is_none();
    let person = name.class != Class::Person || other.category == Category::Person || first_word && bare;
    // "The Post" takes up a body by its last word; a bare surname does not.
    let before = name.tokens.start.checked_sub(1).map_or(String::new(), |t| view.lower(t));
    let body = other.category == Category::Person
        || other.parts.first().is_some_and(|first| first == part)
        || first_word
        || part.chars().all(|c| c.is_uppercase() || c == '.')
        || people::determiner(&before).is_some();
    // "Mr Reed said. Dr Reed said": two people, where neither is known by a given name.
    let apart = honorific(view, name)
        .is_some_and(|h| other.full == 0 && !other.honorifics.is_empty() && !other.honorifics.contains(&h));
    let gender = name.gender.is_none() || other.gender.is_none() || name.gender == other.gender;
    person && body && gender && !apart && !is_introduced_apart(view, other, name)
}

fn score(view: &View<'_>, figure: &Figure, name: &Name, part: &str, named: Named) -> f64 {
    let at = name.tokens.start;
    let sentence = view.around(at);
    let pronoun = (name.tokens.end..sentence.end).find_map(|t| people::pronoun(&view.lower(t))?.gender);
    let agrees = pronoun.zip(figure.gender).map_or(0.0, |(a, b)| if a == b { 1.0 } else { -1.0 });
    let roles = name.descriptions.iter().flat_map(|d| view.roles(d)).filter(|(r, _)| figure.has_role(r.name));
    let holds = |weight: f64, holds: bool| if holds { weight } else { 0.0 };
    let last = named.last.map(|(token, full)| {
        let blocks = view.block(at).saturating_sub(view.block(token));
        holds(weight::SENTENCE_BEFORE, view.sentence(at).saturating_sub(view.sentence(token)) == 1)
            + holds(weight::FULL_HERE, full && blocks == 0)
            + holds(weight::FULL_IN_BLOCK_BEFORE, full && blocks == 1)
    });
    weight::FULL * (figure.full as f64).ln_1p()
        + weight::BARE * (named.bare as f64).ln_1p()
        + holds(weight::SURNAME, figure.parts.last().is_some_and(|last| last == part))
        + holds(weight::NAMED_BEFORE, figure.first <= at)
        + weight::PRONOUN * agrees
        + last.unwrap_or(weight::NEVER)
        + holds(weight::GENDER, name.gender.is_some() && name.gender == figure.gender)
        + weight::ROLE * roles.count() as f64
}

/// Tells whether somebody whom the article names in full only later is another than the bearer of a surname: "The mayor,
/// Baker," before "Ann Baker, a nurse,".
fn is_introduced_apart(view: &View<'_>, figure: &Figure, name: &Name) -> bool {
    let titles = || name.descriptions.iter().flat_map(Clone::clone).filter_map(|t| people::title(view.word(t))?.role);
    let listed = name.descriptions.iter().flat_map(|d| view.roles(d)).map(|(role, _)| role);
    let mut roles = listed.chain(titles().filter_map(people::role)).peekable();
    let later = figure.full > 0 && figure.first > name.tokens.start && !figure.roles.is_empty();
    if later && is_of_a_body(view, name) {
        return true;
    }
    let known =
        |role: &people::Role| figure.has_role(role.name) || role.wider.iter().any(|wider| figure.has_role(wider));
    later && roles.peek().is_some() && !roles.any(known)
}

/// Tells whether a name stands behind the body that its bearer is of: "the Harbour Authority's Baker".
fn is_of_a_body(view: &View<'_>, name: &Name) -> bool {
    let owner = name.whole.start.checked_sub(2).filter(|&owner| view.is_possessive(owner + 1));
    owner.is_some_and(|owner| {
        people::collective(&view.lower(owner)) == Some(Collective::Organization)
            || people::metonym(view.word(owner)).is_some()
            || people::organisation(view.word(owner)).is_some()
    })
}

/// Returns the gender of the "he" or "she" that takes a lone name up, which then is a person's: "Okafor said he knew", "Okafor asked for
/// help. He got none."
fn taken_up(view: &View<'_>, name: &Name) -> Option<Gender> {
    let verb = name.tokens.end;
    if name.tokens.len() != 1 || !view.is_verb(verb) {
        return None;
    }
    let of_one = |t: usize| {
        let pronoun = people::pronoun(&view.lower(t)).filter(|pronoun| pronoun.person == Person::Third);
        pronoun.filter(|pronoun| pronoun.number == Number::One).and_then(|pronoun| pronoun.gender)
    };
    let behind = verb + 1 + usize::from(view.word(verb + 1) == "that");
    let next = view.around(verb).end;
    of_one(behind).or_else(|| of_one(next).filter(|_| view.block(next) == view.block(verb)))
}

/// Returns a new figure for a name that is not full: a surname, a given name, a body's short name.
pub(super) fn newcomer(view: &View<'_>, cast: &Cast, name: &Name, part: &str) -> Figure {
    let honorific = honorific(view, name);
    let namesake = !cast.namesakes(part).is_empty();
    let titled = honorific.is_some() && namesake || is_royal(view, name);
    // Two of one surname are told apart by what stands in front; a prince has no surname.
    let words = view.text(if titled { &name.whole } else { &name.tokens });
    let taken_up = if name.class == Class::Unknown { taken_up(view, name) } else { None };
    let category = match name.class {
        Class::Person => Category::Person,
        Class::Unknown if taken_up.is_some() => Category::Person,
        Class::Place(_) => Category::Government,
        Class::Body(_) | Class::Unknown => Category::Organization,
    };
    let mut figure = Figure::new(words.to_owned(), category, name.whole.start);
    figure.parts = parts(view, name);
    figure.honorifics.extend(honorific);
    figure.gender =
        name.gender.or(taken_up).or_else(|| figure.parts.first().and_then(|p| people::given_name(p)).flatten());
    figure
}
