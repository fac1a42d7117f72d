//! What a person decides is what they saw: a change back is a change of its own, a denial shows its cue, a draft is no check; and
//! what cannot be done says why.

use crate::support::desk::Desk;

/// A chief executive who will pay, will not pay, and will pay.
fn there_and_back() -> Desk {
    let desk = Desk::new();
    for (day, words) in [("2024-04-02", "will pay"), ("2024-04-09", "will not pay"), ("2024-05-02", "will pay")] {
        let text = format!(
            "Title: Repair {day}\nOutlet: Post {day}\nDate: {day}\n\n\"Dunmore Works {words} for the repair,\" chief executive Robert Holloway said.\n"
        );
        desk.run(&["load", &desk.write(&format!("{day}.txt"), &text), "--reader", "fast"]);
    }
    desk
}

#[test]
fn a_change_back_is_confirmed_by_itself() {
    let desk = there_and_back();
    let found = desk.rows(&["contradictions"]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|row| row.get("pairs").is_none()), "{found:?}");
    let first = found.iter().find(|row| row["earlier"]["id"] == "c1").unwrap();
    desk.run(&["confirm", first["id"].as_str().unwrap()]);
    let standing = |row: &serde_json::Value| row["status"].as_str().unwrap().to_owned();
    let mut after: Vec<String> = desk.rows(&["contradictions"]).iter().map(standing).collect();
    after.sort();
    assert_eq!(after, ["confirmed", "suggested"]);
    let sheet = desk.run(&["export", "csv", "contradictions"]);
    assert_eq!(sheet.lines().count(), 2, "{sheet}");
    let report = desk.run(&["report", "speaker:Holloway", "--as", "markdown"]);
    assert!(report.contains("1 change of position") && !report.contains("of 3"), "{report}");
    let second = found.iter().find(|row| row["earlier"]["id"] != "c1").unwrap();
    desk.run(&["confirm", second["id"].as_str().unwrap()]);
    let report = desk.run(&["report", "speaker:Holloway", "--as", "markdown"]);
    assert!(report.contains("2 changes of position"), "{report}");
}

