//! One table of the formats that can be read. Adding a format is one file here and one row of [`FORMATS`].
//!
//! A format is told by its content, never by the name of the file. Its reader gives one or many [`Reading`]s; what the
//! markup knows of blocks is kept in them.

mod csv;
mod feed;
mod html;
mod json;
mod mapping;
mod plain;
mod refused;

pub use mapping::{Field, Mapping};

use super::{BlockKind, ReadError, Warning};
use crate::date::Date;
use serde::{Deserialize, Serialize};

/// One format: how it is recognised and read.
#[derive(Debug)]
pub struct Format {
    /// As `convert` names it.
    pub name: &'static str,
    /// In the words of a person.
    pub title: &'static str,
    /// Tells the format by its bytes.
    pub fits: fn(&[u8]) -> bool,
    /// Reads all that is in it.
    pub read: fn(&Input<'_>) -> Result<Vec<Entry>, ReadError>,
    /// What of the file reaches the article.
    pub keeps: &'static str,
    /// A sample, as the tests read it.
    pub sample: &'static str,
}

/// The formats in the order they are tried; plain text takes what no other row does.
pub static FORMATS: &[Format] =
    &[feed::XML, html::FORMAT, feed::JSON, json::ONE, json::LINES, csv::FORMAT, plain::FORMAT];

/// The bytes of one file, its name, and how its fields are named where it has fields.
#[derive(Debug)]
pub struct Input<'a> {
    pub bytes: &'a [u8],
    pub name: &'a str,
    pub mapping: &'a Mapping,
}

/// One article in a file, or why it could not be read; a file with one broken line still gives the others.
pub type Entry = Result<Reading, ReadError>;

/// What a reader found of one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    pub body: Body,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    /// The canonical address, where the page tells one.
    pub url: Option<String>,
    /// As the markup says it, such as `en-GB`.
    pub language: Option<String>,
    pub warnings: Vec<Warning>,
}

/// The words of an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Text as it was written; its blocks are found by its lines.
    Plain(String),
    /// Blocks that markup told; the text is these joined by blank lines.
    Blocks(Vec<Piece>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Blocks(Vec::new())
    }
}

/// One block of a marked-up text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: BlockKind,
    pub text: String,
}

/// A day, with the time and zone where they were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub day: Date,
    /// RFC 3339 with time and zone, or the day alone.
    pub written: String,
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self { written: day.to_string(), day }
    }
}

/// Names the format of some bytes.
///
/// # Errors
/// [`ReadError::Unread`] for a format that is known and not read.
pub fn recognise(bytes: &[u8], name: &str) -> Result<&'static Format, ReadError> {
    if let Some((format, remedy)) = refused::known(bytes) {
        return Err(ReadError::Unread { name: name.to_owned(), format, remedy });
    }
    Ok(FORMATS.iter().find(|format| (format.fits)(bytes)).unwrap_or(&plain::FORMAT))
}

/// The first bytes that are no white space and no byte order mark.
fn opening(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    &bytes[start..]
}
