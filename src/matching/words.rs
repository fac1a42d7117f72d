//! A claim's text becomes matching terms: stems, figures and canonical names, in order, each with its flags.
//!
//! Links, tweet pictures and possessive endings are dropped, hyphened and camel-case words are taken apart, number words
//! and scales become figures (`two million` and `2,000,000` are both `#2000000`). It never fails; only the first
//! [`MOST_TERMS`] terms are read, so a text of any length costs linear time and bounded memory.

use super::lexicon::{PHRASES, stop_class};
use crate::lexicon::letters::{fold, is_mark};
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::text::tokens::is_apostrophe;
use rust_stemmers::{Algorithm, Stemmer};

/// The number of terms after which the rest of a text is not read.
pub(crate) const MOST_TERMS: usize = 400;
/// Longer words are cut here (bytes, at a character boundary).
const LONGEST_WORD: usize = 48;

/// Stands before a stop word.
pub(crate) const STOP_MARK: char = '~';
/// Stands before a figure.
pub(crate) const FIGURE_MARK: char = '#';

/// What kind of word a term stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TermKind {
    /// A word without content of its own: kept for word order, never searched.
    Stop,
    Word,
    Figure,
}

impl TermKind {
    /// Returns the kind with this number; an unknown one is a word.
    pub const fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Stop,
            2 => Self::Figure,
            _ => Self::Word,
        }
    }
}

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// The stem, `#figure`, `~stop word` or canonical name: so no two kinds share a text.
    pub text: String,
    pub kind: TermKind,
    /// Written with a capital inside a sentence: probably a name.
    pub name: bool,
    /// Bytes of the text it was read from, end exclusive.
    pub start: u32,
    pub end: u32,
}

impl Term {
    /// Returns the words as the text has them.
    pub fn written<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A word as the text has it: lower case, accents folded.
#[derive(Debug, Default)]
struct Raw {
    text: String,
    name: bool,
    /// A digit begins it.
    figure: bool,
    start: u32,
    end: u32,
}

/// Returns the terms of a text, in order.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let raw = raw_words(text);
    let stemmer = Stemmer::create(Algorithm::English);
    let mut terms = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() && terms.len() < MOST_TERMS {
        if let Some((canonical, taken)) = phrase_at(&raw[at..]) {
            let name = raw[at..at + taken].iter().any(|word| word.name);
            let (start, end) = (raw[at].start, raw[at + taken - 1].end);
            terms.push(Term { text: stem(&stemmer, canonical), kind: TermKind::Word, name, start, end });
            at += taken;
            continue;
        }
        if let Some((figure, taken)) = figure_at(&raw[at..]) {
            let (start, end) = (raw[at].start, raw[at + taken - 1].end);
            terms.push(Term { text: figure, kind: TermKind::Figure, name: false, start, end });
            at += taken;
            continue;
        }
        let word = &raw[at];
        let stop = stop_class(&word.text).is_some();
        let (kind, text) = match stop {
            true => (TermKind::Stop, format!("{STOP_MARK}{}", word.text)),
            false => (TermKind::Word, stem(&stemmer, &word.text)),
        };
        terms.push(Term { text, kind, name: word.name && !stop, start: word.start, end: word.end });
        at += 1;
    }
    terms
}

fn stem(stemmer: &Stemmer, word: &str) -> String {
    if word.is_ascii() { stemmer.stem(word).into_owned() } else { word.to_owned() }
}

/// Returns a single lower-case word as the index writes it.
pub(crate) fn stemmed(word: &str) -> String {
    let canonical = phrase_at(&[Raw { text: word.to_owned(), ..Raw::default() }]);
    stem(&Stemmer::create(Algorithm::English), canonical.map_or(word, |(canonical, _)| canonical))
}

/// Returns the canonical word of the longest phrase that begins here, and how many words it takes.
fn phrase_at(raw: &[Raw]) -> Option<(&'static str, usize)> {
    let list = PHRASES.get(raw.first()?.text.as_str())?;
    let fits =
        |rest: &[&str]| raw.len() > rest.len() && rest.iter().zip(&raw[1..]).all(|(word, have)| *word == have.text);
    list.iter().find(|(rest, _)| fits(rest)).map(|(rest, canonical)| (*canonical, rest.len() + 1))
}

