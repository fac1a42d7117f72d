//! What stands beside a statement when a report is printed, in every form: where it was said, the archived copy, the hash; and
//! what is drawn of a story.

use crate::support::desk::Desk;

/// A desk with a confirmed change of position whose first article has an archived copy.
fn toll() -> Desk {
    let desk = Desk::new();
    for (day, words) in [
        ("2025-01-03", "“There will be no toll,” minister Ada Holm said. “The crane is old,” Ruth Denning said."),
        ("2025-09-03", "“There will be a toll,” minister Ada Holm said."),
    ] {
        let file = desk.write(&format!("{day}.txt"), &format!("The toll\n\n{words}\n"));
        desk.run(&["load", &file, "--reader", "fast", "--date", day]);
    }
    desk.run(&["edit", "a1", "--archive", "https://archive.example/a1"]);
    let open = desk.rows(&["contradictions"]);
    desk.run(&["confirm", open[0]["id"].as_str().unwrap()]);
    desk.run(&["story", "create", "toll"]);
    desk.run(&["story", "add", "toll", "a1", "a2"]);
    desk
}

#[test]
fn the_archived_copy_and_the_hash_stand_in_every_form() {
    let desk = toll();
    let hash = desk.rows(&["articles"])[0]["hash"].as_str().unwrap().to_owned();
    for form in ["html", "markdown", "text", "csv", "json"] {
        let page = desk.run(&["report", "--as", form]);
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("https://archive.example/a1") && page.contains(&hash), "{form}: {page}");
    }
    let word = desk.path("toll.docx");
    desk.run(&["report", "--out", word.to_str().unwrap()]);
    let mut file = zip::ZipArchive::new(std::fs::File::open(word).unwrap()).unwrap();
    let mut part = |name: &str| std::io::read_to_string(file.by_name(name).unwrap()).unwrap();
    assert!(part("word/_rels/footnotes.xml.rels").contains("https://archive.example/a1"));
    assert!(part("word/document.xml").contains(&hash));
}

#[test]
fn a_language_is_one_that_is_there() {
    let desk = toll();
    let plain = desk.run(&["report", "--as", "html"]);
    assert_eq!(desk.run(&["report", "--lang", "en", "--as", "html"]), plain);
    assert!(plain.contains("<html lang=\"en\">"));
    desk.refuse(&["report", "--lang", "xx"], "possible values: en");
}

#[test]
fn a_story_is_drawn_over_time_in_its_report_and_as_a_picture() {
    let desk = toll();
    let page = desk.run(&["report", "story:toll", "--as", "html"]);
    let (_, over) = page.split_once("<h2 id=\"over-time\">").unwrap();
    let over = over.split("</section>").next().unwrap();
    assert!(over.contains("3 claims in 2 rows from 3 January 2025 to 3 September 2025"), "{over}");
    assert!(over.contains("class=\"break\"") && over.contains("time without claims"), "{over}");
    assert_eq!(over.matches("class=\"changed\"").count(), 1, "what was confirmed is marked: {over}");
    assert!(over.contains("<td>3 January 2025: 1 claim; 3 September 2025: 1 claim, 1 contradiction</td>"), "{over}");
    assert!(!desk.run(&["report", "--as", "html"]).contains("id=\"over-time\""), "only of a story");
    let file = desk.path("toll.svg");
    let told = desk.run(&["story", "timeline", "toll", "--out", file.to_str().unwrap()]);
    assert!(told.contains("2 speakers drawn"), "{told}");
    let picture = std::fs::read_to_string(&file).unwrap();
    assert!(
        picture.starts_with("<svg xmlns=") && picture.contains("<desc id=\"over-time-desc\">3 claims"),
        "{picture}"
    );
    let mut reader = quick_xml::Reader::from_str(&picture);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    desk.refuse(&["timeline", "--out", "toll.png"], "toll.png is another form");
    desk.refuse(&["timeline", "speaker:Denning", "text:ferry", "--out", "toll.svg"], "no claim fits");
}

