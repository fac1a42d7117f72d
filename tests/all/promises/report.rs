//! A report that a lawyer may read, and counts that agree everywhere.

use crate::support::desk::{Desk, answer};

/// The number before the last place of some words.
fn number_before(text: &str, words: &str) -> usize {
    let at = text.rfind(words).unwrap_or_else(|| panic!("`{words}` is not in: {text}"));
    text[..at].split_whitespace().last().unwrap().replace(',', "").parse().unwrap()
}

#[test]
fn one_count_of_contradictions_in_five_places() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let loaded = number_before(&desk.run(&["load", samples, "--reader", "fast"]), "contradiction");
    let listed = desk.rows(&["contradictions"]).len();
    let stats: serde_json::Value = serde_json::from_str(&desk.run(&["stats", "--json"])).unwrap();
    let kinds = stats["relations"].as_array().unwrap();
    let counted = kinds.iter().find(|row| row[0] == "contradiction").unwrap()[1].as_u64().unwrap() as usize;
    let review = desk.run(&["review", "--only", "contradiction"]);
    let waiting = number_before(&review, "suggestions left");
    let report: serde_json::Value =
        serde_json::from_str(&desk.run(&["report", "--suggested", "--as", "json"])).unwrap();
    let reported = report["disputes"].as_array().unwrap().len();
    assert!(loaded > 5);
    assert_eq!([listed, counted, waiting, reported], [loaded; 4]);
    let page = desk.run(&["report", "--suggested", "--as", "markdown"]);
    assert!(page.contains(&format!("This report shows {loaded} contradictions")), "{}", &page[..900]);
    let all = number_before(&desk.run(&["review"]), "suggestions left");
    assert_eq!(stats["suggested"].as_u64().unwrap() as usize, all, "what still waits is what a review asks for");
}

#[test]
fn a_report_prints_what_a_person_confirmed_and_the_rest_only_when_asked() {
    let desk = Desk::with_samples();
    let ids: Vec<String> =
        desk.rows(&["contradictions"]).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    let empty = desk.run(&["report", "--as", "markdown"]);
    assert!(empty.contains("No contradiction in what this report covers was confirmed"), "{empty}");
    assert!(ids.iter().all(|id| !empty.contains(&format!("({id})"))));
    desk.run(&["confirm", &ids[0]]);
    let page = desk.run(&["report", "--as", "markdown"]);
    assert!(page.contains(&format!("({})", ids[0])) && !page.contains(&format!("({})", ids[1])), "{page}");
    assert!(!page.contains("Suggested by machine, not reviewed"));
    let with = desk.run(&["report", "--suggested", "--as", "markdown"]);
    let (confirmed, suggested) = with.split_once("## Suggested by machine, not reviewed").unwrap();
    assert!(confirmed.contains(&format!("({})", ids[0])) && suggested.contains(&format!("({})", ids[1])));
}

fn publish(desk: &Desk, verdict: &str, reader: &str) {
    let approved = desk.call_as(reader, &["verdict", "approve", verdict]);
    assert_eq!(approved.code, 0, "{}", approved.err);
    desk.run(&["verdict", "publish", verdict, "--anyway", "the archive is down"]);
}

#[test]
fn only_published_verdicts_are_printed_and_drafts_are_marked() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "It was more.", "--link", "https://a.example/1"]);
    desk.run(&["verdict", "record", "c2", "true", "The draft says so."]);
    for form in ["markdown", "html", "json"] {
        let page = desk.run(&["report", "--as", form]);
        assert!(!page.contains("It was more.") && !page.contains("The draft says so."), "{form} prints a draft");
    }
    publish(&desk, "v1", "ben");
    for form in ["markdown", "html", "json"] {
        let page = desk.run(&["report", "--as", form]);
        assert!(page.contains("It was more.") && !page.contains("The draft says so."), "{form}");
        let drafts = desk.run(&["report", "--drafts", "--as", form]);
        assert!(drafts.contains("The draft says so."), "{form}");
        let mark = match form {
            "json" => "\"draft\": true",
            "html" => "Draft, not published",
            _ => "DRAFT, not published",
        };
        assert_eq!(drafts.matches(mark).count(), 1, "{form}");
    }
    let page = desk.run(&["report", "--as", "markdown"]);
    assert!(page.contains("Written by ada") && page.contains("approved by ben") && page.contains("published by ada"));
    assert!(page.contains("because: the archive is down") && page.contains("https://a.example/1"));
}

