//! Finds the names of a document: runs of capitalised words, with the titles in front and the description after them.
//!
//! Refuses to decide which names are one person; that is the cast's work.

use super::capitals::{can_name, is_acronym};
use super::class::{Class, class_of};
use super::description;
use super::figure;
use super::fronts::{
    behind_compound, behind_nouns, behind_office, behind_rest_of_office, is_people, led_run, skip_origin,
};
use super::headlines::{headline, is_title_case};
use super::initials::{WrittenOut, written_out};
use super::trading;
use super::view::View;
use crate::lexicon::people::{self, Collective, Gender, NamePart, Number};
use crate::text::Entity;
use std::ops::Range;

/// One name where it stands; ranges count tokens.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// The name alone: "Mohammad Faisal".
    pub tokens: Range<usize>,
    /// With the titles in front: "Foreign Ministry spokesman Mohammad Faisal".
    pub whole: Range<usize>,
    pub class: Class,
    pub gender: Option<Gender>,
    /// Descriptions of the person: titles in front and appositions around, each a range.
    pub descriptions: Vec<Range<usize>>,
    /// The lower-case noun that an apposition calls a body: "group" in "Clean Rivers, a campaign group,".
    pub kind: Option<String>,
    /// The initials by which the article calls a body: "CBP" of "Customs and Border Protection".
    pub initials: Option<String>,
    /// End of the apposition after the name ("Ann Baker, a former senator,"), else the end of the name.
    pub reach: usize,
    /// Whether it stands in a line where every word has a capital, so that capitals tell nothing.
    pub capitals: Capitals,
}

impl Name {
    /// A name in running text of which nothing else is known yet.
    pub fn new(whole: Range<usize>, tokens: Range<usize>, class: Class) -> Self {
        let reach = tokens.end;
        Self {
            tokens,
            whole,
            class,
            gender: None,
            descriptions: Vec::new(),
            kind: None,
            initials: None,
            reach,
            capitals: Capitals::Telling,
        }
    }
}

/// Whether capital letters tell names from other words where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    Telling,
    Everywhere,
}

/// Longest stretch of tokens that a description around a name may take.
pub(super) const LONGEST_DESCRIPTION: usize = 24;

/// Returns the names of the document in text order.
pub(super) fn names(view: &View<'_>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let bodies = written_out(view);
    for sentence in &view.document.sentences {
        if is_title_case(view, &sentence.tokens) {
            headline(view, &sentence.tokens, &mut out);
            continue;
        }
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = run_end(view, at, &sentence.tokens).max(particles_end(view, at, &sentence.tokens));
            if let Some(body) = body_in(&bodies, at..end.max(at + 1)).filter(|body| body.tokens.end >= end) {
                let mut name =
                    Name::new(at..body.tokens.end, at..body.tokens.end, Class::Body(Collective::Organization));
                name.initials = Some(body.initials.clone());
                at = body.tokens.end;
                out.push(name);
                continue;
            }
            if end == at || view.in_dateline(at) {
                at += 1;
                continue;
            }
            if let Some(name) = segment(view, at..end) {
                out.push(name);
            }
            at = end;
        }
    }
    let trading = trading::bodies(view);
    for name in &mut out {
        if name.capitals == Capitals::Everywhere || name.initials.is_some() {
            continue;
        }
        let given = people::given_name(view.word(name.tokens.start)).is_some();
        name.kind = description::kind_of_body(view, name)
            .filter(|_| !given && !matches!(name.class, Class::Place(p) if !p.is_empty()));
        if name.kind.is_some() {
            name.class = Class::Body(Collective::Organization);
            continue;
        }
        if name.whole.len() == 1 && trading.contains(view.word(name.tokens.start)) {
            let place = matches!(name.class, Class::Place(place) if !place.is_empty());
            if !place && !given {
                name.class = Class::Body(Collective::Organization);
            }
        }
        let guessed = match name.class {
            Class::Body(_) => !is_listed_body(view, name),
            class => !matches!(class, Class::Place(place) if !place.is_empty()),
        };
        if guessed {
            description::describe(view, name);
        }
    }
    out
}

/// Returns the body's name that begins in a run.
fn body_in(bodies: &[WrittenOut], run: Range<usize>) -> Option<&WrittenOut> {
    let next = bodies.partition_point(|body| body.tokens.start < run.start);
    bodies.get(next).filter(|body| run.contains(&body.tokens.start))
}

/// Tells whether the words of a name, not only a tagger, say that it is a body's.
fn is_listed_body(view: &View<'_>, name: &Name) -> bool {
    let words = view.text(&name.tokens);
    let last = view.lower(name.tokens.end - 1);
    name.tokens.len() == 1 && words.chars().filter(|c| c.is_uppercase()).count() > 1
        || people::organisation(words).is_some()
        || people::metonym(words).is_some()
        || people::place(words).is_some()
        || people::collective(&last).is_some()
}

