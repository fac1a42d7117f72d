//! A published verdict stays what a person signed: who said it, when, and on what the finding rests change only with a notice
//! to readers, and a published finding is withdrawn by nobody in passing.

use crate::support::desk::Desk;

const ADDRESS: &str = "https://desk.example/checks";

/// Four statements of three people; the verdict v1 on c1 is published on the evidence e1.
fn toll() -> Desk {
    let desk = Desk::new();
    let file = desk.write(
        "toll.txt",
        "The toll of Port Larn\n3 March 2025\n\nMayor Ada Holm said the ferries would stop in May. Councillor Ruth Denning said the \
         toll would rise. Captain Paul Denning said the quay was safe. Holm said the crane would be sold.\n",
    );
    desk.run(&["load", &file, "--reader", "fast"]);
    desk.run(&["verdict", "record", "c1", "false", "They sail.", "--link", "https://a.example/1"]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    desk
}

fn rss(desk: &Desk) -> String {
    desk.run(&["export", "rss", "--address", ADDRESS])
}

#[test]
fn who_spoke_and_when_does_not_change_under_a_published_verdict() {
    let desk = toll();
    let before = rss(&desk);
    let other = desk.rows(&["claims"])[2]["speaker"]["id"].as_str().unwrap().to_owned();
    let holm = desk.rows(&["claims"])[0]["speaker"]["id"].as_str().unwrap().to_owned();
    for line in [
        &["edit", "c1", "--speaker", "Paul Denning"][..],
        &["edit", "c1", "--speaker", "nobody"],
        &["edit", "c1", "--said", "2025-02-02"],
        &["edit", "speaker:Holm", "--speaker", "Paul Denning"],
        &["edit", "a1", "--date", "2025-02-02"],
        &["speaker", "merge", &holm, &other],
        &["speaker", "rename", &holm, "Ada Helm"],
        &["speaker", "split", &holm, "c1", "--name", "Ada Holm (engineer)"],
    ] {
        desk.refuse(line, "carries the published verdict v1");
        desk.refuse(line, "undo its publication first");
        assert_eq!(rss(&desk), before, "{line:?}");
    }
    // The name that was published stays: nothing changes for readers.
    desk.run(&["speaker", "merge", &other, &holm]);
    desk.run(&["edit", "c4", "--speaker", "Ruth Denning"]);
    assert_eq!(rss(&desk), before);
}

#[test]
fn with_a_notice_the_change_is_a_new_version_that_tells_readers() {
    let desk = toll();
    desk.run(&["edit", "c1", "--speaker", "Paul Denning", "--anyway", "The caption named the wrong man."]);
    let told = "Corrected: the speaker is Paul Denning, not Ada Holm. The caption named the wrong man.";
    let report = desk.run(&["report", "c1", "--as", "markdown"]);
    for out in [rss(&desk), desk.run(&["export", "claimreview", "--address", ADDRESS]), report] {
        assert!(out.contains(told), "{out}");
    }
    assert_eq!(desk.rows(&["verdict", "history", "c1"]).len(), 2);
    // One step back, and readers see the first version with the first name.
    desk.run(&["undo"]);
    assert!(rss(&desk).contains("Ada Holm") && !rss(&desk).contains("Corrected"));
    desk.refuse(&["edit", "c1", "--speaker", "Paul Denning", "--anyway", " "], "--anyway gives a reason");
    desk.refuse(&["edit", "c1", "--anyway", "for nothing"], "nothing is to be changed");
}

#[test]
fn undo_and_redo_do_not_reach_under_a_published_verdict() {
    let desk = Desk::new();
    let file =
        desk.write("quay.txt", "The quay\n3 March 2025\n\nAda Holm said the quay was safe. Ruth Denning said no.\n");
    desk.run(&["load", &file, "--reader", "fast"]);
    desk.run(&["edit", "c1", "--speaker", "Ruth Denning"]);
    desk.run(&["verdict", "record", "c1", "false"]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    let log = desk.run(&["log"]);
    desk.refuse(&["undo", "o2"], "carries the published verdict v1");
    desk.refuse(&["undo", "o1"], "taken off the lists");
    assert_eq!(desk.run(&["log"]), log);
    desk.run(&["undo", "3"]);
    assert_eq!(desk.rows(&["claims"])[0]["speaker"]["name"], "Ada Holm");
    desk.run(&["redo", "3"]);
    assert!(rss(&desk).contains("Ruth Denning"));
}

#[test]
fn a_reading_after_publication_is_added_and_withdraws_nothing() {
    let desk = toll();
    desk.refuse(&["verdict", "publish", "v1", "--anyway", "again"], "v1 is published already, by ada on ");
    for (user, line) in [
        ("bob", &["verdict", "approve", "v1", "I agree."][..]),
        ("bob", &["verdict", "return", "v1", "I do not."]),
        ("ada", &["verdict", "submit", "v1"]),
    ] {
        let answer = desk.call_as(user, line);
        assert!(answer.code == 0 && answer.err.contains("stays published"), "{line:?}: {}{}", answer.out, answer.err);
        assert!(rss(&desk).contains("false: Ada Holm"), "{line:?}");
        assert_eq!(desk.rows(&["claims", "verdict:false"]).len(), 1);
    }
    let history = desk.rows(&["verdict", "history", "c1"]);
    assert_eq!((history[0]["state"].as_str(), history[0]["moves"].as_array().unwrap().len()), (Some("published"), 4));
    desk.run(&["undo", "o3"]);
    assert!(!rss(&desk).contains("false"), "taking the publication back withdraws it");
}

#[test]
fn evidence_of_a_published_verdict_goes_only_with_a_notice() {
    let desk = toll();
    desk.run(&["evidence", "add", "v1", "--answer", "She does not comment."]);
    desk.refuse(&["evidence", "drop", "e1"], "evidence is taken away (e1)");
    assert!(rss(&desk).contains("They sail.") && desk.run(&["evidence", "list"]).contains("a.example"));
    desk.run(&["evidence", "drop", "e1", "e2", "--anyway", "The page was a forgery."]);
    assert_eq!(desk.rows(&["verdict", "history", "c1"]).len(), 2, "one act, one version");
    assert!(rss(&desk).contains("Corrected: evidence is taken away (e1, e2). The page was a forgery."));
}

#[test]
fn nothing_stays_approved_that_was_never_submitted() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "It was more."]);
    desk.run(&["verdict", "submit", "v1"]);
    assert_eq!(desk.call_as("emil", &["verdict", "approve", "v1"]).code, 0);
    let state = desk.state();
    desk.refuse(&["undo"], "v1 was approved since");
    assert_eq!(desk.state(), state, "nothing was undone");
    let log = desk.rows(&["log"]);
    let approval = log.iter().find(|row| row["by"] == "emil").unwrap()["id"].as_str().unwrap().to_owned();
    desk.run(&["undo", &approval]);
    desk.run(&["undo"]);
    assert_eq!(desk.rows(&["verdict", "history", "c1"])[0]["state"], "draft");
}