#[test]
fn nobody_reviewed_is_no_contradiction_in_the_drawing() {
    let desk = toll();
    desk.run(&["undo"]);
    desk.run(&["undo"]);
    desk.run(&["undo"]);
    desk.run(&["story", "create", "toll"]);
    desk.run(&["story", "add", "toll", "a1", "a2"]);
    let drawn = |more: &[&str]| desk.run(&[&["report", "story:toll", "--as", "html"], more].concat());
    assert!(!drawn(&[]).contains("class=\"changed\""));
    assert!(drawn(&["--suggested"]).contains("class=\"changed\""));
}

#[test]
fn sheets_tell_which_articles_were_changed_in_silence() {
    let desk = Desk::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let page = |name: &str| format!("{root}/tests/data/revisions/pier_{name}.html");
    desk.run(&["load", &page("morning"), &page("noon"), "--reader", "fast"]);
    let sheet = |name: &str| -> Vec<serde_json::Value> {
        let lines = desk.run(&["export", "jsonl", name]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let articles = sheet("articles");
    assert_eq!(articles.len(), 2);
    for article in &articles {
        let changed = article["changed"].as_str().unwrap();
        assert!(changed.lines().any(|line| line == "the quotation of Ada Brook was altered"), "{article}");
    }
    assert!(sheet("claims").iter().all(|claim| claim["article_changed"].is_string()));
    assert!(desk.run(&["export", "csv", "articles"]).lines().next().unwrap().ends_with(",changed"));
    let other = toll();
    let untouched = other.run(&["export", "jsonl", "articles"]);
    assert!(untouched.lines().all(|line| line.contains("\"changed\":null")), "{untouched}");
}

#[test]
fn the_method_tells_of_findings_that_no_single_word_decides() {
    let page = toll().run(&["report", "--as", "markdown"]);
    let method = page.lines().find(|line| line.contains("becomes a suggestion")).unwrap();
    assert!(method.contains("can be named") && method.contains("no single word decides"), "{method}");
    assert!(!method.contains("suggestion only when"), "{method}");
}

#[test]
fn a_report_of_a_claim_shows_the_claim_and_says_that_a_draft_is_left_out() {
    let desk = toll();
    let first_line = |page: &str| page.lines().next().unwrap_or_default().to_owned();
    for form in ["markdown", "html", "text"] {
        let page = desk.run(&["report", "c2", "--as", form]);
        assert!(page.contains("The crane is old") && page.contains("Ruth Denning"), "{form}: {page}");
        assert!(page.contains("No contradiction of this statement is confirmed"), "{form}: {page}");
    }
    let page = desk.run(&["report", "c2", "--as", "markdown"]);
    assert!(first_line(&page).contains("The crane is old") && !first_line(&page).contains("on record"), "{page}");
    assert!(!page.contains("No claim is cited"), "{page}");
    let word = desk.path("claim.docx");
    desk.run(&["report", "c2", "--out", word.to_str().unwrap()]);
    let mut file = zip::ZipArchive::new(std::fs::File::open(word).unwrap()).unwrap();
    let body = std::io::read_to_string(file.by_name("word/document.xml").unwrap()).unwrap();
    assert!(body.contains("The crane is old"), "{body}");
    desk.run(&["verdict", "record", "c2", "false", "It is new."]);
    for what in ["c2", "v1"] {
        let left_out = desk.call(&["report", what, "--as", "markdown"]);
        assert!(!left_out.out.contains("It is new.") && left_out.out.contains("The crane is old"), "{}", left_out.out);
        assert!(left_out.err.contains("1 verdict that is not published is left out; --drafts"), "{}", left_out.err);
    }
    let with = desk.call(&["report", "c2", "--drafts", "--as", "markdown"]);
    assert!(with.out.contains("It is new.") && !with.err.contains("left out"), "{}{}", with.out, with.err);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    let public = desk.run(&["report", "c2", "--as", "markdown"]);
    assert!(first_line(&public).starts_with("# False: "), "{public}");
}
