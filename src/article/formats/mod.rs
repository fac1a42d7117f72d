//! One table of the formats that can be read. Adding a format is one file here and one row of [`FORMATS`].
//!
//! A format is told by its content, never by the name of the file. Its reader gives one or many [`Reading`]s; what the
//! markup knows of blocks is kept in them.

mod archive;
mod csv;
pub(super) mod days;
mod docx;
mod epub;
mod feed;
pub(crate) mod html;
mod json;
mod mail;
mod mapping;
mod odt;
mod office;
pub(crate) mod packed;
mod pdf;
mod plain;
mod refused;
mod warc;
mod xml;

pub use archive::GZIP;
pub(super) use feed::entries as feed_entries;
pub use feed::{About, Gives};
pub use mapping::{Field, Mapping};
pub use packed::{GROWTH, Room};
pub use pdf::THREAD as PDF_THREAD;

use super::{BlockKind, ReadError, Warning};
use crate::date::Date;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// The name of plain text in the table.
pub const PLAIN: &str = plain::FORMAT.name;

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
    /// Grows whenever the reader reads something else in the same bytes.
    pub version: u32,
    /// Tells the lines that begin a record, where each record is an article of its own and a long file can be read in parts.
    pub records: Option<fn(&[u8]) -> bool>,
    /// What of the file reaches the article.
    pub keeps: &'static str,
    /// A sample, as the tests read it.
    pub sample: &'static str,
}

/// The formats in the order they are tried; plain text takes what no other row does.
pub static FORMATS: &[Format] = &[
    docx::FORMAT,
    odt::FORMAT,
    epub::FORMAT,
    archive::ZIP,
    archive::GZIP,
    archive::TAR,
    warc::FORMAT,
    pdf::FORMAT,
    mail::BOX,
    mail::ONE,
    feed::XML,
    html::FORMAT,
    feed::JSON,
    json::ONE,
    json::LINES,
    csv::FORMAT,
    plain::FORMAT,
];

/// The bytes of one file, its name, and how its fields are named where it has fields.
#[derive(Debug)]
pub struct Input<'a> {
    pub bytes: &'a [u8],
    pub name: &'a str,
    pub mapping: &'a Mapping,
    /// What may still be unpacked.
    pub room: &'a Room,
    /// The number of the first record, where `bytes` are a part of a long file.
    pub first: usize,
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
    /// The name of a file within the file, under which it is read.
    pub member: Option<String>,
    /// The bytes that this article alone was read from, where they are not the whole file.
    pub original: Option<Vec<u8>>,
}

impl Reading {
    /// Takes from the file around it what this one does not say.
    #[must_use]
    pub fn or(mut self, around: &Self) -> Self {
        let or = |own: &mut Option<String>, other: &Option<String>| *own = own.take().or_else(|| other.clone());
        or(&mut self.title, &around.title);
        or(&mut self.outlet, &around.outlet);
        or(&mut self.url, &around.url);
        or(&mut self.language, &around.language);
        if self.authors.is_empty() {
            self.authors.clone_from(&around.authors);
        }
        self.published = self.published.or_else(|| around.published.clone());
        self.updated = self.updated.or_else(|| around.updated.clone());
        self.warnings.extend(around.warnings.iter().cloned());
        self
    }
}

/// The words of an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Text as it was written; its blocks are found by its lines.
    Plain(String),
    /// Blocks that markup told; the text is these joined by blank lines.
    Blocks(Vec<Piece>),
    /// A file within the file, read through the table by itself; the reading around it fills what it does not say.
    File(Vec<u8>),
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
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    pub day: Date,
    /// RFC 3339 with time and zone, or the day alone.
    pub written: String,
}

impl Moment {
    /// Reads a day with or without its time, as programs and people write them; none where it may be two.
    pub fn read(written: &str) -> Option<Self> {
        days::moment(written, None)
    }

    /// Returns the moment in UTC, where its time is told; without a zone it is taken to be UTC.
    pub fn instant(&self) -> Option<DateTime<Utc>> {
        let zoned = DateTime::parse_from_rfc3339(&self.written).ok().map(|time| time.to_utc());
        zoned.or_else(|| self.written.parse::<NaiveDateTime>().ok().map(|time| time.and_utc()))
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::read(&written).ok_or_else(|| format!("`{written}` is no day or time"))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.written
    }
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self { written: day.to_string(), day }
    }
}

/// Names the format of some bytes.
///
/// # Errors
/// [`ReadError::Unread`] for a format that is known and not read, [`ReadError::Broken`] for JSON that is none.
pub fn recognise(bytes: &[u8], name: &str) -> Result<&'static Format, ReadError> {
    if let Some((format, remedy)) = refused::known(bytes) {
        return Err(ReadError::Unread { name: name.to_owned(), format, remedy });
    }
    match FORMATS.iter().find(|format| (format.fits)(bytes)) {
        Some(format) if format.name != PLAIN => Ok(format),
        _ => json::fault(bytes, name).map_or(Ok(&plain::FORMAT), Err),
    }
}

/// Names the format of a feed.
///
/// # Errors
/// [`ReadError::NoFeed`] for any other format.
pub(super) fn recognise_feed(bytes: &[u8], name: &str) -> Result<&'static Format, ReadError> {
    let format = recognise(bytes, name)?;
    if [feed::XML.name, feed::JSON.name].contains(&format.name) {
        return Ok(format);
    }
    Err(ReadError::NoFeed { name: name.to_owned(), format: format.title })
}

/// Returns the names of the fields of a table, or of the first of some JSON records, which may break off.
pub fn first_fields(bytes: &[u8]) -> Vec<String> {
    if json::starts(bytes) { json::first_fields(bytes) } else { csv::first_fields(bytes) }
}

/// The first bytes that are no white space and no byte order mark.
fn opening(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    &bytes[start..]
}
