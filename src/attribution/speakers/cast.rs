//! The cast of a document: every name mention gathered under one figure, with gender, roles and origins.
//!
//! Two passes: full names make figures, then shorter forms find theirs. Refuses to merge across documents.

use super::figure::{Figure, places};
use super::names::{Capitals, Class, Name};
use super::naming::{
    acronym, honorific, is_bare_surname, is_epithet, is_royal, is_slip, parts, same_person, suffix, written,
};
use super::view::View;
use crate::attribution::{Category, Form, Mention};
use crate::lexicon::people::{self, Collective};
use std::collections::{HashMap, HashSet};
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
        let short: HashSet<&str> = names
            .iter()
            .filter(|name| name.capitals == Capitals::Telling && name.tokens.len() == 1)
            .map(|name| view.word(name.tokens.start))
            .collect();
        for (slot, name) in figure_of.iter_mut().zip(&names).filter(|(slot, _)| slot.is_none()) {
            let parts = parts(view, name);
            // The headline alone gives the full name of one whom the story calls by a surname.
            let only_there = name.class == Class::Person
                && parts.last().is_some_and(|last| short.contains(last.as_str()) && !cast.is_surname(last));
            let surname = parts.len() == 1 && cast.is_surname(&parts[0]);
            *slot = match name.class {
                _ if name.capitals == Capitals::Everywhere && parts.len() == 2 && only_there => {
                    Some(cast.full_person(view, name, parts))
                }
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

    /// Tells whether a lower-case noun ends the name of a body of this article: "zoo" of "Bergen Zoo".
    pub fn is_body_noun(&self, noun: &str) -> bool {
        let capital: String = noun.chars().take(1).flat_map(char::to_uppercase).chain(noun.chars().skip(1)).collect();
        self.namesakes(&capital).iter().any(|&number| {
            let figure = &self.figures[number];
            figure.category == Category::Organization && figure.name.len() > capital.len()
        })
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

    /// Returns the one person named in full whose surname a bare word seems to misspell.
    fn misspelt(&self, name: &Name, surname: &str) -> Option<usize> {
        let person = matches!(name.class, Class::Person | Class::Unknown) && name.descriptions.is_empty();
        let mut like = self.figures.iter().enumerate().filter(|(_, figure)| {
            figure.category == Category::Person
                && figure.full > 0
                && figure.parts.last().is_some_and(|last| is_slip(surname, last))
        });
        let only = like.next().filter(|_| like.next().is_none())?;
        person.then_some(only.0)
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
        let suffix = suffix(view, name);
        let same = self.namesakes(&last).iter().copied().find(|&number| {
            let other = &self.figures[number];
            let genders = name.gender.is_none() || other.gender.is_none() || name.gender == other.gender;
            other.category == Category::Person && genders && other.suffix == suffix && same_person(&other.parts, &parts)
        });
        let words = written(view, name);
        if let Some(number) = same {
            let figure = &mut self.figures[number];
            if is_epithet(&parts, &figure.parts) || is_bare_surname(&parts, &figure.parts) {
                figure.full += 1;
            } else {
                if is_epithet(&figure.parts, &parts) || is_bare_surname(&figure.parts, &parts) {
                    figure.forms.clear();
                    figure.parts = parts;
                }
                figure.called(words.clone());
            }
            self.by_name.entry(words).or_insert(number);
            return number;
        }
        let mut figure = Figure::new(words, Category::Person, name.whole.start);
        figure.gender = gender;
        figure.suffix = suffix;
        figure.parts = parts;
        figure.called(figure.name.clone());
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
        let best = best.or_else(|| self.misspelt(name, &part).filter(|_| honorific.is_none()));
        let royal = is_royal(view, name);
        if let Some(number) = best {
            let figure = &mut self.figures[number];
            figure.honorifics.extend(honorific);
            if royal && figure.full == 0 {
                view.text(&name.whole).clone_into(&mut figure.name);
            }
            return number;
        }
        let bare = view.text(&name.tokens);
        let namesake = !self.namesakes(&part).is_empty();
        let words = match honorific.as_ref().filter(|_| namesake).or_else(|| royal.then_some(&part)) {
            // Two of one surname are told apart by what stands in front; a prince has no surname.
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
