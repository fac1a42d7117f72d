//! Metadata that the text itself gives: a head of `Title: …` lines, a dateline, a byline, a date in the file's name.

use super::Given;
use crate::date::Date;
use crate::span::Text;

/// Reads a head of `Key: value` lines that ends with a blank line; returns what it says and where the text goes on,
/// in code points. Without a head the position is 0.
///
/// The head counts only when every line of it has a known key, so that a transcript's `Smith: Yes.` stays text.
pub fn head(text: &Text) -> (Given, Option<String>, u32) {
    let (mut given, mut byline) = (Given::default(), None);
    let mut point = 0;
    for (number, line) in text.as_str().split_inclusive('\n').enumerate() {
        let content = line.trim();
        let fence = content == "---" && number == 0;
        point += line.chars().count() as u32;
        if fence {
            continue;
        }
        if content.is_empty() || content == "---" {
            return if number > 0 { (given, byline, point) } else { none() };
        }
        let Some((key, value)) = content.split_once(':') else { return none() };
        let value = value.trim().trim_matches('"').to_owned();
        match key.trim().to_lowercase().as_str() {
            "title" | "headline" => given.title = Some(value),
            "outlet" | "publisher" | "source" => given.outlet = Some(value),
            "url" | "link" => given.url = Some(value),
            "author" | "byline" => byline = Some(value),
            "date" | "published" => match Date::parse_iso(&value) {
                Some(date) => given.date = Some(date),
                None => return none(),
            },
            _ => return none(),
        }
    }
    none()
}

fn none() -> (Given, Option<String>, u32) {
    (Given::default(), None, 0)
}

/// Returns the place of a dateline: `KABUL (Reuters) - `, `DES MOINES, Iowa, Aug. 10 (UPI) — `, `WASHINGTON — `.
pub fn dateline(paragraph: &str) -> Option<&str> {
    let head_end = paragraph.char_indices().nth(80).map_or(paragraph.len(), |(at, _)| at);
    let head = &paragraph[..head_end];
    let dash = [" — ", " – ", " - ", " -- ", ") —", ") –"].iter().filter_map(|dash| head.find(dash)).min()?;
    let place = head[..dash].split(['(', ',']).next()?.trim();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let upper = place.chars().all(|c| !c.is_lowercase());
    (letters >= 3 && upper).then_some(place)
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
        let (given, _, at) = head(&text);
        assert_eq!(given.title.as_deref(), Some("Port to close"));
        assert_eq!(given.date, Date::parse_iso("2018-07-05"));
        assert_eq!(text.slice(crate::span::Span::new(at, 99)), "The port will close.\n");
    }

    #[test]
    fn a_transcript_is_no_head() {
        for text in ["SMITH: Yes.\nJONES: No.\n\nMore.", "Date: soon\n\nText.", "Title: only", "\n\nText"] {
            assert_eq!(head(&Text::new(text)).2, 0, "{text}");
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