/// Returns the end of a name that small particles open, "von der Leyen", or `start` when none begins there.
fn particles_end(view: &View<'_>, start: usize, sentence: &Range<usize>) -> usize {
    let particle = |&t: &usize| people::name_part(view.word(t)) == Some(NamePart::Particle);
    let first = (start..sentence.end.min(start + 3)).find(|t| !particle(t)).unwrap_or(start);
    if first == start || first >= sentence.end {
        start
    } else {
        Some(run_end(view, first, sentence)).filter(|&end| end > first).unwrap_or(start)
    }
}

/// Returns the end of the run of name words that begins at `start`, or `start` when none does.
fn run_end(view: &View<'_>, start: usize, sentence: &Range<usize>) -> usize {
    if !can_name(view, start, sentence) {
        return start;
    }
    let mut at = start + 1;
    while at < sentence.end && at - start < LONGEST_DESCRIPTION {
        if can_name(view, at, sentence) || people::name_part(view.word(at)) == Some(NamePart::Suffix) {
            at += 1;
            continue;
        }
        let next = at + 1 < sentence.end && can_name(view, at + 1, sentence);
        // "Chief Of Staff" in a line of capitals.
        let small = view.word(at) == "Of";
        // "Committee for a Fair Harbour", "Department of the Interior".
        let article = matches!(view.word(at + 1), "a" | "the") && at + 2 < sentence.end;
        let next = next || article && can_name(view, at + 2, sentence) && is_body_noun(view, at - 1);
        let link = match people::name_part(if small { "of" } else { view.word(at) }) {
            Some(NamePart::Particle) => next || people::name_part(view.word(at + 1)) == Some(NamePart::Particle),
            Some(NamePart::Link) => next && links(view, start, at),
            _ => next && is_office(view, start, at),
        };
        let nickname = nickname_end(view, at, sentence);
        if link {
            at += 1 + usize::from(article);
        } else if let Some(end) = nickname {
            at = end;
        } else {
            break;
        }
    }
    at
}

/// Tells whether a linking word at `at` carries on a role ("Secretary of State") or the name of a body.
fn links(view: &View<'_>, start: usize, at: usize) -> bool {
    let from = at.saturating_sub(3).max(start);
    if (from..at).any(|t| view.role_at(t, at + 2).is_some_and(|(_, n)| t + n > at)) {
        return true;
    }
    is_body_noun(view, at - 1) && matches!(view.word(at), "of" | "for" | "on") && view.entity(at + 1) != Entity::Person
}

fn is_body_noun(view: &View<'_>, token: usize) -> bool {
    people::collective(&view.lower(token)) == Some(Collective::Organization)
}

/// Tells whether a possessive at `at` stands inside the name of a body: "Linn County Sheriff's Office".
fn is_office(view: &View<'_>, start: usize, at: usize) -> bool {
    let held = at > start && view.is_possessive(at) && people::role(&view.lower(at - 1)).is_some();
    held && people::collective(&view.lower(at + 1)) == Some(Collective::Organization)
}

/// Returns the end of a nickname in quotation marks inside a name, when one begins at `at` and the name goes on.
fn nickname_end(view: &View<'_>, at: usize, sentence: &Range<usize>) -> Option<usize> {
    let mark = |t: usize| matches!(view.tag(t), "``" | "''") || matches!(view.word(t), "\"" | "“" | "”" | "‘" | "(");
    if !mark(at) {
        return None;
    }
    let close =
        (at + 2..(at + 5).min(sentence.end)).find(|&t| mark(t) || view.word(t) == ")" || view.word(t) == "’")?;
    let inside = (at + 1..close).all(|t| view.is_capital(t));
    let after = close + 1 < sentence.end && can_name(view, close + 1, sentence);
    (inside && after && people::title(view.word(close + 1)).is_none()).then_some(close + 1)
}

