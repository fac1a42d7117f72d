//! The cast of a document: every name mention gathered under one figure, with gender, roles and origins.
//!
//! Two passes: full names make figures, then shorter forms find theirs. Refuses to merge across documents.

use super::figure::{Figure, places};
use super::names::{Capitals, Class, Name};
use super::view::View;
use crate::attribution::{Category, Form, Mention};
use crate::lexicon::people::{self, Collective, NamePart};
use std::collections::HashMap;
use std::ops::Range;

/// One use of a name, resolved to its figure.
#[derive(Debug, Clone)]
pub(super) struct Use {
    pub name: Name,
    pub figure: usize,
}

/// All figures of a document, and where they are named.
pub(super) struct Cast {
    pub figures: Vec<Figure>,
    /// In text order.
    pub uses: Vec<Use>,
    by_part: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, usize>,
}

/// At most so many namesakes are compared with a new name.
const NAMESAKES: usize = 24;

impl Cast {
    pub fn new(view: &View<'_>, names: Vec<Name>) -> Self {
        let mut cast = Self { figures: Vec::new(), uses: Vec::new(), by_part: HashMap::new(), by_name: HashMap::new() };
        let mut figure_of: Vec<Option<usize>> = vec![None; names.len()];
        for (slot, name) in figure_of.iter_mut().zip(&names) {
            let parts = parts(view, name);
            if name.class == Class::Person && parts.len() > 1 && name.capitals == Capitals::Telling {
                *slot = Some(cast.full_person(view, name, parts));
            }
        }
        for (slot, name) in figure_of.iter_mut().zip(&names).filter(|(slot, _)| slot.is_none()) {
            let parts = parts(view, name);
            let surname = parts.len() == 1 && cast.is_surname(&parts[0]);
            *slot = match name.class {
                _ if name.capitals == Capitals::Everywhere => cast.in_headline(&parts),
                Class::Person if parts.len() > 1 => Some(cast.full_person(view, name, parts)),
                Class::Place(_) | Class::Body(_) if surname => None,
                // A tagger's lone guess gives way to a person of that surname.
                Class::Place("") if name.tokens.len() == 1 => None,
                Class::Body(_) if name.tokens.len() == 1 && !is_listed(view.word(name.tokens.start)) => None,
                Class::Body(kind) => Some(cast.body(view, name, kind)),
                Class::Place(place) => Some(cast.place(view, name, place)),
                _ => None,
            };
        }
        let mut recent: Vec<usize> = Vec::new();
        for (slot, name) in figure_of.iter_mut().zip(&names) {
            let figure = match (*slot, name.capitals) {
                (Some(figure), _) => figure,
                (None, Capitals::Everywhere) => continue,
                (None, _) => cast.short(view, name, &recent),
            };
            *slot = Some(figure);
            recent.retain(|&f| f != figure);
            recent.push(figure);
            if recent.len() > NAMESAKES {
                recent.remove(0);
            }
        }
        for (figure, name) in figure_of.into_iter().zip(names) {
            if let Some(figure) = figure {
                cast.enter(view, figure, name);
            }
        }
        cast
    }

    fn enter(&mut self, view: &View<'_>, number: usize, name: Name) {
        let figure = &mut self.figures[number];
        figure.named += 1;
        figure.first = figure.first.min(name.whole.start);
        figure.gender = name.gender.or(figure.gender);
        for description in &name.descriptions {
            figure.learn(view, description);
            let named_role = view.roles(description).iter().any(|(r, _)| r.number == people::Number::One);
            if named_role || description.clone().any(|t| people::title(view.word(t)).is_some_and(|t| t.role.is_some()))
            {
                let title = view.text(description).trim_end_matches(',').trim().to_owned();
                if !figure.titles.contains(&title) {
                    figure.titles.push(title);
                }
            }
        }
        let form = if figure.category == Category::Person && parts(view, &name).len() < 2 {
            Form::Surname
        } else {
            Form::Name
        };
        figure.mentions.push(Mention { span: view.span(&name.tokens), form });
        self.uses.push(Use { name, figure: number });
    }

    /// Adds a figure that no name names; it is found by the key only.
    pub fn add_unnamed(&mut self, key: String, figure: Figure) -> usize {
        let number = self.figures.len();
        self.by_name.entry(key).or_insert(number);
        self.figures.push(figure);
        number
    }

    /// Returns the figure entered under a key or an exact name.
    pub fn keyed(&self, key: &str) -> Option<usize> {
        self.by_name.get(key).copied()
    }

    /// Returns the use whose name covers a token.
    pub fn use_at(&self, token: usize) -> Option<&Use> {
        let index = self.uses.partition_point(|u| u.name.tokens.end <= token);
        self.uses.get(index).filter(|u| u.name.tokens.contains(&token))
    }

