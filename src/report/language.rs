//! The fixed words of a report, by language: each is one table of `languages/`, a key and its words a row.
//!
//! What the program read from articles, names and what persons wrote stay as written; so do the reasons of the machine in
//! the appendix.
//!
//! ```
//! use onrecord::report::Language;
//! assert_eq!(Language::of("en").unwrap().say("summary"), "What this report holds");
//! assert!(Language::of("xx").is_none());
//! ```

use crate::date::{Date, Precision};
use crate::lexicon::tables;
use chrono::Datelike;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Code (ISO 639-1) and table of each language; English, the first, has every key.
const TABLES: [(&str, &str); 1] = [("en", include_str!("languages/en.tsv"))];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let language = |&(code, table): &(&'static str, &'static str)| {
        let row = |row: Vec<&'static str>| Some((*row.first()?, *row.get(1)?));
        Language { code, rows: tables::rows(table).filter_map(row).collect() }
    };
    TABLES.iter().map(language).collect()
});

/// Phrases that a finding keeps have keys that begin so.
const KEPT: &str = "desk.";

/// The fixed words of a report in one language.
#[derive(Debug)]
pub struct Language {
    code: &'static str,
    rows: BTreeMap<&'static str, &'static str>,
}

/// Of words with places: what stands there, or the name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

impl Language {
    /// Returns the language of a code such as `en`.
    pub fn of(code: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|language| language.code.eq_ignore_ascii_case(code))
    }

    /// Returns English, which every report has been written in first.
    pub fn english() -> &'static Self {
        &LANGUAGES[0]
    }

    /// Returns the codes of all languages.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        TABLES.iter().map(|(code, _)| *code)
    }

    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns the words under a key; the key itself where the table lacks it.
    pub fn say(&self, key: &'static str) -> &'static str {
        self.rows.get(key).copied().unwrap_or(key)
    }

    /// Returns the words under a key that only a template knows.
    pub(super) fn find(&self, key: &str) -> Option<&'static str> {
        self.rows.get(key).copied()
    }

    /// Returns the words under a key with every `{place}` filled.
    pub fn fill(&self, key: &'static str, places: &[(&str, &str)]) -> String {
        filled(self.say(key), places)
    }

    /// Returns a number with its noun: the words under the key with `.one` or `.many` after it.
    pub fn count(&self, number: usize, noun: &str) -> String {
        let words = self.find(&format!("{noun}.{}", if number == 1 { "one" } else { "many" }));
        filled(words.unwrap_or_default(), &[("number", &number.to_string())])
    }

    /// Joins with commas and a last "and".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.fill("list.and", &[("first", &first.join(", ")), ("last", last)]),
        }
    }

    /// Returns `5 July 2018`, `July 2018` or `2018`.
    pub fn date(&self, date: Date) -> String {
        match date.precision() {
            Precision::Day => self.dated("date.day", date),
            Precision::Month => self.dated("date.month", date),
            Precision::Year => date.first().format("%Y").to_string(),
        }
    }

    /// Fills words that have places for a day, a month and a year.
    pub(super) fn dated(&self, key: &'static str, date: Date) -> String {
        let first = date.first();
        let month = self.find(&format!("month.{}", first.month())).unwrap_or_default();
        let places = [("day", &*first.day().to_string()), ("month", month), ("year", &first.format("%Y").to_string())];
        self.fill(key, &places)
    }

    /// Returns a phrase that a finding keeps in English, as the program words it, in this language; any other text as it is.
    pub(super) fn kept(&self, phrase: &str) -> String {
        let english = Self::english();
        if std::ptr::eq(self, english) {
            return phrase.to_owned();
        }
        let rows = english.rows.range(KEPT..).take_while(|(key, _)| key.starts_with(KEPT));
        let found = rows.filter_map(|(key, words)| {
            let pattern = pieces(words);
            let places = matched(&pattern, phrase)?;
            let said: usize =
                pattern.iter().map(|piece| if let Piece::Words(words) = piece { words.len() } else { 0 }).sum();
            Some((said, *key, places))
        });
        // The row that says most itself.
        let Some((_, key, places)) = found.max_by_key(|(said, ..)| *said) else { return phrase.to_owned() };
        let places: Vec<(&str, String)> = places.into_iter().map(|(name, words)| (name, self.kept(words))).collect();
        let places: Vec<(&str, &str)> = places.iter().map(|(name, words)| (*name, words.as_str())).collect();
        self.fill(key, &places)
    }
}

fn filled(words: &str, places: &[(&str, &str)]) -> String {
    let fill = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Place(name) => places.iter().find(|(place, _)| *place == name).map_or("", |(_, words)| *words),
    };
    pieces(words).into_iter().map(fill).collect()
}

/// Cuts words at their places.
pub(super) fn pieces(words: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = words;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        out.extend((!before.is_empty()).then_some(Piece::Words(before)));
        out.push(Piece::Place(name));
        rest = after;
    }
    out.extend((!rest.is_empty()).then_some(Piece::Words(rest)));
    out
}

