//! RSS, Atom and JSON feeds: each entry an article of its own.

use super::{Body, Entry, Format, Input, Moment, Reading, html, json, opening};
use crate::article::{BlockKind, ReadError, Warning, decode};
use crate::date::Date;

pub const XML: Format = Format {
    name: "feed",
    title: "feed (RSS, Atom)",
    fits: |bytes| {
        let head = String::from_utf8_lossy(&opening(bytes)[..opening(bytes).len().min(2_048)])
            .replace('\0', "")
            .to_ascii_lowercase();
        head.starts_with('<')
            && !head.contains("<html")
            && ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| head.contains(tag))
    },
    read,
    version: 1,
    records: None,
    keeps: "each entry: title, text, authors, published, updated, address; the feed's title as the outlet",
    sample: "tests/data/formats/feed.xml",
};

pub const JSON: Format = Format {
    name: "jsonfeed",
    title: "JSON feed",
    fits: json::is_feed,
    read,
    version: 1,
    records: None,
    keeps: "as RSS and Atom",
    sample: "tests/data/formats/feed.json",
};

/// Tells a JSON feed by the address of its version.
pub(super) fn says_json_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).replace('\\', "");
    head.contains("jsonfeed.org/version/")
}

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    Ok(entries(input)?.into_iter().map(|(_, entry)| entry).collect())
}

/// Whether an entry gives its article or only points to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    Article,
    Summary,
}

/// What a feed says of an entry beside its words.
#[derive(Debug, Clone)]
pub struct About {
    /// Stays the same while the feed is polled.
    pub id: String,
    /// As it is written, possibly counted from the feed's own address.
    pub link: Option<String>,
    pub gives: Gives,
}

/// Reads a feed, each entry with what is said of it.
pub(in crate::article) fn entries(input: &Input<'_>) -> Result<Vec<(About, Entry)>, ReadError> {
    let parse = |bytes: &[u8]| feed_rs::parser::Builder::new().build().parse(bytes);
    let feed = match parse(input.bytes) {
        Ok(feed) => feed,
        Err(_) => {
            let text = decode::decode(input.bytes, input.name, &mut Vec::new())?;
            parse(mended(&text).as_bytes()).map_err(|error| ReadError::Broken {
                name: input.name.to_owned(),
                format: "a feed",
                reason: error.to_string(),
            })?
        }
    };
    let outlet = feed.title.map(|title| plain(&title.content));
    let language = feed.language;
    let entries = feed.entries.into_iter().enumerate();
    Ok(entries
        .map(|(at, entry)| {
            let name = format!("{}#{}", input.name, at + 1);
            let mut links = entry.links.iter();
            let link = links.find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
            let (id, link) = (entry.id.clone(), link.or(entry.links.first()).map(|link| link.href.clone()));
            let title = entry.title.map(|title| plain(&title.content)).filter(|title| !title.is_empty());
            let whole = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
            let gives = if whole.is_some() { Gives::Article } else { Gives::Summary };
            let about = About { id, link, gives };
            let mut warnings = Vec::new();
            if whole.is_none() {
                warnings.push(Warning("the feed gives only a summary of this article".into()));
            }
            let words = whole.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
            let mut blocks = html::fragment(&words);
            if blocks.is_empty() && !words.trim().is_empty() {
                blocks = vec![super::Piece { kind: BlockKind::Paragraph, text: plain(&words) }];
            }
            if blocks.is_empty() {
                return (about, Err(ReadError::Empty(name)));
            }
            let moment = |time: chrono::DateTime<chrono::Utc>| Moment {
                day: Date::day(time.date_naive()),
                written: time.to_rfc3339(),
            };
            let reading = Reading {
                body: Body::Blocks(blocks),
                title,
                authors: entry
                    .authors
                    .iter()
                    .filter_map(|person| person.name.as_deref())
                    .flat_map(html::names)
                    .collect(),
                outlet: outlet.clone().filter(|outlet| !outlet.is_empty()),
                published: entry.published.map(moment),
                updated: entry.updated.map(moment),
                url: entry.links.first().map(|link| link.href.clone()).filter(|link| link.contains("://")),
                language: entry.language.or_else(|| language.clone()),
                warnings,
                ..Reading::default()
            };
            (about, Ok(reading))
        })
        .collect())
}

/// The words of a short text that may hold markup.
fn plain(text: &str) -> String {
    let pieces = html::fragment(text);
    if pieces.is_empty() {
        text.trim().to_owned()
    } else {
        pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
    }
}

/// Mends what makes XML unreadable: a bare `&`, names that only HTML knows, characters that XML forbids, words before the root.
fn mended(text: &str) -> String {
    let text = &text[text.find('<').unwrap_or(0)..];
    let mut out = String::with_capacity(text.len() + 64);
    for (at, c) in text.char_indices() {
        match c {
            '&' => {
                let rest = &text[at + 1..];
                let end = rest.bytes().take(10).position(|byte| byte == b';');
                let name = end.map_or("", |end| &rest[..end]);
                let known = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                    || name
                        .strip_prefix('#')
                        .is_some_and(|code| !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric()));
                out.push_str(if known { "&" } else { "&amp;" });
            }
            c if c.is_control() && !c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}