#[test]
fn a_sentence_that_an_editor_altered_is_one_statement_of_a_finding() {
    let desk = Desk::new();
    let page = |hour: usize, share: &str| {
        format!(
            "<!doctype html><html><head><title>Repair</title><meta property=\"og:site_name\" content=\"Post\">\
             <meta property=\"article:published_time\" content=\"2024-04-09T08:00:00Z\">\
             <meta property=\"article:modified_time\" content=\"2024-04-09T{hour:02}:00:00Z\">\
             <link rel=\"canonical\" href=\"https://post.example/repair\"></head><body><article><h1>Repair</h1>\
             <p>The long bridge of Larnsea was closed in March after a storm tore three planks from its head.</p>\
             <p>“Dunmore Works will not pay {share} of the repair,” chief executive Robert Holloway said.</p></article></body></html>"
        )
    };
    let later = "Title: Paid\nOutlet: Wire\nDate: 2024-05-02\n\n\"Dunmore Works will pay half of the repair,\" chief executive Robert Holloway said.\n";
    let paths = [
        desk.write("a.html", &page(9, "half")),
        desk.write("b.html", &page(10, "a third")),
        desk.write("c.txt", later),
    ];
    for path in &paths {
        desk.run(&["load", path, "--reader", "fast"]);
    }
    let none = desk.call(&["contradictions", "article:a2"]);
    assert!(none.err.contains("1 pair waits to be looked at side by side: `--tier review` lists them"), "{}", none.err);
    let claims = desk.rows(&["claims", "speaker:Holloway", "--all-versions"]);
    let id =
        |article: &str| claims.iter().find(|row| row["article"] == article).unwrap()["id"].as_str().unwrap().to_owned();
    let (before, after, paid) = (id("a1"), id("a2"), id("a3"));
    desk.run(&["confirm", &before, &paid]);
    // Recording the second may find it confirmed with the first already.
    desk.call(&["confirm", &after, &paid]);
    let report = desk.run(&["report", "speaker:Holloway", "--as", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    for dispute in report["disputes"].as_array().unwrap() {
        assert!(dispute["statements"].as_array().is_none_or(Vec::is_empty), "{dispute:#}");
    }
}

#[test]
fn a_draft_is_no_check() {
    let desk = Desk::new();
    let text = |day: &str| {
        format!(
            "Title: {day}\nOutlet: P{day}\nDate: {day}\n\nMayor Ada Holm said the quay would cost 650 million crowns.\n"
        )
    };
    desk.run(&["load", &desk.write("a.txt", &text("2024-01-10")), "--reader", "fast"]);
    desk.run(&["verdict", "record", "c1", "false", "It was less."]);
    let load = |name: &str, day: &str| desk.run(&["load", &desk.write(name, &text(day)), "--reader", "fast"]);
    assert!(!load("b.txt", "2024-02-10").contains("already checked"));
    assert!(!desk.run(&["show", "c2"]).contains("already checked"));
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    assert!(load("c.txt", "2024-03-10").contains("already checked: ada, false"));
}

#[test]
fn a_denial_shows_its_cue_wherever_it_stands() {
    let desk = Desk::new();
    let text = "Title: Quay\nDate: 2024-05-20\n\nMayor Ada Holm denied that she had voted for a toll.\n";
    desk.run(&["load", &desk.write("a.txt", text), "--reader", "fast"]);
    for command in [&["show", "c1"][..], &["claims"], &["export", "csv", "claims"]] {
        assert!(desk.run(command).contains("denied that she had voted for a toll"), "{command:?}");
    }
}

#[test]
fn a_report_does_not_say_that_a_page_with_a_notice_has_none() {
    let desk = Desk::new();
    let page = |hour: usize, cost: &str, notice: &str| {
        format!(
            "<!doctype html><html><head><title>Pier</title><meta property=\"og:site_name\" content=\"Post\">\
             <meta property=\"article:published_time\" content=\"2024-05-03T08:00:00Z\">\
             <meta property=\"article:modified_time\" content=\"2024-05-03T{hour:02}:00:00Z\">\
             <link rel=\"canonical\" href=\"https://post.example/pier\"></head><body><article><h1>Pier</h1>\
             <p>The long pier of Larnsea was closed in March after a storm tore three planks from its head.</p>\
             <p>Engineer Tom Vale said the repairs would cost {cost} crowns.</p>{notice}</article></body></html>"
        )
    };
    let notice = "<p>Correction: Ms Brook was misquoted in an earlier version of this article.</p>";
    let paths =
        [desk.write("a.html", &page(9, "1.2 million", "")), desk.write("b.html", &page(10, "2.1 million", notice))];
    for path in &paths {
        desk.run(&["load", path, "--reader", "fast"]);
    }
    let report = desk.run(&["report", "--as", "markdown"]);
    assert!(report.contains("1 article was changed after publication in more than its notice tells."), "{report}");
    assert!(!report.contains("without a notice"), "{report}");
    let new: String = desk.run(&["new"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(new.contains("1 article changed in more than a notice tells"), "{new}");
}

#[test]
fn what_cannot_be_done_says_why_and_what_to_do() {
    let desk = there_and_back();
    desk.run(&["verdict", "record", "c1", "false", "It does not."]);
    let none = desk.call(&["evidence", "list", "v1"]);
    assert!(none.err.contains("v1 has no evidence yet; `evidence add v1"), "{}", none.err);
    desk.run(&["evidence", "add", "v1", "--link", "https://auditor.example/1"]);
    assert!(desk.run(&["evidence", "list", "v1"]).contains("https://auditor.example/1"));
    desk.refuse(&["evidence", "list", "v9"], "v9");
    desk.refuse(&["verdict", "list", "e1"], "is an id");
    assert_eq!(desk.run(&["verdict", "show", "v1"]), desk.run(&["show", "v1"]));
    let approve = || desk.call_as("tom", &["verdict", "approve", "v1"]);
    assert_eq!(approve().code, 0);
    assert!(approve().err.contains("v1 is approved already, by tom"), "{}", approve().err);
    let feed = desk.write("feed.xml", "<rss/>");
    desk.refuse(&["feed", "add", &feed], "a feed is an address");
    desk.refuse(&["claims", "on:31 February"], "there is no such day: `on:31 February`");
    let none = desk.call(&["articles", "on:12 February"]);
    assert!(none.err.contains("no article fits; looked for on:2025-02-12"), "{}", none.err);
    desk.call_as("", &["edit", "c1", "--kind", "promise"]);
    let log = desk.run(&["log", "1"]);
    assert!(log.contains("nobody"), "{log}");
}
