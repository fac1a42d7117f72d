//! When a page was published and changed. Nothing here knows what day it is today.
//!
//! In this order: JSON-LD, `meta`, marked elements, the address, `<time>` near the headline, a date in the first words.

use super::linked::Linked;
use super::page::Page;
use crate::article::formats::{Moment, days};
use crate::article::front;
use crate::date::{Date, DayOrder};
use chrono::{DateTime, NaiveDateTime};
use std::cell::Cell;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "published_date",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "originalpublicationdate",
    "date.created",
    "datecreated",
    "article.created",
    "og:pubdate",
    "og:published_time",
    "og:publish_date",
    "citation_publication_date",
    "citation_date",
    "date_published",
    "displaydate",
    "ptime",
    "pdate",
    "published_at",
    "published_time",
    "rnews:datepublished",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "gentime",
    "date",
    "created",
    "last-published",
    "timestamp",
    "doc_date",
];

const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "article:modified",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "updated_time",
    "modified_time",
    "revised",
];

/// Reads the words of a date in the order of day and month that is known.
type Reader<'a> = &'a dyn Fn(&str) -> Option<Moment>;

/// The day a page was published, with time and zone where it tells them.
///
/// # Errors
/// The two days that its figures may mean, day first and month first, where neither `order` nor another place on the page tells which.
pub(super) fn published(page: &Page, linked: &Linked, order: Option<DayOrder>) -> Result<Option<Moment>, [Moment; 2]> {
    let by = |order| day_of(page, linked, &|written| days::moment(written, order));
    if order.is_some() {
        return Ok(by(order));
    }
    // Where no figures on the way may be two days the order is nothing.
    let open = Cell::new(false);
    let day_first = day_of(page, linked, &|written| {
        open.set(open.get() || days::may_be_two(written));
        days::moment(written, Some(DayOrder::DayFirst))
    });
    if !open.get() {
        return Ok(day_first);
    }
    match [day_first, by(Some(DayOrder::MonthFirst))] {
        [Some(one), Some(other)] if one != other => {
            let elsewhere = by(None).filter(|found| [one.day, other.day].contains(&found.day));
            elsewhere.map(Some).ok_or([one, other])
        }
        [found, other] => Ok(found.or(other)),
    }
}

fn day_of(page: &Page, linked: &Linked, read: Reader<'_>) -> Option<Moment> {
    let found = told(page, linked, read)?;
    if !(found.written.ends_with("+00:00") && found.written.contains('T')) {
        return Some(found);
    }
    // A time in UTC may be another day where the page was read: the day that its address shows counts.
    let beside = |other: &Moment| (other.day.first() - found.day.first()).num_days().abs() == 1;
    Some(in_address(page, linked).filter(beside).unwrap_or(found))
}

fn told(page: &Page, linked: &Linked, read: Reader<'_>) -> Option<Moment> {
    let meta = |names: &[&str]| names.iter().flat_map(|name| page.all_metas(name)).find_map(read);
    linked
        .published
        .as_deref()
        .and_then(read)
        .or_else(|| meta(PUBLISHED))
        .or_else(|| marked(page, read))
        .or_else(|| in_address(page, linked))
        .or_else(|| near_headline(page, read))
        .or_else(|| in_words(page, read))
        .or_else(|| linked.modified.as_deref().and_then(read))
        .or_else(|| meta(UPDATED))
}

/// The time a page was last changed, where it tells one.
pub(super) fn updated(page: &Page, linked: &Linked, order: Option<DayOrder>) -> Option<Moment> {
    let read = |written: &str| days::moment(written, order);
    linked
        .modified
        .as_deref()
        .and_then(read)
        .or_else(|| UPDATED.iter().flat_map(|name| page.all_metas(name)).find_map(read))
}

