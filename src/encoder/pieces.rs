//! Cuts words into the pieces of an uncased BERT vocabulary (WordPiece: the longest known piece first).
//!
//! Refuses to guess: a word with a part that no piece covers is the one piece `[UNK]`. Letter case and accents are
//! dropped before, as the vocabulary was made; the reader gets the case back as an input of its own.
//! Method: Devlin et al. 2019; Wu et al. 2016.

use std::collections::HashMap;

/// Words longer than this many characters are unknown, as in the reference tokenizer.
const LONGEST_WORD: usize = 100;

/// A vocabulary of pieces; the number of a piece is its row in the table of the encoder.
#[derive(Debug)]
pub struct Pieces {
    rows: HashMap<Box<str>, u32>,
    /// Length of the longest piece, in bytes, so that no look-up is longer than it has to be.
    longest: usize,
    pub unknown: u32,
    pub first: u32,
    pub last: u32,
}

impl Pieces {
    /// Reads a vocabulary: one piece a line, a piece inside a word written `##piece`; `None` when a special piece is missing.
    pub fn new(lines: &str) -> Option<Self> {
        let rows: HashMap<Box<str>, u32> =
            lines.lines().enumerate().map(|(row, piece)| (Box::from(piece), row as u32)).collect();
        let longest = rows.keys().map(|piece| piece.len()).max()?;
        let special = |piece: &str| rows.get(piece).copied();
        let (unknown, first, last) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(Self { rows, longest, unknown, first, last })
    }

    /// Returns the number of pieces.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Appends the pieces of one token, at least one; marks inside it are pieces of their own.
    pub fn cut(&self, token: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let mut word = String::new();
        for c in token.chars() {
            if is_mark(c) {
                self.cut_word(&word, out);
                word.clear();
                let mut buffer = [0; 4];
                out.push(self.rows.get(&*c.encode_utf8(&mut buffer)).copied().unwrap_or(self.unknown));
            } else {
                fold(c, &mut word);
            }
        }
        self.cut_word(&word, out);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    fn cut_word(&self, word: &str, out: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        if let Some(&row) = self.rows.get(word) {
            out.push(row);
            return;
        }
        if word.chars().count() > LONGEST_WORD {
            out.push(self.unknown);
            return;
        }
        let before = out.len();
        let mut piece = String::new();
        let mut at = 0;
        while at < word.len() {
            piece.clear();
            if at > 0 {
                piece.push_str("##");
            }
            let head = piece.len();
            let mut end = word.len().min(at + self.longest);
            while !word.is_char_boundary(end) {
                end -= 1;
            }
            piece.push_str(&word[at..end]);
            let row = loop {
                if piece.len() == head {
                    break None;
                }
                match self.rows.get(piece.as_str()) {
                    Some(&row) => break Some(row),
                    None => piece.pop(),
                };
            };
            let Some(row) = row else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(row);
            at += piece.len() - head;
        }
    }
}

/// Tells whether a character is a piece of its own: ASCII marks, Unicode punctuation and symbols, CJK letters.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{a1}'..='\u{bf}' if !matches!(c, 'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' | '\u{ad}'))
        || matches!(c, '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}')
        || matches!(c, '\u{2100}'..='\u{2bff}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
        || c >= '\u{1f000}'
}

/// Appends a character in lower case without its accent; combining accents and invisible characters vanish.
fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        if !c.is_ascii_control() {
            out.push(c.to_ascii_lowercase());
        }
        return;
    }
    if matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fe0f}')
        || c.is_control()
    {
        return;
    }
    for lower in c.to_lowercase() {
        let plain = ACCENTS.iter().find(|(_, accented)| accented.contains(lower)).map(|&(plain, _)| plain);
        match plain {
            Some(plain) => out.push(plain),
            None if matches!(lower, '\u{300}'..='\u{36f}') => {}
            None => out.push(lower),
        }
    }
}

/// The letters that canonical decomposition strips to a plain letter.
const ACCENTS: [(char, &str); 23] = [
    ('a', "àáâãäåāăąǎ"),
    ('c', "çćĉċč"),
    ('d', "ď"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģǧ"),
    ('h', "ĥ"),
    ('i', "ìíîïĩīĭįǐ"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľ"),
    ('n', "ñńņňǹ"),
    ('o', "òóôõöōŏőơǒ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťț"),
    ('u', "ùúûüũūŭůűųưǔ"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
    ('е', "ё"),
    ('и', "й"),
    ('ي', "ئ"),
    ('ا', "آأإ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str, expected: &str) {
        let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n.\n-\n’\nu\ns\nspeak\n##er\n##s\ncafe\n##a\n##b";
        let pieces = Pieces::new(vocabulary).unwrap();
        let names: Vec<&str> = vocabulary.lines().collect();
        let mut rows = Vec::new();
        pieces.cut(token, &mut rows);
        assert_eq!(rows.iter().map(|&row| names[row as usize]).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn words_are_cut_into_their_longest_pieces() {
        check("Speakers", "speak ##er ##s");
        check("U.S.", "u . s .");
        check("Café-speaker’s", "cafe - speak ##er ’ s");
    }

    #[test]
    fn odd_words_are_unknown_and_never_empty() {
        check("speakz", "[UNK]");
        check("", "[UNK]");
        check("\u{301}", "[UNK]");
        check(&"sab".repeat(40), "[UNK]");
        check("世", "[UNK]");
    }

    #[test]
    fn a_vocabulary_without_special_pieces_is_refused() {
        assert!(Pieces::new("a\nb").is_none());
        assert!(Pieces::new("").is_none());
    }
}
