//! What the program says is so: drafts are called drafts, a report says what it looked at and no more, an export holds what was
//! asked for, and a slip of the pen makes nothing.

use crate::support::desk::{Desk, answer};
use crate::support::wait::scaled;
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

const BACKS: &str = "Title: Mayor backs quay\nOutlet: Larn Post\nDate: 2024-01-10\n\nMayor Ada Holm said on Wednesday that she supported the new quay. The band played.\n\nCouncillor Paul Dahl said the quay would cost 650 million crowns.\n\n\"I oppose the quay,\" Dahl said.\n";
const DROPS: &str = "Title: Mayor drops quay\nOutlet: Larn Post\nDate: 2024-05-20\n\nMayor Ada Holm said on Monday that she no longer supported the new quay. The band left.\n\nCouncillor Paul Dahl said he favoured the quay.\n\n\"Ada told me in January, 'The quay will be built,'\" Dahl said.\n";

/// Two articles in which a mayor changes her mind; the change is confirmed, both are one story.
fn quay() -> Desk {
    let desk = Desk::new();
    for (name, text) in [("a.txt", BACKS), ("b.txt", DROPS)] {
        desk.run(&["load", &desk.write(name, text), "--reader", "fast"]);
    }
    let ids: Vec<String> =
        desk.rows(&["contradictions", "speaker:Holm"]).iter().map(|row| row["id"].as_str().unwrap().into()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    desk.run(&["confirm", &ids[0]]);
    desk.run(&["story", "create", "quay"]);
    desk.run(&["story", "add", "quay", "a1", "a2"]);
    desk
}

/// The claim that holds some words.
fn claim(desk: &Desk, words: &str) -> String {
    let rows = desk.rows(&["claims"]);
    let found = rows.iter().find(|row| row["words"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("no claim holds `{words}`: {rows:?}"))["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_report_finds_the_words_of_change_and_parts_paragraphs() {
    let desk = quay();
    let report = desk.run(&["report", "story:quay", "--as", "markdown"]);
    assert!(report.contains("The later statement tells of a change itself: “no longer”."), "{report}");
    assert!(!report.contains("does not call it a change"), "{report}");
    let all = desk.run(&["report", "speaker:Dahl", "--suggested", "--as", "markdown"]);
    assert!(all.contains("650 million crowns. ¶ \"I oppose the quay,\" Dahl said."), "{all}");
    let own = desk
        .write("c.txt", "Title: Clerk on boats\nDate: 2024-02-01\n\nClerk Ben Reed said he supported the old ferry.\n");
    let other =
        desk.write("d.txt", "Title: Clerk again\nDate: 2024-03-01\n\nClerk Ben Reed said he opposed the old ferry.\n");
    desk.run(&["load", &own, &other, "--reader", "fast"]);
    let report = desk.run(&["report", "speaker:Reed", "--suggested", "--as", "markdown"]);
    let looked = "No word of a change was found in the later statement, the sentences around it or the headline.";
    assert!(report.contains(looked), "{report}");
    assert!(!report[..report.find("How the program found it").unwrap()].contains(looked), "it stands small: {report}");
}

#[test]
fn the_table_of_positions_tells_what_reverses_what_and_holds_positions_only() {
    let desk = quay();
    let report = desk.run(&["report", "story:quay", "--as", "markdown"]);
    let table = report.split("Who holds what since when").nth(1).unwrap_or_else(|| panic!("{report}"));
    let row = |words: &str| table.lines().find(|line| line.starts_with('|') && line.contains(words));
    assert!(row("that she supported").is_some_and(|row| row.ends_with("| 20 May 2024 |")), "{table}");
    assert!(row("no longer").is_some_and(|row| row.contains("from the opposite of 10 January 2024")), "{table}");
    assert_eq!((row("650 million"), row("Ada told me")), (None, None), "{table}");
}

#[test]
fn a_draft_is_called_one_wherever_it_stands() {
    let desk = quay();
    let judged = claim(&desk, "650 million");
    desk.run(&["verdict", "record", &judged, "mostly false", "It was less."]);
    let report = desk.run(&["report", "story:quay", "--drafts", "--as", "markdown"]);
    assert!(report.contains("1 verdict is not published and marked as a draft."), "{report}");
    assert!(!report.contains("carries a verdict") && !report.contains("(rated mostly false)"), "{report}");
    let story = desk.run(&["story", "show", "quay"]);
    for line in story.lines().filter(|line| line.contains("mostly false")) {
        assert!(line.contains("(draft)"), "{story}");
    }
    let drawn = desk.run(&["timeline", "story:quay"]);
    assert!(drawn.contains("◇ draft verdict") && !drawn.contains('◆'), "{drawn}");
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    let drawn = desk.run(&["timeline", "story:quay"]);
    assert!(drawn.contains("◆ verdict") && !drawn.contains('◇'), "{drawn}");
    let report = desk.run(&["report", "story:quay", "--as", "markdown"]);
    assert!(report.contains("1 claim carries a verdict by a person."), "{report}");
}

#[test]
fn a_sheet_of_positions_rests_on_what_was_confirmed_and_on_no_verdict() {
    let desk = quay();
    let sheet = |desk: &Desk| desk.run(&["export", "csv", "positions"]);
    let before = sheet(&desk);
    assert_eq!(before.lines().count(), 3, "the two that were confirmed to be opposed: {before}");
    let judged = claim(&desk, "650 million");
    desk.run(&["verdict", "record", &judged, "mostly false", "It was less."]);
    assert_eq!(sheet(&desk), before, "a draft adds nothing");
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    assert_eq!(sheet(&desk), before, "a verdict confirms no position");
}

#[test]
fn a_list_of_verdicts_shows_what_readers_see_beside_the_draft() {
    let desk = quay();
    let judged = claim(&desk, "650 million");
    desk.run(&["verdict", "record", &judged, "false", "It was less."]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    desk.run(&["correct", "v1", "mostly false", "The roads were left out."]);
    let rows = desk.rows(&["verdict", "list"]);
    let told: Vec<_> = rows.iter().map(|row| (row["id"].as_str().unwrap(), row["state"].as_str().unwrap())).collect();
    assert_eq!(told, [("v1", "published"), ("v2", "review")]);
    let empty = claim(&desk, "I oppose");
    desk.run(&["verdict", "record", &empty, "false", ""]);
    desk.refuse(&["verdict", "submit", "v3"], "says nothing of why");
    let approved = desk.call_as("bob", &["verdict", "approve", "v3"]);
    assert!(approved.code != 0 && approved.err.contains("says nothing of why"), "{}", approved.err);
}

#[test]
fn a_piped_script_cannot_be_read_as_an_article_too() {
    let desk = Desk::new();
    let bound = scaled(Duration::from_secs(5));
    for line in ["load -", "import claims -", "convert -", "run -"] {
        let mut child =
            desk.command(&[]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{line}\nstats\n").as_bytes()).unwrap();
        let until = Instant::now() + bound;
        while child.try_wait().unwrap().is_none() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        let ended = child.try_wait().unwrap().is_some();
        if !ended {
            child.kill().unwrap();
        }
        let told = answer(&child.wait_with_output().unwrap());
        assert!(ended && told.err.contains("standard input is the script that runs"), "{line}: {}", told.err);
    }
}

#[test]
fn a_day_gone_by_has_its_table_of_positions() {
    let desk = quay();
    let now = desk.run(&["positions"]);
    assert_eq!(desk.run(&["positions", "--as-of", "2030-01-01"]), now);
    desk.refuse(&["tag", "add", "x", "a1", "--as-of", "2030-01-01"], "leave out --as-of");
}

#[test]
fn a_filtered_export_holds_what_belongs_to_it() {
    let desk = quay();
    let (hers, his) = (claim(&desk, "no longer supported"), claim(&desk, "I oppose"));
    desk.run(&["note", &hers, "ask her why"]);
    desk.run(&["note", &his, "his secret source"]);
    desk.run(&["filter", "save", "mine", "speaker:Dahl"]);
    let part = desk.run(&["export", "speaker:Holm"]);
    assert!(part.contains("ask her why") && !part.contains("secret source"), "{part}");
    let kinds: Vec<String> = part
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["type"].as_str().unwrap().to_owned())
        .collect();
    assert!(["operation", "filter", "feed", "row"].iter().all(|kind| !kinds.iter().any(|known| known == kind)));
    assert!(desk.export().contains("secret source"), "the whole desk has everything");
    desk.refuse(&["export", "xml"], "no form `xml`");
}

#[test]
fn a_slip_of_the_pen_makes_nothing() {
    let desk = quay();
    desk.refuse(&["edit", "c1", "--speaker", ""], "--speaker has no name");
    desk.run(&["edit", "c1", "--speaker", "none"]);
    desk.write("empty.txt", "");
    desk.refuse(&["--db", "empty.txt", "stats"], "empty.txt");
    assert_eq!(std::fs::read(desk.path("empty.txt")).unwrap(), b"");
    let script = desk.write("s.onrecord", ".open nowhere/x.db\n");
    desk.refuse(&["run", &script], "there is no folder");
    assert!(!desk.path("nowhere").exists());
    desk.run(&["--db", "new.db", "load", "a.txt", "--dry-run"]);
    assert!(!desk.path("new.db").exists());
}

#[test]
fn what_somebody_else_tells_is_told_as_that() {
    let desk = Desk::new();
    let text =
        "Title: Quay\nDate: 2024-05-20\n\nPaul Dahl told reporters that Ada Holm said the quay would open in May.\n";
    desk.run(&["load", &desk.write("a.txt", text), "--reader", "fast"]);
    let rows = desk.rows(&["claims", "speaker:Holm"]);
    assert_eq!(rows[0]["according_to"], "Paul Dahl", "{rows:?}");
    assert_eq!(rows[0]["quotation"], "indirect", "{rows:?}");
    let listed = desk.run(&["claims", "speaker:Holm"]);
    let flat: String = listed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("according to"), "{listed}");
    let id = rows[0]["id"].as_str().unwrap();
    desk.run(&["verdict", "record", id, "false", "She did not."]);
    let report = desk.run(&["report", id, "--drafts", "--as", "markdown"]);
    assert!(report.contains("Ada Holm (according to Paul Dahl)"), "{report}");
}
