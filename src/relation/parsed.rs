//! A claim read once, to be compared many times: words, polarity ledger, quantities, modality.
//!
//! The reading is light (no tagger): lexicon rows, phrases and the order of words. It never fails; a text is read up to
//! [`LONGEST`] words.

use super::Side;
use super::asides;
use super::denying;
use super::ledger::Operation;
use super::limits::{self, Limit};
use super::quantity::{self, Measure, Quantity};
use super::reading::Reading;
use super::sides;
use super::statements::statements;
use super::syntax::Syntax;
use super::words::{Bound, Entry, Family, Modality, Order, Person, Quantifier, WORDS, hash};
use crate::date::Date;
use crate::lexicon::clauses::{Clause, clause};
use std::ops::Range;
use std::sync::OnceLock;

const THERE: u64 = hash("there");
const WOULD: u64 = hash("would");
const USED: u64 = hash("used");
const TO: u64 = hash("to");
/// "For twenty years I believed that it was dangerous."
const FIRST_PERSONS: [u64; 2] = [hash("i"), hash("we")];
const HELD: [u64; 3] = [hash("believed"), hash("thought"), hash("assumed")];
/// Words that open a condition, and those that stand before what is none.
const IFS: [u64; 3] = [hash("if"), hash("unless"), hash("provided")];
const NOT_IFS: [u64; 4] = [hash("even"), hash("as"), hash("and"), hash("see")];
const THIS: u64 = hash("this");
const YEAR: u64 = hash("year");
/// Words read of one claim; what follows is not compared.
pub(super) const LONGEST: usize = 400;

/// What stands between two statements.
const BETWEEN: [char; 12] = [' ', ',', ';', '.', '"', '“', '”', '[', ']', '—', '–', '\n'];

/// Dictionary forms kept of a word.
pub(super) const FORMS: usize = 4;

/// A word or a phrase of the lexicon.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Byte range in the text.
    pub at: Range<usize>,
    pub surface: u64,
    pub lemma: u64,
    pub stem: u64,
    /// Dictionary forms it may have.
    pub forms: [u64; FORMS],
    pub entry: Option<&'static Entry>,
    /// Rarity; 0 for words without a proposition of their own.
    pub weight: f32,
    pub sentence: u16,
    pub clause: u16,
    /// Capitalised inside a sentence: part of a name.
    pub name: bool,
    /// Number of the quantity it begins.
    pub quantity: Option<u16>,
    /// Under an odd number of negators.
    pub negated: bool,
}

impl Word {
    /// Tells whether a table says something of one of the forms that the word may be of.
    pub fn is_form(&self, says: impl Fn(&Entry) -> bool) -> bool {
        self.forms.iter().filter_map(|form| WORDS.entries.get(form)).any(says)
    }

    /// Returns the grammatical person of a pronoun.
    pub fn person(&self) -> Option<Person> {
        self.entry.and_then(|entry| entry.person)
    }

    /// Tells whether the word stands for something or somebody: it has weight, or is a pronoun.
    pub fn stands_for_something(&self) -> bool {
        self.weight > 0.0 || self.person().is_some()
    }

    /// Returns what becomes of a statement when the two beside the word change places.
    pub fn order(&self) -> Option<Order> {
        self.entry.and_then(|entry| entry.order)
    }
}

/// What kind of statement a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mood {
    pub forecast: bool,
    pub promise: bool,
    pub condition: bool,
    pub possibility: bool,
    pub obligation: bool,
    pub question: bool,
    /// The speaker speaks of himself or his own side.
    pub first_person: bool,
    pub wish: bool,
    /// The speaker does not mean what he says.
    pub scorn: bool,
}

