//! An export and `import desk` are a round trip; two desks become one and neither loses anything.

use crate::support::desk::Desk;
use chrono::{TimeZone, Utc};
use onrecord::commands::Session;
use onrecord::commands::screen::Screen;
use onrecord::store::Place;
use onrecord::workbench::{Clock, Settings};
use proptest::prelude::*;

/// Lines that a person may enter; `#` is a number.
const ACTS: &[&str] = &[
    "confirm m# --note \"checked\"",
    "confirm c# c#",
    "confirm c# c# --as repeat",
    "reject m#",
    "reject m#",
    "reject m# --only",
    "verdict record c# false \"It was more.\" --link https://a.example/1",
    "verdict record c# \"half true\" x",
    "verdict submit v#",
    "verdict publish v# --anyway test",
    "correct v# \"mostly false\" \"It was less.\" --anyway test",
    "evidence add v# --asked \"by letter\"",
    "evidence drop e#",
    "edit c# --kind promise",
    "edit c# --said 2024-01-02",
    "edit c# --speaker p#",
    "edit c# --speaker \"Somebody New #\" --new",
    "edit a# --date 2024-05-0#",
    "edit a# --title \"Title #\" --outlet Ledger",
    "drop c#",
    "split c# \"the\"",
    "merge c# c#",
    "speaker merge p# p#",
    "speaker apart p# p#",
    "speaker rename p# \"Name #\"",
    "speaker alias p# \"fox #\"",
    "speaker alias p# \"fox #\" --remove",
    "speaker title p# \"chair #\" --from 2024-01-01",
    "speaker speaks-for p# p#",
    "speaker split p# c#",
    "story create \"story #\" text:tunnel",
    "story add s# c# a#",
    "story remove s# c#",
    "tag add tag# c# a#",
    "tag remove tag# c#",
    "note c# \"look #\"",
    "note n# --remove",
    "filter save filter# speaker:Whitlock",
    "filter forget filter#",
    "reread a# --reader fast",
    "undo",
    "undo 2",
    "redo",
    "restore o#",
];

fn session(user: &str) -> Session {
    let settings = Settings {
        user: user.into(),
        clock: Clock::fixed(Utc.with_ymd_and_hms(2025, 3, 1, 9, 30, 0).unwrap()),
        ..Settings::default()
    };
    let mut session = Session::new(Place::Memory, settings, Screen::captured(90));
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    session.perform(&format!("load {samples} --reader fast")).unwrap();
    session.perform(&format!("import claims {samples}/factchecks.jsonl --origin Check")).unwrap();
    session
}

fn export(session: &mut Session) -> String {
    session.screen().take();
    session.perform("export").unwrap();
    session.screen().take()
}

fn brought(export: &str) -> Session {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.jsonl");
    std::fs::write(&file, export).unwrap();
    let mut session =
        Session::new(Place::Memory, Settings { user: "ben".into(), ..Settings::default() }, Screen::captured(90));
    session.perform(&format!("import desk {}", file.display())).unwrap();
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn export_import_export_gives_the_same_bytes(acts in prop::collection::vec((0..ACTS.len(), 1..9u32, 1..9u32), 1..25)) {
        let mut desk = session("ada");
        for (act, first, second) in acts {
            let line = ACTS[act].replacen('#', &first.to_string(), 1).replace('#', &second.to_string());
            // Many of them cannot be done; what is done is kept.
            let _ = desk.perform(&line);
        }
        let first = export(&mut desk);
        let second = export(&mut brought(&first));
        let differs = first.lines().zip(second.lines()).find(|(a, b)| a != b);
        prop_assert!(first == second, "{differs:?}");
    }
}

#[test]
fn onto_an_empty_desk_everything_comes_as_it_was() {
    let desk = Desk::with_samples();
    desk.run(&["tag", "add", "budget", "c1"]);
    desk.run(&["confirm", "m1"]);
    desk.run(&["export", "--out", "all.jsonl"]);
    desk.run(&["--db", "new.db", "import", "desk", "all.jsonl"]);
    assert_eq!(desk.run(&["--db", "new.db", "export"]), desk.export());
    assert_eq!(desk.run(&["--db", "new.db", "find", "tunnel"]), desk.run(&["find", "tunnel"]));
    assert_eq!(
        desk.run(&["--db", "new.db", "match", "the tunnel will cost 1.2 billion crowns"]),
        desk.run(&["match", "the tunnel will cost 1.2 billion crowns"])
    );
}

