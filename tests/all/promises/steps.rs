//! One command is one step: one operation, and one `undo` that gives the desk of before.

use crate::support::desk::{Desk, answer, is_operation};
use onrecord::commands::registry;
use std::io::Write;
use std::process::Stdio;

/// What is done before, and a line that does several things at once.
const WRITES: &[(&str, &str)] = &[
    ("", "load new.txt more.txt --reader fast"),
    ("", "reread a1 a2 --reader fast"),
    ("", "edit a1 --title T --outlet O --byline B --date 2024-02-09 --url https://a.example/1"),
    ("", "edit speaker:Whitlock --kind promise"),
    ("", "drop speaker:Whitlock"),
    ("", "speaker rename Whitlock \"Ann Whitlock\""),
    ("speaker alias Whitlock fox", "speaker alias Whitlock fox --remove"),
    ("speaker title Whitlock chair", "speaker title Whitlock chair --remove"),
    ("verdict record c1 false x --link https://a.example/1", "evidence drop e1"),
    ("", "edit c1 --kind promise --said 2024-01-02 --speaker Whitlock"),
    ("", "add a1 \"the tunnel\" --place 1 --speaker Whitlock"),
    ("", "split c3 \"throughout the works\""),
    ("", "merge c4 c5"),
    ("", "drop c2 c6"),
    ("", "drop a2 c1"),
    ("", "speaker aliases Whitlock \"the old fox\""),
    ("", "speaker title Whitlock \"chair of the board\" --from 2024-01-01"),
    ("", "speaker merge p1 p2"),
    ("", "speaker apart p3 p4"),
    ("", "speaker split Whitlock c1 --name \"Whitlock (engineer)\""),
    ("", "speaker speaks-for p3 p5"),
    ("", "confirm m1 m2 m3 --note \"all three\""),
    ("", "confirm c1 c7 --note \"he said otherwise\""),
    ("reject m1", "confirm c1 c7 --as repeat"),
    ("", "reject m1 m2"),
    ("", "verdict record c1 false \"It was more.\" --link https://auditor.example/tunnel"),
    ("verdict record c1 false x", "verdict submit v1"),
    ("verdict record c1 false x", "verdict publish v1 --anyway \"a test\""),
    ("verdict record c1 false x", "evidence add v1 --link https://a.example/1 --note one"),
    ("verdict record c1 false x", "evidence add v1 --asked \"by letter, 4 March\""),
    (
        "verdict record c1 false x\nverdict publish v1 --anyway \"a test\"",
        "correct v1 \"mostly false\" \"It was less.\" --anyway \"a test\"",
    ),
    ("", "story create port text:port"),
    ("story create tunnel text:tunnel", "story add tunnel a1 c40 c41"),
    ("story create tunnel text:tunnel", "story remove tunnel a1 c41"),
    ("story create tunnel text:tunnel", "story suggest tunnel --not c20 a4"),
    ("story create tunnel text:tunnel\nstory create talks a3 c40", "story merge talks tunnel"),
    ("story create talks a3 c40", "story split talks --as peace c40 speaker:Orlova"),
    ("", "tag add budget c1 c2 a2"),
    ("tag add budget c1 a2", "tag remove budget c1 a2"),
    ("", "note c1 \"look again\""),
    ("note c1 \"look again\"", "note n1 --remove"),
    ("", "filter save mine speaker:Whitlock"),
    ("filter save mine speaker:Whitlock", "filter forget mine"),
    ("", "feed add https://a.example/feed.xml --name post"),
    ("feed add https://a.example/feed.xml", "feed remove a.example"),
    ("", "outlet set a.example Post"),
    ("outlet set a.example Post", "outlet forget a.example"),
    ("", "import claims checks.jsonl --origin \"Kestria Check\""),
    ("", "import checks checks.jsonl --origin \"Kestria Check\""),
    ("tag add budget c1\ndrop c2", "restore o1"),
];

/// Commands that leave the journal alone: they read, set the shell, run other lines, or are the journal's own.
const OTHERS: &[&str] = &[
    "extract",
    "convert",
    "new",
    "articles",
    "read",
    "revisions",
    "claims",
    "show",
    "find",
    "match",
    "checked",
    "contradictions",
    "positions",
    "new",
    "compare",
    "review",
    "why",
    "check",
    "timeline",
    "report",
    "export",
    "reindex",
    "doctor",
    "stats",
    "undo",
    "redo",
    "log",
    "run",
    "demo",
    "help",
    ".mode",
    ".output",
    ".once",
    ".open",
    ".backup",
    ".history",
    ".last",
    ".edit",
    ".alias",
    ".set",
    ".timer",
    ".bail",
    ".pager",
    ".sql",
    "completions",
    "man",
    ".quit",
];

