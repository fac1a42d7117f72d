//! An [`Article`](crate::article::Article) becomes a [`Document`]: tokens, sentences, quotations, tags. No I/O, never fails.

use crate::article::{Block, BlockKind};
use crate::span::{Span, Text};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;

/// A word or a mark, with its Penn Treebank part of speech, lemma and entity type.
#[derive(Debug, Clone)]
pub struct Token {
    pub span: Span,
    pub tag: Tag,
    /// Lower-case dictionary form; the lower-cased word itself where none is known.
    pub lemma: Box<str>,
    pub entity: Entity,
    /// Number of the token that governs this one; `None` at the root of its sentence.
    pub head: Option<u32>,
    /// What this token is to its governor.
    pub role: parser::Role,
}

/// Penn Treebank tag, as an index into [`Tag::NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u8);

impl Tag {
    /// The Penn Treebank tags of CoreNLP; brackets keep their escapes.
    pub const NAMES: [&'static str; 45] = [
        "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "DT", "PDT", "WDT", "WP", "WP$", "WRB", "EX", "JJ", "JJR", "JJS",
        "RB", "RBR", "RBS", "RP", "IN", "TO", "CC", "CD", "MD", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "POS", "UH",
        "FW", "LS", "SYM", "$", "#", ",", ".", ":", "``", "''", "-LRB-", "-RRB-",
    ];

    /// Returns the tag of a name, or `None` when it is no Penn tag.
    pub fn of(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|n| *n == name).map(|i| Self(i as u8))
    }

    /// Returns the Penn name.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(usize::from(self.0)).copied().unwrap_or("NN")
    }

    /// Tells whether the tag is a verb's (modals left out).
    pub fn is_verb(self) -> bool {
        self.name().starts_with("VB")
    }

    /// Tells whether the tag is a common or proper noun's.
    pub fn is_noun(self) -> bool {
        self.0 < 4
    }
}

/// What kind of name a token belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Entity {
    #[default]
    None,
    Person,
    Organization,
    Place,
    Date,
    Number,
    Other,
}

/// A sentence: a range of token numbers, and the block it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub tokens: Range<usize>,
    pub span: Span,
    /// Number of the block in `Document::blocks`.
    pub block: usize,
}

/// A quotation: what stands between two marks, or from an opening mark to the end of a paragraph that does not close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Marks included.
    pub span: Span,
    /// Marks excluded.
    pub inner: Span,
    /// `false` when the paragraph ends before a closing mark: the speaker goes on in the next one.
    pub closed: bool,
    /// `true` when the paragraph before left its quotation open and this one opens with a mark.
    pub continues: bool,
    /// 0 for the outermost quotation.
    pub depth: u8,
}

/// An article with everything that analysis found in it; token numbers count over the whole document.
#[derive(Debug, Clone)]
pub struct Document {
    pub text: Text,
    pub blocks: Vec<Block>,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub quotes: Vec<Quote>,
}

impl Document {
    /// Returns the word of a token as written; an unknown number gives the empty word.
    pub fn word(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| self.text.slice(t.span))
    }

    /// Returns the code points from the first to the last of some tokens; an empty range is read as its first token.
    pub fn cover(&self, tokens: &Range<usize>) -> Span {
        let last = tokens.end.saturating_sub(1).max(tokens.start);
        self.tokens[tokens.start].span.cover(self.tokens[last].span)
    }

    /// Returns the tokens that share a code point with `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.end <= span.start);
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        from..to.max(from)
    }

    /// Returns the number of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.tokens.end <= token);
        self.sentences.get(index).filter(|s| s.tokens.contains(&token)).map(|_| index)
    }

    /// Returns stretches of tokens as a document of their own: each is a paragraph, with the sentences and the whole quotations that lie in
    /// it. A stretch is made of pieces, in text order and apart; a sentence that two pieces share goes on over what is left out between
    /// them. Spans stay those of the whole text; a token whose governor is left out is a root.
    #[must_use]
    pub fn excerpt(&self, stretches: &[Vec<Range<usize>>]) -> Self {
        let mut out =
            Self { text: self.text.clone(), blocks: vec![], tokens: vec![], sentences: vec![], quotes: vec![] };
        for pieces in stretches {
            let quotes: Vec<&Quote> = pieces.iter().flat_map(|piece| self.quotes_in(piece)).collect();
            let outer = quotes.iter().map(|quote| quote.depth).min().unwrap_or(0);
            out.quotes.extend(quotes.into_iter().map(|quote| Quote { depth: quote.depth - outer, ..quote.clone() }));
            let first = out.tokens.len();
            let lengths = pieces.iter().scan(first, |at, piece| Some(std::mem::replace(at, *at + piece.len())));
            let placed: Vec<(&Range<usize>, usize)> = pieces.iter().zip(lengths).collect();
            let moved = |at: usize| {
                let (piece, place) = placed.iter().find(|(piece, _)| piece.contains(&at))?;
                Some(at - piece.start + place)
            };
            let mut last = None;
            for &(piece, place) in &placed {
                for (number, tokens) in self.sentences_in(piece) {
                    let span = self.cover(&tokens);
                    let tokens = tokens.start - piece.start + place..tokens.end - piece.start + place;
                    match out.sentences.last_mut().filter(|_| last == Some(number)) {
                        Some(open) => {
                            (open.tokens.end, open.span) = (tokens.end, open.span.cover(span));
                        }
                        None => out.sentences.push(Sentence { tokens, span, block: out.blocks.len() }),
                    }
                    last = Some(number);
                }
                out.tokens.extend(self.tokens[piece.clone()].iter().map(|token| Token {
                    head: token.head.and_then(|head| moved(head as usize)).map(|head| head as u32),
                    ..token.clone()
                }));
            }
            let cover = out.tokens[first..].iter().map(|token| token.span).reduce(Span::cover);
            out.blocks.extend(cover.map(|span| Block { span, kind: BlockKind::Paragraph }));
        }
        out
    }

    /// Returns the sentences that share a token with a stretch: number, and the tokens that they share.
    fn sentences_in(&self, stretch: &Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let from = self.sentences.partition_point(|s| s.tokens.end <= stretch.start);
        let (start, end) = (stretch.start, stretch.end);
        let near = self.sentences.iter().enumerate().skip(from).take_while(move |(_, s)| s.tokens.start < end);
        near.map(move |(number, s)| (number, s.tokens.start.max(start)..s.tokens.end.min(end)))
            .filter(|(_, tokens)| !tokens.is_empty())
    }

    /// Returns the quotations that lie in a stretch of tokens.
    fn quotes_in(&self, stretch: &Range<usize>) -> impl Iterator<Item = &Quote> {
        let span = if stretch.is_empty() { Span::new(0, 0) } else { self.cover(stretch) };
        let from = self.quotes.partition_point(|q| q.span.start < span.start);
        self.quotes[from..].iter().take_while(move |q| q.span.start < span.end).filter(move |q| q.span.end <= span.end)
    }
}

