//! Lines that ask or lead elsewhere, told by their words; and what kind of block a leaf is.

use super::page::Leaf;
use crate::article::BlockKind;
use crate::article::blocks;
use crate::article::formats::Piece;

/// Makes a block of a leaf; `None` when its words are furniture.
pub(super) fn piece(leaf: &Leaf, tag: &str) -> Option<Piece> {
    let text = leaf.text.clone();
    if let Some(kind) = blocks::furniture(&text)
        && kind != BlockKind::Paragraph
    {
        return None;
    }
    let heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    Some(Piece { kind: if heading { BlockKind::Headline } else { BlockKind::Paragraph }, text })
}

/// Headings at the end head nothing.
pub(super) fn trim_ends(pieces: &mut Vec<Piece>) {
    while pieces.last().is_some_and(|last| last.kind == BlockKind::Headline) {
        pieces.pop();
    }
}
