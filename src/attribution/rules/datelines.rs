//! "HARBOUR CITY (Wire) - The port will close": a dateline is nobody's words, and its place speaks no word. Neither does a day: "In
//! March the mayor said".

use crate::article::{self, BlockKind};
use crate::attribution::Attributions;
use crate::date::find_expressions;
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
pub(super) fn cut(datelines: &[Span], found: &mut Attributions) {
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

/// Takes a day out of the head of sources: what stands behind it opens with its own "the", "his".
pub(super) fn cut_days(document: &Document, found: &mut Attributions) {
    for attribution in &mut found.attributions {
        let Some(source) = attribution.source.as_ref().and_then(Spans::cover) else { continue };
        let tokens = document.tokens_in(source);
        let opens = |at: usize| matches!(document.tokens[at].tag.name(), "DT" | "PRP$" | "PRP");
        let Some(from) = (tokens.start + 1..tokens.end.min(tokens.start + 4)).find(|&at| opens(at)) else { continue };
        // "In March": the month alone may be a name.
        let before = tokens.start.saturating_sub(1);
        let head = document.text.slice(document.cover(&(before..from)));
        if find_expressions(head).last().is_some_and(|day| day.bytes.end == head.len()) {
            attribution.source = Some(Span::new(document.tokens[from].span.start, source.end).into());
        }
    }
}