/// Reads `4,300`, `2.5 million`, `two hundred`; returns `#value` and the number of words it takes.
fn figure_at(raw: &[Raw]) -> Option<(String, usize)> {
    let first = raw.first()?;
    // "One" is a word like "someone" more often than a figure.
    let mut value = match number_word(&first.text) {
        Some(NumberWord::Cardinal(value)) if value > 1.0 => value,
        None if first.figure => first.text.parse::<f64>().ok()?,
        _ => return None,
    };
    let mut taken = 1;
    while let Some(NumberWord::Scale(scale)) = raw.get(taken).and_then(|word| number_word(&word.text)) {
        value *= scale;
        taken += 1;
    }
    Some((format!("{FIGURE_MARK}{value}"), taken))
}

/// Splits a text into lower-case words with accents folded.
fn raw_words(text: &str) -> Vec<Raw> {
    let mut words = Vec::new();
    let mut fresh = true;
    let shouted = is_shouted(text);
    for chunk in text.split_whitespace() {
        if words.len() >= MOST_TERMS {
            break;
        }
        // Both point into one text, so the difference is the chunk's place in it.
        let offset = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let chunk = before_link(chunk);
        chunk_words(chunk, offset, fresh, shouted, &mut words);
        let last = chunk.trim_end_matches(['"', '”', '’', '\'', ')']).chars().next_back();
        fresh =
            matches!(last, Some('.' | '!' | '?' | ':')) && chunk.chars().filter(char::is_ascii_alphabetic).count() > 1;
    }
    words
}

/// Tells whether a text is written in capitals throughout, so that capitals say nothing about names.
fn is_shouted(text: &str) -> bool {
    let sample = text.chars().take(400).filter(|c| c.is_alphabetic());
    let (upper, all) = sample.fold((0, 0), |(upper, all), c| (upper + usize::from(c.is_uppercase()), all + 1));
    upper * 2 > all
}

fn before_link(chunk: &str) -> &str {
    let starts = ["http://", "https://", "www.", "pic.twitter.com"];
    let cut = starts.iter().filter_map(|start| chunk.find(start)).min();
    &chunk[..cut.unwrap_or(chunk.len())]
}

/// Takes one chunk without white space apart: at punctuation, but not inside `4,300`, `U.S.` or `don't`.
fn chunk_words(chunk: &str, offset: usize, fresh: bool, shouted: bool, words: &mut Vec<Raw>) {
    let mut run = Run { text: String::new(), start: 0, end: 0, fresh, shouted };
    let mut chars = chunk.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let here = offset + at;
        let next = chars.peek().map(|&(_, c)| c);
        let last = run.text.chars().next_back();
        let ends_in = |test: fn(char) -> bool| last.is_some_and(test);
        let goes_on = |test: fn(char) -> bool| next.is_some_and(test);
        if is_ideograph(c) {
            run.finish(words);
            run.push(c, here);
            run.finish(words);
        } else if c.is_alphanumeric() && !is_apostrophe(c) || is_mark(c) && !run.text.is_empty() {
            run.push(c, here);
        } else if is_apostrophe(c) && ends_in(char::is_alphabetic) && goes_on(char::is_alphabetic) {
            run.push('\'', here);
            run.end = here + c.len_utf8();
        } else if matches!(c, ',' | '.') && ends_in(|c| c.is_ascii_digit()) && goes_on(|c| c.is_ascii_digit()) {
            if c == '.' {
                run.push(c, here);
            }
        } else if c == '.' && ends_in(char::is_alphabetic) && is_initials(&run.text) && goes_on(char::is_alphabetic) {
            run.push(c, here);
        } else {
            run.finish(words);
            if c == '%' {
                let (start, end) = (here as u32, here as u32 + 1);
                words.push(Raw { text: "percent".to_owned(), start, end, ..Raw::default() });
            }
        }
        if run.text.len() > LONGEST_WORD {
            run.finish(words);
        }
        if words.len() >= MOST_TERMS {
            return;
        }
    }
    run.finish(words);
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Tells whether a run so far is `U` or `U.S`: single letters with points between.
fn is_initials(run: &str) -> bool {
    run.split('.').all(|part| part.chars().count() == 1)
}

