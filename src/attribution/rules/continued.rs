//! Quotations of several paragraphs: a quoted paragraph without a cue belongs to the quotation that it goes on, or to the one
//! that goes on after it. And quotations that end a paragraph behind a sentence that leads to them: "Holm was scathing. “She knew.”"
//!
//! Adds an attribution without source and cue; the speaker is settled with the others (`speakers::quoted`). Refuses
//! paragraphs in which the reader found anything quoted.

use crate::article::BlockKind;
use crate::attribution::{Attribution, Attributions, Kind, Quotation, Status};
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::parser::Role;
use crate::text::{Document, Quote};
use std::ops::Range;

/// What such a find is worth; set by hand: marks left open say more than a paragraph that only follows.
const OPEN: f64 = 0.8;
const FOLLOWS: f64 = 0.55;
const REPORTED: f64 = 0.5;
/// Shorter quotations are titles and single words.
const SHORTEST: usize = 3;
/// So many tokens, its marks with them, has the shortest quotation that a sentence before it alone gives to somebody.
const LED_WORDS: usize = 6;
/// A sentence that leads to a quotation has at most so many tokens.
pub const LEAD: usize = 32;

/// One story paragraph: its first quotation when it opens with one, and the attribution that reports it.
struct Paragraph {
    quote: Option<usize>,
    /// The attribution of the last quotation in it.
    last: Option<usize>,
    /// The attribution of the quotation that opens it.
    first: Option<usize>,
    /// The quotation is all there is.
    whole: bool,
    /// It ends with a quotation, or with the words that report one.
    ends_quoted: bool,
    /// It ends with something that a named source said.
    ends_reported: bool,
    /// Its last sentence is short, has no report in it, and is about somebody: "Ann Baker shrugged."
    leads: bool,
}

/// Adds what the reader left out.
pub(super) fn complement(document: &Document, found: &mut Attributions) {
    let blocks = || document.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
    let paragraphs: Vec<Paragraph> = blocks().map(|b| paragraph(document, &found.attributions, b.span)).collect();
    let mut told: Vec<bool> = paragraphs.iter().map(|p| p.first.is_some()).collect();
    let open = |at: usize| paragraphs[at].quote.map(|q| &document.quotes[q]);
    let mut why: Vec<Option<(f64, &str)>> = vec![None; paragraphs.len()];
    for at in 1..paragraphs.len() {
        let Some(quote) = open(at).filter(|_| !told[at]) else { continue };
        let (before, after) = (&paragraphs[at - 1], &paragraphs[at]);
        if quote.continues && (before.last.is_some() || told[at - 1]) {
            why[at] = Some((OPEN, "goes on the quotation of the paragraph before"));
        } else if after.whole && quote.closed && (before.ends_quoted || before.whole && told[at - 1]) {
            why[at] = Some((FOLLOWS, "follows a quotation"));
        } else if after.whole && before.ends_reported {
            why[at] = Some((REPORTED, "follows what somebody said"));
        } else if after.whole && quote.closed && before.leads {
            why[at] = Some((REPORTED, "follows a sentence that leads to it"));
        }
        told[at] = why[at].is_some();
    }
    for at in (0..paragraphs.len().saturating_sub(1)).rev() {
        let goes_on = open(at + 1).is_some_and(|next| next.continues);
        if !told[at] && open(at).is_some_and(|quote| !quote.closed) && goes_on && told[at + 1] {
            why[at] = Some((OPEN, "goes on in the next paragraph"));
            told[at] = true;
        }
    }
    let led: Vec<&Quote> = blocks().filter_map(|block| led_to(document, &found.attributions, block.span)).collect();
    let led = led.into_iter().map(|quote| attribution(quote.span, REPORTED, "follows a sentence that leads to it"));
    found.attributions.extend(led);
    for (paragraph, why) in paragraphs.iter().zip(why) {
        if let (Some(quote), Some((worth, detail))) = (paragraph.quote, why) {
            found.attributions.push(attribution(document.quotes[quote].span, worth, detail));
        }
    }
}

