//! Files of every format become articles: what each keeps, what is refused and why. All samples were written for this.

use crate::support::{source, wait};
use onrecord::article::{self, BlockKind, FORMATS, Given, Opened, ReadError};
use std::time::{Duration, Instant};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(source("tests/data/formats").join(name)).unwrap()
}

fn open(name: &str) -> Vec<Result<Opened, ReadError>> {
    let all = article::open(&sample(name), name, &Given::default()).unwrap();
    all.into_iter().map(|(_, opened)| opened).collect()
}

fn only(name: &str) -> Opened {
    let mut all = open(name);
    assert_eq!(all.len(), 1, "{name}");
    all.remove(0).unwrap()
}

fn paragraphs(opened: &Opened, kind: BlockKind) -> Vec<&str> {
    let blocks = opened.article.blocks.iter().filter(|block| block.kind == kind);
    blocks.map(|block| opened.article.text.slice(block.span)).collect()
}

#[test]
fn every_row_of_the_table_reads_its_sample() {
    for format in FORMATS {
        let path = format.sample;
        let bytes = std::fs::read(source(path)).unwrap();
        let all = article::open(&bytes, "sample", &Given::default()).unwrap();
        let read: Vec<&Opened> = all.iter().filter_map(|(_, opened)| opened.as_ref().ok()).collect();
        let reads =
            |opened: &&Opened| opened.origin.format == format.name || opened.origin.within.contains(&format.name);
        assert!(read.iter().any(reads), "{path}");
        for opened in read {
            assert!(opened.article.text.as_str().contains("said"), "{path}");
            assert!(opened.published.is_some(), "{path}");
            assert!(
                !opened.article.blocks.is_empty() && !format.keeps.is_empty() && !format.title.is_empty(),
                "{path}"
            );
        }
    }
}

