//! Turns of phrase that report: “…,” was how she put it; …, as she puts it; in the words of Ann Hill; …, per the audit; “…” was the reply of
//! Ann Hill; “Not a cent,” came the reply.
//!
//! What is reported is the rest of the sentence. Refuses sentences that another cue reports already.

use super::{is_mark, span};
use crate::article::BlockKind;
use crate::attribution::assemble::{place, quotation, ruled};
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::speech;
use crate::score::Reason;
use crate::span::{Span, Spans};
use crate::text::Document;
use std::ops::Range;

/// What such a find is worth; set by hand.
const WORTH: f64 = 0.8;
/// Tokens of the longest source.
const LONGEST: usize = 12;

/// A turn in token numbers: all of it, and the parts that are cue and source.
struct Turn {
    whole: Range<usize>,
    cue: Range<usize>,
    source: Option<Range<usize>>,
}

/// Adds what turns of phrase report, in the place of what the reader made of these words.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    for sentence in &document.sentences {
        if place(document, sentence.tokens.start) != BlockKind::Paragraph {
            continue;
        }
        let Some(turn) = turn(document, &sentence.tokens) else { continue };
        let content = rest(document, &sentence.tokens, &turn.whole);
        let whole = span(document, &turn.whole);
        let other = found.attributions.iter().any(|one| one.cue.overlaps(sentence.span) && !one.cue.overlaps(whole));
        if content.is_empty() || other {
            continue;
        }
        found.attributions.retain(|one| !one.cue.overlaps(whole));
        found.attributions.iter_mut().for_each(|one| leave(document, one, sentence.span));
        found.attributions.retain(|one| !one.content.is_empty());
        found.attributions.push(attribution(document, &turn, content));
    }
}

/// Takes the words of a sentence out of what another cue reports.
fn leave(document: &Document, one: &mut Attribution, sentence: Span) {
    if one.content.overlaps(sentence) {
        one.content = Spans::new(one.content.iter().filter(|piece| !piece.overlaps(sentence)));
        one.quotation = quotation(document, &one.content);
    }
}

fn attribution(document: &Document, turn: &Turn, content: Vec<Span>) -> Attribution {
    let cue = span(document, &turn.cue);
    let reason = Reason::new("rule.turn", format!("\"{}\" reports the rest", document.text.slice(cue)), WORTH);
    let source = turn.source.as_ref().map(|source| span(document, source));
    ruled(document, (source, cue, Spans::new(content)), BlockKind::Paragraph, WORTH, reason)
}

/// Returns the words of a sentence beside the turn, without the commas and the full stop around them.
fn rest(document: &Document, sentence: &Range<usize>, turn: &Range<usize>) -> Vec<Span> {
    let trimmed = |mut part: Range<usize>| {
        let edge = |at: usize| matches!(document.word(at), "," | "." | "–" | "—" | "-" | ":" | ";");
        while !part.is_empty() && edge(part.start) {
            part.start += 1;
        }
        while !part.is_empty() && edge(part.end - 1) {
            part.end -= 1;
        }
        part
    };
    let parts = [trimmed(sentence.start..turn.start), trimmed(turn.end..sentence.end)];
    let says = |part: &&Range<usize>| (*part).clone().any(|at| document.word(at).contains(char::is_alphabetic));
    let spans = parts.iter().filter(says).map(|part| span(document, part));
    spans.collect()
}

/// Returns the turn of phrase in a sentence.
fn turn(document: &Document, sentence: &Range<usize>) -> Option<Turn> {
    let begins = |&at: &usize| at == sentence.start || parts(document, at - 1);
    sentence.clone().filter(begins).find_map(|at| match &*document.word(at).to_lowercase() {
        "was" | "is" if document.word(at + 1) == "how" => put_it(document, at, at + 2, sentence),
        "was" => noun_of(document, at, sentence),
        "as" => put_it(document, at, at + 1, sentence),
        "in" => in_words(document, at, sentence),
        "per" => per(document, at, sentence),
        "came" => came(document, at, sentence),
        _ => None,
    })
}

/// Tells whether a token parts the turn from what it reports: a comma, a mark or a dash.
fn parts(document: &Document, token: usize) -> bool {
    matches!(document.word(token), "," | "–" | "—" | "-") || is_mark(document.word(token))
}

