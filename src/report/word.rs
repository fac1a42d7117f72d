//! The report as a Word file: the parts of the package are templates, filled like those of the other forms.
//!
//! The source of a quotation is its footnote. The same report gives the same bytes: no part knows a clock.

use super::RenderError;
use super::contradictions::Contradictions;
use super::document::environment;
use super::language::Language;
use super::page::Page;
use minijinja::context;
use minijinja::value::{Serde, Value};
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex, PoisonError};
use zip::write::{SimpleFileOptions, ZipWriter};

const DOCUMENT: &str = include_str!("templates/word/document.xml");
const FOOTER: &str = include_str!("templates/word/footer.xml");
const FOOTNOTES: &str = include_str!("templates/word/footnotes.xml");
const LINKS: &str = include_str!("templates/word/links.xml");
const CORE: &str = include_str!("templates/word/core.xml");
const STYLES: &str = include_str!("templates/word/styles.xml");
const NUMBERING: &str = include_str!("templates/word/numbering.xml");
const PARTS: &str = include_str!("templates/word/parts.xml");
const TYPES: &str = include_str!("templates/word/types.xml");

/// What the text of the document refers to, in the order in which it does.
type Referred = Arc<Mutex<Vec<String>>>;

/// Renders the contradiction report as a Word file (Office Open XML); the same value gives the same bytes.
///
/// # Errors
/// [`RenderError`] when a template of the program's own is at fault; no text in the value can cause it.
pub fn docx(report: &Contradictions, language: &'static Language) -> Result<Vec<u8>, RenderError> {
    let page = Value::from(Serde(Page::new(report, language)));
    let (notes, links) = (Referred::default(), Referred::default());
    let mut environment = environment(language)?;
    let into = Arc::clone(&notes);
    environment.add_function("footnote", move |note: Value| {
        let number = add(&into, note.to_string());
        Value::from_safe_string(format!(
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{number}\"/></w:r>"
        ))
    });
    let into = Arc::clone(&links);
    environment.add_function("link", move |url: String| format!("link{}", add(&into, url)));
    let day = report.made_on.to_string();
    let (page, day) = (&page, &day);
    let fill = |template: &str, more: Value| -> Result<String, RenderError> {
        let filled = environment.render_named_str("part.xml", template, context! { page, day, ..more })?;
        Ok(filled.chars().filter(|c| can_stand_in_xml(*c)).collect())
    };
    let document = fill(DOCUMENT, context! {})?;
    let all = |list: &Referred| list.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let footnotes = fill(FOOTNOTES, context! { notes => all(&notes) })?;
    let relations = fill(LINKS, context! { links => all(&links) })?;
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PARTS),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &relations),
        ("word/footnotes.xml", &footnotes),
        ("word/_rels/footnotes.xml.rels", &relations),
        ("word/footer.xml", &fill(FOOTER, context! {})?),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("docProps/core.xml", &fill(CORE, context! {})?),
    ];
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        file.start_file(name, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
        file.write_all(part.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

/// Keeps what is referred to; returns its number, from 1.
fn add(list: &Referred, one: String) -> usize {
    let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
    list.push(one);
    list.len()
}

/// Tells whether a character is one of XML 1.0.
const fn can_stand_in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
