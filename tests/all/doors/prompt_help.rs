//! The prompt helps: what people type, paste and interrupt, in a real pseudo-terminal.

#![cfg(unix)]

use crate::support::prompt::{Desk, PROMPT, answer, key, leaves_well};
use crate::support::wait;
use std::time::{Duration, Instant};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

/// How long Ctrl-C may take until the prompt is there again.
const HEEDED: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 300 });

#[test]
fn the_prompt_names_a_desk_that_is_not_the_usual_one() {
    let desk = Desk::new();
    for (name, prompt) in [("", "onrecord> "), ("talks.db", "onrecord (talks)> "), (":memory:", PROMPT)] {
        let mut session = desk.start_on(name, 40, "NO_COLOR=1 PAGER=");
        session.exp_string(prompt).unwrap();
        session.send_line(".open :memory:").unwrap();
        // The prompt is drawn anew with each key: only after the answer is it the next one.
        session.exp_string("\n:memory:").unwrap();
        session.exp_string(PROMPT).unwrap();
        leaves_well(session);
    }
}

#[test]
fn leaving_a_desk_in_memory_that_holds_work_asks_once_and_names_backup() {
    let desk = Desk::new();
    for leave in [".quit", "quit;", ".open other.db"] {
        let mut session = desk.plain();
        session
            .send_line(&format!("load {SAMPLES}/2024-02-06_northern-wire_tunnel-announced.txt --reader fast"))
            .unwrap();
        answer(&mut session);
        session.send_line(leave).unwrap();
        let asked = answer(&mut session);
        assert!(asked.contains("only in memory") && asked.contains(".backup"), "{asked}");
        session.send_line(leave).unwrap();
        if leave.starts_with(".open") {
            session.exp_string("onrecord (other)> ").unwrap();
            session.send_control('d').unwrap();
        }
        session.exp_eof().unwrap();
    }
    // An empty desk, and one that was copied, are left at once.
    let mut session = desk.plain();
    session.send_line("stats").unwrap();
    answer(&mut session);
    session.send_line(".quit").unwrap();
    session.exp_eof().unwrap();
    let mut session = desk.plain();
    session.send_line(&format!("load {SAMPLES}/2024-02-06_northern-wire_tunnel-announced.txt --reader fast")).unwrap();
    answer(&mut session);
    session.send_line(".backup kept.db").unwrap();
    answer(&mut session);
    session.send_line(".quit").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn the_demo_comes_back_to_the_desk_one_came_from() {
    let desk = Desk::new();
    let mut session = desk.plain();
    session.send_line(&format!("load {SAMPLES}/2024-02-06_northern-wire_tunnel-announced.txt --reader fast")).unwrap();
    answer(&mut session);
    session.send_line("demo").unwrap();
    session.exp_string("You are back on your desk").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line(".sql \"SELECT count(*) AS articles FROM article\"").unwrap();
    session.exp_string(" 1\r\n").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn lines_pasted_without_brackets_are_all_run() {
    let desk = Desk::new();
    let mut session = desk.plain();
    key(
        &mut session,
        ".sql \"SELECT 11 AS one\"\n.sql \"SELECT 22 AS two\"\n.sql \"SELECT 33 AS three\"\n.sql \"SELECT 44 AS four\"\n",
    );
    for number in ["one", "two", "three", "four"] {
        session.exp_string(&format!("{number}\r\n")).unwrap();
    }
    session.exp_string("44").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn a_bad_byte_in_the_history_costs_one_line() {
    let desk = Desk::new();
    let folder = desk.path().join(".local/state/onrecord");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("history"), b"#V2\nhelp dates\nfind \xff\xfe\n.mode list\n").unwrap();
    let mut session = desk.plain();
    key(&mut session, "\u{1b}[A");
    session.exp_string(".mode list").unwrap();
    key(&mut session, "\u{1b}[A");
    session.exp_string("help dates").unwrap();
    session.send_control('c').unwrap();
    answer(&mut session);
    session.send_line("stats").unwrap();
    answer(&mut session);
    leaves_well(session);
    let kept = std::fs::read_to_string(folder.join("history")).unwrap();
    assert!(kept.contains("help dates") && kept.contains(".mode list") && kept.contains("stats"), "{kept}");
}

#[test]
fn a_pasted_article_is_offered_to_load_and_load_says_how_to_end() {
    let desk = Desk::new();
    let mut session = desk.plain();
    key(
        &mut session,
        "\u{1b}[200~The port stays open\n\n“It will stay open,” Minister Ada Brook said on Monday.\n\nShe left.\n\u{1b}[201~\r",
    );
    let offered = answer(&mut session);
    assert!(offered.contains("load -") && offered.matches("error:").count() == 1, "{offered}");
    session.send_line("load - --date 2031-06-02 --reader fast").unwrap();
    let loaded = answer(&mut session);
    assert!(loaded.contains("1 article added, 1 claim"), "{loaded}");
    session.send_line("load - --reader fast").unwrap();
    session.exp_string("Ctrl-D on a line of its own").unwrap();
    session.send_line("“The bridge is safe,” engineer Ann Baker said on Monday.").unwrap();
    session.send_control('d').unwrap();
    session.exp_string("1 article added, 1 claim").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}

#[test]
fn a_deep_load_stops_after_the_file_at_hand_and_keeps_what_was_read() {
    let desk = Desk::new();
    let folder = desk.path().join("some");
    std::fs::create_dir(&folder).unwrap();
    let words = |number: usize| {
        format!(
            "Ferry {number}\n\n“Ferry {number} will sail,” Ada Brook said on Monday. Brook denied that it is old.\n\n"
        )
        .repeat(40)
    };
    for number in 0..19 {
        std::fs::write(folder.join(format!("{number:02}.txt")), words(number)).unwrap();
    }
    let mut session = desk.plain();
    session.send_line("load some --date 2031-06-01").unwrap();
    session.exp_regex("[1-9]/19").unwrap();
    let asked = Instant::now();
    session.send_control('c').unwrap();
    session.exp_string("stopped with").unwrap();
    session.exp_string(PROMPT).unwrap();
    wait::within(HEEDED, asked, "stopping a load");
    session.send_line(".sql \"SELECT count(*) > 0 AS kept, count(*) < 19 AS stopped FROM article\"").unwrap();
    let kept = answer(&mut session);
    assert!(kept.lines().any(|line| line.split_whitespace().eq(["1", "1"])), "{kept}");
    leaves_well(session);
}

#[test]
fn what_people_type_leads_to_the_command() {
    let desk = Desk::new();
    let mut session = desk.plain();
    session.send_line(&format!("load ~/articles/*.txt {SAMPLES} --reader fast")).unwrap();
    let error = answer(&mut session);
    assert!(error.contains("no file matches"), "{error}");
    session.send_line(&format!("LOAD {SAMPLES} --reader fast;")).unwrap();
    answer(&mut session);
    for (line, expected) in [
        ("Whitlock", "claims speaker:Whitlock"),
        ("Northern Wire", "articles outlet:\"Northern Wire\""),
        ("verdict c1 false", "verdict record c1 false"),
        ("claims speaker=Whitlock", "speaker:Whitlock"),
        ("claims | less", ".pager on"),
        ("help verdict record", "Record a verdict"),
        ("c1", "tunnel"),
        ("who Orlova", "Lena Orlova"),
        ("search crowns", "crowns"),
        (".tables", "claim_words"),
    ] {
        session.send_line(line).unwrap();
        let shown = answer(&mut session);
        assert!(shown.contains(expected), "{line}: {shown}");
    }
    leaves_well(session);
}

#[test]
fn a_story_shows_what_it_would_take_before_it_takes_it() {
    let desk = Desk::new();
    let mut session = desk.plain();
    session.send_line(&format!("load {SAMPLES} --reader fast")).unwrap();
    answer(&mut session);
    session.send_line("story create port text:port").unwrap();
    session.exp_string("Create the story port with these? [Y/n]").unwrap();
    session.send_line("n").unwrap();
    session.exp_string("nothing was created").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line("story create port text:port").unwrap();
    session.exp_string("[Y/n]").unwrap();
    session.send_line("").unwrap();
    session.exp_string("story remove s1").unwrap();
    session.exp_string(PROMPT).unwrap();
    leaves_well(session);
}
