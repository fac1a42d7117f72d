//! Takes a source apart: pronoun, name, common noun with its owner and modifiers, or several sources joined by "and".
//!
//! Refuses to look outside the source, except at the descriptions that names carry.

use super::capitals::is_acronym;
use super::cast::{Cast, Use};
use super::figure;
use super::introduced::{by_the_name, named_at_end};
use super::view::View;
use crate::attribution::Category;
use crate::lexicon::numbers;
use crate::lexicon::people::{self, Collective, Definiteness, Number, Person, Place, Pronoun, Role};
use crate::text::Entity;
use std::ops::Range;

/// How definite a noun phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    The,
    Owned,
    Indefinite,
    Bare,
}

/// A source without a name: "the American diplomat", "his campaign", "a new poll".
#[derive(Debug, Clone)]
pub(super) struct Nominal {
    /// Determiner, modifiers and head.
    pub core: Range<usize>,
    /// The head noun in the singular, lower case.
    pub head: String,
    pub number: Number,
    pub article: Article,
    pub role: Option<&'static Role>,
    pub category: Category,
    pub places: Vec<Place>,
    /// Lower-case modifiers, head left out.
    pub words: Vec<String>,
    /// The token of the owner: "his" in "his campaign", "Clinton" in "the Clinton campaign".
    pub owner: Option<usize>,
    /// Lower-case names before the noun: "norland" of "Norland's president".
    pub origins: Vec<String>,
    /// Lower-case names after "of" or "for".
    pub complement: Vec<String>,
    /// A relative clause without a comma says which one is meant: "the mayor who sold the yard".
    pub restricted: bool,
    /// Where what belongs to the noun ends: "by the Harbour Institute" after "study".
    pub end: usize,
}

impl Nominal {
    /// Tells whether the noun stands in the plural: "companies", not "police".
    pub fn is_several(&self, view: &View<'_>) -> bool {
        self.number == Number::Many && view.lower(self.core.end - 1) != self.head
    }
}

/// What a source is made of.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    Pronoun(usize, Pronoun),
    Figure(usize),
    /// A name that two people of the article bear alike.
    Open([usize; 2]),
    Nominal(Nominal),
}

/// Returns where the core of a noun phrase ends: before a comma, preposition, relative pronoun, verb or bracket.
pub(super) fn core_end(view: &View<'_>, cast: &Cast, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        if let Some(used) = cast.use_at(at) {
            at = used.name.tokens.end;
            continue;
        }
        if let Some((_, length)) = view.role_at(at, end)
            && length > 1
        {
            at += length;
            continue;
        }
        let tag = view.tag(at);
        let participle = matches!(tag, "VBG" | "VBN") && at > start && view.is_noun(at - 1);
        let stop = !ends_plural(view, at, &(start..end))
            && matches!(tag, "," | "IN" | "TO" | "WP" | "WDT" | "WP$" | ":" | "-LRB-" | "VBD" | "VBZ" | "VBP" | "MD");
        // "The Works Division (PWD) inspection report".
        if view.word(at) == "(" && view.word(at + 2) == ")" && at + 3 < end && view.tag(at + 3) == "NN" {
            at += 3;
            continue;
        }
        if at > start && (stop || participle || matches!(view.word(at), "(" | "—" | "–")) {
            break;
        }
        at += 1;
    }
    at
}