/// Reads a date with or without its time, as programs and people write them; years before 1990 are no dates of pages.
pub fn moment(written: &str) -> Option<Moment> {
    let written = written.trim();
    let found = zoned(written)
        .map(|(day, written)| Moment { day, written })
        .or_else(|| {
            let compact = written.len() >= 8 && written.as_bytes()[..8].iter().all(u8::is_ascii_digit);
            let compact = compact.then(|| format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..8]));
            compact.and_then(|iso| Date::parse_iso(&iso)).map(Moment::from)
        })
        .or_else(|| loose(written).map(Moment::from))?;
    let year = chrono::Datelike::year(&found.day.first());
    ((1990..2100).contains(&year) && found.day.precision() == crate::date::Precision::Day).then_some(found)
}

/// A date with a time: the day is the one of its own zone.
fn zoned(written: &str) -> Option<(Date, String)> {
    let kept = |time: DateTime<chrono::FixedOffset>| (Date::day(time.date_naive()), time.to_rfc3339());
    if let Ok(time) = DateTime::parse_from_rfc3339(written) {
        return Some(kept(time));
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%dT%H:%M%z", "%a, %d %b %Y %H:%M:%S %z"]
    {
        if let Ok(time) = DateTime::parse_from_str(written, format) {
            return Some(kept(time));
        }
    }
    if let Ok(time) = DateTime::parse_from_rfc2822(written) {
        return Some(kept(time));
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(written, format) {
            return Some((Date::day(time.date()), time.format("%Y-%m-%dT%H:%M:%S").to_string()));
        }
    }
    let seconds = written.len() == 10 || written.len() == 13;
    if seconds && written.bytes().all(|byte| byte.is_ascii_digit()) {
        let time = DateTime::from_timestamp(written[..10].parse().ok()?, 0)?;
        return Some((Date::day(time.date_naive()), time.to_rfc3339()));
    }
    None
}

/// A date anywhere in few words: "Published: Monday, 5 March 2024 at 10.15".
fn loose(written: &str) -> Option<Date> {
    if written.len() > 200 {
        return None;
    }
    if let Some(date) = iso_inside(written) {
        return Some(date);
    }
    front::written_date(written).or_else(|| foreign(written))
}

/// How the months begin in other languages than English, lower case; longer beginnings first where one begins another.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "ian", "янв", "січ", "sty", "oca", "ιαν", "يناير", "ינואר", "জানু", "1月"],
    &["feb", "fév", "fev", "feb", "фев", "лют", "lut", "şub", "φεβ", "فبراير", "פברואר", "ফেব্রু"],
    &["mar", "mär", "maa", "maart", "мар", "бер", "mrt", "μαρ", "مارس", "מרץ", "মার্চ"],
    &["abr", "avr", "apr", "апр", "кві", "kwi", "nis", "απρ", "أبريل", "אפריל", "এপ্রিল"],
    &["may", "mai", "maj", "mei", "mag", "мая", "май", "тра", "maj", "μαϊ", "μαΐ", "مايو", "מאי", "মে"],
    &["juin", "jun", "giu", "iun", "июн", "чер", "cze", "haz", "ιουν", "يونيو", "יוני", "জুন"],
    &["juil", "jul", "lug", "iul", "июл", "лип", "lip", "tem", "ιουλ", "يوليو", "יולי", "জুলাই"],
    &["ago", "aoû", "aou", "aug", "авг", "сер", "sie", "ağu", "αυγ", "أغسطس", "אוגוסט", "আগস্ট"],
    &["sep", "set", "сен", "вер", "wrz", "eyl", "σεπ", "سبتمبر", "ספטמבר", "সেপ্ট"],
    &["oct", "okt", "out", "ott", "окт", "жов", "paź", "eki", "οκτ", "أكتوبر", "אוקטובר", "অক্টো"],
    &["nov", "noi", "ноя", "лис", "lis", "kas", "νοε", "نوفمبر", "נובמבר", "নভেম্ব"],
    &["déc", "dec", "dic", "dez", "des", "дек", "гру", "gru", "ara", "δεκ", "ديسمبر", "דצמבר", "ডিসেম্ব"],
];

