//! What other programs get of a desk: published findings in the forms that they read, and never a machine's or a draft as one.

use crate::support::desk::Desk;
use rusqlite::Connection;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const ADDRESS: &str = "https://desk.example/checks";

/// Two verdicts published, one of them corrected; one draft; one contradiction confirmed, the others only suggested.
fn desk() -> Desk {
    let desk = Desk::with_samples();
    desk.run(&[
        "verdict",
        "record",
        "c1",
        "false",
        "It was <more> & dearer.",
        "--link",
        "https://auditor.example/tunnel",
    ]);
    desk.run(&["verdict", "publish", "v1", "--anyway", "a test"]);
    desk.run(&["verdict", "record", "c22", "mostly true", "They were not met.", "--link", "https://a.example/minutes"]);
    desk.run(&["verdict", "publish", "v2", "--anyway", "a test"]);
    desk.run(&["correct", "v1", "mostly false", "An earlier version overlooked the roads.", "--anyway", "a test"]);
    desk.run(&["verdict", "record", "c2", "absurd", "Nobody has seen this."]);
    let first = desk.rows(&["contradictions"])[0]["id"].as_str().unwrap().to_owned();
    desk.run(&["confirm", &first, "--note", "heard it myself"]);
    desk
}

fn opened(desk: &Desk, name: &str) -> Connection {
    Connection::open(desk.path(name)).unwrap()
}

