//! What a person finds between two claims that the program did not suggest: recorded under their name, without a score, and one
//! act like every other.

use crate::support::desk::Desk;

/// Two articles whose claims are not alike.
fn desk() -> Desk {
    let desk = Desk::new();
    for (day, words) in [
        ("2025-01-03", "“Nobody on my staff was warned,” minister Ada Holm said."),
        (
            "2025-09-03",
            "Ada Holm said the letter had been on her desk since March. Ruth Denning said the crane was old.",
        ),
    ] {
        let file = desk.write(&format!("{day}.txt"), &format!("The letter\n\n{words}\n"));
        desk.run(&["load", &file, "--reader", "fast", "--date", day]);
    }
    assert!(desk.rows(&["contradictions"]).is_empty(), "the program suggests nothing");
    desk
}

#[test]
fn a_contradiction_that_nobody_suggested_is_recorded_by_a_person() {
    let desk = desk();
    let before = desk.state();
    let told = desk.run(&["confirm", "c2", "c1", "--note", "she had been told"]);
    assert!(told.contains("confirmed by ada") && told.contains("recorded by ada"), "{told}");
    assert!(!told.contains("confidence") && !told.contains("likeness"), "no score of a machine: {told}");
    let row = &desk.rows(&["contradictions"])[0];
    assert_eq!((row["status"].as_str(), row["recorded_by"].as_str()), (Some("confirmed"), Some("ada")));
    assert_eq!((row["earlier"]["id"].as_str(), row["later"]["id"].as_str()), (Some("c1"), Some("c2")));
    assert_eq!((row["dispute"].as_str(), row["score"].as_f64()), (Some("change_of_position"), Some(0.0)));
    let id = row["id"].as_str().unwrap();
    for command in [["show", "c1"], ["why", id], ["show", id]] {
        let page = desk.run(&command);
        assert!(page.contains("change of position") && !page.contains("confidence"), "{command:?}: {page}");
    }
    assert!(desk.run(&["why", id, "--all"]).contains("recorded by ada"));
    for form in ["markdown", "html", "text"] {
        let page = desk.run(&["report", "--as", form]);
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("Recorded by ada on ") && page.contains("on her desk since March"), "{form}: {page}");
        assert!(!page.contains("How the program found it"), "{form}: {page}");
    }
    let csv = desk.run(&["export", "csv", "contradictions"]);
    assert!(csv.contains("recorded by ada") && csv.contains("confirmed,ada"), "{csv}");
    // One act, one undo; and it comes again.
    desk.run(&["undo"]);
    assert!(desk.rows(&["contradictions"]).is_empty());
    assert!(!desk.run(&["show", "c1"]).contains("recorded"));
    assert_eq!(desk.state(), before);
    assert!(desk.call(&["review"]).err.contains("nothing waits"), "what was taken back is no suggestion");
    desk.run(&["redo"]);
    assert_eq!(desk.rows(&["contradictions"])[0]["recorded_by"], "ada");
    assert!(desk.call(&["doctor"]).out.contains("sound"));
}

#[test]
fn what_was_recorded_survives_corrections_and_the_way_to_another_desk() {
    let desk = desk();
    desk.run(&["confirm", "c1", "c2"]);
    desk.run(&["edit", "c2", "--speaker", "Ruth Denning"]);
    let row = &desk.rows(&["contradictions"])[0];
    assert_eq!((row["recorded_by"].as_str(), row["dispute"].as_str()), (Some("ada"), Some("dispute")));
    // Said before the other one now.
    desk.run(&["edit", "c2", "--said", "2024-12-01"]);
    let row = &desk.rows(&["contradictions"])[0];
    assert_eq!((row["recorded_by"].as_str(), row["earlier"]["id"].as_str()), (Some("ada"), Some("c2")));
    desk.run(&["export", "--out", "all.jsonl"]);
    desk.run(&["--db", "new.db", "import", "desk", "all.jsonl"]);
    assert_eq!(desk.run(&["--db", "new.db", "export"]), desk.export());
    // The two corrections, then what was recorded.
    desk.run(&["--db", "new.db", "undo", "3"]);
    assert!(desk.rows(&["--db", "new.db", "contradictions"]).is_empty());
}

#[test]
fn a_person_may_see_a_repeat_or_an_update() {
    let desk = desk();
    desk.refuse(&["merge", "c1", "c2"], "`confirm c1 c2 --as repeat`");
    desk.run(&["confirm", "c1", "c2", "--as", "repeat"]);
    assert!(desk.rows(&["contradictions"]).is_empty());
    assert!(desk.run(&["match", "status:confirmed"]).contains("repeat"));
    desk.refuse(&["confirm", "c2", "c1"], "are confirmed already by ada: repeat");
    let id = desk.rows(&["match"])[0]["id"].as_str().unwrap().to_owned();
    desk.run(&["reject", &id]);
    desk.refuse(&["confirm", "c2", "c1", "--as", "repeat"], "was rejected by ada");
    // What was rejected is one thing, what is recorded another.
    desk.run(&["confirm", "c2", "c1"]);
    assert_eq!(desk.rows(&["contradictions"])[0]["recorded_by"], "ada");
    desk.run(&["undo"]);
    assert!(desk.rows(&["contradictions"]).is_empty());
    desk.run(&["confirm", "c1", "c3", "--as", "update"]);
    assert_eq!(desk.rows(&["contradictions", "--updates"])[0]["relation"], "update");
}

#[test]
fn a_suggestion_of_the_same_is_confirmed_and_what_is_no_pair_is_refused() {
    let desk = Desk::with_samples();
    let open = desk.rows(&["contradictions"]);
    let [earlier, later] = ["earlier", "later"].map(|side| open[0][side]["id"].as_str().unwrap().to_owned());
    let told = desk.run(&["confirm", &later, &earlier]);
    assert!(told.starts_with(open[0]["id"].as_str().unwrap()) && told.contains("confidence"), "{told}");
    assert_eq!(desk.rows(&["contradictions", "status:confirmed"])[0]["recorded_by"], "");
    desk.refuse(&["confirm", &earlier, &later], "are confirmed already by ada: contradiction");
    for (words, said) in [
        (&["confirm", "c1", "c1"][..], "c1 is named twice"),
        (&["confirm", "c1", "c9999"], "c9999"),
        (&["confirm", "c1"], "name two claims"),
        (&["confirm", "c1", "c2", "c3"], "name two claims"),
        (&["confirm", "c1", "m2"], "name two claims"),
        (&["confirm", "m2", "--as", "repeat"], "--as says what two claims are"),
        (&["confirm", "x"], "invalid match or contradiction id"),
    ] {
        desk.refuse(words, said);
    }
    desk.run(&["drop", "c2"]);
    desk.refuse(&["confirm", "c1", "c2"], "c2 is off the lists");
}