/// Takes one conjunct apart; `None` when there is nothing in it.
pub(super) fn shape(view: &View<'_>, cast: &Cast, source: &Range<usize>) -> Option<Shape> {
    let is_word = |t: &usize| view.word(*t).chars().any(char::is_alphanumeric);
    let mut start = source.clone().find(is_word)?;
    let skipped = |t: usize| matches!(view.tag(t), "RB" | "IN") || matches!(&*view.lower(t), "least" | "most" | "only");
    while start + 1 < source.end && skipped(start) && view.word(start + 1) != "of" && cast.use_at(start).is_none() {
        start += 1;
    }
    if let Some(told) = one_of_them(view, start, source) {
        return shape(view, cast, &told);
    }
    if let Some((whom, pronoun)) = part_of_whom(view, start, source) {
        return Some(Shape::Pronoun(whom, pronoun));
    }
    // "WHO" and "IT" are no pronouns.
    let named = cast.use_at(start).is_some() || people::organisation(view.word(start)).is_some();
    let acronym = named && view.word(start).len() > 1 && view.word(start).chars().all(char::is_uppercase);
    if let Some(pronoun) = people::pronoun(&view.lower(start)).filter(|_| !acronym) {
        // "Her “Nights” make-up artist": a mark parts nothing.
        let marked = matches!(view.tag(start + 1), "``" | "''");
        let next = start + 1 + usize::from(marked);
        let next_noun = next < source.end
            && !matches!(view.tag(next), "," | "IN" | "WP" | "WDT")
            && !view.is_verb(next)
            && view.word(next).chars().any(char::is_alphanumeric);
        if pronoun.person != Person::Nobody && (source.len() == 1 || !next_noun) {
            return Some(Shape::Pronoun(start, pronoun));
        }
        if !next_noun && let Some(figure) = described(view, cast, start, source) {
            return Some(Shape::Figure(figure));
        }
        if !next_noun && pronoun.number == Number::Many {
            return Some(Shape::Nominal(somebody(view, start, source, Number::Many)));
        }
        if !next_noun {
            return Some(Shape::Nominal(somebody(view, start, source, Number::One)));
        }
    }
    let end = core_end(view, cast, start, source.end);
    let core = start..end;
    let mut words = core.rev().filter(|&t| !view.is_possessive(t) && view.word(t).chars().any(char::is_alphanumeric));
    let noun = words
        .clone()
        .filter(|&t| view.entity(t) != Entity::Date)
        .find(|&t| view.is_noun(t) || ends_plural(view, t, source) || view.is_capital(t) && cast.use_at(t).is_some());
    if let Some(share) = share(view, start, source) {
        return Some(Shape::Nominal(share));
    }
    let head = noun.or_else(|| words.next())?;
    if let Some(used) =
        cast.use_at(head).or_else(|| before_adverb(view, cast, head)).or_else(|| before_letters(view, cast, head))
    {
        return Some(used.rival.map_or(Shape::Figure(used.figure), |rival| Shape::Open([used.figure, rival])));
    }
    if let Some(figure) = described(view, cast, head, source) {
        return Some(Shape::Figure(figure));
    }
    let mut found = nominal(view, cast, start..head + 1);
    found.complement = complement(view, end..source.end);
    if matches!(view.word(end), "of" | "in") {
        // "The government in Beijing".
        found.places.extend(figure::places(view, &(end + 1..source.end.min(end + 3))));
    }
    found.end = whole_end(view, head + 1..source.end);
    if found.number == Number::One
        && let Some(figure) = by_the_name(view, cast, end..source.end)
    {
        return Some(Shape::Figure(figure));
    }
    if found.number == Number::One
        && let Some(figure) = named_at_end(view, cast, &found, end..source.end)
    {
        return Some(Shape::Figure(figure));
    }
    Some(Shape::Nominal(found))
}

/// Tells whether a noun in the plural, taken for a verb, ends a source: "Climate hawks"; no source ends in its verb.
fn ends_plural(view: &View<'_>, token: usize, source: &Range<usize>) -> bool {
    view.tag(token) == "VBZ" && token + 1 == source.end && token > source.start
}

/// Reads a share of many people, by its words: "76% of last year's pupils", "12 per cent".
fn share(view: &View<'_>, start: usize, source: &Range<usize>) -> Option<Nominal> {
    let sign = |t: usize| {
        matches!(&*view.lower(t), "%" | "percent" | "pc") || view.word(t) == "per" && view.lower(t + 1) == "cent"
    };
    let figure = view.word(start).chars().next().is_some_and(|c| c.is_ascii_digit());
    (figure && start + 1 < source.end && sign(start + 1)).then(|| somebody(view, start, source, Number::Many))
}

/// Returns the name before the letters of an office: "Baker" in "Ann Baker MP".
fn before_letters<'a>(view: &View<'_>, cast: &'a Cast, token: usize) -> Option<&'a Use> {
    let letters = is_acronym(view.word(token)) && people::role(&view.lower(token)).is_some();
    let used = token.checked_sub(1).filter(|_| letters).and_then(|before| cast.use_at(before))?;
    cast.figures.get(used.figure).is_some_and(|f| f.category == Category::Person).then_some(used)
}

/// Returns the name before an adverb taken for a noun: "Baker" in "Baker gingerly".
fn before_adverb<'a>(view: &View<'_>, cast: &'a Cast, token: usize) -> Option<&'a Use> {
    let adverb = view.word(token).len() > 4 && view.word(token).ends_with("ly") && !view.is_capital(token);
    let used = token.checked_sub(1).filter(|_| adverb).and_then(|before| cast.use_at(before))?;
    cast.figures.get(used.figure).is_some_and(|f| f.category == Category::Person).then_some(used)
}

