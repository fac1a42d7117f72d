//! Metadata that the text itself gives: a head of `Title: …` lines, a dateline, a byline, a date in the file's name.

use super::formats::days;
use super::{Given, Moment, Warning};
use crate::date::{Date, DayOrder, figures};
use crate::span::Text;

/// What the head of a text says of it.
#[derive(Debug, Default)]
pub struct Head {
    pub given: Given,
    pub byline: Option<String>,
    pub updated: Option<Moment>,
    /// Where the text goes on, in code points; 0 without a head.
    pub end: u32,
    /// Of dates that could not be read.
    pub warnings: Vec<Warning>,
}

/// Reads a head of `Key: value` lines that ends with a blank line, or with `---` where it began with one.
///
/// A head has a title, an outlet, a date or an address under a known key in its first line; a line that cannot be read
/// costs only itself. A transcript's `Smith: Yes.` is text. `order` is that of day and month, where a person gave it.
pub fn head(text: &Text, order: Option<DayOrder>) -> Head {
    let mut head = Head::default();
    let (mut point, mut fenced, mut known, mut blank, mut end) = (0, false, 0, false, 0);
    for line in text.as_str().split_inclusive('\n') {
        let content = line.trim();
        let began = known > 0 || fenced;
        point += line.chars().count() as u32;
        if content == "---" && !began {
            fenced = true;
            continue;
        }
        if content.is_empty() {
            blank = began;
            end = if known > 0 && !fenced { point } else { end };
            continue;
        }
        if content == "---" {
            return if known > 0 { Head { end: point, ..head } } else { Head::default() };
        }
        let pair = content.split_once(':').filter(|(key, _)| is_key(key));
        let Some((key, value)) = pair else {
            // A list under a key, or the story.
            if fenced && (content.starts_with("- ") || line.starts_with([' ', '\t'])) {
                continue;
            }
            break;
        };
        let is_day = Moment::read(value.trim()).is_some() || figures(value).is_some();
        // "Updated: adds the answer of the ministry" is a line of the story.
        let listed = front_key(&key.trim().to_lowercase()).filter(|key| *key != Key::Updated || is_day);
        // After a blank line only a known key carries the head on; so must its first line.
        if listed.is_none() && !fenced && (blank || !began) {
            break;
        }
        blank = false;
        let value = unquoted(value.trim()).to_owned();
        let Some(listed) = listed else { continue };
        known += 1;
        match listed {
            _ if value.is_empty() => {}
            Key::Title => head.given.title = head.given.title.or(Some(value)),
            Key::Outlet => head.given.outlet = head.given.outlet.or(Some(value)),
            Key::Address => head.given.url = head.given.url.or(Some(value)),
            Key::Author => head.byline = Some(value),
            Key::Updated => match days::moment(&value, order) {
                Some(moment) => head.updated = Some(moment),
                None => head.warnings.push(Warning(days::unread(&value, " of the head"))),
            },
            Key::Date => match written_date(&value).or_else(|| figures(&value)?.resolved(order)) {
                Some(date) => head.given.date = Some(date),
                None => head.warnings.push(Warning(days::unread(&value, " of the head"))),
            },
        }
    }
    if end > 0 && !fenced { Head { end, ..head } } else { Head::default() }
}

/// A value without the marks around all of it; those of a quotation in it stay.
fn unquoted(value: &str) -> &str {
    for mark in ['"', '\''] {
        let Some(inner) = value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) else { continue };
        // Written twice, or behind a stroke, it is no end.
        let plain =
            inner.replace([mark, mark].iter().collect::<String>().as_str(), "").replace(&format!("\\{mark}"), "");
        let ends = |at: usize| !plain[at + 1..].starts_with(char::is_alphanumeric);
        return if plain.match_indices(mark).any(|(at, _)| ends(at)) { value } else { inner };
    }
    value
}

/// What a known key of a head tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Title,
    Outlet,
    Address,
    Author,
    Date,
    Updated,
}

fn front_key(key: &str) -> Option<Key> {
    Some(match key {
        "title" | "headline" => Key::Title,
        "outlet" | "publisher" | "source" | "sitename" | "publication" => Key::Outlet,
        "url" | "link" => Key::Address,
        "author" | "authors" | "byline" => Key::Author,
        "date" | "published" | "published at" | "pubdate" => Key::Date,
        "updated" | "modified" | "date modified" => Key::Updated,
        _ => return None,
    })
}

