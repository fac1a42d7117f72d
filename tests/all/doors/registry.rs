//! The registry from outside: every example runs on the sample desk, every session reads as recorded, the README's
//! table of commands is the registry's.

use crate::support::{enter_workplace, golden, source};
use chrono::{NaiveDate, TimeZone, Utc};
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::{Session, registry, run_line, screen::Screen};
use onrecord::store::Place;
use onrecord::workbench::{Clock, Settings};
use std::path::{Path, PathBuf};

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

#[test]
fn every_example_runs_on_the_sample_desk() {
    enter_workplace();
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
            // The example of `verdict` made another version.
            "evidence" => entry.example.replace("v1", "v2"),
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
    golden::hold(file, &played)
}

#[test]
fn every_session_reads_as_recorded() {
    enter_workplace();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(source("tests/sessions")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let failed: Vec<String> = files.iter().filter_map(|file| check(file).err()).collect();
    assert!(failed.is_empty(), "sessions that changed:\n{}", failed.join("\n"));
}

#[test]
fn every_command_stands_in_a_session() {
    let sessions = std::fs::read_dir(source("tests/sessions")).unwrap();
    let text: String = sessions.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let used = |name: &str| text.lines().any(|line| line.split_whitespace().take(2).eq(["onrecord>", name]));
    // The demo is a session of its own, run through the program itself.
    let missing: Vec<&str> =
        registry().iter().map(|entry| entry.name).filter(|name| *name != "demo" && !used(name)).collect();
    assert!(missing.is_empty(), "commands without a session: {missing:?}");
}

#[test]
fn the_readme_holds_the_table_of_commands() {
    let mut session = session();
    session.perform("help --markdown").unwrap();
    let table = format!("\n{}", session.screen().take());
    golden::hold_between(&source("README.md"), "<!-- commands -->", "<!-- /commands -->", &table).unwrap();
}
