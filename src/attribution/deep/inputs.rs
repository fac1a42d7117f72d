//! What the encoder sees of a document: word pieces, and for each word its letter case, its place in a quotation, and
//! whether a sentence or a paragraph begins with it.
//!
//! Training reads these same values (`examples/deep_inputs.rs` writes them), so both sides cut words alike.

use crate::encoder::pieces::Pieces;
use crate::text::Document;

/// The inputs of one document; every list but `pieces` has one entry a token.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The pieces of all tokens, one after another.
    pub pieces: Vec<u32>,
    /// Where the pieces of each token begin, and one entry more: where the last ones end.
    pub starts: Vec<u32>,
    /// Letter case, below [`CASES`].
    pub cases: Vec<u8>,
    /// Place in a quotation, below [`PLACES`].
    pub places: Vec<u8>,
    /// What begins here, below [`BREAKS`].
    pub breaks: Vec<u8>,
}

/// Letter cases: lower, capital first, all capitals, mixed, no letter, digits.
pub const CASES: usize = 6;
/// Places: outside, inside, inside a quotation that goes on over paragraphs, at its first mark, at its last mark, nested.
pub const PLACES: usize = 6;
/// Breaks: none, a sentence begins, a paragraph begins.
pub const BREAKS: usize = 3;

/// No token has more pieces than this: the rest of an endless word is left out.
const MOST_PIECES: usize = 24;

impl Inputs {
    /// Prepares a document.
    pub fn of(document: &Document, pieces: &Pieces) -> Self {
        let count = document.tokens.len();
        let mut inputs = Self { starts: Vec::with_capacity(count + 1), ..Self::default() };
        for token in 0..count {
            let word = document.word(token);
            let start = inputs.pieces.len();
            inputs.starts.push(start as u32);
            pieces.cut(word, &mut inputs.pieces);
            inputs.pieces.truncate(start + MOST_PIECES);
            inputs.cases.push(case(word));
        }
        inputs.starts.push(inputs.pieces.len() as u32);
        inputs.places = places(document);
        inputs.breaks = breaks(document);
        inputs
    }
}

fn case(word: &str) -> u8 {
    let (mut upper, mut lower, mut digit) = (0, 0, 0);
    for c in word.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        digit += usize::from(c.is_numeric());
    }
    match (upper, lower) {
        (0, 0) if digit > 0 => 5,
        (0, 0) => 4,
        (0, _) => 0,
        (1, 0) if word.chars().count() == 1 => 1,
        (_, 0) => 2,
        (1, _) if word.chars().next().is_some_and(char::is_uppercase) => 1,
        _ => 3,
    }
}

fn places(document: &Document) -> Vec<u8> {
    let mut places = vec![0; document.tokens.len()];
    for quote in &document.quotes {
        let range = document.tokens_in(quote.span);
        let inside = match (quote.depth, quote.closed && !quote.continues) {
            (0, true) => 1,
            (0, false) => 2,
            _ => 5,
        };
        for token in range {
            let span = document.tokens[token].span;
            places[token] = if quote.depth > 0 || quote.inner.contains(span) {
                inside
            } else if span.start < quote.inner.start {
                3
            } else {
                4
            };
        }
    }
    places
}

fn breaks(document: &Document) -> Vec<u8> {
    let mut breaks = vec![0; document.tokens.len()];
    let mut block = None;
    for sentence in &document.sentences {
        if let Some(first) = breaks.get_mut(sentence.tokens.start) {
            *first = if block == Some(sentence.block) { 1 } else { 2 };
        }
        block = Some(sentence.block);
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};
    use crate::text::analyze;

    fn inputs(text: &str) -> Inputs {
        let article = read(text.as_bytes(), "2019-01-02.txt", &Given::default()).unwrap();
        let pieces = Pieces::new("[UNK]\n[CLS]\n[SEP]\nhe").unwrap();
        Inputs::of(&analyze(&article), &pieces)
    }

    #[test]
    fn case_place_and_breaks_are_told_for_each_token() {
        let found = inputs("He said: “Good. NATO won’t.”\nMcKay left 9 men.");
        assert_eq!(found.cases, [1, 0, 4, 4, 1, 4, 2, 0, 0, 4, 4, 3, 0, 5, 0, 4]);
        assert_eq!(found.places[3..12], [3, 1, 1, 1, 1, 1, 1, 4, 0]);
        assert_eq!(found.breaks.iter().filter(|&&b| b == 2).count(), 2);
        assert_eq!(found.starts.len(), found.cases.len() + 1);
    }

    #[test]
    fn an_endless_word_has_few_pieces() {
        let found = inputs(&format!("He {} left.", "-".repeat(900)));
        assert!(found.starts.windows(2).all(|pair| pair[1] - pair[0] <= MOST_PIECES as u32));
    }
}
