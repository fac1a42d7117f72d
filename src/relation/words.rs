//! The word tables of this module: every lexicon file read once, keyed by a 64-bit hash of the lower-cased lemma.
//!
//! Refuses to guess: a word that no table knows has no entry and is known by its stem alone.

pub(super) use super::sorts::*;
pub(super) use crate::lexicon::numbers::NumberWord;
use crate::lexicon::numbers::number_words;
use crate::lexicon::tables;
use crate::lexicon::words::{Reader, function_words};
pub(super) use crate::text::linear::hash;
use crate::text::linear::hash_on;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Everything the tables know about one word or phrase.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub antonyms: Vec<u64>,
    pub derived_antonyms: Vec<u64>,
    /// Numbers of the synonym groups it belongs to; hand-made ones first.
    pub synonyms: Vec<u16>,
    /// Class and member number: two members of one class exclude one another.
    pub exclusive: Vec<(u8, u16)>,
    pub operator: Option<Operator>,
    pub modality: Option<Modality>,
    pub bound: Option<Bound>,
    pub number: Option<NumberWord>,
    pub quantifier: Option<Quantifier>,
    /// A pronoun's person.
    pub person: Option<Person>,
    /// Sets a prescription against what it is about.
    pub against: bool,
    pub unit: Option<Unit>,
    pub function: bool,
    pub connective: bool,
    /// Belongs to a vote or a match, whose result is told by two numbers.
    pub contest: bool,
    pub order: Option<Order>,
    pub existence: Option<Existence>,
    /// Says what is so for a while, or an event after which the opposite may come: "open", "stop".
    pub passing: bool,
    /// Counts what grows as it becomes known: "killed".
    pub growing: bool,
    /// Names an exception: "other than".
    pub excepts: bool,
    /// A noun for what somebody claims: "report".
    pub alleges: bool,
    /// Says of a claim that it is not so (`Some(true)`: "false") or that it is (`Some(false)`: "true").
    pub dismisses: Option<bool>,
}

impl Entry {
    /// Tells whether the word says something of its own although it is on the list of function words.
    pub fn opposes(&self) -> bool {
        !self.antonyms.is_empty() || !self.exclusive.is_empty()
    }

    /// Tells whether the word is the name of a month.
    pub fn is_month(&self) -> bool {
        self.month().is_some()
    }

    /// Returns which month the word names, January as 0.
    pub fn month(&self) -> Option<u16> {
        self.exclusive.iter().find(|&&(class, _)| WORDS.class(class) == "month").map(|&(_, member)| member)
    }

    /// Tells whether the word is the name of a month, a weekday or a season.
    pub fn is_time(&self) -> bool {
        self.exclusive.iter().any(|&(class, _)| matches!(WORDS.class(class), "month" | "weekday" | "season"))
    }

    /// Tells whether the word names a season.
    pub fn is_season(&self) -> bool {
        self.exclusive.iter().any(|&(class, _)| WORDS.class(class) == "season")
    }

    /// Tells whether the word is one of grammar: a function word or a negator.
    pub fn grammatical(&self) -> bool {
        self.function || self.operator.is_some_and(|operator| operator.family == Family::Negator)
    }

    /// Tells whether a table made by hand knows the word.
    pub fn hand_made(&self) -> bool {
        let stated = self.operator.is_some() || self.modality.is_some();
        self.opposes() || stated || self.number.is_some() || self.unit.is_some()
    }

    /// Tells whether the words only give a claim its modality, and stay words of their own.
    pub fn only_modal(&self) -> bool {
        self.modality.is_some() && self.operator.is_none() && self.bound.is_none() && self.synonyms.is_empty()
    }
}

/// A phrase: the hashes of its words after the first, and the hash of the whole.
#[derive(Debug)]
pub(super) struct Phrase {
    pub rest: Vec<u64>,
    pub id: u64,
}

/// The tables.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub entries: HashMap<u64, Entry, Identity>,
    pub phrases: HashMap<u64, Vec<Phrase>, Identity>,
    irregular: HashMap<u64, (u64, u64), Identity>,
    rarity: HashMap<u64, f32, Identity>,
    classes: Vec<&'static str>,
}

/// A hasher for keys that are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Identity(u64);

impl std::hash::BuildHasher for Identity {
    type Hasher = Self;
    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_on(self.0, bytes);
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Weight of a word that the rarity table does not know.
const RAREST: f32 = 9.0;

/// Returns the Porter-2 stem of a lower-cased word.
pub(super) fn stemmer(lower: &str) -> String {
    rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English).stem(lower).into_owned()
}

