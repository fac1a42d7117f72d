//! Words that a person types or pastes find their place in an article: marks, case and line breaks do not matter, and what
//! is found begins and ends with whole words.
//!
//! A `[...]` or `…` between words stands for what is left out. Refuses to guess: words that are not there are not found.

use super::{Result, WorkbenchError};
use crate::span::{Span, Spans, Text};
use crate::store::id::ArticleId;
use std::ops::Range;

/// A word for comparison and where it stands, in bytes.
struct Token {
    folded: String,
    bytes: Range<usize>,
}

/// Returns every place where the words stand, in order; each has a span for every piece between ellipses.
pub(super) fn places(text: &Text, words: &str) -> Vec<Spans> {
    let written = text.as_str();
    let tokens = tokens(written);
    let pieces: Vec<Vec<String>> = words
        .replace("[...]", "…")
        .replace("[…]", "…")
        .replace("...", "…")
        .split('…')
        .map(|piece| self::tokens(piece).into_iter().map(|token| token.folded).collect())
        .filter(|piece: &Vec<String>| !piece.is_empty())
        .collect();
    let Some((first, rest)) = pieces.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = position(&tokens, first, from) {
        from = start + 1;
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(rest.len() + 1);
        ranges.push(start..start + first.len());
        for piece in rest {
            let after = ranges.last().map_or(0, |range| range.end);
            let Some(next) = position(&tokens, piece, after) else { return found };
            ranges.push(next..next + piece.len());
        }
        let spans = ranges.into_iter().filter_map(|range| {
            let bytes = tokens.get(range.start)?.bytes.start..tokens.get(range.end - 1)?.bytes.end;
            Some(text.span_of_bytes(in_marks(written, bytes)))
        });
        found.push(Spans::new(spans));
    }
    found
}

/// Returns the longest beginning of the words that stands in the text, for an error that says where they part.
pub(super) fn beginning<'a>(text: &Text, words: &'a str) -> &'a str {
    let all = tokens(text.as_str());
    let own = tokens(words);
    let folded: Vec<String> = own.iter().map(|token| token.folded.clone()).collect();
    let longest = (1..=folded.len()).rev().find(|&length| position(&all, &folded[..length], 0).is_some());
    longest.and_then(|length| own.get(length - 1)).map_or("", |last| words[..last.bytes.end].trim())
}

/// Returns the piece of a claim before some words of it and the piece from there on, both whole words.
pub(super) fn cut_before(text: &Text, content: &Spans, at: Span) -> (Spans, Spans) {
    let whole = text.as_str();
    let before = content.iter().filter(|span| span.start < at.start).map(|span| {
        let end = span.end.min(at.start);
        let piece = text.slice(Span::new(span.start, end));
        let kept = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '”' | '"')).len();
        let start = text.byte_of(span.start);
        text.span_of_bytes(start..start + kept)
    });
    let before: Vec<Span> = before.collect();
    let after = content.iter().filter(|span| span.end > at.start).map(|span| {
        let bytes = text.byte_of(span.start.max(at.start))..text.byte_of(span.end);
        text.span_of_bytes(in_marks(whole, bytes))
    });
    (Spans::new(before), Spans::new(after))
}

fn position(tokens: &[Token], words: &[String], from: usize) -> Option<usize> {
    let last = tokens.len().checked_sub(words.len())?;
    (from..=last).find(|&at| tokens[at..].iter().zip(words).all(|(token, word)| token.folded == *word))
}

/// Takes the quotation marks in that stand right around the words, with a comma or full stop before the closing one.
fn in_marks(text: &str, bytes: Range<usize>) -> Range<usize> {
    let before = text[..bytes.start].chars().next_back();
    let Some(open) = before.filter(|c| matches!(c, '“' | '"' | '‘')) else { return bytes };
    let rest = &text[bytes.end..];
    let marked = rest.trim_start_matches(['.', ',', '!', '?', ';']);
    match marked.chars().next() {
        Some(close @ ('”' | '"' | '’')) => {
            let end = text.len() - marked.len() + close.len_utf8();
            bytes.start - open.len_utf8()..end
        }
        _ => bytes,
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut open: Option<Token> = None;
    for (at, c) in text.char_indices() {
        let apostrophe = matches!(c, '\'' | '’') && open.is_some();
        match (c.is_alphanumeric(), &mut open) {
            (true, Some(token)) => {
                token.folded.extend(c.to_lowercase());
                token.bytes.end = at + c.len_utf8();
            }
            (true, None) => {
                open = Some(Token { folded: c.to_lowercase().collect(), bytes: at..at + c.len_utf8() });
            }
            (false, _) if apostrophe => {}
            (false, _) => out.extend(open.take()),
        }
    }
    out.extend(open);
    out
}

/// The place of some words nearest to a sentence.
pub(super) fn nearest(text: &Text, words: &str, sentence: Span) -> Result<Spans> {
    let away = |spans: &Spans| spans.cover().map_or(u32::MAX, |span| span.start.abs_diff(sentence.start));
    places(text, words).into_iter().min_by_key(away).ok_or_else(|| missing(text, words))
}

/// The place that is meant where a claim is added: the only one, or the one of that number.
pub(super) fn chosen(text: &Text, article: ArticleId, words: &str, place: Option<usize>) -> Result<Spans> {
    let mut found = places(text, words);
    match (found.len(), place) {
        (0, _) => Err(missing(text, words)),
        (1, None) => Ok(found.remove(0)),
        (many, None) => Err(WorkbenchError::asked(
            format!("these words stand in {many} places of {article}"),
            "quote more of them, or say which with --place 1, --place 2 …",
        )),
        (many, Some(number)) if number == 0 || number > many => {
            Err(WorkbenchError::asked(format!("there are {many} such places, counted from 1"), "choose one of them"))
        }
        (_, Some(number)) => Ok(found.remove(number - 1)),
    }
}

fn missing(text: &Text, words: &str) -> WorkbenchError {
    match beginning(text, words) {
        "" => WorkbenchError::asked("these words are not in the article", "`read` shows it; copy them from there"),
        known => WorkbenchError::asked(
            "these words are not in the article",
            format!("it has “{known}” and goes on otherwise; `read` shows it"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "“The ferry won’t sail,” Ada Brook said,\n“and the port is shut.” She said the ferry won't sail again.";

    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        let text = Text::new(TEXT);
        let found: Vec<String> = places(&text, words).iter().map(|spans| spans.words(&text)).collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn words_are_found_whole_whatever_their_marks() {
        check("the FERRY won't sail", &["“The ferry won’t sail,”", "the ferry won't sail"]);
        check("the ferry won’t sail … the port is shut", &["“The ferry won’t sail,” [...] the port is shut"]);
        check("\"and the port\nis shut.\"", &["“and the port is shut.”"]);
        check("ferr", &[]);
        check("…", &[]);
        check("", &[]);
    }

    #[test]
    fn an_error_can_say_where_the_words_part() {
        let text = Text::new(TEXT);
        assert_eq!(beginning(&text, "the port is open"), "the port is");
        assert_eq!(beginning(&text, "nowhere"), "");
    }

    #[test]
    fn a_claim_is_cut_before_some_words() {
        let text = Text::new("She said the port is shut, and that the ferry sails.");
        let content = places(&text, "the port is shut, and that the ferry sails").remove(0);
        let at = places(&text, "that the ferry").remove(0).cover().unwrap();
        let (first, second) = cut_before(&text, &content, at);
        assert_eq!(first.words(&text), "the port is shut, and");
        assert_eq!(second.words(&text), "that the ferry sails");
    }
}
