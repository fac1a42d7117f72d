//! Reports inside reports: "Holm was quoted as saying", "the Courier quoted Holm as saying", "Holm, quoted by the Courier, said",
//! and a second speaker within the words of the first.
//!
//! The inner words are the inner speaker's. Refuses to guess a chain that grammar does not show.

use super::{is_mark, is_passive, is_perfect, source_tokens, span, tokens, verb};
use crate::article::BlockKind;
use crate::attribution::assemble::{quotation, ruled};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions, kind};
use crate::score::Reason;
use crate::span::{Span, Spans};
use crate::text::Document;
use crate::text::parser::Role;
use std::ops::Range;

/// What a report within a report is worth; set by hand.
const INNER: f64 = 0.6;
const LONGEST: usize = 16;
/// How far before "saying" "quoted" may stand, in tokens.
const REACH: usize = 10;
/// What others do who pass words on, or put their name under them.
const PASSED_ON: [&str; 14] = [
    "quote",
    "cite",
    "interview",
    "see",
    "obtain",
    "review",
    "publish",
    "release",
    "leak",
    "sign",
    "draft",
    "prepare",
    "compile",
    "commission",
];

/// Gives quoted people their words, and adds the reports within reports that the reader left out.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    let mut quoting = Vec::new();
    for attribution in &mut found.attributions {
        quoting.extend(quoted_as_saying(document, attribution));
        quoted_by(document, attribution);
        according_to(document, attribution);
    }
    // What the reader made of "saying" alone.
    let part = |one: &Attribution| {
        one.cue.cover().is_some_and(|cue| quoting.iter().any(|whole| *whole != cue && whole.contains(cue)))
    };
    found.attributions.retain(|one| !part(one));
    let inner: Vec<Attribution> = found.attributions.iter().flat_map(|outer| within(document, outer)).collect();
    for new in inner {
        let known = found.attributions.iter().any(|a| a.cue.overlaps_any(&new.cue));
        if !known {
            found.attributions.push(new);
        }
    }
}

/// "Holm was quoted (by the Courier) as saying C", "the Courier quoted Holm as saying C": Holm says C. Returns the words that are then
/// the cue.
fn quoted_as_saying(document: &Document, attribution: &mut Attribution) -> Option<Span> {
    let cue = tokens(document, &attribution.cue);
    let first = cue.first().copied()?;
    let sentence = document.sentence_of(first).map(|s| document.sentences[s].tokens.clone()).unwrap_or(first..first);
    let from = first.saturating_sub(REACH).max(sentence.start);
    let to = (first + LONGEST).min(sentence.end);
    let is_quoting =
        |&at: &usize| matches!(&*document.tokens[at].lemma, "quote" | "cite") && document.tokens[at].tag.is_verb();
    let quoting = (from..to).find(is_quoting)?;
    let reports =
        |at: usize| document.tokens.get(at).is_some_and(|token| cues::class(&token.lemma, token.tag).is_some());
    let behind_as = (quoting + 1..(quoting + LONGEST).min(sentence.end))
        .find(|&at| document.tokens[at].tag.name() == "VBG" && document.word(at - 1) == "as")?;
    // "As having found".
    let perfect = usize::from(&*document.tokens[behind_as].lemma == "have");
    let saying = Some(behind_as + perfect).filter(|&at| reports(at))?;
    if !cue.iter().any(|at| (quoting..=saying).contains(at)) {
        return None;
    }
    let passive = is_passive(document, quoting) || document.tokens[quoting].tag.name() == "VBN";
    let who = if passive {
        let mut group = quoting;
        while group > sentence.start
            && (document.tokens[group - 1].tag.is_verb()
                || matches!(document.tokens[group - 1].tag.name(), "RB" | "MD"))
        {
            group -= 1;
        }
        subject(document, sentence.start, group)
    } else {
        (quoting + 1 < behind_as - 1).then_some(quoting + 1..behind_as - 1)
    };
    let who = who.filter(|_| saying + 1 < sentence.end)?;
    let content: Vec<_> = attribution.content.iter().filter(|c| c.start >= document.tokens[saying].span.end).collect();
    let rest = document.tokens.get(saying + 1).map(|t| t.span.start).unwrap_or(0);
    let mut end = sentence.end;
    while end > saying + 2 && matches!(document.word(end - 1), "." | ",") {
        end -= 1;
    }
    attribution.content = match content.first() {
        Some(first) if first.start <= rest + 1 => Spans::new(content),
        _ => span(document, &(saying + 1..end)).into(),
    };
    let by = (quoting + 1..saying).find(|&at| document.word(at) == "by");
    let reporter = match by.filter(|_| passive) {
        Some(by) => Some(by + 1..behind_as - 1),
        None => subject(document, sentence.start, quoting).filter(|_| !passive),
    };
    chain(document, attribution, reporter);
    let begin = if passive { quoting } else { behind_as - 1 };
    attribution.cue = span(document, &(begin..saying + 1)).into();
    attribution.source = Some(span(document, &who).into());
    attribution.quotation = quotation(document, &attribution.content);
    attribution.kind = kind::classify(document, &attribution.cue, &attribution.content);
    attribution.because.push(Reason::new(
        "rule.quoted_as",
        "quoted as saying: the words are those of the one who is quoted",
        0.0,
    ));
    attribution.cue.cover()
}

