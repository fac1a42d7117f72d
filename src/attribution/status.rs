//! Tells whether the article asserts that a source said something, or denies, asks, supposes or expects it: "if Baker says
//! …", "nobody said …", "it is false that Baker said …".
//!
//! Refuses to judge the content: "said that the port may close" is asserted. The words are rows of `statuses.tsv`.

use super::cues::{self, Cue};
use super::deep::pointer::Pointer;
use super::{Attribution, Attributions, Kind, Status};
use crate::lexicon::speech::{self, Condition, Stand, StatusRow};
use crate::score::Reason;
use crate::span::Spans;
use crate::text::Document;
use std::ops::Range;

/// How many tokens before the head of a cue its verb group may take.
const GROUP: usize = 8;
/// How many tokens before its clause are looked at for what opens it.
const FRONT: usize = 7;
/// How many tokens of the clause above are looked at.
const FRAME: usize = 9;
/// How far after the head "in jest" may stand.
const AFTER: usize = 3;

/// The deep reader marks what the rules leave asserted when it is this sure.
const SURE: f32 = 0.6;

/// Sets the status of every attribution, and the kind of those that nobody made: a negated statement is none.
pub fn mark(document: &Document, found: &mut Attributions) {
    mark_pointed(document, found, None);
}

/// The same, with the deep reader's opinion of each cue where that reader ran.
pub fn mark_pointed(document: &Document, found: &mut Attributions, pointer: Option<&Pointer<'_>>) {
    for attribution in &mut found.attributions {
        let around = around(document, attribution);
        if around.as_ref().is_some_and(|around| said_all_the_same(document, around)) {
            if matches!(attribution.kind, Kind::Refusal | Kind::Denial) {
                attribution.kind = Kind::Statement;
            }
            continue;
        }
        let around_head = around.as_ref().map(|around| around.head);
        let ruled = around.and_then(|around| status(document, attribution, &around));
        let Some((status, stand, sign)) = weigh(document, attribution, ruled, pointer) else { continue };
        attribution.status = status;
        attribution.kind = match around_head {
            Some(head) if status == Status::Negated => negated(document, head, attribution.kind, stand, &sign),
            _ => kind(attribution.kind, status),
        };
        let name = format!("{status:?}").to_lowercase();
        let detail = format!("\"{sign}\" makes it {name}: the article does not assert that it was said");
        attribution.because.push(Reason::new("status", detail, 0.0));
    }
}

/// "Did not hesitate to say": two negations, and it was said.
fn said_all_the_same(document: &Document, around: &Around) -> bool {
    speech::status_rows().iter().any(|row| row.status == "asserted" && fits(document, around, row))
}

/// What the rules say; where they see nothing, what the deep reader is sure of.
fn weigh(
    document: &Document,
    attribution: &Attribution,
    ruled: Option<(Status, Stand, String)>,
    pointer: Option<&Pointer<'_>>,
) -> Option<(Status, Stand, String)> {
    let Some((pointer, cue)) = pointer.zip(attribution.cue.iter().next()) else { return ruled };
    // What a colon or a dash gives to somebody stands there; it has no grammar to judge.
    if !document.text.slice(cue).contains(char::is_alphabetic) {
        return ruled;
    }
    let shares = pointer.statuses(&document.tokens_in(cue));
    let other = shares.iter().filter(|s| s.0 != Status::Asserted);
    let best = other.max_by(|a, b| a.1.total_cmp(&b.1)).copied();
    match (ruled, best) {
        (None, Some((status, share))) if share >= SURE => {
            Some((status, Stand::Head, document.text.slice(cue).to_owned()))
        }
        (ruled, _) => ruled,
    }
}