/// Splits a run into title and name and tells what it names; `None` for a run that is a description only.
fn segment(view: &View<'_>, run: Range<usize>) -> Option<Name> {
    let run = trim(view, run)?;
    let mut run = led_run(view, &run)..run.end;
    // "Ann Baker MP", "the Harbour Party MP": the letters say what somebody is.
    let letters = |t: usize| is_acronym(view.word(t)) && people::role(&view.lower(t)).is_some();
    if run.len() > 1 && letters(run.end - 1) {
        run.end -= 1;
    }
    let plain = view.text(&run);
    let last = run.end - 1;
    let name = |tokens: Range<usize>, class| Some(Name::new(run.start..tokens.end, tokens, class));
    let follows = view.is_noun(run.end) && !view.is_capital(run.end);
    let adjective = view.tag(last) == "JJ" && people::place(plain).is_some() && follows;
    let people = is_people(view, &run);
    let lower = view.lower(last);
    let many = people::role(&lower).is_some_and(|r| r.number == Number::Many);
    let known = people::organisation(plain).is_some();
    let opening = view.around(run.start).start == run.start;
    let common = run.len() == 1
        && !view.is_surname(plain)
        && (people::role(&lower).is_some() || opening && people::collective(&lower).is_some());
    let before = run.start.checked_sub(1).map_or(String::new(), |t| view.lower(t));
    let native = matches!(&*before, "the" | "a" | "an") && figure::is_native(plain) && !follows;
    if adjective || people || many || native || common && !known && people::metonym(plain).is_none() {
        return None;
    }
    if known || people::metonym(plain).is_some() || people::place(plain).is_some() {
        return name(run.clone(), class_of(view, &run));
    }
    let (title_end, gender) = titles(view, &run);
    // "U.S. Attorney's Office": the office, not whoever holds it.
    if title_end < run.end && view.is_possessive(title_end) {
        return name(run.clone(), Class::Body(Collective::Organization));
    }
    if title_end == run.end {
        let given = run.len() > 1 && people::given_name(view.word(run.start)).is_some();
        if view.entity(last) == Entity::Organization && run.len() > 2 {
            return name(run.clone(), Class::Body(Collective::Organization));
        }
        if !given || people::role(&view.lower(last)).is_some_and(|r| r.number == Number::Many) {
            return None;
        }
        return name(run.clone(), Class::Person);
    }
    let ends_in_body = people::collective(&view.lower(last)) == Some(Collective::Organization);
    // "Hillary Clinton" makes "Clinton" a surname, though it is a given name, too: "Clinton Foundation".
    let surname_first = run.len() == 2 && view.is_surname(view.word(run.start));
    let given = |t: usize| people::given_name(view.word(t)).is_some();
    let place = people::place(view.word(title_end)).is_some();
    let surname_last = run.len() == 2 && !view.is_common(&view.lower(last)) || given(title_end + 1);
    let personal = given(title_end) && !surname_first && surname_last;
    if ends_in_body && run.len() > 1 && (!personal || place) {
        return name(run.clone(), Class::Body(Collective::Organization));
    }
    if title_end > run.start {
        let from = behind_office(view, title_end..run.end);
        let mut found = name(from..run.end, Class::Person)?;
        found.gender = gender;
        found.descriptions.push(run.start..from);
        return Some(found);
    }
    // "Priorities USA", "Fans UK": a body, not a place with a word in front.
    if run.len() == 2
        && is_acronym(view.word(last))
        && people::place(view.word(last)).is_some()
        && people::place(view.word(run.start)).is_none()
    {
        return name(run.clone(), Class::Body(Collective::Organization));
    }
    // "Baker Iowa", where Ann Baker is known: a heading, or a word is lost.
    if surname_first && people::place(view.word(last)).is_some() {
        return name(run.start..last, Class::Person);
    }
    let bare = skip_origin(view, &run).max(behind_compound(view, &run)).max(behind_nouns(view, &run));
    let bare = bare.max(behind_rest_of_office(view, &run));
    if bare > run.start {
        let mut found = name(bare..run.end, class_of(view, &(bare..run.end)))?;
        if found.class == Class::Person {
            found.descriptions.push(run.start..bare);
            return Some(found);
        }
    }
    let run = behind_compound(view, &run)..run.end;
    name(run.clone(), class_of(view, &run))
}

/// Cuts lower-case words and marks off the end of a run.
fn trim(view: &View<'_>, mut run: Range<usize>) -> Option<Range<usize>> {
    while run.start < run.end && !view.is_capital(run.end - 1) {
        run.end -= 1;
    }
    // "Ann Baker Responds" in a headline.
    if run.len() > 2
        && matches!(view.tag(run.end - 1), "VBZ" | "VBD")
        && people::given_name(view.word(run.start)).is_some()
    {
        run.end -= 1;
    }
    (run.start < run.end).then_some(run)
}

/// Returns where the titles and roles at the front of a run end, and the gender they tell.
fn titles(view: &View<'_>, run: &Range<usize>) -> (usize, Option<Gender>) {
    let mut end = run.start;
    let mut gender = None;
    let mut at = run.start;
    while at < run.end {
        if let Some((role, length)) = view.role_at(at, run.end)
            && role.number == Number::One
        {
            // "Larry King", and "Mr. King" where Larry King is known.
            let last = at > run.start && at + length == run.end;
            let surname = last
                && (people::given_name(view.word(at - 1)).is_some()
                    || people::title(view.word(at - 1)).is_some() && view.is_surname(view.word(at))
                    // "SoftBank CEO Masayoshi Son": a title came before, and a given name after it.
                    || end > run.start && at > end);
            let surname = surname || run.len() == 1 && view.is_surname(view.word(at));
            // "Dean Holt" is no dean.
            let given = length == 1
                && at + 2 == run.end
                && people::title(view.word(at)).is_none()
                && people::given_name(view.word(at)).is_some();
            if !surname && !given {
                gender = role.gender.or(gender);
                end = at + length;
            }
            at += length;
            continue;
        }
        if let Some(title) = people::title(view.word(at))
            && (at + 1 < run.end)
        {
            gender = title.gender.or(gender);
            end = at + 1;
        }
        at += 1;
    }
    (end, gender)
}
