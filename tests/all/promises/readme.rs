//! The README is executed: its first session, the name of the database, its exit codes, and that every command takes
//! `--json`.

use crate::support::desk::{Answer, Desk, answer};
use crate::support::{golden, source};
use onrecord::commands::screen::Screen;
use onrecord::commands::{Session, registry, run_line};
use onrecord::report::view::{Format, Frame};
use onrecord::store::Place;
use onrecord::workbench::Settings;
use std::os::unix::fs::symlink;

const OPEN: &str = "```console\n";
const CLOSE: &str = "```";

fn readme() -> String {
    std::fs::read_to_string(source("README.md")).unwrap()
}

/// A desk at its usual place, with the samples beside it.
fn home() -> Desk {
    let desk = Desk::new();
    symlink(source("samples"), desk.path("samples")).unwrap();
    desk
}

fn called(desk: &Desk, line: &str) -> Answer {
    let words = onrecord::commands::line::split(line).unwrap();
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    answer(&desk.command(&words[1..]).env_remove("ONRECORD_DB").env("COLUMNS", "100").output().unwrap())
}

/// Output as the README shows it: of what is long the last line, on the day of the desk.
fn shown(out: &str) -> String {
    let today = chrono::Utc::now().format("%Y-%m-%d").to_string();
    let lines: Vec<&str> = out.lines().filter(|line| !line.is_empty()).collect();
    let lines = match lines.len() {
        0..12 => lines,
        long => vec!["…", lines[long - 1]],
    };
    lines.iter().map(|line| format!("{line}\n")).collect::<String>().replace(&today, "2025-03-01")
}

#[test]
fn the_first_session_is_as_the_readme_tells_it() {
    let (desk, readme) = (home(), readme());
    let start = readme.find(OPEN).unwrap() + OPEN.len();
    let end = start + readme[start..].find(CLOSE).unwrap();
    let mut played = String::new();
    for line in readme[start..end].lines().filter_map(|line| line.strip_prefix("$ ")) {
        let answer = called(&desk, line);
        assert_eq!(answer.code, 0, "{line}: {}", answer.err);
        let blank = if played.is_empty() { "" } else { "\n" };
        played.push_str(&format!("{blank}$ {line}\n{}", shown(&answer.out)));
    }
    golden::hold_between(&source("README.md"), OPEN, CLOSE, &played).unwrap();
}

#[test]
fn the_database_lies_where_the_readme_says() {
    let desk = home();
    assert_eq!(called(&desk, "onrecord stats").code, 0);
    let named = "onrecord/desk.db";
    assert!(readme().contains(&format!("`{named}`")), "the README names the database");
    assert!(desk.path(".local/share").join(named).is_file(), "it is not where the README says");
}

#[test]
fn exit_codes_are_those_of_the_readme() {
    let readme = readme();
    let told = "Exit codes: 0 done, 1 an error or a file that failed, 2 wrong usage, 130 stopped with Ctrl-C.";
    assert!(readme.contains(told));
    let desk = home();
    for (line, code) in
        [("onrecord stats", 0), ("onrecord show c99", 1), ("onrecord load nosuch.txt", 1), ("onrecord clams", 2)]
    {
        assert_eq!(called(&desk, line).code, code, "{line}");
    }
    // Far more than is read before the signal comes.
    std::fs::create_dir(desk.path("long")).unwrap();
    for number in 0..200 {
        desk.write(
            &format!("long/{number}.txt"),
            &format!("Pier {number} is safe, engineer Ned Ford said on Monday.\n").repeat(200),
        );
    }
    let mut child =
        desk.command(&["load", "long", "--reader", "deep"]).stderr(std::process::Stdio::null()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(400));
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let ended = child.wait().unwrap();
    // A shell says 130 of a program that the signal ended.
    assert!(ended.code() == Some(130) || std::os::unix::process::ExitStatusExt::signal(&ended) == Some(2), "{ended:?}");
}

#[test]
fn every_command_takes_json() {
    assert!(readme().contains("Every command takes `--json`"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let settings = Settings { user: "ada".into(), ..Settings::default() };
    let mut session = Session::new(Place::Memory, settings, Screen::captured(90));
    for line in [
        &format!("load {samples} --reader fast"),
        "story create tunnel text:tunnel",
        "verdict record c1 false",
        "verdict publish v1 --anyway test",
    ] {
        run_line(&mut session, line).unwrap();
    }
    for entry in registry() {
        // These run other lines, wait for an editor, end the session, take the rest of the line as it is, or write for a shell.
        if ["run", "demo", ".alias", ".edit", ".last", ".quit", "completions", "man"].contains(&entry.name) {
            continue;
        }
        let line = entry.example.replace("samples", samples).replace("desk-backup.db", &path("b.db"));
        let line = match entry.name {
            "story" => "story show tunnel".to_owned(),
            "correct" => {
                run_line(&mut session, "verdict publish v2 --anyway test").unwrap();
                line.replace("v1", "v2")
            }
            "evidence" => line.replace("v1", "v2"),
            _ => line.replace(" --as markdown", ""),
        };
        let (name, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let view = run_line(&mut session, &format!("{name} --json {rest}"));
        let view = view.unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(view.format, Some(Format::Json), "{line}");
        let out = view.render(Format::Json, &Frame::plain(90)).out;
        if !out.trim().is_empty() {
            let value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{line}: {error}: {out}"));
            super::schema::check(entry.name, &value).unwrap_or_else(|wrong| panic!("{line}: {wrong}"));
        }
        if session.is_reviewing() {
            run_line(&mut session, "quit").unwrap();
        }
    }
}
