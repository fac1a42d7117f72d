//! The contradiction report in every format, beside the values it is made from (`tests/report/*.value.json`).

use crate::support::{golden, source};
use onrecord::report::{Contradictions, Format, Language, docx, render};

fn value(name: &str) -> Contradictions {
    let value = std::fs::read_to_string(source(&format!("tests/report/{name}.value.json"))).unwrap();
    serde_json::from_str(&value).unwrap()
}

fn check(name: &str) {
    let report = value(name);
    for (format, ending) in [(Format::Markdown, "md"), (Format::Html, "html")] {
        golden::hold(
            &source(&format!("tests/report/{name}.{ending}")),
            &render(&report, format, Language::english()).unwrap(),
        )
        .unwrap();
    }
    let json = render(&report, Format::Json, Language::english()).unwrap();
    assert_eq!(serde_json::from_str::<Contradictions>(&json).unwrap(), report, "JSON must lose nothing");
}

/// The parts of a Word file by name.
fn word(name: &str) -> std::collections::BTreeMap<String, String> {
    let report = value(name);
    let bytes = docx(&report, Language::english()).unwrap();
    assert_eq!(bytes, docx(&report, Language::english()).unwrap(), "the same report gives the same bytes");
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let part = |number: usize| {
        let mut part = file.by_index(number).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..10).map(part).collect()
}

/// Reads a part to its end: every element is closed, nothing is odd.
fn check_xml(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{name}, byte {}: {error}", reader.error_position()),
        }
    }
}

#[test]
fn a_word_file_is_whole_and_tells_the_source_of_each_quotation() {
    for name in ["ferries", "empty", "hostile"] {
        let parts = word(name);
        parts.iter().for_each(|(part, text)| check_xml(&format!("{name}: {part}"), text));
        let (document, notes) = (&parts["word/document.xml"], &parts["word/footnotes.xml"]);
        let referred = document.matches("<w:footnoteReference ").count();
        assert_eq!(referred, notes.matches("<w:footnote w:id=").count(), "{name}");
        let links = &parts["word/_rels/document.xml.rels"];
        let used = document.matches("<w:hyperlink ").count() + notes.matches("<w:hyperlink ").count();
        assert_eq!(used, links.matches("TargetMode=\"External\"").count(), "{name}");
        assert!(!links.contains("javascript:"), "{name}: only links that lead to the web");
    }
    let document = &word("ferries")["word/document.xml"];
    for part in ["w:val=\"Title\"", "w:val=\"Heading1\"", "w:val=\"Quote\"", "<w:tbl>", "<w:footnoteReference"] {
        assert!(document.contains(part), "{part}");
    }
}

fn html(name: &str) -> String {
    render(&value(name), Format::Html, Language::english()).unwrap()
}

#[test]
fn a_full_report() {
    check("ferries");
}

#[test]
fn an_empty_desk() {
    check("empty");
}

#[test]
fn hostile_text_is_only_text() {
    check("hostile");
    let page = html("hostile");
    for tag in ["<script", "<img", "<b>alert", "javascript:x\"", "data:text"] {
        assert!(!page.contains(tag), "{tag} must not stand in the page");
    }
    assert!(!page.chars().any(|c| c.is_control() && c != '\n'), "no control character may stand in the page");
    assert!(page.contains("{{ 7*7 }}"), "text of articles is never read as a template");
}

#[test]
fn html_is_one_self_contained_accessible_file() {
    let page = html("ferries");
    for outside in ["rel=\"stylesheet", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside} would fetch something");
    }
    for part in ["<html lang=\"en\">", "<main>", "<h1>", "<title>", "prefers-color-scheme: dark", "@page { size: A4"] {
        assert_eq!(page.matches(part).count(), 1, "{part}");
    }
    let levels: Vec<u32> =
        page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10)).collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "no heading level is skipped: {levels:?}");
    let ids: Vec<&str> =
        page.match_indices(" id=\"").map(|(at, _)| page[at + 5..].split('"').next().unwrap()).collect();
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "ids are unique: {ids:?}");
    for (at, _) in page.match_indices("href=\"#") {
        let target = page[at + 7..].split('"').next().unwrap();
        assert!(unique.contains(target), "#{target} leads nowhere");
    }
}

#[test]
fn a_suggestion_never_reads_like_a_finding() {
    let page = html("ferries");
    let (confirmed, suggested) = page.split_once("<h2 id=\"suggested\">").unwrap();
    assert!(confirmed.contains("Confirmed by Ida Holm on 14 June 2031"));
    assert!(
        confirmed.contains("aria-label=\"Earlier statement\"") && confirmed.contains("<h4>Later "),
        "each side is named"
    );
    assert!(confirmed.contains("id=\"m1\"") && !confirmed.contains("id=\"m2\""));
    assert!(suggested.contains("Suggested by machine, not reviewed") && suggested.contains("id=\"m2\""));
    assert!(!page.contains("m4"), "what a person rejected is counted, not shown");
    assert!(page.contains("1 suggestion was rejected by a person and left out."));
}
