//! Speakers that the quotation itself tells: a quotation that carries on another, one that follows a sentence about its speaker,
//! "I" and "we" inside one.
//!
//! Refuses to carry a speaker over a paragraph that closed its quotation.

use super::resolver::{Resolver, Verdict};
use super::stage::{Grammar, grammar};
use crate::attribution::rules::LEAD;
use crate::attribution::{Attribution, Kind, Quotation};
use crate::lexicon::people::{self, Person};
use crate::span::{Span, Spans};
use crate::text::Document;
use std::ops::Range;

/// Gives a quotation without a source the speaker of the quotation it carries on, or of the one that carries it on.
pub(super) fn carry(document: &Document, attributions: &[Attribution], verdicts: &mut [Verdict]) {
    let block = |a: &Attribution| {
        let at = a.content.cover().map_or(0, |c| c.start);
        document.blocks.partition_point(|b| b.span.end <= at)
    };
    // A quotation that stands inside another attribution is that one's own matter, and so is what it reports.
    let inside = |n: usize, outer: usize| {
        let cue = attributions[n].cue.cover();
        n != outer && cue.is_some_and(|cue| attributions[outer].holds(cue))
    };
    let reported = |n: usize| (n.saturating_sub(6)..n).any(|outer| inside(n, outer));
    let before = |number: usize| {
        let content = attributions[number].content.cover();
        let apart = |&n: &usize| attributions[n].content.cover().zip(content).is_none_or(|(a, b)| !a.overlaps(b));
        (0..number).rev().find(|n| apart(n) && !reported(*n))
    };
    for number in 1..attributions.len() {
        let attribution = &attributions[number];
        if attribution.source.is_some() || attribution.quotation == Quotation::Indirect {
            continue;
        }
        let Some(last) = before(number) else { continue };
        let quote = outer_quote(document, attribution);
        let apart = block(attribution).saturating_sub(block(&attributions[last]));
        let goes_on = quote.is_some_and(|q| q.continues) && apart <= 1;
        let quoted_before = attributions[last].quotation != Quotation::Indirect;
        let follows = attribution.cue.is_empty() && quote.is_none_or(|q| !q.continues) && apart <= 1;
        if goes_on || follows || apart == 0 && quoted_before && !attribution.cue.is_empty() {
            verdicts[number] = Verdict { candidates: Vec::new(), ..verdicts[last].clone() };
        }
    }
    for number in (0..attributions.len().saturating_sub(1)).rev() {
        let attribution = &attributions[number];
        let open = attribution.cue.is_empty()
            && verdicts[number].figure.is_none()
            && outer_quote(document, attribution).is_some_and(|q| !q.closed);
        let next = outer_quote(document, &attributions[number + 1]).is_some_and(|q| q.continues);
        if open && next {
            verdicts[number] = Verdict { candidates: Vec::new(), ..verdicts[number + 1].clone() };
        }
    }
}

/// Returns the outermost quotation in which a content begins.
fn outer_quote<'a>(document: &'a Document, attribution: &Attribution) -> Option<&'a crate::text::Quote> {
    let start = attribution.content.cover()?.start;
    // Quotations are in text order and nest only a few deep.
    let after = document.quotes.partition_point(|q| q.span.start <= start);
    let mut near = document.quotes[after.saturating_sub(8)..after].iter().rev();
    near.find(|q| q.depth == 0 && start < q.span.end)
}

/// Gives "I" and "we" inside a quotation the one who is quoted.
pub(super) fn first_persons(attributions: &[Attribution], open: &[usize], verdicts: &mut [Verdict]) {
    for &number in open {
        let Some(source) = attributions[number].source.as_ref().and_then(Spans::cover) else {
            continue;
        };
        let near = number.saturating_sub(6)..(number + 7).min(attributions.len());
        let outer = near
            .filter(|&n| n != number && attributions[n].holds(source))
            .min_by_key(|&n| attributions[n].content.cover().map_or(u32::MAX, Span::len));
        if let Some(outer) = outer {
            verdicts[number].figure = verdicts[outer].figure;
        }
    }
}

