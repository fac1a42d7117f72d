//! Lines become paragraphs: page furniture goes, columns are read one after the other, hyphens at line ends are undone.

use super::lines::Line;
use crate::article::formats::Piece;
use crate::article::{BlockKind, blocks};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a page, at its top and its bottom, may hold running heads and page numbers.
const MARGIN: f64 = 0.12;
/// A line in letters so much larger than the text's is a heading.
const LARGER: f64 = 1.15;
/// A gap so much larger than between the lines of a paragraph ends it.
const PARTED: f64 = 1.3;
/// A heading has at most this many words.
const LONGEST_HEADING: usize = 40;
/// So many lines side by side, of so many letters each, make two columns and no table.
const COLUMN_LINES: usize = 4;
const COLUMN_LETTERS: usize = 15;

/// Makes the blocks of a document of its lines, which come in the order in which they were drawn.
pub fn pieces(lines: Vec<Line>) -> Vec<Piece> {
    let lines = in_columns(without_furniture(lines));
    let words: BTreeSet<String> = lines.iter().flat_map(|line| compounds(&line.text)).collect();
    let (size, leading) = (usual_size(&lines), usual_leading(&lines));
    let mut out: Vec<(f64, String)> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let joins = before.is_some_and(|before| goes_on(before, line, leading, &lines));
        match out.last_mut().filter(|_| joins) {
            Some((_, text)) => join(text, &line.text, &words),
            None => out.push((line.size, line.text.clone())),
        }
        before = Some(line);
    }
    let made = out.into_iter().map(|(own, text)| {
        let heading = own > size * LARGER && text.split_whitespace().nth(LONGEST_HEADING).is_none();
        let kind = blocks::furniture(&text).unwrap_or(BlockKind::Paragraph);
        Piece { kind: if heading { BlockKind::Headline } else { kind }, text }
    });
    made.collect()
}

/// Leaves out page numbers and what stands at the same edge of several pages.
fn without_furniture(lines: Vec<Line>) -> Vec<Line> {
    let key = |line: &Line| -> String {
        let letters = line.text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
        letters.collect()
    };
    let edge = |line: &Line| {
        let down = line.height / line.page_height.max(1.0);
        !(MARGIN..=1.0 - MARGIN).contains(&down)
    };
    let mut seen: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for line in lines.iter().filter(|line| edge(line)) {
        seen.entry(key(line)).or_default().insert(line.page);
    }
    let number = |line: &Line| {
        let key = key(line);
        let few = line.text.chars().count() <= 20 && line.text.chars().any(|c| c.is_ascii_digit());
        few && matches!(key.as_str(), "" | "page" | "pageof" | "p" | "of")
    };
    let repeated = |line: &Line| seen.get(&key(line)).is_some_and(|pages| pages.len() > 1);
    lines.into_iter().filter(|line| !edge(line) || !(number(line) || repeated(line))).collect()
}

/// Puts lines that were drawn across two columns into the order of reading; joins the cells of a row.
fn in_columns(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for page in lines.chunk_by(|a, b| a.page == b.page) {
        match gutter(page) {
            Some(gutter) => {
                // A line across the gutter ends what stands beside each other above it.
                let mut section = 0;
                let mut placed: Vec<((usize, bool), &Line)> = Vec::new();
                for line in page {
                    if line.left < gutter && line.right > gutter {
                        section += 2;
                        placed.push(((section - 1, false), line));
                    } else {
                        placed.push(((section, line.left >= gutter), line));
                    }
                }
                placed.sort_by_key(|(place, _)| *place);
                out.extend(placed.into_iter().map(|(_, line)| line.clone()));
            }
            None => {
                for line in page {
                    match out.last_mut() {
                        Some(last) if beside(last, line) => {
                            last.text.push(' ');
                            last.text.push_str(&line.text);
                            last.right = line.right;
                        }
                        _ => out.push(line.clone()),
                    }
                }
            }
        }
    }
    out
}

