//! Articles that were read elsewhere give the desk that a direct load gives, and lines that do not fit are refused one by one.

use crate::support::desk::Desk;
use std::io::Write;
use std::process::Stdio;

const CORPUS: &str = r#"{"id":"n1","title":"Quay opens","outlet":"Harbour Post","published":"2024-03-04","url":"https://harbour.example/quay","text":"The quay will open in May, minister Ada Brook said on Monday.\n\n“It is safe,” she said."}
{"id":"n2","title":"Quay shut","outlet":"Northern Wire","published":"2024-06-05","text":"The quay will not open in May, minister Ada Brook said on Tuesday.\n\nEngineer Ned Ford denied that the crane was unsafe."}
"#;

fn lines_of(desk: &Desk, input: &str) -> String {
    let mut child = desk
        .command(&["extract", "-", "--articles"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap()
}

/// Claims and relations as they are exported, in order.
fn kept(desk: &Desk) -> Vec<String> {
    let wanted = |line: &&str| {
        ["claim", "relation", "speaker"].iter().any(|kind| line.contains(&format!("{{\"type\":\"{kind}\"")))
    };
    desk.export().lines().filter(wanted).map(str::to_owned).collect()
}

#[test]
fn articles_read_elsewhere_give_the_same_desk_as_a_direct_load() {
    let (direct, carried) = (Desk::new(), Desk::new());
    direct.write("corpus.jsonl", CORPUS);
    direct.run(&["load", "corpus.jsonl", "--reader", "fast"]);
    let lines = lines_of(&carried, CORPUS);
    assert_eq!(lines.lines().count(), 2);
    carried.write("part-0", &lines);
    let done = carried.run(&["import", "articles", "part-0"]);
    assert!(done.contains("2 articles added"), "{done}");
    assert!(!kept(&direct).is_empty());
    assert_eq!(kept(&direct), kept(&carried));
    let again = carried.run(&["import", "articles", "part-0"]);
    assert!(again.contains("0 articles added, 2 duplicates"), "{again}");
    carried.run(&["undo"]);
    assert!(kept(&carried).is_empty(), "one undo takes back what one import brought");
}

#[test]
fn a_line_that_does_not_fit_is_named_and_stops_no_other() {
    let desk = Desk::new();
    let lines = lines_of(&desk, CORPUS);
    let (first, second) = lines.split_once('\n').unwrap();
    let moved = first.replacen("It is safe", "It is shut", 1);
    let unknown = second.replace("\"reader\":\"fast\"", "\"reader\":\"slow\"");
    desk.write("part-0", &format!("{moved}\n\nno json\n{unknown}{second}"));
    let done = desk.call(&["import", "articles", "part-0"]);
    assert_eq!(done.code, 1);
    let told = format!("{}{}", done.out, done.err);
    assert!(told.contains("claim 2 does not stand in its text") || told.contains("claim 1 does not stand"), "{told}");
    assert!(told.contains("part-0:3"), "{told}");
    assert!(told.contains("there is no reader `slow`"), "{told}");
    assert!(told.contains("1 article added, 3 failures"), "{told}");
}
