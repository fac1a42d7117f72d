//! Where the name begins in a run of capitalised words: behind origins, compounds, offices and a verb that opens the sentence.
//!
//! Refuses to tell what a name names.

use super::capitals::opens;
use super::view::View;
use crate::lexicon::{
    self,
    people::{self, NamePart},
};
use crate::text::Entity;
use std::ops::Range;

/// Returns where the name in a run at the start of a sentence begins: behind "Say" in "Say Norway", behind "Young" in
/// "Young Baker", where Ann Baker is known.
pub(super) fn led_run(view: &View<'_>, run: &Range<usize>) -> usize {
    let first = view.word(run.start);
    if is_no_name(view, run) {
        return run.start + 1;
    }
    let lone = run.len() == 2 && opens(view, run.start, &view.around(run.start));
    if !lone || people::given_name(first).is_some() || people::title(first).is_some() || people::place(first).is_some()
    {
        return run.start;
    }
    let verb = view.is_verb(run.start);
    let known =
        view.is_surname(view.word(run.start + 1)) && (verb || matches!(view.tag(run.start), "JJ" | "RB" | "IN"));
    let placed = verb && people::place(view.word(run.start + 1)).is_some() && people::place(view.text(run)).is_none();
    // "As Politico wrote".
    let joins =
        matches!(first, "As" | "While" | "Since" | "Because" | "When" | "If" | "Though" | "Although" | "But" | "And");
    run.start + usize::from(known || placed || joins)
}

/// Tells whether a run opens with a word that news writes small and is no part of the name behind it: "Electing Baker" and "Team
/// Baker", where Ann Baker is known, "Heartbroken Ann Baker" at the start of a sentence.
fn is_no_name(view: &View<'_>, run: &Range<usize>) -> bool {
    let first = view.word(run.start);
    if !(2..5).contains(&run.len())
        || first.len() < 3
        || people::given_name(first).is_some()
        || people::title(first).is_some()
        || people::place(first).is_some()
        || people::role(&first.to_lowercase()).is_some()
    {
        return false;
    }
    let tag = view.tag(run.start);
    let next = view.word(run.start + 1);
    if run.len() == 2 {
        let formed = ["ated", "ised", "ized", "ened", "ished"].iter().any(|ending| first.ends_with(ending));
        let plain = matches!(tag, "VBG" | "VB") || formed || lexicon::words::rarity(&first.to_lowercase()).is_some();
        return plain && view.is_surname(next);
    }
    let adverb = first.ends_with("ly") || first.ends_with("wards");
    let plain = adverb || matches!(tag, "JJ" | "RB" | "VBN" | "VBD" | "VBG");
    plain && opens(view, run.start, &view.around(run.start)) && people::given_name(next).is_some()
}

/// Returns where a person's name begins behind nouns that say what the person is: "Ann Baker" in "Elections Ann Baker" after
/// "supervisor of", in "Navy SEAL Ann Baker".
pub(super) fn behind_nouns(view: &View<'_>, run: &Range<usize>) -> usize {
    let front = |t: usize| {
        let word = view.word(t);
        let many = matches!(view.tag(t), "NNS" | "NNPS") && view.is_common(&view.lower(t));
        let body =
            people::collective(&view.lower(t)).is_some() || word.len() > 1 && word.chars().all(char::is_uppercase);
        let who = people::is_person_noun(&view.lower(t)) && run.end - t > 2;
        people::given_name(word).is_none() && (many || body || who)
    };
    let given = (run.start + 1..run.end.saturating_sub(1)).find(|&t| people::given_name(view.word(t)).is_some());
    given.filter(|&t| run.end - t < 4 && (run.start..t).all(front)).unwrap_or(run.start)
}

/// Returns where a person's name begins behind the rest of an office: "Eva-Marie Baker" in "Public Prosecution Eva-Marie Baker" after
/// "deputy director of".
pub(super) fn behind_rest_of_office(view: &View<'_>, run: &Range<usize>) -> usize {
    let office = run.start.checked_sub(2).filter(|_| view.word(run.start - 1) == "of");
    let held = office.is_some_and(|t| view.role_at(t, t + 1).is_some() || people::title(view.word(t)).is_some());
    let mut within = run.start + 1..run.end.saturating_sub(1);
    let given = within.find(|&t| people::given_name(view.word(t)).is_some());
    given.filter(|_| held).unwrap_or(run.start)
}

/// Tells whether a run names the people of a place, not the place: "Many Norwegians", where "the Norwegians" may be Norway.
pub(super) fn is_people(view: &View<'_>, run: &Range<usize>) -> bool {
    let word = view.word(run.start);
    let before = run.start.checked_sub(1).map_or("", |t| view.word(t));
    let place = people::place(word).filter(|place| !matches!(place.kind, "party" | "movement") && place.name != word);
    let many = view.tag(run.start) == "NNPS" || view.tag(run.start) == "NNS";
    run.len() == 1 && many && word.ends_with('s') && place.is_some() && !before.eq_ignore_ascii_case("the")
}

/// Returns where the name begins behind a title that goes on: "Ann Baker" in "for Trade Ann Baker" after "Minister".
pub(super) fn behind_office(view: &View<'_>, rest: Range<usize>) -> usize {
    if people::name_part(view.word(rest.start)) != Some(NamePart::Link) || rest.len() < 3 {
        return rest.start;
    }
    let given = (rest.start + 2..rest.end - 1).find(|&t| people::given_name(view.word(t)).is_some());
    given.unwrap_or(if rest.len() > 3 { rest.end - 2 } else { rest.end - 1 })
}

/// Returns where the name begins behind a compound that describes: "Oslo-born Ann Baker".
pub(super) fn behind_compound(view: &View<'_>, run: &Range<usize>) -> usize {
    let describes = |&t: &usize| {
        let last = view.word(t).rsplit_once('-').map_or("", |(_, last)| last);
        last.len() > 3 && last.starts_with(char::is_lowercase)
    };
    (run.start..run.end.saturating_sub(1)).rev().find(describes).map_or(run.start, |t| t + 1)
}

/// Returns where the words of origin or party at the front of a run end ("Republican Ann Baker").
pub(super) fn skip_origin(view: &View<'_>, run: &Range<usize>) -> usize {
    let mut at = run.start;
    while at + 1 < run.end && people::place(view.word(at)).is_some() {
        let given = people::given_name(view.word(at)).is_some();
        let next_given = people::given_name(view.word(at + 1)).is_some();
        // "Actor America Holt": the noun for a country before one word is a given name.
        let noun =
            people::place(view.word(at)).is_some_and(|place| place.kind == "country" && place.name == view.word(at));
        let lone = noun && at == run.start && run.len() == 2 && view.entity(at) == Entity::Person;
        if given && !next_given || lone {
            break;
        }
        at += 1;
    }
    at
}
