//! Outlets bear their names however an article came, and agency copy that two outlets carry is said once.

use crate::support::desk::Desk;
use serde_json::Value;

fn page(address: &str, site: &str) -> String {
    format!(
        "<html><head><title>Quay opens in May</title><link rel=\"canonical\" href=\"{address}\">{site}</head><body>\
         <article><h1>Quay opens in May</h1><p>The quay will open in May, minister Ada Brook said on Monday at the north \
         gate of the harbour.</p><p>“It is safe,” she told reporters who had come in the rain to see the new \
         berth.</p></article></body></html>"
    )
}

fn outlet_of(desk: &Desk, file: &str) -> Value {
    desk.rows(&["convert", file])[0]["outlet"].clone()
}

#[test]
fn an_outlet_is_named_by_its_address_where_the_page_does_not_and_never_guessed() {
    let desk = Desk::new();
    let site = |name: &str| format!("<meta property=\"og:site_name\" content=\"{name}\">");
    for (address, site, outlet) in [
        ("https://eu.usatoday.com/story/quay", String::new(), Value::from("USA Today")),
        ("https://harbourpost.example/quay", String::new(), Value::Null),
        ("https://www.usatoday.com/story/quay", site("The Harbour Post"), Value::from("The Harbour Post")),
        ("https://harbourpost.example/quay", site("usa-today"), Value::from("USA Today")),
        ("https://harbourpost.example/quay", site("harbour-post"), Value::from("harbour-post")),
    ] {
        let file = desk.write("page.html", &page(address, &site));
        assert_eq!(outlet_of(&desk, &file), outlet, "{address} {site}");
    }
}

#[test]
fn a_slug_of_a_table_is_named_a_persons_word_stays_and_both_are_found() {
    let desk = Desk::new();
    desk.write("a.txt", "The quay will open in May, minister Ada Brook said on Monday.\n");
    desk.write("b.txt", "The crane is unsafe, engineer Ned Ford said on Tuesday.\n");
    desk.write("files.csv", "file,publisher,date\na.txt,nyt,2024-03-04\n");
    desk.run(&["load", "a.txt", "--metadata", "files.csv", "--reader", "fast"]);
    desk.run(&["load", "b.txt", "--outlet", "nytimes.com", "--date", "2024-03-05", "--reader", "fast"]);
    let outlets = |filter: &str| -> Vec<String> {
        let rows = desk.rows(&["articles", filter]);
        rows.iter().map(|row| row["outlet"].as_str().unwrap_or_default().to_owned()).collect()
    };
    for written in ["outlet:nyt", "outlet:nytimes.com"] {
        let mut both = outlets(written);
        both.sort();
        assert_eq!(both, ["The New York Times", "nytimes.com"], "{written}");
    }
    assert_eq!(outlets("outlet:new-york-times"), ["The New York Times"]);
    desk.refuse(&["articles", "outlet:usa-today"], "usa-today");
}

const WIRE: &str = "LARNSEA (AP) — The night ferry will sail again in June, harbour master Odile Brandt said on Monday.

“Nobody will have to drive around the bay at midnight any more,” Brandt told reporters at the north quay.

The crossing was stopped two winters ago, after the old berth cracked.

Engineer Ned Ford said that the new berth can carry ships of nine thousand tonnes.

“We have tested every weld of it,” Ford said.
";

#[test]
fn agency_copy_in_two_outlets_is_said_once_and_bears_the_agency() {
    let desk = Desk::new();
    let paragraphs: Vec<&str> = WIRE.trim().split("\n\n").collect();
    let cut = [paragraphs[0], paragraphs[2], paragraphs[3]].join("\n\n");
    desk.write("whole.txt", WIRE);
    desk.write("cut.txt", &format!("The night ferry is coming back to the old berth.\n\n{cut}\n"));
    desk.write(
        "later.txt",
        "The night ferry will not sail again in June, harbour master Odile Brandt said on Friday.\n",
    );
    let load = |file: &str, outlet: &str, date: &str| {
        desk.run(&["load", file, "--outlet", outlet, "--date", date, "--reader", "fast"])
    };
    let stats = || -> Value { serde_json::from_str(&desk.run(&["stats", "--json"])).unwrap() };
    load("whole.txt", "Harbour Post", "2024-05-06");
    let first = stats()["suggested"].clone();
    load("cut.txt", "Northern Wire", "2024-05-07");
    for article in ["a1", "a2"] {
        let shown: Value = serde_json::from_str(&desk.run(&["show", article, "--json"])).unwrap();
        assert_eq!(shown["agency"], "Associated Press", "{article}");
        assert!(desk.run(&["show", article]).contains("Associated Press"), "{article}");
    }
    let both = stats();
    let relations = both["relations"].to_string();
    assert!(relations.contains("[\"carried again\",2]"), "{relations}");
    assert!(!relations.contains("repeat") && !relations.contains("contradiction"), "{relations}");
    assert_eq!(both["suggested"], first, "the copy leaves nothing to decide: {both}");
    load("later.txt", "Harbour Post", "2024-05-10");
    let found = desk.rows(&["contradictions"]);
    assert_eq!(found.len(), 1, "one change of position, however many carried its first side: {found:?}");
    let shown: Value = serde_json::from_str(&desk.run(&["show", "a3", "--json"])).unwrap();
    assert_eq!(shown["agency"], Value::Null);
}

#[test]
fn a_name_that_a_person_gave_a_host_comes_before_the_page_and_the_table() {
    let desk = Desk::new();
    let site = "<meta property=\"og:site_name\" content=\"HP Online\">".to_owned();
    let told = desk.run(&["outlet", "set", "https://www.HarbourPost.example/front", "Harbour  Post"]);
    assert!(told.contains("harbourpost.example is Harbour Post"), "{told}");
    desk.run(&["outlet", "set", "usatoday.com", "Today"]);
    let load = |name: &str, address: &str, more: &[&str]| -> Value {
        let text = page(address, &site).replace("berth", name);
        desk.write(&format!("{name}.html"), &text);
        let file = format!("{name}.html");
        desk.run(&[&["load", &file, "--reader", "fast"], more].concat());
        desk.rows(&["articles", "--limit", "1"])[0]["outlet"].clone()
    };
    assert_eq!(load("crane", "https://m.harbourpost.example/a", &[]), "Harbour Post");
    assert_eq!(load("gate", "https://eu.usatoday.com/a", &[]), "Today");
    assert_eq!(load("mill", "https://harbourpost.example/b", &["--outlet", "My Post"]), "My Post");
    assert_eq!(load("bridge", "https://other.example/b", &[]), "HP Online");
    let named = |desk: &Desk| -> Vec<String> {
        desk.rows(&["outlet", "list"])
            .iter()
            .map(|row| format!("{}={}", row["host"].as_str().unwrap(), row["name"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(named(&desk), ["harbourpost.example=Harbour Post", "usatoday.com=Today"]);
    desk.run(&["outlet", "forget", "harbourpost.example"]);
    assert_eq!(named(&desk), ["usatoday.com=Today"]);
    desk.run(&["undo"]);
    assert_eq!(named(&desk).len(), 2);
    // They go with the desk.
    let other = Desk::new();
    let file = other.write("desk.jsonl", &desk.export());
    other.run(&["import", "desk", &file]);
    assert_eq!(named(&other), named(&desk));
    for (host, name, words) in [
        ("Harbour Post", "x", "is no host"),
        ("harbourpost", "x", "is no host"),
        ("harbourpost.example", " ", "needs a name"),
    ] {
        desk.refuse(&["outlet", "set", host, name], words);
    }
}
