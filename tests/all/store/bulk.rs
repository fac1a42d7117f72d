//! Many files and many claims at once: one bad one never stops the others, and what was kept stays.

use onrecord::article::Given;
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::store::id::ClaimId;
use onrecord::workbench::{Content, Outcome, Query, Settings, Source, Workbench};
use std::sync::atomic::{AtomicBool, Ordering};

fn desk() -> Workbench {
    Workbench::open(Place::Memory, Settings::default()).unwrap()
}

fn filter(line: &str) -> Filter {
    Filter::parse_line(line, Settings::default().today).unwrap()
}

fn source(path: &str, text: &str) -> Source {
    Source { path: path.into(), content: Content::Bytes(text.as_bytes().to_vec()), given: Given::default() }
}

fn ferry(number: usize) -> Source {
    source(&format!("{number}.txt"), &format!("Ferry number {number} left the quay on time on Monday morning.\n"))
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let mut desk = desk();
    let missing = Source { content: Content::File("no/such/file.txt".into()), ..source("no/such/file.txt", "") };
    let binary = Source { content: Content::Bytes(vec![0, 159, 1, 0, 255, 0, 3, 0]), ..source("photo.jpg", "") };
    let sources = vec![ferry(1), missing, binary, source("empty.txt", ""), ferry(2), ferry(1)];
    let mut seen = Vec::new();
    let outcomes = desk.load_many(sources, &AtomicBool::new(false), |outcome| seen.push(outcome.path.clone()));
    let told: Vec<_> =
        outcomes.iter().map(|o| o.result.as_ref().map(|l| l.outcome).map_err(ToString::to_string)).collect();
    assert_eq!(told[0], Ok(Outcome::Added));
    assert!(told[1].as_ref().unwrap_err().contains("cannot read no/such/file.txt"), "{told:?}");
    assert!(told[2].as_ref().unwrap_err().contains("photo.jpg"), "{told:?}");
    assert!(told[3].as_ref().unwrap_err().contains("empty.txt"), "{told:?}");
    assert_eq!(told[4..], [Ok(Outcome::Added), Ok(Outcome::Duplicate)]);
    assert_eq!(seen, ["1.txt", "no/such/file.txt", "photo.jpg", "empty.txt", "2.txt", "1.txt"]);
    assert_eq!(desk.articles(&filter("")).unwrap().len(), 2);
}

#[test]
fn many_files_are_one_step_and_come_in_their_order() {
    let mut desk = desk();
    let outcomes = desk.load_many((0..100).map(ferry), &AtomicBool::new(false), |_| {});
    let ids: Vec<i64> = outcomes.iter().map(|outcome| outcome.result.as_ref().unwrap().article.0).collect();
    assert_eq!(ids, (1..=100).collect::<Vec<_>>());
    let log = desk.log(9).unwrap();
    assert_eq!(log.len(), 1);
    assert!(log[0].words.starts_with("load 0.txt and 99 more"), "{}", log[0].words);
    desk.undo(1).unwrap();
    assert!(desk.articles(&filter("")).unwrap().is_empty());
    desk.redo(1).unwrap();
    assert_eq!(desk.articles(&filter("")).unwrap().len(), 100);
}

#[test]
fn an_interruption_keeps_what_was_stored() {
    let mut desk = desk();
    let stop = AtomicBool::new(false);
    let mut count = 0;
    let outcomes = desk.load_many((0..100).map(ferry), &stop, |_| {
        count += 1;
        stop.store(count == 40, Ordering::Relaxed);
    });
    assert_eq!(outcomes.len(), 40);
    assert_eq!(desk.articles(&filter("")).unwrap().len(), 40);
    assert!(desk.log(9).unwrap()[0].words.contains("39 more"));
}

#[test]
fn imported_claims_keep_their_ids_and_their_ratings() {
    let mut desk = desk();
    let lines = r#"{"id": "x-7", "text": "The city planted 5,000 trees last year.", "speaker": "Ann Baker", "date": "2029-11-02", "title": "How many trees?", "rating": "false", "extra": 1}

{"id": 8, "text": "The harbour bridge was painted twice since 2020.", "speaker": null}
{"id": "x-9", "text": "  "}
not json
{"id": "x-10"}
"#;
    let report = desk.import_lines(lines, "Check Desk", "claims.jsonl").unwrap();
    assert_eq!((report.added, report.rated, report.duplicates), (2, 1, 0));
    assert_eq!(report.failed.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 5, 6]);
    let claim = desk.claim(ClaimId(1)).unwrap();
    assert_eq!(
        (claim.external.as_deref(), claim.who(), claim.outlet.as_str()),
        (Some("x-7"), "Ann Baker", "Check Desk")
    );
    assert_eq!((claim.ratings[0].rating.as_str(), claim.ratings[0].origin.as_str()), ("false", "Check Desk"));
    assert!(claim.verdicts.is_empty(), "their rating is no verdict of the desk");

    let query = Query { text: "Last year the city planted 5,000 trees", ..Query::default() };
    let found = desk.match_many(&[query, Query::default()], 5).unwrap();
    assert_eq!(found[0][0].external.as_deref(), Some("x-7"));
    assert!(found[1].is_empty());
    assert_eq!(desk.match_text("harbour bridge painted twice", "", 3).unwrap()[0].claim.external.as_deref(), Some("8"));

    let again = desk.import_lines(lines, "Check Desk", "claims.jsonl").unwrap();
    assert_eq!((again.added, again.duplicates), (0, 2));
    let none = desk.import_lines("claim,rating\nThe quay is shut,false\n", "Check Desk", "checks.csv").unwrap_err();
    assert!(none.to_string().contains("checks.csv holds no claim: JSON lines are wanted"), "{none}");
    assert_eq!(desk.log(9).unwrap().len(), 1, "what imports nothing is no operation");
    assert_eq!(desk.claims(&filter("outlet:\"check desk\"")).unwrap().len(), 2);
    desk.undo(1).unwrap();
    assert!(desk.claims(&filter("")).unwrap().is_empty());
    assert!(desk.match_text("harbour bridge painted twice", "", 3).unwrap().is_empty());
}

#[test]
fn all_with_all_gives_each_pair_once_under_the_later_claim() {
    let mut desk = desk();
    let twice = "The regional water company poured untreated sewage into the Lorne estuary for eleven winters";
    let texts = ["The ferry to Arden is late", twice, "Nobody will close the old mill before spring", twice];
    let record = |(at, text): (usize, &&str)| onrecord::workbench::Record {
        id: format!("e{at}"),
        text: (*text).to_owned(),
        speaker: Some("Nora Weller".into()),
        ..onrecord::workbench::Record::default()
    };
    let records: Vec<_> = texts.iter().enumerate().map(record).collect();
    desk.import_claims(&records, "Test", "claims").unwrap();
    let pairs: Vec<_> = desk.match_all(5).unwrap().into_iter().map(|(claim, matched)| (claim, matched.claim)).collect();
    assert_eq!(pairs, [(ClaimId(4), ClaimId(2))]);
}
