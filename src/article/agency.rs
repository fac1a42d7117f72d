//! The news agency whose copy an article is (`lexicon/agencies.tsv`): told by its dateline, its byline, or a credit line.

use super::{Block, BlockKind};
use crate::lexicon::tables;
use crate::span::Text;
use std::sync::LazyLock;

struct Agency {
    name: &'static str,
    forms: Vec<&'static str>,
}

static AGENCIES: LazyLock<Vec<Agency>> = LazyLock::new(|| {
    tables::AGENCIES.rows().map(|row| Agency { name: row[0], forms: row[1].split(" | ").collect() }).collect()
});

/// Paragraphs among which the one with the dateline is: a headline or a summary may stand before it.
const OPENING: usize = 3;
/// Code points at the head of a paragraph in which a dateline stands.
const HEAD: usize = 80;
/// Code points of the longest line that gives credit and says nothing else.
const CREDIT: usize = 60;
/// What a line begins with that says where the copy is from.
const LEADS: [&str; 6] = ["Source: ", "Story by ", "By ", "From ", "© ", "Copyright "];
/// What parts one name of a byline from another.
const PARTS: [&str; 12] = [",", "|", "/", ";", "(", ")", " and ", " of ", " for ", " with ", " - ", " — "];
/// What those who write for an agency are called behind its name.
const ROLES: [&str; 6] = ["Writer", "Writers", "Staff", "Correspondent", "Reporter", "Editor"];

/// Returns the agency that an article names as its origin: in the dateline, in the byline, in brackets behind its last
/// sentence, or in a line of its own. An agency that is only spoken of, or gave a picture, is none.
pub fn agency(text: &Text, blocks: &[Block], byline: Option<&str>) -> Option<&'static str> {
    let of = |kind| blocks.iter().filter(move |block| block.kind == kind).map(|block| text.slice(block.span));
    let paragraphs = || of(BlockKind::Paragraph);
    let lines = of(BlockKind::Furniture).chain(paragraphs()).filter(|line| line.chars().count() <= CREDIT);
    let signed = byline.into_iter().chain(of(BlockKind::Byline)).find_map(credited);
    let first = paragraphs().take(OPENING).find_map(dated);
    first.or(signed).or_else(|| paragraphs().next_back().and_then(closed)).or_else(|| {
        let led = |line: &str| LEADS.iter().find_map(|lead| line.trim().strip_prefix(lead)).and_then(credited);
        lines.filter(|line| !line.ends_with('.')).find_map(led)
    })
}

/// The agency of a dateline: `LARNSEA, May 3 (UPI) — `, `LARNSEA, May 3. /TASS/. `, `(ANSA) - LARNSEA, MAY 3 - `.
fn dated(paragraph: &str) -> Option<&'static str> {
    let end = paragraph.char_indices().nth(HEAD).map_or(paragraph.len(), |(at, _)| at);
    let head = &paragraph[..end];
    [('(', ')'), ('/', '/')].into_iter().find_map(|(open, close)| {
        let (before, rest) = head.split_once(open)?;
        let (inner, after) = rest.split_once(close)?;
        let parted = after.trim_start().starts_with(['-', '–', '—', ':', '.']);
        let place = before.split([',', ' ']).next().is_some_and(|word| word.chars().count() > 1 && is_upper(word));
        let of_places = |word: &str| word.chars().count() <= 3 || !word.starts_with(char::is_lowercase);
        let stands = (parted || place) && before.split_whitespace().all(of_places);
        named(inner).filter(|_| stands)
    })
}

fn is_upper(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase())
}

/// The agency in brackets behind the last sentence: `The pier is shut. (Reuters)`.
fn closed(paragraph: &str) -> Option<&'static str> {
    let (before, inner) = paragraph.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let ended = before.trim_end().is_empty() || before.trim_end().ends_with(['.', '!', '?', '”', '"', '’']);
    named(inner).filter(|_| ended)
}

/// The agency of a byline: "Ann Baker, Associated Press", "Ann Baker and AFP", "AP Business Writer".
fn credited(line: &str) -> Option<&'static str> {
    let mut parts = vec![line];
    for mark in PARTS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().rev().find_map(|part| {
        let part = part.trim();
        let part = ["By ", "by "].iter().find_map(|by| part.strip_prefix(by)).unwrap_or(part);
        named(part).or_else(|| {
            let (before, role) = part.rsplit_once(' ')?;
            let first = before.rsplit_once(' ').map_or(before, |(first, _)| first);
            ROLES.contains(&role).then(|| named(before).or_else(|| named(first)))?
        })
    })
}

/// The agency that a name is, whole.
fn named(name: &str) -> Option<&'static str> {
    let name = name.trim();
    AGENCIES.iter().find(|agency| agency.forms.contains(&name)).map(|agency| agency.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};

    fn of(text: &str) -> Option<&'static str> {
        let article = read(text.as_bytes(), "a.txt", &Given::default()).unwrap();
        agency(&article.text, &article.blocks, article.byline.as_deref())
    }

    #[test]
    fn every_agency_is_told_by_its_example() {
        for row in tables::AGENCIES.rows() {
            let [name, _, example] = row[..] else { panic!("{row:?}") };
            let found = of(&format!("{example}\n\nIt will reopen in June.\n")).or_else(|| of(example));
            assert_eq!(found, Some(name), "{row:?}");
        }
    }

    #[test]
    fn an_agency_that_is_only_spoken_of_is_no_origin() {
        for told in [
            "The pier is shut, the mayor told Reuters on Friday.\n",
            "The Associated Press reported that the pier is shut. It will reopen in June.\n",
            "The Associated Press (AP) said that its office on the pier is shut.\n",
            "The pier is shut, officials told the agency (AFP) – and it will stay so.\n",
            "The pier is shut.\n\nIts tenants were the library and the Press Trust of India (PTI)\n",
            "The pier is shut.\n\nPhoto: Ann Baker/AP\n\nIt will reopen in June.\n",
            "The pier is shut, said Michael Bloomberg, who owns it.\n",
        ] {
            assert_eq!(of(told), None, "{told}");
        }
    }

    #[test]
    fn bylines_and_credit_lines_tell_the_agency() {
        for (line, name) in [
            ("Ann Baker, Associated Press", Some("Associated Press")),
            ("By Ann Baker and AFP", Some("AFP")),
            ("By ANN BAKER, AP Business Writer", Some("Associated Press")),
            ("Reuters Staff", Some("Reuters")),
            ("Ann Baker (Reuters)", Some("Reuters")),
            ("Ann Baker for The Canadian Press", Some("Canadian Press")),
            ("By Ann Baker", None),
            ("Michael Bloomberg", None),
            ("Ann Baker, Staff Writer", None),
        ] {
            assert_eq!(credited(line), name, "{line}");
        }
        assert_eq!(of("The pier is shut.\n\nIt will reopen in June.\n\nSource: AFP\n"), Some("AFP"));
        assert_eq!(of("Title: Pier shut\nAuthor: Ann Baker, Reuters\n\nThe pier is shut.\n"), Some("Reuters"));
    }
}
