//! What can be loaded, what it is before it meets the database, and what became of it.

use super::Result;
use super::fetch::Rules;
use crate::article::{Article, Given, Opened, Part, read};
use crate::attribution::attribute_nested;
use crate::attribution::reader::Reader;
use crate::claim::{Claim, claims};
use crate::matching::meaning::Vector;
use crate::store::id::ArticleId;
use crate::store::originals::Fetched;
use crate::text::analyze;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// What became of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Added,
    /// The same words are on the desk already.
    Duplicate,
    /// Other words under the URL of an article on the desk, or under its outlet and title and much like it.
    Revision,
}

impl Outcome {
    /// Returns the word for it in lists and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Duplicate => "duplicate",
            Self::Revision => "revision",
        }
    }
}

/// What loading one article gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loaded {
    pub outcome: Outcome,
    pub article: ArticleId,
    /// The article that a revision revises.
    pub revises: Option<ArticleId>,
    pub claims: usize,
    /// New statements of something said before; the same report carried again is counted in `syndicated`.
    pub repeats: usize,
    pub syndicated: usize,
    pub updates: usize,
    /// Findings that its claims were the first to tell.
    pub contradictions: usize,
    pub warnings: Vec<String>,
}

impl Loaded {
    /// An article of a file that was read whole before.
    pub(super) fn known(article: ArticleId) -> Self {
        Self {
            outcome: Outcome::Duplicate,
            article,
            revises: None,
            claims: 0,
            repeats: 0,
            syndicated: 0,
            updates: 0,
            contradictions: 0,
            warnings: Vec::new(),
        }
    }
}

/// One file or text to load.
#[derive(Debug, Clone)]
pub struct Source {
    /// Names it in messages and in the article.
    pub path: String,
    pub content: Content,
    pub given: Given,
}

/// Where the bytes are.
#[derive(Debug, Clone)]
pub enum Content {
    Bytes(Vec<u8>),
    /// Read when its turn comes.
    File(PathBuf),
    /// Fetched when its turn comes.
    Address {
        address: String,
        rules: Rules,
    },
    /// An article that was read before, and where it was fetched.
    Article {
        opened: Box<Opened>,
        fetched: Arc<Fetched>,
    },
    /// Whole records of a long file.
    Part {
        bytes: Vec<u8>,
        part: Part,
    },
    /// Why the rest of a long file cannot be read.
    Unreadable(String),
}

/// What became of one of many files.
#[derive(Debug)]
pub struct FileOutcome {
    pub path: String,
    pub result: Result<Loaded>,
}

/// An article with its claims, before it meets the database.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub article: Article,
    pub claims: Vec<Claim>,
    /// Which reader found the attributions.
    pub reader: String,
    /// The meaning of each claim, or nothing at all.
    pub vectors: Vec<Option<Vector>>,
}

/// Reads an article and finds its claims.
///
/// # Errors
/// [`WorkbenchError`](super::WorkbenchError) when the bytes hold no text.
pub(super) fn prepare(bytes: &[u8], path: &str, given: &Given, reader: &'static dyn Reader) -> Result<Prepared> {
    Ok(prepare_article(read(bytes, path, given)?, reader))
}

/// Finds the claims of an article.
pub fn prepare_article(article: Article, reader: &'static dyn Reader) -> Prepared {
    let document = analyze(&article);
    let found = attribute_nested(&document, reader);
    let claims = claims(&article, &document, &found);
    let vectors = super::meaning::vectors_for(reader, &claims);
    Prepared { article, claims, reader: reader.name().to_owned(), vectors }
}