/// The tables, read on first use.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::read);

impl Words {
    fn read() -> Self {
        let mut words = Self::default();
        for (word, _) in function_words().filter(|(_, listed)| listed.reader != Reader::Matching) {
            words.entry(word).function = true;
        }
        tables::CONNECTIVES.words().for_each(|word| words.entry(word).connective = true);
        tables::CONTESTS.words().for_each(|word| words.entry(word).contest = true);
        tables::EXCEPTIONS.words().for_each(|word| words.entry(word).excepts = true);
        for row in tables::ALLEGATIONS.rows() {
            let noun = matches!(row.get(1), Some(&("allegation" | "report" | "telling")));
            words.entry(row[0]).alleges |= noun;
        }
        for row in tables::DISMISSALS.rows() {
            words.entry(row[0]).dismisses = Some(row.get(1) == Some(&"false"));
        }
        for row in tables::EXISTENCE.rows() {
            let occurs = row.get(1) == Some(&"occurs");
            words.entry(row[0]).existence = Some(if occurs { Existence::Occurs } else { Existence::Brings });
        }
        tables::GROWING.words().for_each(|word| words.entry(word).growing = true);
        tables::PASSING.words().for_each(|word| words.entry(word).passing = true);
        for row in tables::ORDERS.rows() {
            let [word, order, ..] = row[..] else { continue };
            words.entry(word).order = match order {
                "symmetric" => Some(Order::Symmetric),
                "with" => Some(Order::SymmetricWith),
                _ => Some(Order::Asymmetric),
            };
        }
        for row in tables::PRONOUNS.rows() {
            let [pronoun, _, _, person, ..] = row[..] else { continue };
            words.entry(pronoun).person = match person {
                "1" => Some(Person::First),
                "2" => Some(Person::Second),
                "3" => Some(Person::Third),
                "relative" => Some(Person::Relative),
                _ => None,
            };
        }
        for row in tables::LEANINGS.rows() {
            words.entry(row[0]).against = row.get(1) == Some(&"against");
        }
        words.read_operators();
        words.read_oppositions();
        words.read_numbers();
        for row in tables::IRREGULAR_FORMS.rows() {
            if let [form, lemma] = row[..] {
                words.irregular.insert(hash(form), (hash(lemma), hash(&stemmer(lemma))));
            }
        }
        for row in tables::WORD_RARITY.rows() {
            if let [stem, weight] = row[..] {
                words.rarity.insert(hash(stem), weight.parse().unwrap_or(RAREST));
            }
        }
        words
    }

    fn read_operators(&mut self) {
        let tables = [
            (tables::STANCES, Family::Stance),
            (tables::IMPLICATIVES, Family::Implicative),
            (tables::NEGATORS, Family::Negator),
        ];
        for (table, family) in tables {
            for row in table.rows() {
                let [word, effect, reach, ..] = row[..] else { continue };
                let effect = if effect == "turn" { Effect::Turn } else { Effect::Keep };
                let reach = match reach {
                    "after" => Reach::After,
                    "clause" => Reach::Clause,
                    "act" => Reach::Act,
                    _ => Reach::Local,
                };
                self.entry(word).operator = Some(Operator { family, effect, reach });
            }
        }
        for row in tables::MODALITY.rows() {
            let [word, kind, ..] = row[..] else { continue };
            self.entry(word).modality = match kind {
                "forecast" => Some(Modality::Forecast),
                "promise" => Some(Modality::Promise),
                "condition" => Some(Modality::Condition),
                "possibility" => Some(Modality::Possibility),
                "obligation" => Some(Modality::Obligation),
                "self" => Some(Modality::Own),
                "wish" => Some(Modality::Wish),
                "scorn" => Some(Modality::Scorn),
                _ => None,
            };
        }
    }

    fn read_oppositions(&mut self) {
        for row in tables::ANTONYMS.rows().filter(|row| row[2] != "matching") {
            let [one, other, ..] = row[..] else { continue };
            self.entry(one).antonyms.push(hash(other));
            self.entry(other).antonyms.push(hash(one));
        }
        for row in tables::ANTONYMS_WORDNET.rows() {
            let [one, other, ..] = row[..] else { continue };
            self.entry(one).derived_antonyms.push(hash(other));
            self.entry(other).derived_antonyms.push(hash(one));
        }
        let groups = tables::SYNONYMS.rows().map(|row| row[0].split(", ").collect::<Vec<_>>());
        let derived = tables::SYNONYMS_WORDNET.rows().chain(tables::DERIVED_FORMS.rows());
        for (number, group) in groups.chain(derived).enumerate() {
            for word in group {
                self.entry(word).synonyms.push(number as u16);
            }
        }
        for (class, row) in tables::EXCLUSIVE.rows().enumerate() {
            let [name, members, ..] = row[..] else { continue };
            self.classes.push(name);
            for (number, member) in members.split(", ").enumerate() {
                for word in member.split('/') {
                    self.entry(word).exclusive.push((class as u8, number as u16));
                }
            }
        }
    }

