//! What is wrong can be put right, and taken back again.

use crate::support::desk::Desk;

const MONDAY: &str = "Title: The quay\n\nThe quay will not close, minister Ada Brook said on Monday.\n";
const LATER: &str = "Title: The quay closes\nDate: 2024-06-10\n\nThe quay will close, minister Ada Brook said.\n";

/// Two articles that contradict one another; the first has no date.
fn quay() -> Desk {
    let desk = Desk::new();
    let (first, second) = (desk.write("first.txt", MONDAY), desk.write("second.txt", LATER));
    desk.run(&["load", &first, "--reader", "fast"]);
    desk.run(&["load", &second, "--reader", "fast"]);
    desk
}

fn said(desk: &Desk, claim: &str) -> String {
    let rows = desk.rows(&["claims"]);
    let row = rows.iter().find(|row| row["id"] == claim).unwrap();
    row["said"]["date"].as_str().unwrap_or("unknown").to_owned()
}

#[test]
fn another_date_counts_the_days_of_an_article_anew() {
    let desk = quay();
    assert_eq!(said(&desk, "c1"), "unknown");
    desk.run(&["edit", "a1", "--date", "2024-03-06", "--outlet", "Northern Wire", "--title", "The old quay"]);
    assert_eq!(said(&desk, "c1"), "2024-03-04", "Monday is the one before the article");
    let article = &desk.rows(&["articles"])[0];
    assert_eq!((article["title"].as_str(), article["outlet"].as_str()), (Some("The old quay"), Some("Northern Wire")));
    assert!(desk.run(&["find", "old"]).contains("a1"), "the new title is found");
    // The relation has its sides in the order of the new days.
    desk.run(&["edit", "a1", "--date", "2024-07-03"]);
    assert_eq!(said(&desk, "c1"), "2024-07-01");
    let relation = &desk.rows(&["contradictions"])[0];
    assert_eq!((relation["earlier"]["id"].as_str(), relation["later"]["id"].as_str()), (Some("c2"), Some("c1")));
    desk.run(&["undo", "2"]);
    assert_eq!(said(&desk, "c1"), "unknown");
    assert!(desk.rows(&["articles"]).iter().any(|row| row["title"] == "The quay"));
}

#[test]
fn loading_again_with_a_date_that_was_missing_offers_it() {
    let desk = quay();
    let again = desk.write("again.txt", MONDAY);
    let answer = desk.call(&["load", &again, "--date", "2024-03-06"]);
    let told = answer.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("edit a1 --date 2024-03-06"), "{}{told}", answer.out);
}

#[test]
fn facts_are_checked_before_they_are_kept() {
    let desk = quay();
    desk.refuse(&["edit", "a1", "--url", "javascript:alert(1)"], "refused");
    desk.refuse(&["edit", "a1", "--date", "Nonesday"], "Nonesday");
    desk.refuse(&["edit", "a1", "--kind", "promise"], "not articles");
    desk.refuse(&["edit", "c1", "--title", "x"], "an article");
    desk.refuse(&["edit", "a1"], "nothing is to be changed");
    desk.refuse(&["edit", "a9", "--title", "x"], "a9");
}

#[test]
fn a_speaker_is_renamed_and_the_reasons_have_the_new_name() {
    let desk = quay();
    let before = desk.run(&["contradictions", "--json"]);
    desk.run(&["speaker", "rename", "Brook", "Adah Brooke"]);
    let page = desk.run(&["why", "m1"]);
    assert!(!page.contains("Ada Brook ") && page.contains("Adah Brooke"), "{page}");
    assert!(desk.run(&["claims", "speaker:Adah Brooke"]).contains("c1"));
    assert!(desk.run(&["claims", "speaker:Ada Brook"]).contains("c1"), "the name before is an alias");
    desk.run(&["undo"]);
    assert_eq!(desk.run(&["contradictions", "--json"]), before);
    desk.refuse(&["speaker", "rename", "Brook", "--", "..."], "needs letters");
}

#[test]
fn aliases_titles_and_evidence_can_be_taken_away() {
    let desk = quay();
    desk.run(&["speaker", "alias", "Brook", "the old fox"]);
    assert!(desk.run(&["claims", "speaker:the old fox"]).contains("c1"));
    desk.run(&["speaker", "alias", "Brook", "The Old Fox", "--remove"]);
    desk.refuse(&["claims", "speaker:the old fox"], "fox");
    desk.refuse(&["speaker", "alias", "Brook", "the old fox", "--remove"], "has no alias");
    desk.run(&["speaker", "title", "Brook", "chair"]);
    let shown = desk.run(&["speaker", "show", "Brook"]);
    assert!(shown.contains("chair") && shown.contains("minister"), "{shown}");
    for title in ["chair", "Minister"] {
        desk.run(&["speaker", "title", "Brook", title, "--remove"]);
    }
    let shown = desk.run(&["speaker", "show", "Brook", "--json"]);
    assert!(!shown.contains("chair"), "{shown}");
    desk.run(&["verdict", "record", "c1", "false", "--link", "https://a.example/1"]);
    desk.run(&["evidence", "drop", "e1"]);
    assert!(!desk.run(&["evidence", "list"]).contains("a.example"));
    desk.refuse(&["evidence", "drop", "e1"], "e1");
    desk.run(&["undo"]);
    assert!(desk.run(&["evidence", "list"]).contains("a.example"));
}

