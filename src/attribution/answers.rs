//! Ties a denial to the allegation it denies: to the attribution nested in its content ("dismissed U.S. assertions
//! that …"), or to one in the sentences before ("… Baker denies the accusations").
//!
//! Refuses to tie a denial to its own speaker's words, or to anything further back than the paragraph before.

use super::{Attribution, Attributions, Kind};
use crate::lexicon::people;
use crate::lexicon::speech::{self, Earlier};
use crate::score::Reason;
use crate::span::Span;
use crate::text::Document;
use std::collections::BTreeSet;

/// An anaphor ("the accusations") is short; a longer content says itself what is denied.
const ANAPHOR: usize = 7;
/// How many attributions before the denial are looked at.
const BACK: usize = 12;
/// Least share of the denied words that an earlier content must hold when no noun points back to it.
const OVERLAP: f64 = 0.4;

/// Sets `answers` of every denial whose allegation is in reach, with a reason; earlier values are replaced.
pub fn tie(document: &Document, found: &mut Attributions) {
    for number in 0..found.attributions.len() {
        found.attributions[number].answers = None;
        if !answers_something(document, &found.attributions[number]) {
            continue;
        }
        let Some((answered, rule)) = nested(found, number).or_else(|| before(document, found, number)) else {
            continue;
        };
        let words = found.attributions[answered].content.words(&document.text);
        let detail = format!("answers \"{}\"", shorten(&words));
        let attribution = &mut found.attributions[number];
        attribution.answers = Some(answered);
        attribution.because.push(Reason::new(rule, detail, 0.0));
    }
}

fn shorten(words: &str) -> String {
    let short: String = words.chars().take(60).collect();
    if short.len() < words.len() { format!("{}…", short.trim_end()) } else { short }
}

/// A denial answers; so does a rejection that names what it rejects.
fn answers_something(document: &Document, attribution: &Attribution) -> bool {
    attribution.kind == Kind::Denial || matches!(attribution.kind, Kind::Statement) && rejects(document, attribution)
}

fn rejects(document: &Document, attribution: &Attribution) -> bool {
    let lemmas = attribution.cue.iter().flat_map(|s| document.tokens_in(s)).map(|t| &*document.tokens[t].lemma);
    lemmas.flat_map(speech::cue_rows).any(|row| row.kind == "denial" && row.lemmas.len() == 1)
        && noun(document, attribution).is_some()
}

/// Returns the outermost attribution that stands inside the content: its cue lies there and so does its own content.
fn nested(found: &Attributions, number: usize) -> Option<(usize, &'static str)> {
    let outer = &found.attributions[number];
    let inside = |inner: &Attribution| {
        let held = |span: Span| outer.content.iter().any(|piece| piece.contains(span));
        inner.content.iter().all(held) && inner.content != outer.content
    };
    let near = number.saturating_sub(BACK)..(number + BACK).min(found.attributions.len());
    near.filter(|&n| n != number && inside(&found.attributions[n]))
        .max_by_key(|&n| found.attributions[n].content.cover().map_or(0, Span::len))
        .map(|n| (n, "answers.nested"))
}

/// Returns the noun for earlier words that the content or the cue points back with.
fn noun(document: &Document, attribution: &Attribution) -> Option<(usize, Earlier)> {
    let content = attribution.content.iter().flat_map(|s| document.tokens_in(s)).take(ANAPHOR);
    let cue = attribution.cue.iter().flat_map(|s| document.tokens_in(s)).skip(1);
    content.chain(cue).find_map(|t| Some((t, speech::earlier(&document.word(t).to_lowercase())?)))
}

/// Returns the allegation in the same paragraph or the one before that the denial points back to.
fn before(document: &Document, found: &Attributions, number: usize) -> Option<(usize, &'static str)> {
    let denial = &found.attributions[number];
    let place = |a: &Attribution| {
        let at = a.cue.cover().or_else(|| a.content.cover())?.start;
        document.sentence_of(document.tokens_in(Span::new(at, at + 1)).start)
    };
    let here = place(denial)?;
    let content: Vec<usize> = denial.content.iter().flat_map(|s| document.tokens_in(s)).take(64).collect();
    let noun = noun(document, denial);
    let tag = |t: usize| document.tokens[t].tag.name();
    let pronoun = matches!(content[..], [t] if people::pronoun(&document.word(t).to_lowercase()).is_some());
    // A clause says itself what is denied: "that the party is split", "the plan that the mayor drew up".
    let clause = content.iter().any(|&t| tag(t).starts_with("VB") || tag(t) == "MD");
    let anaphor = content.len() <= ANAPHOR && (noun.is_some() && !clause || pronoun);
    let denied = keywords(document, &content);
    let mut best: Option<(f64, usize)> = None;
    for other in (number.saturating_sub(BACK)..number).rev() {
        let earlier = &found.attributions[other];
        let Some(there) = place(earlier).filter(|&s| s <= here) else { continue };
        let blocks = document.sentences[here].block - document.sentences[there].block;
        let own = earlier.speaker.is_some() && earlier.speaker == denial.speaker;
        if blocks > 1 || own || earlier.kind == Kind::Denial {
            continue;
        }
        let words: Vec<usize> = earlier.content.iter().flat_map(|s| document.tokens_in(s)).take(64).collect();
        let theirs = keywords(document, &words);
        let shared = denied.intersection(&theirs).count() as f64 / denied.len().max(1) as f64;
        let accuses = accuses(document, earlier, noun.map(|n| n.1));
        let score = if anaphor {
            (if accuses { 2.0 } else { 0.6 }) - 0.3 * (here - there) as f64 + 0.2 * shared
        } else if shared >= OVERLAP {
            shared + if accuses { 0.3 } else { 0.0 }
        } else {
            continue;
        };
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, other));
        }
    }
    let rule = if anaphor { "answers.anaphor" } else { "answers.words" };
    best.filter(|b| b.0 > 0.0).map(|(_, n)| (n, rule))
}

/// Tells whether an attribution is an allegation (or a demand, where that is what is rejected) by its own words.
fn accuses(document: &Document, attribution: &Attribution, wanted: Option<Earlier>) -> bool {
    if wanted == Some(Earlier::Demand) {
        return attribution.kind == Kind::Demand;
    }
    let cue = attribution.cue.iter().flat_map(|s| document.tokens_in(s));
    let words: Vec<usize> = cue.collect();
    words.iter().any(|&t| {
        let token = &document.tokens[t];
        speech::earlier(&document.word(t).to_lowercase()).is_some() || speech::accuses(&token.lemma)
    })
}

/// Returns the lemmas of the content words.
fn keywords<'a>(document: &'a Document, tokens: &[usize]) -> BTreeSet<&'a str> {
    let open = |t: usize| {
        let name = document.tokens[t].tag.name();
        name.starts_with("NN") || name.starts_with("VB") || name.starts_with("JJ")
    };
    tokens.iter().filter(|&&t| open(t)).map(|&t| &*document.tokens[t].lemma).collect()
}
