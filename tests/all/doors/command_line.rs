//! The program as it is called: the three doors give the same, errors have their codes, streams are kept apart.

use crate::support::workplace;
use assert_cmd::Command;
use predicates::prelude::*;

fn onrecord() -> Command {
    let mut command = Command::cargo_bin("onrecord").unwrap();
    command.current_dir(workplace()).env("ONRECORD_DB", ":memory:").env("COLUMNS", "90");
    command.env("ONRECORD_TODAY", "2025-03-01").env("ONRECORD_USER", "ada").env_remove("NO_COLOR");
    command
}

#[test]
fn command_line_and_script_answer_alike() {
    let line = ["compare", "The port will stay open", "The port will not stay open", "--json"];
    let called = onrecord().args(line).assert().success().get_output().stdout.clone();
    let script = "compare \"The port will stay open\" “The port will not stay open” --json\n";
    let piped = onrecord().write_stdin(script).assert().success().get_output().stdout.clone();
    assert_eq!(String::from_utf8(called).unwrap(), String::from_utf8(piped).unwrap());
}

#[test]
fn errors_have_their_codes_and_stay_off_standard_output() {
    onrecord().arg("clams").assert().code(2).stdout("").stderr(predicate::str::contains("did you mean `claims`"));
    onrecord().args(["show", "zz"]).assert().code(2).stderr(predicate::str::contains("invalid id"));
    onrecord().args(["show", "c99"]).assert().code(1).stdout("").stderr(predicate::str::contains("c99"));
    onrecord().args(["load", "nosuch.txt"]).assert().code(1).stdout(predicate::str::contains("failed"));
    onrecord()
        .args(["--db", "samples/factchecks.jsonl", "stats"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("not a database"));
}

#[test]
fn a_script_names_the_line_it_stops_at() {
    let script = "stats\n\nnonsense\nhelp codes\n";
    let stopped = onrecord().write_stdin(script).assert().code(2);
    stopped.stderr(predicate::str::contains("standard input:3:")).stdout(predicate::str::contains("Exit codes").not());
    let went_on = onrecord().arg("--keep-going").write_stdin(script).assert().code(1);
    went_on.stdout(predicate::str::contains("Exit codes"));
}

#[test]
fn extract_reads_json_lines_and_needs_no_desk() {
    let lines =
        "{\"id\":\"x1\",\"text\":\"The tunnel will open in 2027, minister Ada Brook said on Monday.\"}\n\n{\"id\":2}\n";
    let mut command = onrecord();
    command.env("ONRECORD_DB", "/nonexistent/desk.db").args(["extract", "-", "--format", "jsonl"]);
    let output = command
        .write_stdin(lines)
        .assert()
        .code(1)
        .stderr(predicate::str::contains("standard input:3"))
        .get_output()
        .clone();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["id"], "x1");
        assert!(
            row["content"]["spans"].is_array() && row["cue"]["spans"].is_array() && row["score"].is_number(),
            "{row}"
        );
    }
}

#[test]
fn the_demo_runs_without_a_terminal() {
    onrecord().arg("demo").assert().success().stdout(predicate::str::contains("articles added"));
}

#[test]
fn a_command_that_reads_makes_no_desk_of_a_name_that_may_be_a_slip() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nodir").join("x.db");
    let on = |arguments: &[&str]| {
        let mut command = onrecord();
        command.env("ONRECORD_DB", &file).args(arguments);
        command
    };
    for reads in [&["claims"][..], &["contradictions"], &["report"], &["export"], &["speaker", "list"], &["show", "c1"]]
    {
        let refused = on(reads).assert().code(1).stdout("");
        refused.stderr(predicate::str::contains("there is no desk").and(predicate::str::contains("load FILE")));
    }
    on(&["claims", "--as-of", "2024-01-01"]).assert().code(1);
    on(&["confirm", "m1"]).assert().code(1).stderr(predicate::str::contains("there is no desk"));
    onrecord().env_remove("ONRECORD_DB").args(["claims", "--db"]).arg(&file).assert().code(1);
    onrecord().env("ONRECORD_DB", &file).write_stdin("claims\n").assert().code(1);
    assert!(!folder.path().join("nodir").exists(), "nothing was made");
    // What needs no desk does not ask for one, and what begins one makes it.
    on(&["help", "load"]).assert().success();
    let other = folder.path().join("y.db");
    onrecord().env("ONRECORD_DB", &other).args(["outlet", "set", "a.example", "Post"]).assert().success();
    onrecord().env("ONRECORD_DB", &other).args(["claims"]).assert().success();
}

#[test]
fn a_quotation_left_open_in_a_script_is_an_error_of_its_line_alone() {
    let script = "claims \"speaker:Holm\nhelp codes\ncompare a \\\nb\n";
    let stopped = onrecord().arg("--keep-going").write_stdin(script).assert().code(1);
    stopped
        .stderr(
            predicate::str::contains("standard input:1: the quotation that")
                .and(predicate::str::contains("one line failed")),
        )
        .stdout(predicate::str::contains("Exit codes").and(predicate::str::contains("unrelated  by their words")));
}

#[test]
fn setting_the_mode_writes_nothing_into_the_stream() {
    let json =
        onrecord().write_stdin(".mode json\n.timer off\nclaims\n").assert().success().get_output().stdout.clone();
    assert_eq!(String::from_utf8(json).unwrap().trim(), "[]");
}