#[test]
fn a_page_gives_its_story_and_nothing_around_it() {
    let page = only("page.html");
    assert_eq!(page.article.title.as_deref(), Some("Night ferry to sail again in June"));
    assert_eq!(page.article.outlet.as_deref(), Some("The Harbour Post"));
    assert_eq!(page.authors, ["Ines Marrow", "Tomas Reyl"]);
    assert_eq!(page.published.as_ref().unwrap().written, "2024-05-03T07:15:00+02:00");
    assert_eq!(page.article.updated.as_ref().unwrap().written, "2024-05-03T11:40:00+02:00");
    assert_eq!(page.article.url.as_deref(), Some("https://harbourpost.example/2024/05/03/night-ferry"));
    assert_eq!(paragraphs(&page, BlockKind::Headline), ["What it will cost"]);
    let text = page.article.text.as_str();
    for kept in [
        "The crossing to Veld was stopped two winters ago",
        "The night ferry between Larnsea and Veld will sail again",
        "“We have waited two winters for this berth,” Brandt told reporters at the north quay.",
        "had cost 18 million crowns, four million more",
        "“The price of steel did that, and no one in this building,” she said.",
        "Foot passengers will pay 12 crowns, as before the closure.",
        "Cars will pay 60 crowns, up from 45.",
        "“a second tax on the island”",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    for gone in [
        "cookies",
        "Politics",
        "Related",
        "auditor",
        "newsletter",
        "two dogs",
        "Share",
        "Ten walks",
        "©",
        "Aurelia",
        "tracker",
    ] {
        assert!(!text.contains(gone), "{gone}\n{text}");
    }
    let joined: Vec<&str> = page.article.blocks.iter().map(|block| page.article.text.slice(block.span)).collect();
    assert_eq!(joined.join("\n\n"), text);
}

#[test]
fn each_update_of_a_live_page_is_dated_by_itself() {
    let updates: Vec<Opened> = open("live.html").into_iter().map(Result::unwrap).collect();
    let told: Vec<(&str, &str)> = updates
        .iter()
        .map(|update| (update.article.title.as_deref().unwrap(), update.published.as_ref().unwrap().written.as_str()))
        .collect();
    assert_eq!(told, [("The motion passes", "2024-04-18T16:20:00+02:00"), ("Doors open", "2024-04-17T23:50:00+02:00")]);
    assert_eq!(paragraphs(&updates[0], BlockKind::Paragraph).len(), 2);
    assert_eq!(paragraphs(&updates[1], BlockKind::Paragraph).len(), 2);
    assert_eq!(updates[0].authors, ["Ines Marrow"]);
}

#[test]
fn broken_markup_loses_no_paragraph() {
    let page = only("broken.html");
    let text = page.article.text.as_str();
    for kept in [
        "cracked below the waterline",
        "“We will close it tonight,”",
        "“and look at it by daylight.”",
        "had been warned twice by",
        "Divers will go down",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
}

#[test]
fn the_charset_of_a_page_may_stand_in_its_meta_alone() {
    let page = only("charset.html");
    assert_eq!(page.article.title.as_deref(), Some("Café owners reject levy"));
    assert!(page.article.text.as_str().contains("Renée Aubert, said on Monday."));
    assert!(page.article.text.as_str().contains("“It is a tax on chairs,” she told"));
}

#[test]
fn nesting_of_any_depth_is_read_in_time() {
    let story = "<p>The berth is shut, harbour master Odile Brandt said on Friday, and it will stay shut.</p>";
    for tag in ["div", "b", "span class=x", "blockquote", "table"] {
        let open = format!("<{tag}>").repeat(20_000);
        let page = format!("<!doctype html><html><body>{open}{story}</body></html>");
        let begun = Instant::now();
        let all = article::open(page.as_bytes(), "deep", &Given::default()).unwrap();
        wait::within(Duration::from_secs(2), begun, tag);
        let text = all[0].1.as_ref().unwrap();
        assert!(text.article.text.as_str().contains("Odile Brandt said on Friday"), "{tag}");
        assert!(text.article.warnings.iter().any(|warning| warning.0.contains("nested deeper")), "{tag}");
    }
}

#[test]
fn odd_bytes_of_every_format_never_panic() {
    for format in FORMATS {
        let bytes = std::fs::read(source(format.sample)).unwrap();
        for cut in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            let _ = article::open(&bytes[..cut], "cut", &Given::default());
            let mut odd = bytes.clone();
            odd[cut] = b'<';
            let _ = article::open(&odd, "odd", &Given::default());
            odd[cut] = 0xff;
            let _ = article::open(&odd, "odd", &Given::default());
        }
    }
}

#[test]
fn one_broken_line_costs_only_itself() {
    let all = open("records.jsonl");
    assert_eq!(all.len(), 3);
    assert_eq!(all[0].as_ref().unwrap().article.outlet.as_deref(), Some("Northern Wire"));
    let error = all[1].as_ref().unwrap_err().to_string();
    assert!(error.starts_with("records.jsonl#2 looks like JSON and cannot be read"), "{error}");
    assert!(all[2].as_ref().unwrap().article.text.as_str().contains("“It is the rain,”"));
}

#[test]
fn fields_are_guessed_and_told_or_named_by_a_person() {
    let record = only("record.json");
    assert_eq!(record.authors, ["Ines Marrow"]);
    assert_eq!(record.article.title.as_deref(), Some("Levy on chairs falls"));
    assert_eq!(record.published.as_ref().unwrap().written, "2024-06-11T18:05:00+02:00");
    assert!(record.article.warnings.iter().any(|warning| warning.0.contains("title=headline")));
    let given = Given { fields: "text=note, title = head".parse().unwrap(), ..Given::default() };
    let odd = br#"{"head": "Fares", "note": "Fares will rise, Piet Aldous said.", "body": "another text"}"#;
    let all = article::open(odd, "odd.json", &given).unwrap();
    let opened = all[0].1.as_ref().unwrap();
    assert_eq!(opened.article.text.as_str(), "Fares will rise, Piet Aldous said.");
    assert_eq!(opened.article.title.as_deref(), Some("Fares"));
    let missing = article::open(br#"{"head": "Fares"}"#, "odd.json", &given).unwrap();
    let error = missing[0].1.as_ref().unwrap_err().to_string();
    assert!(error.contains("no field `note`") && error.contains("fields: head"), "{error}");
    assert!("tilte=x".parse::<article::Mapping>().unwrap_err().contains("parts: title, text"));
}

#[test]
fn a_table_may_hold_line_breaks_and_quotation_marks() {
    let rows: Vec<Opened> = open("table.csv").into_iter().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(paragraphs(&rows[0], BlockKind::Paragraph)[1], "\"We turned forty cars away,\" she said.");
    assert_eq!(rows[1].published.as_ref().unwrap().written, "2024-07-02");
}

/// The days of the articles of a file, "" where there is none, and what was warned of them.
fn days(bytes: &str, map: &str) -> (Vec<String>, String) {
    let given = Given { fields: map.parse().unwrap(), ..Given::default() };
    let all = article::open(bytes.as_bytes(), "radio", &given).unwrap();
    let articles: Vec<_> = all.into_iter().map(|(_, opened)| opened.unwrap().article).collect();
    let day = |article: &article::Article| article.published.map(|day| day.to_string()).unwrap_or_default();
    let warned = articles.iter().flat_map(|article| &article.warnings).map(|warning| format!("{}\n", warning.0));
    (articles.iter().map(day).collect(), warned.collect())
}

#[test]
fn a_day_that_may_be_two_is_told_by_its_column_else_by_a_person_else_not_at_all() {
    let rows = |days: [&str; 2]| {
        let story = "“I will stay,” Mayor Helen Marsh said on Monday.";
        let lines = days.map(|day| format!("{{\"headline\": \"A\", \"published\": \"{day}\", \"body\": \"{story}\"}}"));
        let table = days.map(|day| format!("A,{day},\"{story}\""));
        let table = format!("headline,published,body\n{}\n", table.join("\n"));
        [table, lines.join("\n"), format!("[{}]", lines.join(","))]
    };
    for (written, map, read) in [
        (["25/05/2025", "03/05/2025"], "", ["2025-05-25", "2025-05-03"]),
        (["03/05/2025", "05/25/2025"], "", ["2025-03-05", "2025-05-25"]),
        // What the column shows wins over what was set for all.
        (["03/05/2025", "25/05/2025"], "dates=month-first", ["2025-05-03", "2025-05-25"]),
        (["12/05/2025", "2025-05-25"], "dates=day-first", ["2025-05-12", "2025-05-25"]),
        (["12/05/2025", "2025-05-25"], "dates=month-first", ["2025-12-05", "2025-05-25"]),
        (["Monday 12/05/2025", "2025-05-25"], "", ["2025-05-12", "2025-05-25"]),
        (["12/05/2025", "2025-05-25"], "", ["", "2025-05-25"]),
    ] {
        for file in rows(written) {
            let (found, warned) = days(&file, map);
            assert_eq!(found, read, "{file}");
            let open = warned.contains("of the field `published` may be 2025-05-12 or 2025-12-05");
            assert_eq!(open && warned.contains(".set dates day-first"), read.contains(&""), "{file}\n{warned}");
        }
    }
    let head = "Title: A\nDate: 12/05/2025\n\nThe port will close, Mayor Helen Marsh said on Monday.\n";
    assert_eq!(days(head, "dates=day-first").0, ["2025-05-12"]);
    assert!(days(head, "").1.contains("of the head may be 2025-05-12 or 2025-12-05"));
    let page = |head: &str| {
        format!(
            "<!doctype html><html><head><title>Berth</title><meta name=\"date\" content=\"12/05/2025\">{head}</head><body>\
             <article><h1>Berth shut</h1><p>The berth is shut, harbour master Odile Brandt said on Friday, and it will stay \
             shut.</p></article></body></html>"
        )
    };
    assert_eq!(days(&page(""), "dates=day-first").0, ["2025-05-12"]);
    assert_eq!(days(&page(""), "").0, [""]);
    assert!(days(&page(""), "").1.contains("the date of the page may be 2025-05-12 or 2025-12-05"));
    let address = "<link rel=\"canonical\" href=\"https://harbourpost.example/2025/05/12/berth\">";
    assert_eq!(days(&page(address), "").0, ["2025-05-12"]);
    assert!("dates=either".parse::<article::Mapping>().unwrap_err().contains("day-first, month-first"));
}

#[test]
fn a_feed_with_a_bare_ampersand_is_mended() {
    let items: Vec<Opened> = open("feed.xml").into_iter().map(Result::unwrap).collect();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0].article.outlet.as_deref(), Some("Northern Wire & Bay News"));
    assert_eq!(items[0].authors, ["Tomas Reyl"]);
    assert_eq!(paragraphs(&items[0], BlockKind::Paragraph)[1], "“Nobody expected that by August,” Odile Brandt said.");
    assert!(items[1].article.warnings.iter().any(|warning| warning.0.contains("summary")));
    assert_eq!(open("feed.json").len(), 2);
}

#[test]
fn what_is_not_read_is_refused_with_what_to_do() {
    for (bytes, what) in [
        (&b"BZh91AY&SY"[..], "bzip2"),
        (b"{\\rtf1\\ansi", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"SQLite format 3\0\x10\0", "a database"),
    ] {
        let error = article::open(bytes, "file", &Given::default()).unwrap_err().to_string();
        assert!(error.starts_with("file is ") && error.contains(what) && error.contains("not read: "), "{error}");
    }
}