#[test]
fn a_slip_in_a_name_is_asked_about_and_a_new_speaker_is_said() {
    let desk = quay();
    let asked = desk.call(&["edit", "c1", "--speaker", "Ada Brok"]);
    assert_eq!(asked.code, 1);
    assert!(asked.err.contains("Ada Brook?") && asked.err.contains("--new"), "{}", asked.err);
    desk.refuse(&["add", "a1", "the quay", "--place", "1", "--speaker", "Ned Ford"], "--new");
    desk.run(&["edit", "c1", "--speaker", "Ned Ford", "--new"]);
    assert!(desk.run(&["claims", "speaker:Ford"]).contains("c1"));
}

#[test]
fn links_that_lead_nowhere_are_refused_with_the_reason() {
    let desk = quay();
    desk.run(&["verdict", "record", "c1", "false"]);
    for (link, reason) in [
        ("nonsense", "not a web address"),
        ("javascript:alert(1)", "refused"),
        ("data:text/html,x", "refused"),
        ("https://", "not a web address"),
    ] {
        desk.refuse(&["evidence", "add", "v1", "--link", link], reason);
        desk.refuse(&["evidence", "add", "v1", "--archive", link], reason);
        desk.refuse(&["verdict", "record", "c2", "false", "--link", link], reason);
    }
    assert!(
        desk.run(&["verdict", "list", "--json"]).matches("\"id\": \"v").count() <= 1,
        "a verdict was kept without its link"
    );
}

#[test]
fn claims_are_edited_and_dropped_by_a_filter_in_one_step() {
    let desk = Desk::with_samples();
    let all = desk.rows(&["claims", "speaker:Whitlock"]).len();
    assert!(all > 2);
    let done = desk.call(&["edit", "speaker:Whitlock", "--kind", "promise"]);
    assert!(done.code == 0, "{}", done.err);
    assert_eq!(desk.rows(&["claims", "speaker:Whitlock", "kind:promise"]).len(), all);
    desk.run(&["undo"]);
    assert!(desk.rows(&["claims", "speaker:Whitlock", "kind:promise"]).len() < all);
    let dropped = desk.call(&["drop", "speaker:Whitlock"]);
    assert!(format!("{}{}", dropped.out, dropped.err).contains(&all.to_string()), "{}{}", dropped.out, dropped.err);
    assert!(desk.rows(&["claims", "speaker:Whitlock"]).is_empty());
    desk.run(&["undo"]);
    assert_eq!(desk.rows(&["claims", "speaker:Whitlock"]).len(), all);
}

#[test]
fn an_article_that_should_not_be_there_goes_with_its_claims_and_comes_back_whole() {
    let desk = quay();
    let before = (desk.rows(&["claims"]), desk.rows(&["contradictions"]));
    desk.run(&["drop", "a1"]);
    assert_eq!(desk.rows(&["articles"]).len(), 1);
    assert!(desk.rows(&["claims"]).iter().all(|row| row["article"] == "a2"));
    assert!(desk.rows(&["contradictions"]).is_empty());
    desk.refuse(&["drop", "a1"], "a1 is not on the desk");
    desk.run(&["undo"]);
    assert_eq!((desk.rows(&["claims"]), desk.rows(&["contradictions"])), before);
    desk.run(&["drop", "a1"]);
    desk.run(&["load", &desk.write("again.txt", MONDAY), "--reader", "fast"]);
    assert_eq!(desk.rows(&["articles"]).len(), 2);
}

#[test]
fn reasons_follow_a_correction_of_either_side() {
    let desk = quay();
    let before = desk.rows(&["contradictions"]);
    assert_eq!(before[0]["dispute"], "change_of_position");
    desk.run(&["edit", "c2", "--speaker", "Ned Ford", "--new"]);
    let after = &desk.rows(&["contradictions"])[0];
    assert_eq!(after["dispute"], "dispute", "two people do not change one position");
    assert_eq!(after["same_speaker"], false);
    desk.run(&["undo"]);
    assert_eq!(desk.rows(&["contradictions"]), before);
}

