//! Tells when a claim was said: the date expression nearest its cue, counted back from the day of publication.
//!
//! Refuses dates inside the content ("said the vote on May 3 was rigged") and inside the source ("Baker, who left in
//! May, said"): they tell of something else.

use crate::article::Article;
use crate::attribution::Attribution;
use crate::date::{self, When};
use crate::score::Reason;
use crate::span::Span;
use crate::text::Document;

/// How many code points on each side of the cue are searched.
const WINDOW: u32 = 240;

/// When it was said, and what to warn of.
pub(super) struct Said {
    pub when: When,
    pub warning: Option<Reason>,
}

/// Returns when an attribution was said; the article's own date where its sentence names none.
pub(super) fn when(article: &Article, document: &Document, attribution: &Attribution) -> Said {
    let Some((written, _)) = nearest(document, attribution) else {
        return Said { when: When { written: String::new(), date: article.published }, warning: None };
    };
    let date = article.published.and_then(|published| date::resolve(&written, published));
    let warning = match (date, article.published) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(format!("\"{written}\" names no single day, month or year: kept as written")),
        (None, None) => Some(format!("\"{written}\" cannot be counted back: the article has no date")),
    };
    let warning = warning.map(|detail| Reason::new("said.unresolved", detail, 0.0));
    Said { when: When { written, date }, warning }
}

/// Returns the date expression nearest the cue in its sentence, outside content and source.
fn nearest(document: &Document, attribution: &Attribution) -> Option<(String, Span)> {
    let cue = attribution.cue.cover()?;
    let token = document.tokens_in(cue).start;
    let sentence = document.sentence_of(token).and_then(|s| document.sentences.get(s))?.span;
    let from = sentence.start.max(cue.start.saturating_sub(WINDOW));
    let to = sentence.end.min(cue.end.saturating_add(WINDOW)).max(from);
    let window = document.text.slice(Span::new(from, to));
    let origin = document.text.byte_of(from);
    let apart = |span: Span| {
        let source = attribution.source.as_ref().is_some_and(|s| s.overlaps(span));
        !source && !attribution.content.overlaps(span)
    };
    let distance =
        |span: Span| if span.start >= cue.end { span.start - cue.end } else { cue.start.saturating_sub(span.end) };
    date::find_expressions(window)
        .into_iter()
        .map(|e| (e.written, document.text.span_of_bytes(origin + e.bytes.start..origin + e.bytes.end)))
        .filter(|(_, span)| apart(*span))
        .min_by_key(|(_, span)| (distance(*span), span.start))
}
