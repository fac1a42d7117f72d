//! Word documents.

use super::office::{self, Draft, Style};
use super::packed::{self, Zip};
use super::xml::{self, Mark};
use super::{Entry, Format, Input, Reading};
use crate::article::{ReadError, Warning};
use std::collections::BTreeMap;

pub const FORMAT: Format = Format {
    name: "docx",
    title: "Word document (.docx)",
    fits: |bytes| packed::zip_holds(bytes, "word/document.xml", b""),
    read,
    version: 1,
    records: None,
    keeps: "paragraphs, headings, rows of tables, notes after the text; title, author, dates and language of its \
            properties; changes as if accepted, no comments",
    sample: "tests/data/formats/document.docx",
};

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let mut zip = Zip::open(input.bytes, input.name, input.room)?;
    let mut reading = Reading::default();
    let warnings = &mut reading.warnings;
    let styles = zip.file("word/styles.xml").map(|xml| styles(&xml, warnings)).unwrap_or_default();
    let mut draft = Draft::default();
    text(&zip.file("word/document.xml")?, "word/document.xml", &styles, &mut draft, warnings);
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Ok(xml) = zip.file(part) {
            text(&xml, part, &styles, &mut draft, warnings);
        }
    }
    office::whole(draft, reading, &mut zip, "docProps/core.xml", |name| name)
        .ok_or_else(|| ReadError::Empty(input.name.to_owned()))
}

/// What each style is, by its id: the id is of any language, the name behind it is not.
fn styles(xml: &[u8], warnings: &mut Vec<Warning>) -> BTreeMap<String, Style> {
    let (mut out, mut id) = (BTreeMap::new(), String::new());
    xml::walk(xml, "word/styles.xml", warnings, |mark| match mark {
        Mark::Open("style", attributes) => id = xml::value(&attributes, "styleId").unwrap_or_default(),
        Mark::Open("name", attributes) => {
            let style = xml::value(&attributes, "val").map(|name| Style::named(&name)).unwrap_or_default();
            out.insert(id.clone(), style);
        }
        _ => {}
    });
    out
}

/// Elements whose words are not of the text: what was struck out or moved away, and the second of two ways to show a thing.
const LEFT_OUT: [&str; 4] = ["del", "moveFrom", "Fallback", "pPrChange"];

fn text(xml: &[u8], part: &str, styles: &BTreeMap<String, Style>, draft: &mut Draft, warnings: &mut Vec<Warning>) {
    let (mut left_out, mut in_words, mut separator) = (0usize, false, false);
    xml::walk(xml, part, warnings, |mark| match mark {
        Mark::Open(name, _) if LEFT_OUT.contains(&name) => left_out += 1,
        Mark::Close(name) if LEFT_OUT.contains(&name) => left_out = left_out.saturating_sub(1),
        _ if left_out > 0 => {}
        Mark::Open("footnote" | "endnote", attributes) => {
            separator = xml::value(&attributes, "type").is_some_and(|kind| kind != "normal");
            draft.open_note();
        }
        Mark::Close("footnote" | "endnote") => {
            separator = false;
            draft.close_note();
        }
        _ if separator => {}
        Mark::Open("p", _) => draft.open_paragraph(Style::Text),
        Mark::Close("p") => draft.close_paragraph(),
        Mark::Open("pStyle", attributes) => {
            let id = xml::value(&attributes, "val").unwrap_or_default();
            draft.style(styles.get(&id).copied().unwrap_or_else(|| Style::named(&id)));
        }
        Mark::Open("tr", _) => draft.open_row(),
        Mark::Close("tr") => draft.close_row(),
        Mark::Open("tc", _) => draft.open_cell(),
        Mark::Open("t", _) => in_words = true,
        Mark::Close("t") => in_words = false,
        Mark::Open("tab" | "br" | "cr", _) => draft.words(" "),
        Mark::Open("noBreakHyphen", _) => draft.words("-"),
        Mark::Words(words) if in_words => draft.words(words),
        _ => {}
    });
}