#[test]
fn a_correction_keeps_the_evidence_and_readers_see_the_old_version_until_it_is_read() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "It was more.", "--link", "https://a.example/1"]);
    publish(&desk, "v1", "ben");
    desk.run(&["correct", "v1", "mostly false", "An earlier version overlooked the roads."]);
    let page = desk.run(&["report", "--as", "markdown"]);
    assert!(page.contains("**false**") && !page.contains("mostly false"), "{page}");
    desk.refuse(&["verdict", "publish", "v2"], "no second person");
    publish(&desk, "v2", "ben");
    let page = desk.run(&["report", "--as", "markdown"]);
    assert!(page.contains("**mostly false**") && page.contains("overlooked the roads"), "{page}");
    assert!(!page.contains("No evidence is attached"), "the correction lost the evidence: {page}");
    assert_eq!(page.matches("](https://a.example/1)").count(), 2);
    // Published at once only with a reason, which is printed.
    desk.refuse(&["correct", "v2", "false", "Wrong.", "--anyway", " "], "gives a reason");
    // A verdict recorded anew has the evidence too.
    desk.run(&["verdict", "record", "c1", "half true", "Counted again."]);
    let drafts = desk.run(&["report", "--drafts", "--as", "markdown"]);
    assert!(!drafts.contains("No evidence is attached"), "{drafts}");
}

#[test]
fn the_response_is_told_with_its_days() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "It was more."]);
    let page = |desk: &Desk| desk.run(&["report", "--drafts", "--as", "html"]);
    assert!(page(&desk).contains("The speaker was not asked."));
    desk.run(&["evidence", "add", "v1", "--asked", "by letter, 4 March"]);
    let asked = page(&desk);
    assert!(asked.contains("Asked: by letter, 4 March") && asked.contains("No answer had come by"), "{asked}");
    desk.run(&["evidence", "add", "v1", "--answer", "We stand by it."]);
    let answered = page(&desk);
    assert!(answered.contains("Answer: We stand by it.") && !answered.contains("No answer had come"));
    assert!(answered.contains("<aside class=\"response\">"));
}

#[test]
fn nobody_decides_without_a_name() {
    let desk = Desk::with_samples();
    for line in [&["confirm", "m1"][..], &["reject", "m1"], &["verdict", "record", "c1", "false"]] {
        let refused = answer(&desk.command(line).env_remove("ONRECORD_USER").output().unwrap());
        assert_eq!(refused.code, 2, "{line:?}");
        assert!(refused.err.contains(".set user"), "{}", refused.err);
    }
    let listed = answer(&desk.command(&["verdict", "list"]).env_remove("ONRECORD_USER").output().unwrap());
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(!desk.run(&["report", "--suggested", "--drafts", "--as", "markdown"]).contains("somebody"));
}

#[test]
fn probability_and_log_odds_are_never_in_one_list() {
    let desk = Desk::with_samples();
    let rows = desk.rows(&["contradictions"]);
    let change = rows.iter().find(|row| row["dispute"] == "change_of_position").unwrap();
    let id = change["id"].as_str().unwrap().to_owned();
    let why = desk.run(&["why", &id]);
    assert!(!why.contains("+0.") && !why.contains("intercept") && !why.contains("log-odds"), "{why}");
    let all = desk.run(&["why", &id, "--all"]);
    assert!(all.contains("log-odds") && all.contains("intercept"), "{all}");
    for form in ["markdown", "html", "json"] {
        let report = desk.run(&["report", "--suggested", "--as", form]);
        assert!(!report.contains("intercept") && !report.contains("covered.least"), "{form}");
    }
}

