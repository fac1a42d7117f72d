//! Bytes of any format become an [`Article`]: decoded text, metadata, and its blocks (headline, paragraphs, furniture).
//!
//! The text is never changed after decoding: every later offset counts code points of `Article::text`.

mod blocks;
mod decode;
mod front;
mod stamps;
mod wrapping;

pub use front::dateline;

use crate::date::Date;
use crate::span::{Span, Text};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
    /// SHA-256 of the words, in hexadecimal: the same words are the same article, however its lines end.
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
    #[error("{0} is a web page: HTML is not read yet; save its text and load that")]
    Html(String),
}

/// Reads the bytes of one article; `name` (a path or URL) names it in errors.
///
/// What a person gave wins over what the text's own head says; a date in the file's name comes last, with a warning.
///
/// # Errors
/// [`ReadError`] when the bytes hold no text; odd text gives warnings instead.
pub fn read(bytes: &[u8], name: &str, given: &Given) -> Result<Article, ReadError> {
    let mut warnings = Vec::new();
    let text = Text::new(decode::decode(bytes, name, &mut warnings)?);
    let opening = text.as_str().trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    if opening.starts_with("<!doctype html") || opening.starts_with("<html") {
        return Err(ReadError::Html(name.to_owned()));
    }
    let hash = hash(text.as_str());
    let front::Head { given: head, byline: author, end: from, odd_date } = front::head(&text);
    if let Some(written) = odd_date {
        warnings.push(Warning(format!("the date “{written}” of the head could not be read; --date sets one")));
    }
    let title = given.title.clone().or(head.title);
    let blocks = blocks::blocks(&text, from, title.as_deref());
    let first = |kind| blocks.iter().find(|block| block.kind == kind).map(|block| text.slice(block.span));
    let signed = |line: &str| line.split_once(' ').map_or(line, |(_, names)| names).to_owned();
    let byline = author.or_else(|| first(BlockKind::Byline).map(signed));
    let mut published = given.date.or(head.date);
    if published.is_none() {
        published = front::date_in_name(name);
        warnings.push(Warning(match published {
            Some(date) => format!("the date {date} is taken from the file's name; --date sets another"),
            None => "no date is known; dates such as “Tuesday” cannot be resolved (give --date)".into(),
        }));
    }
    let language = language(text.as_str());
    if let Some(code) = language.as_deref().filter(|code| *code != "eng") {
        warnings.push(Warning(format!("the text looks like language `{code}`; only English is understood")));
    }
    Ok(Article {
        title: title.or_else(|| first(BlockKind::Headline).map(str::to_owned)),
        byline,
        dateline: first(BlockKind::Paragraph).and_then(dateline).map(str::to_owned),
        outlet: given.outlet.clone().or(head.outlet),
        published,
        url: given.url.clone().or(head.url),
        hash,
        language,
        warnings,
        blocks,
        text,
    })
}

/// SHA-256 of the words with one space between them: line ends and indentation do not make another article.
fn hash(text: &str) -> String {
    let mut hasher = Sha256::new();
    for word in text.split_whitespace() {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Tells the language of the first few thousand characters, when that is sure.
fn language(text: &str) -> Option<String> {
    let end = text.char_indices().nth(4_000).map_or(text.len(), |(at, _)| at);
    let info = whatlang::detect(&text[..end]).filter(whatlang::Info::is_reliable)?;
    Some(info.lang().code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_wins_over_the_head_and_the_head_over_the_name() {
        let bytes = b"Date: 2018-07-05\nOutlet: Harbour Post\n\nThe port will close in the summer, the minister said.";
        let given = Given { outlet: Some("Wire".into()), ..Given::default() };
        let article = read(bytes, "2017-01-01.txt", &given).unwrap();
        assert_eq!(article.outlet.as_deref(), Some("Wire"));
        assert_eq!(article.published, Date::parse_iso("2018-07-05"));
        let named = read(b"The port will close in the summer.", "2017-01-01.txt", &given).unwrap();
        assert_eq!(named.published, Date::parse_iso("2017-01-01"));
        assert!(named.warnings.iter().any(|warning| warning.0.contains("2017-01-01")));
    }

    #[test]
    fn line_ends_do_not_make_another_article() {
        let given = Given::default();
        let unix = read(b"The port will close.\n\nSoon.\n", "a", &given).unwrap();
        let dos = read(b"The port will close.\r\n\r\nSoon.", "b", &given).unwrap();
        assert_eq!(unix.hash, dos.hash);
        assert_eq!(unix.hash.len(), 64);
    }
}
