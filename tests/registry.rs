//! The registry from outside: every example runs on the sample desk, every session reads as recorded, the README's
//! table of commands is the registry's.
//!
//! `ONRECORD_BLESS=1 cargo test --test registry` records sessions and README anew; reviewing the diff is the test.

#![allow(clippy::unwrap_used)] // A test may fail on anything it did not expect.

use chrono::{NaiveDate, TimeZone, Utc};
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::{Session, registry, run_line, screen::Screen};
use onrecord::store::Place;
use onrecord::workbench::{Clock, Settings};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A session on an empty desk, on a day and in a name that stay the same.
fn session() -> Session {
    let settings = Settings {
        today: NaiveDate::from_ymd_opt(2025, 3, 1).unwrap(),
        user: "ada".to_owned(),
        clock: Clock::fixed(Utc.with_ymd_and_hms(2025, 3, 1, 9, 30, 0).unwrap()),
        ..Settings::default()
    };
    Session::new(Place::Memory, settings, Screen::captured(90))
}

fn is_blessing() -> bool {
    std::env::var_os("ONRECORD_BLESS").is_some()
}

#[test]
fn every_example_runs_on_the_sample_desk() {
    std::env::set_current_dir(root()).unwrap();
    let _ = std::fs::remove_file(root().join("desk-backup.db"));
    let mut session = session();
    // The examples of what a person decides come first in the registry's order, so later ones find what they need.
    for line in ["load samples", "story create tunnel text:tunnel", "verdict record c1 false"] {
        run_line(&mut session, line).unwrap();
    }
    let mut failed = Vec::new();
    for entry in registry() {
        // The example of `story` makes the story that is there already.
        let line = match entry.name {
            "story" => "story show tunnel".to_owned(),
            "correct" => {
                run_line(&mut session, "verdict publish v2 --anyway \"it is only a test\"").unwrap();
                entry.example.replace("v1", "v2")
            }
            _ => entry.example.to_owned(),
        };
        let line = line.as_str();
        // A script begins with a desk of its own.
        let mut own = self::session();
        let desk = if entry.name == "run" { &mut own } else { &mut session };
        if let Err(error) = run_line(desk, line) {
            failed.push(format!("{line}: {error}"));
        }
        // While a review is open, the next line would be an answer.
        if desk.is_reviewing() {
            run_line(desk, "quit").unwrap();
        }
    }
    // The tour writes its report into the folder it runs in.
    let _ = std::fs::remove_file(root().join("contradictions.html"));
    let _ = std::fs::remove_file(root().join("desk-backup.db"));
    assert!(failed.is_empty(), "examples that fail:\n{}", failed.join("\n"));
}

/// Runs the commands of a session (the lines after `onrecord> `) on one desk and holds the screen to what is recorded.
fn check(file: &Path) -> Result<(), String> {
    let recorded = std::fs::read_to_string(file).unwrap();
    let mut session = session();
    let mut played = String::new();
    for line in recorded.lines().filter(|line| line.starts_with("onrecord> ") || line.starts_with("-- ")) {
        played.push_str(line);
        played.push('\n');
        let Some(command) = line.strip_prefix("onrecord> ") else { continue };
        let ended = script::run(&mut session, command.as_bytes(), "session", OnError::Stop, Echo::Nothing);
        if let Err(error) = ended {
            session.complain(&error);
        }
        // What a command echoes of the prompt is set in, so that it is not taken for a command when it is read again.
        played.push_str(&session.screen().take().replace("\nonrecord> ", "\n  onrecord> "));
    }
    if is_blessing() {
        std::fs::write(file, &played).unwrap();
    } else if played != recorded {
        return Err(format!("{}:\n{played}", file.display()));
    }
    Ok(())
}

#[test]
fn every_session_reads_as_recorded() {
    std::env::set_current_dir(root()).unwrap();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/sessions")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let failed: Vec<String> = files.iter().filter_map(|file| check(file).err()).collect();
    assert!(failed.is_empty(), "sessions that changed (ONRECORD_BLESS=1 records them anew):\n{}", failed.join("\n"));
}

#[test]
fn every_command_stands_in_a_session() {
    let sessions = std::fs::read_dir(root().join("tests/sessions")).unwrap();
    let text: String = sessions.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let used = |name: &str| text.lines().any(|line| line.split_whitespace().take(2).eq(["onrecord>", name]));
    // The demo is a session of its own, run through the program itself.
    let missing: Vec<&str> =
        registry().iter().map(|entry| entry.name).filter(|name| *name != "demo" && !used(name)).collect();
    assert!(missing.is_empty(), "commands without a session: {missing:?}");
}

#[test]
fn the_readme_holds_the_table_of_commands() {
    let (open, close) = ("<!-- commands -->", "<!-- /commands -->");
    let mut session = session();
    session.perform("help --markdown").unwrap();
    let block = format!("{open}\n{}{close}", session.screen().take());
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap_or_default();
    let present = readme.find(open).zip(readme.find(close)).map(|(from, to)| readme[from..to + close.len()].to_owned());
    if is_blessing()
        && let Some(present) = &present
    {
        std::fs::write(&path, readme.replace(present.as_str(), &block)).unwrap();
        return;
    }
    // A README without the block is checked by whoever puts the block in.
    if let Some(present) = present {
        assert_eq!(present, block, "ONRECORD_BLESS=1 writes the table anew");
    }
}
