//! Changed articles ready to be shown: both wordings of each change, and when each was seen.

use super::cite::{Place, place, text};
use super::headline::capitalised;
use crate::report::language::Language;
use crate::report::marks::{Mark as Shown, Segment};
use crate::report::revised::{Altered, Revised};
use crate::report::visible::visible;
use crate::revision::{Mark, Piece};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Changed {
    id: String,
    heading: String,
    before: Seen,
    after: Seen,
    order: String,
    notices: Vec<String>,
    changes: Vec<Reworded>,
}

/// A version, and when it was seen.
#[derive(Debug, Serialize)]
struct Seen {
    place: Place,
    at: String,
}

#[derive(Debug, Serialize)]
struct Reworded {
    sentence: String,
    sides: Vec<Wording>,
}

/// One wording; the words that the other has not are marked.
#[derive(Debug, Serialize)]
struct Wording {
    order: &'static str,
    paragraphs: Vec<Vec<Segment>>,
}

pub(super) fn changed(revised: &Revised, lang: &Language) -> Changed {
    let seen = |source, at: &str| Seen { place: place(source, lang), at: moment(at, lang) };
    let title = revised.after.title.as_deref().map(text).filter(|title| !title.is_empty());
    Changed {
        id: text(&revised.after.id),
        heading: title.unwrap_or_else(|| lang.say("article.headless").to_owned()),
        before: seen(&revised.before, &revised.seen_before),
        after: seen(&revised.after, &revised.seen_after),
        order: text(&lang.kept(&revised.order)),
        notices: revised.notices.iter().map(|notice| text(notice)).collect(),
        changes: revised.altered.iter().map(|altered| reworded(altered, lang)).collect(),
    }
}

fn moment(at: &str, lang: &Language) -> String {
    let at = text(&at.replace('T', " "));
    match at.strip_suffix('Z') {
        Some(moment) => lang.fill("changed.utc", &[("moment", moment)]),
        None => at,
    }
}

fn reworded(altered: &Altered, lang: &Language) -> Reworded {
    let sides = [(lang.say("changed.before"), Mark::Added), (lang.say("changed.after"), Mark::Removed)].map(
        |(order, other)| Wording {
            order,
            paragraphs: vec![altered.words.iter().filter(|piece| piece.mark != other).flat_map(segments).collect()],
        },
    );
    let sentence = capitalised(text(&lang.kept(&altered.sentence)));
    Reworded { sentence, sides: sides.into_iter().filter(|side| !side.paragraphs[0].is_empty()).collect() }
}

/// A stretch on one line; white space at its ends is not marked, since marks of Markdown must touch words.
fn segments(piece: &Piece) -> Vec<Segment> {
    let one_line: String = piece.text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let mark = if piece.mark == Mark::Same { Shown::None } else { Shown::Against };
    let words = one_line.trim();
    let lead = one_line.len() - one_line.trim_start().len();
    let parts = [(&one_line[..lead], Shown::None), (words, mark), (&one_line[lead + words.len()..], Shown::None)];
    let parts = parts.into_iter().filter(|(text, _)| !text.is_empty());
    parts.map(|(text, mark)| Segment { text: visible(text).into_owned(), mark }).collect()
}