/// A key is one or two words of letters.
fn is_key(key: &str) -> bool {
    let letters = key.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-'));
    letters && !key.trim().is_empty() && key.split_whitespace().count() <= 2 && key.chars().count() <= 24
}

/// Reads a date as heads write it: ISO, with or without a time, "March 5, 2024", "5 March 2024", RFC 2822.
pub(super) fn written_date(value: &str) -> Option<Date> {
    if let Some(date) = Date::parse_iso(value) {
        return Some(date);
    }
    let words: Vec<&str> = value.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    // A fixed date resolves to itself whatever the day it is counted from; a year must be written.
    let from = Date::parse_iso("2000-01-01")?;
    let year = |word: &str| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    let windows = (0..words.len()).filter_map(|at| words.get(at..at + 3)).filter(|three| three.iter().any(|w| year(w)));
    windows.map(|three| three.join(" ")).find_map(|three| crate::date::resolve(&three, from)).or_else(|| {
        let first = words.first()?;
        crate::date::numeric(first)?.resolved(None)
    })
}

/// Returns the place of a dateline: `KABUL (Reuters) - `, `DES MOINES, Iowa, Aug. 10 (UPI) — `, `WASHINGTON — `.
pub fn dateline(paragraph: &str) -> Option<&str> {
    cut_dateline(paragraph).map(|(place, _)| place)
}

/// Returns what stands behind the dateline of a paragraph; nothing where it has none.
pub fn behind_dateline(paragraph: &str) -> Option<&str> {
    cut_dateline(paragraph).map(|(_, rest)| rest)
}

fn cut_dateline(paragraph: &str) -> Option<(&str, &str)> {
    let head_end = paragraph.char_indices().nth(80).map_or(paragraph.len(), |(at, _)| at);
    let head = &paragraph[..head_end];
    let dashes = [" — ", " – ", " - ", " -- ", ") —", ") –"];
    let (dash, end) = dashes.iter().filter_map(|dash| head.find(dash).map(|at| (at, at + dash.len()))).min()?;
    let place = head[..dash].split(['(', ',']).next()?.trim();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let upper = place.chars().all(|c| !c.is_lowercase());
    (letters >= 3 && upper).then_some((place, &paragraph[end..]))
}