#[test]
fn two_desks_become_one_and_conflicts_are_listed() {
    let (ada, ben) = (Desk::with_samples(), Desk::with_samples());
    let own =
        ada.write("own.txt", "Title: The quay\n\nThe quay will open in May, minister Ada Brook said on Monday.\n");
    ada.run(&["load", &own, "--reader", "fast"]);
    ada.run(&["verdict", "record", "c1", "false", "Ada says so."]);
    ada.run(&["story", "create", "tunnel", "text:tunnel"]);
    ada.run(&["confirm", "m1"]);
    ben.call_as("ben", &["verdict", "record", "c1", "true", "Ben says so."]);
    ben.call_as("ben", &["tag", "add", "budget", "c2"]);
    ben.call_as("ben", &["story", "create", "tunnel", "text:crowns"]);
    ben.call_as("ben", &["reject", "m1"]);
    let file = ada.path("ben.jsonl");
    ben.run(&["export", "--out", file.to_str().unwrap()]);
    let before = ada.export();
    let came = ada.call(&["import", "desk", "ben.jsonl"]);
    assert_eq!(came.code, 0, "{}", came.err);
    let flat = came.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("verdict on c1: false (ada) here, true (ben) there"), "{flat}");
    assert!(flat.contains("decision on m1: confirm (ada) here, reject (ben) there"), "{flat}");
    assert!(came.out.contains("15 articles already here"), "{}", came.out);
    assert_eq!(ada.rows(&["articles"]).len(), 16, "the same article is one");
    assert_eq!(
        ada.rows(&["claims"]).len(),
        before.lines().filter(|line| line.starts_with("{\"type\":\"claim\"")).count()
    );
    let history = ada.run(&["verdict", "history", "c1"]);
    assert!(history.contains("Ada says so.") && history.contains("Ben says so."), "{history}");
    assert!(ada.run(&["claims", "tag:budget"]).contains("c2"));
    assert_eq!(ada.rows(&["story", "list"]).len(), 1, "a story of one name is one");
    // Once more brings nothing, and one undo takes all of it back.
    let again = ada.call(&["import", "desk", "ben.jsonl"]);
    assert!(again.out.contains("0 operations imported"), "{}", again.out);
    ada.run(&["undo", "2"]);
    let journal =
        |text: &str| text.lines().filter(|line| !line.contains("operation")).map(str::to_owned).collect::<Vec<_>>();
    assert!(ada.run(&["verdict", "history", "c1"]).contains("Ada says so."));
    ada.refuse(&["claims", "tag:budget"], "budget");
    assert_eq!(
        journal(&ada.run(&["claims", "--json"])),
        journal(&{
            let old = Desk::new();
            let file = old.write("before.jsonl", &before);
            old.run(&["import", "desk", &file]);
            old.run(&["claims", "--json"])
        })
    );
}

#[test]
fn what_is_no_desk_is_refused_with_the_right_command() {
    let desk = Desk::with_samples();
    desk.run(&["export", "--out", "all.jsonl"]);
    desk.run(&["export", "speaker:Whitlock", "--out", "part.jsonl"]);
    desk.refuse(&["import", "claims", "all.jsonl"], "import desk all.jsonl");
    desk.refuse(&["import", "desk", "part.jsonl"], "not the export of a whole desk");
    desk.refuse(&["import", "desk", "nosuch.jsonl"], "no such file");
    let before = desk.export();
    let claims = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/factchecks.jsonl");
    desk.refuse(&["import", "desk", claims], "import claims");
    let all = std::fs::read_to_string(desk.path("all.jsonl")).unwrap();
    desk.write("newer.jsonl", &all.replacen("\"format\":", "\"format\":9", 1));
    desk.refuse(&["import", "desk", "newer.jsonl"], "newer onrecord");
    let broken = all.replacen("\"table\":\"claim\",\"row\":{\"id\":3,", "\"table\":\"claim\",\"row\":{", 1);
    desk.write("broken.jsonl", &broken);
    desk.refuse(&["import", "desk", "broken.jsonl"], "cannot be read");
    assert_eq!(desk.export(), before, "a refused import left something");
}

#[test]
fn what_a_person_put_right_comes_over_a_reading_that_was_made_later() {
    let (ada, ben) = (Desk::with_samples(), Desk::new());
    ada.run(&["speaker", "rename", "Idris Kovan", "Idriss Kovan"]);
    ada.run(&["edit", "c30", "--kind", "promise"]);
    let file = ben.path("ada.jsonl");
    ada.run(&["export", "--out", file.to_str().unwrap()]);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    ben.run(&["load", samples, "--reader", "fast"]);
    let before = (ben.run(&["speaker", "list", "--all", "--json"]), ben.run(&["contradictions", "--json"]));
    ben.run(&["import", "desk", "ada.jsonl"]);
    assert!(ben.run(&["claims", "speaker:Idriss Kovan"]).contains("Idriss Kovan"));
    assert_eq!(
        ben.rows(&["claims", "kind:promise", "article:a3"]).len(),
        ada.rows(&["claims", "kind:promise", "article:a3"]).len()
    );
    ben.run(&["undo"]);
    let after = (ben.run(&["speaker", "list", "--all", "--json"]), ben.run(&["contradictions", "--json"]));
    assert_eq!(after, before, "undo gives the desk of before");
}