/// What is left of a kind when the article leaves open whether it was said, or tells that it was not so.
const fn kind(kind: Kind, status: Status) -> Kind {
    if !matches!(kind, Kind::Statement | Kind::Belief | Kind::Forecast | Kind::Promise | Kind::Refusal) {
        return kind;
    }
    match status {
        Status::Asked | Status::Conditional | Status::Unsettled => Kind::Question,
        Status::Negated | Status::Asserted | Status::Joking => kind,
        _ if matches!(kind, Kind::Refusal) => kind,
        Status::Future => Kind::Forecast,
        Status::Disputed | Status::Retracted => Kind::Denial,
    }
}

/// What is left of a kind when nothing was said: "would not say", "declined to back", "neither of them said" and "neither confirmed nor
/// denied" refuse, "never said" tells that it was not said, and who "does not expect" it holds an opinion all the same.
fn negated(document: &Document, head: usize, kind: Kind, stand: Stand, sign: &str) -> Kind {
    let nobody =
        matches!(stand, Stand::Source | Stand::Front | Stand::Frame) && sign != "never" && !sign.starts_with("not");
    match kind {
        _ if nobody => Kind::Refusal,
        Kind::Belief | Kind::Forecast => kind,
        Kind::Refusal if sign != "never" => kind,
        _ if sign == "never" => Kind::Statement,
        // "Didn't give her all she wanted": no word of saying is denied.
        _ if sign == "not" && cues::class(&document.tokens[head].lemma, document.tokens[head].tag).is_none() => {
            Kind::Refusal
        }
        _ if speech::withholds(sign) || keeps_silent(document, head) || kind == Kind::Denial => Kind::Refusal,
        _ => Kind::Statement,
    }
}

/// Tells whether a verb makes a refusal of its negation: "did not say", but not "did not suggest".
fn keeps_silent(document: &Document, head: usize) -> bool {
    let lemma = &document.tokens[head].lemma;
    let alone =
        |row: &speech::CueRow| row.lemmas.len() == 1 && row.kind == "refusal" && row.condition == Condition::Negated;
    speech::cue_rows(lemma).iter().any(alone)
}

fn status_of(name: &str) -> Status {
    match name {
        "negated" => Status::Negated,
        "conditional" => Status::Conditional,
        "asked" => Status::Asked,
        "future" => Status::Future,
        "disputed" => Status::Disputed,
        "retracted" => Status::Retracted,
        "joking" => Status::Joking,
        "unsettled" => Status::Unsettled,
        _ => Status::Asserted,
    }
}

/// The stretches of a sentence that tell the status of an attribution; ranges count tokens.
struct Around {
    head: usize,
    /// From the first word of the cue to its last.
    cue: Range<usize>,
    source: Option<Range<usize>>,
    /// The verbs and adverbs right before the head.
    group: Range<usize>,
    /// What opens the clause, before the source.
    front: Range<usize>,
    /// The end of the clause above, before "that".
    frame: Range<usize>,
    /// The sentence, for questions.
    sentence: Range<usize>,
}

/// Returns the status that stands out, with where its sign stands and its words; `None` for what is asserted.
fn status(document: &Document, attribution: &Attribution, around: &Around) -> Option<(Status, Stand, String)> {
    let mut best: Option<(Status, Stand, String)> = None;
    for row in speech::status_rows().iter().filter(|row| row.status != "asserted" && fits(document, around, row)) {
        let asked = status_of(row.status) == Status::Conditional && inquires(document, &around.front);
        let found = if asked { Status::Asked } else { status_of(row.status) };
        if best.as_ref().is_none_or(|(known, ..)| rank(found) > rank(*known)) {
            best = Some((found, row.stand, row.lemmas.join(" ")));
        }
    }
    // "If she refuses to go", "whether she would not go": what is supposed or asked is the refusal.
    let inner = |(known, stand, _): &(Status, Stand, String)| *known == Status::Negated && within_front(*stand);
    if (best.as_ref().is_some_and(inner) || attribution.kind == Kind::Refusal)
        && let Some(open) = opened(document, around)
    {
        return Some(open);
    }
    let below = |best: &Option<(Status, Stand, String)>, limit| {
        best.as_ref().is_none_or(|(known, ..)| rank(*known) < rank(limit))
    };
    if below(&best, Status::Asked) && asks(document, attribution, around) {
        best = Some((Status::Asked, Stand::Front, "?".to_owned()));
    }
    // The kind was read off the same words: a question states nothing, nor does a refusal.
    let told = match attribution.kind {
        Kind::Question if asking(document, around.head) => Some(Status::Asked),
        Kind::Refusal => Some(Status::Negated),
        _ => None,
    };
    if let Some(told) = told.filter(|&told| below(&best, told)) {
        best = Some((told, Stand::Head, document.word(around.head).to_lowercase()));
    }
    if best.is_none() && announces(document, attribution, around) {
        best = Some((Status::Future, Stand::Group, "to".to_owned()));
    }
    best
}

