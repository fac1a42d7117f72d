//! Cuts a claim into words, sentences and clauses, and joins the phrases that the lexicon knows.
//!
//! Refuses to tag: what a word is comes from the tables and the words around it.

use super::numeral::groups;
use super::parsed::{FORMS, LONGEST, POSSESSIVES, Word};
use super::words::{Entry, Modality, Person, WORDS, hash};
use crate::lexicon::letters::{folded, is_mark};
use crate::lexicon::words::unmarked_contraction;
use crate::text::tokens::is_apostrophe;

const THE: u64 = hash("the");

/// A text on its way to words.
pub(super) struct Reading<'a> {
    text: &'a str,
    pub words: Vec<Word>,
    /// A question mark stands in it.
    pub question: bool,
    sentence: u16,
    clause: u16,
    first: bool,
    /// Modality of the phrases that were read over.
    pub modal: Vec<Modality>,
}

impl<'a> Reading<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, words: Vec::new(), question: false, sentence: 0, clause: 0, first: true, modal: Vec::new() }
    }

    /// Cuts the text at blanks and marks; `n't` and possessive `'s` become words of their own.
    pub fn split(&mut self) {
        let text = self.text;
        let mut at = 0;
        while at < text.len() && self.words.len() < LONGEST {
            let Some(next) = text[at..].chars().next() else { break };
            let sign = signed(&text[..at], &text[at..]);
            if !starts(next) && sign == 0 {
                self.mark(next, at);
                at += next.len_utf8();
                continue;
            }
            let dated = self.words.last().is_some_and(|word| word.entry.is_some_and(Entry::is_month));
            let end = at + sign + length(&text[at + sign..], dated);
            self.word(at, end);
            at = end;
        }
    }

    fn mark(&mut self, mark: char, at: usize) {
        let ends = match mark {
            '.' => self.ends_at(at),
            '[' => piece_ends(self.text, at),
            '?' => {
                self.question = true;
                true
            }
            '!' | '\n' => true,
            '—' | '–' if joins_digits(self.text, at, mark) => false,
            ';' | ':' | '—' | '–' => {
                self.clause += 1;
                false
            }
            _ => false,
        };
        if ends && !self.first {
            self.sentence += 1;
            self.clause += 1;
            self.first = true;
        }
    }

    /// Tells whether the period at a byte ends its sentence: what follows begins anew, and no abbreviation stands before.
    fn ends_at(&self, at: usize) -> bool {
        let rest = &self.text[at + 1..];
        if !rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '"' || c == '”') {
            return false;
        }
        let next = rest.chars().find(|c| c.is_alphanumeric());
        if next.is_some_and(char::is_lowercase) {
            return false;
        }
        let Some(last) = self.words.last() else { return false };
        let written = &self.text[last.at.start..at];
        let initials = written.chars().filter(|c| c.is_alphabetic()).count() == 1 || written.contains('.');
        let short = self.text[last.at.start..].get(..written.len() + 1);
        next.is_none() || !(initials || short.and_then(crate::lexicon::words::abbreviation).is_some())
    }

    fn word(&mut self, start: usize, end: usize) {
        let written = &self.text[start..end];
        let lower = lower(written);
        if lower == "cannot" {
            self.push(start, start + 3, "can");
            self.push(start + 3, end, "not");
            return;
        }
        if let Some(stem) = lower.strip_suffix("n't").filter(|stem| !stem.is_empty()) {
            let cut = self.text[..end].char_indices().rev().nth(2).map_or(start, |(at, _)| at);
            self.negated(start, cut, end, stem);
            return;
        }
        if let Some(length) = unmarked_contraction(&lower).filter(|_| !self.owned()) {
            self.negated(start, start + length, end, &lower[..length]);
            return;
        }
        if let Some((stem, _)) = lower.split_once('\'').filter(|(stem, _)| !stem.is_empty()) {
            let cut = self.text[start..end].find(is_apostrophe).map_or(end, |n| start + n);
            let rest = lower[stem.len()..].to_owned();
            let stem = stem.to_owned();
            self.push(start, cut, &stem);
            if rest != "'s" && rest != "'" {
                self.push(cut, end, &rest);
            }
            return;
        }
        if lower.contains('-') && !lower.starts_with('-') && !WORDS.entries.contains_key(&hash(&lower)) {
            let mut from = start;
            for part in self.text[start..end].split('-') {
                let to = from + part.len();
                if !part.is_empty() {
                    self.push(from, to, &self::lower(part));
                }
                from = to + 1;
            }
            return;
        }
        self.push(start, end, &lower);
    }

    /// Pushes a verb and the `n't` at its end, with or without its apostrophe.
    fn negated(&mut self, start: usize, cut: usize, end: usize, verb: &str) {
        let verb = match verb {
            "ca" => "can",
            "wo" => "will",
            "ai" => "is",
            other => other,
        };
        self.push(start, cut, verb);
        self.push(cut, end, "n't");
    }

    /// Tells whether the word before makes a noun of the next one: "as was his *wont*".
    fn owned(&self) -> bool {
        let possessive = |word: &Word| POSSESSIVES.contains(&word.surface) || word.surface == THE;
        self.words.last().is_some_and(|word| possessive(word) || word.person() == Some(Person::Relative))
    }

    fn push(&mut self, start: usize, end: usize, lower: &str) {
        if start >= end || self.words.len() >= LONGEST {
            return;
        }
        let surface = hash(lower);
        let (mut found, mut forms, mut count) = (None, [surface; FORMS], 0);
        WORDS.lemmas(lower, |lemma| {
            forms[count] = lemma;
            count = (count + 1).min(FORMS - 1);
            let Some(entry) = WORDS.entries.get(&lemma) else { return };
            // Function words have no endings: "noted" is no form of "not".
            if lemma != surface && entry.grammatical() {
                return;
            }
            if found.is_none_or(|(_, before): (u64, &Entry)| entry.hand_made() && !before.hand_made()) {
                found = Some((lemma, entry));
            }
        });
        let entry = found.map(|(_, entry)| entry);
        let stem = WORDS.stem(lower);
        let lemma = found.map_or(stem, |(lemma, _)| lemma);
        if entry.is_some_and(|entry| entry.connective) && !self.first {
            self.clause += 1;
        }
        let function = entry.is_some_and(|entry| entry.function && !entry.opposes());
        let weight = if function || lower.len() < 2 && lower.starts_with(char::is_alphabetic) {
            0.0
        } else {
            WORDS.weight(stem)
        };
        let name = !self.first && self.text[start..end].starts_with(char::is_uppercase);
        self.words.push(Word {
            at: start..end,
            surface,
            lemma,
            stem,
            forms,
            entry,
            weight,
            sentence: self.sentence,
            clause: self.clause,
            name,
            quantity: None,
            negated: false,
        });
        self.first = false;
    }

    /// Joins the words of each phrase that the lexicon knows; the longest wins.
    pub fn phrases(&mut self) {
        let mut joined: Vec<Word> = Vec::with_capacity(self.words.len());
        let mut at = 0;
        while at < self.words.len() {
            match phrase(&self.words[at..]) {
                Some((id, _)) if WORDS.entries.get(&id).is_some_and(Entry::only_modal) => {
                    self.modal.extend(WORDS.entries.get(&id).and_then(|entry| entry.modality));
                    joined.push(self.words[at].clone());
                    at += 1;
                }
                Some((id, length)) => {
                    let last = &self.words[at + length - 1];
                    let entry = WORDS.entries.get(&id);
                    let mut word = self.words[at].clone();
                    word.at.end = last.at.end;
                    (word.surface, word.lemma, word.stem, word.entry) = (id, id, id, entry);
                    let silent = entry.is_some_and(|entry| {
                        !entry.opposes()
                            && entry.synonyms.is_empty()
                            && (entry.function
                                || entry.operator.is_some()
                                || entry.modality.is_some()
                                || entry.bound.is_some()
                                || entry.excepts
                                || entry.quantifier.is_some())
                    });
                    word.weight = if silent {
                        0.0
                    } else {
                        self.words[at..at + length].iter().map(|w| w.weight).fold(3.0, f32::max)
                    };
                    joined.push(word);
                    at += length;
                }
                None => {
                    joined.push(self.words[at].clone());
                    at += 1;
                }
            }
        }
        self.words = joined;
    }
}

