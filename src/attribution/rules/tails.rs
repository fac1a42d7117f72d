//! Words that are no part of what was said: what a reporter adds behind it, and a quotation that belongs to the sentence before.
//!
//! Refuses to touch words inside quotation marks.

use super::{is_mark, span, tokens, verb};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions, assemble};
use crate::score::Reason;
use crate::span::{Span, Spans};
use crate::text::Document;
use crate::text::parser::Role;

/// Tokens of those who call it something: "the region's farmers".
const CALLERS: usize = 8;

/// Cuts the tails of all contents; what a tail reports becomes an attribution of its own.
pub(super) fn trim(document: &Document, found: &mut Attributions) {
    let mut more = Vec::new();
    let mut parted: Vec<Span> = Vec::new();
    for attribution in &mut found.attributions {
        let pieces: Vec<Span> = attribution.content.iter().collect();
        let kept: Vec<Span> = pieces
            .iter()
            .enumerate()
            .filter(|(number, piece)| {
                let own = *number > 0 && reports_itself(document, attribution, **piece);
                parted.extend(own.then_some(**piece));
                !(own || pieces.len() > 1 && stands_apart(document, attribution, &pieces, *number, **piece))
            })
            .filter_map(|(_, piece)| cut(document, attribution, *piece))
            .collect();
        if kept != pieces {
            let left =
                pieces.iter().zip(&kept).filter(|(piece, kept)| piece.start == kept.start && kept.end < piece.end);
            let left = left.map(|(piece, kept)| Span::new(kept.end, piece.end));
            more.extend(left.filter_map(|tail| second(document, attribution, tail)));
            attribution.content = Spans::new(kept);
            attribution.quotation = assemble::quotation(document, &attribution.content);
        }
    }
    // What is said there was reported by nobody else.
    let inside = |one: &Attribution| parted.iter().any(|part| one.cue.iter().all(|cue| part.contains(cue)));
    for attribution in found.attributions.iter_mut().filter(|one| inside(one)) {
        attribution.because.retain(|reason| reason.rule != "reported_by");
    }
    more.retain(|new| !found.attributions.iter().any(|one| one.cue.overlaps_any(&new.cue)));
    found.attributions.extend(more);
}

/// Returns what the one who reports goes on to say, in a tail that was cut: "and | denied | that it had cracked".
fn second(document: &Document, first: &Attribution, tail: Span) -> Option<Attribution> {
    let inside = document.tokens_in(tail);
    let conjunction = inside.clone().find(|&at| document.tokens[at].tag.name() == "CC")?;
    let verb = goes_on(document, conjunction, &tokens(document, &first.cue)).filter(|verb| inside.contains(verb))?;
    let token = &document.tokens[verb];
    let speaks = cues::class(&token.lemma, token.tag) != Some(Cue::Discuss);
    let content = verb + 1..inside.end;
    let reports = content.clone().any(|at| document.tokens[at].tag.is_verb() || is_mark(document.word(at)));
    (speaks && reports).then(|| {
        let source = first.source.as_ref().and_then(Spans::cover);
        let content = span(document, &content).into();
        let reason = Reason::new("rule.goes_on", "a second verb of the one who reports", first.score.get());
        assemble::ruled(document, (source, token.span, content), first.place, first.score.get(), reason)
    })
}

/// A quotation that its own mark ended before the sentence of the cue, which says something else: `"He made me scrub." Barker
/// later asked to see her kitchen.`
fn stands_apart(document: &Document, attribution: &Attribution, pieces: &[Span], number: usize, piece: Span) -> bool {
    let (Some(cue), false) = (verb(document, &attribution.cue), number + 1 == pieces.len()) else { return false };
    let inside = document.tokens_in(piece);
    let sentence = document.sentence_of(cue);
    let (Some(last), true) = (inside.clone().last(), sentence != document.sentence_of(inside.start)) else {
        return false;
    };
    let quoted = is_mark(document.word(inside.start)) && is_mark(document.word(last));
    let ended = last > inside.start && matches!(document.word(last - 1), "." | "!" | "?");
    // The cue has words of its own in its sentence, none of them quoted.
    let own = pieces[number + 1..].iter().map(|p| document.tokens_in(*p)).filter(|t| t.start > cue);
    let mut own = own.filter(|t| document.sentence_of(t.start) == sentence);
    let reports = own.next().is_some_and(|t| {
        t.clone().any(|at| document.tokens[at].tag.is_verb()) && !t.into_iter().any(|at| is_mark(document.word(at)))
    });
    // Between the quotation and the cue a source of its own begins the sentence.
    quoted && ended && reports && last < cue
}

