//! Reads the descriptions around a person's name: titles in front, appositions before and after, brackets and origins.
//!
//! Refuses descriptions of several people, and those that a verb parts from the name.

use super::class::Class;
use super::names::{LONGEST_DESCRIPTION, Name};
use super::view::View;
use crate::lexicon::people::{self, Collective, NamePart, Number, Role};
use std::ops::Range;

/// Adds the descriptions around a person's name.
pub(super) fn describe(view: &View<'_>, name: &mut Name) {
    let sentence = view.around(name.tokens.start);
    let front = front(view, name.whole.start, &sentence);
    if front < name.whole.start {
        name.class = Class::Person;
        let end = name.whole.start;
        name.descriptions.push(front..end);
        name.whole.start = front;
    }
    if let Some(range) = before_comma(view, name, &sentence) {
        name.class = Class::Person;
        name.descriptions.push(range);
    }
    let mut at = name.tokens.end;
    if view.tag(at) == "-LRB-" || view.word(at) == "(" {
        let close = (at + 1..sentence.end.min(at + 8)).find(|&t| matches!(view.word(t), ")" | "-RRB-"));
        if let Some(close) = close {
            name.descriptions.push(at + 1..close);
            at = close + 1;
            name.reach = at;
        }
    }
    if view.word(at) == "of" && view.is_capital(at + 1) {
        let end = (at + 1..sentence.end).take_while(|&t| view.is_capital(t)).last().map_or(at, |t| t + 1);
        name.descriptions.push(at + 1..end);
        name.reach = end;
        at = end;
    }
    if view.is_comma(at) {
        apposition(view, name, at, &sentence);
    }
}

/// Returns a description as the title that it gives: "speaker" of "their speaker", with "former" where it stands in front, without
/// words at its end that go on to something else, and one office where several bearers share the word ("Presidents Holt and Vane").
pub(super) fn title(view: &View<'_>, description: &Range<usize>) -> String {
    let whose = usize::from(view.tag(description.start) == "PRP$" && description.len() > 1);
    let (mut from, mut end) = (description.start + whose, description.end);
    while end > from + 1 && (matches!(view.tag(end - 1), "IN" | "TO" | "CC" | "WDT" | "WP") || view.is_comma(end - 1)) {
        end -= 1;
    }
    if from > 0 && view.lower(from - 1) == "former" {
        from -= 1;
    }
    let title = view.text(&(from..end)).trim().to_owned();
    let last = title.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let one = last.strip_suffix('s').and_then(people::role).is_some_and(|role| role.number == Number::One);
    let many = people::role(&last).is_some_and(|role| role.number == Number::Many) || people::role(&last).is_none();
    match title.strip_suffix('s').filter(|_| one && many) {
        Some(single) => single.to_owned(),
        None => title,
    }
}

/// What a sentence says that somebody is, or was.
pub(super) struct Told {
    pub tokens: Range<usize>,
    pub past: bool,
}

/// Returns what the verb behind a name says that its bearer is: "transport minister" in "Gordon Vane was transport minister until 2020".
pub(super) fn told_by_verb(view: &View<'_>, name: &Name) -> Option<Told> {
    let past = match view.word(name.tokens.end) {
        "is" => false,
        "was" => true,
        _ => return None,
    };
    let sentence = view.around(name.tokens.start);
    let from = name.tokens.end + 1;
    let inside = |&t: &usize| matches!(view.tag(t), "DT" | "NN" | "NNP" | "JJ" | "POS" | "HYPH");
    let end = (from..sentence.end.min(from + LONGEST_DESCRIPTION)).take_while(inside).last()? + 1;
    let is_role = view.roles(&(from..end)).iter().any(|(role, _)| role.number == Number::One && !role.is_relation());
    is_role.then_some(Told { tokens: from..end, past })
}