/// Returns what stands at the places of a pattern where a whole text fits it; no place is empty.
fn matched<'a>(pattern: &[Piece<'a>], text: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    match pattern {
        [] => text.is_empty().then(Vec::new),
        [Piece::Words(words), rest @ ..] => matched(rest, text.strip_prefix(words)?),
        [Piece::Place(name)] => (!text.is_empty()).then(|| vec![(*name, text)]),
        [Piece::Place(name), rest @ ..] => {
            let ends = text.char_indices().map(|(at, _)| at).skip(1);
            ends.into_iter().find_map(|end| {
                let mut found = matched(rest, &text[end..])?;
                found.insert(0, (*name, &text[..end]));
                Some(found)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, render};

    fn other() -> Language {
        let rows = [
            ("desk.sides", "{second} gegen {first}"),
            ("desk.both-paraphrased", "{found} (nur sinngemäß)"),
            ("month.7", "Juli"),
            ("date.day", "{day}. {month} {year}"),
        ];
        Language { code: "de", rows: rows.into_iter().collect() }
    }

    #[test]
    fn dates_and_counts_read_as_english() {
        let english = Language::english();
        let shown = ["2018-07-05", "2018-07", "2018"].map(|written| english.date(Date::parse_iso(written).unwrap()));
        assert_eq!(shown, ["5 July 2018", "July 2018", "2018"]);
        let count = |number| english.count(number, "count.claim");
        assert_eq!([count(0), count(1), count(2)], ["0 claims", "1 claim", "2 claims"]);
        let items = ["a", "b", "c"].map(str::to_owned);
        let lists = [&items[..0], &items[..1], &items[..2], &items].map(|items| english.list(items));
        assert_eq!(lists, ["", "a", "a and b", "a, b and c"]);
    }

    #[test]
    fn phrases_that_a_finding_keeps_are_said_in_the_language() {
        for (kept, expected) in [
            ("“up” and “down” take opposite sides", "“down” gegen “up”"),
            (
                "“up” and “down” take opposite sides (both paraphrased: read the originals)",
                "“down” gegen “up” (nur sinngemäß)",
            ),
            ("nothing of the kind", "nothing of the kind"),
            ("", ""),
        ] {
            assert_eq!(other().kept(kept), expected);
            assert_eq!(Language::english().kept(kept), kept);
        }
        assert_eq!(other().date(Date::parse_iso("2018-07-05").unwrap()), "5. Juli 2018");
    }

    /// English with an x in the place of each letter.
    fn crossed_out() -> &'static Language {
        let cross = |piece: Piece| match piece {
            Piece::Words(words) => words.chars().map(|c| if c.is_alphabetic() { 'x' } else { c }).collect(),
            Piece::Place(name) => format!("{{{name}}}"),
        };
        let crossed = |words| &*Box::leak(pieces(words).into_iter().map(cross).collect::<String>().into_boxed_str());
        let rows = Language::english().rows.iter().map(|(key, words)| (*key, crossed(words)));
        Box::leak(Box::new(Language { code: "xx", rows: rows.collect() }))
    }

    #[test]
    fn a_page_has_no_words_but_those_of_its_language_and_its_value() {
        let value = include_str!("../../tests/report/ferries.value.json");
        let report = serde_json::from_str(value).unwrap();
        let words = |text: &str| -> std::collections::BTreeSet<String> {
            text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).map(str::to_lowercase).collect()
        };
        let own = words(value);
        for format in [Format::Text, Format::Markdown] {
            let page = render(&report, format, crossed_out()).unwrap();
            let other: Vec<String> =
                words(&page).into_iter().filter(|word| !own.contains(word) && word.contains(|c| c != 'x')).collect();
            assert!(other.is_empty(), "{format}: {other:?}");
        }
        assert!(render(&report, Format::Html, crossed_out()).unwrap().contains("<html lang=\"xx\">"));
    }

    #[test]
    fn every_language_has_every_key_with_its_places() {
        let places = |words: &str| {
            let mut names: Vec<String> = pieces(words)
                .iter()
                .filter_map(|piece| if let Piece::Place(name) = piece { Some((*name).to_owned()) } else { None })
                .collect();
            names.sort();
            names
        };
        let english = Language::english();
        for (code, table) in TABLES {
            let keys: Vec<&str> = tables::rows(table).map(|row| row[0]).collect();
            let language = Language::of(code).unwrap();
            assert_eq!(keys.len(), language.rows.len(), "{code}: a key stands there twice");
            assert!(tables::rows(table).all(|row| row.len() == 2 && !row[1].trim().is_empty()), "{code}");
            let own: Vec<_> = language.rows.iter().map(|(key, words)| (*key, places(words))).collect();
            let all: Vec<_> = english.rows.iter().map(|(key, words)| (*key, places(words))).collect();
            assert_eq!(own, all, "{code}");
        }
    }
}
