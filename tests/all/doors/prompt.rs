//! The prompt as a person has it: the real program in a real pseudo-terminal.
//!
//! Every test waits for what it expects before it sends the next key, and has a home of its own.

#![cfg(unix)]

use crate::support::prompt::{Desk, PROMPT, answer, key, leaves_well};

#[test]
fn a_new_person_is_greeted_and_ctrl_d_leaves() {
    let desk = Desk::new();
    let mut session = desk.start(40, "NO_COLOR=1 PAGER=");
    let greeting = session.exp_string(PROMPT).unwrap();
    assert!(greeting.contains("Welcome") && greeting.contains("help"), "{greeting}");
    session.send_line(".mode list").unwrap();
    answer(&mut session);
    leaves_well(session);
    let mut session = desk.start(40, "NO_COLOR=1 PAGER=");
    let greeting = session.exp_string(PROMPT).unwrap();
    assert!(!greeting.contains("Welcome"), "somebody known is not greeted anew: {greeting}");
    leaves_well(session);
}

#[test]
fn tab_completes_commands_files_and_flags() {
    let desk = Desk::new();
    std::fs::write(desk.path().join("harbour report.txt"), "“We will sail,” Ada Brook said.\n").unwrap();
    let mut session = desk.plain();
    key(&mut session, "extr\t");
    session.exp_string("extract ").unwrap();
    key(&mut session, "harb\t");
    session.exp_string("extract \"harbour report.txt\" ").unwrap();
    key(&mut session, "--form\t");
    session.exp_string("--format ").unwrap();
    key(&mut session, "jsonl\r");
    let answer = answer(&mut session);
    assert!(answer.contains("harbour report.txt") && !answer.contains("error:"), "{answer}");
    leaves_well(session);
}

#[test]
fn history_is_kept_across_sessions() {
    let desk = Desk::new();
    let mut session = desk.plain();
    session.send_line(".mode list").unwrap();
    answer(&mut session);
    session.send_line("help dates").unwrap();
    answer(&mut session);
    leaves_well(session);
    assert!(desk.path().join(".local/state/onrecord/history").is_file());
    let mut session = desk.plain();
    key(&mut session, "\u{1b}[A");
    session.exp_string("help dates").unwrap();
    key(&mut session, "\u{1b}[A");
    session.exp_string(".mode list").unwrap();
    session.send_control('c').unwrap();
    answer(&mut session);
    leaves_well(session);
}

#[test]
fn ctrl_c_clears_the_line_and_ends_nothing() {
    let desk = Desk::new();
    let mut session = desk.plain();
    key(&mut session, "nonsense that is not run");
    session.exp_string("not run").unwrap();
    session.send_control('c').unwrap();
    let after = answer(&mut session);
    assert!(!after.contains("error"), "{after}");
    session.send_control('c').unwrap();
    session.exp_string("leaves").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line(".mode").unwrap();
    session.exp_string("table").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn ctrl_c_during_a_load_keeps_what_is_stored_and_the_prompt() {
    let desk = Desk::new();
    let folder = desk.path().join("many");
    std::fs::create_dir(&folder).unwrap();
    let article = "“The ferry will sail,” Ada Brook said on Monday. Brook denied that it is old.\n\n".repeat(100);
    for number in 0..3_000 {
        std::fs::write(folder.join(format!("{number:04}.txt")), format!("Ferry {number}\n\n{article}")).unwrap();
    }
    let mut session = desk.plain();
    session.send_line("load many --date 2031-06-01").unwrap();
    // The bar of progress says that an article is stored.
    session.exp_regex("[1-9][0-9,]*/3,000").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("stopped").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line(".sql \"SELECT count(*) > 0 AS kept, count(*) < 3000 AS stopped FROM article\"").unwrap();
    let kept = answer(&mut session);
    assert!(kept.lines().any(|line| line.split_whitespace().eq(["1", "1"])), "{kept}");
    leaves_well(session);
}

#[test]
fn tab_completes_what_the_desk_holds() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut session = desk.plain();
    session.send_line(&format!("load {samples}/2024-02-06_northern-wire_tunnel-announced.txt")).unwrap();
    answer(&mut session);
    key(&mut session, "show a\t");
    session.exp_string("show a1 ").unwrap();
    session.send_control('c').unwrap();
    answer(&mut session);
    key(&mut session, "claims outlet:no\t");
    session.exp_string("outlet:\"Northern Wire\" ").unwrap();
    key(&mut session, "\r");
    let listed = answer(&mut session);
    assert!(!listed.contains("error:"), "{listed}");
    leaves_well(session);
}

#[test]
fn an_open_quotation_goes_on_in_the_next_line() {
    let desk = Desk::new();
    let mut session = desk.plain();
    key(&mut session, "compare “The ferry will sail.\r");
    session.exp_string("continues until").unwrap();
    key(&mut session, "It is new.” “The ferry will not sail.”\r");
    let answer = answer(&mut session);
    assert!(!answer.contains("error:"), "{answer}");
    leaves_well(session);
}

