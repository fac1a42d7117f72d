//! Quotations that stand apart from the report to which a reader tied them: a whole sentence of something else lies between.
//!
//! Such a quotation becomes an attribution of its own without source and cue; the speaker is settled with the others
//! (`speakers::quoted`), first of all as the one of whom the sentence before it tells.

use super::{is_mark, verb};
use crate::attribution::{Attribution, Attributions, Quotation, assemble};
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::Document;

/// What such a find is worth, set by hand.
const WORTH: f64 = 0.5;

/// Parts the quotations from their reports.
pub(super) fn part(document: &Document, found: &mut Attributions) {
    let mut parted: Vec<Attribution> = Vec::new();
    for attribution in &mut found.attributions {
        let pieces: Vec<Span> = attribution.content.iter().collect();
        let Some((&last, before)) = pieces.split_last().filter(|(_, before)| !before.is_empty()) else { continue };
        if !stands_apart(document, attribution, before, last) {
            continue;
        }
        attribution.content = Spans::new(before.to_vec());
        attribution.quotation = assemble::quotation(document, &attribution.content);
        parted.push(Attribution {
            source: None,
            cue: Spans::default(),
            content: last.into(),
            quotation: Quotation::Direct,
            score: Score::new(WORTH),
            because: vec![Reason::new("rule.apart", "a sentence of something else stands before it".to_owned(), WORTH)],
            ..attribution.clone()
        });
    }
    found.attributions.extend(parted);
}

/// Tells whether a piece in marks begins after a sentence that has nothing of its report.
fn stands_apart(document: &Document, attribution: &Attribution, before: &[Span], last: Span) -> bool {
    let Some(cue) = verb(document, &attribution.cue) else { return false };
    let inside = document.tokens_in(last);
    if inside.is_empty() {
        return false;
    }
    let (first, end) = (inside.start, inside.end - 1);
    let quoted = is_mark(document.word(first)) && is_mark(document.word(end));
    let of = |token: usize| document.sentence_of(token);
    let reported = before.iter().flat_map(|piece| document.tokens_in(*piece)).chain([cue]).filter_map(of).max();
    let (Some(reported), Some(sentence)) = (reported, of(first)) else { return false };
    let between = |n: usize| document.sentences[n].tokens.clone();
    let told = |n: usize| {
        between(n).any(|t| document.tokens[t].tag.is_verb()) && !between(n).any(|t| is_mark(document.word(t)))
    };
    quoted && (reported + 1..sentence).any(told)
}