/// Returns the lower-case noun that an apposition calls a body: "group" in "Clean Rivers, a campaign group," and in "the group,
/// Clean Rivers,".
pub(super) fn kind_of_body(view: &View<'_>, name: &Name) -> Option<String> {
    let sentence = view.around(name.tokens.start);
    let body = |t: usize| {
        let noun = view.lower(t);
        let known =
            people::collective(&noun) == Some(Collective::Organization) || people::generic_body(&noun).is_some();
        (known && view.tag(t) == "NN" && !view.is_capital(t)).then_some(noun)
    };
    let after = name.tokens.end;
    if view.is_comma(after) && matches!(&*view.lower(after + 1), "a" | "an") {
        let end =
            (after + 2..sentence.end.min(after + 9)).find(|&t| !matches!(view.tag(t), "NN" | "JJ" | "NNP" | "VBG"))?;
        return body(end - 1);
    }
    let before = name.whole.start.checked_sub(2).filter(|&t| t >= sentence.start && view.is_comma(t + 1))?;
    let closed = view.is_comma(after) || view.tag(after) == ".";
    let the = (1..4).any(|back| before.checked_sub(back).is_some_and(|t| view.lower(t) == "the"));
    body(before).filter(|_| closed && the)
}

/// Returns where the description right before a name begins: "Foreign Ministry spokesman" before "Mohammad Faisal".
fn front(view: &View<'_>, start: usize, sentence: &Range<usize>) -> usize {
    if start == sentence.start || view.is_verb(start - 1) {
        return start;
    }
    let from = sentence.start.max(start.saturating_sub(5));
    let ends_in_role = (from..start).any(|t| view.role_at(t, start).is_some_and(|(_, n)| n > 1 && t + n == start));
    if !ends_in_role && !people::is_person_noun(&view.lower(start - 1)) {
        return start;
    }
    let mut at = start - 1;
    while at > sentence.start && start - at < LONGEST_DESCRIPTION {
        let tag = view.tag(at - 1);
        let word = view.word(at - 1);
        let inside = tag.starts_with("NN")
            || tag.starts_with("JJ")
            || tag == "POS"
            || matches!(word, "of" | "-" | "&")
                && view.role_at(at.saturating_sub(2), start).is_some_and(|(_, n)| n > 2)
            || matches!(word, "’s" | "'s");
        if !inside {
            break;
        }
        at -= 1;
    }
    at
}

/// Returns the noun phrase that a comma or a dash sets before a name: "The finance minister" in "The finance minister, Lou Jiwei,".
fn before_comma(view: &View<'_>, name: &Name, sentence: &Range<usize>) -> Option<Range<usize>> {
    let mut start = name.whole.start;
    // "his niece, state Rep. Ann Baker,": one plain word may stand before the title.
    let titled = start < name.tokens.start && start > sentence.start + 1;
    if titled && view.is_break(start - 2) && matches!(view.tag(start - 1), "NN" | "JJ" | "RB") {
        start -= 1;
    }
    let comma = start.checked_sub(1).filter(|&t| t > sentence.start && view.is_break(t))?;
    let after = if view.is_comma(comma) { name.tokens.end } else { dash_after(view, name.tokens.end, sentence) };
    if !(view.is_break(after) || view.tag(after) == "." || after >= sentence.end || view.word(after) == "(") {
        return None;
    }
    let lowest = sentence.start.max(comma.saturating_sub(LONGEST_DESCRIPTION / 2));
    let mut from = comma;
    while from > lowest {
        let t = from - 1;
        if view.is_verb(t)
            || view.is_break(t)
            || matches!(view.tag(t), "," | ":" | "``" | "''" | "CC" | "WP" | "WDT")
            || view.tag(t) == "PRP" && t.checked_sub(1).is_none_or(|before| view.word(before) != "of")
        {
            break;
        }
        from = t;
        // "the director of the bureau, Ann Baker": a noun and a preposition in front carry the phrase on.
        let carried = t > lowest + 1
            && people::name_part(view.word(t - 1)) == Some(NamePart::Link)
            && (view.is_noun(t - 2) || view.tag(t - 2) == "CD");
        if matches!(view.tag(t), "DT" | "PRP$") && !carried {
            break;
        }
    }
    let range = from..comma;
    let roles = view.roles(&range);
    let one = roles.iter().any(|(r, _)| r.number == Number::One);
    if view.lower(range.start) == "one" && view.word(range.start + 1) == "of" {
        return Some(range);
    }
    if roles.is_empty() && is_one_person(view, &range) {
        return Some(range);
    }
    (one && roles.iter().all(|(r, _)| r.number == Number::One)).then_some(range)
}

