//! Words about people and bodies: given names, titles, roles, pronouns, demonyms, metonyms, organisations.
//!
//! Refuses to guess: a word that is in no file gives `None`. The rows live in the `.tsv` files beside this one.
//!
//! ```
//! use onrecord::lexicon::people;
//! assert_eq!(people::place("Pakistani").map(|p| p.name), Some("Pakistan"));
//! assert!(people::role("ambassador").is_some_and(|r| r.wider.contains(&"diplomat")));
//! ```

use super::tables;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Grammatical gender of a person, as titles, pronouns and given names tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

fn gender(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

/// A title that stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    pub gender: Option<Gender>,
    /// The role it means ("Sen." is a senator).
    pub role: Option<&'static str>,
}

/// One person or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    One,
    Many,
    Any,
}

/// A noun for what a person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The singular: "congressman" for "congressmen".
    pub name: &'static str,
    pub number: Number,
    pub gender: Option<Gender>,
    /// Wider roles this one implies, one step: an ambassador is a diplomat and an official.
    pub wider: Vec<&'static str>,
}

impl Role {
    /// Tells whether the noun says whose somebody is, and is no office or trade: "wife", "rival".
    pub fn is_relation(&self) -> bool {
        self.wider.contains(&"relation")
    }
}

/// Whom a pronoun points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    First,
    Second,
    Third,
    /// "who", "which": the noun just before.
    Relative,
    /// "everyone", "some": nobody in particular.
    Nobody,
}

/// A pronoun as a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pronoun {
    pub number: Number,
    pub gender: Option<Gender>,
    pub person: Person,
    /// `it`, `which`: a thing or a body, never a person.
    pub thing: Thing,
}

/// Whether a pronoun is kept for things and bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Only,
    Maybe,
}

/// A place, party or movement that an adjective or another name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub name: &'static str,
    /// `country`, `region`, `state`, `party` or `movement`: two of one kind exclude each other.
    pub kind: &'static str,
}

/// What a noun for several people, a body or a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collective {
    Organization,
    Document,
    Group,
    /// A body of government with a name of its own: the White House.
    Government,
    /// A capital city that stands for its country.
    Capital,
}

fn collective_of(cell: &str) -> Option<Collective> {
    match cell {
        "organization" => Some(Collective::Organization),
        "document" => Some(Collective::Document),
        "group" => Some(Collective::Group),
        "government" => Some(Collective::Government),
        "capital" => Some(Collective::Capital),
        _ => None,
    }
}

static GIVEN: LazyLock<FxHashMap<&'static str, Option<Gender>>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in tables::GIVEN_NAMES.rows() {
        for name in row[1].split(' ') {
            out.insert(name, gender(row[0]));
        }
    }
    out
});

static TITLES: LazyLock<FxHashMap<&'static str, Title>> = LazyLock::new(|| {
    tables::TITLES
        .rows()
        .map(|r| (r[0], Title { gender: gender(r[1]), role: Some(r[2]).filter(|&role| role != "-") }))
        .collect()
});

static ROLES: LazyLock<FxHashMap<String, Role>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in tables::ROLES.rows() {
        let wider = row[3].split(' ').filter(|&w| w != "-").collect();
        let (name, letters) = row[0].split_once('|').unwrap_or((row[0], ""));
        let role = Role { name, number: Number::One, gender: gender(row[2]), wider };
        let plural = match row[1] {
            "-" => plural(name),
            written => written.to_owned(),
        };
        out.entry(plural).or_insert(Role { number: Number::Many, ..role.clone() });
        if !letters.is_empty() {
            out.insert(letters.to_owned(), role.clone());
        }
        out.insert(name.to_owned(), role);
    }
    out
});

/// Returns the regular plural of a noun.
fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

static PRONOUNS: LazyLock<FxHashMap<&'static str, Pronoun>> = LazyLock::new(|| {
    let rows = tables::PRONOUNS.rows();
    rows.map(|r| {
        let number = match r[1] {
            "one" => Number::One,
            "many" => Number::Many,
            _ => Number::Any,
        };
        let person = match r[3] {
            "1" => Person::First,
            "2" => Person::Second,
            "3" => Person::Third,
            "relative" => Person::Relative,
            _ => Person::Nobody,
        };
        let thing = if r[2] == "thing" { Thing::Only } else { Thing::Maybe };
        (r[0], Pronoun { number, gender: gender(r[2]), person, thing })
    })
    .collect()
});

