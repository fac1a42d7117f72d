//! Sources that introduce one person: what the person is, and the name.
//!
//! Refuses sources in which a verb stands between, or in which the person named only belongs to somebody else.

use super::cast::{Cast, Use};
use super::source::Nominal;
use super::view::View;
use crate::attribution::Category;
use crate::lexicon::people::{self, Collective};
use std::ops::Range;

/// Returns the one person whom a whole source describes and names: "Author and one of the organisers, Ann Hill, from Leeds",
/// "Nepal's Chief of Army Staff General Ann Hill".
pub(super) fn introduced(view: &View<'_>, cast: &Cast, source: &Range<usize>) -> Option<usize> {
    let uses = cast.uses_in(source);
    if let Some(last) = uses.last().filter(|last| holds_role(view, cast, last, source)) {
        return Some(last.figure);
    }
    let people: Vec<_> = uses.iter().filter(|u| cast.figures[u.figure].category == Category::Person).collect();
    let [only] = people.as_slice() else { return None };
    let name = &only.name;
    if name.tokens.len() < 2 || name.whole.start <= source.start {
        return None;
    }
    let before = source.start..name.whole.start;
    // "A report by the head of the board, Ann Hill,": the report says it.
    let head = before.clone().find(|&t| view.is_noun(t) && !view.is_noun(t + 1) && view.tag(t + 1) != "POS");
    let written =
        |t: usize| people::collective(&view.lower(t)) == Some(Collective::Document) && view.word(t + 1) == "by";
    if head.is_some_and(written) {
        return None;
    }
    let clause = |t: usize| view.is_verb(t) && view.tag(t) != "VBN" || matches!(view.tag(t), "WP" | "WDT" | "PRP");
    if before.clone().any(clause) {
        return None;
    }
    let set_off =
        view.is_comma(name.whole.start - 1) && (name.tokens.end >= source.end || view.is_comma(name.tokens.end));
    let described =
        before.clone().any(|t| people::role(&view.lower(t)).is_some() || people::is_person_noun(&view.lower(t)));
    let small = |t: usize| view.is_possessive(t) || matches!(view.word(t), "of" | "for" | "the" | "The" | "and" | "&");
    let titled = name.tokens.end >= source.end
        && before.clone().all(|t| view.is_capital(t) || small(t))
        && !before.clone().any(|t| view.is_comma(t) || view.word(t) == "and");
    // "China's ambassador to Britain Liu Xiaming".
    let led = name.tokens.end >= source.end
        && !(0..2).any(|back| follows_preposition(view, name.tokens.start, back))
        && !{ before }.any(|t| view.is_comma(t) || view.is_verb(t) || view.tag(t) == "CC");
    (described && (set_off || titled || led)).then_some(only.figure)
}

/// Tells whether a name closes a source right behind what the person is: "Orlund Board of Trustees chairman Ann Hill".
fn holds_role(view: &View<'_>, cast: &Cast, used: &Use, source: &Range<usize>) -> bool {
    let name = &used.name;
    let at = name.tokens.start;
    let person = cast.figures.get(used.figure).is_some_and(|f| f.category == Category::Person);
    let role = at > source.start && view.is_noun(at - 1) && people::is_person_noun(&view.lower(at - 1));
    let before = source.start..at;
    let parted = before.clone().any(|t| {
        let finite = view.is_verb(t) && !matches!(view.tag(t), "VBG" | "VBN");
        finite || view.is_comma(t) || matches!(view.tag(t), "WP" | "WDT" | "CC" | "PRP" | "POS")
    });
    // "The brother of owner Ann Hill": somebody else is the head.
    let governed = { before }.any(|t| view.tag(t) == "IN" && !view.is_capital(t.saturating_sub(1)));
    person && role && name.tokens.len() > 1 && name.tokens.end >= source.end && !parted && !governed
}

/// Tells whether a preposition governs a name, a title of so many words between: "adviser to Bill Clinton", "supporters of Democrat
/// Ann Baker", but not "ambassador to Britain Liu Xiaming" or "supervisor of Elections Ann Baker".
fn follows_preposition(view: &View<'_>, name: usize, title: usize) -> bool {
    let place = people::place(view.word(name - title)).is_some_and(|place| place.kind != "party");
    let many = matches!(view.tag(name - title), "NNS" | "NNPS") && people::place(view.word(name - title)).is_none();
    name > title && matches!(view.tag(name - title - 1), "IN" | "TO") && (title == 0 || !place && !many)
}

/// Returns whom a clause behind the noun names: "its commander, who goes by the name of Baker,", "a man known as Baker".
pub(super) fn by_the_name(view: &View<'_>, cast: &Cast, rest: Range<usize>) -> Option<usize> {
    let named = |used: &&Use| {
        let before = |back: usize| used.name.whole.start.checked_sub(back).map_or("", |t| view.word(t));
        let called = matches!(
            (before(2), before(1)),
            ("name", "of" | "is") | ("known" | "identified", "as") | (_, "called" | "named" | "nicknamed")
        );
        called && rest.contains(&(used.name.whole.start - 1))
    };
    cast.uses_in(&rest).iter().find(named).map(|used| used.figure)
}

/// Returns the person or the body whose name, set off by a comma, closes the source: "a senior diplomat for the region, Ann Baker",
/// "the union, Dockers United".
pub(super) fn named_at_end(view: &View<'_>, cast: &Cast, nominal: &Nominal, rest: Range<usize>) -> Option<usize> {
    let last = cast.uses_in(&rest).last()?;
    let comma = (rest.start..last.name.whole.start).rev().find(|&t| view.is_comma(t));
    // "Another diplomat, former envoy to Norland Ann Hill".
    // "The firm, through its lawyer Ann Hill,".
    let through = |t: usize| matches!(view.word(t), "through" | "via" | "by");
    let parted = |t: usize| view.is_verb(t) || through(t) || matches!(view.tag(t), "CC" | "WP" | "WDT");
    let set_off = comma.is_some_and(|comma| !(comma + 1..last.name.whole.start).any(parted));
    let closes = (last.name.tokens.end..rest.end).all(|t| !view.word(t).chars().any(char::is_alphanumeric));
    let fits = cast.figures.get(last.figure).is_some_and(|figure| match figure.category {
        Category::Person => nominal.category != Category::Document,
        // "The band's label, Harbour Records,": a noun that nobody listed.
        Category::Organization => {
            nominal.category == Category::Organization
                || nominal.category == Category::Document && people::collective(&nominal.head).is_none()
        }
        _ => false,
    });
    (set_off && closes && fits).then_some(last.figure)
}
