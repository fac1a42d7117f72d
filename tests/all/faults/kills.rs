//! Killed at any point of any work, the desk opens, is sound, and holds every act that was answered, and none by half.
//!
//! `ONRECORD_KILLS=300 cargo test --test all kills -- --nocapture` kills as often and tells how it went; the work is taken in
//! turn, so that each kind is killed alike often.

use crate::support::desk::Desk;
use crate::support::old::make_old;
use crate::support::random::{Random, asked};
use crate::support::{source, tell};
use onrecord::store::Place;
use onrecord::store::doctor::Care;
use onrecord::workbench::{Settings, Workbench};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// One kind of work, and what may be found when it was killed.
struct Work {
    name: &'static str,
    given: fn() -> Desk,
    call: &'static [&'static str],
    left: Left,
}

enum Left {
    /// The desk of before or the one of afterwards.
    AllOrNothing,
    /// Some of the articles, each as in a whole run; the same call brings the others.
    Articles,
    /// The acts that were answered, and at most one more.
    Acts,
    /// The desk of before, and a whole file or none.
    File(&'static str),
}

const ALL: &[Work] = &[
    Work { name: "load", given: texts, call: &["load", "texts", "--reader", "fast"], left: Left::Articles },
    Work { name: "acts", given: Desk::with_samples, call: &[], left: Left::Acts },
    Work { name: "undo", given: Desk::with_samples, call: &["undo"], left: Left::AllOrNothing },
    Work { name: "redo", given: undone, call: &["redo"], left: Left::AllOrNothing },
    Work {
        name: "reread",
        given: Desk::with_samples,
        call: &["reread", "a1", "a2", "a3", "--reader", "fast"],
        left: Left::AllOrNothing,
    },
    Work { name: "import desk", given: exported, call: &["import", "desk", "all.jsonl"], left: Left::AllOrNothing },
    Work {
        name: "import checks",
        given: checks,
        call: &["import", "checks", "checks.jsonl"],
        left: Left::AllOrNothing,
    },
    Work { name: "migrate", given: old, call: &["stats"], left: Left::AllOrNothing },
    Work { name: "reindex", given: Desk::with_samples, call: &["reindex", "--meaning"], left: Left::AllOrNothing },
    Work {
        name: "report",
        given: Desk::with_samples,
        call: &["report", "--out", "r.html"],
        left: Left::File("r.html"),
    },
    Work {
        name: "export",
        given: Desk::with_samples,
        call: &["export", "--out", "e.jsonl"],
        left: Left::File("e.jsonl"),
    },
    Work {
        name: "datasette",
        given: Desk::with_samples,
        call: &["export", "datasette", "s.db"],
        left: Left::File("s.db"),
    },
    Work { name: "backup", given: Desk::with_samples, call: &[".backup", "b.db"], left: Left::File("b.db") },
    #[cfg(feature = "fetch")]
    Work { name: "feed poll", given: feed, call: &["feed", "poll", "--allow-local"], left: Left::Articles },
];

fn texts() -> Desk {
    Desk::with_texts(24, 7)
}

fn undone() -> Desk {
    let desk = Desk::with_samples();
    desk.run(&["undo"]);
    desk
}

fn exported() -> Desk {
    let samples = Desk::with_samples();
    samples.run(&["confirm", "m1"]);
    let desk = Desk::new();
    desk.write("all.jsonl", &samples.export());
    desk
}

fn checks() -> Desk {
    let desk = Desk::with_samples();
    std::fs::copy(source("samples/factchecks.jsonl"), desk.path("checks.jsonl")).unwrap();
    desk
}

fn old() -> Desk {
    let desk = Desk::with_samples();
    make_old(&desk.path("d.db"));
    desk
}

#[cfg(feature = "fetch")]
fn feed() -> Desk {
    use crate::support::server::{OK, server};
    let address = server(|path, _, to| {
        if path == "/feed.xml" {
            let item = |n| format!("<item><title>Ferry {n}</title><link>/{n}.html</link><guid>{n}</guid></item>");
            let items: String = (0..12).map(item).collect();
            let feed = format!("<rss version=\"2.0\"><channel><title>Post</title>{items}</channel></rss>");
            return write!(to, "{OK}Content-Type: application/rss+xml\r\n\r\n{feed}");
        }
        let words =
            format!("<p>Ferry {path} will sail in May, mayor Lena Orlova said on Monday in the town.</p>").repeat(3);
        write!(
            to,
            "{OK}Content-Type: text/html\r\n\r\n<html><body><article><h1>Ferry</h1>{words}</article></body></html>"
        )
    });
    let desk = Desk::new();
    desk.run(&["feed", "add", &format!("{address}/feed.xml"), "--name", "post", "--allow-local"]);
    desk
}

/// Work that was done once to its end.
struct Tried<'a> {
    work: &'a Work,
    before: Desk,
    after: Desk,
    took: Duration,
}

impl<'a> Tried<'a> {
    fn of(work: &'a Work) -> Self {
        let before = (work.given)();
        let after = copy_of(&before);
        let begun = Instant::now();
        let ended = started(work, &after).wait().unwrap();
        assert!(ended.success(), "{}: {}", work.name, std::fs::read_to_string(after.path("told")).unwrap());
        let took = begun.elapsed();
        Self { work, before, after, took }
    }

