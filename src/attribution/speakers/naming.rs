//! What the words of a name tell of its bearer: the parts that tell people apart, suffixes, honorifics, epithets.
//!
//! Refuses to decide who is who in an article; that is the cast's work.

use super::names::Name;
use super::view::View;
use crate::lexicon::people::{self, NamePart};

/// Returns the parts of a person's name that tell people apart: no initials, suffixes, nicknames or marks.
pub(super) fn parts(view: &View<'_>, name: &Name) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut particle: Option<String> = None;
    let mut inside = false;
    for token in name.tokens.clone() {
        let word = view.word(token);
        if !word.chars().any(char::is_alphanumeric) {
            inside = !inside;
            continue;
        }
        let skip = inside && token + 1 < name.tokens.end
            || people::name_part(word) == Some(NamePart::Suffix)
            || word.len() == 2 && word.ends_with('.') && !out.is_empty()
            || view.is_possessive(token);
        if skip {
            continue;
        }
        // "Von der Layen" at the start of a sentence; "Ben" and "Van" are given names, too.
        let lower = word.to_lowercase();
        let chained = people::name_part(view.word(token + 1)) == Some(NamePart::Particle);
        let free = chained || view.is_surname(word) || people::given_name(word).is_none();
        let capital = lower != word && free && token + 1 < name.tokens.end;
        let word = if capital && people::name_part(&lower) == Some(NamePart::Particle) || lower.starts_with("al-") {
            &lower
        } else {
            word
        };
        if people::name_part(word) == Some(NamePart::Particle) {
            particle = Some(particle.map_or_else(|| word.to_owned(), |p| format!("{p} {word}")));
            continue;
        }
        let word = spoken(word);
        out.push(match particle.take() {
            Some(p) => format!("{p} {word}"),
            None => word,
        });
    }
    out
}

/// Returns a given name that opens an article in capitals as it is written elsewhere: "Katie" for "KATIE".
fn spoken(word: &str) -> String {
    let shouted = word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    match people::given_name(word) {
        Some(_) if shouted => word.chars().take(1).chain(word.to_lowercase().chars().skip(1)).collect(),
        _ => word.to_owned(),
    }
}

/// Returns a full name as the article writes it, shouted given names and degrees ("MS", "RD") aside.
pub(super) fn written(view: &View<'_>, name: &Name) -> String {
    let is_degree = |&t: &usize| people::name_part(view.word(t)) == Some(NamePart::Suffix) && !is_generation(view, t);
    let end = name.tokens.clone().rev().find(|t| !is_degree(t)).map_or(name.tokens.end, |t| t + 1);
    let words = view.text(&(name.tokens.start..end));
    let first = view.word(name.tokens.start);
    words.strip_prefix(first).map_or_else(|| words.to_owned(), |rest| format!("{}{rest}", spoken(first)))
}

/// Tells whether one surname is the other misspelt: "McLenney" for "McClenney".
pub(super) fn is_slip(surname: &str, known: &str) -> bool {
    let short = surname.chars().count().min(known.chars().count());
    let same_start = surname.chars().next() == known.chars().next();
    same_start && short > 5 && strsim::osa_distance(&surname.to_lowercase(), &known.to_lowercase()) == 1
}

/// Tells whether a title belongs to the name of those who have no surname: "Prince Andrew", "Pope Leo".
pub(super) fn is_royal(view: &View<'_>, name: &Name) -> bool {
    let title = name.tokens.start.checked_sub(1).filter(|&t| name.whole.contains(&t));
    let role = title.and_then(|t| people::title(view.word(t))).and_then(|title| title.role);
    name.tokens.len() == 1
        && people::given_name(view.word(name.tokens.start)).is_some()
        && matches!(role, Some("prince" | "princess" | "king" | "queen" | "pope"))
}

/// Tells whether a name is a surname of several words without the given name: "Holt Baker" of Ann Holt Baker.
pub(super) fn is_bare_surname(parts: &[String], full: &[String]) -> bool {
    parts.len() < full.len() && full.ends_with(parts) && !is_epithet(full, parts)
}

/// Tells whether the longer of two names has only a nickname or another word in front: "Crooked Hillary Clinton".
pub(super) fn is_epithet(longer: &[String], shorter: &[String]) -> bool {
    let front = longer.len().saturating_sub(shorter.len());
    shorter.len() > 1
        && front > 0
        && longer[front..] == *shorter
        && people::given_name(&shorter[0]).is_some()
        && longer[..front].iter().all(|word| people::given_name(word).is_none())
}

/// Returns "jr" of "Donald Baker Jr.".
pub(super) fn suffix(view: &View<'_>, name: &Name) -> Option<String> {
    let token = name.tokens.clone().find(|&t| is_generation(view, t))?;
    Some(view.lower(token).trim_end_matches('.').to_owned())
}

/// Tells whether a suffix tells father and son apart, as degrees and honours do not.
fn is_generation(view: &View<'_>, token: usize) -> bool {
    matches!(view.lower(token).trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv")
}

/// The honorific in front of a name that tells two people of one surname apart: "Mr", "Dr".
pub(super) fn honorific(view: &View<'_>, name: &Name) -> Option<String> {
    let mut titles = name.descriptions.iter().flat_map(Clone::clone).filter(|&t| t < name.tokens.start);
    let title = titles.find(|&t| people::title(view.word(t)).is_some())?;
    let plain = view.lower(title).trim_end_matches('.').to_owned();
    matches!(&*plain, "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "professor" | "sir" | "rev" | "judge")
        .then_some(plain)
}

/// Tells whether two full names with one surname can be one person's.
pub(super) fn same_person(a: &[String], b: &[String]) -> bool {
    if a.last() != b.last() {
        return false;
    }
    match (a, b) {
        ([first_a, .., _], [first_b, .., _]) => {
            let inner = |x: &[String], y: &String| x[..x.len() - 1].iter().any(|p| p == y);
            people::same_given(first_a, first_b) || inner(a, first_b) || inner(b, first_a)
        }
        _ => true,
    }
}

/// Returns the initials of a body's name of several capitalised words.
pub(super) fn acronym(name: &str) -> Option<String> {
    let letters: String =
        name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (letters.chars().count() > 1).then_some(letters)
}

/// Tells whether a word of a body's name ends its head: "of" in "Guild of Bakers".
pub(super) fn ends_head(part: &str) -> bool {
    matches!(part, "of" | "on" | "for" | "in" | "to")
}

/// Returns the head of a body's name: "Guild" of "Guild of Bakers", "Bank" of "Holm Bank".
pub(super) fn head(name: &str) -> Option<&str> {
    name.split(' ').take_while(|part| !ends_head(part)).last()
}