#[test]
fn figures_are_a_series_and_no_contradictions() {
    let desk = Desk::new();
    for (day, cost) in [("2024-01-08", "1.2"), ("2024-03-11", "1.4"), ("2024-06-10", "1.5"), ("2024-09-09", "1.9")] {
        let text = format!(
            "Title: Tunnel {day}\nDate: {day}\n\nThe harbour tunnel will cost {cost} billion crowns, minister Ada Brook said.\n"
        );
        let file = desk.write(&format!("{day}.txt"), &text);
        let loaded = desk.run(&["load", &file, "--reader", "fast"]);
        assert!(loaded.contains("0 contradictions"), "{loaded}");
    }
    assert!(desk.rows(&["contradictions"]).is_empty());
    let series = desk.rows(&["contradictions", "--updates"]);
    assert_eq!(series.len(), 1, "a series is one suggestion");
    assert_eq!(number_before(&desk.run(&["review"]), "suggestion left"), 1);
    let page = desk.run(&["report", "--suggested", "--as", "markdown"]);
    assert!(page.contains("### Updated figures"), "{page}");
    let places: Vec<usize> =
        ["1.2", "1.4", "1.5", "1.9"].iter().map(|cost| page.find(&format!("**{cost}")).unwrap()).collect();
    assert!(places.is_sorted(), "the figures stand in the order in which they were given: {page}");
    desk.run(&["confirm", series[0]["id"].as_str().unwrap()]);
    assert!(
        desk.run(&["report", "--as", "markdown"]).contains("### Updated figures"),
        "one decision confirms the series"
    );
    desk.run(&["undo"]);
    desk.run(&["reject", series[0]["id"].as_str().unwrap()]);
    assert!(desk.rows(&["contradictions", "--updates"]).is_empty(), "one decision rejects the series");
}

#[test]
fn polarity_is_counted_in_the_clause_that_speaks_of_the_matter() {
    let desk = Desk::new();
    let why = desk.run(&[
        "compare",
        "We reject the ceasefire, because it asks nothing of Belmora",
        "We should accept the ceasefire",
        "--all",
    ]);
    assert!(!why.contains("cancel out") && !why.contains("for it (“reject”"), "{why}");
}

#[test]
fn a_phrase_or_nobody_in_particular_is_no_repeated_position() {
    let desk = Desk::new();
    for day in ["2024-01-08", "2024-03-11"] {
        let text = format!(
            "Title: Days {day}\nDate: {day}\n\n“Being the mayor,” minister Ada Brook said.\n\n\
             The quay will stay open, somebody said.\n\n“The port will stay open,” Brook said.\n"
        );
        let file = desk.write(&format!("{day}.txt"), &text);
        desk.run(&["load", &file, "--reader", "fast"]);
    }
    let report: serde_json::Value =
        serde_json::from_str(&desk.run(&["report", "--suggested", "--as", "json"])).unwrap();
    for repeat in report["repeats_suggested"].as_array().unwrap() {
        for occasion in repeat["occasions"].as_array().unwrap() {
            let statement = &occasion["statement"];
            assert!(!statement["speaker"].is_null(), "{statement}");
            assert!(!statement["words"].as_str().unwrap().contains("Being"), "{statement}");
        }
    }
}

#[test]
fn the_articles_are_all_that_were_read_for_the_filter() {
    let desk = Desk::with_samples();
    let all = desk.rows(&["articles"]).len();
    let articles = |filter: &str| {
        let report = desk.run(&["report", filter, "--as", "json"]);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        (report["articles"].as_array().unwrap().len(), report["notes"][0].as_str().unwrap().to_owned())
    };
    let (read, note) = articles("speaker:Orlova");
    assert!(read > 0 && read < all, "{read} of {all} hold what she said");
    assert!(note.contains("were read for this report") || note.contains("the others were not"), "{note}");
    let (read, note) = articles("outlet:wire");
    assert!(read > 0 && read < all && note.contains("the others were not"), "{note}");
}

#[test]
fn the_program_says_which_headlines_it_wrote_and_a_story_keeps_those_of_a_person() {
    let desk = Desk::with_samples();
    let page = desk.run(&["report", "speaker", "Lena", "Orlova", "--suggested", "--as", "html"]);
    assert!(page.contains("were written by the program; no person has approved them"), "{page}");
    assert!(page.contains("Lena Orlova in May: “Kestria will not negotiate"), "{page}");
    assert!(page.contains("“In reversal, Kestria offers talks without conditions”"), "the change is acknowledged");
    desk.run(&["story", "create", "talks", "text:talks"]);
    let own = desk.run(&["story", "set", "talks", "--title", "Talks, at last", "--summary", "In short."]);
    assert!(own.contains("talks"), "{own}");
    let page = desk.run(&["report", "story:talks", "--suggested", "--as", "html"]);
    assert!(page.contains("<h1>Talks, at last</h1>") && page.contains("In short."), "{page}");
    let once = desk.run(&["report", "story", "talks", "--title", "Only now", "--as", "html"]);
    assert!(once.contains("<h1>Only now</h1>"));
    desk.run(&["undo"]);
    assert!(!desk.run(&["report", "story", "talks", "--as", "html"]).contains("Talks, at last"), "undo takes it back");
    desk.run(&["redo"]);
    let copy = desk.path("copy.jsonl");
    desk.run(&["export", "--out", copy.to_str().unwrap()]);
    let other = Desk::new();
    other.run(&["import", "desk", copy.to_str().unwrap()]);
    assert!(other.run(&["report", "story", "talks", "--as", "html"]).contains("<h1>Talks, at last</h1>"));
}