/// Returns the hash and the number of words of the phrase that the words begin with.
fn phrase(words: &[Word]) -> Option<(u64, usize)> {
    let first = words.first()?;
    let begun = first.forms.iter().filter_map(|start| Some((*start, WORDS.phrases.get(start)?)));
    begun
        .flat_map(|(start, phrases)| phrases.iter().map(move |phrase| (start, phrase)))
        .filter(|(start, phrase)| {
            // "The votes needed to win" says no obligation: a modal phrase stands as it is written.
            let modal = WORDS.entries.get(&phrase.id).is_some_and(Entry::only_modal);
            let rest = words.get(1..=phrase.rest.len());
            (!modal || *start == first.surface)
                && rest.is_some_and(|rest| {
                    rest.iter()
                        .zip(&phrase.rest)
                        .all(|(word, &part)| word.forms.contains(&part) && word.sentence == first.sentence)
                })
        })
        .map(|(_, phrase)| (phrase.id, phrase.rest.len() + 1))
        .max_by_key(|&(id, length)| (length, id))
}

/// Returns a word in the form the tables have: lower case, straight apostrophes, accents folded.
fn lower(written: &str) -> String {
    folded(written).replace(is_apostrophe, "'")
}

/// Returns the length of the minus sign that `rest` begins with, when a number follows and no word stands right before it.
fn signed(before: &str, rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(sign) = chars.next().filter(|&c| matches!(c, '-' | '−')) else { return 0 };
    let number = chars.next().is_some_and(|c| c.is_ascii_digit())
        || rest[sign.len_utf8()..].starts_with(['$', '€', '£']) && chars.next().is_some_and(|c| c.is_ascii_digit());
    let apart = before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“'));
    if number && apart { sign.len_utf8() } else { 0 }
}

