//! Bytes of any format become an [`Article`]: decoded text, metadata, and its blocks (headline, paragraphs, furniture).
//!
//! The text is never changed after decoding: every later offset counts code points of `Article::text`.

use crate::date::Date;
use crate::span::{Span, Text};
use serde::{Deserialize, Serialize};

/// What a person said about an article beside its bytes; wins over what the bytes say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub date: Option<Date>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
}

/// What a block of the text is; only `Paragraph` gives claims to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    Headline,
    Paragraph,
    Caption,
    Byline,
    /// Navigation, "Breaking News", "Reported by …", share and sign-up lines.
    Furniture,
}

/// A run of lines between line breaks, without the white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
}

/// Something that was odd but did not stop the work; shown to the person as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning(pub String);

/// One article as it was loaded.
#[derive(Debug, Clone)]
pub struct Article {
    pub text: Text,
    pub blocks: Vec<Block>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    /// The place in a dateline such as `KABUL (Reuters) -`.
    pub dateline: Option<String>,
    pub published: Option<Date>,
    pub url: Option<String>,
    /// SHA-256 of the decoded text, in hexadecimal: the same words are the same article.
    pub hash: String,
    /// Language as an ISO 639-3 code, when it could be told.
    pub language: Option<String>,
    pub warnings: Vec<Warning>,
}

/// Why bytes could not become an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("{0} is empty: there is no text to read")]
    Empty(String),
    #[error("{0} is not text (it looks binary): save it as plain text and load it again")]
    Binary(String),
}

/// Reads the bytes of one article; `name` (a path or URL) names it in errors.
///
/// # Errors
/// [`ReadError`] when the bytes hold no text; odd text gives warnings instead.
pub fn read(bytes: &[u8], name: &str, given: &Given) -> Result<Article, ReadError> {
    let words = String::from_utf8_lossy(bytes).into_owned();
    if words.trim().is_empty() {
        return Err(ReadError::Empty(name.to_owned()));
    }
    Ok(Article {
        text: Text::new(words),
        blocks: Vec::new(),
        title: given.title.clone(),
        outlet: given.outlet.clone(),
        byline: None,
        dateline: None,
        published: given.date,
        url: given.url.clone(),
        hash: String::new(),
        language: None,
        warnings: Vec::new(),
    })
}
