//! Text documents of LibreOffice and its kin.

use super::office::{self, Draft, Style};
use super::packed::{self, Zip};
use super::xml::{self, Mark};
use super::{Entry, Format, Input, Reading};
use crate::article::{ReadError, Warning};
use std::collections::BTreeMap;

pub const FORMAT: Format = Format {
    name: "odt",
    title: "OpenDocument text (.odt)",
    fits: |bytes| packed::zip_holds(bytes, "mimetype", b"application/vnd.oasis.opendocument.text"),
    read,
    version: 1,
    records: None,
    keeps: "as Word documents",
    sample: "tests/data/formats/document.odt",
};

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let mut zip = Zip::open(input.bytes, input.name, input.room)?;
    let content = zip.file("content.xml")?;
    let mut reading = Reading::default();
    let mut styles = BTreeMap::new();
    if let Ok(xml) = zip.file("styles.xml") {
        named(&xml, &mut styles);
    }
    named(&content, &mut styles);
    let mut draft = Draft::default();
    text(&content, &styles, &mut draft, &mut reading.warnings);
    office::whole(draft, reading, &mut zip, "meta.xml", called).ok_or_else(|| ReadError::Empty(input.name.to_owned()))
}

/// Its "date" is the day of the last change.
fn called(name: &str) -> &str {
    if name == "date" { "modified" } else { name }
}

/// Adds the styles of a part: a style of one paragraph (`P1`) is what its parent is.
fn named(xml: &[u8], styles: &mut BTreeMap<String, Style>) {
    xml::walk(xml, "styles.xml", &mut Vec::new(), |mark| {
        let Mark::Open("style", attributes) = mark else { return };
        let Some(name) = xml::value(&attributes, "name") else { return };
        let parent = xml::value(&attributes, "parent-style-name").unwrap_or_default();
        let own = Style::named(&name);
        let style =
            if own == Style::Text { styles.get(&parent).copied().unwrap_or(Style::named(&parent)) } else { own };
        styles.insert(name, style);
    });
}

/// Elements whose words are not of the text.
const LEFT_OUT: [&str; 5] = ["tracked-changes", "annotation", "note-citation", "sequence-decls", "forms"];

fn text(xml: &[u8], styles: &BTreeMap<String, Style>, draft: &mut Draft, warnings: &mut Vec<Warning>) {
    let (mut left_out, mut in_text) = (0usize, false);
    xml::walk(xml, "content.xml", warnings, |mark| match mark {
        Mark::Open(name, _) if LEFT_OUT.contains(&name) => left_out += 1,
        Mark::Close(name) if LEFT_OUT.contains(&name) => left_out = left_out.saturating_sub(1),
        _ if left_out > 0 => {}
        Mark::Open("body", _) => in_text = true,
        _ if !in_text => {}
        Mark::Open("h", _) => draft.open_paragraph(Style::Heading),
        Mark::Open("p", attributes) => {
            let name = xml::value(&attributes, "style-name").unwrap_or_default();
            draft.open_paragraph(styles.get(&name).copied().unwrap_or_else(|| Style::named(&name)));
        }
        Mark::Close("h" | "p") => draft.close_paragraph(),
        Mark::Open("note-body", _) => draft.open_note(),
        Mark::Close("note-body") => draft.close_note(),
        Mark::Open("table-row", _) => draft.open_row(),
        Mark::Close("table-row") => draft.close_row(),
        Mark::Open("table-cell", _) => draft.open_cell(),
        Mark::Open("s" | "tab" | "line-break", _) => draft.words(" "),
        Mark::Words(words) => draft.words(words),
        _ => {}
    });
}
