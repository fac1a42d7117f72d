//! The hashed small facts about each token that taggers, the parser and the readers build their features from.
//!
//! Refuses to look at anything but the written word: tags and heads come later.

use crate::span::{Span, Text};
use crate::text::linear::{hash, mix};

/// What is known of one written word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Atom {
    /// Hash of the word in lower case, curly apostrophes straightened and digits made one.
    pub word: u64,
    /// Hashes of its last one, two and three letters and its first three.
    pub suffix: [u64; 3],
    pub prefix: u64,
    /// Hash of its shape: `Xx`, `X.X.`, `9`, with runs shortened.
    pub shape: u64,
    pub case: Case,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    #[default]
    Lower,
    Capital,
    Upper,
    Number,
    Mark,
}

/// Returns the atoms of the tokens at `spans`.
pub fn atoms(text: &Text, spans: impl Iterator<Item = Span>) -> Vec<Atom> {
    let mut lower = String::new();
    spans.map(|span| atom(text.slice(span), &mut lower)).collect()
}

/// Returns the atom of one word; `lower` is scratch space.
pub fn atom(word: &str, lower: &mut String) -> Atom {
    lower.clear();
    let mut shape = 0u64;
    let (mut last, mut run) = (' ', 0);
    let (mut letters, mut uppers, mut digits, mut first_upper) = (0, 0, 0, false);
    for (index, c) in word.chars().take(60).enumerate() {
        let kind = if c.is_lowercase() {
            letters += 1;
            'x'
        } else if c.is_uppercase() {
            letters += 1;
            uppers += 1;
            first_upper |= index == 0;
            'X'
        } else if c.is_ascii_digit() {
            digits += 1;
            '9'
        } else if c.is_alphabetic() {
            letters += 1;
            'x'
        } else {
            c
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            shape = mix(shape, u64::from(u32::from(kind)));
        }
        match c {
            '’' | '‘' | 'ʼ' => lower.push('\''),
            '“' | '”' | '„' | '«' | '»' => lower.push('"'),
            '–' | '—' => lower.push_str("--"),
            _ if c.is_ascii_digit() => lower.push('0'),
            _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            _ => lower.extend(c.to_lowercase()),
        }
    }
    let case = match () {
        () if letters == 0 && digits == 0 => Case::Mark,
        () if letters == 0 => Case::Number,
        () if uppers > 1 && uppers == letters => Case::Upper,
        () if first_upper => Case::Capital,
        () => Case::Lower,
    };
    let bytes = lower.as_bytes();
    let tail = |n: usize| bytes[bytes.len().saturating_sub(n)..].iter().fold(n as u64, |h, &b| mix(h, u64::from(b)));
    let head = bytes[..bytes.len().min(3)].iter().fold(9, |h, &b| mix(h, u64::from(b)));
    Atom { word: hash(lower), suffix: [tail(1), tail(2), tail(3)], prefix: head, shape, case }
}