#[test]
fn a_report_is_about_what_was_asked_and_what_is_missing_is_named() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "It was more."]);
    publish(&desk, "v1", "ben");
    let of_verdict = desk.run(&["report", "verdict", "v1", "--as", "markdown"]);
    assert!(of_verdict.contains("It was more."), "{of_verdict}");
    assert!(!desk.run(&["report", "claim", "c2", "--as", "markdown"]).contains("It was more."));
    desk.refuse(&["report", "speaker"], "needs a name");
    desk.refuse(&["report", "verdict", "x"], "invalid verdict id `x`");
    desk.refuse(&["report", "claim", "c9999"], "c9999");
    assert!(desk.run(&["report", "contradictions", "--as", "text"]).contains("HOW THIS WAS MADE"));
    let sheet = desk.run(&["report", "--suggested", "--as", "csv"]);
    let rows = csv::Reader::from_reader(sheet.as_bytes()).into_records().count();
    assert!(rows >= 18, "two statements a finding: {sheet}");
    let html = desk.run(&["report", "--as", "html", "--address", "https://desk.example/r"]);
    assert!(html.contains("<link rel=\"canonical\" href=\"https://desk.example/r\">"));
    assert!(html.contains("\"@type\":\"ClaimReview\"") && html.contains("https://desk.example/r#v1"));
}

#[test]
fn the_house_fills_its_own_form_and_a_fault_in_it_is_named() {
    let desk = Desk::with_samples();
    let form = "<h1>{{ page.title }}</h1>{% for part in page.parts %}{% for one in part.disputes %}<p>{{ one.heading }}</p>{% endfor %}{% endfor %}";
    let house = desk.write("house.html", form);
    let page = desk.run(&["report", "--suggested", "--title", "A <b> & c", "--template", &house]);
    assert!(page.starts_with("<h1>A &lt;b&gt; &amp; c</h1><p>"), "{page}");
    let broken = desk.write("broken.html", "{% for %}");
    desk.refuse(&["report", "--template", &broken], "broken.html cannot be filled");
    desk.refuse(&["report", "--template", "nowhere.html"], "cannot read the template nowhere.html");
}