/// A claim, read and ready to be compared.
#[derive(Debug, Clone)]
pub struct Parsed {
    pub(super) text: Box<str>,
    pub(super) words: Vec<Word>,
    /// Numbers of the words that carry weight, sentence by sentence.
    pub(super) content: Vec<Vec<usize>>,
    pub(super) operations: Vec<Operation>,
    pub(super) quantities: Vec<Quantity>,
    /// What its negations leave open.
    pub(super) limits: Vec<Limit>,
    pub(super) mood: Mood,
    pub(super) speaker: Option<Box<str>>,
    /// The speaker's office, in lower case.
    pub(super) title: Option<Box<str>>,
    pub(super) date: Option<Date>,
    pub(super) direct: Option<bool>,
    /// The cue, when it turns its content around.
    pub(super) denial: Option<Box<str>>,
    /// The cue or the words say that this was held before: "used to believe".
    pub(super) held_once: bool,
    claim: bool,
    syntax: OnceLock<Box<Syntax>>,
    sides: OnceLock<Vec<sides::Side>>,
    statements: OnceLock<Vec<Self>>,
}

impl Parsed {
    /// Tells whether the cue turns its content around: who denies that P does not say P.
    pub const fn is_turned(&self) -> bool {
        self.denial.is_some()
    }

    /// Reads one side of a comparison.
    pub fn of(side: &Side<'_>) -> Self {
        let mut reading = Reading::new(side.text);
        reading.split();
        reading.phrases();
        // What turns one statement does not reach the next.
        for next in statements(side.text).iter().skip(1) {
            for word in reading.words.iter_mut().filter(|word| word.at.start >= next.start) {
                word.clause += 1;
            }
        }
        let mut parsed = Self {
            text: side.text.into(),
            words: reading.words,
            content: Vec::new(),
            operations: Vec::new(),
            quantities: Vec::new(),
            limits: Vec::new(),
            mood: Mood::default(),
            speaker: side.speaker.map(|name| name.trim().to_lowercase().into()),
            title: side.title.map(|title| title.to_lowercase().into()),
            date: side.date,
            direct: side.direct,
            denial: side.cue.filter(|cue| denying::turns(cue)).map(Into::into),
            held_once: side
                .cue
                .is_some_and(|cue| cue.split_whitespace().any(|word| clause(word) == Some(Clause::Past))),
            claim: side.speaker.is_some() || side.direct.is_some() || side.cue.is_some(),
            syntax: OnceLock::new(),
            sides: OnceLock::new(),
            statements: OnceLock::new(),
        };
        let pair = |first: &[u64], second: &[u64]| {
            parsed.words.windows(2).any(|two| first.contains(&two[0].surface) && second.contains(&two[1].surface))
        };
        parsed.held_once |= pair(&[USED], &[TO]) || pair(&FIRST_PERSONS, &HELD);
        parsed.quantities = quantity::read(side.text, &mut parsed.words);
        asides::read(side.text, &mut parsed.words);
        parsed.operate();
        parsed.limits = limits::read(side.text, &parsed.words, &parsed.operations);
        parsed.moods(reading.question, &reading.modal);
        for (number, word) in parsed.words.iter().enumerate() {
            let sentence = usize::from(word.sentence);
            if parsed.content.len() <= sentence {
                parsed.content.resize_with(sentence + 1, Vec::new);
            }
            if word.weight > 0.0 {
                parsed.content[sentence].push(number);
            }
        }
        parsed
    }

    /// Tells whether the sentence of a word tells what was so before: "I opposed the dam then".
    pub(super) fn is_of_the_past(&self, word: usize) -> bool {
        let marks = |other: usize| clause(&self.written(other).to_lowercase()) == Some(Clause::Past);
        let sentence = self.words.get(word).map(|word| word.sentence);
        (0..self.words.len()).any(|other| Some(self.words[other].sentence) == sentence && marks(other))
    }

    /// Tells whether what the sentence of a word says holds only under a condition: "if rents rose"; "even if" is none.
    pub(super) fn holds_if(&self, word: usize) -> bool {
        let sentence = self.words[word].sentence;
        (0..self.words.len()).any(|n| {
            let before = n.checked_sub(1).map_or(0, |before| self.words[before].surface);
            self.words[n].sentence == sentence && IFS.contains(&self.words[n].surface) && !NOT_IFS.contains(&before)
        })
    }

    /// Tells whether the claim says that something is there, or is not.
    pub(super) fn says_there(&self) -> bool {
        self.words.windows(2).any(|two| two[0].surface == THERE && limits::is_auxiliary(&two[1]))
    }

