//! An [`Article`](crate::article::Article) becomes a [`Document`]: tokens, sentences, quotations, tags. No I/O, never fails.

use crate::article::Block;
use crate::span::{Span, Text};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A word or a mark, with its Penn Treebank part of speech, lemma and entity type.
#[derive(Debug, Clone)]
pub struct Token {
    pub span: Span,
    pub tag: Tag,
    /// Lower-case dictionary form; the lower-cased word itself where none is known.
    pub lemma: Box<str>,
    pub entity: Entity,
}

/// Penn Treebank tag, as an index into [`Tag::NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u8);

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

/// Analyzes an article; never fails, and odd text only gives odd tokens.
pub fn analyze(article: &crate::article::Article) -> Document {
    Document {
        text: article.text.clone(),
        blocks: article.blocks.clone(),
        tokens: vec![],
        sentences: vec![],
        quotes: vec![],
    }
}
