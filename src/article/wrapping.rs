//! Text with hard line breaks: which lines are one paragraph.
//!
//! A program that fills lines puts a word on the next line only when it no longer fits, so in wrapped text nearly every
//! line that goes on would be too long with the first word of the next. Works for any width, for indented first lines
//! without blank lines between paragraphs, and for text quoted with `> `. Refuses to rewrite: a paragraph is a span of the
//! stored text, line breaks included.

use crate::span::{Span, Text};

/// Lines longer than this, in code points, are not wrapped by hand or program.
const WIDEST: usize = 120;
/// Text wrapped tighter than this is a list or a poem.
const NARROWEST: usize = 20;
/// How far a wrapped line may fall short of what would have fitted: ragged typing, a marker in front.
const SLACK: usize = 2;

/// One line: what stands on it, without white space and quotation markers around it; `None` when blank.
struct Line {
    inside: Option<Span>,
    /// Code points from the margin to the end of what stands on it, markers left out.
    width: usize,
    indent: usize,
    first_word: usize,
    /// Ends as a sentence does.
    ends: bool,
}

/// Returns the paragraphs of a text from code point `from` on: one a line, or, where the text is hard-wrapped, joined lines.
pub(super) fn paragraphs(text: &Text, from: u32) -> Vec<Span> {
    let lines = lines(text, from);
    let Some(width) = width(&lines) else { return lines.into_iter().filter_map(|line| line.inside).collect() };
    let indent = lines.iter().filter(|l| l.inside.is_some()).map(|l| l.indent).min().unwrap_or(0);
    let mut out: Vec<Span> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        if let Some(inside) = line.inside {
            let goes_on = before.is_some_and(|b| {
                let fitted = b.width + 1 + line.first_word + SLACK <= width;
                line.indent <= indent.max(b.indent) && !(b.ends && fitted)
            });
            match out.last_mut() {
                Some(last) if goes_on => *last = last.cover(inside),
                _ => out.push(inside),
            }
        }
        before = line.inside.map(|_| line);
    }
    out
}

fn lines(text: &Text, from: u32) -> Vec<Line> {
    let rest = &text.as_str()[text.byte_of(from)..];
    let full = || rest.lines().filter(|line| !line.trim().is_empty());
    let marked = full().filter(|line| line.starts_with('>')).count();
    let quoted = marked > 2 && marked * 5 >= full().count() * 4;
    let mut point = from;
    let mut out = Vec::new();
    for line in rest.split_inclusive('\n') {
        let bare = if quoted { line.trim_start_matches(['>', ' ']) } else { line };
        let marker = line[..line.len() - bare.len()].chars().count();
        let content = bare.trim();
        let indent = bare[..bare.len() - bare.trim_start().len()].chars().count();
        let inside = content.chars().count();
        let start = point + (marker + indent) as u32;
        out.push(Line {
            inside: (inside > 0).then(|| Span::new(start, start + inside as u32)),
            width: indent + inside,
            indent,
            first_word: content.split_whitespace().next().map_or(0, |word| word.chars().count()),
            ends: content.ends_with(['.', '!', '?', '”', '"', '’', ':', ')']),
        });
        point += line.chars().count() as u32;
    }
    out
}

/// Returns the width that a text is wrapped to; `None` when its lines are paragraphs.
fn width(lines: &[Line]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| pair[0].inside.is_some() && pair[1].inside.is_some());
    let width = pairs().map(|pair| pair[0].width).max()?;
    let followed = pairs().count();
    let full = pairs().filter(|pair| pair[0].width + 1 + pair[1].first_word + SLACK > width);
    let full = full.count();
    // Short last lines of paragraphs without a blank line between them do not fill the width, but end a sentence.
    let last = pairs().filter(|pair| pair[0].ends && pair[0].width + 1 + pair[1].first_word + SLACK <= width).count();
    let broken = pairs().filter(|pair| !pair[0].ends).count();
    let fits = (NARROWEST..=WIDEST).contains(&width) && followed >= 3;
    (fits && (full + last) * 10 >= followed * 9 && full * 2 > followed && broken * 5 >= followed * 2).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The council will vote on the tunnel next month, the mayor said after a long meeting on Tuesday, and she \
                         promised that nobody would lose a home while the work goes on below the old town.";
    const SECOND: &str = "Her opponents did not believe it, and they said so loudly in the hall, where they had waited since \
                          the early morning with their lawyers and their friends.";
    const STORY: [&str; 4] = [FIRST, SECOND, FIRST, SECOND];

    fn wrapped(width: usize, first: &str, rest: &str, between: &str) -> String {
        let fill = |story: &str| {
            let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
            let options = options.wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
            textwrap::fill(story, options)
        };
        STORY.map(fill).join(between)
    }

    fn read(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let words =
            |span: Span| text.slice(span).split_whitespace().filter(|w| *w != ">").collect::<Vec<_>>().join(" ");
        paragraphs(&text, 0).into_iter().map(words).collect()
    }

    #[test]
    fn lines_filled_to_any_width_are_one_paragraph() {
        for width in [30, 40, 58, 72, 100] {
            assert_eq!(read(&wrapped(width, "", "", "\n\n")), STORY, "{width}");
            assert_eq!(read(&wrapped(width, "   ", "", "\n")), STORY, "{width}, indented");
            assert_eq!(read(&wrapped(width, "> ", "> ", "\n>\n")), STORY, "{width}, quoted");
        }
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let lines = [
            "The port will close.",
            "Nobody was told why it will close so soon.",
            "A vote is due.",
            "It rained all day.",
        ];
        assert_eq!(read(&lines.join("\n")), lines);
        let list = ["Apples and pears", "Plums from the valley", "Cherries", "Medlars, when there are any"];
        assert_eq!(read(&list.join("\n")), list);
    }
}