#[test]
fn evidence_goes_to_the_newest_version_and_what_publishing_needs_is_told_at_once() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "It was more."]);
    let missing = desk.run(&["check", "v1"]);
    assert!(missing.contains("no evidence") && missing.contains("--archive URL"), "{missing}");
    let added = desk.call(&["evidence", "add", "v1", "--link", "https://a.example/1"]);
    assert!(added.err.contains("needs an archived copy: `evidence add v1 --archive URL`"), "{}", added.err);
    let copied = desk.call(&["evidence", "add", "v1", "--archive", "https://archive.example/1"]);
    assert!(!copied.err.contains("archived copy"), "{}", copied.err);
    desk.run(&["verdict", "record", "c1", "false", "It was much more."]);
    desk.refuse(&["evidence", "add", "v1", "--asked", "by mail"], "v1 has a newer version, v2");
    desk.run(&["evidence", "add", "v2", "--asked", "by mail"]);
}

#[test]
fn a_colleagues_decision_is_overruled_only_by_name() {
    let desk = Desk::with_samples();
    desk.run(&["confirm", "m1", "--note", "heard it"]);
    let other = |words: &[&str]| desk.call_as("bert", words);
    let refused = other(&["reject", "m1"]);
    assert!(refused.code != 0 && refused.err.contains("m1 was confirmed by ada on "), "{}", refused.err);
    assert!(desk.run(&["show", "m1"]).contains("confirmed by ada"));
    assert_eq!(other(&["reject", "m1", "--over"]).code, 0);
    let told = desk.run(&["why", "m1"]);
    assert!(told.contains("rejected by bert") && told.contains("confirmed by ada on "), "{told}");
    // Who decides again what is their own needs nothing more.
    assert_eq!(other(&["confirm", "m1"]).code, 0);
}