static PLACES: LazyLock<FxHashMap<&'static str, Place>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in tables::DEMONYMS.rows() {
        let place = Place { name: row[0], kind: row[1] };
        for word in row[2].split(',').chain([row[0]]) {
            out.entry(word).or_insert(place);
        }
    }
    out
});

static METONYMS: LazyLock<FxHashMap<&'static str, (&'static str, Collective)>> =
    LazyLock::new(|| tables::METONYMS.rows().filter_map(|r| Some((r[0], (r[1], collective_of(r[2])?)))).collect());

static COLLECTIVES: LazyLock<FxHashMap<&'static str, Collective>> =
    LazyLock::new(|| tables::COLLECTIVES.rows().filter_map(|r| Some((r[0], collective_of(r[1])?))).collect());

static ORGANISATIONS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in tables::ORGANISATIONS.rows() {
        for name in row[1].split('|').filter(|&n| n != "-").chain([row[0]]) {
            out.entry(name).or_insert(row[0]);
        }
    }
    out
});

/// What a small word or ending does inside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// Inside a person's name: "de", "van", "bin".
    Particle,
    /// After a person's name: "Jr.".
    Suffix,
    /// Inside a body's name: "of", "for".
    Link,
}

static NAME_PARTS: LazyLock<FxHashMap<&'static str, NamePart>> = LazyLock::new(|| {
    tables::NAME_PARTS
        .rows()
        .map(|r| {
            let part = match r[1] {
                "particle" => NamePart::Particle,
                "suffix" => NamePart::Suffix,
                _ => NamePart::Link,
            };
            (r[0], part)
        })
        .collect()
});

/// Whether a noun phrase points back or brings in somebody new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definiteness {
    Definite,
    Indefinite,
}

static DETERMINERS: LazyLock<FxHashMap<&'static str, Definiteness>> = LazyLock::new(|| {
    tables::DETERMINERS
        .rows()
        .map(|r| (r[0], if r[1] == "definite" { Definiteness::Definite } else { Definiteness::Indefinite }))
        .collect()
});

static PERSON_ENDINGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| tables::NOUN_ENDINGS.words().collect());

static GENERIC_BODIES: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::GENERIC_BODIES.rows().map(|r| (r[0], r[1])).collect());

/// The bodies for which who holds an office says "we".
static SPOKEN_FOR: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| tables::SPOKEN_FOR.rows().map(|r| (r[0], r[1].split(", ").collect())).collect());

/// Each given name in lower case with its possible full forms, itself included where it is one.
static FULL_FORMS: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut out: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    for row in tables::NICKNAMES.rows() {
        for form in row[1].split(' ').chain([row[0]]) {
            out.entry(form.to_lowercase()).or_default().push(row[0]);
        }
    }
    out
});

/// Forms of address before a name in lower case without periods: titles, their short forms, what stands before them.
static ADDRESSES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let titles = tables::TITLES.words().chain(tables::TITLE_MODIFIERS.words());
    titles.filter(|title| given_name(title).is_none()).map(plain).collect()
});

static SUFFIXES: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| NAME_PARTS.iter().filter(|(_, part)| **part == NamePart::Suffix).map(|(w, _)| plain(w)).collect());

fn plain(word: &str) -> String {
    word.replace('.', "").to_lowercase()
}

/// Tells whether a word, as written or in capitals, is a given name, and which gender its bearers mostly have.
pub fn given_name(word: &str) -> Option<Option<Gender>> {
    GIVEN.get(word).copied().or_else(|| {
        // Papers print the first word of an article in capitals: "KATIE".
        let shouted = word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase());
        if shouted {
            return GIVEN.get(&*format!("{}{}", &word[..1], word[1..].to_ascii_lowercase())).copied();
        }
        // "Eva-Marie".
        let (first, second) = word.split_once('-')?;
        GIVEN.get(second).and_then(|_| GIVEN.get(first)).copied()
    })
}

