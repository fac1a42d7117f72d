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

use super::{Body, Entry, Format, Input, Piece, Reading, opening};
use crate::article::{ReadError, Warning};
use page::Page;

pub(super) use authors::names;
pub(super) use dates::moment;
use trafilatura::{Options, dom::Document};

pub const FORMAT: Format = Format {
    name: "html",
    title: "web page",
    fits,
    read,
    version: 1,
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
    let html = charset::decode(input.bytes, input.name, &mut warnings)?;
    let (html, scripts) = clean::clean(&html, &mut warnings);
    let document = Document::parse(&html);
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
    let published = dates::published(&page, &linked);
    Ok(vec![Ok(Reading {
        body: Body::Blocks(blocks),
        authors: authors::authors(&page, &linked),
        outlet: titles::outlet(&page, &linked),
        updated: dates::updated(&page, &linked),
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

/// Decodes entities such as `&amp;` where there are any, twice where they were encoded twice.
fn entities(text: &str) -> String {
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