/// Leaves a source open that was taken for the very one in whose words it stands: “She told me so,” Ann said; Ann said the foreman had
/// told her.
pub(super) fn never_themselves(document: &Document, attributions: &[Attribution], verdicts: &mut [Verdict]) {
    for number in 0..attributions.len() {
        let Some(source) = attributions[number].source.as_ref().and_then(Spans::cover) else { continue };
        let words = document.text.slice(source);
        let other = match people::pronoun(&words.to_lowercase()) {
            // "He said that he had told them" may be himself.
            Some(pronoun) => {
                pronoun.person == Person::Third && document.quotes.iter().any(|quote| quote.inner.contains(source))
            }
            None => words.starts_with(char::is_lowercase),
        };
        let near = number.saturating_sub(6)..(number + 7).min(attributions.len());
        let mut around = near.filter(|&n| n != number && attributions[n].holds(source));
        let mine = verdicts[number].figure;
        if other && around.any(|n| verdicts[n].figure.is_some() && verdicts[n].figure == mine) {
            let mut candidates = std::mem::take(&mut verdicts[number].candidates);
            candidates.retain(|&candidate| Some(candidate) != mine);
            let figure = if let [only] = candidates[..] { Some(only) } else { None };
            verdicts[number] = Verdict { figure, candidates };
        }
    }
}

impl Resolver<'_, '_> {
    /// Gives a quotation without source and cue the subject of the sentence right before it, when nothing is reported there: "Ann
    /// Baker shrugged. “I know nothing.”" It is hers, whoever spoke before.
    pub(super) fn led(&self, attributions: &[Attribution], verdicts: &mut [Verdict]) {
        let document = self.view.document;
        for (number, attribution) in attributions.iter().enumerate() {
            let bare = attribution.source.is_none() && attribution.cue.is_empty();
            let Some(quote) = outer_quote(document, attribution).filter(|q| bare && !q.continues) else { continue };
            let Some(before) = document.tokens_in(quote.span).start.checked_sub(1) else { continue };
            let sentence = self.view.around(before);
            let here = self.view.block(before) == self.view.block(before + 1);
            let Some(span) = Some(self.view.span(&sentence)).filter(|_| here || sentence.len() <= LEAD) else {
                continue;
            };
            let mut told = attributions.iter().filter(|other| other.kind != Kind::Question);
            let reported = told.any(|other| other.covers().any(|cover| cover.overlaps(span)));
            if !reported
                && !self.view.is_quoted(before.saturating_sub(1))
                && let Some(figure) = self.subject(&sentence)
            {
                verdicts[number] = Verdict { figure: Some(figure), candidates: Vec::new() };
            }
        }
    }

    /// Returns the person who is the main subject of a sentence.
    pub(super) fn subject(&self, sentence: &Range<usize>) -> Option<usize> {
        let named =
            self.cast.uses_in(sentence).iter().map(|used| (used.name.whole.start..used.name.tokens.end, used.figure));
        let meant = self.decided.range(sentence.clone()).map(|(&token, &figure)| (token..token + 1, figure));
        let people = named.chain(meant).filter(|(_, figure)| self.cast.figures[*figure].is_person());
        let subject = |tokens: &Range<usize>| match grammar(self.view, tokens, tokens.end) {
            (Grammar::Subject, main) => main,
            // "Ann Baker's reaction was swift."
            (Grammar::Owner, _) => tokens.start == sentence.start,
            _ => false,
        };
        let all: Vec<(Range<usize>, usize)> = people.collect();
        // "Among them was Ann Baker, whose son Tom …": neither the first noun nor the one in the clause.
        let last = |tokens: &Range<usize>| {
            let be =
                tokens.start.checked_sub(1).is_some_and(|t| matches!(self.view.word(t), "was" | "is" | "were" | "are"));
            be && self.view.tag(sentence.start) == "IN"
        };
        let placed = all.iter().find(|(tokens, _)| last(tokens));
        placed.or_else(|| all.iter().find(|(tokens, _)| subject(tokens))).map(|found| found.1)
    }
}
