//! "The hospital, its manager said, was not short of insulin": what stands before an inserted cue is the subject of the words behind it.
//!
//! Refuses what stands in quotation marks: the quotation ends where it says.

use super::{is_mark, span, tokens, verb};
use crate::attribution::{Attribution, Attributions, assemble};
use crate::span::{Span, Spans};
use crate::text::Document;
use std::ops::Range;

/// Gives each sentence that its cue interrupts its beginning back.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    for number in 0..found.attributions.len() {
        let attribution = &found.attributions[number];
        let Some((sentence, rest)) = behind(document, attribution) else { continue };
        let pieces = end_with(document, attribution, &sentence);
        let front = front(document, attribution, &sentence, rest).filter(|front| {
            let others = found.attributions.iter().enumerate().filter(|(other, _)| *other != number);
            !{ others }.any(|(_, other)| {
                let ended = end_with(document, other, &sentence_of_cue(document, other).unwrap_or_default());
                ended.iter().any(|piece| piece.start < front.end && front.start < piece.end)
            })
        });
        if let Some(front) = front {
            let attribution = &mut found.attributions[number];
            attribution.content = Spans::new(std::iter::once(front).chain(pieces));
            attribution.quotation = assemble::quotation(document, &attribution.content);
        }
    }
}

fn sentence_of_cue(document: &Document, attribution: &Attribution) -> Option<Range<usize>> {
    let sentence = document.sentence_of(verb(document, &attribution.cue)?)?;
    Some(document.sentences[sentence].tokens.clone())
}

/// Returns the sentence of the cue and the token at which the words behind it begin, where they begin with their verb.
fn behind(document: &Document, attribution: &Attribution) -> Option<(Range<usize>, usize)> {
    let sentence = sentence_of_cue(document, attribution)?;
    let cue = verb(document, &attribution.cue)?;
    let opening = document.tokens_in(attribution.content.iter().next()?).start;
    let first = opening + usize::from(document.word(opening) == ",");
    let finite = matches!(document.tokens.get(first)?.tag.name(), "VBZ" | "VBD" | "VBP" | "MD");
    let after_comma = first.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    (finite && after_comma && first > cue && sentence.contains(&first)).then_some((sentence, first))
}

/// Returns the pieces of a content, those without quotation marks no further than the sentence in which they begin.
fn end_with(document: &Document, attribution: &Attribution, sentence: &Range<usize>) -> Vec<Span> {
    let cut = |piece: Span| {
        let inside = document.tokens_in(piece);
        let over = sentence.contains(&inside.start) && inside.end > sentence.end;
        if !over || inside.clone().any(|at| is_mark(document.word(at))) {
            return piece;
        }
        let stop = sentence.end.checked_sub(1).filter(|&last| document.word(last) == ".");
        span(document, &(inside.start..stop.unwrap_or(sentence.end)))
    };
    attribution.content.iter().map(cut).collect()
}

/// Returns the words before the inserted source and cue: a noun phrase that a comma ends.
fn front(document: &Document, attribution: &Attribution, sentence: &Range<usize>, rest: usize) -> Option<Span> {
    let source = attribution.source.iter().flat_map(|source| tokens(document, source));
    let inserted = tokens(document, &attribution.cue).into_iter().chain(source);
    let inserted = inserted.filter(|at| sentence.contains(at) && *at < rest).min()?;
    let comma = (sentence.start..inserted).rev().find(|&at| document.word(at) == ",")?;
    let joins = document.tokens[sentence.start].tag.name() == "CC";
    let words = sentence.start + usize::from(joins)..comma;
    let tag = |at: usize| document.tokens[at].tag;
    let noun = words.clone().any(|at| tag(at).is_noun() || tag(at).name() == "PRP");
    let plain = words
        .clone()
        .chain(comma..inserted)
        .all(|at| !is_mark(document.word(at)) && !matches!(tag(at).name(), "VBZ" | "VBD" | "VBP" | "MD"));
    let opens = words.clone().next().is_some_and(|at| !matches!(tag(at).name(), "IN" | "TO" | "RB" | "WRB" | "VBG"));
    (noun && plain && opens).then(|| span(document, &words))
}