fn texts(file: &Connection, statement: &str) -> Vec<String> {
    let mut statement = file.prepare(statement).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_file_for_datasette_holds_what_is_published_explained_and_searchable() {
    let desk = desk();
    desk.run(&["export", "datasette", "out.db"]);
    let file = opened(&desk, "out.db");
    let claims: usize = texts(&file, "SELECT CAST(count(*) AS TEXT) FROM claims")[0].parse().unwrap();
    assert_eq!(claims, desk.rows(&["claims"]).len());
    assert_eq!(texts(&file, "SELECT rating FROM verdicts ORDER BY rating"), ["mostly false", "mostly true"]);
    assert_eq!(texts(&file, "SELECT DISTINCT standing FROM contradictions"), ["confirmed"]);
    assert_eq!(texts(&file, "SELECT count(*) || '' FROM contradictions"), ["1"]);
    // Nothing points nowhere, and nothing of a draft is told.
    assert!(texts(&file, "SELECT \"table\" FROM pragma_foreign_key_check").is_empty());
    assert!(texts(&file, "SELECT id FROM claims WHERE verdict LIKE '%absurd%'").is_empty());
    let days = "SELECT published FROM articles WHERE published NOT GLOB '20[0-9][0-9]-[01][0-9]-[0-3][0-9]'";
    assert!(texts(&file, days).is_empty());
    let found =
        "SELECT id FROM claims WHERE rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'negotiate')";
    assert!(texts(&file, found).len() > 1);

    let described = json(&std::fs::read_to_string(desk.path("metadata.json")).unwrap());
    assert_eq!((&described["license"], &described["source"]), (&Value::from(""), &Value::from("")));
    let tables = described["databases"]["out"]["tables"].as_object().unwrap();
    assert_eq!(tables.keys().collect::<Vec<_>>(), ["claims", "contradictions", "verdicts", "positions", "articles"]);
    for (table, about) in tables {
        let columns = texts(&file, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let explained: Vec<&String> = about["columns"].as_object().unwrap().keys().collect();
        assert_eq!(explained, columns.iter().collect::<Vec<_>>(), "{table}");
        assert!(about["columns"].as_object().unwrap().values().all(|words| !words.as_str().unwrap().is_empty()));
        for named in about["facets"].as_array().unwrap().iter().chain(about.get("sort_desc")) {
            assert!(columns.iter().any(|column| named == column), "{table}: {named}");
        }
    }
}

#[test]
fn what_is_not_published_comes_only_when_asked_for_and_marked() {
    let desk = desk();
    desk.run(&["export", "datasette", "all.db", "--drafts", "--suggested"]);
    let file = opened(&desk, "all.db");
    assert_eq!(texts(&file, "SELECT rating FROM verdicts WHERE state = 'draft'"), ["absurd"]);
    assert_eq!(
        texts(&file, "SELECT DISTINCT standing FROM contradictions ORDER BY 1"),
        ["confirmed", "suggested by machine"]
    );
    let unnamed = "SELECT id FROM contradictions WHERE (confirmed_by IS NULL) = (standing = 'confirmed')";
    assert!(texts(&file, unnamed).is_empty(), "who confirmed is told, and of nothing else");
    assert_eq!(texts(&file, "SELECT draft_verdict FROM claims WHERE id = 'c2'"), ["absurd"]);
    assert!(texts(&file, "SELECT id FROM claims WHERE verdict LIKE '%absurd%'").is_empty());
    for form in [&["annotations"][..], &["claimreview", "--address", ADDRESS], &["rss", "--address", ADDRESS]] {
        let arguments: Vec<&str> = ["export"].iter().chain(form).copied().collect();
        let out = desk.run(&arguments);
        assert!(!out.contains("absurd"), "{form:?} tells a draft");
        let arguments: Vec<&str> = arguments.into_iter().chain(["--drafts"]).collect();
        desk.refuse(&arguments, "takes neither --drafts nor --suggested");
    }
}

#[test]
fn the_same_desk_gives_the_same_file_and_nothing_of_a_person_is_written_over() {
    let desk = desk();
    desk.run(&["export", "datasette", "one.db"]);
    desk.run(&["export", "datasette", "--out", "two.db", "--suggested"]);
    desk.run(&["export", "datasette", "three.db"]);
    let bytes = |name: &str| std::fs::read(desk.path(name)).unwrap();
    assert_eq!(bytes("one.db"), bytes("three.db"));
    for database in ["one.db", "d.db", "./d.db"] {
        desk.refuse(&["export", "datasette", database], "it is not written over");
    }
    desk.write("metadata.json", "mine");
    let answer = desk.call(&["export", "datasette", "four.db"]);
    assert!(answer.err.contains("stays as it is"), "{}", answer.err);
    assert_eq!(bytes("metadata.json"), b"mine");
    desk.refuse(&["export", "datasette"], "needs a file");
    desk.refuse(&["export", "datasette", "speaker:Orlova"], "needs a file");
}

#[test]
fn a_filter_narrows_every_sheet_and_what_is_cited_is_there() {
    let desk = desk();
    desk.run(&["export", "datasette", "o.db", "speaker:Orlova", "--suggested"]);
    let file = opened(&desk, "o.db");
    let cited = "SELECT id FROM claims WHERE speaker NOT LIKE '%Orlova%'
                 AND id NOT IN (SELECT earlier_claim FROM contradictions UNION SELECT later_claim FROM contradictions)";
    assert!(texts(&file, cited).is_empty());
    assert!(texts(&file, "SELECT \"table\" FROM pragma_foreign_key_check").is_empty());
    let rows = desk.run(&["export", "csv", "claims", "speaker:Orlova"]);
    assert!(rows.starts_with("id,speaker,") && rows.lines().count() > 3, "{rows}");
    desk.refuse(&["export", "csv", "clams"], "there is no sheet `clams`");
    desk.refuse(&["export", "csv"], "needs claims, contradictions");
}

#[test]
fn each_sheet_is_csv_and_json_lines_with_a_version() {
    let desk = desk();
    for sheet in ["claims", "contradictions", "verdicts", "positions", "articles"] {
        let lines = desk.run(&["export", "jsonl", sheet]);
        let table = desk.run(&["export", "csv", sheet]);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(reader.records().map(Result::unwrap).count(), lines.lines().count(), "{sheet}");
        for line in lines.lines() {
            let row = json(line);
            assert_eq!((&row["schema_version"], &row["sheet"]), (&Value::from(1), &Value::from(sheet)));
            let fields: Vec<&String> = row.as_object().unwrap().keys().skip(2).collect();
            assert_eq!(fields, header.iter().collect::<Vec<_>>(), "{sheet}");
        }
    }
}

/// Holds a value to the terms of schema.org: its type is known, and so is every property with what it holds.
fn holds_to_terms(terms: &BTreeMap<(String, String), BTreeSet<String>>, value: &Map<String, Value>) {
    let kind = value["@type"].as_str().unwrap();
    for (property, value) in value.iter().filter(|(property, _)| !property.starts_with('@')) {
        let allowed = terms.get(&(kind.to_owned(), property.clone()));
        let allowed = allowed.unwrap_or_else(|| panic!("{kind} has no {property}"));
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        for value in values {
            let holds = |name: &str| allowed.contains(name);
            match &value {
                Value::Object(inner) => {
                    assert!(holds(inner["@type"].as_str().unwrap()), "{kind}.{property}: {value}");
                    holds_to_terms(terms, inner);
                }
                Value::String(text) => {
                    let is_date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
                    let is_link = text.starts_with("https://") || text.starts_with("http://");
                    let fits = holds("Text") || holds("Date") && is_date || holds("URL") && is_link;
                    assert!(fits && !text.is_empty(), "{kind}.{property}: {text}");
                }
                Value::Number(_) => assert!(holds("Number"), "{kind}.{property}: {value}"),
                other => panic!("{kind}.{property}: {other}"),
            }
        }
    }
}

#[test]
fn a_data_feed_of_published_verdicts_holds_to_schema_org_and_comes_in_again() {
    let desk = desk();
    let file =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/exchange/schema_org_terms.tsv"));
    let mut terms: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for line in file.unwrap().lines().skip(2) {
        let cells: Vec<&str> = line.split('\t').collect();
        terms.insert((cells[0].into(), cells[1].into()), cells[2].split(' ').map(str::to_owned).collect());
    }
    desk.refuse(&["export", "claimreview"], "needs the address of the page");
    desk.refuse(&["export", "claimreview", "--address", "checks"], "is not a web address");
    for publisher in [&[][..], &["--publisher", "The Desk"]] {
        let arguments = ["export", "claimreview", "--address", ADDRESS, "--out", "feed.json"];
        desk.run(&arguments.into_iter().chain(publisher.iter().copied()).collect::<Vec<_>>());
        let feed = json(&std::fs::read_to_string(desk.path("feed.json")).unwrap());
        assert_eq!(feed["@context"], "https://schema.org");
        assert_eq!(feed["@type"], "DataFeed");
        holds_to_terms(&terms, feed.as_object().unwrap());
        let items = feed["dataFeedElement"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        for item in items {
            let review = &item["item"];
            for required in ["claimReviewed", "url", "reviewRating"] {
                assert!(!review[required].is_null(), "{required}: {review}");
            }
            assert!(review["reviewRating"]["alternateName"].is_string());
            assert!(review["claimReviewed"].as_str().unwrap().chars().count() <= 75);
            let author = if publisher.is_empty() { ("Person", "ada") } else { ("Organization", "The Desk") };
            assert_eq!(
                (review["author"]["@type"].as_str(), review["author"]["name"].as_str()),
                (Some(author.0), Some(author.1))
            );
        }
    }
    let corrected = desk.run(&["export", "claimreview", "--address", ADDRESS]);
    assert!(
        corrected.contains("CorrectionComment") && corrected.contains("https://desk.example/checks#v3"),
        "{corrected}"
    );
    desk.run(&["--db", "other.db", "import", "checks", "feed.json"]);
    let taken = desk.run(&["--db", "other.db", "show", "f1"]);
    assert!(taken.contains("The Desk") && taken.contains("mostly"), "{taken}");
}

#[test]
fn the_markup_services_page_has_its_fields_and_no_others() {
    let desk = desk();
    let page = json(&desk.run(&["export", "claimreview", "--shape", "markup", "--address", ADDRESS]));
    let known = |value: &Value, names: &[&str]| {
        for name in value.as_object().unwrap().keys() {
            assert!(names.contains(&name.as_str()), "{name}");
        }
    };
    known(&page, &["pageUrl", "publishDate", "claimReviewAuthor", "claimReviewMarkups"]);
    assert_eq!(page["pageUrl"], ADDRESS);
    let marks = page["claimReviewMarkups"].as_array().unwrap();
    assert_eq!(marks.len(), 2);
    for mark in marks {
        let names =
            "url claimReviewed claimDate claimLocation claimFirstAppearance claimAppearances claimAuthor rating";
        known(mark, &names.split(' ').collect::<Vec<_>>());
        known(&mark["claimAuthor"], &["name", "jobTitle", "sameAs", "imageUrl"]);
        known(
            &mark["rating"],
            &["textualRating", "ratingValue", "worstRating", "bestRating", "ratingExplanation", "imageUrl"],
        );
        let numbers = ["worstRating", "ratingValue", "bestRating"].map(|name| mark["rating"][name].as_u64().unwrap());
        assert!(numbers.is_sorted() && numbers[0] == 1 && numbers[2] == 6, "{numbers:?}");
        assert!(mark["rating"]["textualRating"].is_string() && mark["claimAppearances"][0].is_string());
    }
}

#[test]
fn a_feed_reader_reads_the_rss_and_its_ids_stay() {
    let desk = desk();
    let call = ["export", "rss", "--address", ADDRESS, "--publisher", "The <Desk> & sons"];
    let written = desk.run(&call);
    assert_eq!(written, desk.run(&call));
    let feed = feed_rs::parser::parse(written.as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "The <Desk> & sons");
    assert_eq!(feed.entries.len(), 2);
    for entry in &feed.entries {
        assert!(entry.id.starts_with("urn:onrecord:verdict:"), "{}", entry.id);
        assert!(entry.published.is_some() && entry.links[0].href.starts_with(ADDRESS));
    }
    let corrected = feed.entries.iter().find(|entry| entry.title.as_ref().unwrap().content.starts_with("mostly false"));
    let told = &corrected.unwrap().summary.as_ref().unwrap().content;
    assert!(told.starts_with("Correction: An earlier version") && told.contains("It was <more> & dearer."), "{told}");
    for day in written.lines().filter_map(|line| line.trim().strip_prefix("<pubDate>")) {
        assert!(chrono::DateTime::parse_from_rfc2822(day.trim_end_matches("</pubDate>")).is_ok(), "{day}");
    }
    // Another desk with other numbers gives the same ids.
    desk.run(&["export", "--out", "whole.jsonl"]);
    desk.run(&["--db", "other.db", "load", &desk.write("new.txt", "Title: Quay\n\nThe quay opens, Ada Brook said.\n")]);
    desk.run(&["--db", "other.db", "import", "desk", "whole.jsonl"]);
    let other = desk.run(&["--db", "other.db", "export", "rss", "--address", ADDRESS]);
    let ids = |feed: &str| {
        let entries = feed_rs::parser::parse(feed.as_bytes()).unwrap().entries;
        entries.into_iter().map(|entry| entry.id).collect::<BTreeSet<_>>()
    };
    assert_eq!(ids(&written), ids(&other));
}

/// Holds an annotation to what the Web Annotation model requires, and its selectors to the text.
fn holds_to_model(annotation: &Value, texts: &BTreeMap<String, Vec<char>>) -> usize {
    assert_eq!(annotation["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(annotation["type"], "Annotation");
    assert!(annotation["id"].as_str().unwrap().starts_with("urn:onrecord:"));
    assert!(chrono::DateTime::parse_from_rfc3339(annotation["created"].as_str().unwrap()).is_ok());
    assert!(annotation["creator"]["type"] == "Software" && annotation["creator"]["name"].is_string());
    let motivations = ["assessing", "classifying", "describing", "identifying", "linking", "tagging"];
    assert!(motivations.iter().any(|known| annotation["motivation"] == **known));
    for body in annotation["body"].as_array().unwrap() {
        assert_eq!(body["type"], "TextualBody");
        assert!(
            !body["value"].as_str().unwrap().is_empty() && motivations.iter().any(|known| body["purpose"] == **known)
        );
    }
    let target = &annotation["target"];
    let targets = target.as_array().cloned().unwrap_or_else(|| vec![target.clone()]);
    for target in &targets {
        let text = &texts[target["source"].as_str().unwrap()];
        let selectors = target["selector"].as_array().unwrap();
        let of = |kind: &str| selectors.iter().find(|selector| selector["type"] == kind).unwrap();
        let (quote, position) = (of("TextQuoteSelector"), of("TextPositionSelector"));
        let (start, end) = (position["start"].as_u64().unwrap() as usize, position["end"].as_u64().unwrap() as usize);
        let piece = |from: usize, to: usize| text[from..to.min(text.len())].iter().collect::<String>();
        assert!(start < end);
        assert_eq!(quote["exact"], piece(start, end));
        assert_eq!(quote["prefix"], piece(start.saturating_sub(32), start));
        assert_eq!(quote["suffix"], piece(end, end + 32));
    }
    targets.len()
}

#[test]
fn each_claim_is_an_annotation_whose_selectors_find_its_words() {
    let desk = desk();
    desk.write(
        "bare.txt",
        "Title: Quay\n\n“The quay — né Kai —” minister Ada Brook said on Monday, “will open in May.”\n",
    );
    desk.run(&["load", "bare.txt", "--reader", "fast"]);
    let mut texts: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for line in desk.export().lines().map(json).filter(|line| line["type"] == "article") {
        let hash = line["article"]["hash"].as_str().unwrap();
        let source = line["article"]["url"].as_str().map_or_else(|| format!("urn:sha256:{hash}"), str::to_owned);
        texts.insert(source, line["text"].as_str().unwrap().chars().collect());
    }
    let out = desk.run(&["export", "annotations"]);
    let annotations: Vec<Value> = out.lines().map(json).collect();
    assert_eq!(annotations.len(), desk.rows(&["claims"]).len());
    let pieces: Vec<usize> = annotations.iter().map(|annotation| holds_to_model(annotation, &texts)).collect();
    assert!(pieces.iter().any(|pieces| *pieces > 1), "no words in several pieces were tried");
    let ids: BTreeSet<&str> = annotations.iter().map(|annotation| annotation["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), annotations.len());
    let judged = annotations.iter().filter(|annotation| annotation["motivation"] == "assessing");
    let verdicts: Vec<&Value> =
        judged.flat_map(|one| one["body"].as_array().unwrap()).filter(|body| body["label"] == "verdict").collect();
    assert_eq!(verdicts.len(), 2);
    assert!(verdicts.iter().all(|body| body["creator"]["name"] == "ada" && body["created"].is_string()));
}

/// A denial, a refusal of two and a plain statement, each with a published verdict.
#[test]
fn words_that_leave_the_desk_alone_take_along_what_turns_them() {
    let desk = Desk::new();
    let file = desk.write(
        "toll.txt",
        "The toll\n3 March 2025\n\nRuth Denning denied that she had ever voted for a toll. Neither Paul Pryce nor his lawyer would say \
         whether the ledger had been kept. Ada Holm said that the quay was safe.\n",
    );
    desk.run(&["load", &file, "--reader", "fast"]);
    let expected = [
        ("c1", "denied that she had ever voted for a toll"),
        ("c2", "Neither Paul Pryce nor his lawyer would say whether the ledger had been kept"),
        ("c3", "that the quay was safe"),
    ];
    for (number, (claim, _)) in expected.iter().enumerate() {
        desk.run(&["verdict", "record", claim, "mostly false", "Minutes.", "--link", "https://a.example/minutes"]);
        desk.run(&["verdict", "publish", &format!("v{}", number + 1), "--anyway", "a test"]);
    }
    let feed = desk.run(&["export", "rss", "--address", ADDRESS]);
    let review = desk.run(&["export", "claimreview", "--address", ADDRESS]);
    let annotations = desk.run(&["export", "annotations"]);
    let list = desk.run(&["claims"]);
    for (claim, words) in expected {
        let report = desk.run(&["report", claim, "--as", "markdown"]);
        for (what, out) in [("rss", &feed), ("review", &review), ("list", &list), ("report", &report)] {
            assert!(out.contains(words), "{what} {claim}: {out}");
        }
        assert!(annotations.contains(words), "{annotations}");
    }
    assert!(
        feed.contains("<title>mostly false: Ruth Denning: denied that she had ever voted for a toll</title>"),
        "{feed}"
    );
    assert!(!review.contains("\"that she had"), "{review}");
    desk.run(&["export", "datasette", "out.db"]);
    let words = texts(&opened(&desk, "out.db"), "SELECT words FROM verdicts ORDER BY id");
    assert_eq!(words, expected.map(|(_, words)| words));
}

#[test]
fn exports_name_no_folder_of_this_computer() {
    let desk = desk();
    let own =
        desk.write("own.txt", "Title: The quay\n\nThe quay will open in May, minister Ada Brook said on Monday.\n");
    desk.run(&["load", &own, "--reader", "fast"]);
    let folder = desk.folder.path().to_str().unwrap();
    assert!(own.starts_with(folder), "the home of this person");
    for line in [
        &["export"][..],
        &["export", "csv", "articles"],
        &["export", "csv", "claims"],
        &["export", "jsonl", "verdicts"],
        &["export", "annotations"],
        &["export", "claimreview", "--address", ADDRESS],
        &["export", "rss", "--address", ADDRESS],
        &["report", "--as", "html", "--suggested", "--drafts"],
        &["report", "--as", "json", "--suggested", "--drafts"],
    ] {
        let told = desk.run(line);
        assert!(!told.contains(folder), "{line:?}: {}", told.lines().find(|line| line.contains(folder)).unwrap());
    }
    assert!(desk.export().contains("\"path\":\"~/own.txt\""));
}