    fn read_numbers(&mut self) {
        for row in tables::BOUNDS.rows() {
            let [word, bound, ..] = row[..] else { continue };
            self.entry(word).bound = match bound {
                "about" => Some(Bound::About),
                "nearly" => Some(Bound::Nearly),
                "below" => Some(Bound::Below),
                "most" => Some(Bound::Most),
                "above" => Some(Bound::Above),
                "least" => Some(Bound::Least),
                _ => None,
            };
        }
        for row in tables::QUANTIFIERS.rows() {
            let [word, kind, ..] = row[..] else { continue };
            self.entry(word).quantifier = match kind {
                "indefinite" => Some(Quantifier::Indefinite),
                "partial" => Some(Quantifier::Partial),
                "universal" => Some(Quantifier::Universal),
                "only" => Some(Quantifier::Only),
                "less" => Some(Quantifier::Less),
                "more" => Some(Quantifier::More),
                _ => None,
            };
        }
        let mut measures: Vec<&str> = Vec::new();
        for row in tables::UNITS.rows() {
            let [unit, measure, size, zero, ..] = row[..] else { continue };
            let known = measures.iter().position(|&known| known == measure);
            let number = known.unwrap_or_else(|| {
                measures.push(measure);
                measures.len() - 1
            });
            let (Ok(size), Ok(zero)) = (size.parse(), zero.parse()) else { continue };
            self.entry(unit).unit = Some(Unit { measure: number as u8, size, zero });
        }
        number_words().for_each(|(word, number)| self.entry(word).number = Some(number));
    }

    /// Returns the entry of a word or phrase, made when new; a phrase is also entered under its first word.
    fn entry(&mut self, written: &'static str) -> &mut Entry {
        let id = hash(written);
        let mut parts = written.split(' ').map(hash);
        if let Some(first) = parts.next() {
            let rest: Vec<u64> = parts.collect();
            if !rest.is_empty() {
                let phrases = self.phrases.entry(first).or_default();
                if phrases.iter().all(|phrase| phrase.id != id) {
                    phrases.push(Phrase { rest, id });
                    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
                }
            }
        }
        self.entries.entry(id).or_default()
    }

    /// Returns the name of a class of words that exclude one another.
    pub fn class(&self, number: u8) -> &'static str {
        self.classes.get(usize::from(number)).copied().unwrap_or("class")
    }

    /// Returns the weight of a stem: the natural logarithm of how rare it is, at most 9.
    pub fn weight(&self, stem: u64) -> f32 {
        self.rarity.get(&stem).copied().unwrap_or(RAREST)
    }

    /// Returns the hash of the Porter-2 stem of a lower-cased word; an irregular form has the stem of its lemma.
    pub fn stem(&self, word: &str) -> u64 {
        self.irregular.get(&hash(word)).map_or_else(|| hash(&stemmer(word)), |&(_, stem)| stem)
    }

    /// Calls `each` with the hash of every dictionary form that a lower-cased word may have, the likeliest first.
    pub fn lemmas(&self, word: &str, mut each: impl FnMut(u64)) {
        let id = hash(word);
        each(id);
        if let Some(&(lemma, _)) = self.irregular.get(&id) {
            each(lemma);
        }
        if !word.is_ascii() || word.len() < 4 {
            return;
        }
        let mut with = |stem: &str, ending: &str| {
            each(hash_on(hash(stem), ending.as_bytes()));
        };
        if let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
            with(stem, "y");
            with(stem, "ie");
        } else if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
            with(stem, "");
            if let Some(stem) = stem.strip_suffix('e') {
                with(stem, "");
            }
        } else if let Some(stem) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing")) {
            if stem.len() < 2 {
                return;
            }
            with(stem, "");
            with(stem, "e");
            let bytes = stem.as_bytes();
            if bytes[bytes.len() - 1] == bytes[bytes.len() - 2] {
                with(&stem[..stem.len() - 1], "");
            }
        }
    }
}
