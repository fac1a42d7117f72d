//! Bytes of any format become an [`Article`]: decoded text, metadata, and its blocks (headline, paragraphs, furniture).
//!
//! The text is never changed after decoding: every later offset counts code points of `Article::text`.

pub mod address;
mod agency;
mod blocks;
pub(crate) mod decode;
pub mod formats;
mod front;
mod language;
mod open;
pub mod outlets;
mod stamps;
mod wrapping;

pub use agency::agency;
pub use formats::{About, FORMATS, Gives, Mapping, Moment, PDF_THREAD};
pub use front::{behind_dateline, dateline};
pub(crate) use open::hash;
pub use open::{FeedEntry, Part, feed, open, open_part, plain, read};

use crate::date::Date;
use crate::span::{Span, Text};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a person said about an article beside its bytes; wins over what the bytes say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub date: Option<Date>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    /// The title of the feed that points to it: the outlet where nothing else names one.
    #[serde(skip)]
    pub feed: Option<String>,
    /// The outlets that a person named by host.
    #[serde(skip)]
    pub outlets: outlets::OwnNames,
    /// Which field of a record is which part of an article.
    #[serde(skip)]
    pub fields: Mapping,
    /// What its server said, where it was fetched; wins over nothing.
    #[serde(skip)]
    pub sent: Option<Sent>,
}

/// What a server says of the bytes it sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Where they were found.
    pub address: String,
    pub charset: Option<String>,
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
    /// A paragraph in another language than English.
    Foreign,
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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Article {
    pub text: Text,
    pub blocks: Vec<Block>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    /// The place in a dateline such as `KABUL (Reuters) -`.
    pub dateline: Option<String>,
    pub published: Option<Date>,
    /// When it was last changed, as it says itself.
    pub updated: Option<Moment>,
    pub url: Option<String>,
    /// SHA-256 of the words, in hexadecimal: the same words are the same article, however its lines end.
    pub hash: String,
    /// Language as an ISO 639-3 code, when it could be told.
    pub language: Option<String>,
    pub warnings: Vec<Warning>,
}

/// Why bytes could not become an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("{0} is empty: there are no words to read")]
    Empty(String),
    #[error("{0} is not text (it looks binary): save it as plain text and load it again")]
    Binary(String),
    #[error("{0} has no story that can be told from what stands around it; save its text and load that")]
    NoStory(String),
    #[error("{name}: {reason}")]
    File { name: String, reason: String },
    #[error("{name} is {format}, which is not read: {remedy}")]
    Unread { name: String, format: &'static str, remedy: &'static str },
    #[error("{name} looks like {format} and cannot be read: {reason}")]
    Broken { name: String, format: &'static str, reason: String },
    #[error("{name}: {reason} (fields: {there}); --map text=FIELD names one")]
    Fields { name: String, reason: String, there: String },
    #[error("{name} is no feed but {format}: `load` reads it; the address of a feed often ends in rss, feed or xml")]
    NoFeed { name: String, format: &'static str },
    #[error("{name} holds {count} articles, not one: `load` and `convert` read them all")]
    Many { name: String, count: usize },
}

/// An article as it was read from a file of any format, with what only its format tells.
#[derive(Debug, Clone)]
pub struct Opened {
    pub origin: Origin,
    pub article: Article,
    pub authors: Vec<String>,
    pub published: Option<Moment>,
}

/// What an article was made of, and by which reader: a later one can be compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the row of [`FORMATS`].
    pub format: &'static str,
    /// Version of its reader.
    pub version: u32,
    /// The formats of the files around it, the outermost first.
    pub within: Vec<&'static str>,
    /// The file, its member in an archive, or its record.
    pub bytes: Arc<[u8]>,
}

/// One article of a file under its own name (`feed.xml#3`), or why it could not be read.
pub type Named = (String, Result<Opened, ReadError>);
