//! What the readers leave, set right by grammar: quotations that go on, passives, reports inside reports, words that a
//! reporter adds, acts that are no speech.
//!
//! Each rule is a file; none looks at topics or names. They run once, after the reader's attributions are put together.

mod acts;
mod apart;
mod continued;
mod datelines;
mod fragments;
mod frames;
mod interrupted;
mod inverted;
mod nested;
mod passives;
mod recipients;
mod subjects;
mod tails;
mod turns;

pub(super) use continued::{LEAD, goes_on_an_answer};
pub(super) use datelines::datelines;
pub(super) use nested::chain_to;
pub(super) use subjects::{is_told, subject_of};

use super::assemble::first_span;
use super::{Attribution, Attributions};
use crate::span::{Span, Spans};
use crate::text::Document;
use std::collections::BTreeSet;
use std::ops::Range;

/// Applies all rules; attributions stay in text order.
pub fn apply(document: &Document, found: &mut Attributions) {
    let datelines = datelines(document);
    datelines::cut(&datelines, found);
    datelines::cut_days(document, found);
    tails::trim(document, found);
    fragments::mend(document, found);
    acts::drop(document, found);
    turns::complement(document, found);
    interrupted::complement(document, found);
    inverted::complement(document, found);
    frames::complement(document, found);
    nested::complement(document, found);
    subjects::complement(document, found);
    passives::turn(document, found);
    recipients::trim(document, found);
    apart::part(document, found);
    continued::complement(document, found);
    // What the rules added may open with one.
    datelines::cut(&datelines, found);
    // Figures and marks alone say nothing.
    let says = |span: Span| document.text.slice(span).contains(char::is_alphabetic);
    found.attributions.retain(|a| a.content.iter().any(says));
    found.attributions.sort_by_key(first_span);
    // "Quoted experts as saying": the cue that a rule made may have been found within, too.
    let mut cues = BTreeSet::new();
    found.attributions.retain(|a| a.cue.cover().is_none_or(|cue| cues.insert(cue)));
}

fn span(document: &Document, tokens: &Range<usize>) -> Span {
    document.cover(tokens)
}

/// Returns the tokens from the first word of a source to its last.
fn source_tokens(document: &Document, attribution: &Attribution) -> Option<Range<usize>> {
    Some(document.tokens_in(attribution.source.as_ref()?.cover()?))
}

/// Returns the tokens of the words, in order.
fn tokens(document: &Document, spans: &Spans) -> Vec<usize> {
    spans.iter().flat_map(|span| document.tokens_in(span)).collect()
}

/// Returns the verb of a cue that carries its meaning: the last one.
fn verb(document: &Document, cue: &Spans) -> Option<usize> {
    tokens(document, cue).into_iter().rev().find(|&at| document.tokens[at].tag.is_verb())
}

pub(super) fn is_mark(word: &str) -> bool {
    word.chars().next().is_some_and(crate::text::tokens::is_double_mark)
}

/// Tells whether a verb stands in the passive: a participle with a form of "be" before it, at most two words between.
fn is_passive(document: &Document, verb: usize) -> bool {
    let form = document.tokens[verb].tag.name();
    let before = (1..=3).filter_map(|back| verb.checked_sub(back));
    let mut open = before.take_while(|&at| {
        let tag = document.tokens[at].tag;
        tag.is_verb() || matches!(tag.name(), "RB" | "MD")
    });
    matches!(form, "VBN" | "VBD") && open.any(|at| matches!(&*document.tokens[at].lemma, "be" | "get"))
}

/// Tells whether a verb is a participle behind a form of "have": "has accused", "have long denied".
pub(super) fn is_perfect(document: &Document, verb: usize) -> bool {
    let tag = |at: usize| document.tokens[at].tag.name();
    let mut before = (verb.saturating_sub(3)..verb).rev().skip_while(|&at| tag(at) == "RB");
    tag(verb) == "VBN" && before.next().is_some_and(|at| &*document.tokens[at].lemma == "have")
}

#[cfg(test)]
mod tests;