/// Analyzes an article; never fails, and odd text only gives odd tokens.
pub fn analyze(article: &crate::article::Article) -> Document {
    analyze_with(article, models::Models::shipped())
}

/// Analyzes an article with models other than the shipped ones; training needs it.
pub fn analyze_with(article: &crate::article::Article, models: &models::Models<'_>) -> Document {
    let blocks = if article.blocks.is_empty() { lines(&article.text) } else { article.blocks.clone() };
    analyze_blocks(article.text.clone(), blocks, models)
}

/// Analyzes words that are no article: a claim, a line somebody typed. Each line is a paragraph.
pub fn analyze_words(words: &str) -> Document {
    let text = Text::new(words);
    let blocks = lines(&text);
    analyze_blocks(text, blocks, models::Models::shipped())
}

fn analyze_blocks(text: Text, blocks: Vec<Block>, models: &models::Models<'_>) -> Document {
    let mut tokens: Vec<Token> = Vec::new();
    let mut sentences = Vec::new();
    let mut known = HashMap::new();
    for (number, block) in blocks.iter().enumerate() {
        let spans = tokens::tokenize(text.slice(block.span), block.span.start);
        for range in sentences::sentences(&text, &spans, 0..spans.len()) {
            let first = tokens.len();
            tag_sentence(&text, &spans[range], models, &mut known, &mut tokens);
            let span = tokens[first].span.cover(tokens[tokens.len() - 1].span);
            sentences.push(Sentence { tokens: first..tokens.len(), span, block: number });
        }
    }
    let quotes = quotations::quotations(&text, &blocks);
    Document { text, blocks, tokens, sentences, quotes }
}

/// Tags and parses one sentence and appends its tokens.
fn tag_sentence(
    text: &Text,
    spans: &[Span],
    models: &models::Models<'_>,
    known: &mut HashMap<u64, u8>,
    out: &mut Vec<Token>,
) {
    let first = out.len() as u32;
    let atoms = atoms::atoms(text, spans.iter().copied());
    let tags = models.tagger.tags(&atoms);
    let entities = models.tagger.entities(&atoms, &tags, known);
    let arcs = models.parser.parse(&atoms, &tags);
    let mut lower = String::new();
    for (at, &span) in spans.iter().enumerate() {
        lower_case(text.slice(span), &mut lower);
        let (head, role) = arcs[at];
        out.push(Token {
            span,
            tag: tags[at],
            lemma: models.lemmas.lemma(&lower, tags[at]),
            entity: entities[at],
            head: (head != parser::NONE).then(|| first + head as u32),
            role,
        });
    }
}

/// Writes a word in lower case, curly apostrophes straightened, over what stands in `lower`.
fn lower_case(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.push_str(&word.to_lowercase().replace('’', "'"));
    }
}

/// Takes each line that is not blank for a paragraph.
fn lines(text: &Text) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0u32;
    for line in text.as_str().split(['\n', '\r']) {
        let len = line.chars().count() as u32;
        let head = line.chars().take_while(|c| c.is_whitespace()).count() as u32;
        let tail = line.chars().rev().take_while(|c| c.is_whitespace()).count() as u32;
        if head < len {
            out.push(Block { span: Span::new(at + head, at + len - tail), kind: BlockKind::Paragraph });
        }
        at += len + 1;
    }
    out
}

pub mod atoms;
pub mod lemma;
pub mod linear;
pub mod models;
pub mod parser;
pub mod quotations;
pub mod sentences;
pub mod tagger;
pub mod tokens;