/// "Holm, quoted by the Courier, said", "the memo, seen by the Courier, says": the subject of the verb said it.
fn quoted_by(document: &Document, attribution: &mut Attribution) {
    let Some(cover) = attribution.source.as_ref().and_then(Spans::cover) else { return };
    let source = document.tokens_in(cover);
    let sentence =
        document.sentence_of(source.start).map(|s| document.sentences[s].tokens.start).unwrap_or(source.start);
    let by = (sentence..=source.start).rev().take(4).find(|&at| document.word(at) == "by");
    let Some(by) = by.filter(|&by| by > sentence + 1 && PASSED_ON.contains(&&*document.tokens[by - 1].lemma)) else {
        return;
    };
    let verb_after = verb(document, &attribution.cue).is_some_and(|v| v > by);
    let comma = by - 2;
    if verb_after
        && document.word(comma) == ","
        && let Some(who) = subject(document, sentence, comma)
    {
        chain(document, attribution, Some(source));
        attribution.source = Some(span(document, &who).into());
    }
}

/// Notes whose report the words stand in, where it has words.
fn chain(document: &Document, attribution: &mut Attribution, reporter: Option<Range<usize>>) {
    if let Some(reporter) = reporter.filter(|reporter| !reporter.is_empty()) {
        let words = document.text.slice(span(document, &reporter));
        attribution.because.push(Reason::new("reported_by", format!("as reported by {words}"), 0.0));
    }
}

/// "According to the Herald, spokesman Carl Voss said C": Voss says C.
fn according_to(document: &Document, attribution: &mut Attribution) {
    let cover = source_tokens(document, attribution);
    if let Some(source) = cover
        && source.start > 1
        && document.word(source.start - 1) == "to"
        && document.word(source.start - 2).eq_ignore_ascii_case("according")
        && verb(document, &attribution.cue).is_some_and(|v| v >= source.end)
        && let Some(comma) = source.clone().rev().find(|&at| document.word(at) == ",")
        && comma + 1 < source.end
    {
        chain(document, attribution, Some(source.start..comma));
        attribution.source = Some(span(document, &(comma + 1..source.end)).into());
        return;
    }
    let cue = tokens(document, &attribution.cue);
    let according = cue.first().is_some_and(|&at| document.word(at).eq_ignore_ascii_case("according"));
    let source = source_tokens(document, attribution);
    let content = attribution.content.iter().next().map(|c| document.tokens_in(c));
    let (true, Some(source), Some(content)) = (according, source, content) else { return };
    if content.start < source.end || document.sentence_of(source.start) != document.sentence_of(content.start) {
        return;
    }
    let says = |&at: &usize| {
        let token = &document.tokens[at];
        matches!(token.tag.name(), "VBD" | "VBZ" | "VBP") && cues::class(&token.lemma, token.tag) == Some(Cue::Say)
    };
    let Some(verb) = (source.end..content.start).rev().find(says) else { return };
    if let Some(who) = subject(document, source.end, verb) {
        chain(document, attribution, Some(source));
        attribution.source = Some(span(document, &who).into());
        attribution.cue = document.tokens[verb].span.into();
        attribution.kind = kind::classify(document, &attribution.cue, &attribution.content);
        attribution.because.push(Reason::new("rule.according", "the words are those of the inner speaker", 0.0));
    }
}

