//! Lists at 100,000 claims: every one should answer in less than 100 ms.
//!
//! `cargo bench --bench store`
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use chrono::NaiveDate;
use onrecord::article::{Given, read};
use onrecord::attribution::{Kind, Quotation, Status};
use onrecord::claim::Claim;
use onrecord::date::{Date, When};
use onrecord::matching::Tier;
use onrecord::relation::{Ledger, RelationKind};
use onrecord::score::Score;
use onrecord::span::Span;
use onrecord::store::claims::{NewClaim, Resolved};
use onrecord::store::filter::{Filter, Order};
use onrecord::store::id::{ClaimId, SpeakerId};
use onrecord::store::journal::Act;
use onrecord::store::relations::NewRelation;
use onrecord::store::rows::Dispute;
use onrecord::store::speakers::NewSpeaker;
use onrecord::store::{Place, Store, StoreError};
use onrecord::workbench::{Record, Settings, Workbench};
use std::sync::{Mutex, MutexGuard, OnceLock};

const ARTICLES: i64 = 2_000;
const CLAIMS_EACH: i64 = 50;
const SPEAKERS: i64 = 3_000;
const SUBJECTS: [&str; 8] = ["harbour", "budget", "ferry", "school", "tunnel", "pipeline", "hospital", "market"];
const DEEDS: [&str; 7] =
    ["was closed", "will open", "lost money", "needs repairs", "grew by half", "was sold", "is safe"];

fn main() {
    divan::main();
}

fn words(number: i64) -> String {
    let pick = |list: &[&'static str], step: i64| list[(number / step).unsigned_abs() as usize % list.len()];
    format!(
        "the {} of district {} {} in year {}",
        pick(&SUBJECTS, 1),
        number % 613,
        pick(&DEEDS, 3),
        1990 + number % 41
    )
}

fn claim(number: i64, published: Option<Date>) -> Claim {
    Claim {
        words: words(number),
        content: Span::new(0, 40).into(),
        cue: Span::new(41, 45).into(),
        cue_words: "said".into(),
        source: None,
        source_words: "the mayor".into(),
        claimant: None,
        candidates: vec![],
        sentence: Span::new(0, 60),
        kind: if number % 9 == 0 { Kind::Denial } else { Kind::Statement },
        status: Status::Asserted,
        quotation: if number % 3 == 0 { Quotation::Direct } else { Quotation::Indirect },
        said: When { written: String::new(), date: published },
        published,
        answers: None,
        score: Score::new(0.8),
        because: vec![],
    }
}

fn fill(store: &mut Store) -> Result<(), StoreError> {
    store.write(|writer| {
        let act = Act { at: "2030-01-01T00:00:00Z", by: "bench", name: "load", words: "load" };
        let operation = writer.operation(&act)?;
        for number in 0..SPEAKERS {
            let (name, fold) = (format!("Person Number{number}"), format!("person number{number}"));
            let surname = format!("number{number}");
            let new = NewSpeaker { name: &name, fold: &fold, surname: &surname, category: "person", article: None };
            writer.add_speaker(&new, operation)?;
        }
        for number in 0..ARTICLES {
            let day = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(number.unsigned_abs() % 3_000);
            let outlet = format!("Outlet {}", number % 40);
            let given = Given { date: Some(Date::day(day)), outlet: Some(outlet.clone()), ..Given::default() };
            let text = format!("Article {number}. {}", "Nothing much happened in the town that day. ".repeat(60));
            let article = read(text.as_bytes(), "bench", &given).unwrap();
            let id = writer.add_article(&article, "bench.txt", "bench", None)?;
            writer.load_article(id, operation, None)?;
            for place in 0..CLAIMS_EACH {
                let number = number * CLAIMS_EACH + place;
                let claim = claim(number, article.published);
                let (fold, speaker) = (number.to_string(), SpeakerId(1 + number * 7 % SPEAKERS));
                let resolved = Resolved::Name;
                let sentence = "The mayor said so.";
                let (speaker, outlet) = (Some(speaker), outlet.as_str());
                let new = NewClaim {
                    claim: &claim,
                    article: id,
                    outlet,
                    speaker,
                    resolved,
                    sentence,
                    fold: &fold,
                    reader: "bench",
                };
                writer.add_claim(&new)?;
            }
        }
        for number in 1..20_000 {
            let kind = if number % 4 == 0 { RelationKind::Contradiction } else { RelationKind::Repeat };
            let new = NewRelation {
                earlier: ClaimId(number),
                later: ClaimId(number + 5_000),
                kind,
                dispute: (number % 4 == 0).then_some(Dispute::Dispute),
                same_speaker: false,
                syndicated: false,
                tier: Tier::Suggested,
                likeness: Score::new(0.7),
                score: Score::new(0.6),
                summary: "a summary".into(),
                because: vec![],
                alignment: vec![],
                innocent: vec![],
                ledger: Ledger::default(),
            };
            writer.add_relation(&new, operation)?;
        }
        Ok(())
    })
}

/// A desk of 100,000 claims in a file, made once.
fn desk() -> MutexGuard<'static, Workbench> {
    static DESK: OnceLock<(tempfile::TempDir, Mutex<Workbench>)> = OnceLock::new();
    let (_, desk) = DESK.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("desk.db"));
        fill(&mut Store::open(place.clone()).unwrap()).unwrap();
        (folder, Mutex::new(Workbench::open(place, Settings::default()).unwrap()))
    });
    desk.lock().unwrap()
}

