//! "Oscar Brandao, the housing minister, denied that he took it": a cue to which the reader found no source has its own subject.

use super::{is_passive, is_perfect, span, tokens, verb};
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::people::{self, Collective};
use crate::span::Spans;
use crate::text::Document;
use crate::text::parser::Role;
use std::ops::Range;

/// Gives each cue without a source the subject of its verb.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    for attribution in found.attributions.iter_mut().filter(|a| a.source.is_none()) {
        let Some(verb) = verb(document, &attribution.cue) else { continue };
        let finite = matches!(document.tokens[verb].tag.name(), "VBD" | "VBZ" | "VBP");
        if (finite || is_perfect(document, verb)) && !is_passive(document, verb) {
            attribution.source =
                subject(document, attribution, verb).map(|phrase| Spans::from(span(document, &phrase)));
        }
    }
}

/// Returns the noun phrase that is the subject of a verb, where it names somebody and stands outside of the words that are reported.
fn subject(document: &Document, attribution: &Attribution, verb: usize) -> Option<Range<usize>> {
    let governed = |&at: &usize| {
        let token = &document.tokens[at];
        token.head == Some(verb as u32) && token.role == Role::Subject
    };
    let sentence = document.sentence_of(verb).map(|s| document.sentences[s].tokens.clone())?;
    let head = (sentence.start..verb).rev().find(governed)?;
    let tag = document.tokens[head].tag.name();
    let lemma = &*document.tokens[head].lemma;
    let body = people::collective(lemma) == Some(Collective::Organization);
    let somebody = matches!(tag, "NNP" | "NNPS")
        || matches!(tag, "NN" | "NNS") && (body || people::role(lemma).is_some() || people::is_person_noun(lemma));
    let told = tokens(document, &attribution.content);
    if !somebody || told.iter().any(|&at| at >= head && at < verb) {
        return None;
    }
    let part = |at: usize| {
        matches!(document.tokens[at].tag.name(), "NNP" | "NNPS" | "NN" | "NNS" | "JJ" | "DT" | "PRP$" | "POS")
    };
    let mut start = head;
    while start > sentence.start && part(start - 1) && !told.contains(&(start - 1)) {
        start -= 1;
    }
    Some(start..head + 1)
}
