//! Attributions that layout makes and no word reports: `“…” – Name` and `Name: …`.
//!
//! Only adds the mark as the cue, and the name as the source, where a reader found the content and no cue. Refuses
//! whatever stands on the other side of the mark unless it reads as a name: short, capitalised, without a verb.

use crate::attribution::decode::{Part, Piece};
use crate::attribution::dialogue;
use crate::attribution::fast::facts;
use crate::text::Document;
use std::ops::Range;

/// Tokens of the longest name with its title.
const LONGEST: usize = 12;
/// How sure a quotation is that layout alone gives to somebody; set by hand.
const ANNOUNCED: f32 = 0.9;

/// Adds the cues and sources that layout gives, and keeps the pieces in text order. Returns the paragraphs that go on, without a label,
/// what the paragraph before them says in a dialogue.
pub fn complete(document: &Document, pieces: &mut Vec<Piece>) -> Vec<Range<usize>> {
    let mut added = Vec::new();
    let paragraphs = facts::paragraphs(document);
    let further = dialogue::complete(document, &paragraphs, pieces);
    let mut from = 0;
    for (number, (_, paragraph)) in paragraphs.iter().enumerate() {
        let len = pieces[from..].iter().take_while(|piece| piece.paragraph == number).count();
        let own = &pieces[from..from + len];
        from += len;
        let piece = |part, tokens, probability| Piece { part, tokens, paragraph: number, probability };
        let last = paragraph.end.saturating_sub(1);
        let announces = document.word(last) == ":";
        // A reader may take the colon alone for the cue.
        let colon = |piece: &Piece| announces && piece.tokens == (last..paragraph.end);
        let has = |part| own.iter().any(|piece| piece.part == part);
        let cued = has(Part::Cue);
        if cued && (has(Part::Source) || own.iter().any(|piece| piece.part == Part::Cue && !colon(piece))) {
            continue;
        }
        if announces && document.word(paragraph.start) == "According" && document.word(paragraph.start + 1) == "to" {
            added.push(piece(Part::Cue, paragraph.start..paragraph.start + 2, ANNOUNCED));
            added.push(piece(Part::Source, paragraph.start + 2..paragraph.end - 1, ANNOUNCED));
            continue;
        }
        if announces && let Some((from, name)) = announced(document, paragraph) {
            if !cued {
                added.push(piece(Part::Cue, from..from + 1, ANNOUNCED));
            }
            added.push(piece(Part::Source, name, ANNOUNCED));
            continue;
        }
        if cued {
            continue;
        }
        let quoted = is_whole_quotation(document, paragraph);
        let next = paragraphs.get(number + 1).map(|(_, next)| next);
        let below = next.filter(|_| quoted).and_then(|next| signature(document, next));
        let before = number.checked_sub(1).map_or("", |n| document.word(paragraphs[n].1.end.saturating_sub(1)));
        if let Some((dash, name)) = below {
            // The signature stands in the paragraph below, but belongs to this one.
            if !own.iter().any(|piece| piece.part == Part::Content) {
                added.push(piece(Part::Content, paragraph.clone(), ANNOUNCED));
            }
            added.push(piece(Part::Cue, dash..dash + 1, ANNOUNCED));
            added.push(piece(Part::Source, name, ANNOUNCED));
            continue;
        }
        let Some(content) = own.iter().find(|piece| piece.part == Part::Content) else {
            if let Some((quoted, name)) = quoted_and_signed(document, paragraph) {
                added.push(piece(Part::Cue, quoted.end..quoted.end + 1, ANNOUNCED));
                added.push(piece(Part::Content, quoted, ANNOUNCED));
                added.push(piece(Part::Source, name, ANNOUNCED));
                continue;
            }
            if quoted && before == ":" {
                added.push(piece(Part::Content, paragraph.clone(), ANNOUNCED));
            }
            continue;
        };
        let Some((cue, source)) = signed(document, paragraph, own).or_else(|| spoken(document, paragraph, content))
        else {
            continue;
        };
        added.push(piece(Part::Cue, cue..cue + 1, content.probability));
        if !own.iter().any(|piece| piece.part == Part::Source) {
            added.push(piece(Part::Source, source, content.probability));
        }
    }
    if !added.is_empty() {
        pieces.append(&mut added);
        pieces.sort_by_key(|piece| (piece.paragraph, piece.tokens.start));
    }
    further
}

/// `And from Name:`: the preposition, and the name up to the colon.
fn announced(document: &Document, paragraph: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let from = (paragraph.start..paragraph.end.min(paragraph.start + 3))
        .find(|&at| document.word(at).eq_ignore_ascii_case("from"))?;
    let name = from + 1..paragraph.end.checked_sub(1)?;
    let whose =
        name.start + usize::from(document.tokens.get(name.start).is_some_and(|t| t.tag.name() == "DT"))..name.end;
    let body = whose.start > name.start && is_nominal(document, &whose);
    (body || is_name(document, &name)).then_some((from, name))
}

