//! The cast of a document: every name mention gathered under one figure, with gender, roles and origins.
//!
//! Two passes: full names make figures, then shorter forms find theirs. Refuses to merge across documents.

use super::class::Class;
use super::description;
use super::figure::{Figure, places};
use super::names::{Capitals, Name};
use super::namesakes::{self, Bearer, Memory};
use super::naming::{
    acronym, head, honorific, is_bare_surname, is_epithet, is_royal, is_slip, parts, same_person, suffix, written,
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
    /// Another bearer of the name, when it may as well be meant.
    pub rival: Option<usize>,
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
        for (number, slot) in figure_of.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
            if let Some(parts) = with_shared_surname(view, &names[number..]) {
                *slot = Some(cast.full_person(view, &names[number], parts));
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
        // Surnames find their figures by what is told of both, so that is learned first.
        for (figure, name) in figure_of.iter().zip(&names).filter_map(|(slot, name)| Some(((*slot)?, name))) {
            for description in &name.descriptions {
                cast.figures[figure].learn(view, description);
            }
        }
        let mut memory = Memory::default();
        let mut rivals: Vec<Option<usize>> = vec![None; names.len()];
        for ((slot, rival), name) in figure_of.iter_mut().zip(&mut rivals).zip(&names) {
            let bearer = match (*slot, name.capitals) {
                (Some(figure), _) => Bearer { figure, rival: None },
                (None, Capitals::Everywhere) => continue,
                (None, _) => cast.short(view, name, &memory),
            };
            memory.note(view, bearer.figure, name);
            (*slot, *rival) = (Some(bearer.figure), bearer.rival);
        }
        for ((figure, rival), name) in figure_of.into_iter().zip(rivals).zip(names) {
            if let Some(figure) = figure {
                cast.enter(view, figure, rival, name);
            }
        }
        cast
    }

    fn enter(&mut self, view: &View<'_>, number: usize, rival: Option<usize>, name: Name) {
        let figure = &mut self.figures[number];
        figure.named += 1;
        figure.first = figure.first.min(name.whole.start);
        figure.gender = name.gender.or(figure.gender);
        for description in &name.descriptions {
            figure.learn(view, description);
            let named_role = view.roles(description).iter().any(|(r, _)| r.number == people::Number::One);
            if named_role || description.clone().any(|t| people::title(view.word(t)).is_some_and(|t| t.role.is_some()))
            {
                let title = description::title(view, description);
                if !is_relation(view, description) && !figure.titles.contains(&title) {
                    figure.titles.push(title);
                }
            }
        }
        if figure.category == Category::Person
            && let Some(told) = description::told_by_verb(view, &name)
        {
            figure.learn(view, &told.tokens);
            // Who was minister is "the former minister".
            figure.words.extend(told.past.then(|| "former".to_owned()));
        }
        if let Some(noun) = name.kind.clone().filter(|_| figure.category == Category::Organization) {
            figure.head = noun;
        }
        let form = if figure.category == Category::Person && parts(view, &name).len() < 2 {
            Form::Surname
        } else {
            Form::Name
        };
        figure.mentions.push(Mention { span: view.span(&name.tokens), form });
        self.uses.push(Use { name, figure: number, rival });
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

    /// Returns the figures that a word may name, at most the last two dozen.
    pub fn namesakes(&self, part: &str) -> &[usize] {
        let all = self.by_part.get(part).map_or(&[][..], Vec::as_slice);
        &all[all.len().saturating_sub(NAMESAKES)..]
    }

    /// Returns the people of one surname whom its plural means together: "the Bakers", where Ann and Tom Baker are known.
    pub fn family(&self, view: &View<'_>, source: &Range<usize>) -> Option<Vec<usize>> {
        let last = source.end.checked_sub(1)?;
        let surname = view.word(last).strip_suffix('s').filter(|_| view.is_capital(last))?;
        let the = source.len() == 2 && view.lower(source.start) == "the";
        let people: Vec<usize> = self.surnamed(surname).collect();
        (the && people.len() == 2).then_some(people)
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
        self.surnamed(word).next().is_some()
    }

    /// Returns the people named in full who have a surname.
    fn surnamed(&self, surname: &str) -> impl Iterator<Item = usize> {
        self.namesakes(surname).iter().copied().filter(move |&n| {
            let figure = &self.figures[n];
            figure.category == Category::Person
                && figure.parts.len() > 1
                && figure.parts.last().is_some_and(|p| p == surname)
        })
    }

    fn full_person(&mut self, view: &View<'_>, name: &Name, parts: Vec<String>) -> usize {
        let gender = name.gender.or_else(|| parts.first().and_then(|p| people::given_name(p)).flatten());
        let last = parts.last().cloned().unwrap_or_default();
        // "Said Baker: …": a capitalised verb before a surname that the article uses is no given name.
        let opens = view.around(name.tokens.start).start == name.tokens.start;
        if opens && parts.len() == 2 && view.is_common(&parts[0].to_lowercase()) {
            let known = self.surnamed(&last).next();
            if let Some(number) = known {
                return number;
            }
        }
        let suffix = suffix(view, name);
        let same = self.namesakes(&last).iter().copied().find(|&number| {
            let other = &self.figures[number];
            // A title knows better than a list of given names.
            let genders = name.gender.is_none()
                || other.gender.is_none()
                || name.gender == other.gender
                || is_bare_surname(&parts, &other.parts);
            other.category == Category::Person && genders && other.suffix == suffix && same_person(&other.parts, &parts)
        });
        let words = if parts.len() > name.tokens.len() { parts.join(" ") } else { written(view, name) };
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
            // "The Guild": the one named last, the Bakers' Guild or the Guild of Bakers.
            let known = self.namesakes(words).iter().rev().copied().find(|&n| self.figures[n].category == category);
            if let Some(number) = known {
                return number;
            }
        }
        let mut figure = Figure::new(words.to_owned(), category, name.whole.start);
        figure.parts = vec![words.to_owned()];
        figure.parts.extend(name.initials.clone().or_else(|| acronym(words)));
        let mut short: Vec<&str> = words.rsplit(' ').take(1).chain(head(words)).filter(|part| *part != words).collect();
        short.dedup();
        figure.parts.extend(short.into_iter().map(str::to_owned));
        figure.parts.extend(first_of_business(view, words));
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

    /// Finds the figure of a name that is not full, or makes one.
    fn short(&mut self, view: &View<'_>, name: &Name, memory: &Memory) -> Bearer {
        let parts = parts(view, name);
        let part = parts.last().map_or("", String::as_str);
        let honorific = honorific(view, name);
        let slip = || self.misspelt(name, part).filter(|_| honorific.is_none());
        let known = namesakes::bearer(view, self, name, part, memory);
        match known.or_else(|| slip().map(|figure| Bearer { figure, rival: None })) {
            Some(bearer) => {
                let figure = &mut self.figures[bearer.figure];
                figure.honorifics.extend(honorific);
                if is_royal(view, name) && figure.full == 0 {
                    view.text(&name.whole).clone_into(&mut figure.name);
                }
                bearer
            }
            None => {
                let newcomer = namesakes::newcomer(view, self, name, part);
                Bearer { figure: self.add(newcomer), rival: None }
            }
        }
    }
}

/// Returns the parts of a given name that shares the surname of the next name: Ann Baker of "Ann and Tom Baker".
fn with_shared_surname(view: &View<'_>, names: &[Name]) -> Option<Vec<String>> {
    let [name, next, ..] = names else { return None };
    let given = |token: usize| people::given_name(view.word(token)).is_some();
    let alone = name.tokens.len() == 1 && given(name.tokens.start) && !view.is_surname(view.word(name.tokens.start));
    let bare = alone && name.whole == name.tokens && name.capitals == Capitals::Telling;
    let joined = next.tokens.start == name.tokens.end + 1 && matches!(view.word(name.tokens.end), "and" | "&");
    let full = next.tokens.len() == 2 && next.class == Class::Person && next.whole == next.tokens;
    let place = people::place(view.word(name.tokens.start)).is_some();
    let surname = (bare && joined && full && !place).then(|| parts(view, next).pop())??;
    Some(vec![view.word(name.tokens.start).to_owned(), surname])
}

/// Tells whether a description says whose somebody is, or that there are several, and is no title: "his wife", "Another critic".
fn is_relation(view: &View<'_>, description: &Range<usize>) -> bool {
    let first = view.lower(description.start);
    let of_a_person = view.roles(description).iter().any(|(role, _)| role.is_relation());
    matches!(&*first, "another" | "one") || of_a_person
}

/// Returns the first word of the name of a business, by which alone it is called, too: "Halcyon" of "Halcyon Ferries Group"; nothing where
/// the article writes it as a place.
fn first_of_business(view: &View<'_>, name: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ')?;
    let last = rest.rsplit(' ').next()?.to_lowercase();
    let trades =
        matches!(people::generic_body(&last), Some("business" | "trade")) || matches!(&*last, "group" | "company");
    let place = || people::place(first).is_some() || view.is_located(first);
    (trades && !place() && people::determiner(&first.to_lowercase()).is_none()).then(|| first.to_owned())
}

/// Tells whether a word is known to name a body, by a lexicon or by its capitals.
fn is_listed(word: &str) -> bool {
    let acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1;
    acronym || people::organisation(word).is_some() || people::metonym(word).is_some() || people::place(word).is_some()
}
