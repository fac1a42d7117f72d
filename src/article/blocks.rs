//! Lines become blocks: headline, paragraphs, captions, bylines and the furniture of the page.
//!
//! What is furniture is decided by the rows of `lexicon/furniture.tsv` and by two facts of layout: a caption stands
//! twice in the text, and a headline is short, at the top, and followed by longer paragraphs.

use super::{Block, BlockKind, stamps, wrapping};
use crate::lexicon::tables;
use crate::span::{Span, Text};
use std::sync::LazyLock;

/// Lines longer than this many words are always story.
const LONGEST_FURNITURE: usize = 30;
/// A headline has at most this many words.
const LONGEST_HEADLINE: usize = 24;
/// No paragraph of a story is longer, in code points; a longer line is cut, so that what is done a paragraph stays quick.
const LONGEST_PARAGRAPH: u32 = 8_000;

struct Row {
    how: How,
    kind: BlockKind,
    pattern: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Line,
    Start,
    End,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    tables::FURNITURE
        .rows()
        .filter_map(|row| {
            let mut columns = row.into_iter();
            let how = match columns.next()? {
                "line" => How::Line,
                "start" => How::Start,
                "end" => How::End,
                _ => return None,
            };
            let kind = match columns.next()? {
                "furniture" => BlockKind::Furniture,
                "caption" => BlockKind::Caption,
                "byline" => BlockKind::Byline,
                _ => return None,
            };
            Some(Row { how, kind, pattern: columns.next()? })
        })
        .collect()
});

/// Cuts a text into blocks from code point `from` on, in order, each without the white space around it.
pub fn blocks(text: &Text, from: u32, title: Option<&str>) -> Vec<Block> {
    let spans: Vec<Span> = wrapping::paragraphs(text, from).into_iter().flat_map(|span| cut(text, span)).collect();
    let spans: Vec<Span> = spans
        .into_iter()
        .map(|span| Span::new(span.start + stamps::stamp(text.slice(span)) as u32, span.end))
        .collect();
    let lines: Vec<&str> = spans.iter().map(|&span| text.slice(span)).collect();
    let mut kinds: Vec<BlockKind> = lines.iter().map(|line| furniture(line).unwrap_or(BlockKind::Paragraph)).collect();
    mark_repeated(&lines, &mut kinds);
    mark_headline(&lines, &mut kinds, title);
    spans.into_iter().zip(kinds).map(|(span, kind)| Block { span, kind }).collect()
}

/// Cuts a line that is longer than any paragraph: after a sentence, else after a word, else where it must be.
fn cut(text: &Text, span: Span) -> Vec<Span> {
    if span.len() <= LONGEST_PARAGRAPH {
        return vec![span];
    }
    let (mut out, mut start) = (Vec::new(), span.start);
    let (mut after_sentence, mut after_word, mut before) = (None, None, ' ');
    for (at, c) in (span.start..).zip(text.slice(span).chars()) {
        if c.is_whitespace() && !before.is_whitespace() {
            after_word = Some(at);
            if matches!(before, '.' | '?' | '!' | '"' | '”') {
                after_sentence = Some(at);
            }
        }
        before = c;
        if at + 1 - start >= LONGEST_PARAGRAPH {
            let end = after_sentence.or(after_word).unwrap_or(at);
            out.push(Span::new(start, end));
            start = if end == at && !c.is_whitespace() { end } else { end + 1 };
            (after_sentence, after_word) = (None, None);
        }
    }
    out.push(Span::new(start, span.end));
    out.retain(|span| !span.is_empty());
    out
}

/// Returns what a line is when it is no story.
pub(super) fn furniture(line: &str) -> Option<BlockKind> {
    if !line.chars().any(char::is_alphanumeric) {
        return Some(BlockKind::Furniture);
    }
    if line.split_whitespace().take(LONGEST_FURNITURE + 1).count() > LONGEST_FURNITURE {
        return None;
    }
    let plain = plain(line);
    let fits = |row: &&Row| match row.how {
        How::Line => plain == row.pattern,
        How::Start => plain.strip_prefix(row.pattern).is_some_and(ends_a_word),
        How::End => plain.ends_with(row.pattern),
    };
    if let Some(row) = ROWS.iter().find(fits) {
        return Some(row.kind);
    }
    is_byline(line).then_some(BlockKind::Byline)
}

/// Lower case, straight apostrophes, no dashes in front and no punctuation behind.
fn plain(line: &str) -> String {
    let line = line.replace('’', "'").to_lowercase();
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "-–—*•|".contains(c));
    line.trim_end_matches(|c: char| c.is_whitespace() || ".:;!)…*".contains(c)).to_owned()
}

fn ends_a_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// "By Jane Writer", "By JANE WRITER and JOE WRITER | The Post": capitalised words only, and few.
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let words: Vec<&str> = names.split_whitespace().collect();
    let link = |word: &str| matches!(word, "and" | "AND" | "of" | "in" | "for" | "|" | "the" | "-" | "—");
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    (1..=12).contains(&words.len()) && words.iter().all(|w| capital(w) || link(w)) && !line.ends_with(['.', '”', '"'])
}