/// Returns where the dash stands that closes what a dash before a name has opened: behind "of Orlund" in "— Ann Baker of Orlund —".
fn dash_after(view: &View<'_>, end: usize, sentence: &Range<usize>) -> usize {
    (end..sentence.end.min(end + 5)).find(|&t| view.is_break(t)).unwrap_or(end)
}

/// Tells whether a noun phrase before a name says by itself that it is one person, whatever the word: "Another organizer", "One
/// critic in the party"; but not "In a letter".
fn is_one_person(view: &View<'_>, phrase: &Range<usize>) -> bool {
    let first = view.lower(phrase.start);
    let opens = matches!(&*first, "a" | "an" | "the" | "one" | "another") || view.tag(phrase.start) == "PRP$";
    let governed = phrase.start.checked_sub(1).is_some_and(|t| matches!(view.tag(t), "IN" | "TO"));
    let stop = |&t: &usize| matches!(view.tag(t), "IN" | "TO");
    let end = phrase.clone().find(stop).unwrap_or(phrase.end);
    let head = end.checked_sub(1).filter(|t| phrase.contains(t) && view.tag(*t) == "NN");
    opens && !governed && head.is_some_and(|t| people::is_person_noun(&view.lower(t)))
}

/// Takes the apposition after a name: from the comma at `comma` to the next comma, verb or end.
fn apposition(view: &View<'_>, name: &mut Name, comma: usize, sentence: &Range<usize>) {
    let mut from = comma + 1;
    // An age stands alone: "Ann Baker, 45, a teacher,".
    if view.tag(from) == "CD" && (view.is_comma(from + 1) || view.tag(from + 1) == ".") {
        name.descriptions.push(from..from + 1);
        name.class = Class::Person;
        name.reach = from + 2;
        from += 2;
    }
    let origin = |t: usize| people::place(view.word(t).split('-').next_back().unwrap_or("")).is_some();
    let mut at = from;
    let stop = sentence.end.min(from + LONGEST_DESCRIPTION);
    while at < stop {
        let word = view.word(at);
        let relative = matches!(view.tag(at), "WP" | "WDT" | "WP$" | "MD" | "PRP" | "VBD" | "VBZ" | "VBP");
        if view.is_comma(at) || relative || matches!(view.tag(at), ":" | "``" | "''" | "." | "-LRB-") || word == "(" {
            break;
        }
        at += 1;
    }
    let range = from..at;
    // "It poisoned the River Asker, a former guard told them": who told it only stands behind the name.
    let told = at < stop && view.is_verb(at) && matches!(view.tag(from), "DT" | "PRP$");
    if told && (sentence.start..name.whole.start).any(|t| view.is_verb(t)) {
        return;
    }
    let lone_name = view.is_capital(from) && people::given_name(view.word(from)).is_some();
    // "Her lawyer, Ann Baker, Sergeant Ruth Lamb agreed": somebody else begins behind the comma.
    let given = |t: usize| view.is_capital(t) && people::given_name(view.word(t)).is_some();
    let titled = at >= from + 3 && given(at - 2) && view.is_capital(at - 1) && view.is_verb(at);
    if titled && view.is_capital(from) {
        return;
    }
    if range.is_empty() || matches!(view.tag(from), "CC" | "IN" | "RB" | "VBG" | "VBN") && view.roles(&range).is_empty()
    {
        return;
    }
    let roles: Vec<(&Role, Range<usize>)> = view.roles(&range);
    let described = roles.iter().any(|(r, _)| r.number == Number::One) || view.word(from) == "one";
    let place = range.len() <= 4 && (origin(from) || origin(at - 1));
    let described = described || roles.is_empty() && is_one_person(view, &range);
    if (described || place) && !lone_name && view.tag(from) != "CC" {
        name.descriptions.push(range);
        name.reach = at + usize::from(view.is_comma(at));
        if described {
            name.class = Class::Person;
        }
    }
}