fn filter(line: &str) -> Filter {
    Filter::parse_line(line, NaiveDate::from_ymd_opt(2030, 7, 6).unwrap()).unwrap().limited(50, Order::Newest)
}

#[divan::bench(args = ["", "speaker:Number42", "pipeline", "outlet:\"Outlet 7\" kind:denial", "on:2024-05", "not:speaker:p3 safe"])]
fn claims(bencher: divan::Bencher<'_, '_>, line: &str) {
    let desk = desk();
    bencher.bench_local(|| desk.claims(&filter(line)).unwrap());
}

#[divan::bench(args = ["", "speaker:Number42 status:suggested", "pipeline kind:denial"])]
fn count(bencher: divan::Bencher<'_, '_>, line: &str) {
    let desk = desk();
    bencher.bench_local(|| desk.count_claims(&filter(line)).unwrap());
}

#[divan::bench(args = ["", "speaker:Number42", "after:2024-05"])]
fn contradictions(bencher: divan::Bencher<'_, '_>, line: &str) {
    let desk = desk();
    bencher.bench_local(|| desk.contradictions(&filter(line)).unwrap());
}

#[divan::bench(args = ["", "speaker:Number42"])]
fn articles(bencher: divan::Bencher<'_, '_>, line: &str) {
    let desk = desk();
    bencher.bench_local(|| desk.articles(&filter(line)).unwrap());
}

#[divan::bench(args = ["", "speaker:Number42"])]
fn timeline(bencher: divan::Bencher<'_, '_>, line: &str) {
    let desk = desk();
    bencher.bench_local(|| desk.timeline(&filter(line)).unwrap());
}

#[divan::bench]
fn speakers(bencher: divan::Bencher<'_, '_>) {
    let desk = desk();
    bencher.bench_local(|| desk.speakers(&filter("")).unwrap());
}

#[divan::bench]
fn stats(bencher: divan::Bencher<'_, '_>) {
    let desk = desk();
    bencher.bench_local(|| desk.stats().unwrap());
}

#[divan::bench]
fn find(bencher: divan::Bencher<'_, '_>) {
    let desk = desk();
    bencher.bench_local(|| desk.find("pipeline hospital", 20).unwrap());
}

#[divan::bench]
fn open(bencher: divan::Bencher<'_, '_>) {
    let place = desk().place().clone();
    bencher.bench_local(|| Workbench::open(place.clone(), Settings::default()).unwrap());
}

/// 20,000 imported claims, from records to a committed database.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn import_20_000(bencher: divan::Bencher<'_, '_>) {
    let record = |number: i64| Record {
        id: number.to_string(),
        text: words(number * 31),
        speaker: Some(format!("Person Number{}", number % 900)),
        rating: Some("false".into()),
        ..Record::default()
    };
    let records: Vec<Record> = (0..20_000).map(record).collect();
    bencher
        .with_inputs(|| Workbench::open(Place::Memory, Settings::default()).unwrap())
        .bench_local_values(|mut desk| desk.import_claims(&records, "bench", "bench.jsonl").unwrap());
}