/// Returns the noun phrase that ends right before a token, with the name that commas set off at its end: "The secretary, Ann Hill, | is".
/// Of other words between commas, as in "Hill, for her part, | was", it ends before them.
fn subject(document: &Document, from: usize, end: usize) -> Option<Range<usize>> {
    if end > from + 1 && document.word(end - 1) == "," {
        let inside = |at: &usize| !document.tokens[*at].tag.is_verb();
        let open = (from..end - 1).rev().take(LONGEST).take_while(inside).find(|&at| document.word(at) == ",")?;
        let whole = phrase(document, from, open)?;
        let name = (open + 1..end - 1).all(|at| matches!(document.tokens[at].tag.name(), "NNP" | "NNPS"));
        return Some(if name { whole.start..end - 1 } else { whole });
    }
    phrase(document, from, end)
}

/// Returns the noun phrase that ends right before a token.
fn phrase(document: &Document, from: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > from && end - start < LONGEST {
        let tag = document.tokens[start - 1].tag.name();
        let inside = matches!(tag, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "DT" | "PRP" | "PRP$" | "POS" | "CD")
            || document.word(start - 1) == "of";
        if !inside {
            break;
        }
        start -= 1;
    }
    (start < end).then_some(start..end)
}

/// Finds a second speaker in the words of the first, outside quotation marks: a finite verb of speech with a subject of its own,
/// and a clause or quoted words after it.
fn within(document: &Document, outer: &Attribution) -> Vec<Attribution> {
    if outer.place != BlockKind::Paragraph {
        return Vec::new();
    }
    let mut out = Vec::new();
    for piece in outer.content.iter() {
        let inside = document.tokens_in(piece);
        let mut quoted = false;
        for at in inside.clone() {
            if is_mark(document.word(at)) {
                quoted = !quoted;
            }
            let token = &document.tokens[at];
            let says = matches!(cues::class(&token.lemma, token.tag), Some(Cue::Say | Cue::Call | Cue::Deny));
            let finite = matches!(token.tag.name(), "VBD" | "VBZ" | "VBP");
            if quoted || !says || !(finite || is_perfect(document, at)) {
                continue;
            }
            out.extend(inner(document, outer, at, &inside));
        }
    }
    out
}

fn inner(document: &Document, outer: &Attribution, verb: usize, inside: &Range<usize>) -> Option<Attribution> {
    let mut group = verb;
    while group > inside.start && matches!(document.tokens[group - 1].tag.name(), "RB" | "VBZ" | "VBP" | "VBD" | "MD") {
        group -= 1;
    }
    if is_passive(document, verb) {
        return None;
    }
    let who = subject(document, inside.start, group)?;
    let named = who.clone().any(|at| matches!(document.tokens[at].tag.name(), "NNP" | "NNPS" | "NN" | "NNS"));
    let is_subject = who.clone().any(|at| {
        document.tokens[at].role == Role::Subject
            && document.tokens[at].head.is_some_and(|h| (group..=verb).contains(&(h as usize)))
    });
    let next = document.word(verb + 1);
    let finite = |at: usize| matches!(document.tokens[at].tag.name(), "VBD" | "VBZ" | "VBP" | "MD");
    let noun = document
        .tokens
        .get(verb + 1)
        .is_some_and(|t| t.tag.is_noun() || matches!(t.tag.name(), "DT" | "PRP" | "PRP$" | "JJ" | "EX" | "CD"));
    let clause = noun
        && cues::class(&document.tokens[verb].lemma, document.tokens[verb].tag) == Some(Cue::Say)
        && (verb + 2..inside.end).any(finite);
    let opens = next == "that" || is_mark(next) || clause;
    if !named || !(is_subject || is_mark(next)) || !opens || verb + 2 >= inside.end {
        return None;
    }
    // "What X calls “…”": only the quoted words.
    let end = if is_mark(next) {
        (verb + 2..inside.end).find(|&at| is_mark(document.word(at))).map_or(inside.end, |at| at + 1)
    } else {
        inside.end
    };
    let content = span(document, &(verb + 1..end)).into();
    let spans = (Some(span(document, &who)), span(document, &(group..verb + 1)), content);
    let reason = Reason::new("rule.inner", "a second speaker in the words of the first", INNER);
    let mut found = ruled(document, spans, outer.place, INNER.min(outer.score.get()), reason);
    chain_to(document, &mut found, outer);
    Some(found)
}

/// Notes in whose words the words stand.
pub(in crate::attribution) fn chain_to(document: &Document, inner: &mut Attribution, outer: &Attribution) {
    let reporter = source_tokens(document, outer);
    chain(document, inner, reporter);
}
