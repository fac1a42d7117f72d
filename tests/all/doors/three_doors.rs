//! Every command through all three doors: the command line, a script, and the prompt in a real terminal give the same.
//!
//! Each example of the registry runs on a copy of one desk, as JSON. What has no result of its own (the shell's switches),
//! begins a desk of its own (the demo) or opens an editor is left to the recorded sessions.

#![cfg(unix)]

use crate::support::workplace;
use onrecord::commands::registry;
use rexpect::session::spawn_command;
use std::path::Path;
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_onrecord");

/// A desk on which every example finds what it needs.
const SEED: &str = "load samples
story create tunnel text:tunnel
verdict record c1 false
verdict publish v1 --anyway \"only a test\"
undo
redo
tag add harbour c9
";

fn program(db: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(workplace()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", db.parent().unwrap());
    command.env("ONRECORD_DB", db).env("ONRECORD_TODAY", "2025-03-01").env("ONRECORD_USER", "ada");
    command.env("NO_COLOR", "1").env("PAGER", "").env("COLUMNS", "90").env("TERM", "xterm");
    command
}

fn piped(db: &Path, script: &str) -> String {
    use std::io::Write;
    let mut child = program(db).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

fn called(db: &Path, line: &str) -> String {
    let words = onrecord::commands::line::split(line).unwrap();
    let output = program(db).args(words.into_iter().map(|word| word.text)).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Enters a line at the prompt and returns what it shows.
fn entered(db: &Path, line: &str) -> String {
    let mut session = spawn_command(program(db), Some(30_000)).unwrap();
    // The prompt names a desk that is not the usual one.
    let prompt = format!("onrecord ({})> ", db.file_stem().unwrap().to_string_lossy());
    session.exp_string(&prompt).unwrap();
    session.send_line(line).unwrap();
    session.exp_string("\u{1b}[?2004l").unwrap();
    let shown = session.exp_string(&prompt).unwrap();
    session.send_control('d').unwrap();
    session.exp_eof().unwrap();
    // The terminal's bytes come one a character; a bar of progress is drawn over by what follows a carriage return.
    let bytes: Vec<u8> = shown.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let last = |line: &str| line.rsplit(['\r', 'K']).next().unwrap_or_default().to_owned();
    text.lines().map(|line| if line.contains('\u{1b}') { last(line) } else { line.to_owned() } + "\n").collect()
}

/// The first JSON value of a text, without what changes from run to run: moments, and the hash of nothing.
fn first_json(text: &str) -> Option<serde_json::Value> {
    fn still(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                for name in ["at", "decided_at"] {
                    fields.remove(name);
                }
                fields.values_mut().for_each(still);
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(still),
            _ => {}
        }
    }
    let start = text.find(['{', '['])?;
    let mut value = serde_json::Deserializer::from_str(&text[start..]).into_iter().next()?.ok()?;
    still(&mut value);
    Some(value)
}

#[test]
fn every_command_gives_the_same_through_every_door() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.db");
    piped(&seed, SEED);
    let left_out = ["demo", "run", "report", "completions", "man", "stats"];
    let mut wrong = Vec::new();
    for entry in registry().iter().filter(|entry| !entry.name.starts_with('.') && !left_out.contains(&entry.name)) {
        let line = if entry.name == "story" { "story show tunnel" } else { entry.example };
        let line = format!("{line} --json");
        let copy = |door: &str| {
            let db = folder.path().join(format!("{}-{door}.db", entry.name));
            std::fs::copy(&seed, &db).unwrap();
            db
        };
        let answers = [
            called(&copy("line"), &line),
            piped(&copy("script"), &format!("{line}\n")),
            // At the prompt a review waits for keys; it has a test of its own.
            if entry.name == "review" { called(&copy("prompt"), &line) } else { entered(&copy("prompt"), &line) },
        ];
        let values = answers.each_ref().map(|text| first_json(text));
        if values[0].is_none() || values[0] != values[1] || values[0] != values[2] {
            wrong.push(format!("{line}\n{}", answers.join("\n---\n")));
        }
    }
    assert!(wrong.is_empty(), "doors that differ:\n{}", wrong.join("\n\n"));
}