    /// Kills the work after a share of the time it takes; tells whether it was still at it.
    fn killed(&self, share: f64) -> bool {
        let desk = copy_of(&self.before);
        let mut program = started(self.work, &desk);
        std::thread::sleep(self.took.mul_f64(share));
        let at_work = program.try_wait().unwrap().is_none();
        program.kill().unwrap();
        program.wait().unwrap();
        let name = self.work.name;
        sound(&desk.path("d.db"), name);
        match self.work.left {
            Left::AllOrNothing => {
                // What is older than this program is brought up to date by looking at it.
                let (state, before) = (desk.state(), copy_of(&self.before).state());
                assert!(state == before || state == self.after.state(), "{name}: neither before nor after");
            }
            Left::Articles => {
                let (held, wanted) = (articles(&desk), articles(&self.after));
                assert!(held.is_subset(&wanted), "{name}: an article by half: {:?}", held.difference(&wanted).next());
                assert!(started(self.work, &desk).wait().unwrap().success());
                assert_eq!(articles(&desk), wanted, "{name}: the second run did not bring the rest");
            }
            Left::Acts => {
                let (answered, kept) = (answered(&desk), acts(&desk));
                assert!(answered.is_subset(&kept), "{name}: {:?} was answered and lost", answered.difference(&kept));
                assert!(kept.len() <= answered.len() + 1, "{name}: {} kept, {} answered", kept.len(), answered.len());
            }
            Left::File(file) => {
                assert_eq!(desk.state(), self.before.state(), "{name} changed the desk");
                if let Ok(bytes) = std::fs::read(desk.path(file)) {
                    let whole = std::fs::read(self.after.path(file)).unwrap();
                    assert!(bytes.len() == whole.len(), "{name}: {} of {} bytes", bytes.len(), whole.len());
                    if file.ends_with(".db") {
                        intact(&desk.path(file), name);
                    }
                }
            }
        }
        at_work
    }
}

fn started(work: &Work, desk: &Desk) -> std::process::Child {
    let mut command = desk.command(work.call);
    command.stdout(File::create(desk.path("answers")).unwrap()).stderr(File::create(desk.path("told")).unwrap());
    if matches!(work.left, Left::Acts) {
        let script: String =
            (1..=40).map(|n| format!("note c1 \"n{n}\"\nverdict record c{n} false \"no\"\n")).collect();
        command.stdin(Stdio::from(File::open(desk.write("script", &script)).unwrap()));
    }
    command.spawn().unwrap()
}

fn copy_of(desk: &Desk) -> Desk {
    let copy = Desk::new();
    copied(desk.folder.path(), copy.folder.path());
    copy
}

fn copied(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let (entry, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if entry.is_dir() {
            std::fs::create_dir(&to).unwrap();
            copied(&entry, &to);
        } else {
            std::fs::copy(&entry, &to).unwrap();
        }
    }
}

/// The file passes SQLite's own checks.
fn intact(path: &Path, name: &str) {
    let database = rusqlite::Connection::open(path).unwrap();
    let told: String = database.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
    assert_eq!(told, "ok", "{name}");
    let strays = database.prepare("PRAGMA foreign_key_check").unwrap().query([]).unwrap().next().unwrap().is_some();
    assert!(!strays, "{name}: a row names one that is not there");
}

/// The desk passes them, and all that is derived agrees with what it is derived from.
fn sound(path: &Path, name: &str) {
    if !path.exists() {
        return;
    }
    intact(path, name);
    let mut desk = Workbench::open(Place::File(path.to_owned()), Settings::default()).unwrap();
    for part in desk.examine(Care::Look).unwrap() {
        assert_eq!(part.faults, 0, "{name}: {}: {:?}", part.part.name(), part.examples);
    }
}

fn column(desk: &Desk, query: &str) -> BTreeSet<String> {
    let Ok(database) = rusqlite::Connection::open(desk.path("d.db")) else { return BTreeSet::new() };
    let Ok(mut statement) = database.prepare(query) else { return BTreeSet::new() };
    statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// Each article by its hash, with the words of its claims.
fn articles(desk: &Desk) -> BTreeSet<String> {
    column(
        desk,
        "SELECT hash || ifnull((SELECT group_concat(words, '|') FROM (SELECT words FROM claim WHERE article = article.id \
         ORDER BY id)), '') FROM article",
    )
}

fn acts(desk: &Desk) -> BTreeSet<String> {
    column(desk, "SELECT 'n' || id FROM note UNION SELECT 'v' || id FROM verdict")
}

/// The ids of notes and verdicts that the program had written out.
fn answered(desk: &Desk) -> BTreeSet<String> {
    let answers = std::fs::read_to_string(desk.path("answers")).unwrap();
    // A line that was cut short was not answered.
    let whole = answers.rfind('\n').map_or("", |end| &answers[..end]);
    let first = whole.lines().filter_map(|line| line.split_whitespace().next());
    let is_id = |word: &&str| {
        word.strip_prefix(['n', 'v'])
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    first.filter(is_id).map(str::to_owned).collect()
}

#[test]
fn a_kill_at_any_point_leaves_a_sound_desk_and_loses_no_act() {
    let tried: Vec<Tried<'_>> = ALL.iter().map(Tried::of).collect();
    let mut random = Random::new();
    let mut met = vec![(0, 0); ALL.len()];
    for round in 0..asked("ONRECORD_KILLS", 30) as usize {
        let at = round % ALL.len();
        met[at].0 += 1;
        met[at].1 += usize::from(tried[at].killed(random.share()));
    }
    for (work, (kills, at_work)) in ALL.iter().zip(&met) {
        tell(&format!("{}: {kills} kills, {at_work} of them at work", work.name));
    }
    assert!(met.iter().map(|(_, at_work)| at_work).sum::<usize>() >= ALL.len(), "hardly any was met at work");
}
