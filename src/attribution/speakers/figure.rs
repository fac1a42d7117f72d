//! A speaker in the making: what the article has said so far about one person, body, group or text.
//!
//! Refuses to compare figures; agreement is the stage's work.

use super::view::View;
use crate::attribution::{Category, Mention};
use crate::lexicon::people::{self, Gender, Place, Role};
use std::collections::BTreeSet;
use std::ops::Range;

/// A speaker in the making.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub name: String,
    /// The parts of a person's name, initials and suffixes left out; one part for anything else.
    pub parts: Vec<String>,
    pub category: Category,
    /// As a name or a title tells.
    pub gender: Option<Gender>,
    /// As the pronouns tell that seemed to mean this person: the sum of their probabilities, "he" counted above zero.
    pub guessed: f64,
    pub roles: Vec<&'static Role>,
    pub places: Vec<Place>,
    /// Lower-case words of every description, for agreement with "the real estate mogul".
    pub words: BTreeSet<String>,
    /// Lower-case capitalised words of the descriptions: of which country, town, party or house: "norland" of "Norland's president".
    pub origins: BTreeSet<String>,
    pub titles: Vec<String>,
    pub mentions: Vec<Mention>,
    /// For a speaker without a name: the singular of its head noun, and the figure it belongs to ("his campaign").
    pub head: String,
    /// For a speaker without a name: whether its noun stands for several.
    pub many: bool,
    pub owner: Option<usize>,
    /// Numbers of the figures that a joint source is made of.
    pub members: Vec<usize>,
    /// "Jr." or "III": father and son are two people.
    pub suffix: Option<String>,
    /// What stood in front of the surname alone: "mr", "dr".
    pub honorifics: BTreeSet<String>,
    /// The forms of the full name, with how often each is used.
    pub forms: Vec<(String, usize)>,
    /// How often the full name, or any name at all, is used.
    pub full: usize,
    pub named: usize,
    /// Token of the first mention.
    pub first: usize,
}

impl Figure {
    pub fn new(name: String, category: Category, first: usize) -> Self {
        Self {
            parts: vec![name.clone()],
            name,
            category,
            gender: None,
            guessed: 0.0,
            roles: Vec::new(),
            places: Vec::new(),
            words: BTreeSet::new(),
            origins: BTreeSet::new(),
            titles: Vec::new(),
            mentions: Vec::new(),
            head: String::new(),
            many: false,
            owner: None,
            members: Vec::new(),
            suffix: None,
            honorifics: BTreeSet::new(),
            forms: Vec::new(),
            full: 0,
            named: 0,
            first,
        }
    }

    /// Takes note of one use of the full name: the form used most, of two the longer, is the name.
    pub fn called(&mut self, form: String) {
        self.full += 1;
        match self.forms.iter_mut().find(|known| known.0 == form) {
            Some(known) => known.1 += 1,
            None => self.forms.push((form, 1)),
        }
        if let Some((form, _)) = self.forms.iter().max_by_key(|(form, uses)| (*uses, form.len())) {
            self.name.clone_from(form);
        }
    }

    /// Tells whether a role is this figure's own or implied by one of its own.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own.name == role || own.wider.contains(&role))
    }

    /// Returns how far the pronouns so far speak for a gender: above zero for it, below zero against it.
    pub fn leaning(&self, gender: Gender) -> f64 {
        match gender {
            Gender::Male => self.guessed,
            Gender::Female => -self.guessed,
        }
    }

    /// Tells whether the figure is one person, named or not.
    pub fn is_person(&self) -> bool {
        matches!(self.category, Category::Person | Category::Anonymous)
    }

    /// Takes in what a description says: roles, origins, words.
    pub fn learn(&mut self, view: &View<'_>, description: &Range<usize>) {
        for (role, _) in view.roles(description) {
            if !self.roles.iter().any(|r| r.name == role.name) {
                self.roles.push(role);
            }
            self.gender = self.gender.or(role.gender);
        }
        for token in description.clone() {
            if let Some(role) = people::title(view.word(token)).and_then(|t| people::role(t.role?))
                && !self.roles.iter().any(|r| r.name == role.name)
            {
                self.roles.push(role);
            }
            if view.word(token).chars().any(char::is_alphanumeric) {
                self.words.insert(view.lower(token));
            }
        }
        self.origins.extend(origins(view, description));
        for place in places(view, description) {
            if !self.places.contains(&place) {
                self.places.push(place);
            }
        }
    }
}

/// How a word for people from a country ends when it means all of them: "the French", "the Chinese".
const ALL: [&str; 5] = ["ese", "ch", "sh", "ss", "s"];

/// Tells whether a word is one for somebody from a country: "Dane", "Irishman", but not "French".
pub(super) fn is_native(word: &str) -> bool {
    // "The U.K." is no Briton.
    let written = word.chars().skip(1).all(char::is_lowercase);
    let one = written && !ALL.iter().any(|end| word.ends_with(end));
    let place = people::place(word).filter(|place| one && place.name != word);
    place.is_some_and(|place| matches!(place.kind, "country" | "region"))
}

/// Returns the lower-case capitalised words of a description that are no titles or roles.
pub(super) fn origins(view: &View<'_>, tokens: &Range<usize>) -> Vec<String> {
    let told = |&t: &usize| {
        let opens = t == view.around(t).start && !view.tag(t).starts_with("NNP");
        let office = people::title(view.word(t)).is_some() || people::role(&view.lower(t)).is_some();
        view.is_capital(t) && !opens && !office && !matches!(view.tag(t), "DT" | "IN" | "PRP$" | "PRP")
    };
    tokens.clone().filter(told).map(|t| view.lower(t)).collect()
}

/// Tells whether two descriptions name other origins of one kind: Norland and Sudland, Democratic and Republican.
pub(super) fn are_apart<'a>(known: impl Iterator<Item = &'a String> + Clone, told: &[String]) -> bool {
    let place = |word: &str| {
        let capital: String = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
        people::place(&capital).or_else(|| people::place(&word.to_uppercase()))
    };
    let party = |word: &str| place(word).is_some_and(|p| matches!(p.kind, "party" | "movement"));
    let start = |word: &str| word.chars().take(5).collect::<String>();
    let same = |a: &str, b: &str| start(a) == start(b) || place(a).is_some_and(|p| Some(p) == place(b));
    told.iter().any(|word| {
        let mut alike = known.clone().filter(|other| party(other) == party(word)).peekable();
        alike.peek().is_some() && !alike.any(|other| same(other, word))
    }) && !told.iter().any(|word| known.clone().any(|other| same(other, word)))
}

/// Returns the places, parties and movements that a stretch of tokens names.
pub(super) fn places(view: &View<'_>, tokens: &Range<usize>) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    let mut push = |found: Option<Place>| {
        if let Some(place) = found
            && !out.contains(&place)
        {
            out.push(place);
        }
    };
    let mut at = tokens.start;
    while at < tokens.end {
        let two = view.text(&(at..(at + 2).min(tokens.end)));
        if at + 1 < tokens.end && people::place(two).is_some() {
            push(people::place(two));
            at += 2;
            continue;
        }
        let word = view.word(at);
        push(people::place(word));
        for part in word.split('-').filter(|p| *p != word) {
            push(people::place(part));
        }
        let metonym = people::metonym(two).or_else(|| people::metonym(word));
        push(metonym.and_then(|(place, _)| people::place(place)));
        at += 1;
    }
    out
}
