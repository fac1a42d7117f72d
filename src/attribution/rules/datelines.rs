//! "HARBOUR CITY (Wire) - The port will close": a dateline is nobody's words, and its place speaks no word.

use crate::article::{self, BlockKind};
use crate::attribution::Attributions;
use crate::span::{Span, Spans};
use crate::text::Document;

/// Returns the datelines of the paragraphs, dash included, in text order.
pub fn datelines(document: &Document) -> Vec<Span> {
    let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let found = paragraphs.filter_map(|block| {
        let text = document.text.slice(block.span);
        let behind = article::behind_dateline(text)?;
        let length = text[..text.len() - behind.len()].chars().count() as u32;
        Some(Span::new(block.span.start, block.span.start + length))
    });
    found.collect()
}

/// Takes datelines out of sources and contents.
pub(super) fn cut(document: &Document, found: &mut Attributions) {
    let datelines = datelines(document);
    if datelines.is_empty() {
        return;
    }
    let behind = |spans: &Spans| {
        let cut = |span: Span| {
            let over = datelines.iter().find(|dateline| span.start >= dateline.start && span.start < dateline.end);
            let start = over.map_or(span.start, |dateline| dateline.end);
            (start < span.end).then(|| Span::new(start, span.end))
        };
        Spans::new(spans.iter().filter_map(cut))
    };
    for attribution in &mut found.attributions {
        attribution.content = behind(&attribution.content);
        attribution.source =
            attribution.source.take().map(|source| behind(&source)).filter(|source| !source.is_empty());
    }
}
