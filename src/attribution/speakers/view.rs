//! A read-only view of a document's tokens: words, tags, entities, roles; everything the speaker modules ask of the text.
//!
//! Refuses to decide who is who.

use crate::attribution::rules::datelines;
use crate::lexicon::people::{self, NamePart, Role};
use crate::span::Span;
use crate::text::{Document, Entity};
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

/// Longest role in words: "deputy assistant secretary of state".
const LONGEST_ROLE: usize = 5;
/// Characters of a quotation in which somebody speaks, however it ends; and words of one that a comma or a full stop closes.
const LONG: u32 = 40;
const FEW: usize = 3;

/// The words of a document, sliced once.
pub(super) struct View<'a> {
    pub document: &'a Document,
    words: Vec<&'a str>,
    /// Words that stand somewhere in lower case.
    common: HashSet<&'a str>,
    /// Capitalised words that stand right behind "in", "at", "near" or "from"; gathered when first asked for.
    located: OnceCell<HashSet<&'a str>>,
    /// Number of the sentence of each token.
    sentence: Vec<u32>,
    /// Whether each token stands inside quotation marks.
    quoted: Vec<bool>,
    /// Words that end a name which a given name opens: "May" where "Clara May" stands.
    surnames: HashSet<&'a str>,
    /// Words that end a name of two words which the tagger takes for a person's: "Brass" of "Nikkie Brass".
    tagged: HashSet<&'a str>,
    datelines: Vec<Range<usize>>,
}

impl<'a> View<'a> {
    pub fn new(document: &'a Document) -> Self {
        let tokens = document.tokens.len();
        let words: Vec<&str> = document.tokens.iter().map(|t| document.text.slice(t.span)).collect();
        let common = words.iter().copied().filter(|w| w.starts_with(char::is_lowercase)).collect();
        let mut sentence = vec![0u32; tokens];
        for (number, s) in document.sentences.iter().enumerate() {
            for slot in &mut sentence[s.tokens.start.min(tokens)..s.tokens.end.min(tokens)] {
                *slot = number as u32;
            }
        }
        let mut quoted = vec![false; tokens];
        // A name or a few words in marks are no quotation; words that a comma or a full stop closes are: “I met Ruiz twice,”.
        let ends = |token: usize| matches!(document.word(token), "," | "." | "!" | "?");
        let says = |quote: &&crate::text::Quote| {
            let inside = document.tokens_in(quote.inner);
            quote.inner.len() > LONG || inside.len() > FEW && inside.last().is_some_and(ends)
        };
        for quote in document.quotes.iter().filter(|q| q.depth == 0).filter(says) {
            for slot in &mut quoted[document.tokens_in(quote.inner)] {
                *slot = true;
            }
        }
        let capital = |word: &&&str| word.starts_with(char::is_uppercase) && word.len() > 2;
        let surnames = words.windows(2).filter(|pair| people::given_name(pair[0]).is_some()).map(|pair| &pair[1]);
        let surnames = surnames.filter(capital).copied().collect();
        let person = |t: usize| document.tokens.get(t).is_some_and(|token| token.entity == Entity::Person);
        let full = |t: &usize| {
            (*t..t + 2).all(|t| person(t) && capital(&&words[t])) && people::role(&words[*t].to_lowercase()).is_none()
        };
        let tagged = (0..tokens.saturating_sub(1)).filter(full).map(|token| words[token + 1]).collect();
        let datelines = datelines(document).into_iter().map(|span| document.tokens_in(span)).collect();
        Self { document, words, common, located: OnceCell::new(), sentence, quoted, surnames, tagged, datelines }
    }

    /// Tells whether a token stands in a dateline.
    pub fn in_dateline(&self, token: usize) -> bool {
        self.datelines.iter().any(|dateline| dateline.contains(&token))
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the word as written; past the end gives the empty word.
    pub fn word(&self, token: usize) -> &'a str {
        self.words.get(token).copied().unwrap_or("")
    }

    /// Tells whether the document also writes a word in lower case, so that its capital tells nothing.
    pub fn is_common(&self, lower: &str) -> bool {
        self.common.contains(lower)
    }

    /// Tells whether something happens in, at or near what a capitalised word names.
    pub fn is_located(&self, word: &str) -> bool {
        let located = || {
            let before =
                |word: &str| matches!(word, "in" | "at" | "near" | "from" | "outside" | "In" | "At" | "Near" | "From");
            let pairs = self.words.windows(2).filter(|pair| before(pair[0]) && pair[1].starts_with(char::is_uppercase));
            pairs.map(|pair| pair[1]).collect()
        };
        self.located.get_or_init(located).contains(word)
    }

