//! What is kept of the files that are loaded: their bytes, by which reader they were read, and one address a page.

use crate::support::source;
use onrecord::article::{FORMATS, Given};
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::{CommandError, Session, screen::Screen};
use onrecord::store::Place;
use onrecord::workbench::{Outcome, Settings};
use std::path::PathBuf;
use std::time::Instant;

fn samples() -> PathBuf {
    source("tests/data/formats")
}

fn desk() -> Session {
    Session::new(Place::Memory, Settings::default(), Screen::captured(90))
}

fn run(session: &mut Session, line: &str) -> Result<String, CommandError> {
    script::run(session, line.as_bytes(), "test", OnError::Stop, Echo::Nothing)?;
    Ok(session.screen().take())
}

/// As [`run`], where a part of the work is meant to fail.
fn partly(session: &mut Session, line: &str) -> String {
    assert!(script::run(session, line.as_bytes(), "test", OnError::Stop, Echo::Nothing).is_err());
    session.screen().take().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(headline: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{headline}</title></head><body><article><h1>{headline}</h1><p>{words}</p>\
         <p>The ferry between Larnsea and Veld will sail again from the first of June, Odile Brandt said.</p>\
         </article></body></html>"
    )
}

#[test]
fn the_bytes_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    for (file, format) in [
        ("page.html", "html"),
        ("document.docx", "docx"),
        ("document.pdf", "pdf"),
        ("message.eml", "mail"),
        ("record.json", "json"),
    ] {
        let mut session = desk();
        run(&mut session, &format!("load {} --date 2024-05-03", samples().join(file).display())).unwrap();
        let version = FORMATS.iter().find(|row| row.name == format).unwrap().version;
        let desk = session.workbench().unwrap();
        let told = desk.original("a1".parse().unwrap()).unwrap().unwrap();
        assert_eq!((told.format.as_str(), told.kept, told.version), (format, true, version));
        run(&mut session, &format!("read a1 --original {}", out.display())).unwrap();
        assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(samples().join(file)).unwrap(), "{file}");
        let shown = run(&mut session, "show a1").unwrap();
        assert!(shown.contains(&format!("{format}, reader version {version}")), "{shown}");
    }
}

#[test]
fn an_archive_gives_the_member_and_a_feed_is_kept_once() {
    let mut session = desk();
    run(&mut session, &format!("load {}", samples().join("archive.zip").display())).unwrap();
    let desk = session.workbench().unwrap();
    let ids = ["a1", "a2"].map(|id| id.parse().unwrap());
    let page = ids.iter().find(|id| desk.original(**id).unwrap().unwrap().format == "zip/html").unwrap();
    assert_eq!(desk.original_bytes(*page).unwrap().unwrap(), std::fs::read(samples().join("page.html")).unwrap());
    let mut session = self::desk();
    run(&mut session, &format!("load {}", samples().join("feed.xml").display())).unwrap();
    let desk = session.workbench().unwrap();
    let hashes = ids.map(|id| desk.original(id).unwrap().unwrap().hash);
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn who_keeps_no_originals_keeps_their_hash() {
    let mut session = desk();
    run(&mut session, &format!("load {} --no-original", samples().join("page.html").display())).unwrap();
    let told = session.workbench().unwrap().original("a1".parse().unwrap()).unwrap().unwrap();
    assert!(!told.kept && told.hash.len() == 64);
    let error = run(&mut session, "read a1 --original /dev/null").unwrap_err().to_string();
    assert!(error.contains("the bytes of a1 were not kept"), "{error}");
}

#[test]
fn one_page_under_many_addresses_is_a_duplicate_or_a_revision() {
    let mut session = desk();
    let desk = session.workbench().unwrap();
    let mut load = |url: &str, headline: &str, words: &str| {
        let given = Given { url: Some(url.to_owned()), ..Given::default() };
        desk.load(page(headline, words).as_bytes(), "page.html", &given).unwrap()
    };
    let berth = "The berth was mended in the winter, Odile Brandt said on Thursday, and the quay with it.";
    let first = load("https://www.harbourpost.example/ferry?utm_source=letter", "Night ferry to sail", berth);
    assert_eq!(first.outcome, Outcome::Added);
    let same = load("http://m.harbourpost.example/ferry/amp", "Night ferry to sail", berth);
    assert_eq!((same.outcome, same.article), (Outcome::Duplicate, first.article));
    let altered = berth.replace("winter", "spring");
    let changed = load("https://harbourpost.example/ferry?fbclid=IwAR#top", "Night ferry sails", &altered);
    assert_eq!((changed.outcome, changed.revises), (Outcome::Revision, Some(first.article)));
    let another = load("https://harbourpost.example/ferry?id=2", "Another ferry", &berth.replace("winter", "autumn"));
    assert_eq!(another.outcome, Outcome::Added);
}

#[test]
fn a_dry_run_tells_what_would_come_and_writes_nothing() {
    let mut session = desk();
    let paths = format!("{0}/page.html {0}/document.docx {0}/page.html {0}/scan.pdf", samples().display());
    let told = partly(&mut session, &format!("load --dry-run {paths}"));
    assert!(told.contains("2 articles would come onto the desk; nothing was written"), "{told}");
    assert!(told.contains("duplicate") && told.contains("only pictures of it"), "{told}");
    assert!(session.workbench().unwrap().articles(&onrecord::store::filter::Filter::default()).unwrap().is_empty());
    run(&mut session, &format!("load {}/page.html", samples().display())).unwrap();
    let told = partly(&mut session, &format!("load --dry-run {paths}"));
    assert!(told.contains("1 article would come"), "{told}");
}

#[test]
fn a_folder_that_was_loaded_before_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..20 {
        let words =
            format!("Pier {number} was built of oak and stood for a hundred years in the mud of the bay. ").repeat(200);
        std::fs::write(folder.path().join(format!("{number:02}.html")), page(&format!("Pier {number}"), &words))
            .unwrap();
    }
    let mut session = desk();
    let line = format!("load {} --date 2024-05-03", folder.path().display());
    let begun = Instant::now();
    run(&mut session, &line).unwrap();
    let first = begun.elapsed();
    let begun = Instant::now();
    let told = run(&mut session, &line).unwrap();
    let second = begun.elapsed();
    assert!(told.contains("20 duplicates") || told.matches("duplicate").count() >= 20, "{told}");
    assert!(second * 5 < first, "{first:?}, then {second:?}");
    // A file that changed is read, and so is every one once its load was taken back.
    std::fs::write(folder.path().join("07.html"), page("Pier 7", "Pier 7 stays open, Odile Brandt said on Tuesday."))
        .unwrap();
    let told = run(&mut session, &line).unwrap();
    assert!(told.contains("added") || told.contains("revision") || told.contains("1 article"), "{told}");
    run(&mut session, "undo").unwrap();
    run(&mut session, "undo").unwrap();
    let told = run(&mut session, &line).unwrap();
    assert!(!told.contains("20 duplicates"), "{told}");
}

#[test]
fn a_desk_carries_its_originals_along() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.jsonl");
    let mut session = desk();
    run(&mut session, &format!("load {}", samples().join("page.html").display())).unwrap();
    run(&mut session, &format!("export --out {}", file.display())).unwrap();
    let mut other = desk();
    run(&mut other, &format!("import desk {}", file.display())).unwrap();
    let bytes = other.workbench().unwrap().original_bytes("a1".parse().unwrap()).unwrap().unwrap();
    assert_eq!(bytes, std::fs::read(samples().join("page.html")).unwrap());
}