    /// Returns the uses whose names begin in a range of tokens.
    pub fn uses_in(&self, tokens: &Range<usize>) -> &[Use] {
        let from = self.uses.partition_point(|u| u.name.tokens.start < tokens.start);
        let to = self.uses.partition_point(|u| u.name.tokens.start < tokens.end);
        &self.uses[from..to.max(from)]
    }

    fn add(&mut self, figure: Figure) -> usize {
        let number = self.figures.len();
        for part in &figure.parts {
            self.by_part.entry(part.clone()).or_default().push(number);
        }
        self.by_name.entry(figure.name.clone()).or_insert(number);
        self.figures.push(figure);
        number
    }

    fn namesakes(&self, part: &str) -> &[usize] {
        let all = self.by_part.get(part).map_or(&[][..], Vec::as_slice);
        &all[all.len().saturating_sub(NAMESAKES)..]
    }

    /// Returns the figure, known from the story, that one or two words of a headline name.
    fn in_headline(&self, parts: &[String]) -> Option<usize> {
        let of = |part: &String| {
            let known = self.namesakes(part).iter().copied();
            known.max_by_key(|&n| (self.figures[n].full, std::cmp::Reverse(n)))
        };
        let both = |n: &usize| parts.iter().all(|p| self.figures[*n].parts.contains(p));
        match parts {
            [_, last] => self.namesakes(last).iter().copied().find(both).or_else(|| parts.first().and_then(of)),
            _ => parts.first().and_then(of),
        }
    }

    /// Tells whether somebody named in full has this surname.
    fn is_surname(&self, word: &str) -> bool {
        self.namesakes(word).iter().any(|&n| {
            let figure = &self.figures[n];
            figure.category == Category::Person
                && figure.parts.len() > 1
                && figure.parts.last().is_some_and(|p| p == word)
        })
    }

    fn full_person(&mut self, view: &View<'_>, name: &Name, parts: Vec<String>) -> usize {
        let gender = name.gender.or_else(|| parts.first().and_then(|p| people::given_name(p)).flatten());
        let last = parts.last().cloned().unwrap_or_default();
        // "Said Baker: …": a capitalised verb before a surname that the article uses is no given name.
        let opens = view.around(name.tokens.start).start == name.tokens.start;
        if opens && parts.len() == 2 && view.is_common(&parts[0].to_lowercase()) {
            let known = self.namesakes(&last).iter().copied().find(|&n| {
                let other = &self.figures[n];
                other.category == Category::Person && other.parts.len() > 1 && other.parts.last() == Some(&last)
            });
            if let Some(number) = known {
                return number;
            }
        }
        let same = self.namesakes(&last).iter().copied().find(|&number| {
            let other = &self.figures[number];
            let genders = name.gender.is_none() || other.gender.is_none() || name.gender == other.gender;
            other.category == Category::Person && genders && same_person(&other.parts, &parts)
        });
        let words = view.text(&name.tokens).to_owned();
        if let Some(number) = same {
            let figure = &mut self.figures[number];
            figure.full += 1;
            let longer = parts.len() > figure.parts.len() && !is_epithet(&parts, &figure.parts);
            let shorter = is_epithet(&figure.parts, &parts);
            if longer || shorter || words.len() > figure.name.len() && parts.len() == figure.parts.len() {
                figure.name = words.clone();
            }
            if shorter {
                figure.parts = parts;
            }
            self.by_name.entry(words).or_insert(number);
            return number;
        }
        let mut figure = Figure::new(words, Category::Person, name.whole.start);
        figure.gender = gender;
        figure.parts = parts;
        figure.full = 1;
        self.add(figure)
    }

    fn body(&mut self, view: &View<'_>, name: &Name, kind: Collective) -> usize {
        let written = view.text(&name.tokens);
        let words = written.strip_prefix("The ").unwrap_or(written);
        let canonical = people::organisation(words).unwrap_or(words);
        if let Some(&number) = self.by_name.get(canonical).or_else(|| self.by_name.get(words)) {
            return number;
        }
        let category = if kind == Collective::Government { Category::Government } else { Category::Organization };
        if name.tokens.len() == 1 {
            let known = self.namesakes(words).iter().copied().find(|&n| self.figures[n].category == category);
            if let Some(number) = known {
                return number;
            }
        }
        let mut figure = Figure::new(words.to_owned(), category, name.whole.start);
        figure.parts = vec![words.to_owned()];
        if let Some(acronym) = acronym(words) {
            figure.parts.push(acronym);
        }
        if let Some(last) = words.rsplit(' ').next().filter(|last| *last != words) {
            figure.parts.push(last.to_owned());
        }
        figure.full = 1;
        figure.places = places(view, &name.tokens);
        let number = self.add(figure);
        self.by_name.entry(canonical.to_owned()).or_insert(number);
        number
    }

