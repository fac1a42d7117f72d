//! A desk whose file was damaged says so, panics nowhere, and gives up what can still be read.
//!
//! `ONRECORD_DAMAGES=600 cargo test --test all damaged -- --nocapture` damages as many copies and tells how each kind went.

use crate::support::desk::{Answer, Desk};
use crate::support::random::{Random, asked};
use crate::support::tell;
use std::collections::BTreeMap;

/// Bytes of a page of the file.
const PAGE: usize = 4096;
/// Bytes that were written over.
const RUN: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    /// One bit is another.
    Bit,
    /// Some bytes hold anything.
    Bytes,
    /// A page is empty.
    Page,
    /// The end is missing.
    Cut,
}

const ALL: [Damage; 4] = [Damage::Bit, Damage::Bytes, Damage::Page, Damage::Cut];

impl Damage {
    fn done_to(self, bytes: &mut Vec<u8>, random: &mut Random) {
        let at = random.below(bytes.len());
        match self {
            Self::Bit => bytes[at] ^= 1 << random.below(8),
            Self::Bytes => bytes[at..].iter_mut().take(RUN).for_each(|byte| *byte = random.below(256) as u8),
            Self::Page => bytes[at / PAGE * PAGE..].iter_mut().take(PAGE).for_each(|byte| *byte = 0),
            Self::Cut => bytes.truncate(at),
        }
    }
}

/// Who noticed a damage first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Noticed {
    AtOpening,
    ByDoctor,
    ByNobody,
}

/// A desk with something of everything, and the bytes of its file.
fn desk() -> (Desk, Vec<u8>) {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "The auditor says so.", "--link", "https://auditor.example/tunnel"]);
    desk.run(&["note", "c2", "ask her"]);
    desk.run(&["story", "create", "tunnel", "text:tunnel"]);
    desk.run(&["confirm", "m1"]);
    let database = rusqlite::Connection::open(desk.path("d.db")).unwrap();
    database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(database);
    let bytes = std::fs::read(desk.path("d.db")).unwrap();
    (desk, bytes)
}

/// Puts a file in the place of the desk, with nothing beside it.
fn put(desk: &Desk, bytes: &[u8]) {
    for name in ["d.db-wal", "d.db-shm", "new.db", "new.left-out.jsonl"] {
        let _ = std::fs::remove_file(desk.path(name));
    }
    std::fs::write(desk.path("d.db"), bytes).unwrap();
}

/// Calls the program, which may fail but not fall.
fn called(desk: &Desk, line: &[&str], damage: &str) -> Answer {
    let answer = desk.call(line);
    assert!((0..=2).contains(&answer.code), "{damage}: {line:?} ended with {}: {}", answer.code, answer.err);
    answer
}

/// Tells whether SQLite finds the file sound.
fn is_whole(desk: &Desk) -> bool {
    let told = rusqlite::Connection::open(desk.path("d.db"))
        .and_then(|database| database.pragma_query_value(None, "integrity_check", |row| row.get::<_, String>(0)));
    told.is_ok_and(|told| told == "ok")
}

#[test]
fn a_damaged_desk_says_so_and_panics_nowhere() {
    let (desk, bytes) = desk();
    let mut random = Random::new();
    let mut went: BTreeMap<(Damage, bool, Noticed, bool), usize> = BTreeMap::new();
    for round in 0..asked("ONRECORD_DAMAGES", 20) as usize {
        let (damage, mut damaged) = (ALL[round % ALL.len()], bytes.clone());
        damage.done_to(&mut damaged, &mut random);
        put(&desk, &damaged);
        let name = format!("{damage:?} {round}");
        let whole = is_whole(&desk);
        let opened = called(&desk, &["stats"], &name);
        for line in
            [&["claims"][..], &["find", "tunnel"], &["why", "m1"], &["report", "--as", "markdown"], &["positions"]]
        {
            called(&desk, line, &name);
        }
        let doctor = called(&desk, &["doctor", "--look"], &name);
        let told = opened.err.contains("damaged") || opened.err.contains("is not a database");
        let noticed = match (told, doctor.code) {
            (true, _) => Noticed::AtOpening,
            (false, 0) => Noticed::ByNobody,
            (false, _) => Noticed::ByDoctor,
        };
        assert!(whole || noticed != Noticed::ByNobody, "{name}: SQLite finds damage and nobody says so");
        if told && opened.code == 0 {
            assert_eq!(called(&desk, &["note", "c1", "x"], &name).code, 1, "{name}: a damaged file was written to");
        }
        let rescued = called(&desk, &["doctor", "--rescue", "new.db"], &name).code == 0;
        if rescued {
            let looked = called(&desk, &["--db", "new.db", "doctor"], &name);
            assert!(!looked.out.contains("the file: "), "{name}: what was rescued is damaged itself: {}", looked.out);
        }
        *went.entry((damage, whole, noticed, rescued)).or_default() += 1;
    }
    for ((damage, whole, noticed, rescued), times) in went {
        let file = if whole { "sound to SQLite" } else { "damaged to SQLite" };
        let saved = if rescued { "rescued" } else { "not to be rescued" };
        tell(&format!("{damage:?}, {file}, noticed {noticed:?}, {saved}: {times}"));
    }
}

#[test]
fn a_file_that_was_cut_short_gives_up_what_stands_before_the_cut() {
    let (desk, bytes) = desk();
    put(&desk, &bytes[..bytes.len() * 3 / 4]);
    desk.refuse(&["stats"], "doctor --rescue");
    let saved = desk.call(&["doctor", "--rescue", "new.db"]);
    assert!(saved.code == 0 && saved.err.contains("not all could be read"), "{}{}", saved.out, saved.err);
    let notes = desk.run(&["--db", "new.db", "verdict", "list"]);
    assert!(notes.contains("The auditor says so."), "{notes}");
}
