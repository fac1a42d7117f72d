//! Tells when a claim was said: the date expression nearest its cue, counted back from the day of publication.
//!
//! "In May, a month after he told the board that …" counts from May. Refuses dates of another clause ("In 2018 he backed a tax that the
//! firm has called fair"), days that are still to come ("will speak on Friday"), dates inside the content ("said the vote on May 3 was rigged") and inside the source ("Baker, who left in
//! May, said"): they tell of something else.

use crate::article::Article;
use crate::attribution::{Attribution, Status};
use crate::date::{self, Date, When};
use crate::lexicon::speech;
use crate::score::Reason;
use crate::span::Span;
use crate::text::Document;

/// How many code points on each side of the cue are searched.
const WINDOW: u32 = 240;

/// When it was said, and what to warn of.
pub(super) struct Said {
    pub when: When,
    pub warning: Option<Reason>,
}

/// Returns when an attribution was said; the article's own date where its sentence names none.
pub(super) fn when(article: &Article, document: &Document, attribution: &Attribution) -> Said {
    let unnamed = || Said { when: When { written: String::new(), date: article.published }, warning: None };
    // "Will speak on Friday" tells of a day to come, and not when that was told.
    if attribution.status == Status::Future {
        return unnamed();
    }
    let (written, date) = match after(article, document, attribution) {
        Some(counted) => counted,
        None => {
            let Some((written, _)) = nearest(document, attribution) else { return unnamed() };
            let date = article.published.and_then(|published| date::resolve(&written, published));
            (written, date)
        }
    };
    let warning = match (date, article.published) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(format!("\"{written}\" names no single day, month or year: kept as written")),
        (None, None) => Some(format!("\"{written}\" cannot be counted back: the article has no date")),
    };
    let warning = warning.map(|detail| Reason::new("said.unresolved", detail, 0.0));
    Said { when: When { written, date }, warning }
}

/// "In May, a month after | he told": counts back from the day that stands before, else from the day of publication.
fn after(article: &Article, document: &Document, attribution: &Attribution) -> Option<(String, Option<Date>)> {
    let cue = document.tokens_in(attribution.cue.cover()?).start;
    let sentence = document.sentence_of(cue).and_then(|s| document.sentences.get(s))?;
    let opens = match attribution.source.as_ref().and_then(|source| source.cover()) {
        Some(source) => document.tokens_in(source).start.min(cue),
        None => cue,
    };
    // "Of another clause" is what has a verb or a mark between.
    let after = opens.checked_sub(1).filter(|&at| document.word(at) == "after" && sentence.tokens.contains(&at))?;
    let unit = after.checked_sub(1)?;
    let number = unit.checked_sub(1).filter(|at| sentence.tokens.contains(at))?;
    let counted = matches!(&*document.tokens[unit].lemma, "day" | "week" | "month" | "year");
    let words = document.text.slice(document.cover(&(number..unit + 1)));
    let back = format!("{words} ago");
    let many = counted && back.split(' ').count() == 3 && document.word(number) != ",";
    if !many {
        return None;
    }
    let (from, base) = match base(document, sentence.tokens.start, number) {
        Some((from, written)) => (from, article.published.and_then(|published| date::resolve(&written, published))),
        None => (number, article.published),
    };
    let written = document.text.slice(document.cover(&(from..after + 1))).to_owned();
    Some((written, base.and_then(|base| date::resolve(&back, base))))
}

/// Returns the date that ends right before a token, but for a comma, and where it begins.
fn base(document: &Document, first: usize, end: usize) -> Option<(usize, String)> {
    let end = end.checked_sub(1).filter(|&at| at > first && document.word(at) == ",")?;
    let text = document.text.slice(document.cover(&(first..end)));
    let last = date::find_expressions(text).pop().filter(|e| e.bytes.end == text.len())?;
    let origin = document.text.byte_of(document.tokens[first].span.start);
    let span = document.text.span_of_bytes(origin + last.bytes.start..origin + last.bytes.end);
    Some((document.tokens_in(span).start, last.written))
}

