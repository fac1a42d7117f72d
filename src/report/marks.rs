//! Marks the aligned words in a quotation: the words as they are, cut into segments that say which link they belong to.
//!
//! Only whole words are marked, each occurrence at most once; a link whose words do not occur leaves the text unmarked.

use crate::lexicon::letters::one_line;
use crate::relation::{Link, LinkKind};
use crate::report::visible::visible;
use serde::Serialize;

/// How a stretch of a quotation stands to the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    None,
    /// The same thing on both sides.
    Same,
    /// What stands against the other side: an antonym, another number, a negation.
    Against,
}

/// A stretch of words under one mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    pub text: String,
    pub mark: Mark,
}

/// Which side of a link is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideOf {
    Earlier,
    Later,
}

/// Cuts words into paragraphs of marked segments; white space becomes single spaces, blank lines part paragraphs.
///
/// `opposed` are further words (a negator, a denial verb) that stand against the other side without a link.
pub fn paragraphs(words: &str, links: &[Link], side: SideOf, opposed: &[String]) -> Vec<Vec<Segment>> {
    let parts: Vec<String> = split_paragraphs(words);
    let mut wanted: Vec<(String, Mark)> = links.iter().filter_map(|link| wanted(link, side)).collect();
    wanted.extend(opposed.iter().map(|word| (word.clone(), Mark::Against)));
    // Longer words first, so that "did not" is not taken apart by "not"; what stands against the other side goes first.
    wanted.sort_by_key(|(word, mark)| (*mark != Mark::Against, std::cmp::Reverse(word.len())));
    let mut taken: Vec<Vec<(usize, usize, Mark)>> = vec![Vec::new(); parts.len()];
    for (word, mark) in &wanted {
        let free = parts.iter().enumerate().find_map(|(number, part)| {
            free_occurrence(part, word, &taken[number]).map(|(start, end)| (number, start, end))
        });
        if let Some((number, start, end)) = free {
            taken[number].push((start, end, *mark));
        }
    }
    parts.iter().zip(taken).map(|(part, taken)| segments(part, taken)).collect()
}

/// Returns the paragraphs of a text with every run of white space inside them made one space.
pub fn split_paragraphs(words: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    for line in words.lines() {
        if line.trim().is_empty() {
            close_paragraph(&mut out, &mut current);
        } else {
            current.extend(line.split_whitespace());
        }
    }
    close_paragraph(&mut out, &mut current);
    if out.is_empty() { vec![String::new()] } else { out }
}

fn close_paragraph(out: &mut Vec<String>, current: &mut Vec<&str>) {
    if !current.is_empty() {
        out.push(visible(&current.join(" ")).into_owned());
        current.clear();
    }
}

fn wanted(link: &Link, side: SideOf) -> Option<(String, Mark)> {
    let word = match side {
        SideOf::Earlier => link.a.trim(),
        SideOf::Later => link.b.trim(),
    };
    if word.is_empty() {
        return None;
    }
    let mark = match link.kind {
        LinkKind::Antonym => Mark::Against,
        LinkKind::Number if !link.a.trim().eq_ignore_ascii_case(link.b.trim()) => Mark::Against,
        _ => Mark::Same,
    };
    Some((one_line(&visible(word)), mark))
}

/// Finds the first whole-word occurrence (bytes) that overlaps nothing taken; ASCII case is ignored.
fn free_occurrence(text: &str, word: &str, taken: &[(usize, usize, Mark)]) -> Option<(usize, usize)> {
    let first = word.chars().next()?;
    text.char_indices().filter(|(_, c)| c.eq_ignore_ascii_case(&first)).find_map(|(start, _)| {
        let end = start + word.len();
        let found = text.get(start..end)?.eq_ignore_ascii_case(word)
            && !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
            && !text[end..].chars().next().is_some_and(char::is_alphanumeric)
            && taken.iter().all(|&(from, to, _)| end <= from || to <= start);
        found.then_some((start, end))
    })
}

fn segments(text: &str, mut taken: Vec<(usize, usize, Mark)>) -> Vec<Segment> {
    taken.sort_unstable_by_key(|&(start, ..)| start);
    let mut out = Vec::with_capacity(taken.len() * 2 + 1);
    let mut at = 0;
    for (start, end, mark) in taken {
        if at < start {
            out.push(Segment { text: text[at..start].to_owned(), mark: Mark::None });
        }
        out.push(Segment { text: text[start..end].to_owned(), mark });
        at = end;
    }
    if at < text.len() || out.is_empty() {
        out.push(Segment { text: text[at..].to_owned(), mark: Mark::None });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, links: &[(&str, &str, LinkKind)], opposed: &[&str], expected: &str) {
        let links: Vec<Link> =
            links.iter().map(|&(a, b, kind)| Link { a: a.to_owned(), b: b.to_owned(), kind }).collect();
        let opposed: Vec<String> = opposed.iter().map(|&word| word.to_owned()).collect();
        let shown: Vec<String> = paragraphs(words, &links, SideOf::Earlier, &opposed)
            .iter()
            .map(|segments| {
                let marked = segments.iter().map(|segment| match segment.mark {
                    Mark::None => segment.text.clone(),
                    Mark::Same => format!("({})", segment.text),
                    Mark::Against => format!("<{}>", segment.text),
                });
                marked.collect()
            })
            .collect();
        assert_eq!(shown.join(" ¶ "), expected);
    }

    #[test]
    fn whole_words_are_marked_once() {
        check(
            "The port will not close; the airport may.",
            &[("port", "port", LinkKind::Exact), ("close", "open", LinkKind::Antonym)],
            &["not"],
            "The (port) will <not> <close>; the airport may.",
        );
        check("“Forty” of 40", &[("40", "50", LinkKind::Number)], &[], "“Forty” of <40>");
        check("the same 40", &[("40", "40", LinkKind::Number)], &[], "the same (40)");
    }

    #[test]
    fn paragraphs_and_odd_text_survive() {
        check(
            "“one\nline\n\n“two”",
            &[("two", "2", LinkKind::Synonym), ("absent", "x", LinkKind::Exact)],
            &[],
            "“one line ¶ “(two)”",
        );
        check("", &[("", "x", LinkKind::Exact)], &[""], "");
        check("é\u{1b}[2J é", &[("É", "x", LinkKind::Exact)], &[], "é␛[2J é");
    }
}
