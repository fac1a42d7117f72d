//! "The fire is out, says the fire chief, Karl Amsel.", "The fire is out, she jokes.", "The fire was laid, a court heard.", "The fire, she went
//! on, was laid.": a report whose cue stands behind a comma.
//!
//! Only adds, in sentences in which the reader found no cue.

use super::{is_mark, span};
use crate::article::BlockKind;
use crate::attribution::assemble::{place, ruled};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::speech;
use crate::score::Reason;
use crate::span::Spans;
use crate::text::Document;
use std::ops::Range;

/// What such a find is worth; set by hand.
const WORTH: f64 = 0.7;
/// The shortest report: "It burns, says …".
const SHORTEST: usize = 2;
const LONGEST_SOURCE: usize = 16;
/// Tokens behind the last cue of a sentence: "on Tuesday", "in court".
const LONGEST_TAIL: usize = 3;

/// What a sentence reports, in token numbers.
struct Report {
    content: Vec<Range<usize>>,
    verb: usize,
    source: Range<usize>,
}

/// Adds the inverted reports that the reader left out.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    let mut new = Vec::new();
    for sentence in &document.sentences {
        let tokens = &sentence.tokens;
        let taken =
            || found.attributions.iter().any(|a| a.cue.overlaps(sentence.span) || a.content.overlaps(sentence.span));
        let reports =
            || opening(document, tokens).or_else(|| closing(document, tokens)).or_else(|| inserted(document, tokens));
        if place(document, tokens.start) == BlockKind::Paragraph
            && let Some(report) = reports()
            && !taken()
        {
            new.push(attribution(document, &report));
        }
    }
    found.attributions.extend(new);
}

/// Returns the report whose verb stands before its source.
fn opening(document: &Document, sentence: &Range<usize>) -> Option<Report> {
    let tag = |at: usize| document.tokens.get(at).map_or("", |t| t.tag.name());
    let verb = (sentence.start + SHORTEST + 1..sentence.end).find(|&at| {
        let token = &document.tokens[at];
        matches!(tag(at), "VBZ" | "VBD")
            && cues::class(&token.lemma, token.tag) == Some(Cue::Say)
            && document.word(at - 1) == ","
    })?;
    let opens = matches!(tag(verb + 1), "NNP" | "DT" | "PRP$" | "NN" | "JJ") && verb + 1 < sentence.end;
    let content = sentence.start..verb - 1;
    let states = content.clone().any(|at| document.tokens[at].tag.is_verb() || tag(at) == "MD");
    if !opens || !states || content.clone().any(|at| is_mark(document.word(at))) {
        return None;
    }
    let stops = |at: &usize| {
        document.tokens[*at].tag.is_verb() || matches!(tag(*at), "." | ":" | "WP" | "WDT" | "``" | "TO" | "MD")
    };
    let limit = sentence.end.min(verb + 1 + LONGEST_SOURCE);
    let mut end = (verb + 1..limit).find(stops).unwrap_or(limit);
    while end > verb + 1 && !document.word(end - 1).chars().any(char::is_alphanumeric) {
        end -= 1;
    }
    (end > verb + 1).then(|| Report { content: vec![content], verb, source: verb + 1..end })
}

/// Returns the report whose source and verb close the sentence in that order.
fn closing(document: &Document, sentence: &Range<usize>) -> Option<Report> {
    let tag = |at: usize| document.tokens.get(at).map_or("", |t| t.tag.name());
    let comma = sentence.clone().rev().find(|&at| document.word(at) == ",")?;
    let content = sentence.start..comma;
    let states = content.clone().any(|at| matches!(tag(at), "VBZ" | "VBD" | "VBP" | "MD"));
    // "A court heard" may be taken for a noun or a participle.
    let is_heard = |at: usize| document.word(at) == "heard";
    let noun = |at: usize| {
        matches!(tag(at), "NNP" | "NNPS" | "NN" | "NNS" | "DT" | "PRP" | "PRP$" | "POS" | "JJ")
            || matches!(document.word(at), "of" | "in")
    };
    let end = (comma + 1..sentence.end).find(|&at| !noun(at) || is_heard(at))?;
    let verb = (end..sentence.end).find(|&at| !matches!(tag(at), "RB") && !is_have(document, at))?;
    let says = match cues::class(&document.tokens[verb].lemma, document.tokens[verb].tag) {
        Some(Cue::Say) => true,
        _ => is_heard(verb) && speech::hears(&document.tokens[end - 1].lemma),
    };
    let finite = matches!(tag(verb), "VBZ" | "VBD") || tag(verb) == "VBN" && is_have(document, verb - 1);
    let tail = sentence.end - verb - 1;
    let plain = (verb + 1..sentence.end).all(|at| matches!(tag(at), "RP" | "RB" | "IN" | "DT" | "NNP" | "NN" | "."));
    let marked = sentence.clone().any(|at| is_mark(document.word(at)));
    let found = end > comma + 1 && content.len() >= SHORTEST && end - comma <= LONGEST_SOURCE;
    let whole = found && states && says && (finite || is_heard(verb)) && plain && !marked && tail <= LONGEST_TAIL + 1;
    whole.then(|| Report { content: vec![content], verb, source: comma + 1..end })
}

/// Returns the report that its source and verb part: "Takings, he went on, had come in below budget".
fn inserted(document: &Document, sentence: &Range<usize>) -> Option<Report> {
    let tag = |at: usize| document.tokens.get(at).map_or("", |t| t.tag.name());
    let first = sentence.clone().find(|&at| document.word(at) == ",")?;
    let verb = (first + 2..sentence.end.min(first + LONGEST_SOURCE)).find(|&at| document.tokens[at].tag.is_verb())?;
    let (front, source) = (sentence.start..first, first + 1..verb);
    let goes_on = &*document.tokens[verb].lemma == "go" && document.word(verb + 1) == "on";
    let says = goes_on || cues::class(&document.tokens[verb].lemma, document.tokens[verb].tag) == Some(Cue::Say);
    let second = verb + 1 + usize::from(matches!(tag(verb + 1), "RP" | "IN" | "RB"));
    let finite = |at: usize| matches!(tag(at), "VBZ" | "VBD" | "VBP" | "MD");
    let noun = |part: &Range<usize>| {
        part.clone().any(|at| document.tokens[at].tag.is_noun() || tag(at) == "PRP")
            && !part
                .clone()
                .any(|at| document.tokens[at].tag.is_verb() || matches!(tag(at), "IN" | "WP" | "WDT" | "CC"))
    };
    let marked = sentence.clone().any(|at| is_mark(document.word(at)));
    let rest = second + 1..sentence.end - usize::from(document.word(sentence.end - 1) == ".");
    let found = says && finite(verb) && document.word(second) == "," && finite(second + 1) && rest.len() >= SHORTEST;
    (found && noun(&front) && noun(&source) && !marked).then(|| Report { content: vec![front, rest], verb, source })
}

fn is_have(document: &Document, token: usize) -> bool {
    &*document.tokens[token].lemma == "have"
}

fn attribution(document: &Document, report: &Report) -> Attribution {
    let content = Spans::new(report.content.iter().map(|piece| span(document, piece)));
    let spans = (Some(span(document, &report.source)), document.tokens[report.verb].span, content);
    let detail = format!("\"{}\" reports what stands before it", document.word(report.verb));
    ruled(document, spans, BlockKind::Paragraph, WORTH, Reason::new("rule.inverted", detail, WORTH))
}
