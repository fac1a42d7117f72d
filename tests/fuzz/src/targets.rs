//! What the program reads from outside, each with any bytes: nothing panics, and what comes out holds what is promised of it.
//!
//! The fuzzer beside this file runs these functions on what it makes up; `cargo test` runs them on the files in `corpus`.

use onrecord::article::{self, Given};
use onrecord::attribution::{deep::DeepReader, fast::Fast};
use onrecord::commands::screen::Screen;
use onrecord::commands::{Session, line};
use onrecord::factcheck::{self, Columns};
use onrecord::matching::meaning::Meaning;
use onrecord::relation::{Side, relate};
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::workbench::{Settings, prepare_article};

/// A kind of input: the name of its folder in `corpus`, and what is done with it.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 8] = [
    ("articles", articles),
    ("claims", claims),
    ("comparing", comparing),
    ("lines", lines),
    ("filters", filters),
    ("checks", checks),
    ("desks", desks),
    ("weights", weights),
];

/// Files of any format become articles, or errors that say why not.
fn articles(bytes: &[u8]) {
    for (name, opened) in article::open(bytes, "any", &Given::default()).unwrap_or_default() {
        assert!(name.starts_with("any"), "{name}");
        if let Ok(opened) = opened {
            assert!(opened.article.text.as_str().chars().any(|c| !c.is_whitespace()), "an article of nothing");
        }
    }
}

/// Texts give claims whose words stand where the claims say, each with a letter.
fn claims(bytes: &[u8]) {
    let Ok(article) = article::read(bytes, "any.txt", &Given::default()) else { return };
    let prepared = prepare_article(article, Fast::shipped());
    let text = &prepared.article.text;
    for claim in &prepared.claims {
        assert_eq!(claim.content.words(text), claim.words);
        assert_eq!(claim.cue.words(text), claim.cue_words);
        assert!(claim.words.chars().any(char::is_alphabetic), "a claim without a letter: {claim:?}");
        assert!(claim.content.iter().all(|span| span.end <= text.len()));
    }
}

/// Two lines are compared, whichever comes first.
fn comparing(bytes: &[u8]) {
    let Ok(lines) = std::str::from_utf8(bytes) else { return };
    let Some((first, second)) = lines.split_once('\n') else { return };
    let side = |text| Side { text, ..Side::default() };
    for relation in [relate(&side(first), &side(second)), relate(&side(second), &side(first))] {
        assert!((0.0..=1.0).contains(&relation.score.get()), "{relation:?}");
    }
}

/// A line is split into words that stand in it.
fn lines(bytes: &[u8]) {
    let Ok(written) = std::str::from_utf8(bytes) else { return };
    for word in line::split(written).unwrap_or_default() {
        assert!(written.get(word.range.clone()).is_some(), "{:?} of {written:?}", word.range);
    }
}

/// A filter that is read is written so that it is read as the same.
fn filters(bytes: &[u8]) {
    let Ok(written) = std::str::from_utf8(bytes) else { return };
    let today = chrono::NaiveDate::from_ymd_opt(2025, 3, 1).expect("a day");
    if let Ok(filter) = Filter::parse_line(written, today) {
        let again = Filter::parse_line(&filter.to_string(), today);
        assert_eq!(again.as_ref().ok(), Some(&filter), "{written:?} is written as {filter}: {again:?}");
    }
}

/// Fact-checks of others are read, or what was lost is told.
fn checks(bytes: &[u8]) {
    let Ok(found) = factcheck::read(bytes, "any.json", &Columns::default(), "any") else { return };
    for check in &found.checks {
        assert!(check.claim.chars().any(char::is_alphanumeric), "a check of nothing: {check:?}");
    }
}

/// An exported desk comes onto an empty one whole or not at all.
fn desks(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("desk.jsonl");
    std::fs::write(&file, bytes).expect("a file");
    let settings = Settings { user: "ada".into(), ..Settings::default() };
    let mut session = Session::new(Place::Memory, settings, Screen::captured(80));
    let done = session.perform(&format!("import desk {}", file.display()));
    let articles = session.workbench().and_then(|desk| Ok(desk.stats()?.articles)).expect("a desk");
    assert!(done.is_ok() || articles == 0, "half a desk was brought");
}

/// Weights that are none are refused.
fn weights(bytes: &[u8]) {
    let _ = DeepReader::new(bytes);
    let _ = Meaning::new(bytes);
}