    /// Tells whether the claim speaks of the year in which it was said: "this year", "this summer".
    pub(super) fn says_this_year(&self) -> bool {
        let named = |word: &Word| word.surface == YEAR || word.entry.is_some_and(Entry::is_season);
        self.words.windows(2).any(|two| two[0].surface == THIS && named(&two[1]))
    }

    /// Tells whether all words of weight but the first are capitalised, as in a headline: then capitals tell no names.
    pub(super) fn is_titled(&self) -> bool {
        !self.words.iter().skip(1).any(|word| word.weight > 0.0 && !word.name && word.quantity.is_none())
    }

    /// Tells whether this is what somebody said, and not only a sentence.
    pub(super) const fn is_claim(&self) -> bool {
        self.claim
    }

    /// Tells whether the claim says something of somebody: a name or a phrase alone does not.
    pub fn has_clause(&self) -> bool {
        self.syntax().has_clause()
    }

    /// Returns who does what, parsed on first use.
    pub(super) fn syntax(&self) -> &Syntax {
        self.syntax.get_or_init(|| Box::new(Syntax::of(&self.text, &self.words)))
    }

    /// Returns the sides that its sentences take, read on first use.
    pub(super) fn sides(&self) -> &[sides::Side] {
        self.sides.get_or_init(|| sides::read(self))
    }

    /// Returns the statements that the claim makes, each read by itself, on first use; nothing where it makes only one.
    pub(super) fn statements(&self) -> &[Self] {
        let read = |at: Range<usize>| {
            let mut statement = Self::of(&Side {
                text: self.text[at].trim_matches(BETWEEN),
                speaker: self.speaker.as_deref(),
                title: self.title.as_deref(),
                date: self.date,
                cue: self.denial.as_deref(),
                direct: self.direct,
            });
            // What is said in scorn is so as a whole: "the boiler will be mended, and pigs will fly".
            statement.mood.scorn |= self.mood.scorn;
            statement
        };
        self.statements.get_or_init(|| statements(&self.text).into_iter().map(read).collect())
    }