/// Returns the date expression nearest the cue in its sentence, outside content and source.
fn nearest(document: &Document, attribution: &Attribution) -> Option<(String, Span)> {
    let cue = attribution.cue.cover()?;
    let token = document.tokens_in(cue).start;
    let sentence = document.sentence_of(token).and_then(|s| document.sentences.get(s))?.span;
    let from = sentence.start.max(cue.start.saturating_sub(WINDOW));
    let to = sentence.end.min(cue.end.saturating_add(WINDOW)).max(from);
    let window = document.text.slice(Span::new(from, to));
    let origin = document.text.byte_of(from);
    let apart = |span: Span| {
        let source = attribution.source.as_ref().is_some_and(|s| s.overlaps(span));
        !source && !attribution.content.overlaps(span) && is_of_cue(document, span, cue, sentence)
    };
    let distance =
        |span: Span| if span.start >= cue.end { span.start - cue.end } else { cue.start.saturating_sub(span.end) };
    date::find_expressions(window)
        .into_iter()
        .map(|e| (e.written, document.text.span_of_bytes(origin + e.bytes.start..origin + e.bytes.end)))
        .filter(|(_, span)| apart(*span))
        .min_by_key(|(_, span)| (distance(*span), span.start))
}

/// Tells whether a date belongs to the cue and to no other word: not "hurt on Friday, Baker said", "said of Monday's vote".
fn is_of_cue(document: &Document, date: Span, cue: Span, sentence: Span) -> bool {
    let tokens = document.tokens_in(date);
    let word = |t: usize| document.tokens.get(t).map_or("", |_| document.word(t));
    let owns = matches!(word(tokens.end), "'s" | "’s") || document.text.slice(date).ends_with("'s");
    let event = |t: usize| speech::is_event(&word(t).to_lowercase());
    if owns && !(tokens.end..tokens.end + 4).any(event) {
        return false;
    }
    let verb = |t: usize| {
        let tag = document.tokens[t].tag;
        tag.is_verb() && !matches!(&*document.tokens[t].lemma, "be" | "have" | "do")
    };
    let relative = |t: usize| matches!(document.tokens[t].tag.name(), "WP" | "WDT");
    let said = document.tokens_in(cue);
    let breaks = |t: &usize| matches!(word(*t), "," | ";" | "—" | "–" | "(" | ":");
    let between = if tokens.end <= said.start { tokens.end..said.start } else { said.end..tokens.start };
    if between.clone().any(|t| word(t) == ";") || is_of_clause_above(document, between, &verb) {
        return false;
    }
    if tokens.end <= said.start {
        // What stands before it up to the comma, but for the cue, has the date, unless it opens the sentence.
        let first = document.tokens_in(sentence).start;
        let from = (first..tokens.start).rev().find(breaks).map_or(first, |t| t + 1);
        let parted = (tokens.end..said.start).any(|t| breaks(&t));
        !(parted && (from..tokens.start).any(|t| verb(t) || relative(t)))
    } else {
        !(said.end..tokens.start).any(|t| verb(t) || relative(t))
    }
}

/// Tells whether the cue stands in a clause that goes with a word of the clause of the date: "In 2018 he backed a tax | that the firm has
/// called fair". The cue of "In May the man who left said" is that of the clause above.
fn is_of_clause_above(document: &Document, between: std::ops::Range<usize>, verb: &impl Fn(usize) -> bool) -> bool {
    let opens = |t: usize| {
        matches!(document.tokens[t].tag.name(), "WDT" | "WP" | "WP$")
            || document.word(t) == "that" && document.tokens[t].tag.name() != "DT"
    };
    let Some(opening) = between.clone().rev().find(|&t| opens(t)) else { return false };
    (between.start..opening).any(verb) && !(opening + 1..between.end).any(verb)
}
