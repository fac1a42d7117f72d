//! A load that was stopped, killed or interrupted, goes on where it was: nothing is done twice and nothing is lost.

use crate::support::desk::Desk;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Files of the load; long enough to be met in the middle.
const FILES: usize = 60;
const PARAGRAPHS: usize = 11;

fn begun(desk: &Desk) -> Child {
    let mut command = desk.command(&["load", "texts", "--reader", "fast"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn count(desk: &Desk, what: &str) -> i64 {
    let connection = rusqlite::Connection::open(desk.path("d.db")).unwrap();
    connection.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0)).unwrap_or(0)
}

/// Waits until some articles are kept; tells whether the load is still at it.
fn wait_for(desk: &Desk, program: &mut Child, articles: i64) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) && program.try_wait().unwrap().is_none() {
        if desk.path("d.db").exists() && count(desk, "article") >= articles {
            return program.try_wait().unwrap().is_none();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

/// What the desk holds, without its times and the journal: a load in two goes is two operations.
fn held(desk: &Desk) -> Vec<String> {
    let lines =
        desk.export().lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect::<Vec<_>>();
    let kept =
        lines.into_iter().filter(|line| ["article", "claim", "relation"].iter().any(|kind| line["type"] == *kind));
    kept.map(|mut line| {
        line.as_object_mut().unwrap().remove("row");
        line.to_string()
    })
    .collect()
}

#[test]
fn a_killed_load_goes_on_and_reads_no_file_twice_but_the_last() {
    let whole = Desk::with_texts(FILES, PARAGRAPHS);
    whole.run(&["load", "texts", "--reader", "fast"]);
    let wanted = held(&whole);
    assert!(wanted.len() > FILES * 10);
    let mut met = 0;
    for articles in [1, 7, 20, 40] {
        let desk = Desk::with_texts(FILES, PARAGRAPHS);
        let mut program = begun(&desk);
        let in_the_middle = wait_for(&desk, &mut program, articles);
        program.kill().unwrap();
        program.wait().unwrap();
        let (kept, noted) = (count(&desk, "article"), count(&desk, "file_read"));
        met += u32::from(in_the_middle && kept < FILES as i64);
        // The last file may be kept and not noted yet: it alone is read again, and found to be there.
        assert!(noted == kept || noted == kept - 1, "{kept} articles, {noted} files noted");
        desk.run(&["load", "texts", "--reader", "fast"]);
        assert_eq!(held(&desk), wanted, "killed after {kept} articles");
        assert_eq!(count(&desk, "file_read"), FILES as i64);
    }
    assert!(met > 0, "every load had ended before it was killed");
}

#[test]
fn an_interrupted_load_goes_on() {
    let desk = Desk::with_texts(FILES, PARAGRAPHS);
    let mut program = begun(&desk);
    let in_the_middle = wait_for(&desk, &mut program, 5);
    std::process::Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    let ended = program.wait().unwrap();
    let kept = count(&desk, "article");
    if in_the_middle && kept < FILES as i64 {
        // A shell says 130 of a program that the signal ended.
        let by_signal = std::os::unix::process::ExitStatusExt::signal(&ended) == Some(2);
        assert!(ended.code() == Some(130) || by_signal, "{ended:?}");
    }
    let noted = count(&desk, "file_read");
    assert!(noted == kept || noted == kept - 1, "{kept} articles, {noted} files noted");
    desk.run(&["load", "texts", "--reader", "fast"]);
    let whole = Desk::with_texts(FILES, PARAGRAPHS);
    whole.run(&["load", "texts", "--reader", "fast"]);
    assert_eq!(held(&desk), held(&whole));
}