/// A sentence of its own behind the one of the cue, in which somebody named reports: "According to Ms Tate, it is six. Mr Lyle denies that."
fn reports_itself(document: &Document, attribution: &Attribution, piece: Span) -> bool {
    let Some(cue) = attribution.cue.cover().map(|cue| document.tokens_in(cue).start) else { return false };
    let inside = document.tokens_in(piece);
    let sentence = document.sentence_of(inside.start).filter(|here| document.sentence_of(cue) < Some(*here));
    let Some(own) = sentence.map(|number| &document.sentences[number].tokens) else { return false };
    let root = own.clone().find(|&at| document.tokens[at].role == Role::Root);
    let says = |at: usize| {
        let token = &document.tokens[at];
        token.tag.is_verb() && cues::class(&token.lemma, token.tag).is_some_and(|class| class != Cue::Discuss)
    };
    let somebody = |root: usize| {
        own.clone().any(|at| {
            let token = &document.tokens[at];
            token.role == Role::Subject && token.head == Some(root as u32) && token.tag.name() == "NNP"
        })
    };
    let quoted = || document.quotes.iter().any(|quote| quote.span.overlaps(piece));
    own.start == inside.start && root.is_some_and(|root| says(root) && somebody(root)) && !quoted()
}

/// Returns the piece without the words that a reporter adds behind a comma: "…, swiping at his rival", "…, attributing it to".
fn cut(document: &Document, attribution: &Attribution, piece: Span) -> Option<Span> {
    let inside = document.tokens_in(piece);
    let cue = tokens(document, &attribution.cue);
    let Some(&last_of_cue) = cue.last() else { return Some(piece) };
    if inside.start <= last_of_cue {
        return Some(piece);
    }
    // "… will be insured, he said, swiping at": the words after a cue that stands behind what it reports.
    let before =
        attribution.content.iter().next().is_some_and(|first| first.end <= document.tokens[last_of_cue].span.start);
    let opening = inside.start;
    let comma = opening.checked_sub(1).is_some_and(|at| document.word(at) == ",") || document.word(opening) == ",";
    let first = opening + usize::from(document.word(opening) == ",");
    if before && comma && adds(document, first, &cue) {
        return None;
    }
    let mut quoted = false;
    let mut nothing_before = true;
    for at in inside.clone() {
        if is_mark(document.word(at)) {
            quoted = !quoted;
        }
        if !quoted && !nothing_before && document.word(at) == "," && at + 1 < inside.end && adds(document, at + 1, &cue)
        {
            return Some(span(document, &(inside.start..at)));
        }
        if !quoted && !nothing_before && goes_on(document, at, &cue).is_some() {
            let comma = usize::from(document.word(at - 1) == ",");
            return Some(span(document, &(inside.start..at - comma)));
        }
        nothing_before = false;
    }
    Some(piece)
}

/// Returns the verb with which the one who reports goes on behind "and" or "but": "said that it was safe and | denied that it leaked",
/// "thinks it safe but | warns that it is not".
fn goes_on(document: &Document, at: usize, cue: &[usize]) -> Option<usize> {
    let tag = |at: usize| document.tokens.get(at).map_or("", |token| token.tag.name());
    let of_cue = cue.iter().rev().copied().find(|&at| matches!(tag(at), "VBD" | "VBZ" | "VBP"))?;
    if tag(at) != "CC" || document.sentence_of(at) != document.sentence_of(of_cue) {
        return None;
    }
    let verb = Some(at + 1 + usize::from(tag(at + 1) == "RB")).filter(|&verb| tag(verb) == tag(of_cue))?;
    let token = &document.tokens[verb];
    let speaks = cues::class(&token.lemma, token.tag).is_some();
    let joined = token.role == Role::Conjunct && token.head == Some(of_cue as u32);
    let next = document.word(verb + 1);
    (speaks && (joined || document.word(at) == "but") && (next == "that" || is_mark(next))).then_some(verb)
}

/// Tells whether what stands behind a comma is the reporter's, who tells what others call it: "…, in what critics hailed as a turn".
fn in_what_others_call(document: &Document, at: usize) -> bool {
    let word = |at: usize| document.tokens.get(at).map_or("", |_| document.word(at));
    if word(at) != "in" || word(at + 1) != "what" {
        return false;
    }
    let end = document.tokens.len().min(at + 2 + CALLERS);
    let verb = (at + 3..end).find(|&at| matches!(document.tokens[at].tag.name(), "VBD" | "VBZ" | "VBP" | "VBN"));
    verb.is_some_and(|verb| {
        let token = &document.tokens[verb];
        word(verb + 1) == "as" || cues::class(&token.lemma, token.tag).is_some()
    })
}

/// Tells whether a participle behind a comma goes with the cue and not with what it reports: the parser hangs it on the cue, or
/// it is itself a verb of speech.
fn adds(document: &Document, at: usize, cue: &[usize]) -> bool {
    let Some(token) = document.tokens.get(at) else { return false };
    // "…, without giving any detail".
    let without = document.word(at) == "without" && document.tokens.get(at + 1).is_some_and(|t| t.tag.name() == "VBG");
    if without {
        return true;
    }
    if in_what_others_call(document, at) {
        return true;
    }
    if token.tag.name() != "VBG" {
        return false;
    }
    let hangs = token.head.is_some_and(|head| cue.contains(&(head as usize))) && token.role == Role::Clause;
    let speaks = matches!(cues::class(&token.lemma, token.tag), Some(Cue::Say | Cue::Call | Cue::Discuss | Cue::Deny));
    let adds = crate::lexicon::speech::adds(&token.lemma);
    adds || hangs && speaks
}
