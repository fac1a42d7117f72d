//! What can be held of the report's page without a browser: landmarks with names, headings in order, tables and drawings
//! that say what they show, colours that can be read, no script, no address from outside that would be fetched.

use crate::support::source;
use onrecord::report::{Contradictions, Format, Language, render};
use std::collections::{BTreeMap, BTreeSet};

fn value() -> Contradictions {
    let file = source("tests/report/ferries.value.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn page() -> String {
    render(&value(), Format::Html, Language::english()).unwrap()
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    page.match_indices(&begin).map(|(at, _)| page[at + begin.len()..].split('"').next().unwrap()).collect()
}

/// The opening tags of an element.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!("<{name}");
    let whole = |at: &usize| page[at + begin.len()..].starts_with([' ', '>', '/']);
    let tag = |at: usize| &page[at..at + page[at..].find('>').unwrap()];
    page.match_indices(&begin).map(|(at, _)| at).filter(whole).map(tag).collect()
}

#[test]
fn landmarks_are_there_once_and_sections_have_names() {
    let page = page();
    assert_eq!(tags(&page, "main").len(), 1);
    assert_eq!(tags(&page, "h1").len(), 1);
    assert!(tags(&page, "nav").iter().all(|tag| tag.contains("aria-label=")));
    let ids: BTreeSet<&str> = values(&page, "id").into_iter().collect();
    for tag in tags(&page, "section") {
        assert!(tag.contains("aria-label=") || tag.contains("aria-labelledby="), "{tag} has no name");
    }
    for names in values(&page, "aria-labelledby") {
        assert!(names.split(' ').all(|name| ids.contains(name)), "{names} names nothing");
    }
}

#[test]
fn headings_skip_no_level_and_details_can_be_opened() {
    let page = page();
    let levels: Vec<u32> =
        page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let details = tags(&page, "details");
    assert_eq!(details.len(), tags(&page, "summary").len());
    assert!(
        !details.is_empty() && details.iter().all(|tag| !tag.contains(" open")),
        "the machine stays in the appendix"
    );
}

#[test]
fn drawings_and_tables_say_what_they_show() {
    let page = page();
    let drawings = tags(&page, "svg");
    assert!(!drawings.is_empty());
    for drawing in &drawings {
        assert!(drawing.contains("role=\"img\"") && drawing.contains("aria-labelledby="), "{drawing}");
    }
    assert_eq!(drawings.len(), page.matches("<desc id=").count());
    let tables = tags(&page, "table");
    assert!(!tables.is_empty());
    assert_eq!(tables.len(), tags(&page, "caption").len());
    assert!(tags(&page, "th").iter().all(|tag| tag.contains("scope=")));
}

#[test]
fn nothing_runs_and_nothing_is_fetched() {
    let page = page();
    let scripts = tags(&page, "script");
    assert!(scripts.iter().all(|tag| *tag == "<script type=\"application/ld+json\""), "{scripts:?}");
    for outside in
        ["src=", "@import", "url(", "<iframe", "<object", " onclick", "javascript:", "<link rel=\"stylesheet"]
    {
        assert!(!page.contains(outside), "{outside}");
    }
}

/// The colours of a block of the style sheet, by name.
fn colours(style: &str) -> BTreeMap<&str, [f64; 3]> {
    let colour = |part: &'_ str| -> Option<[f64; 3]> {
        let hex = part.trim().strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let value = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok().map(f64::from);
        Some([value(0)?, value(2)?, value(4)?])
    };
    let pairs = style.split(['{', '}', ';', '\n']).filter_map(|part| part.trim().split_once(':'));
    pairs.filter_map(|(name, value)| Some((name.trim().strip_prefix("--")?, colour(value)?))).collect()
}

/// The contrast of two colours after WCAG 2.2, from 1 to 21.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let light = |[r, g, b]: [f64; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_can_be_read_in_light_and_dark() {
    let page = page();
    let (light, rest) = page.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let dark = rest.split("* { box-sizing").next().unwrap();
    for (name, colours) in [("light", colours(light)), ("dark", colours(dark))] {
        let pairs = [
            ("ink", "paper"),
            ("ink", "card"),
            ("soft", "paper"),
            ("soft", "card"),
            ("link", "paper"),
            ("link", "card"),
            ("against-ink", "against"),
            ("yes", "yes-paper"),
            ("maybe", "maybe-paper"),
        ];
        for (front, back) in pairs {
            let found = contrast(colours[front], colours[back]);
            assert!(found >= 4.5, "{front} on {back} in {name}: {found:.2}");
        }
    }
}

#[test]
fn published_verdicts_stand_in_the_page_as_records_only_with_an_address() {
    let mut report = value();
    for rating in report.verdicts.iter_mut().flat_map(|verdict| &mut verdict.ratings) {
        rating.rationale = "</script><script>alert(1)</script>".to_owned();
    }
    let page = render(&report, Format::Html, Language::english()).unwrap();
    let begin = "<script type=\"application/ld+json\">";
    let (_, rest) = page.split_once(begin).unwrap();
    let records: Vec<serde_json::Value> = serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap();
    let public = |verdict: &&onrecord::report::Verdict| verdict.ratings.iter().any(|rating| !rating.draft);
    assert_eq!(records.len(), report.verdicts.iter().filter(public).count());
    for record in &records {
        assert_eq!(record["@type"], "ClaimReview");
        let address = record["url"].as_str().unwrap();
        assert!(address.starts_with("https://desk.example/reports/ferries#v"), "{address}");
        assert!(!record["reviewRating"]["alternateName"].as_str().unwrap().is_empty());
        assert!(record["claimReviewed"].as_str().unwrap().chars().count() <= 75);
    }
    for rating in report.verdicts.iter_mut().flat_map(|verdict| &mut verdict.ratings) {
        rating.draft = true;
    }
    assert!(!render(&report, Format::Html, Language::english()).unwrap().contains(begin), "a draft is no record");
    assert!(
        !render(&Contradictions { address: None, ..value() }, Format::Html, Language::english())
            .unwrap()
            .contains(begin)
    );
}

#[test]
fn the_same_value_gives_the_same_bytes_in_every_form() {
    for format in Format::ALL {
        assert_eq!(
            render(&value(), format, Language::english()).unwrap(),
            render(&value(), format, Language::english()).unwrap()
        );
    }
}