fn script(desk: &Desk, lines: &str) -> crate::support::desk::Answer {
    let mut child =
        desk.command(&[]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    answer(&child.wait_with_output().unwrap())
}

fn operations(desk: &Desk) -> usize {
    desk.export().lines().filter(|line| is_operation(line)).count()
}

fn copy_of(desk: &Desk) -> Desk {
    let copy = Desk::new();
    for name in ["d.db", "new.txt", "more.txt", "checks.jsonl"] {
        std::fs::copy(desk.path(name), copy.path(name)).unwrap();
    }
    copy
}

fn base() -> Desk {
    let desk = Desk::with_samples();
    desk.write("new.txt", "Title: The quay\n\nThe quay will open in May, minister Ada Brook said on Monday.\n");
    desk.write("more.txt", "Title: The crane\n\n“The crane is safe,” engineer Ned Ford said on Monday.\n");
    let checks = crate::support::source("samples/factchecks.jsonl");
    std::fs::copy(checks, desk.path("checks.jsonl")).unwrap();
    desk.run(&[".sql", "select 1"]);
    desk
}

#[test]
fn each_command_that_writes_is_one_operation_and_one_undo() {
    let base = base();
    let mut failed = Vec::new();
    for (before, line) in WRITES {
        let desk = copy_of(&base);
        if !before.is_empty() {
            let prepared = script(&desk, before);
            assert_eq!(prepared.code, 0, "{before}: {}", prepared.err);
        }
        let (was, count) = (desk.state(), operations(&desk));
        let done = script(&desk, line);
        if done.code != 0 {
            failed.push(format!("{line}: {}", done.err));
            continue;
        }
        if operations(&desk) != count + 1 {
            failed.push(format!("{line}: {} operations", operations(&desk) - count));
        }
        let unseen =
            ["reread", "speaker apart", "speaker speaks-for", "note n1", "import checks", "outlet", "story suggest"];
        if desk.state() == was && !unseen.iter().any(|act| line.starts_with(act)) {
            failed.push(format!("{line}: changed nothing that is exported"));
        }
        let undone = script(&desk, "undo");
        if undone.code != 0 || desk.state() != was {
            let now = desk.state();
            let odd = now.lines().zip(was.lines()).find(|(now, was)| now != was);
            failed.push(format!("{line}: `undo` gives another desk: {odd:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_table_of_commands_that_write_is_whole() {
    for entry in registry() {
        let writes = WRITES.iter().any(|(_, line)| line.split(' ').next() == Some(entry.name));
        assert_ne!(writes, OTHERS.contains(&entry.name), "{}: does it write?", entry.name);
    }
}

#[test]
fn commands_that_only_read_leave_no_trace() {
    let desk = base();
    let before = desk.export();
    for entry in registry().iter().filter(|entry| OTHERS.contains(&entry.name)) {
        // These change files, the shell or the journal, or run other lines.
        if ["undo", "redo", "run", "demo", "review", ".backup", ".edit", "reindex", "doctor"].contains(&entry.name) {
            continue;
        }
        script(&desk, entry.example);
        assert_eq!(desk.export(), before, "{}", entry.example);
    }
}

#[test]
fn a_command_that_fails_half_way_keeps_nothing() {
    let desk = base();
    let before = desk.state();
    for line in
        ["confirm m1 m9999", "verdict record c1 false x --link nonsense", "story add nosuch c1", "tag add x c1 c9999"]
    {
        assert_ne!(script(&desk, line).code, 0, "{line}");
        assert_eq!(desk.state(), before, "{line}");
    }
}

#[test]
fn undo_is_a_persons_own_and_names_whose_it_was() {
    let desk = base();
    desk.run(&["tag", "add", "mine", "c1"]);
    let theirs = desk.call_as("ben", &["tag", "add", "theirs", "c2"]);
    assert_eq!(theirs.code, 0);
    // Ada's undo takes back hers, though Ben's came later.
    assert!(desk.run(&["undo"]).contains("mine"));
    let rows = desk.rows(&["log"]);
    let ben = rows.iter().find(|row| row["by"] == "ben").unwrap();
    assert_eq!(ben["undone"], false, "another's act was taken back");
    let id = ben["id"].as_str().unwrap();
    let asked = desk.call(&["undo", id]);
    assert!(asked.err.contains("ben"), "it is not told whose it was: {}{}", asked.out, asked.err);
    let nobody = desk.call_as("cleo", &["undo"]);
    assert!(nobody.err.contains("ada") || nobody.err.contains("ben"), "{}", nobody.err);
}

#[test]
fn redo_shows_the_row_as_it_is_then() {
    let desk = base();
    desk.run(&["tag", "add", "mine", "c1"]);
    assert_eq!(desk.rows(&["undo"])[0]["undone"], true);
    assert_eq!(desk.rows(&["redo"])[0]["undone"], false);
    assert!(desk.run(&["tag", "list"]).contains("mine"));
}