/// Tells whether a negation that stands so lies within what opens the clause.
const fn within_front(stand: Stand) -> bool {
    matches!(stand, Stand::Group | Stand::Head | Stand::Cue | Stand::Passive)
}

/// Returns what a word right before the clause makes of all of it: "if", "unless" and "whether", with no comma between.
fn opened(document: &Document, around: &Around) -> Option<(Status, Stand, String)> {
    let parted = around.front.end.checked_sub(1).is_none_or(|last| document.word(last) == ",");
    let opens = |row: &&StatusRow| {
        row.stand == Stand::Front
            && matches!(status_of(row.status), Status::Conditional | Status::Asked)
            && fits(document, around, row)
    };
    let row = speech::status_rows().iter().filter(|_| !parted).find(opens)?;
    let asked = status_of(row.status) == Status::Asked || inquires(document, &around.front);
    let status = if asked { Status::Asked } else { Status::Conditional };
    Some((status, row.stand, row.lemmas.join(" ")))
}

/// Tells whether the head of a cue asks by itself, rather than its content ("she said: “Why not?”").
fn asking(document: &Document, head: usize) -> bool {
    let token = &document.tokens[head];
    cues::class(&token.lemma, token.tag) == Some(Cue::Ask)
}

/// "Baker to call for a vote": an infinitive for a verb, as headlines write what is to come.
fn announces(document: &Document, attribution: &Attribution, around: &Around) -> bool {
    let cue = attribution.cue.iter().next().map(|span| document.tokens_in(span).start);
    let tag = |t: usize| document.tokens.get(t).map_or("", |t| t.tag.name());
    let from = around.group.start.min(cue.unwrap_or(around.head));
    tag(from) == "TO"
        && around.source.as_ref().is_some_and(|source| source.end == from)
        && around.source.as_ref().is_some_and(|source| source.start == around.sentence.start)
}

const fn rank(status: Status) -> u8 {
    match status {
        Status::Asserted => 0,
        Status::Joking => 1,
        Status::Future => 2,
        Status::Conditional => 3,
        Status::Unsettled => 4,
        Status::Asked => 5,
        Status::Negated => 6,
        Status::Retracted => 7,
        Status::Disputed => 8,
    }
}