/// The next cell of a row: on the same height, to the right.
fn beside(a: &Line, b: &Line) -> bool {
    a.page == b.page && (a.height - b.height).abs() < a.size.min(b.size) * 0.3 && b.left > a.right
}

/// Where the second column begins, when lines of text stand side by side and were drawn row by row.
fn gutter(page: &[Line]) -> Option<f64> {
    let long = |line: &Line| line.text.chars().count() >= COLUMN_LETTERS;
    let pairs = page.windows(2).filter(|pair| beside(&pair[0], &pair[1]) && long(&pair[0]) && long(&pair[1]));
    let mut starts: Vec<f64> = pairs.map(|pair| pair[1].left).collect();
    starts.sort_by(f64::total_cmp);
    let middle = *starts.get(starts.len() / 2)?;
    let size = page.first()?.size;
    let same = starts.iter().filter(|start| (*start - middle).abs() < size).count();
    (same >= COLUMN_LINES).then_some(middle - 1.0)
}

/// The size of most letters.
fn usual_size(lines: &[Line]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in lines {
        *sizes.entry((line.size * 10.0) as i64).or_default() += line.text.len();
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(size, _)| size as f64 / 10.0)
}

/// From one line of a paragraph to the next, in letter heights.
fn usual_leading(lines: &[Line]) -> f64 {
    let gaps = lines.windows(2).filter(|pair| pair[0].page == pair[1].page);
    let gaps = gaps.map(|pair| (pair[1].height - pair[0].height) / pair[0].size);
    let mut gaps: Vec<f64> = gaps.filter(|gap| (0.8..2.5).contains(gap)).collect();
    gaps.sort_by(f64::total_cmp);
    // Most lines stand within paragraphs; gaps between those are the larger ones.
    gaps.get(gaps.len() * 2 / 5).copied().unwrap_or(1.2)
}

/// Tells whether a line goes on with the paragraph of the one before.
fn goes_on(before: &Line, line: &Line, leading: f64, all: &[Line]) -> bool {
    if (line.size / before.size - 1.0).abs() > 0.12 {
        return false;
    }
    let ended = ends(&before.text);
    let down = line.height - before.height;
    if before.page != line.page || down < -before.size {
        // The next column or page: a sentence goes on.
        return !ended && !starts_item(&line.text);
    }
    let indented = line.left > before.left + before.size * 0.8;
    let right = all
        .iter()
        .filter(|other| other.page == before.page && (other.left - line.left).abs() < before.size * 3.0)
        .map(|other| other.right)
        .fold(before.right, f64::max);
    let short = before.right < before.left + (right - before.left) * 0.85;
    let parted = down >= leading * before.size * PARTED || short && ended;
    !(parted || indented || starts_item(&line.text))
}

fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', ')', '\'']).ends_with(['.', '?', '!', ':'])
}

/// A line that begins an item of a list.
fn starts_item(text: &str) -> bool {
    text.starts_with(['•', '‣', '▪', '●', '◦']) || text.starts_with("- ") || text.starts_with("– ")
}

/// The words with a hyphen inside a line: they keep it where a line ends in it.
fn compounds(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.contains('-')).map(str::to_lowercase)
}

/// Beginnings and ends of compounds that keep their hyphen.
const KEPT: [&str; 12] = ["well", "self", "anti", "non", "long", "short", "high", "low", "co", "ex", "year", "so"];

fn join(text: &mut String, next: &str, compounds: &BTreeSet<String>) {
    let first = next.split_whitespace().next().unwrap_or_default();
    let last = text.split_whitespace().next_back().unwrap_or_default().to_owned();
    let Some(head) = last.strip_suffix(['-', '‐']).filter(|head| head.ends_with(char::is_alphabetic)) else {
        text.push(' ');
        return text.push_str(next);
    };
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let whole = format!("{}-{}", plain(head), plain(first));
    let keeps = !first.starts_with(char::is_lowercase)
        || compounds.contains(&whole)
        || head.contains('-')
        || KEPT.contains(&plain(head).as_str());
    if !keeps {
        text.pop();
    }
    text.push_str(next);
}
