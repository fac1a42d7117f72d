//! Nothing a person made is destroyed or half written.

use crate::support::desk::Desk;
use crate::support::old::make_old;
use crate::support::wait;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn no_command_writes_over_a_desk_by_any_name() {
    let desk = Desk::with_samples();
    desk.run(&["--db", "other.db", "outlet", "set", "a.example", "Post"]);
    std::fs::hard_link(desk.path("d.db"), desk.path("hard.md")).unwrap();
    symlink(desk.path("d.db"), desk.path("soft.md")).unwrap();
    // While a connection is open, its log lies beside it.
    let open = rusqlite::Connection::open(desk.path("d.db")).unwrap();
    open.query_row("SELECT count(*) FROM claim", [], |_| Ok(())).unwrap();
    for target in ["d.db", "./d.db", "d.db-wal", "d.db-shm", "hard.md", "soft.md", "other.db"] {
        for command in [
            &["export", "--out"][..],
            &["export", "datasette"],
            &["export", "csv", "claims", "--out"],
            &["report", "--as", "markdown", "--out"],
            &[".output"],
            &[".once"],
        ] {
            let arguments: Vec<&str> = command.iter().copied().chain([target]).collect();
            desk.refuse(&arguments, "it is not written over");
        }
    }
    drop(open);
    assert!(desk.run(&["claims", "--format", "csv"]).lines().count() > 50, "the desk lost its claims");
}

#[test]
fn a_desk_that_is_not_made_yet_is_not_written_over_either() {
    let desk = Desk::new();
    desk.refuse(&["export", "--out", "d.db"], "there is no desk");
    assert!(!desk.path("d.db").exists());
    desk.refuse(&[".output", "d.db-wal"], "the open desk");
}

#[test]
fn a_file_that_fails_leaves_nothing_and_keeps_what_was_there() {
    let desk = Desk::with_samples();
    let folder = desk.path("shut");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("report.md"), "mine").unwrap();
    let files = || {
        let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    desk.refuse(&["report", "--out", "shut/report.nonsense"], "");
    desk.refuse(&["report", "--out", "nowhere/report.md"], "no such file or folder");
    assert_eq!(files(), ["report.md"]);
    assert_eq!(std::fs::read_to_string(folder.join("report.md")).unwrap(), "mine");
    desk.run(&["report", "--out", "shut/report.md"]);
    assert_eq!(files(), ["report.md"], "something was left beside the report");
    // Where a stream is named, it is written to as it comes.
    desk.run(&["report", "--as", "markdown", "--out", "/dev/null"]);
}

#[test]
fn once_writes_one_whole_result() {
    let desk = Desk::with_samples();
    let script = desk.write("s.onrecord", ".once one.csv\nclaims --format csv\nstats\n");
    let out = desk.run(&["run", &script]);
    assert!(out.contains("claims"), "the second result goes to the screen again: {out}");
    let written = std::fs::read_to_string(desk.path("one.csv")).unwrap();
    assert!(written.lines().count() > 50, "{written}");
}

#[test]
fn a_backup_is_checked_takes_its_name_as_it_is_and_replaces_nothing() {
    let desk = Desk::with_samples();
    desk.run(&[".backup", ":memory:"]);
    assert!(desk.path(":memory:").is_file(), "the copy went nowhere");
    desk.run(&[".backup", "file:copy.db"]);
    assert!(desk.path("file:copy.db").is_file());
    let copied = desk.path("file:copy.db");
    assert_eq!(std::fs::metadata(&copied).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::rename(&copied, desk.path("copy.db")).unwrap();
    assert_eq!(desk.run(&["--db", "copy.db", "export"]), desk.export());
    desk.refuse(&[".backup", "copy.db"], "exists already");
    symlink("nowhere", desk.path("dangling")).unwrap();
    desk.refuse(&[".backup", "dangling"], "exists already");
    desk.refuse(&[".backup", "nowhere/copy.db"], "cannot write");
}

#[test]
fn names_that_name_no_file_are_refused_with_what_to_write() {
    let desk = Desk::new();
    for (name, instead) in
        [("", ":memory:"), ("  ", ":memory:"), ("file:a.db?mode=ro", "`a.db`"), ("FILE:///a.db", "/a.db")]
    {
        let answer = desk.call(&["--db", name, "stats"]);
        assert_eq!(answer.code, 2, "{name:?}");
        assert!(answer.err.contains(instead), "{name:?}: {}", answer.err);
    }
    let empty = crate::support::desk::answer(&desk.command(&["stats"]).env("ONRECORD_DB", "").output().unwrap());
    assert_eq!(empty.code, 2, "{}", empty.err);
    let script = desk.write("s.onrecord", ".open file:x.db\n");
    desk.refuse(&["run", &script], "`x.db` instead");
}

#[test]
fn a_desk_and_its_folder_are_their_owners_alone() {
    let desk = Desk::new();
    desk.run(&["--db", "new/deep/d.db", "outlet", "set", "a.example", "Post"]);
    let mode = |name: &str| std::fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("new"), mode("new/deep"), mode("new/deep/d.db")], [0o700, 0o700, 0o600]);
}

#[test]
fn several_programs_bring_an_old_desk_up_to_date_once() {
    for _ in 0..3 {
        let desk = Desk::with_samples();
        make_old(&desk.path("d.db"));
        desk.write("d.db.backup-version-4", "an earlier copy");
        let started: Vec<_> = (0..4)
            .map(|_| desk.command(&["stats"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
            .collect();
        for child in started {
            let answer = crate::support::desk::answer(&child.wait_with_output().unwrap());
            assert_eq!(answer.code, 0, "{}", answer.err);
        }
        assert_eq!(std::fs::read_to_string(desk.path("d.db.backup-version-4")).unwrap(), "an earlier copy");
        let names: Vec<_> = std::fs::read_dir(desk.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("backup"))
            .collect();
        assert_eq!(names.len(), 2, "{names:?}");
        let copy = rusqlite::Connection::open(desk.path("d.db.backup-version-4-2")).unwrap();
        let version: i32 = copy.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 4);
    }
}

#[test]
fn notes_beside_a_load_wait_their_turn_and_none_fails() {
    let desk = Desk::with_samples();
    let folder = desk.path("many");
    std::fs::create_dir(&folder).unwrap();
    for number in 0..120 {
        let text = format!(
            "Title: Port day {number}\n\nThe port of Larnsea will take {number} ships, harbour master Ann Reed said on \
             Monday.\n\n“We will not close the quay number {number},” Reed said. Minister Tom Hale denied that the port \
             would close for {number} days.\n"
        );
        std::fs::write(folder.join(format!("{number}.txt")), text).unwrap();
    }
    let mut load = desk.command(&["load", "many", "--reader", "fast"]);
    let mut load = load.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut waits = Vec::new();
    while load.try_wait().unwrap().is_none() {
        let begun = Instant::now();
        desk.run(&["note", "c1", "seen"]);
        waits.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(50));
    }
    waits.sort_unstable();
    // A wait holds the start of a program too.
    let (median, bound) = (waits[waits.len() / 2], wait::scaled(Duration::from_millis(500)));
    assert!(median < bound, "half of {} notes waited {median:?} or more", waits.len());
}
