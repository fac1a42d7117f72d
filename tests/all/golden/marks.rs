//! Marks in a text: `{1 words}` → the text without them and where the words stand, and back.

use onrecord::span::{Span, Text};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The marked words by number of their claim: where they stand in the text without marks, a span for each pair of brackets.
pub type Pieces = BTreeMap<u32, Vec<Span>>;

/// Takes the marks out of a text that begins in that line of its file. Fails with the line of a bracket that is wrong.
pub fn unmarked(written: &str, first: usize) -> Result<(Text, Pieces), String> {
    let written: Vec<char> = written.trim_end().chars().chain(['\n']).collect();
    let mut text = String::new();
    let mut point = 0;
    let mut pieces = Pieces::new();
    let mut open: Vec<(u32, u32, usize)> = Vec::new();
    let mut line = first;
    let mut at = 0;
    while let Some(&letter) = written.get(at) {
        at += 1;
        match letter {
            '{' => {
                let digits: String = written[at..].iter().take_while(|c| c.is_ascii_digit()).collect();
                at += digits.len();
                let (Ok(number), Some(' ')) = (digits.parse(), written.get(at)) else {
                    return Err(format!("line {line}: {{ without a number; write {{1 words}}, or \\{{ for the sign"));
                };
                at += 1;
                open.push((number, point, line));
            }
            '}' => {
                let Some((number, start, line)) = open.pop() else {
                    return Err(format!("line {line}: }} closes nothing; write \\}} for the sign"));
                };
                if start == point {
                    return Err(format!("line {line}: {{{number} }} marks no words"));
                }
                pieces.entry(number).or_default().push(Span::new(start, point));
            }
            _ => {
                let escaped = written.get(at).copied().filter(|next| letter == '\\' && matches!(next, '{' | '}'));
                at += usize::from(escaped.is_some());
                line += usize::from(letter == '\n');
                text.push(escaped.unwrap_or(letter));
                point += 1;
            }
        }
    }
    match open.pop() {
        Some((number, _, line)) => Err(format!("line {line}: {{{number} …}} is not closed")),
        None => Ok((Text::new(text), pieces)),
    }
}

/// Puts the marks into a text.
pub fn marked(text: &Text, pieces: &Pieces) -> String {
    let mut opened: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut closed: BTreeMap<u32, usize> = BTreeMap::new();
    for (span, number) in nested(pieces) {
        opened.entry(span.start).or_default().push(number);
        *closed.entry(span.end).or_default() += 1;
    }
    let mut written = String::new();
    for (point, letter) in text.as_str().chars().enumerate() {
        let point = point as u32;
        written.push_str(&"}".repeat(closed.remove(&point).unwrap_or_default()));
        for number in opened.remove(&point).into_iter().flatten() {
            written.push_str(&format!("{{{number} "));
        }
        if matches!(letter, '{' | '}') {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

/// Returns the pieces in order, the longer first; one that would end outside of another that it began in is cut where that ends.
fn nested(pieces: &Pieces) -> Vec<(Span, u32)> {
    let each = pieces.iter().flat_map(|(number, spans)| spans.iter().map(|span| (*span, *number)));
    let mut waiting: BTreeSet<(u32, Reverse<u32>, u32)> =
        each.map(|(span, number)| (span.start, Reverse(span.end), number)).collect();
    let mut nested: Vec<(Span, u32)> = Vec::new();
    while let Some((start, Reverse(end), number)) = waiting.pop_first() {
        let around = nested.iter().map(|(span, _)| span).filter(|span| span.start < start && start < span.end);
        let cut = around.map(|span| span.end).min().filter(|cut| *cut < end);
        if let Some(cut) = cut {
            waiting.insert((cut, Reverse(end), number));
        }
        nested.push((Span::new(start, cut.unwrap_or(end)), number));
    }
    nested
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_cross_are_cut_where_the_first_end() {
        let text = Text::new("ab cd ef\n");
        let pieces = Pieces::from([(1, vec![Span::new(0, 5)]), (2, vec![Span::new(3, 8)])]);
        let written = marked(&text, &pieces);
        assert_eq!(written, "{1 ab {2 cd}}{2  ef}\n");
        let (again, pieces) = unmarked(&written, 1).unwrap();
        assert_eq!(again.as_str(), text.as_str());
        assert_eq!(pieces[&2], [Span::new(3, 5), Span::new(5, 8)]);
    }

    #[test]
    fn marks_are_counted_in_code_points() {
        let (text, pieces) = unmarked("“Né”\n{1 “Så”} {2 {3 é} ü}", 4).unwrap();
        assert_eq!(text.as_str(), "“Né”\n“Så” é ü\n");
        assert_eq!(pieces[&1], [Span::new(5, 9)]);
        assert_eq!(pieces[&2], [Span::new(10, 13)]);
        assert_eq!(marked(&text, &pieces), "“Né”\n{1 “Så”} {2 {3 é} ü}\n");
    }
}