#[test]
fn a_statement_stands_with_what_is_around_it_in_its_article() {
    let desk = Desk::new();
    let shut = "Title: Quay\nDate: 2024-01-08\nOutlet: Post\n\nRain fell all day. “The quay will not open,” minister Ada Brook told reporters in Larn. She left early.\n\n“The quay stays shut until the wall is mended,” Brook said.\n";
    let open = "Title: In reversal, quay to open\nDate: 2024-03-11\nOutlet: Post\n\n“The quay will open,” minister Ada Brook said.\n";
    for (name, text) in [("a.txt", shut), ("b.txt", open)] {
        desk.run(&["load", &desk.write(name, text), "--reader", "fast"]);
    }
    let report = desk.run(&["report", "--suggested", "--as", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let dispute = &report["disputes"][0];
    let passage = &dispute["earlier"]["passage"];
    assert_eq!(passage["before"], "Rain fell all day.", "{passage}");
    assert_eq!(passage["after"], "She left early.");
    assert_eq!((passage["occasion"].as_str(), passage["place"].as_str()), (Some("told reporters"), Some("Larn")));
    assert_eq!(passage["conditions"][0], "until the wall is mended");
    assert_eq!(dispute["later"]["passage"]["turn"]["words"], "In reversal, quay to open");
    assert_eq!(dispute["earlier"]["article"]["hash"].as_str().map(str::len), Some(64));
    let page = desk.run(&["report", "--suggested", "--as", "markdown"]);
    assert!(page.contains("In the article: Rain fell all day. “The quay will not open,”"), "{page}");
}

fn first_line(document: &str) -> &str {
    document.lines().find(|line| line.starts_with("# ")).unwrap_or_default()
}

#[test]
fn a_headline_counts_as_on_record_only_what_a_person_confirmed() {
    let desk = Desk::with_samples();
    let open = desk.rows(&["contradictions"]);
    let waiting = desk.run(&["report", "contradictions", "--as", "markdown"]);
    assert!(
        first_line(&waiting).contains("Nothing confirmed") && first_line(&waiting).contains("not reviewed"),
        "{waiting}"
    );
    let suggested = desk.run(&["report", "contradictions", "--suggested", "--as", "markdown"]);
    assert!(!first_line(&suggested).contains("on record"), "{}", first_line(&suggested));
    assert!(first_line(&suggested).contains("suggested, not reviewed"), "{}", first_line(&suggested));
    desk.run(&["confirm", open[0]["id"].as_str().unwrap()]);
    let both = desk.run(&["report", "contradictions", "--suggested", "--as", "markdown"]);
    let headline = first_line(&both);
    let (confirmed, rest) = headline.rsplit_once("; ").unwrap_or_else(|| panic!("{headline}"));
    assert!(!confirmed.contains("suggested") && rest.ends_with("suggested, not reviewed"), "{headline}");
    assert!(both.contains("1 denial of an allegation on record."), "{both}");
    // Of several the weightiest is told, and how many there are beside it.
    let changed = open.iter().find(|one| one["dispute"] == "change_of_position").unwrap();
    desk.run(&["confirm", changed["id"].as_str().unwrap()]);
    let two = desk.run(&["report", "contradictions", "--as", "markdown"]);
    assert!(first_line(&two).ends_with("; 1 contradiction more on record"), "{}", first_line(&two));
    assert!(first_line(&two).contains(changed["later"]["speaker"]["name"].as_str().unwrap()), "{}", first_line(&two));
}

#[test]
fn the_headline_of_a_judged_claim_is_the_verdict_and_its_figures_are_its_own() {
    let desk = Desk::with_samples();
    desk.run(&["verdict", "record", "c1", "false", "The figure is higher.", "--link", "https://a.example/1"]);
    let draft = desk.run(&["report", "c1", "--as", "markdown"]);
    assert!(!first_line(&draft).to_lowercase().contains("false"), "a draft is no headline: {draft}");
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    let claim = desk.rows(&["claims"]).into_iter().find(|row| row["id"] == "c1").unwrap();
    let who = claim["speaker"]["name"].as_str().unwrap().to_owned();
    let report = desk.run(&["report", "v1", "--as", "markdown"]);
    assert!(first_line(&report).starts_with("# False: ") && first_line(&report).contains(&who), "{report}");
    let person = desk.run(&["report", &format!("speaker:{who}"), "--as", "markdown"]);
    assert!(first_line(&person).contains("1 statement rated false"), "{}", first_line(&person));
    assert!(!person.contains("no contradiction on record"));
    let all = desk.rows(&["claims"]).len();
    assert!(report.contains("claim c1") && !report.contains("the whole desk"), "{report}");
    assert!(!report.contains(&format!("{all} claims")), "{report}");
    assert!(report.contains("about the claim c1 alone"), "{report}");
}

#[test]
fn a_story_tells_every_position_of_somebody_whose_turn_was_rated() {
    let desk = Desk::new();
    for (day, words) in [
        (
            "2025-01-03",
            "Ada Holm said she would never vote for a toll on the bridge. Ruth Denning said the crane was old.",
        ),
        ("2025-02-03", "Ada Holm said the bridge needs a toll. Ada Holm said the ferries are clean."),
    ] {
        let file = desk.write(&format!("{day}.txt"), &format!("The toll\n\n{words}\n"));
        desk.run(&["load", &file, "--reader", "fast", "--date", day]);
    }
    desk.run(&["story", "create", "toll"]);
    desk.run(&["story", "add", "toll", "a1", "a2"]);
    desk.run(&["verdict", "record", "c3", "full flip", "She voted for it."]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    let report = desk.run(&["report", "story:toll", "--as", "markdown"]);
    let held = report.split("Who holds what since when").nth(1).unwrap_or_else(|| panic!("{report}"));
    let table: Vec<&str> = held.lines().filter(|line| line.starts_with("| Ada Holm")).collect();
    assert_eq!(table.len(), 3, "{held}");
    assert!(table[0].contains("never vote") && held.contains("rated full flip"), "{held}");
    assert!(!held.contains("| Ruth Denning"), "{held}");
}