/// A paragraph that is one quotation and nothing else.
fn is_whole_quotation(document: &Document, paragraph: &Range<usize>) -> bool {
    let (Some(first), Some(last)) =
        (document.tokens.get(paragraph.start), document.tokens.get(paragraph.end.saturating_sub(1)))
    else {
        return false;
    };
    let at = document.quotes.partition_point(|q| q.span.start < first.span.start);
    document
        .quotes
        .get(at)
        .is_some_and(|q| q.span.start == first.span.start && q.span.end >= last.span.start && q.closed)
}

/// `— Name` on a line of its own.
fn signature(document: &Document, paragraph: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let last = paragraph.end.checked_sub(1)?;
    let name = paragraph.start + 1..if document.word(last) == "." { last } else { paragraph.end };
    (is_dash(document.word(paragraph.start)) && is_name(document, &name)).then_some((paragraph.start, name))
}

/// `“…” – Name`: the dash right after the last content, and the name up to the end of the paragraph.
fn signed(document: &Document, paragraph: &Range<usize>, own: &[Piece]) -> Option<(usize, Range<usize>)> {
    let end = own.iter().filter(|piece| piece.part == Part::Content).map(|piece| piece.tokens.end).max()?;
    let dash = is_dash(document.word(end)) && paragraph.contains(&end);
    let last = paragraph.end.checked_sub(1)?;
    let name = end + 1..if document.word(last) == "." { last } else { paragraph.end };
    (dash && is_name(document, &name)).then_some((end, name))
}

/// `“…” - Name`: the quotation that opens a paragraph, and the name after the dash.
fn quoted_and_signed(document: &Document, paragraph: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let first = document.tokens.get(paragraph.start)?.span.start;
    let at = document.quotes.partition_point(|q| q.span.start < first);
    let quote = document.quotes.get(at).filter(|q| q.span.start == first && q.closed)?;
    let quoted = document.tokens_in(quote.span);
    let last = paragraph.end.checked_sub(1)?;
    let name = quoted.end + 1..if document.word(last) == "." { last } else { paragraph.end };
    let signed = quoted.end < last && is_dash(document.word(quoted.end)) && is_name(document, &name);
    signed.then_some((quoted, name))
}

/// `Name: …`: the content begins right after the colon, and the name at the start of the paragraph.
fn spoken(document: &Document, paragraph: &Range<usize>, content: &Piece) -> Option<(usize, Range<usize>)> {
    let colon = content.tokens.start.checked_sub(1)?;
    let name = paragraph.start..colon;
    (document.word(colon) == ":" && is_name(document, &name)).then_some((colon, name))
}

fn is_dash(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―'))
}

fn is_name(document: &Document, tokens: &Range<usize>) -> bool {
    is_nominal(document, tokens) && document.word(tokens.start).starts_with(char::is_uppercase)
}

fn is_nominal(document: &Document, tokens: &Range<usize>) -> bool {
    (1..=LONGEST).contains(&tokens.len()) && !document.tokens[tokens.clone()].iter().any(|token| token.tag.is_verb())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};

    /// Source and cue that layout gives to the content of a one-paragraph article.
    fn found(text: &str, content: &str) -> Vec<(Part, String)> {
        let document = crate::text::analyze(&read(text.as_bytes(), "a.txt", &Given::default()).unwrap());
        let at = text[..text.find(content).unwrap()].chars().count() as u32;
        let span = crate::span::Span::new(at, at + content.chars().count() as u32);
        let tokens = document.tokens_in(span);
        let mut pieces = vec![Piece { part: Part::Content, tokens, paragraph: 0, probability: 0.8 }];
        complete(&document, &mut pieces);
        let words = |tokens: &Range<usize>| {
            let cover = document.tokens[tokens.start].span.cover(document.tokens[tokens.end - 1].span);
            document.text.slice(cover).to_owned()
        };
        pieces
            .iter()
            .filter(|piece| piece.part != Part::Content)
            .map(|piece| (piece.part, words(&piece.tokens)))
            .collect()
    }

    #[test]
    fn a_signed_quotation_has_its_signature_as_source() {
        let quoted = "“The bridge will ruin the valley.”";
        let expected = [(Part::Cue, "―".to_owned()), (Part::Source, "Martha Stone".to_owned())];
        assert_eq!(found(&format!("{quoted} ― Martha Stone"), quoted), expected);
        assert_eq!(found(&format!("{quoted} – and then they left the hall at once"), quoted), []);
        assert_eq!(found(&format!("{quoted} – Nobody answered her question"), quoted), []);
    }

    #[test]
    fn a_name_with_a_colon_speaks() {
        let said = "The tunnel will not be dug.";
        let expected = [(Part::Source, "Mayor Ines Brand".to_owned()), (Part::Cue, ":".to_owned())];
        assert_eq!(found(&format!("Mayor Ines Brand: {said}"), said), expected);
        assert_eq!(found(&format!("What was decided there: {said}"), said), []);
    }
}
