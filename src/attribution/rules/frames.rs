//! Verbs that report by what stands around them: who "would not be drawn on" something, who "puts" a figure "at" so much, what a
//! recording "shows".
//!
//! Refuses words that another cue reports already, and verbs in the words of somebody.

use super::subjects::{noun_phrase, of_verb};
use super::{is_mark, span};
use crate::article::BlockKind;
use crate::attribution::assemble::{place, ruled};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::people::{self, Collective};
use crate::score::Reason;
use crate::text::Document;
use std::ops::Range;

/// What such a find is worth; set by hand.
const WORTH: f64 = 0.7;
/// Tokens between "put" and "at" at most.
const LONGEST: usize = 10;

/// Adds what the readers left of these.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    let mut more = Vec::new();
    for sentence in &document.sentences {
        if place(document, sentence.tokens.start) != BlockKind::Paragraph {
            continue;
        }
        for verb in sentence.tokens.clone().filter(|&at| document.tokens[at].tag.is_verb()) {
            let Some((source, cue)) = frame(document, verb, &sentence.tokens) else { continue };
            let whole = span(document, &cue);
            let taken = |one: &Attribution| one.cue.overlaps(whole) || one.content.overlaps(whole);
            if !found.attributions.iter().any(taken) {
                more.extend(attribution(document, &source, &cue, sentence.tokens.end));
            }
        }
    }
    found.attributions.extend(more);
}

fn attribution(document: &Document, source: &Range<usize>, cue: &Range<usize>, end: usize) -> Option<Attribution> {
    let content = cue.end..clause_end(document, cue.end, end);
    // "At 400, up from 90 last night".
    let figure = &*document.tokens[cue.start].lemma == "put";
    let comma = content.clone().find(|&at| document.word(at) == ",").filter(|_| figure);
    let content = content.start..comma.unwrap_or(content.end);
    let words = document.text.slice(span(document, cue));
    let reason = Reason::new("rule.frame", format!("\"{words}\" reports here"), WORTH);
    let spans = (Some(span(document, source)), span(document, cue), span(document, &content).into());
    (!content.is_empty()).then(|| ruled(document, spans, BlockKind::Paragraph, WORTH, reason))
}

/// Returns the source and the cue that a verb makes with the words around it.
fn frame(document: &Document, verb: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    if let Some(source) = exhibit(document, verb) {
        return Some((source, verb..verb + 1));
    }
    let cue =
        refusal(document, verb, sentence).or_else(|| estimate(document, verb, sentence).then_some(verb..verb + 1))?;
    let subject = of_verb(document, verb)?;
    // "A person close to the talks put it at 400".
    let parts = |at: usize| document.tokens[at].tag.is_verb() || !document.word(at).contains(char::is_alphanumeric);
    let end = if (subject.end..cue.start).any(parts) { subject.end } else { cue.start };
    Some((subject.start..end, cue))
}

/// "Would not be drawn on", "has yet to say", "stopped short of calling".
fn refusal(document: &Document, verb: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let back = |n: usize| verb.checked_sub(n).filter(|&at| at >= sentence.start);
    let word = |n: usize| back(n).map_or_else(String::new, |at| document.word(at).to_lowercase());
    let token = &document.tokens[verb];
    let says = matches!(cues::class(&token.lemma, token.tag), Some(Cue::Say | Cue::Call | Cue::Discuss | Cue::Deny));
    let start = match &*token.lemma {
        "draw" if word(1) == "be" && matches!(&*word(2), "not" | "n't" | "n’t") => back(3)?,
        "draw" if word(1) == "be" && word(2) == "to" && word(3) == "refused" => back(3)?,
        _ if says && word(1) == "to" && word(2) == "yet" => back(3)?,
        _ if says && word(1) == "of" && word(2) == "short" => back(3)?,
        _ => return None,
    };
    Some(start..verb + 1)
}

/// "Put the number at 400": with a figure behind "at".
fn estimate(document: &Document, verb: usize, sentence: &Range<usize>) -> bool {
    let mut behind = verb + 1..sentence.end.min(verb + 1 + LONGEST);
    let figure = |at: usize| {
        let end = sentence.end.min(at + 5);
        (at + 1..end).any(|t| document.tokens[t].tag.name() == "CD")
    };
    &*document.tokens[verb].lemma == "put"
        && matches!(document.tokens[verb].tag.name(), "VBD" | "VBZ" | "VBP" | "VBN")
        && behind.any(|at| document.word(at) == "at" && figure(at))
}

/// Returns what can be read or seen, the subject of a verb of report: "CCTV showed", "a sign reads", "CCTV played to the jury showed".
fn exhibit(document: &Document, verb: usize) -> Option<Range<usize>> {
    let token = &document.tokens[verb];
    let says = cues::class(&token.lemma, token.tag) == Some(Cue::Say);
    let subject = of_verb(document, verb).filter(|_| says && matches!(token.tag.name(), "VBD" | "VBZ" | "VBP"))?;
    let tag = |at: usize| document.tokens[at].tag.name();
    let before = |back: usize| subject.start.checked_sub(back);
    let governed = before(1).is_some_and(|at| matches!(tag(at), "IN" | "TO"));
    let head = match before(3).filter(|_| governed) {
        Some(head) if matches!(tag(head + 1), "VBN" | "VBD") => head,
        // "In a letter read to the board, Hill said".
        _ if governed => return None,
        _ => subject.end - 1,
    };
    let written = people::collective(&document.tokens[head].lemma.to_lowercase()) == Some(Collective::Document);
    written.then(|| if head < subject.start { noun_phrase(document, head) } else { subject })
}

/// Returns where the clause ends that begins at a token: before a semicolon, before ", but" and the marks that close the sentence.
fn clause_end(document: &Document, from: usize, end: usize) -> usize {
    let goes_on = |at: usize| matches!(document.word(at + 1), "but" | "and" | "which" | "who" | "though" | "although");
    let parts = |&at: &usize| document.word(at) == ";" || document.word(at) == "," && goes_on(at);
    let mut end = (from..end).find(parts).unwrap_or(end);
    while end > from && !document.word(end - 1).contains(char::is_alphanumeric) && !is_mark(document.word(end - 1)) {
        end -= 1;
    }
    end
}