/// The letters or digits read since the last break.
#[derive(Debug)]
struct Run {
    text: String,
    /// Bytes of the whole text it covers.
    start: usize,
    end: usize,
    /// At the start of a sentence, where a capital says nothing.
    fresh: bool,
    shouted: bool,
}

impl Run {
    fn push(&mut self, c: char, at: usize) {
        if self.text.is_empty() {
            self.start = at;
        }
        self.text.push(c);
        self.end = at + c.len_utf8();
    }

    /// Ends the run: splits camel case, drops a possessive ending, folds case and accents.
    fn finish(&mut self, words: &mut Vec<Raw>) {
        if self.text.is_empty() {
            return;
        }
        let whole = std::mem::take(&mut self.text);
        let cut = camel_case(&whole);
        for (part, place) in [(&whole[..cut], 0), (&whole[cut..], cut)] {
            if part.is_empty() {
                continue;
            }
            let capital = part.chars().next().is_some_and(char::is_uppercase);
            let acronym = !self.shouted && part.len() > 1 && part.chars().all(|c| c.is_uppercase() || c == '.');
            let mut text: String = part.chars().flat_map(char::to_lowercase).flat_map(fold).collect();
            if text == "us" && acronym {
                "u.s".clone_into(&mut text);
            }
            if text.ends_with("'s") && stop_class(&text).is_none() {
                text.truncate(text.len() - 2);
            }
            let figure = text.starts_with(|c: char| c.is_ascii_digit());
            let name = capital && !self.shouted && (!self.fresh || acronym);
            let start = (self.start + place) as u32;
            let end = if place == 0 && cut > 0 { (self.start + cut) as u32 } else { self.end as u32 };
            words.push(Raw { text, name, figure, start, end });
            self.fresh = false;
        }
    }
}

/// Returns the byte where `AfricanAmerican` comes apart, or 0: both parts must have four letters or more.
fn camel_case(word: &str) -> usize {
    let mut before = false;
    let cut = word.char_indices().find(|(_, c)| {
        let here = before && c.is_uppercase();
        before = c.is_lowercase();
        here
    });
    cut.map_or(0, |(at, _)| if at >= 4 && word.len() - at >= 4 { at } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let terms = terms(text);
        let content = terms.iter().filter(|term| term.kind != TermKind::Stop);
        assert_eq!(content.map(|term| term.text.as_str()).collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn words_become_stems_figures_and_canonical_names() {
        check("Two million bridges collapsed", "#2000000 bridg collaps");
        check("2,000,000 bridges, 51% rusty", "#2000000 bridg #51 percent rusti");
        check("It cost $2.5 billion.", "#2500000000".replace('#', "cost #").as_str());
        check("The U.S. and the US and the United States", "usa usa usa");
        check("The mayor's Café", "mayor cafe");
        check("CityHall voters", "citi hall vote");
        check("see https://example.org/a?b=c now www.example.org", "see");
        check("a non-binding rule", "bind rule");
    }

    #[test]
    fn capitals_inside_a_sentence_are_names() {
        let name = |text: &str| terms(text).into_iter().filter(|t| t.name).map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(name("Bridges in Arden. Nobody told NATO."), ["arden", "nato"]);
        assert_eq!(name("BRIDGES IN ARDEN"), Vec::<String>::new());
    }

    #[test]
    fn odd_input_is_read_and_bounded() {
        for odd in ["", "\u{0}\u{1b}[31m", "\"“”’'", "é́́", "....", "%%%", "东京大学", "'s", "’tis"] {
            let _ = terms(odd);
        }
        assert!(terms(&"x".repeat(2_000_000)).len() <= MOST_TERMS);
        assert!(terms(&"a b ".repeat(500_000)).len() <= MOST_TERMS);
    }
}