#[test]
fn a_claim_that_readers_know_a_verdict_on_is_not_put_away() {
    let desk = quay();
    desk.run(&["verdict", "record", "c1", "false", "It closed."]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    for line in [&["drop", "c1"][..], &["edit", "c1", "--words", "The quay"], &["split", "c1", "will not"]] {
        desk.refuse(line, "carries the published verdict v1");
    }
    assert!(desk.run(&["report", "--as", "markdown"]).contains("It closed."));
    let changed = desk.rows(&["contradictions"])[0]["id"].as_str().unwrap().to_owned();
    desk.run(&["confirm", &changed]);
    let edited = desk.call(&["edit", "c2", "--words", "The quay will close"]);
    assert!(edited.err.contains("was confirmed for c2"), "{}{}", edited.out, edited.err);
}

#[test]
fn lists_show_the_verdict_that_readers_see_and_mark_drafts() {
    let desk = quay();
    desk.run(&["verdict", "record", "c1", "false", "It closed."]);
    assert!(desk.run(&["claims"]).contains("false (draft)"));
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    desk.run(&["verdict", "record", "c1", "mostly true", "Looked at again."]);
    let claims = desk.run(&["claims"]);
    assert!(claims.contains("false") && !claims.contains("mostly true"), "{claims}");
    assert_eq!(desk.rows(&["claims", "verdict:false"]).len(), 1);
    desk.refuse(&["correct", "v1", "true", "x"], "readers do not see yet");
}

#[test]
fn an_approval_that_was_published_on_is_not_withdrawn_by_undo() {
    let desk = quay();
    desk.run(&["verdict", "record", "c1", "false", "It closed."]);
    assert_eq!(desk.call_as("bob", &["verdict", "approve", "v1"]).code, 0);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    let undone = desk.call_as("bob", &["undo"]);
    assert!(undone.code == 1 && undone.err.contains("was published on this approval"), "{}{}", undone.out, undone.err);
    desk.run(&["undo"]);
    assert_eq!(desk.call_as("bob", &["undo"]).code, 0);
}

#[test]
fn a_day_to_come_is_no_day_of_publication() {
    let desk = quay();
    desk.refuse(&["edit", "a1", "--date", "2031-01-01"], "in the future");
}

#[test]
fn of_two_names_that_are_one_the_fuller_stays() {
    let desk = Desk::new();
    let text = "The review\n\n“It is late,” Daniel Okafor said. “It is thin,” Ruth Denning said.\n";
    let file = desk.write("one.txt", text);
    desk.run(&["load", &file, "--reader", "fast", "--date", "2025-01-03"]);
    desk.run(&["speaker", "rename", "Ruth Denning", "Okafor"]);
    let category = desk.rows(&["speaker", "list", "Daniel"])[0]["category"].clone();
    let [full, short] = ["Daniel Okafor", "Okafor"].map(|name| {
        let rows = desk.rows(&["speaker", "list", "--all"]);
        rows.iter().find(|row| row["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    });
    for (from, into) in [(&full, &short), (&short, &full)] {
        let merged = desk.call(&["speaker", "merge", from, into]);
        assert_eq!(merged.code, 0, "{}", merged.err);
        assert_eq!(merged.err.contains("is the fuller name"), from == &full, "{}", merged.err);
        let rows = desk.rows(&["speaker", "list", "Okafor"]);
        assert_eq!((rows.len(), rows[0]["name"].as_str()), (1, Some("Daniel Okafor")), "{rows:?}");
        assert_eq!((rows[0]["claims"].as_u64(), &rows[0]["category"]), (Some(2), &category));
        desk.run(&["undo"]);
        assert_eq!(desk.rows(&["speaker", "list", "Okafor"]).len(), 2);
    }
}

#[test]
fn a_speaker_is_named_with_accents_or_without_in_either_case() {
    let desk = Desk::new();
    let text = "Title: The quay\nOutlet: Łódź Post\nDate: 2024-06-10\n\n“The quay will close,” Zoë Müllner said.\n";
    desk.run(&["load", &desk.write("quay.txt", text), "--reader", "fast"]);
    for name in ["Zoë Müllner", "zoe mullner", "ZOË MÜLLNER", "Müllner", "müllner", "Zoe\u{308} Mu\u{308}llner", "~üll"]
    {
        assert_eq!(desk.rows(&["claims", &format!("speaker:{name}")]).len(), 1, "{name}");
    }
    for outlet in ["Łódź Post", "lodz post", "łódź"] {
        assert_eq!(desk.rows(&["claims", &format!("outlet:{outlet}")]).len(), 1, "{outlet}");
    }
    desk.run(&["edit", "c1", "--speaker", "zoë müllner"]);
    assert_eq!(desk.rows(&["speaker", "list"]).len(), 1);
}

#[test]
fn one_operation_of_the_log_is_done_again_whatever_came_after_it() {
    let desk = quay();
    desk.run(&["tag", "add", "harbour", "c1"]);
    let operation = desk.rows(&["log"])[0]["id"].as_str().unwrap().to_owned();
    desk.run(&["undo"]);
    desk.run(&["note", "c2", "look again"]);
    desk.refuse(&["claims", "tag:harbour"], "no tag is called");
    desk.run(&["redo", &operation]);
    assert_eq!(desk.rows(&["claims", "tag:harbour"]).len(), 1);
    desk.refuse(&["redo", &operation], "is in effect");
    desk.refuse(&["redo", "x"], "invalid number or operation `x`");
}