/// Tells whether a dash stands between two digits: a range, and no break.
fn joins_digits(text: &str, at: usize, mark: char) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '%'));
    digit(text[..at].trim_end().chars().next_back()) && digit(text[at + mark.len_utf8()..].trim_start().chars().next())
}

fn starts(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '%')
}

/// Returns the length in bytes of the word that `text` begins with: letters, digits, and marks between them. After the name of a
/// month (`dated`) a blank ends a number.
fn length(text: &str, dated: bool) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    let mut digits = false;
    // Digits since the number began or since the last mark in it.
    let mut run = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let inside = match c {
            '%' => at == 0,
            '$' | '€' | '£' => at == 0 && next.is_some_and(|c| c.is_ascii_digit()),
            c if groups(c) && digits && grouped(&text[at + c.len_utf8()..]) && run <= 3 => c != ' ' || !dated,
            ':' => digits && run == at && at <= 2 && minutes(&text[at + 1..]),
            '-' => next.is_some_and(char::is_alphanumeric),
            c if is_apostrophe(c) => next.is_some_and(char::is_alphanumeric),
            '.' | ',' => {
                digits && next.is_some_and(|c| c.is_ascii_digit()) || c == '.' && abbreviation(&text[..at], next)
            }
            c => c.is_alphanumeric() || is_mark(c),
        };
        if !inside {
            break;
        }
        digits = c.is_ascii_digit();
        run = if digits { run + 1 } else { 0 };
        end = at + c.len_utf8();
        if c == '%' {
            break;
        }
    }
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

/// Tells whether three digits and no more begin a text.
fn grouped(rest: &str) -> bool {
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    count == 3 && !rest[3..].starts_with(|c: char| c.is_alphabetic() || c == ':')
}

/// Tells whether a text begins with the minutes of a time of day.
fn minutes(rest: &str) -> bool {
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    count == 2 && rest.starts_with(|c: char| c < '6') && !rest[2..].starts_with(':')
}

/// Tells whether a full stop after `before` belongs to an abbreviation of single letters: `U.S`.
fn abbreviation(before: &str, next: Option<char>) -> bool {
    let letters = before.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    letters && next.is_some_and(char::is_alphabetic)
}
/// Tells whether a byte begins the ` [...] ` between two pieces of a quotation. Pieces of a paraphrase are one sentence: the reporter's
/// words stood between them.
pub(super) fn piece_ends(text: &str, at: usize) -> bool {
    let Some(after) = text[at..].strip_prefix("[...]") else { return false };
    text[..at].trim_end().ends_with(['"', '”', '’', '\'', '.', '!', '?', '»'])
        || after.trim_start().starts_with(['"', '“', '‘', '\'', '«'])
}
