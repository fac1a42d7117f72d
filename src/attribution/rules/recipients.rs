//! Who is told something is no part of it: "told him that the road was safe", "Jurors were told that it was laid".
//!
//! A row of `lexicon/grammar_rules.tsv` names the verbs. Refuses "urged him to leave", where he is the one who is to leave.

use super::{is_passive, span, tokens, verb};
use crate::attribution::assemble::quotation;
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::speech;
use crate::span::{Span, Spans};
use crate::text::{Document, Entity};
use std::ops::Range;

/// Tokens of those who are told at most: "the members of the committee".
const LONGEST: usize = 10;

/// Takes those who are told out of all contents.
pub(super) fn trim(document: &Document, found: &mut Attributions) {
    for attribution in &mut found.attributions {
        let Some(verb) = verb(document, &attribution.cue) else { continue };
        if !speech::tells(&document.tokens[verb].lemma) {
            continue;
        }
        let kept = kept(document, attribution, verb);
        if kept != attribution.content {
            attribution.content = kept;
            attribution.quotation = quotation(document, &attribution.content);
        }
    }
}

/// Returns the pieces without those who are told.
fn kept(document: &Document, attribution: &Attribution, verb: usize) -> Spans {
    let pieces: Vec<Span> = attribution.content.iter().collect();
    let behind = tokens(document, &attribution.cue).into_iter().max().map_or(verb + 1, |last| last + 1);
    let last = pieces.len().saturating_sub(1);
    let told = |number: usize, piece: Span| {
        let inside = document.tokens_in(piece);
        let addressed = if is_passive(document, verb) { inside.end <= verb } else { inside.start == behind };
        number < last && addressed && is_somebody(document, &inside)
    };
    let cut = |piece: Span| {
        let inside = document.tokens_in(piece);
        let opens = (inside.start == behind).then(|| opening(document, &inside)).flatten();
        opens.map_or(piece, |at| span(document, &(at..inside.end)))
    };
    let rest = pieces.iter().enumerate().filter(|(number, piece)| !told(*number, **piece));
    Spans::new(rest.map(|(_, piece)| cut(*piece)))
}

/// "Told her in May that": when they were told is no part of it either.
fn is_day(document: &Document, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| token.entity == Entity::Date)
}

/// Tells whether tokens are a name or a noun and nothing else, but for when they were told.
fn is_somebody(document: &Document, tokens: &Range<usize>) -> bool {
    let part = |at: usize| {
        let tag = document.tokens[at].tag.name();
        matches!(tag, "NN" | "NNS" | "NNP" | "NNPS" | "DT" | "PRP" | "PRP$" | "JJ" | "CD" | "POS")
            || matches!(document.word(at), "of" | "and" | ",")
            || is_day(document, at)
            || matches!(document.word(at), "in" | "on" | "last") && is_day(document, at + 1)
    };
    (1..=LONGEST).contains(&tokens.len()) && tokens.clone().all(part)
}

/// Returns where the words that are told begin behind those who are told: "him | that", "the court | whether", "them | there would".
fn opening(document: &Document, inside: &Range<usize>) -> Option<usize> {
    let tag = |at: usize| document.tokens[at].tag.name();
    let first = document.word(inside.start);
    // "Told him it was safe": a pronoun that is nobody's subject.
    let object = matches!(first, "him" | "me" | "us" | "them") && inside.len() > 2;
    let clause = object && matches!(tag(inside.start + 1), "PRP" | "DT" | "EX" | "NNP" | "NNS" | "PRP$");
    if clause {
        return Some(inside.start + 1);
    }
    let at = inside.clone().take(LONGEST).find(|&at| {
        matches!(document.word(at), "that" | "if" | "whether" | "how" | "why" | "what" | "when" | "where")
    })?;
    (is_somebody(document, &(inside.start..at)) && document.word(at - 1) != ",").then_some(at)
}