/// "Was how NAME put it", "as NAME puts it".
fn put_it(document: &Document, at: usize, from: usize, sentence: &Range<usize>) -> Option<Turn> {
    let verb = (from..sentence.end.min(from + LONGEST)).find(|&t| document.tokens[t].tag.is_verb())?;
    let up = usize::from(document.word(verb + 2) == "up");
    let puts = speech::puts(&document.tokens[verb].lemma) && document.word(verb + 1) == "it";
    let end = verb + 2 + up;
    // "As she put it in a letter to the board, …".
    let told = document.tokens.get(end).is_some_and(|token| token.tag.name() == "IN");
    let whole = if told { (end..sentence.end).find(|&t| parts(document, t)).unwrap_or(end) } else { end };
    (puts && is_somebody(document, &(from..verb))).then(|| Turn {
        whole: at..whole,
        cue: verb..verb + 2 + up,
        source: Some(from..verb),
    })
}

/// "In the words of NAME", "in NAME's words".
fn in_words(document: &Document, at: usize, sentence: &Range<usize>) -> Option<Turn> {
    if document.word(at + 1) == "the" && document.word(at + 2) == "words" && document.word(at + 3) == "of" {
        let source = group(document, at + 4, sentence);
        return is_somebody(document, &source).then(|| Turn {
            whole: at..source.end,
            cue: at..at + 4,
            source: Some(source),
        });
    }
    let words = (at + 2..sentence.end.min(at + LONGEST)).find(|&t| document.word(t) == "words")?;
    let owns = document.tokens[at + 1].tag.name() == "PRP$" && words == at + 2
        || document.tokens[words - 1].tag.name() == "POS";
    let closed = words + 1 == sentence.end || parts(document, words + 1) || document.word(words + 1) == ".";
    let end = words - usize::from(words > at + 2);
    (owns && closed && is_somebody(document, &(at + 1..end))).then(|| Turn {
        whole: at..words + 1,
        cue: words..words + 1,
        source: Some(at + 1..end),
    })
}

/// "Per the audit".
fn per(document: &Document, at: usize, sentence: &Range<usize>) -> Option<Turn> {
    let named = matches!(document.tokens.get(at + 1)?.tag.name(), "DT" | "PRP$" | "NNP" | "NNPS");
    let source = group(document, at + 1, sentence);
    let closed = source.end == sentence.end || parts(document, source.end) || document.word(source.end) == ".";
    (named && closed && document.word(at + 1) != "a" && is_somebody(document, &source)).then(|| Turn {
        whole: at..source.end,
        cue: at..at + 1,
        source: Some(source),
    })
}

/// "“…,” was the reply of NAME".
fn noun_of(document: &Document, at: usize, sentence: &Range<usize>) -> Option<Turn> {
    let quoted = at > sentence.start && is_mark(document.word(at - 1));
    let noun = (at + 1..sentence.end.min(at + 5)).find(|&t| document.word(t + 1) == "of")?;
    let answers = document.word(at + 1) == "the" && speech::reply(&document.tokens[noun].lemma);
    let source = group(document, noun + 2, sentence);
    (quoted && answers && is_somebody(document, &source)).then(|| Turn {
        whole: at..sentence.end,
        cue: at..noun + 2,
        source: Some(source),
    })
}

/// "“Not a cent,” came the reply".
fn came(document: &Document, at: usize, sentence: &Range<usize>) -> Option<Turn> {
    let quoted = at > sentence.start && is_mark(document.word(at - 1));
    let noun = (at + 2..sentence.end.min(at + 5)).find(|&t| speech::reply(&document.tokens[t].lemma))?;
    (quoted && matches!(document.word(at + 1), "the" | "a" | "his" | "her" | "their")).then(|| Turn {
        whole: at..sentence.end,
        cue: at..noun + 1,
        source: None,
    })
}

/// Returns the noun phrase from a token on, up to a comma, a mark or a verb.
fn group(document: &Document, from: usize, sentence: &Range<usize>) -> Range<usize> {
    let stop = |&at: &usize| {
        let tag = document.tokens[at].tag;
        tag.is_verb() || matches!(tag.name(), "," | "." | ":" | "WP" | "WDT" | "MD") || parts(document, at)
    };
    let limit = sentence.end.min(from + LONGEST);
    from..(from..limit).find(stop).unwrap_or(limit)
}

fn is_somebody(document: &Document, source: &Range<usize>) -> bool {
    let noun =
        |at: usize| document.tokens[at].tag.is_noun() || matches!(document.tokens[at].tag.name(), "PRP" | "PRP$");
    !source.is_empty() && source.clone().any(noun) && !source.clone().any(|at| is_mark(document.word(at)))
}