    fn place(&mut self, view: &View<'_>, name: &Name, place: &str) -> usize {
        let words = view.text(&name.tokens);
        let key = if place.is_empty() { words } else { place };
        let key = format!("place:{key}");
        if let Some(&number) = self.by_name.get(&key) {
            // The country's own name is fuller than its capital's or its adjective.
            if words == place {
                self.figures[number].name = words.to_owned();
            }
            return number;
        }
        let mut figure = Figure::new(words.to_owned(), Category::Government, name.whole.start);
        figure.full = 1;
        figure.places = people::place(place).into_iter().collect();
        let number = self.add(figure);
        self.by_name.insert(key, number);
        number
    }

    /// Finds the figure of a name that is not full: a surname, a given name, a body's short name.
    fn short(&mut self, view: &View<'_>, name: &Name, recent: &[usize]) -> usize {
        let parts = parts(view, name);
        let part = parts.last().cloned().unwrap_or_default();
        let honorific = honorific(view, name);
        let fits = |number: usize| {
            let other = &self.figures[number];
            let person = name.class != Class::Person || other.category == Category::Person;
            // "The Post" takes up a body by its last word; a bare surname does not.
            let before = name.tokens.start.checked_sub(1).map_or(String::new(), |t| view.lower(t));
            let body = other.category == Category::Person
                || other.parts.first() == Some(&part)
                || part.chars().all(|c| c.is_uppercase() || c == '.')
                || people::determiner(&before).is_some();
            // "Mr Reed said. Dr Reed said": two people, where neither is known by a given name.
            let apart = honorific
                .as_ref()
                .is_some_and(|h| other.full == 0 && !other.honorifics.is_empty() && !other.honorifics.contains(h));
            let person = person && body && !apart;
            person && (name.gender.is_none() || other.gender.is_none() || name.gender == other.gender)
        };
        let role_fit = |number: usize| {
            let other = &self.figures[number];
            let roles = name.descriptions.iter().flat_map(|d| view.roles(d)).filter(|(r, _)| other.has_role(r.name));
            roles.count() as f64
        };
        let score = |number: usize| {
            let other = &self.figures[number];
            let surname = other.parts.last() == Some(&part);
            let age = recent.iter().rev().position(|&f| f == number).map_or(9.0, |p| p as f64);
            let before = if other.first <= name.tokens.start { 0.5 } else { 0.0 };
            (other.full as f64).ln_1p() + if surname { 0.6 } else { 0.0 } + before - 0.08 * age + role_fit(number)
        };
        let best = self
            .namesakes(&part)
            .iter()
            .copied()
            .filter(|&n| fits(n))
            .max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)));
        if let Some(number) = best {
            self.figures[number].honorifics.extend(honorific);
            return number;
        }
        let bare = view.text(&name.tokens);
        let namesake = !self.namesakes(&part).is_empty();
        let words = match honorific.as_ref().filter(|_| namesake) {
            // Two of one surname are told apart by what stands in front.
            Some(_) => view.text(&name.whole).to_owned(),
            None => bare.to_owned(),
        };
        let category = match name.class {
            Class::Person => Category::Person,
            Class::Place(_) => Category::Government,
            Class::Body(_) | Class::Unknown => Category::Organization,
        };
        let mut figure = Figure::new(words, category, name.whole.start);
        figure.parts = parts;
        figure.honorifics.extend(honorific);
        figure.gender = name.gender.or_else(|| figure.parts.first().and_then(|p| people::given_name(p)).flatten());
        self.add(figure)
    }
}

/// Tells whether a word is known to name a body, by a lexicon or by its capitals.
fn is_listed(word: &str) -> bool {
    let acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1;
    acronym || people::organisation(word).is_some() || people::metonym(word).is_some() || people::place(word).is_some()
}

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
        out.push(match particle.take() {
            Some(p) => format!("{p} {word}"),
            None => word.to_owned(),
        });
    }
    out
}

/// Tells whether the longer of two names has only a nickname or another word in front: "Crooked Hillary Clinton".
fn is_epithet(longer: &[String], shorter: &[String]) -> bool {
    let front = longer.len().saturating_sub(shorter.len());
    shorter.len() > 1
        && front > 0
        && longer[front..] == *shorter
        && longer[..front].iter().all(|word| people::given_name(word).is_none())
}

/// The honorific in front of a name that tells two people of one surname apart: "Mr", "Dr".
fn honorific(view: &View<'_>, name: &Name) -> Option<String> {
    let mut titles = name.descriptions.iter().flat_map(Clone::clone).filter(|&t| t < name.tokens.start);
    let title = titles.find(|&t| people::title(view.word(t)).is_some())?;
    let plain = view.lower(title).trim_end_matches('.').to_owned();
    matches!(&*plain, "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "professor" | "sir" | "rev" | "judge")
        .then_some(plain)
}

/// Tells whether two full names with one surname can be one person's.
fn same_person(a: &[String], b: &[String]) -> bool {
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
fn acronym(name: &str) -> Option<String> {
    let letters: String =
        name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (letters.chars().count() > 1).then_some(letters)
}
