//! Articles that were changed after they were published: found at one address however it is written, told word by word,
//! and counted once.

#![allow(clippy::unwrap_used)] // A test may fail on anything it did not expect.

use onrecord::article::Given;
use onrecord::date::Date;
use onrecord::relation::RelationKind;
use onrecord::revision::ChangeKind;
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::workbench::{Loaded, Outcome, Settings, Workbench};

fn desk() -> Workbench {
    Workbench::open(Place::Memory, Settings::default()).unwrap()
}

const SAFE: &str = "“The pier will reopen in June,” Mayor Ada Brook said on Friday.";
const UNSAFE: &str = "“The pier will not reopen in June,” Mayor Ada Brook said on Friday.";

fn page(address: &str, headline: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{headline}</title><meta property=\"og:site_name\" content=\"Harbour Post\">\
         <meta property=\"article:published_time\" content=\"2024-05-03T08:00:00Z\">\
         <link rel=\"canonical\" href=\"{address}\"></head><body><article><h1>{headline}</h1>\
         <p>The long pier of Larnsea was closed in March after a storm tore three planks from its head.</p>\
         <p>{words}</p></article></body></html>"
    )
}

fn load(desk: &mut Workbench, address: &str, headline: &str, words: &str) -> Loaded {
    desk.load(page(address, headline, words).as_bytes(), "pier.html", &Given::default()).unwrap()
}

#[test]
fn one_address_however_it_is_written_is_one_article_with_its_versions() {
    let mut desk = desk();
    let first = load(&mut desk, "http://www.harbourpost.example/pier?utm_source=letter", "Pier safe", SAFE);
    let addresses = [
        "https://harbourpost.example/pier",
        "https://m.harbourpost.example/pier?fbclid=IwAR",
        "https://harbourpost.example/pier/amp#top",
    ];
    for (number, address) in addresses.into_iter().enumerate() {
        let same = load(&mut desk, address, "Pier safe", SAFE);
        assert_eq!((same.outcome, same.article), (Outcome::Duplicate, first.article), "{address}");
        let altered = SAFE.replace("June", ["July", "August", "September"][number]);
        let changed = load(&mut desk, address, "Pier safe", &altered);
        assert_eq!(changed.outcome, Outcome::Revision, "{address}");
    }
    let history = desk.history(first.article).unwrap();
    assert_eq!((history.versions.len(), history.revisions.len()), (4, 3));
    assert!(history.revisions.iter().all(|revision| revision.silent));
    assert_eq!(desk.histories(&Filter::default(), None).unwrap().len(), 1);
    desk.undo(2).unwrap();
    assert_eq!(desk.history(first.article).unwrap().versions.len(), 2);
}

#[test]
fn an_editor_who_turns_a_quotation_round_makes_no_contradiction() {
    let mut desk = desk();
    load(&mut desk, "https://harbourpost.example/pier", "Pier safe", SAFE);
    let changed = load(&mut desk, "https://harbourpost.example/pier", "Pier not safe", UNSAFE);
    assert_eq!((changed.outcome, changed.contradictions), (Outcome::Revision, 0));
    let opposed = [RelationKind::Contradiction, RelationKind::Update, RelationKind::Offered];
    assert!(desk.relations(&Filter::default(), &opposed).unwrap().is_empty());
    let revision = desk.revisions_of(&[changed.article]).unwrap().remove(0);
    let kinds: Vec<ChangeKind> = revision.changes.list.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::QuotationAltered, ChangeKind::HeadlineChanged]);
    assert!(revision.silent);
    // Through a version in between, too.
    let again = load(&mut desk, "https://harbourpost.example/pier", "Pier safe", &SAFE.replace("June", "July"));
    assert_eq!(again.contradictions, 0);
    assert!(desk.relations(&Filter::default(), &opposed).unwrap().is_empty());
}

#[test]
fn what_both_versions_say_counts_once() {
    let mut desk = desk();
    let more = "Engineer Tom Vale said the cracks had been known to the town since the autumn.";
    load(&mut desk, "https://harbourpost.example/pier", "Pier safe", SAFE);
    load(&mut desk, "https://harbourpost.example/pier", "Pier safe", &format!("{SAFE}</p><p>{more}"));
    let other = "“The pier will not reopen in June,” Mayor Ada Brook said on Sunday.";
    let given = Given { date: Date::parse_iso("2024-06-09"), outlet: Some("Wire".into()), ..Given::default() };
    let loaded = desk.load(other.as_bytes(), "wire.txt", &given).unwrap();
    assert_eq!((loaded.repeats, loaded.contradictions), (0, 1));
    assert_eq!(desk.count_findings().unwrap().contradictions, 1);
    let repeats = desk.relations(&Filter::default(), &[RelationKind::Repeat, RelationKind::Reworded]).unwrap();
    assert!(repeats.iter().all(|row| row.syndicated), "the two versions say it once");
}
