//! What is not there is an error that names it, never an empty answer; what a file holds and was not taken is said.

use crate::support::desk::Desk;

#[test]
fn what_is_not_on_the_desk_is_an_error_that_names_it() {
    let desk = Desk::with_samples();
    for (line, words) in [
        ("report foo", "nothing on the desk fits `foo`"),
        ("report text:foo", "nothing on the desk fits `text:foo`"),
        ("report after:2031", "nothing on the desk fits `after:2031`"),
        ("report a99", "no article `a99`"),
        ("report c9999", "c9999"),
        ("report m1", "no report about `m1`"),
        ("checked c9999", "no claim `c9999`"),
        ("checked m1", "no list is narrowed by one of its sort"),
        ("claims a99", "no article `a99`"),
        ("show f9", "no fact-check `f9`"),
        ("edit a99 --archive https://archive.example/1", "a99"),
        ("edit c1 --archive https://archive.example/1", "correct an article"),
        ("outlet forget harbourpost.example", "harbourpost.example"),
    ] {
        let words_of: Vec<&str> = line.split(' ').collect();
        let answer = desk.call(&words_of);
        assert_ne!(answer.code, 0, "{line}: {}", answer.out);
        assert!(answer.err.contains(words), "{line}: {}", answer.err);
        assert!(answer.out.is_empty(), "{line}: {}", answer.out);
    }
}

#[test]
fn an_id_alone_is_what_a_report_or_a_list_is_about() {
    let desk = Desk::with_samples();
    let of_article = desk.rows(&["claims", "article:a2"]);
    assert!(!of_article.is_empty());
    assert_eq!(desk.rows(&["claims", "a2"]), of_article);
    let report: serde_json::Value = serde_json::from_str(&desk.run(&["report", "a2", "--as", "json"])).unwrap();
    assert_eq!(report["claims"].as_u64(), Some(of_article.len() as u64));
    assert_eq!(report["articles"].as_array().unwrap().len(), 1);
}

#[test]
fn a_fact_check_is_shown_with_the_claims_that_repeat_it_and_its_notes() {
    let desk = Desk::new();
    desk.write(
        "pier.txt",
        "Date: 2024-05-03\n\nThe pier will cost 1.2 million crowns, Mayor Ann Reed said on Friday.\n",
    );
    desk.write(
        "checks.csv",
        "claim,label,claimant,reviewer\nThe pier will cost 1.2 million crowns,false,Ann Reed,Kestria Check\n\
         The quay is shut for ever,true,Ann Reed,Kestria Check\n",
    );
    desk.run(&["load", "pier.txt", "--reader", "fast"]);
    desk.run(&["import", "checks", "checks.csv"]);
    desk.run(&["note", "f1", "ask them for the bill"]);
    let shown = desk.run(&["show", "f1"]);
    for words in ["Kestria Check", "1 claim on the desk repeats it", "ask them for the bill"] {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(!desk.run(&["show", "f2"]).contains("on the desk"), "no claim repeats it");
}

#[test]
fn a_table_of_checks_says_what_of_it_was_not_taken() {
    let desk = Desk::new();
    desk.write(
        "odd.csv",
        "claim,label,reviewed,colour\nThe pier is safe,true,2024-13-45,red\nThe quay is shut,,2024-05-01,blue\n\
         The mill is open,false,0001-01-01,red\n",
    );
    desk.write("bare.csv", "claim,claimant\nThe pier is safe,Ann Reed\n");
    let odd = desk.call(&["import", "checks", "odd.csv"]);
    for words in [
        "columns not used: colour",
        "line 2: `2024-13-45` is no date; the check is kept without it",
        "line 3: it has no label",
    ] {
        assert!(odd.err.contains(words), "{}", odd.err);
    }
    assert!(odd.out.contains("2 fact-checks added") && !odd.err.contains("0001"), "{}{}", odd.out, odd.err);
    assert_eq!(odd.code, 0, "what is lost of a table stops no script");
    let bare = desk.call(&["import", "checks", "bare.csv"]);
    assert!(bare.err.contains("no column looks like a label"), "{}", bare.err);
}

#[test]
fn broken_json_is_refused_and_never_read_as_prose() {
    let desk = Desk::new();
    for (name, text, words) in [
        (
            "cut.json",
            r#"{"title": "Pier", "text": "The pier will open, Mayor Ann Reed said"#,
            "it breaks off in line 1",
        ),
        (
            "comma.json",
            "[{\"title\": \"Pier\",}, {\"text\": \"The pier will open, Ann Reed said.\"}]",
            "broken in line 1",
        ),
        ("lines.jsonl", "{\"text\": \"The pier will open, Ann Reed said.\"}\n{\"text\": \"The pier", "breaks off"),
    ] {
        desk.write(name, text);
        let answer = desk.call(&["load", name, "--reader", "fast"]);
        assert!(
            answer.code != 0
                && format!("{}{}", answer.out, answer.err)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .contains(words),
            "{name}: {}{}",
            answer.out,
            answer.err
        );
    }
    desk.write("note.txt", "{sic} The pier will open in May, Mayor Ann Reed said on Monday.\n");
    assert!(desk.run(&["load", "note.txt", "--reader", "fast"]).contains("added"));
}

#[test]
fn where_a_page_is_kept_is_set_shown_and_taken_back() {
    let desk = Desk::with_samples();
    desk.run(&["edit", "a1", "--archive", "https://archive.example/pier"]);
    assert!(desk.run(&["show", "a1"]).contains("https://archive.example/pier"));
    assert_eq!(desk.rows(&["articles", "article:a1"])[0]["archive"], "https://archive.example/pier");
    desk.run(&["undo"]);
    assert!(!desk.run(&["show", "a1"]).contains("archive.example"));
    desk.run(&["redo"]);
    assert!(desk.export().contains("https://archive.example/pier"));
}