fn around(document: &Document, attribution: &Attribution) -> Option<Around> {
    let tokens = |spans: &Spans| -> Vec<usize> { spans.iter().flat_map(|s| document.tokens_in(s)).collect() };
    let cue = tokens(&attribution.cue);
    let speech = |&&t: &&usize| cues::class(&document.tokens[t].lemma, document.tokens[t].tag).is_some();
    let verb = |&&t: &&usize| document.tokens[t].tag.is_verb();
    let head = *cue.iter().rev().find(speech).or_else(|| cue.iter().rev().find(verb)).or(cue.last())?;
    let sentence = document.sentence_of(head).map(|s| document.sentences[s].tokens.clone())?;
    let content = tokens(&attribution.content);
    let source = attribution.source.as_ref().map(tokens).and_then(|source| Some(*source.first()?..source.last()? + 1));
    let source = source.filter(|source| sentence.contains(&source.start));
    let inside = |t: usize| content.contains(&t) || source.as_ref().is_some_and(|source| source.contains(&t));
    let tag = |t: usize| document.tokens[t].tag.name();
    let noun = document.tokens[head].tag.is_noun();
    let groups = |t: usize| {
        let name = tag(t);
        let verbal =
            name.starts_with("VB") || name.starts_with("RB") || matches!(name, "MD" | "TO" | "IN" | "RP" | "JJ");
        let nominal = matches!(name, "DT" | "PRP$" | "POS") && (noun || document.word(t).eq_ignore_ascii_case("no"));
        verbal || nominal || matches!(document.word(t).to_lowercase().as_str(), "nor" | "neither")
    };
    let lowest = sentence.start.max(head.saturating_sub(GROUP));
    let mut start = head;
    while start > lowest && groups(start - 1) && !inside(start - 1) {
        start -= 1;
    }
    let group = start..head;
    let clause = source.as_ref().map_or(start, |source| source.start.min(start));
    let mut from = clause;
    let low = sentence.start.max(clause.saturating_sub(FRONT));
    while from > low {
        let t = from - 1;
        let auxiliary = from == clause && matches!(&*document.tokens[t].lemma, "do" | "have" | "be");
        let opens = t == sentence.start;
        let stops = document.tokens[t].tag.is_verb() && !auxiliary && !opens;
        if stops || content.contains(&t) || matches!(document.word(t), ";" | ":" | "“" | "”" | "\"" | "—" | "(") {
            break;
        }
        from = t;
    }
    let front = from..clause;
    let end = if clause > sentence.start && document.word(clause - 1) == "that" { clause - 1 } else { clause };
    let frame = sentence.start.max(end.saturating_sub(FRAME))..end;
    let breaks =
        |t: usize| matches!(document.word(t), ";" | ":" | "“" | "”" | "\"") || end == clause && document.word(t) == ",";
    let cut = frame.clone().rev().find(|&t| content.contains(&t) || breaks(t));
    let frame = cut.map_or(frame.start, |t| t + 1)..frame.end;
    let cue = *cue.first()?..*cue.last()? + 1;
    Some(Around { head, cue, source, group, front, frame, sentence })
}

fn fits(document: &Document, around: &Around, row: &StatusRow) -> bool {
    let lemma = |t: usize| document.tokens.get(t).map_or("", |token| &*token.lemma);
    let is = |t: usize, wanted: &str| lemma(t) == wanted || document.word(t).eq_ignore_ascii_case(wanted);
    let first = row.lemmas[0];
    match row.stand {
        Stand::Source => {
            let start = around.source.as_ref().map(|source| source.start);
            start.is_some_and(|start| row.lemmas.iter().enumerate().all(|(n, wanted)| is(start + n, wanted)))
        }
        Stand::Front => match first {
            "should" | "were" | "had" | "suppose" => {
                around.front.start == around.sentence.start && is(around.front.start, first) && !around.front.is_empty()
            }
            // "Until now" names no condition.
            "until" => around.front.end.checked_sub(1).is_some_and(|last| is(last, first)),
            "not" => around.front.clone().any(|t| is(t, first)) && around.front.len() <= 3,
            _ => (around.front.clone()).any(|t| sequence(document, &(t..around.front.end), &row.lemmas)),
        },
        Stand::Frame => {
            // Close above the clause, or with "that" between.
            let linked = document.word(around.frame.end) == "that";
            let reach = if linked { FRAME } else { row.lemmas.len() + 2 };
            let from = around.frame.start.max(around.frame.end.saturating_sub(reach));
            let at = (from..around.frame.end).rev().find(|&t| sequence(document, &(t..around.frame.end), &row.lemmas));
            at.is_some_and(|at| !reports(document, &(at + row.lemmas.len()..around.frame.end)))
        }
        Stand::Group => {
            let after = around.head + 1..(around.head + 1 + AFTER).min(around.sentence.end);
            let joking = row.status == "joking" && after.into_iter().any(|t| is(t, first));
            let only = |t: usize| {
                row.status == "negated" && matches!(document.word(t + 1), "only" | "just" | "merely" | "simply")
            };
            // "Denied saying", but not "denied the claim": a verb alone negates the gerund after it.
            let gerund = |t: usize| {
                row.lemmas.len() > 1
                    || !document.tokens[t].tag.is_verb()
                    || document.tokens[around.head].tag.name() == "VBG"
            };
            let here = |t: usize| sequence(document, &(t..around.group.end), &row.lemmas) && !only(t) && gerund(t);
            joking || around.group.clone().any(here)
        }
        Stand::Head => is(around.head, first),
        Stand::Cue => {
            let mut words = around.cue.start.min(around.group.start)..around.cue.end;
            words.any(|t| sequence(document, &(t..around.cue.end), &row.lemmas))
        }
        Stand::Passive => {
            let words = || around.group.clone().chain([around.head]);
            let participle = words().any(|t| document.tokens[t].tag.name() == "VBN");
            let passive = words().any(|t| lemma(t) == "be" || document.word(t) == "as");
            let after = around.head + 1..(around.head + 2).min(around.sentence.end);
            participle && passive && words().chain(after).any(|t| is(t, first))
        }
    }
}

