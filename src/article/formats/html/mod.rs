//! Web pages as they were saved: the story, without what stands around it, and what the page says of itself.
//!
//! `trafilatura` votes on what is story; which blocks are kept is decided over the page's own tree (`choice`). Tried and
//! measured: `html.md`.

mod authors;
mod charset;
mod choice;
mod clean;
mod dates;
mod lines;
mod linked;
mod live;
mod names;
mod page;
mod titles;

use super::{Body, Entry, Format, Input, Piece, Reading, days, opening};
use crate::article::{ReadError, Warning};
use page::Page;

pub(super) use authors::names;
pub use dates::moment;
use trafilatura::{Options, dom::Document};

pub const FORMAT: Format = Format {
    name: "html",
    title: "web page",
    fits,
    read,
    version: 2,
    records: None,
    keeps: "headline, story with its headings, lists and quotations, authors, outlet, published, updated, canonical \
            address, language; each update of a live page as an article of its own",
    sample: "tests/data/formats/page.html",
};

/// How far into a file its first tag is looked for.
const HEAD: usize = 4_096;

fn fits(bytes: &[u8]) -> bool {
    let head = opening(bytes);
    let head = String::from_utf8_lossy(&head[..head.len().min(HEAD)]).replace('\0', "").to_ascii_lowercase();
    let marks = ["<!doctype html", "<html", "<head>", "<body", "<article", "<meta ", "<title", "<h1", "<p>", "<div"];
    head.trim_start_matches(|c: char| !c.is_ascii()).starts_with('<') && marks.iter().any(|mark| head.contains(mark))
}

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let mut warnings = Vec::new();
    let Saved { document, scripts } = open(input.bytes, input.name, &mut warnings)?;
    let page = Page::of(&document);
    let linked = linked::Linked::of(&scripts);
    let story = trafilatura::extract_document(document, &Options::default().with_exclude_comments(true))
        .map(|found| found.content_html)
        .unwrap_or_default();
    let title = titles::title(&page, &linked);
    let updates = live::updates(&page, &linked, title.as_deref());
    if updates.len() > 1 {
        return Ok(updates.into_iter().map(Ok).collect());
    }
    let mut blocks = choice::story(&page, &story, title.as_deref());
    if blocks.is_empty() {
        blocks = choice::rest(&page);
        warnings.push(Warning("the story could not be told from what stands around it; check the text".into()));
    }
    if blocks.is_empty() {
        return Err(ReadError::NoStory(input.name.to_owned()));
    }
    let order = input.mapping.order();
    let published = dates::published(&page, &linked, order).unwrap_or_else(|[day_first, month_first]| {
        warnings.push(Warning(days::either("the date of the page", day_first.day, month_first.day)));
        None
    });
    Ok(vec![Ok(Reading {
        body: Body::Blocks(blocks),
        authors: authors::authors(&page, &linked),
        outlet: titles::outlet(&page, &linked),
        updated: dates::updated(&page, &linked, order),
        published,
        url: titles::address(&page, &linked),
        language: page.language.clone(),
        title,
        warnings,
        ..Reading::default()
    })])
}

/// The blocks of a piece of HTML that is all story, such as the content of a feed.
pub(super) fn fragment(html: &str) -> Vec<Piece> {
    let (html, _) = clean::clean(html, &mut Vec::new());
    choice::all(&Page::of(&Document::parse(&html)))
}

/// A saved page before its story is looked for.
pub struct Saved {
    pub document: Document,
    /// The JSON-LD blocks as they stand in it, in order.
    pub scripts: Vec<String>,
}

/// Opens a saved page; its markup is bounded as for reading.
///
/// # Errors
/// [`ReadError`] when the bytes are no text.
pub fn open(bytes: &[u8], name: &str, warnings: &mut Vec<Warning>) -> Result<Saved, ReadError> {
    let html = charset::decode(bytes, name, warnings)?;
    let (html, scripts) = clean::clean(&html, warnings);
    Ok(Saved { document: Document::parse(&html), scripts })
}

/// The words of a string that may hold tags and entities, with one space between them.
pub fn words(text: &str) -> String {
    let text = entities(text);
    let marked = text
        .match_indices('<')
        .any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
    if !marked {
        return page::one_line(&text);
    }
    let (html, _) = clean::clean(&text, &mut Vec::new());
    let document = Document::parse(&html);
    page::one_line(&document.iter_text(document.root(), " "))
}

/// Decodes entities such as `&amp;` where there are any, twice where they were encoded twice.
pub fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let decode = |text: &str| {
        let document = Document::parse(&text.replace('<', "&lt;"));
        document.text_content(document.root())
    };
    let once = decode(text);
    if once.contains("&#") || once.contains("&amp;") || once.contains("&quot;") { decode(&once) } else { once }
}
