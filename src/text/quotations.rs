//! Finds quotations: straight, curly, low, guillemet and single marks, mixed pairs, nested and unclosed ones; one pass.
//!
//! Refuses to take an apostrophe, an elision or an inch mark for a quotation, and never pairs marks across paragraphs:
//! a quotation that its paragraph leaves open ends there, and says so (`closed: false`).

use crate::article::Block;
use crate::lexicon::words;
use crate::span::{Span, Text};
use crate::text::Quote;
use crate::text::tokens::is_apostrophe;

/// Deeper nesting than this is noise; marks beyond it are ignored.
const DEEPEST: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

struct Open {
    style: Style,
    /// Code points of the mark.
    start: u32,
    inner: u32,
    /// The mark was `“`, `„` or `«`, which can only open.
    directed: bool,
}

/// Returns the quotations of all blocks, by start, outer before inner.
pub fn quotations(text: &Text, blocks: &[Block]) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut left_open = false;
    for block in blocks {
        left_open = scan(text.slice(block.span), block.span, left_open, &mut out);
    }
    out.sort_by_key(|q: &Quote| (q.span.start, std::cmp::Reverse(q.span.end)));
    out
}

/// Scans one block; returns whether it leaves a double quotation open.
fn scan(words: &str, span: Span, was_open: bool, out: &mut Vec<Quote>) -> bool {
    let mut stack: Vec<Open> = Vec::new();
    let first = out.len();
    let mut before = ' ';
    let mut chars = words.char_indices().peekable();
    let mut at = span.start;
    while let Some((byte, c)) = chars.next() {
        let mut width = 1;
        let doubled = matches!(c, '\'' | '`') && chars.peek().is_some_and(|&(_, d)| d == c);
        if doubled {
            chars.next();
            width = 2;
        }
        let after = chars.peek().map_or(' ', |&(_, d)| d);
        let role = if doubled { Some((Style::Double, c == '`', c == '\'')) } else { mark(c) };
        if let Some((style, only_opens, only_closes)) = role {
            let here = At { before, after, only_opens, only_closes, rest: &words[byte..] };
            step(style, &here, at, width, &mut stack, out);
        }
        before = c;
        at += width;
    }
    let mut still_open = false;
    for (depth, open) in stack.iter().enumerate() {
        if open.style == Style::Double && open.inner < span.end {
            still_open = true;
            out.push(Quote {
                span: Span::new(open.start, span.end),
                inner: Span::new(open.inner, span.end),
                closed: false,
                continues: false,
                depth: depth as u8,
            });
            break;
        }
    }
    if was_open && let Some(quote) = out[first..].iter_mut().find(|q| q.span.start == span.start && q.depth == 0) {
        quote.continues = true;
    }
    still_open
}

/// A mark and what stands around it.
struct At<'a> {
    before: char,
    after: char,
    only_opens: bool,
    only_closes: bool,
    rest: &'a str,
}

/// Returns a mark's style and whether it can only open or only close.
fn mark(c: char) -> Option<(Style, bool, bool)> {
    Some(match c {
        '"' | '＂' => (Style::Double, false, false),
        '“' | '„' | '«' | '‟' => (Style::Double, true, false),
        '”' | '»' => (Style::Double, false, true),
        '‹' | '‘' => (Style::Single, true, false),
        '›' | '’' => (Style::Single, false, true),
        '\'' => (Style::Single, false, false),
        _ => return None,
    })
}

