//! "Oscar Brandao, the housing minister, denied that he took it": a cue to which the reader found no source has its own subject.

use super::{is_passive, is_perfect, span, tokens, verb};
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::people::{self, Collective};
use crate::lexicon::speech;
use crate::span::Spans;
use crate::text::Document;
use crate::text::parser::Role;
use std::ops::Range;

/// Gives each cue without a source the subject of its verb, or else the source of the cue that it goes on.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    for number in 0..found.attributions.len() {
        subject_of(document, &mut found.attributions[number]);
        let attribution = &found.attributions[number];
        let Some(verb) = verb(document, &attribution.cue).filter(|_| attribution.source.is_none()) else { continue };
        if !is_passive(document, verb) {
            found.attributions[number].source = shared(document, &found.attributions, number, verb);
        }
    }
}

/// Gives a cue without a source the subject of its verb.
pub(in crate::attribution) fn subject_of(document: &Document, attribution: &mut Attribution) {
    let Some(verb) = verb(document, &attribution.cue).filter(|_| attribution.source.is_none()) else { return };
    let finite = matches!(document.tokens[verb].tag.name(), "VBD" | "VBZ" | "VBP");
    // "Hill would not be drawn on it".
    let drawn = &*document.tokens[verb].lemma == "draw";
    if is_passive(document, verb) && !drawn {
        return;
    }
    let own = |governor| subject(document, attribution, verb, governor);
    let phrase = Some(verb).filter(|_| finite || drawn || is_perfect(document, verb));
    let phrase = phrase.and_then(|verb| own(verb).or_else(|| own(joined_to(document, verb)?)));
    let phrase = phrase.map(|phrase| Spans::from(span(document, &phrase)));
    attribution.source = phrase.or_else(|| relative(document, attribution));
}

/// Tells whether a verb says that its subject was told or asked something.
pub(in crate::attribution) fn is_told(document: &Document, verb: usize) -> bool {
    is_passive(document, verb) && speech::tells(&document.tokens[verb].lemma)
}

/// "Ann held up a sign that read “Stop”": the noun before "that" or "which", where that is the subject.
fn relative(document: &Document, attribution: &Attribution) -> Option<Spans> {
    let first = tokens(document, &attribution.cue).into_iter().next()?;
    let pronoun = first.checked_sub(1).filter(|&at| document.tokens[at].tag.name() == "WDT")?;
    let noun = pronoun.checked_sub(1)?;
    let noun = if document.word(noun) == "," { noun.checked_sub(1)? } else { noun };
    document.tokens[noun].tag.is_noun().then(|| span(document, &noun_phrase(document, noun)).into())
}

/// "He said that it was safe and denied that it had leaked", "…, adding that it was safe": the source of the cue before it in its sentence.
fn shared(document: &Document, all: &[Attribution], number: usize, verb: usize) -> Option<Spans> {
    let sentence = document.sentence_of(verb).map(|s| document.sentences[s].tokens.clone())?;
    let tag = |at: usize| document.tokens[at].tag.name();
    let first = tokens(document, &all[number].cue).into_iter().find(|at| sentence.contains(at))?;
    let before = (sentence.start..first).rev().find(|&at| !matches!(tag(at), "RB" | "VBZ" | "VBP" | "VBD" | "MD"))?;
    let joined = match tag(before) {
        "CC" => matches!(document.word(before), "and" | "but") && matches!(tag(verb), "VBD" | "VBZ" | "VBP" | "VBG"),
        "," => tag(verb) == "VBG",
        _ => false,
    };
    if !joined {
        return None;
    }
    let told = tokens(document, &all[number].content);
    let earlier = |other: &&Attribution| {
        let cue = tokens(document, &other.cue);
        let inside = other.content.iter().any(|piece| document.tokens_in(piece).contains(&verb));
        cue.first().is_some_and(|at| sentence.contains(at) && *at < first && !told.contains(at)) && !inside
    };
    all.iter().rev().filter(|other| other.source.is_some()).find(earlier)?.source.clone()
}

/// Returns the first of the verbs that a verb goes on: "visited" of "visited, bought a paper and promised".
fn joined_to(document: &Document, verb: usize) -> Option<usize> {
    let up = |at: usize| {
        let token = &document.tokens[at];
        let head = token.head.filter(|_| token.role == Role::Conjunct)? as usize;
        (head < at && document.tokens[head].tag.is_verb()).then_some(head)
    };
    std::iter::successors(up(verb), |&at| up(at)).last()
}

/// Returns the noun phrase that is the subject of `governor`, the verb of a cue or one that it goes on, where it names somebody and
/// stands outside of the words that are reported.
fn subject(document: &Document, attribution: &Attribution, verb: usize, governor: usize) -> Option<Range<usize>> {
    let phrase = of_verb(document, governor).filter(|phrase| phrase.end <= verb)?;
    let head = phrase.end - 1;
    let tag = document.tokens[head].tag.name();
    let lemma = &*document.tokens[head].lemma;
    let body = people::collective(lemma) == Some(Collective::Organization);
    let somebody = matches!(tag, "NNP" | "NNPS")
        || governor != verb && tag == "PRP"
        || matches!(tag, "NN" | "NNS") && (body || people::role(lemma).is_some() || people::is_person_noun(lemma));
    let told = tokens(document, &attribution.content);
    if !somebody || told.iter().any(|&at| at >= head && at < verb) {
        return None;
    }
    Some(phrase.clone().rfind(|at| told.contains(at)).map_or(phrase.start, |at| at + 1)..phrase.end)
}

/// Returns the noun phrase before a verb that the parse makes its subject.
pub(super) fn of_verb(document: &Document, verb: usize) -> Option<Range<usize>> {
    let sentence = document.sentence_of(verb).map(|s| document.sentences[s].tokens.clone())?;
    let governed = |&at: &usize| {
        let token = &document.tokens[at];
        token.head == Some(verb as u32) && token.role == Role::Subject
    };
    (sentence.start..verb).rev().find(governed).map(|head| noun_phrase(document, head))
}

/// Returns the noun phrase of a sentence that ends in a noun.
pub(super) fn noun_phrase(document: &Document, head: usize) -> Range<usize> {
    let sentence = document.sentence_of(head).map_or(head, |s| document.sentences[s].tokens.start);
    let part = |at: usize| {
        matches!(document.tokens[at].tag.name(), "NNP" | "NNPS" | "NN" | "NNS" | "JJ" | "DT" | "PRP$" | "POS" | "CD")
    };
    let mut start = head;
    while start > sentence && part(start - 1) {
        start -= 1;
    }
    start..head + 1
}
