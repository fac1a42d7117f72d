//! Lines that ask or lead elsewhere, told by their words (`lexicon/page_lines.tsv`); and what kind of block a leaf is.

use super::page::Leaf;
use crate::article::formats::Piece;
use crate::article::{BlockKind, blocks};
use crate::lexicon::tables;
use std::sync::LazyLock;

/// Lines longer than this many words are always story.
const LONGEST: usize = 45;

enum Row {
    Start(&'static str),
    Has(&'static str),
    Both(&'static str, &'static str),
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = tables::PAGE_LINES.rows();
    rows.filter_map(|row| {
        let (how, pattern) = (row[0], row[1]);
        Some(match how {
            "start" => Row::Start(pattern),
            "has" => Row::Has(pattern),
            _ => pattern.split_once(" … ").map(|(first, then)| Row::Both(first, then))?,
        })
    })
    .collect()
});

/// Tells a line that is no story: it asks for something, leads elsewhere, or is an address alone.
fn leads_elsewhere(line: &str) -> bool {
    if line.split_whitespace().nth(LONGEST).is_some() {
        return false;
    }
    let lone = !line.contains(' ') && (line.contains("://") || line.contains('@') || line.contains("www."));
    let lower = line.replace('’', "'").to_lowercase();
    let ends_a_word = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let fits = |row: &Row| match row {
        Row::Start(start) => lower.strip_prefix(start).is_some_and(ends_a_word),
        Row::Has(words) => lower.contains(words),
        Row::Both(first, then) => {
            let rest = lower.strip_prefix(first).filter(|rest| ends_a_word(rest));
            rest.is_some_and(|rest| rest.find(then).is_some_and(|at| ends_a_word(&rest[at + then.len()..])))
        }
    };
    lone || ROWS.iter().any(fits)
}

/// Makes a block of a leaf; `None` when its words are furniture.
pub(super) fn piece(leaf: &Leaf, tag: &str) -> Option<Piece> {
    if leads_elsewhere(&leaf.text) || blocks::furniture(&leaf.text).is_some() {
        return None;
    }
    let heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let kind = if heading { BlockKind::Headline } else { BlockKind::Paragraph };
    Some(Piece { kind, text: leaf.text.clone() })
}

/// Headings at the end head nothing.
pub(super) fn trim_ends(pieces: &mut Vec<Piece>) {
    while pieces.len() > 1 && pieces.last().is_some_and(|last| last.kind == BlockKind::Headline) {
        pieces.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fires_on_its_example() {
        for row in tables::PAGE_LINES.rows() {
            assert!(leads_elsewhere(row[2]), "{row:?}");
        }
        for story in [
            "“Follow me,” she said, and went on board.",
            "More than forty cars were turned away, she said.",
            "Watching the ferry leave, Brandt said she was glad.",
            "Readers who want more ferries wrote to the council.",
        ] {
            assert!(!leads_elsewhere(story), "{story}");
        }
    }
}