/// A line that stands twice in a row is a caption: a page shows it under a picture and again as its description.
fn mark_repeated(lines: &[&str], kinds: &mut [BlockKind]) {
    for at in 1..lines.len() {
        let story = kinds[at] == BlockKind::Paragraph && kinds[at - 1] != BlockKind::Furniture;
        if story && lines[at] == lines[at - 1] && lines[at].split_whitespace().nth(3).is_some() {
            kinds[at - 1] = BlockKind::Caption;
            kinds[at] = BlockKind::Caption;
        }
    }
}

/// The first story block is the headline when it looks like one.
fn mark_headline(lines: &[&str], kinds: &mut [BlockKind], title: Option<&str>) {
    if let Some(title) = title.map(plain).filter(|title| !title.is_empty()) {
        for (line, kind) in lines.iter().zip(kinds.iter_mut()).take(12) {
            if plain(line) == title {
                *kind = BlockKind::Headline;
                return;
            }
        }
        // The title is known: a short opening paragraph is no second one.
        return;
    }
    let mut story = (0..lines.len()).filter(|&i| kinds[i] == BlockKind::Paragraph);
    let (Some(first), Some(second)) = (story.next(), story.next()) else { return };
    if is_headline(lines[first], lines[second]) {
        kinds[first] = BlockKind::Headline;
    }
}

fn is_headline(line: &str, next: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > LONGEST_HEADLINE || line.ends_with([',', ':']) {
        return false;
    }
    let ends_open = !line.ends_with(['.', '”', '"', '…']);
    let long: Vec<&&str> = words.iter().filter(|word| word.chars().count() > 3).collect();
    let capitals = long.iter().filter(|word| word.starts_with(|c: char| !c.is_lowercase())).count();
    let title_case = long.len() >= 3 && capitals * 5 >= long.len() * 4;
    let dateline = super::dateline(line).is_some();
    !dateline && (ends_open || title_case || words.len() <= 14 && next.len() > line.len() * 3 / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(BlockKind, &str)]) {
        let text = Text::new(text);
        let found: Vec<(BlockKind, &str)> =
            blocks(&text, 0, None).iter().map(|block| (block.kind, text.slice(block.span))).collect();
        assert_eq!(found, expected);
    }

    use BlockKind::{Byline, Caption, Furniture, Headline, Paragraph};

    #[test]
    fn page_furniture_is_no_story() {
        check(
            "Skip to content\n\nMinister Rejects Harbour Plan\n\nBy Jane Writer\nThe minister at the quay in May.\n\
             The minister at the quay in May.\n\nThe minister rejected the plan on Monday, saying it was “not ready”.\r\n\
             \r\n  It will cost 40 million, he said.\n___\n— Reported by the Harbour Post",
            &[
                (Furniture, "Skip to content"),
                (Headline, "Minister Rejects Harbour Plan"),
                (Byline, "By Jane Writer"),
                (Caption, "The minister at the quay in May."),
                (Caption, "The minister at the quay in May."),
                (Paragraph, "The minister rejected the plan on Monday, saying it was “not ready”."),
                (Paragraph, "It will cost 40 million, he said."),
                (Furniture, "___"),
                (Furniture, "— Reported by the Harbour Post"),
            ],
        );
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let first = "The council will vote on the tunnel next month, the mayor said\nafter a long meeting on Tuesday, and she promised that nobody\nwould lose a home while the work goes on below the old town.";
        let second = "Her opponents did not believe it, and they said so loudly in the\nhall.";
        check(&format!("{first}\n\n{second}\n"), &[(Paragraph, first), (Paragraph, second)]);
    }

    #[test]
    fn a_first_paragraph_is_no_headline() {
        let lede = "HARBOUR CITY (Wire) - The port will close.";
        check(
            &format!("{lede}\nThat is what the minister told the assembly on Monday."),
            &[(Paragraph, lede), (Paragraph, "That is what the minister told the assembly on Monday.")],
        );
        check("“We will not pay,” she said.", &[(Paragraph, "“We will not pay,” she said.")]);
    }

    #[test]
    fn a_line_longer_than_any_paragraph_is_cut_after_a_sentence() {
        let sentence = "The tunnel will cost forty million, she said. ";
        let text = Text::new(sentence.repeat(400));
        let blocks = blocks(&text, 0, None);
        assert_eq!(blocks.len(), 3);
        assert!(blocks.iter().all(|block| text.slice(block.span).ends_with("said.")));
        assert!(blocks.iter().all(|block| text.slice(block.span).starts_with("The tunnel")));
        let solid = Text::new("x".repeat(20_000));
        let lengths: u32 = super::blocks(&solid, 0, None).iter().map(|block| block.span.len()).sum();
        assert_eq!(lengths, 20_000);
    }

    #[test]
    fn every_row_fires_on_its_example() {
        let mut count = 0;
        for row in tables::FURNITURE.rows() {
            let [_, kind, _, example] = row[..] else { panic!("{row:?}") };
            let found = furniture(example).map(|kind| format!("{kind:?}").to_lowercase());
            assert_eq!(found.as_deref(), Some(kind), "{row:?}");
            count += 1;
        }
        assert_eq!(count, ROWS.len());
        for story in
            ["Share prices fell, the bank said.", "Related companies must pay, she said.", "By Monday he had gone."]
        {
            assert_eq!(furniture(story), None, "{story}");
        }
    }
}