/// Returns the date in a file's name, `2018-07-05` or `20180705`, where there is just one.
pub fn date_in_name(name: &str) -> Option<Date> {
    let file = name.rsplit(['/', '\\']).next()?;
    let mut found: Vec<Date> = Vec::new();
    for (at, _) in file.char_indices() {
        let rest = &file[at..];
        let digit_before = file[..at].ends_with(|c: char| c.is_ascii_digit());
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let date = match (digit_before, digits) {
            (false, 4) => rest.get(..10).filter(|date| date.as_bytes()[4] == b'-').and_then(Date::parse_iso),
            (false, 8) => Date::parse_iso(&format!("{}-{}-{}", &rest[..4], &rest[4..6], &rest[6..8])),
            _ => None,
        };
        found.extend(date);
    }
    match found.as_slice() {
        [date] => Some(*date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_of_known_keys_is_metadata() {
        let text = Text::new("Title: Port to close\nOutlet: Harbour Post\nDate: 2018-07-05\n\nThe port will close.\n");
        let head = head(&text, None);
        assert_eq!(head.given.title.as_deref(), Some("Port to close"));
        assert_eq!(head.given.date, Date::parse_iso("2018-07-05"));
        assert_eq!(text.slice(crate::span::Span::new(head.end, 99)), "The port will close.\n");
    }

    #[test]
    fn a_transcript_is_no_head() {
        for text in ["SMITH: Yes.\nJONES: No.\n\nMore.", "Title: only", "\n\nText", "Section: One\n\nText."] {
            assert_eq!(head(&Text::new(text), None).end, 0, "{text}");
        }
    }

    #[test]
    fn an_odd_line_costs_only_itself() {
        for (written, date) in [
            ("Title: Port\nDate: 5 March 2024", Some("2024-03-05")),
            ("Title: Port\nDate: March 5, 2024", Some("2024-03-05")),
            ("Title: Port\nDate: Tue, 05 Mar 2024 10:00:00 +0000", Some("2024-03-05")),
            ("Title: Port\nDate: 2024-03-05 10:00", Some("2024-03-05")),
            ("Title: Port\nDate: soon", None),
            ("Title: Port\nDate:", None),
            ("Title: Port\nDesk: Harbour\nDate: 2024-03-05\nUpdated: 2024-03-06", Some("2024-03-05")),
            ("Title: Port\n\nDate: 2024-03-05", Some("2024-03-05")),
            ("\nTitle: Port\nDate: 2024-03-05", Some("2024-03-05")),
            ("---\ntitle: Port\nhostname: a.example\ntags:\n  - one\ndate: 2024-03-05\n---", Some("2024-03-05")),
        ] {
            let text = Text::new(format!("{written}\n\nThe port will close, she said: soon.\n"));
            let found = head(&text, None);
            assert_eq!(found.given.title.as_deref(), Some("Port"), "{written}");
            assert_eq!(found.given.date, date.and_then(Date::parse_iso), "{written}");
            let rest = text.slice(crate::span::Span::new(found.end, text.len()));
            assert!(rest.trim_start().starts_with("The port will close, she"), "{written}: {rest}");
        }
    }

    #[test]
    fn a_day_that_may_be_two_is_read_by_the_order_that_was_set_or_told() {
        let text = Text::new("Title: Port\nDate: 12/05/2025\nUpdated: 03/06/2025\n\nThe port will close.\n");
        let read = |order| {
            let found = head(&text, order);
            let updated = found.updated.map(|moment| moment.written).unwrap_or_default();
            (found.given.date.map(|date| date.to_string()).unwrap_or_default(), updated, found.warnings.len())
        };
        assert_eq!(read(Some(DayOrder::DayFirst)), ("2025-05-12".into(), "2025-06-03".into(), 0));
        assert_eq!(read(Some(DayOrder::MonthFirst)), ("2025-12-05".into(), "2025-03-06".into(), 0));
        assert_eq!(read(None), (String::new(), String::new(), 2));
        let told = &head(&text, None).warnings[0].0;
        assert!(told.contains("may be 2025-05-12 or 2025-12-05") && told.contains(".set dates day-first"), "{told}");
    }

    #[test]
    fn the_marks_of_a_quotation_in_a_value_stay() {
        for (written, value) in [
            ("'I asked for a test': Pell on the bridge", "'I asked for a test': Pell on the bridge"),
            ("\"I will stay,\" she says", "\"I will stay,\" she says"),
            ("'No', then 'yes'", "'No', then 'yes'"),
            ("Mayor: 'I will stay'", "Mayor: 'I will stay'"),
            ("\"The bridge opens\"", "The bridge opens"),
            ("'The mayor's bridge opens'", "The mayor's bridge opens"),
            ("'The mayor''s bridge opens'", "The mayor''s bridge opens"),
            ("'", "'"),
            ("''", ""),
            ("Bridge opens", "Bridge opens"),
        ] {
            assert_eq!(unquoted(written), value, "{written}");
        }
    }

    #[test]
    fn datelines() {
        for (line, place) in [
            ("HARBOUR CITY (Wire) - The port", Some("HARBOUR CITY")),
            ("PORTO NOVO, Benin, Aug. 10 (Wire) — The port", Some("PORTO NOVO")),
            ("OSLO — The port", Some("OSLO")),
            ("The port — a big one — will close", None),
            ("“NO — never,” she said", Some("“NO")),
        ] {
            let place = place.filter(|place| !place.starts_with('“'));
            assert_eq!(dateline(line).filter(|found| !found.starts_with('“')), place, "{line}");
        }
    }

    #[test]
    fn a_date_in_a_file_name() {
        assert_eq!(date_in_name("desk/post_2018-07-05_port.txt"), Date::parse_iso("2018-07-05"));
        assert_eq!(date_in_name("20180705-port.txt"), Date::parse_iso("2018-07-05"));
        for name in ["port.txt", "2018-07-05_2018-07-06.txt", "99999999.txt", "é2018-1"] {
            assert_eq!(date_in_name(name), None, "{name}");
        }
    }
}
