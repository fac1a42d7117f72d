//! What text documents have in common: paragraphs, headings, rows of tables, and notes that come after the text.

use super::packed::Zip;
use super::xml::{self, Mark};
use super::{Body, Entry, Piece, Reading};
use crate::article::{BlockKind, Warning, blocks};
use crate::lexicon::letters::one_line;

/// A cell with more words than this, in bytes, is text set in a table and no entry of one.
const LONGEST_CELL: usize = 160;

/// A document as it is read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pieces: Vec<Piece>,
    notes: Vec<Piece>,
    /// Paragraphs without their end yet: a text box stands within one.
    open: Vec<Paragraph>,
    /// Rows without their end yet: a table may stand within a cell. Each holds its cells, each cell its paragraphs.
    rows: Vec<Vec<Vec<Piece>>>,
    /// How many notes are open.
    noting: usize,
    pub title: Option<String>,
}

#[derive(Debug, Default)]
struct Paragraph {
    style: Style,
    text: String,
}

/// What a paragraph's style says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    Title,
    Heading,
    Caption,
    #[default]
    Text,
}

impl Style {
    /// Reads the name of a style: "heading 2", "Title", "caption".
    pub(super) fn named(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "title" => Self::Title,
            "caption" | "figure" | "illustration" => Self::Caption,
            heading if heading.starts_with("heading") || heading == "subtitle" => Self::Heading,
            _ => Self::Text,
        }
    }
}

impl Draft {
    pub(super) fn open_paragraph(&mut self, style: Style) {
        self.open.push(Paragraph { style, text: String::new() });
    }

    pub(super) fn style(&mut self, style: Style) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.style = style;
        }
    }

    pub(super) fn words(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(words);
        }
    }

    pub(super) fn close_paragraph(&mut self) {
        let Some(Paragraph { style, text }) = self.open.pop() else { return };
        let text = one_line(&text);
        if text.is_empty() {
            return;
        }
        if style == Style::Title && self.title.is_none() {
            self.title = Some(text.clone());
        }
        let kind = match style {
            Style::Title | Style::Heading => BlockKind::Headline,
            Style::Caption => BlockKind::Caption,
            Style::Text => blocks::furniture(&text).unwrap_or(BlockKind::Paragraph),
        };
        self.place(Piece { kind, text });
    }

    fn place(&mut self, piece: Piece) {
        if self.noting > 0 {
            return self.notes.push(piece);
        }
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.push(piece),
            None => self.pieces.push(piece),
        }
    }

    pub(super) fn open_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn open_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(Vec::new());
        }
    }

    /// A row of short cells is one line; text that is only set in a table stays paragraphs.
    pub(super) fn close_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        let short = row.iter().all(|cell| match &cell[..] {
            [] => true,
            [only] => only.text.len() <= LONGEST_CELL,
            _ => false,
        });
        if filled > 1 && short {
            let cells: Vec<String> = row.into_iter().flatten().map(|piece| piece.text).collect();
            self.place(Piece { kind: BlockKind::Paragraph, text: cells.join(" | ") });
        } else {
            row.into_iter().flatten().for_each(|piece| self.place(piece));
        }
    }

    pub(super) fn open_note(&mut self) {
        self.noting += 1;
    }

    pub(super) fn close_note(&mut self) {
        self.noting = self.noting.saturating_sub(1);
    }

    /// Ends what a damaged file left open; returns the title and all blocks, the notes last.
    pub(super) fn finish(mut self) -> (Option<String>, Vec<Piece>) {
        while !self.open.is_empty() {
            self.close_paragraph();
        }
        while !self.rows.is_empty() {
            self.close_row();
        }
        self.pieces.append(&mut self.notes);
        (self.title, self.pieces)
    }
}

/// Takes a title that a program filled in for none.
pub(super) fn real_title(title: &str) -> Option<String> {
    let title = one_line(title);
    let lower = title.to_lowercase();
    let file = [".doc", ".docx", ".odt", ".pdf", ".indd", ".qxd", ".rtf"].iter().any(|end| lower.ends_with(end));
    let filled = ["untitled", "microsoft word", "document", "unknown", "slide "].iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()) || rest.starts_with(" -"))
    });
    (!title.is_empty() && !file && !filled).then_some(title)
}

/// Makes the one entry of a document of its text and of the properties that lie in `part`, whose elements are `called` as
/// [`property`] knows them; nothing where it has no text.
pub(super) fn whole(
    draft: Draft,
    mut reading: Reading,
    zip: &mut Zip<'_>,
    part: &str,
    called: fn(&str) -> &str,
) -> Option<Vec<Entry>> {
    let (title, pieces) = draft.finish();
    if pieces.is_empty() {
        return None;
    }
    if let Ok(xml) = zip.file(part) {
        let (mut name, mut words, mut unread) = (String::new(), String::new(), Vec::new());
        xml::walk(&xml, part, &mut unread, |mark| match mark {
            Mark::Open(open, _) => {
                open.clone_into(&mut name);
                words.clear();
            }
            Mark::Words(more) => words.push_str(more),
            Mark::Close(close) if close == name => property(&mut reading, called(close), &words),
            Mark::Close(_) => {}
        });
        reading.warnings.extend(unread);
    }
    if reading.published.is_some() {
        reading.warnings.push(Warning("the date is the day on which the document was made".into()));
    }
    reading.title = title.or(reading.title);
    reading.body = Body::Blocks(pieces);
    Some(vec![Ok(reading)])
}

/// Puts a value of the document's properties where it belongs in a reading.
fn property(reading: &mut Reading, name: &str, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    match name {
        "title" => reading.title = real_title(value),
        "creator" | "initial-creator" => {
            let names = super::html::names(value);
            if reading.authors.is_empty() || name == "initial-creator" {
                reading.authors = names;
            }
        }
        "created" | "creation-date" => reading.published = super::html::moment(value),
        "modified" => reading.updated = super::html::moment(value),
        "language" => reading.language = Some(value.to_owned()),
        _ => {}
    }
}