fn step(style: Style, here: &At, at: u32, width: u32, stack: &mut Vec<Open>, out: &mut Vec<Quote>) {
    let blank_before = here.before.is_whitespace()
        || matches!(here.before, '(' | '[' | '—' | '–' | '-' | '/')
        || mark(here.before).is_some();
    let blank_after = !here.after.is_alphanumeric()
        && !matches!(here.after, '[' | '(' | '$' | '.' | '…' | '@' | '#' | '£' | '€')
        && mark(here.after).is_none();
    let open_here = stack.iter().rposition(|o| o.style == style);
    match style {
        Style::Double => {
            let looks_opening = blank_before && !here.after.is_whitespace();
            let looks_closing = !here.before.is_whitespace() && blank_after;
            let opens = match (open_here, here.only_opens, here.only_closes) {
                (None, _, true) => looks_opening && !looks_closing,
                (None, _, false) => !(looks_closing && !looks_opening && here.before.is_ascii_digit()),
                (Some(_), true, _) => looks_opening,
                (Some(_), _, true) => false,
                (Some(_), false, false) => false,
            };
            if opens {
                let directed = here.only_opens;
                if stack.len() < DEEPEST {
                    stack.push(Open { style, start: at, inner: at + width, directed });
                }
            } else if let Some(index) = open_here {
                close(index, at, width, stack, out);
            }
        }
        Style::Single => {
            let letter_before = here.before.is_alphanumeric();
            if here.only_opens || (open_here.is_none() && !here.only_closes) {
                if blank_before && !here.after.is_whitespace() && !elides(here.rest) && stack.len() < DEEPEST {
                    stack.push(Open { style, start: at, inner: at + width, directed: here.only_opens });
                }
            } else if let Some(index) = open_here
                && !here.after.is_alphanumeric()
                && !here.before.is_whitespace()
                && !(letter_before && is_possessive(here, stack[index].directed))
            {
                close(index, at, width, stack, out);
            }
        }
    }
}

/// Tells whether an apostrophe after a letter reads as a plural possessive: `s' word`.
fn is_possessive(here: &At, _directed: bool) -> bool {
    let mut rest = here.rest.chars().skip(1);
    here.before == 's' && rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
}

/// Tells whether the apostrophe at the start of `rest` begins an elision or a decade: `'em`, `'90s`.
fn elides(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    let word: String =
        chars.by_ref().take(9).take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.len() <= 4 && !word[1..].is_empty();
    }
    words::is_elision(&format!("'{word}")) || rest.chars().take(2).all(is_apostrophe)
}

/// Closes the quotation at `index` of the stack; what was opened inside it and never closed is dropped.
fn close(index: usize, at: u32, width: u32, stack: &mut Vec<Open>, out: &mut Vec<Quote>) {
    let open = &stack[index];
    if open.inner < at {
        out.push(Quote {
            span: Span::new(open.start, at + width),
            inner: Span::new(open.inner, at),
            closed: true,
            continues: false,
            depth: index as u8,
        });
    }
    stack.truncate(index);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    /// Each quotation as `inner@depth`, with `…` after one that is not closed and before one that continues.
    fn check(paragraphs: &[&str], expected: &[&str]) {
        let text = Text::new(paragraphs.join("\n"));
        let mut at = 0;
        let blocks: Vec<Block> = paragraphs
            .iter()
            .map(|p| {
                let span = Span::new(at, at + p.chars().count() as u32);
                at = span.end + 1;
                Block { span, kind: BlockKind::Paragraph }
            })
            .collect();
        let found: Vec<String> = quotations(&text, &blocks)
            .iter()
            .map(|q| {
                let (head, tail) = (if q.continues { "…" } else { "" }, if q.closed { "" } else { "…" });
                format!("{head}{}{tail}@{}", text.slice(q.inner), q.depth)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_style_of_mark_pairs() {
        check(&["\"One,\" he said. \"Two.\""], &["One,@0", "Two.@0"]);
        check(&["“One,” he said, «two» and „three“."], &["One,@0", "two@0", "three@0"]);
        check(&["“One,\" he said, \"two.”"], &["One,@0", "two.@0"]);
        check(&["``One,'' he said. ‘Two.’ 'Three.'"], &["One,@0", "Two.@0", "Three.@0"]);
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        check(&["The voters' choice, Alder's, isn't 'em or the '90s'."], &[]);
        check(&["The voters’ choice isn’t Alder’s."], &[]);
        check(&["He is 6'2\" tall and “wide”."], &["wide@0"]);
    }

    #[test]
    fn nested_quotations_have_depth() {
        check(&["“He said ‘no’ twice,” she said."], &["He said ‘no’ twice,@0", "no@1"]);
        check(&["\"It's 'no' and don't,\" she said."], &["It's 'no' and don't,@0", "no@1"]);
    }

    #[test]
    fn a_paragraph_that_does_not_close_goes_on_in_the_next() {
        check(&["“One.", "“Two.”", "“Three.”"], &["One.…@0", "…Two.@0", "Three.@0"]);
        check(&["\"One.", "\"Two.\""], &["One.…@0", "…Two.@0"]);
        check(&["“One.", "Two."], &["One.…@0"]);
    }
}
