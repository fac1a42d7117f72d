//! "The fire is out, says the fire chief, Karl Amsel.": a report whose verb stands before its subject, behind a comma.
//!
//! Only adds, in sentences in which the reader found no cue.

use super::{is_mark, span};
use crate::article::BlockKind;
use crate::attribution::assemble::ruled;
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions};
use crate::score::Reason;
use crate::text::Document;
use std::ops::Range;

/// What such a find is worth; set by hand.
const WORTH: f64 = 0.7;
/// The shortest report: "It burns, says …".
const SHORTEST: usize = 2;
const LONGEST_SOURCE: usize = 16;

/// Adds the inverted reports that the reader left out.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    let mut new = Vec::new();
    for sentence in &document.sentences {
        let place = document.blocks.get(sentence.block).map_or(BlockKind::Paragraph, |b| b.kind);
        let taken =
            || found.attributions.iter().any(|a| a.cue.overlaps(sentence.span) || a.content.overlaps(sentence.span));
        if place == BlockKind::Paragraph
            && let Some((content, verb, source)) = report(document, &sentence.tokens)
            && !taken()
        {
            new.push(attribution(document, &content, verb, &source));
        }
    }
    found.attributions.extend(new);
}

/// Returns what is reported, the verb and the source.
fn report(document: &Document, sentence: &Range<usize>) -> Option<(Range<usize>, usize, Range<usize>)> {
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
    (end > verb + 1).then_some((content, verb, verb + 1..end))
}

fn attribution(document: &Document, content: &Range<usize>, verb: usize, source: &Range<usize>) -> Attribution {
    let spans = (span(document, source), document.tokens[verb].span, span(document, content));
    let detail = format!("\"{}\" reports what stands before it", document.word(verb));
    ruled(document, spans, BlockKind::Paragraph, WORTH, Reason::new("rule.inverted", detail, WORTH))
}