#[test]
fn long_output_is_paged_and_short_output_is_not() {
    let desk = Desk::new();
    let mut session = desk.start(12, "NO_COLOR=1 PAGER='sed s/^/paged:/'");
    session.exp_string(PROMPT).unwrap();
    session.send_line(".mode").unwrap();
    let short = answer(&mut session);
    assert!(!short.contains("paged:"), "{short}");
    session.send_line("help").unwrap();
    session.exp_string("paged:").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn colours_are_shown_on_a_terminal_unless_unwanted() {
    let desk = Desk::new();
    let mut session = desk.start(40, "PAGER=");
    session.exp_string("\u{1b}[1monrecord (memory)>\u{1b}[0m ").unwrap();
    session.send_line("nonsense").unwrap();
    session.exp_string("\u{1b}[31m").unwrap();
    session.exp_string("\u{1b}[?2004l").unwrap();
    session.exp_string("onrecord (memory)>").unwrap();
    session.send_control('d').unwrap();
    session.exp_eof().unwrap();

    let mut session = desk.start(40, "NO_COLOR=1 PAGER=");
    session.exp_string(PROMPT).unwrap();
    session.send_line("nonsense").unwrap();
    let answer = answer(&mut session);
    assert!(answer.contains("unknown command") && !answer.contains("\u{1b}[3"), "{answer:?}");
    leaves_well(session);
}

#[test]
fn pipes_get_neither_prompt_nor_colours() {
    let desk = Desk::new();
    let run = assert_cmd::Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .env_clear()
        .env("HOME", desk.path())
        .env("ONRECORD_DB", ":memory:")
        .write_stdin("help\nnonsense\n")
        .assert()
        .failure();
    let output = run.get_output();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.contains("extract") && !out.contains("onrecord>") && !out.contains('\u{1b}'), "{out}");
    assert!(err.contains(":2: unknown command `nonsense`") && !err.contains('\u{1b}'), "{err}");
}

#[test]
fn a_review_goes_by_single_keys_and_goes_on_where_it_stopped() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut session = desk.plain();
    session.send_line(&format!("load {samples}")).unwrap();
    answer(&mut session);
    session.send_line("review --only contradiction").unwrap();
    session.exp_string("13 suggestions left").unwrap();
    key(&mut session, "y");
    session.exp_string("confirmed").unwrap();
    session.exp_string("12 suggestions left").unwrap();
    key(&mut session, "u");
    session.exp_string("13 suggestions left").unwrap();
    key(&mut session, "x");
    key(&mut session, "s");
    session.exp_string("put off").unwrap();
    session.exp_string("12 suggestions left").unwrap();
    key(&mut session, "n");
    session.exp_string("rejected").unwrap();
    session.exp_string("11 suggestions left").unwrap();
    // A slip of the reader is mended on the spot.
    key(&mut session, "e");
    session.exp_string("correct> ").unwrap();
    key(&mut session, "kind promise\r");
    session.exp_string("promise").unwrap();
    session.exp_string("11 suggestions left").unwrap();
    key(&mut session, "q");
    session.exp_string("0 confirmed, 1 rejected, 1 put off, 11 left").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line("review --only contradiction").unwrap();
    session.exp_string("12 suggestions left").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("12 left").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn ctrl_c_stops_a_long_question_and_returns_to_the_prompt() {
    let desk = Desk::new();
    let mut session = desk.plain();
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    session.send_line(&format!(".sql \"{endless}\"")).unwrap();
    session.exp_string("\u{1b}[?2004l").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    session.send_control('c').unwrap();
    session.exp_string("stopped").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line(".sql \"SELECT 6 * 7 AS answer\"").unwrap();
    session.exp_string("42").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn a_pasted_quotation_of_many_lines_is_one_command() {
    let desk = Desk::new();
    let mut session = desk.plain();
    key(
        &mut session,
        "\u{1b}[200~compare “The ferry will sail.\nIt is new.\nIt is safe.” “The ferry will not sail.”\u{1b}[201~\r",
    );
    let answer = answer(&mut session);
    assert!(!answer.contains("error:") && answer.contains("contradiction"), "{answer}");
    leaves_well(session);
}

#[test]
fn the_startup_file_is_run_and_its_aliases_hold() {
    let desk = Desk::new();
    let folder = desk.path().join(".config/onrecord");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("startup.onrecord"), ".alias seven .sql \"SELECT 7 AS seven\"\nnonsense\n").unwrap();
    let mut session = desk.start(40, "NO_COLOR=1 PAGER=");
    let greeting = session.exp_string(PROMPT).unwrap();
    assert!(greeting.contains("startup.onrecord:2: unknown command"), "{greeting}");
    session.send_line("seven").unwrap();
    session.exp_string("seven\r\n").unwrap();
    session.exp_string("7").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn the_prompt_says_that_a_named_desk_is_new() {
    let desk = Desk::new();
    let mut session = desk.start_on("other.db", 24, "NO_COLOR=1");
    let greeting = session.exp_string("onrecord (other)> ").unwrap();
    assert!(greeting.contains("new desk other.db"), "{greeting}");
    session.send_line("claims").unwrap();
    let told = session.exp_string("onrecord (other)> ").unwrap();
    assert!(told.contains("it is a new, empty desk now"), "{told}");
    leaves_well(session);
}