    /// Returns the words as written.
    pub(super) fn written(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |word| &self.text[word.at.clone()])
    }

    /// Tells whether a word is the reporter's: in a paraphrase, or outside the quotation marks of a claim that has both.
    pub(super) fn is_paraphrased(&self, word: usize) -> bool {
        let quoted = || {
            let before = &self.text[..self.words[word].at.start];
            before.matches('“').count() > before.matches('”').count() || before.matches('"').count() % 2 == 1
        };
        match self.direct {
            Some(direct) => !direct,
            None => self.claim && !quoted(),
        }
    }

    /// Returns the quantity that a word of the claim begins.
    pub(super) fn quantity(&self, word: &Word) -> Option<&Quantity> {
        self.quantities.get(usize::from(word.quantity?))
    }

    fn measure(&self, word: usize) -> Option<Measure> {
        self.quantity(&self.words[word]).map(|quantity| quantity.measure)
    }

    /// Tells whether a word says when something is: a year, a month, a weekday, an hour.
    pub(super) fn is_time(&self, word: usize) -> bool {
        self.measure(word).is_some_and(Measure::is_time) || self.words[word].entry.is_some_and(Entry::is_time)
    }

    /// Tells whether a word tells one of a row from the others: "second".
    pub(super) fn is_ordinal(&self, word: usize) -> bool {
        self.measure(word) == Some(Measure::Ordinal)
    }

    /// Tells whether a word numbers the one of which its sentence speaks: "her *second* book".
    pub(super) fn is_numbered(&self, word: usize) -> bool {
        let sentence = self.words[word].sentence;
        let whose = word.checked_sub(1).is_some_and(|before| POSSESSIVES.contains(&self.words[before].surface));
        self.is_ordinal(word)
            && whose
            && self.words[..word].iter().all(|other| other.sentence != sentence || other.weight == 0.0)
            && self.words.get(word + 1).is_some_and(|next| next.weight > 0.0 && next.sentence == sentence)
    }

    /// Tells whether a word stands in a subject that brings somebody new ("a black dog", "some ships"): it opens its sentence
    /// with an indefinite determiner or a number, and nothing but weighty words stands between.
    pub(super) fn indefinite_subject(&self, word: usize) -> bool {
        let sentence = self.words[word].sentence;
        let start =
            self.words[..word].iter().rposition(|other| other.sentence != sentence).map_or(0, |before| before + 1);
        let indefinite =
            self.words[start].entry.is_some_and(|entry| entry.quantifier.is_some_and(Quantifier::brings_new));
        indefinite && start < word && self.words[start + 1..word].iter().all(|between| between.weight > 0.0)
    }

    /// Returns the quantifier before a word with nothing weighty between them, and its number; "not all" is less than all.
    pub(super) fn quantified(&self, word: usize) -> Option<(usize, Quantifier)> {
        let before = (word.saturating_sub(QUANTIFIED)..word).rev();
        let near =
            before.take_while(|&n| self.words[n].weight == 0.0 && self.words[n].sentence == self.words[word].sentence);
        let (at, found) = near.filter_map(|n| Some((n, self.words[n].entry?.quantifier?))).next()?;
        let negated = at.checked_sub(1).is_some_and(|n| self.words[n].surface == NOT);
        Some((at, if negated && found == Quantifier::Universal { Quantifier::Less } else { found }))
    }

    /// Tells whether the sentence of a word opens with somebody new.
    pub(super) fn indefinite(&self, word: usize) -> bool {
        let sentence = self.words[word].sentence;
        let first = self.words.iter().find(|other| other.sentence == sentence);
        first.and_then(|word| word.entry?.quantifier).is_some_and(Quantifier::brings_new)
    }

    /// Tells whether a claim speaks of what its own side wants: "we firmly reject".
    fn wants(&self) -> bool {
        let last = self.words.len();
        let present = |n: usize| {
            let word = &self.words[n];
            takes_stance(word) && (word.surface == word.lemma || self.written(n).ends_with("ing"))
        };
        (0..last).any(|n| self.words[n].surface == WE && (n + 1..last.min(n + 4)).any(present))
    }

    fn moods(&mut self, question: bool, phrases: &[Modality]) {
        // In a paraphrase "would" is what "will" was in the words said.
        let told = self.direct == Some(false) && !self.words.iter().any(|word| IFS.contains(&word.surface));
        let will = |word: &Word| told && word.surface == WOULD;
        let (wants, forecast) = (self.wants(), self.words.iter().any(will));
        let mood = &mut self.mood;
        (mood.question, mood.obligation, mood.forecast) = (question, wants, forecast);
        // "In May": a name is no modal verb.
        let words = self.words.iter().filter(|word| !word.name && !will(word));
        let words = words.filter_map(|word| word.entry?.modality);
        for modality in words.chain(phrases.iter().copied()) {
            match modality {
                Modality::Forecast => mood.forecast = true,
                Modality::Promise => mood.promise = true,
                Modality::Condition => mood.condition = true,
                Modality::Possibility => mood.possibility = true,
                Modality::Obligation => mood.obligation = true,
                Modality::Own => mood.first_person = true,
                Modality::Wish => mood.wish = true,
                Modality::Scorn => mood.scorn = true,
            }
        }
    }
}

/// Tells whether a word is a verb of stance, or says what should be.
fn takes_stance(word: &Word) -> bool {
    word.entry.is_some_and(|entry| {
        entry.modality == Some(Modality::Obligation)
            || entry.operator.is_some_and(|operator| operator.family == Family::Stance)
    })
}

/// Words between a quantifier and what it counts: "all of the".
const QUANTIFIED: usize = 3;

/// Determiners of somebody's own.
pub(super) const POSSESSIVES: [u64; 7] =
    [hash("his"), hash("her"), hash("its"), hash("their"), hash("our"), hash("my"), hash("your")];
const NOT: u64 = hash("not");
const WE: u64 = hash("we");

/// Returns the bound that stands before a number, when there is one.
pub(super) fn bound(words: &[Word], number: usize) -> Option<(Bound, usize)> {
    let before = number.checked_sub(1)?;
    let found = words[before].entry.and_then(|entry| entry.bound)?;
    (words[before].sentence == words[number].sentence).then_some((found, before))
}
