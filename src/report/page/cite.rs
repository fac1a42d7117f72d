//! Statements and articles ready to be cited: worded, visible, with links only to the web.

use crate::attribution::{Category, Quotation};
use crate::lexicon::letters::one_line;
use crate::report::language::Language;
use crate::report::marks::{Mark, Segment, SideOf, paragraphs, split_paragraphs};
use crate::report::statement::{Passage, Source, Statement, TurnBy};
use crate::report::visible::visible;
use serde::Serialize;

/// A statement ready to be shown.
#[derive(Debug, Serialize)]
pub(super) struct Cited {
    pub(super) id: String,
    pub(super) who: String,
    pub(super) title: Option<String>,
    pub(super) anonymous: bool,
    pub(super) how: String,
    pub(super) paragraphs: Vec<Vec<Segment>>,
    pub(super) said: Option<String>,
    /// "told a news conference in Halvik", or empty.
    pub(super) occasion: String,
    pub(super) conditions: Vec<String>,
    /// Before, the passage itself, after: in the words of the article.
    pub(super) context: Option<[String; 3]>,
    /// Words of the article that call the statement a change.
    pub(super) turn: Option<String>,
    pub(super) place: Place,
    pub(super) sentence: String,
}

/// An article ready to be cited.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) outlet: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    /// Only links that lead to the web.
    pub(super) link: Option<String>,
    pub(super) archive: Option<String>,
    pub(super) hash: Option<String>,
}

/// Returns stored text on one line, with what acts on a page made visible.
pub(in crate::report) fn text(stored: &str) -> String {
    visible(&one_line(stored)).into_owned()
}

/// Returns the sentences of a statement on one line, with a mark where a paragraph ends.
fn sentence(stored: &str) -> String {
    split_paragraphs(stored).iter().map(|paragraph| text(paragraph)).collect::<Vec<_>>().join(" ¶ ")
}

pub(super) fn cited(statement: &Statement, lang: &Language) -> Cited {
    let speaker = statement.speaker.as_ref();
    let how = match lang.kind(statement.kind) {
        Some(kind) => format!("{}, {kind}", lang.quotation(statement.quotation)),
        None => lang.quotation(statement.quotation).to_owned(),
    };
    Cited {
        id: text(&statement.id),
        who: lang.speaker(statement),
        title: speaker.and_then(|speaker| speaker.title.as_deref()).map(text).filter(|title| !title.is_empty()),
        anonymous: speaker.is_some_and(|speaker| speaker.category == Category::Anonymous),
        how,
        paragraphs: quoted_paragraphs(statement, |words| paragraphs(words, &[], SideOf::Earlier, &[])),
        said: lang.said(statement),
        occasion: occasion(&statement.passage, lang),
        conditions: statement.passage.conditions.iter().map(|condition| text(condition)).collect(),
        context: context(&statement.passage),
        turn: called_by_the_article(&statement.passage),
        place: place(&statement.article, lang),
        sentence: sentence(&statement.sentence),
    }
}

fn occasion(passage: &Passage, lang: &Language) -> String {
    match (text(&passage.occasion), text(&passage.place)) {
        (occasion, place) if place.is_empty() => occasion,
        (occasion, place) => lang.fill("occasion.place", &[("occasion", &occasion), ("place", &place)]),
    }
}

/// What the statement says itself stands there already.
fn called_by_the_article(passage: &Passage) -> Option<String> {
    passage.turn.as_ref().filter(|turn| turn.by == TurnBy::Outlet).map(|turn| text(&turn.words))
}

fn context(passage: &Passage) -> Option<[String; 3]> {
    let parts = [&passage.before, &passage.within, &passage.after].map(|part| text(part));
    (!parts[1].is_empty()).then_some(parts)
}

/// Gives a direct quotation whose words were stored without their marks the marks back.
pub(super) fn quoted_paragraphs(statement: &Statement, mark: impl Fn(&str) -> Vec<Vec<Segment>>) -> Vec<Vec<Segment>> {
    let words = statement.words.trim();
    let bare = statement.quotation == Quotation::Direct && !words.starts_with(['"', '“', '„', '«', '\'', '‘']);
    let mut out = if bare { mark(&format!("“{words}”")) } else { mark(words) };
    let beside =
        |words: &str| (!words.is_empty()).then(|| Segment { text: visible(words).into_owned(), mark: Mark::None });
    if let Some(first) = out.first_mut() {
        first.splice(0..0, beside(&statement.frame.before));
    }
    if let Some(last) = out.last_mut() {
        last.extend(beside(&statement.frame.after));
    }
    out
}

pub(super) fn place(source: &Source, lang: &Language) -> Place {
    let present = |field: &Option<String>| field.as_deref().map(text).filter(|words| !words.is_empty());
    Place {
        id: text(&source.id),
        outlet: present(&source.outlet),
        title: present(&source.title).map(|title| ended(&title).to_owned()),
        published: source.published.map(|day| lang.date(day)),
        link: web(source.url.as_deref()),
        archive: web(source.archive.as_deref()),
        hash: present(&source.hash),
    }
}

/// Returns a title as it stands within a sentence: without the mark that ends it ("Quay opens.", "Quay opens;").
fn ended(title: &str) -> &str {
    let bare = title.trim_end_matches([';', ',', ' ']);
    match bare.strip_suffix('.') {
        // "... in the U.S.", "And then ..."
        Some(short) if short.ends_with(|c: char| c.is_lowercase() || c.is_numeric()) => short,
        _ => bare,
    }
}

/// Returns an address that leads to the web; anything else (a script, a file) is no link.
pub(in crate::report) fn web(url: Option<&str>) -> Option<String> {
    let url = url?.trim();
    let lower = url.get(..8.min(url.len())).unwrap_or("").to_ascii_lowercase();
    let is_web = lower.starts_with("http://") || lower.starts_with("https://");
    (is_web && !url.contains(|c: char| c.is_whitespace() || c.is_control())).then(|| visible(url).into_owned())
}

#[cfg(test)]
mod tests {
    use super::ended;

    #[test]
    fn a_title_ends_no_sentence() {
        let titles = ["Quay opens.", "Quay opens;", "Made in the U.S.", "And then ...", "Why?", ""].map(ended);
        assert_eq!(titles, ["Quay opens", "Quay opens", "Made in the U.S.", "And then ...", "Why?", ""]);
    }
}