/// Returns the title a written word is, its period included.
pub fn title(word: &str) -> Option<Title> {
    TITLES.get(word).copied()
}

/// Returns the role that lower-case words name, in the singular or the plural; a co-director is a director, an ex-director was one.
pub fn role(words: &str) -> Option<&'static Role> {
    ROLES.get(words).or_else(|| ROLES.get(words.strip_prefix("co-").or_else(|| words.strip_prefix("ex-"))?))
}

/// Returns the pronoun a lower-case word is.
pub fn pronoun(word: &str) -> Option<Pronoun> {
    PRONOUNS.get(word).copied()
}

/// Returns the place or party that a written name or adjective means.
pub fn place(words: &str) -> Option<Place> {
    PLACES.get(words).copied()
}

/// Returns the place and the kind of body that a metonym stands for; the name without its article.
pub fn metonym(words: &str) -> Option<(&'static str, Collective)> {
    METONYMS.get(words).copied()
}

/// Returns what a lower-case noun for several people, a body or a text is; plurals as listed or regular.
pub fn collective(noun: &str) -> Option<Collective> {
    let listed = |n: &str| COLLECTIVES.get(n).copied();
    listed(noun)
        .or_else(|| listed(noun.strip_suffix('s')?))
        .or_else(|| listed(noun.strip_suffix("es")?))
        .or_else(|| listed(&format!("{}y", noun.strip_suffix("ies")?)))
}

/// Returns what a written word does inside names.
pub fn name_part(word: &str) -> Option<NamePart> {
    NAME_PARTS.get(word).copied()
}

/// Returns the full name of a well-known organisation.
pub fn organisation(name: &str) -> Option<&'static str> {
    ORGANISATIONS.get(name).copied()
}

/// Returns the kind of named body that a lower-case noun can take up: `any`, `party` or `movement`.
pub fn generic_body(noun: &str) -> Option<&'static str> {
    GENERIC_BODIES.get(noun).copied()
}

/// Tells whether who holds an office says "we" of a body: a minister of the government. Both lower-case.
pub fn speaks_for(title: &str, body: &str) -> bool {
    title.split_whitespace().filter_map(|word| SPOKEN_FOR.get(word)).any(|bodies| bodies.contains(&body))
}

/// Returns whether a lower-case word opens a definite or an indefinite noun phrase.
pub fn determiner(word: &str) -> Option<Definiteness> {
    DETERMINERS.get(word).copied()
}

/// Tells whether a lower-case noun is one for a single person, listed or by its ending.
pub fn is_person_noun(noun: &str) -> bool {
    if let Some(role) = role(noun) {
        return role.number == Number::One;
    }
    noun.len() > 4 && collective(noun).is_none() && PERSON_ENDINGS.iter().any(|ending| noun.ends_with(ending))
}

/// Tells whether a lower-case word without periods stands before a name and is no part of it: a form of address, an office.
pub fn stands_before_name(word: &str) -> bool {
    let office = |role: &Role| {
        role.number == Number::One && role.wider.iter().any(|wider| matches!(*wider, "official" | "spokesperson"))
    };
    ADDRESSES.contains(word) || word == "the" || role(word).is_some_and(office)
}

/// Tells whether a lower-case word without periods stands after a name and is no part of it: "jr", "phd".
pub fn stands_after_name(word: &str) -> bool {
    SUFFIXES.contains(word)
}

/// Tells whether two given names in lower case are short forms of one, or one is that of the other: "bob" and "robert".
pub fn have_one_full_form(a: &str, b: &str) -> bool {
    let full = |name: &str| FULL_FORMS.get(name).map_or(&[][..], Vec::as_slice);
    full(a).iter().any(|name| full(b).contains(name))
}

/// Tells whether two given names can name one person: equal, an initial, or a known short form.
pub fn same_given(a: &str, b: &str) -> bool {
    let initial = |a: &str, b: &str| {
        let a = a.trim_end_matches('.');
        a.chars().count() == 1 && b.chars().next() == a.chars().next()
    };
    a == b || initial(a, b) || initial(b, a) || have_one_full_form(&a.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
