//! `doctor`: a sound desk is sound, what is derived is made anew, and a damaged file gives up what it still holds.

use assert_cmd::Command;
use std::path::Path;

fn onrecord(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("onrecord").unwrap();
    command
        .current_dir(folder)
        .env("ONRECORD_USER", "Ann")
        .env("HOME", folder)
        .args(["--db", "d.db"])
        .args(arguments)
        .assert()
}

fn said(assert: &assert_cmd::assert::Assert) -> String {
    let output = assert.get_output();
    String::from_utf8_lossy(&[output.stdout.as_slice(), output.stderr.as_slice()].concat()).into_owned()
}

const ARTICLE: &str = "Title: The bridge
Date: 2024-03-0N

The bridge is safe, engineer Ann Baker said on Monday. “Nobody has to fear the bridge N,” she said.

Mayor Omar Lund denied that the bridge would close. He said the town had no money for a new one.
";

/// A desk with some articles, a verdict with evidence, a story and a note.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 1..=6 {
        let name = format!("{number}.txt");
        std::fs::write(folder.path().join(&name), ARTICLE.replace('N', &number.to_string())).unwrap();
        onrecord(folder.path(), &["load", "--reader", "fast", &name]).success();
    }
    onrecord(folder.path(), &["verdict", "record", "c1", "true", "The report says so."]).success();
    onrecord(folder.path(), &["note", "c2", "ask her"]).success();
    folder
}

fn database(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("d.db")).unwrap()
}

#[test]
fn a_sound_desk_is_sound() {
    let folder = desk();
    let words = said(&onrecord(folder.path(), &["doctor"]).success());
    assert_eq!(words.matches("sound").count(), 9, "{words}");
    assert!(!words.contains("at fault") && !words.contains("made anew"), "{words}");
}

#[test]
fn what_is_derived_is_made_anew() {
    let folder = desk();
    database(folder.path())
        .execute_batch("UPDATE claim SET live = 0 WHERE id = 1; UPDATE verdict SET current = 0; DELETE FROM claim_words_docsize WHERE id = 2")
        .unwrap();
    let looked = said(&onrecord(folder.path(), &["doctor", "--look"]).failure());
    assert!(looked.contains("claim 1: live") && looked.contains("verdict 1: current"), "{looked}");
    let mended = said(&onrecord(folder.path(), &["doctor"]).success());
    assert!(mended.contains("made anew"), "{mended}");
    assert!(!said(&onrecord(folder.path(), &["doctor"]).success()).contains("made anew"));
    let live: i64 =
        database(folder.path()).query_row("SELECT live FROM claim WHERE id = 1", [], |row| row.get(0)).unwrap();
    assert_eq!(live, 1);
}

#[test]
fn words_that_do_not_stand_in_the_text_are_named() {
    let folder = desk();
    database(folder.path())
        .execute_batch("DROP TRIGGER claim_words_are_kept; UPDATE claim SET words = 'The bridge fell' WHERE id = 3")
        .unwrap();
    let words = said(&onrecord(folder.path(), &["doctor"]).failure());
    assert!(words.contains("c3: its words do not stand at its place"), "{words}");
}

#[test]
fn a_damaged_desk_gives_up_what_it_holds() {
    let folder = desk();
    let path = folder.path().join("d.db");
    database(folder.path()).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let page: i64 = database(folder.path()).query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    let root: i64 = database(folder.path())
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'note'", [], |row| row.get(0))
        .unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let at = usize::try_from((root - 1) * page).unwrap();
    bytes[at..at + usize::try_from(page).unwrap()].fill(0xee);
    std::fs::write(&path, &bytes).unwrap();

    let words = said(&onrecord(folder.path(), &["doctor"]).failure());
    assert!(words.contains("doctor --rescue"), "{words}");
    let saved = said(&onrecord(folder.path(), &["doctor", "--rescue", "new.db"]).success());
    assert!(saved.contains("not all could be read of: note"), "{saved}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the damaged file was changed");
    let mut sound = Command::cargo_bin("onrecord").unwrap();
    let sound = sound
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .args(["--db", "new.db", "doctor"])
        .assert()
        .success();
    assert!(!said(&sound).contains("at fault"), "{}", said(&sound));
    let mut verdicts = Command::cargo_bin("onrecord").unwrap();
    let shown = verdicts
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .args(["--db", "new.db", "show", "c1"])
        .assert()
        .success();
    assert!(said(&shown).contains("The report says so."));
    onrecord(folder.path(), &["doctor", "--rescue", "new.db"]).failure();
}

#[test]
fn a_row_that_names_a_lost_one_is_handed_back() {
    let folder = desk();
    database(folder.path())
        .execute_batch("PRAGMA foreign_keys = OFF; DROP TRIGGER claim_words_delete; DELETE FROM claim WHERE id = 1")
        .unwrap();
    let saved = said(&onrecord(folder.path(), &["doctor", "--rescue", "new.db"]).success());
    assert!(saved.contains("new.left-out.jsonl"), "{saved}");
    let left_out = std::fs::read_to_string(folder.path().join("new.left-out.jsonl")).unwrap();
    assert!(left_out.contains("\"table\":\"verdict\"") && left_out.contains("The report says so."), "{left_out}");
}