/// Returns what a source tells of one of several: "a teacher in Larn" of "One, a teacher in Larn," and of "One of the parents, a teacher in
/// Larn,".
fn one_of_them(view: &View<'_>, start: usize, source: &Range<usize>) -> Option<Range<usize>> {
    let comma = (start + 1..source.end).find(|&t| view.is_comma(t))?;
    let of = comma == start + 1 || view.word(start + 1) == "of" && !(start..comma).any(|t| view.is_verb(t));
    let told = comma + 1..source.end;
    let names = matches!(&*view.lower(told.start), "a" | "an") || view.is_capital(told.start);
    (view.lower(start) == "one" && of && names && told.len() > 1).then_some(told)
}

/// Returns the pronoun of "most of whom", "two of which".
fn part_of_whom(view: &View<'_>, start: usize, source: &Range<usize>) -> Option<(usize, Pronoun)> {
    let of = (start + 1..source.end.min(start + 3)).find(|&t| view.word(t) == "of")?;
    let pronoun = people::pronoun(&view.lower(of + 1)).filter(|p| p.person == Person::Relative)?;
    source.contains(&(of + 1)).then_some((of + 1, pronoun))
}

/// Returns where the words that belong to a noun end: prepositions and what follows them, up to a comma, a relative clause or a verb.
fn whole_end(view: &View<'_>, rest: Range<usize>) -> usize {
    // Names of texts and groups leave out what is only told of them: "released Monday".
    let told = |t: usize| {
        let participle = matches!(view.tag(t), "VBN" | "VBG") && t > 0 && view.is_noun(t - 1) && !tells_who(view, t);
        participle || matches!(view.word(t), "with" | "across") && !(t > 0 && tells_who(view, t - 1))
    };
    let stop = |&t: &usize| {
        let finite = matches!(view.tag(t), "VBD" | "VBZ" | "VBP" | "MD") && !tells_who(view, t);
        let other = matches!(view.tag(t), "WP" | "WDT" | "WRB" | ":" | "-LRB-" | "``" | "''" | "PRP");
        finite || other || view.is_comma(t) || told(t)
    };
    let joins = |t: usize| matches!(view.tag(t), "IN" | "TO") || tells_who(view, t);
    if !rest.clone().next().is_some_and(|t| joins(t) && !told(t)) {
        return rest.start;
    }
    let mut end = rest.clone().find(stop).unwrap_or(rest.end);
    while end > rest.start && matches!(view.tag(end - 1), "IN" | "TO" | "." | "RB" | "CC") {
        end -= 1;
    }
    end
}

/// Tells whether a word behind a noun says which people are meant: "close to the minister", "familiar with the plan".
fn tells_who(view: &View<'_>, token: usize) -> bool {
    matches!(
        (view.word(token), view.word(token + 1)),
        ("close" | "opposed" | "loyal", _) | ("familiar", "with") | ("briefed", "on" | "about")
    )
}

/// Returns the names that follow a noun after "of" or "for": "Orlund" in "the mayor of Orlund".
fn complement(view: &View<'_>, rest: Range<usize>) -> Vec<String> {
    if !rest.clone().next().is_some_and(|first| matches!(&*view.lower(first), "of" | "for")) {
        return Vec::new();
    }
    let inside = rest.skip(1).take_while(|&token| !view.is_comma(token) && !view.is_verb(token));
    inside.filter(|&token| view.is_capital(token)).map(|token| view.lower(token)).collect()
}

/// Returns the figure of a name near whose description the head noun is: "The finance minister, Lou Jiwei,".
fn described(view: &View<'_>, cast: &Cast, head: usize, source: &Range<usize>) -> Option<usize> {
    let sentence = view.around(head);
    let near = sentence.start.max(source.start.saturating_sub(8))..sentence.end.min(source.end + 12);
    let owns = |u: &&Use| u.name.tokens.end <= head && view.is_possessive(u.name.tokens.end);
    let described = |u: &&Use| !owns(u) && u.name.descriptions.iter().any(|d| d.contains(&head));
    let mut others = cast.uses_in(&near).iter().filter(described);
    // "…, said Ann Hill. The driver, Bob Reed (61), …": whom the source names itself.
    let own = others.clone().find(|u| source.contains(&u.name.tokens.start));
    own.or_else(|| others.next()).map(|u| u.figure)
}

/// "Some of her aides", "others": nobody that could be named, known by the words alone.
fn somebody(view: &View<'_>, start: usize, source: &Range<usize>, number: Number) -> Nominal {
    let stop = |&t: &usize| view.is_break(t) || matches!(view.tag(t), "WP" | "WDT") || view.is_verb(t);
    let end = (start + 1..source.end.min(start + 9)).find(stop).unwrap_or(source.end.min(start + 9));
    Nominal {
        core: start..end,
        head: view.lower(start),
        number,
        article: Article::Indefinite,
        role: None,
        category: if number == Number::Many { Category::Group } else { Category::Anonymous },
        places: Vec::new(),
        words: (start + 1..end).map(|t| view.lower(t)).collect(),
        owner: None,
        origins: Vec::new(),
        complement: Vec::new(),
        restricted: false,
        end,
    }
}

