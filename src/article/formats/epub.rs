//! Books: each chapter of the spine an article of its own.

use super::packed::{self, Zip};
use super::xml::{self, Mark};
use super::{Body, Entry, Format, Input, Reading, html};
use crate::article::{BlockKind, ReadError, decode};
use std::collections::BTreeMap;

pub const FORMAT: Format = Format {
    name: "epub",
    title: "book (EPUB)",
    fits: |bytes| packed::zip_holds(bytes, "META-INF/container.xml", b""),
    read,
    version: 1,
    records: None,
    keeps: "each chapter in the order of the book: heading, text; the book's title, authors, publisher, date and language",
    sample: "tests/data/formats/book.epub",
};

/// Letters that make a page a chapter and no title page.
const CHAPTER: usize = 200;

/// What the book says of itself.
#[derive(Debug, Default)]
struct Book {
    about: Reading,
    /// Path and kind of each file, by its id.
    files: BTreeMap<String, (String, String)>,
    spine: Vec<String>,
}

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let mut zip = Zip::open(input.bytes, input.name, input.room)?;
    let mut package = None;
    xml::walk(&zip.file("META-INF/container.xml")?, "META-INF/container.xml", &mut Vec::new(), |mark| {
        if let Mark::Open("rootfile", attributes) = mark {
            package = package.take().or_else(|| xml::value(&attributes, "full-path"));
        }
    });
    let package = package.ok_or_else(|| broken(input.name, "it names no package"))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Book { about, files, spine } = book(&zip.file(&package)?);
    let mut out = Vec::new();
    for id in spine {
        let Some((path, kind)) = files.get(&id) else { continue };
        if !kind.contains("html") {
            continue;
        }
        input.room.member(input.name)?;
        match zip.file(&within(folder, path)) {
            Ok(bytes) => out.extend(chapter(&bytes, &about, input.name)),
            Err(error) => out.push(Err(error)),
        }
    }
    if out.is_empty() {
        return Err(broken(input.name, "none of its chapters holds text"));
    }
    Ok(out)
}

fn broken(name: &str, reason: &str) -> ReadError {
    ReadError::Broken { name: name.to_owned(), format: "a book", reason: reason.to_owned() }
}

fn book(xml: &[u8]) -> Book {
    let (mut book, mut words) = (Book::default(), String::new());
    xml::walk(xml, "the package", &mut Vec::new(), |mark| match mark {
        Mark::Open("item", attributes) => {
            let value = |name| xml::value(&attributes, name).unwrap_or_default();
            let nav = value("properties").split(' ').any(|word| word == "nav");
            if !nav {
                book.files.insert(value("id"), (value("href"), value("media-type")));
            }
        }
        Mark::Open("itemref", attributes) => {
            if xml::value(&attributes, "linear").is_none_or(|linear| linear != "no") {
                book.spine.extend(xml::value(&attributes, "idref"));
            }
        }
        Mark::Open(..) => words.clear(),
        Mark::Words(more) => words.push_str(more),
        Mark::Close(name) => {
            let value = words.trim().to_owned();
            if value.is_empty() {
                return;
            }
            match name {
                "title" if book.about.title.is_none() => book.about.title = Some(value),
                "creator" => book.about.authors.extend(html::names(&value)),
                "publisher" => book.about.outlet = Some(value),
                "date" if book.about.published.is_none() => book.about.published = html::moment(&value),
                "language" => book.about.language = Some(value),
                _ => {}
            }
            words.clear();
        }
    });
    book
}

/// The path of a file in the archive, from a link in the package: escapes undone, `..` followed.
fn within(folder: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let bytes = link.as_bytes();
    let (mut plain, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    let link = String::from_utf8_lossy(&plain).into_owned();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A chapter with the book's metadata; nothing for a title page.
fn chapter(bytes: &[u8], about: &Reading, name: &str) -> Option<Entry> {
    let text = match decode::decode(bytes, name, &mut Vec::new()) {
        Ok(text) => text,
        Err(error) => return Some(Err(error)),
    };
    let pieces = html::fragment(&text);
    let letters: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    if letters < CHAPTER {
        return None;
    }
    let heading = pieces.iter().find(|piece| piece.kind == BlockKind::Headline).map(|piece| piece.text.clone());
    let title = match (&about.title, heading) {
        (Some(book), Some(heading)) => Some(format!("{book}: {heading}")),
        (book, heading) => heading.or_else(|| book.clone()),
    };
    Some(Ok(Reading { body: Body::Blocks(pieces), title, ..about.clone() }))
}