/// Tells whether lemmas stand in order at the start of a range, adverbs and articles between them left out.
fn sequence(document: &Document, range: &Range<usize>, lemmas: &[&str]) -> bool {
    let mut at = range.start;
    for (number, wanted) in lemmas.iter().enumerate() {
        loop {
            let Some(token) = document.tokens.get(at).filter(|_| at < range.end) else { return false };
            if &*token.lemma == *wanted || document.word(at).eq_ignore_ascii_case(wanted) {
                at += 1;
                break;
            }
            if number == 0 || lemmas[0] == "in" || !matches!(token.tag.name(), "RB" | "DT" | "JJ") {
                return false;
            }
            at += 1;
        }
    }
    true
}

/// Tells whether a stretch of tokens has a reporting verb: then what stands before it is said of another clause.
fn reports(document: &Document, range: &Range<usize>) -> bool {
    range.clone().any(|t| {
        let token = &document.tokens[t];
        token.tag.is_verb() && cues::class(&token.lemma, token.tag).is_some()
    })
}

/// "They asked if Baker said" asks, "the union will strike if Baker says" supposes.
fn inquires(document: &Document, front: &Range<usize>) -> bool {
    let Some(at) = front.clone().find(|&t| document.word(t) == "if") else { return false };
    let Some(before) = at.checked_sub(1).map(|t| &document.tokens[t]) else { return false };
    cues::class(&before.lemma, before.tag) == Some(Cue::Ask) || matches!(&*before.lemma, "know" | "see" | "tell")
}

/// Tells whether the sentence of the cue is itself a question: "Did Baker say the bridge was safe?"
fn asks(document: &Document, attribution: &Attribution, around: &Around) -> bool {
    let sentence = &around.sentence;
    let Some(mark) = sentence.clone().rev().take(2).find(|&t| document.word(t) == "?") else { return false };
    let place = document.tokens[mark].span;
    let head = document.tokens[around.head].span;
    let quoted = document.quotes.iter().any(|q| q.span.contains(place) && !q.span.contains(head));
    let opener = &document.tokens[sentence.start];
    let auxiliary = matches!(&*opener.lemma, "do" | "have" | "be") || opener.tag.name() == "MD";
    let asking = auxiliary || matches!(opener.tag.name(), "WRB" | "WP" | "WDT");
    let before = attribution.content.cover().is_none_or(|content| content.start > head.start);
    !quoted && asking && before
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