/// "5 de marzo de 2024", "5. März 2024", "05.03.2024", "2024年3月5日".
fn foreign(written: &str) -> Option<Date> {
    let lower = written.to_lowercase();
    let parts =
        |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '/' | '-' | '|' | '(' | ')' | '年' | '月' | '日' | ':');
    let words: Vec<&str> =
        lower.split(parts).filter(|word| !word.is_empty() && !matches!(*word, "de" | "del" | "di")).collect();
    let number = |word: &str, digits: std::ops::RangeInclusive<usize>| -> Option<u32> {
        (digits.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok())?
    };
    let month = |word: &str| {
        let at = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)));
        at.map(|at| at as u32 + 1)
    };
    let date = |year: u32, month: u32, day: u32| Date::parse_iso(&format!("{year}-{month:02}-{day:02}"));
    words.windows(3).find_map(|three| {
        let [a, b, c] = three else { return None };
        if let (Some(year), Some(month), Some(day)) = (number(a, 4..=4), number(b, 1..=2), number(c, 1..=2)) {
            return date(year, month, day);
        }
        let year = number(c, 4..=4)?;
        match (number(a, 1..=2), number(b, 1..=2)) {
            (Some(day), Some(month)) if written.contains(['.', '-']) || day > 12 => date(year, month, day),
            (Some(month), Some(day)) => date(year, month, day).or_else(|| date(year, day, month)),
            (Some(day), None) => date(year, month(b)?, day),
            (None, Some(day)) => date(year, month(a)?, day),
            (None, None) => None,
        }
    })
}

/// The first `2024-03-05`, `2024/03/05` or `2024.03.05` in some words.
fn iso_inside(written: &str) -> Option<Date> {
    let bytes = written.as_bytes();
    (0..bytes.len().saturating_sub(7)).filter(|at| *at == 0 || !bytes[at - 1].is_ascii_digit()).find_map(|at| {
        let rest = written.get(at..)?;
        let year = rest.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        let mark = rest[4..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
        let mut parts = rest[5..].splitn(2, mark);
        let month = parts.next().filter(|month| (1..=2).contains(&month.len()))?;
        let day: String = parts.next()?.chars().take_while(char::is_ascii_digit).collect();
        if day.is_empty() || day.len() > 2 {
            return None;
        }
        Date::parse_iso(&format!("{year}-{month:0>2}-{day:0>2}"))
    })
}

/// Elements whose names say that they hold the day of publishing.
fn marked(page: &Page, read: Reader<'_>) -> Option<Moment> {
    let wanted = |names: &str| {
        [
            "datepublished",
            "pubdate",
            "entry-date",
            "published",
            "publish-date",
            "post-date",
            "article-date",
            "article__date",
            "posted-on",
        ]
        .iter()
        .any(|name| names.contains(name))
    };
    let unwanted = |names: &str| ["modified", "updated", "comment", "related"].iter().any(|name| names.contains(name));
    page.dated
        .iter()
        .filter(|dated| wanted(&dated.names) && !unwanted(&dated.names))
        .find_map(|dated| read(&dated.written))
}

/// `/2024/03/05/` or `2024-03-05` in the address.
fn in_address(page: &Page, linked: &Linked) -> Option<Moment> {
    let address = super::titles::address(page, linked)?;
    let path = address.splitn(4, '/').nth(3)?.to_owned();
    iso_inside(&path).map(Moment::from).filter(|found| moment(&found.written).is_some())
}

/// The first dated element from a little before the headline on.
fn near_headline(page: &Page, read: Reader<'_>) -> Option<Moment> {
    let from = page.headlines.first().map_or(0, |(_, at)| at.saturating_sub(4));
    let dated = |from: usize, to: usize| {
        page.dated.iter().filter(move |dated| dated.at >= from && dated.at < to).find_map(|dated| read(&dated.written))
    };
    dated(from, from + 40).or_else(|| dated(0, usize::MAX))
}

/// A date in the lines after the headline.
fn in_words(page: &Page, read: Reader<'_>) -> Option<Moment> {
    let from = page.headlines.first().map_or(0, |(_, at)| at.saturating_sub(3));
    let lines = page.leaves.iter().skip(from).take(30).filter(|leaf| leaf.text.len() < 120);
    lines.into_iter().find_map(|leaf| read(&leaf.text))
}