    /// Tells whether the document uses a word as the surname of somebody with a given name.
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// Tells whether the document seems to use a word as a surname, where no list has the given name.
    pub fn seems_surname(&self, word: &str) -> bool {
        self.tagged.contains(word)
    }

    pub fn lower(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    pub fn tag(&self, token: usize) -> &'static str {
        self.document.tokens.get(token).map_or("", |t| t.tag.name())
    }

    pub fn entity(&self, token: usize) -> Entity {
        self.document.tokens.get(token).map_or(Entity::None, |t| t.entity)
    }

    pub fn sentence(&self, token: usize) -> usize {
        self.sentence.get(token).map_or(0, |&s| s as usize)
    }

    /// Returns the tokens of the sentence that holds `token`.
    pub fn around(&self, token: usize) -> Range<usize> {
        self.document.sentences.get(self.sentence(token)).map_or(token..token, |s| s.tokens.clone())
    }

    pub fn block(&self, token: usize) -> usize {
        self.document.sentences.get(self.sentence(token)).map_or(0, |s| s.block)
    }

    /// Tells whether the token stands inside a quotation of more than a few words.
    pub fn is_quoted(&self, token: usize) -> bool {
        self.quoted.get(token).copied().unwrap_or(false)
    }

    pub fn span(&self, tokens: &Range<usize>) -> Span {
        let at = |token: usize| self.document.tokens.get(token).map(|t| t.span);
        match (at(tokens.start), tokens.end.checked_sub(1).and_then(at)) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.cover(last),
            (Some(first), _) => Span::new(first.start, first.start),
            _ => Span::new(0, 0),
        }
    }

    /// Returns the exact words of a token range.
    pub fn text(&self, tokens: &Range<usize>) -> &'a str {
        self.document.text.slice(self.span(tokens))
    }

    /// Tells whether a word has the capital of a name, behind a small prefix as well: "al-Bashir", "d’Estaing".
    pub fn is_capital(&self, token: usize) -> bool {
        let word = self.word(token);
        let behind = || word.split_once(['-', '\'', '’']).filter(|(prefix, _)| (1..=3).contains(&prefix.len()));
        word.starts_with(char::is_uppercase) || behind().is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
    }

    pub fn is_comma(&self, token: usize) -> bool {
        self.word(token) == ","
    }

    /// Tells whether a comma or a dash stands at a token.
    pub fn is_break(&self, token: usize) -> bool {
        self.is_comma(token) || matches!(self.word(token), "-" | "--" | "–" | "—")
    }

    pub fn is_verb(&self, token: usize) -> bool {
        self.tag(token).starts_with("VB") || self.tag(token) == "MD"
    }

    pub fn is_noun(&self, token: usize) -> bool {
        self.tag(token).starts_with("NN")
    }

    /// Tells whether the token is a possessive ending ("'s").
    pub fn is_possessive(&self, token: usize) -> bool {
        self.tag(token) == "POS" || matches!(self.word(token), "’s" | "'s")
    }

    /// Returns the longest role that begins at a token and ends before `end`, with its length in tokens.
    pub fn role_at(&self, token: usize, end: usize) -> Option<(&'static Role, usize)> {
        let longest = LONGEST_ROLE.min(end.saturating_sub(token));
        let mut words = String::new();
        let mut best = None;
        for n in 0..longest {
            if n > 0 {
                words.push(' ');
            }
            words.push_str(&self.lower(token + n));
            if let Some(role) = people::role(&words) {
                best = Some((role, n + 1));
            }
        }
        best
    }

    /// Returns the roles named at the head level of a description: before its first preposition, and after "and".
    pub fn roles(&self, tokens: &Range<usize>) -> Vec<(&'static Role, Range<usize>)> {
        let mut out = Vec::new();
        let mut at = tokens.start;
        let mut inside = false;
        while at < tokens.end {
            if let Some((role, length)) = self.role_at(at, tokens.end) {
                let owner = self.is_possessive(at + length);
                if !inside && !owner {
                    out.push((role, at..at + length));
                }
                at += length;
                continue;
            }
            let word = self.word(at);
            if word == "and" || self.is_comma(at) {
                inside = false;
            } else if matches!(self.tag(at), "IN" | "TO") || people::name_part(word) == Some(NamePart::Link) {
                inside = true;
            }
            at += 1;
        }
        out
    }
}
