//! Tells when a claim was said: the date expression nearest its cue, counted back from the day of publication.
//!
//! Refuses dates inside the content ("said the vote on May 3 was rigged") and inside the source ("Baker, who left in
//! May, said"): they tell of something else.

use crate::article::Article;
use crate::attribution::Attribution;
use crate::date::{self, When};
use crate::lexicon::speech;
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
        !source && !attribution.content.overlaps(span) && is_of_cue(document, span, cue, sentence)
    };
    let distance =
        |span: Span| if span.start >= cue.end { span.start - cue.end } else { cue.start.saturating_sub(span.end) };
    date::find_expressions(window)
        .into_iter()
        .map(|e| (e.written, document.text.span_of_bytes(origin + e.bytes.start..origin + e.bytes.end)))
        .filter(|(_, span)| apart(*span))
        .min_by_key(|(_, span)| (distance(*span), span.start))
}

/// Tells whether a date belongs to the cue and to no other word: not "hurt on Friday, Baker said", "said of Monday's vote".
fn is_of_cue(document: &Document, date: Span, cue: Span, sentence: Span) -> bool {
    let tokens = document.tokens_in(date);
    let word = |t: usize| document.tokens.get(t).map_or("", |_| document.word(t));
    let owns = matches!(word(tokens.end), "'s" | "’s") || document.text.slice(date).ends_with("'s");
    let event = |t: usize| speech::is_event(&word(t).to_lowercase());
    if owns && !(tokens.end..tokens.end + 4).any(event) {
        return false;
    }
    let verb = |t: usize| {
        let tag = document.tokens[t].tag;
        tag.is_verb() && !matches!(&*document.tokens[t].lemma, "be" | "have" | "do")
    };
    let relative = |t: usize| matches!(document.tokens[t].tag.name(), "WP" | "WDT");
    let said = document.tokens_in(cue);
    let breaks = |t: &usize| matches!(word(*t), "," | ";" | "—" | "–" | "(" | ":");
    if tokens.end <= said.start {
        // What stands before it up to the comma, but for the cue, has the date, unless it opens the sentence.
        let first = document.tokens_in(sentence).start;
        let from = (first..tokens.start).rev().find(breaks).map_or(first, |t| t + 1);
        let parted = (tokens.end..said.start).any(|t| breaks(&t));
        !(parted && (from..tokens.start).any(|t| verb(t) || relative(t)))
    } else {
        !(said.end..tokens.start).any(|t| verb(t) || relative(t))
    }
}