fn paragraph(document: &Document, known: &[Attribution], block: Span) -> Paragraph {
    let from = document.quotes.partition_point(|q| q.span.start < block.start);
    let to = document.quotes.partition_point(|q| q.span.start < block.end);
    let outer = || (from..to).filter(|&q| document.quotes[q].depth == 0);
    let long = |q: &usize| document.tokens_in(document.quotes[*q].inner).len() >= SHORTEST;
    let quote = outer().next().filter(|&q| document.quotes[q].span.start == block.start).filter(long);
    // What the reader found of a quotation, not a word or two of it.
    let of = |q: usize| {
        let span = document.quotes[q].span;
        let held = |a: &Attribution| a.content.iter().map(|c| c.shared(span).map_or(0, Span::len)).sum::<u32>();
        (0..known.len()).find(|&n| held(&known[n]) * 2 > span.len())
    };
    let last_words = document.tokens_in(block);
    let ends_quoted = outer().next_back().and_then(of).is_some_and(|n| {
        let end = known[n].covers().map(|cover| cover.end).max().unwrap_or(0);
        words_after(document, &last_words, end) < 4
    });
    let ends_reported = known.iter().any(|a| {
        let end = a.content.cover().zip(a.source.as_ref()).map(|(content, _)| content.end);
        end.is_some_and(|end| block.start < end && end <= block.end && words_after(document, &last_words, end) < 2)
    });
    let end = last_words
        .end
        .checked_sub(1)
        .and_then(|t| document.sentence_of(t))
        .map(|s| document.sentences[s].tokens.clone());
    let leads = end.is_some_and(|sentence| leads(document, known, &sentence));
    Paragraph {
        leads,
        first: quote
            .and_then(|q| of(q).or_else(|| known.iter().position(|a| a.content.overlaps(document.quotes[q].span)))),
        last: outer().next_back().and_then(of),
        whole: quote.is_some_and(|q| words_after(document, &last_words, document.quotes[q].span.end) == 0),
        quote,
        ends_quoted,
        ends_reported,
    }
}

/// Returns the quotation of whole sentences that ends a paragraph, reported by nothing, where the sentence before it leads to it.
fn led_to<'a>(document: &'a Document, known: &[Attribution], block: Span) -> Option<&'a Quote> {
    let to = document.quotes.partition_point(|quote| quote.span.start < block.end);
    let mut outer = document.quotes[..to].iter().rev().filter(|quote| quote.depth == 0);
    let quote = outer.next().filter(|quote| quote.span.start > block.start && quote.closed)?;
    let words = document.tokens_in(quote.span);
    let before = document.sentence_of(words.start.checked_sub(1)?)?;
    let sentence = &document.sentences[before].tokens;
    let whole = words.len() > LED_WORDS && sentence.end == words.start;
    let ends = || words_after(document, &document.tokens_in(block), quote.span.end) == 0;
    let reported = || known.iter().any(|a| a.covers().any(|cover| cover.overlaps(quote.span)));
    (whole && ends() && leads(document, known, sentence) && !reported()).then_some(quote)
}

/// Tells whether a sentence without a report has somebody named, or "he" or "she", as the subject of its main verb.
fn leads(document: &Document, known: &[Attribution], sentence: &Range<usize>) -> bool {
    let Some((first, last)) = sentence.clone().next().zip(sentence.clone().next_back()) else { return false };
    let span = document.tokens[first].span.cover(document.tokens[last].span);
    let somebody = |t: &usize| {
        let token = &document.tokens[*t];
        let main = token.head.is_some_and(|head| document.tokens[head as usize].role == Role::Root);
        let person = token.tag.name() == "NNP" || matches!(&*document.word(*t).to_lowercase(), "he" | "she");
        token.role == Role::Subject && main && person
    };
    let quoted = document.quotes.iter().any(|q| q.span.overlaps(span));
    let mut told = known.iter().filter(|a| a.kind != Kind::Question);
    let reported = told.any(|a| a.content.overlaps(span) || a.cue.overlaps(span));
    sentence.len() <= LEAD && !quoted && !reported && sentence.clone().any(|t| somebody(&t))
}

fn words_after(document: &Document, tokens: &Range<usize>, end: u32) -> usize {
    let after = tokens.clone().filter(|&t| document.tokens[t].span.start >= end);
    after.filter(|&t| document.word(t).chars().any(char::is_alphanumeric)).count()
}

/// Returns the paragraph of a dialogue that goes on the answer before it.
pub fn goes_on_an_answer(paragraph: Span) -> Attribution {
    attribution(paragraph, OPEN, "goes on the answer of the paragraph before")
}

fn attribution(content: Span, worth: f64, detail: &str) -> Attribution {
    Attribution {
        source: None,
        cue: Spans::default(),
        content: content.into(),
        speaker: None,
        candidates: Vec::new(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation: Quotation::Direct,
        place: BlockKind::Paragraph,
        answers: None,
        score: Score::new(worth),
        because: vec![Reason::new("rule.continued", detail.to_owned(), worth)],
    }
}