/// Reads a noun phrase without a name as its head.
pub(super) fn nominal(view: &View<'_>, cast: &Cast, core: Range<usize>) -> Nominal {
    let head_token = core.end - 1;
    let written = view.lower(head_token);
    // The longest role that ends at the head: "secretary of state" before "state".
    let role = core.clone().find_map(|t| view.role_at(t, core.end).filter(|(_, n)| t + n == core.end)).map(|(r, _)| r);
    let plural = matches!(view.tag(head_token), "NNS" | "NNPS" | "VBZ");
    let listed = people::collective(&written);
    let number = match role {
        Some(role) => role.number,
        None if plural || listed == Some(Collective::Group) => Number::Many,
        None => Number::One,
    };
    let first = view.lower(core.start);
    let owner = owner(view, cast, &core);
    let possessed = core.clone().any(|t| view.is_possessive(t)) || matches!(view.tag(core.start), "PRP$" | "WP$");
    let article = match people::determiner(&first) {
        _ if possessed => Article::Owned,
        Some(Definiteness::Definite) => Article::The,
        Some(Definiteness::Indefinite) => Article::Indefinite,
        None => Article::Bare,
    };
    let proper = view.is_capital(head_token) && view.tag(head_token).starts_with("NNP");
    // "The former rugby international".
    let former = core.clone().any(|t| view.lower(t) == "former");
    let person = former || people::is_person_noun(&written) || describes(&written) || is_ordinal(&written);
    let category = match (role, listed) {
        (Some(role), _) if role.number == Number::Many => Category::Group,
        (Some(_), _) => Category::Anonymous,
        (None, Some(Collective::Organization)) => Category::Organization,
        (None, Some(Collective::Document)) => Category::Document,
        (None, Some(Collective::Government | Collective::Capital)) => Category::Government,
        (None, Some(Collective::Group)) => Category::Group,
        (None, None) if plural && people::place(view.word(head_token)).is_some() => Category::Group,
        (None, None) if proper && article == Article::The && figure::is_native(view.word(head_token)) => {
            Category::Anonymous
        }
        (None, None) if proper => Category::Organization,
        (None, None) if plural => Category::Group,
        (None, None) if person => Category::Anonymous,
        (None, None) if article == Article::The && cast.is_body_noun(&written) => Category::Organization,
        (None, None) => Category::Document,
    };
    let words = (core.start..head_token).filter(|&t| Some(t) != owner && !matches!(view.tag(t), "DT" | "PRP$" | "POS"));
    // "The ex-minister" is the former one.
    let former = written.starts_with("ex-").then(|| "former".to_owned());
    Nominal {
        head: role.map_or_else(|| singular(&written, plural), |r| r.name.to_owned()),
        number,
        article,
        role,
        category,
        places: figure::places(view, &core),
        words: words.map(|t| view.lower(t)).chain(former).collect(),
        owner,
        origins: figure::origins(view, &(core.start..head_token)),
        complement: Vec::new(),
        restricted: matches!(view.tag(core.end), "WP" | "WDT" | "WP$"),
        end: core.end,
        core,
    }
}

/// Tells whether a word counts one of several: "a second", "a third".
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(numbers::number_word(word), Some(numbers::NumberWord::Ordinal(_)))
}

/// Tells whether a noun describes a person by age or children: "34-year-old", "mother-of-two".
pub(super) fn describes(noun: &str) -> bool {
    age(noun).is_some()
        || noun.split_once("-of-").is_some_and(|(who, _)| people::is_person_noun(who) || people::role(who).is_some())
}

/// Returns the age in a noun like "34-year-old".
pub(super) fn age(noun: &str) -> Option<&str> {
    let age = noun.strip_suffix("-year-old")?;
    (!age.is_empty() && age.chars().all(|c| c.is_ascii_digit())).then_some(age)
}

/// Returns the token that owns the head: a possessive pronoun, or the last token of a name before the head.
fn owner(view: &View<'_>, cast: &Cast, core: &Range<usize>) -> Option<usize> {
    if matches!(view.tag(core.start), "PRP$" | "WP$") {
        return Some(core.start);
    }
    let name = cast.uses_in(core).last()?;
    let people = cast.figures.get(name.figure).is_some_and(|f| f.category != Category::Government);
    people.then(|| name.name.tokens.end - 1)
}

fn singular(word: &str, plural: bool) -> String {
    match word {
        _ if !plural => word.to_owned(),
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}
