//! Many programs on one desk: no act is lost, none fails, and how long each waits is told.
//!
//! `ONRECORD_CROWD_SECONDS=600 cargo test --test all crowd -- --nocapture` keeps eight of them at it for ten minutes.

use crate::support::desk::Desk;
use crate::support::random::asked;
use crate::support::tell;
use onrecord::store::Place;
use onrecord::store::doctor::Care;
use onrecord::workbench::{Settings, Workbench};
use std::time::{Duration, Instant};

/// What one of them does over and over; `#` is how often it has done so.
const WORK: [&[&str]; 8] = [
    &["load", "#.txt", "--reader", "fast"],
    &["note", "c1", "seen # times"],
    &["note", "c2", "read # times"],
    &["verdict", "record", "c3", "false", "for the #th time"],
    &["tag", "add", "t#", "c4"],
    &["report", "--out", "page.html"],
    &["contradictions"],
    &["find", "tunnel"],
];

/// How often one of them did its work, and how long each time took.
struct Done {
    times: usize,
    took: Vec<Duration>,
}

fn working(desk: &Desk, work: &[&str], until: Instant) -> Done {
    let mut done = Done { times: 0, took: Vec::new() };
    while Instant::now() < until {
        let number = done.times.to_string();
        let words: Vec<String> = work.iter().map(|word| word.replace('#', &number)).collect();
        if words[0] == "load" {
            let line =
                format!("The quay {number} will open in {} weeks, minister Ada Brook said.\n", 2 + done.times % 40);
            desk.write(&words[1], &line);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let begun = Instant::now();
        // Whoever waits longer than the program's patience is told so: it fails nowhere else.
        desk.run(&words);
        done.took.push(begun.elapsed());
        done.times += 1;
    }
    done
}

#[test]
fn a_crowd_on_one_desk_loses_no_act() {
    let desk = Desk::with_samples();
    let (before, until) =
        (desk.rows(&["articles"]).len(), Instant::now() + Duration::from_secs(asked("ONRECORD_CROWD_SECONDS", 4)));
    let done: Vec<Done> = std::thread::scope(|scope| {
        let at_work: Vec<_> = WORK.iter().map(|work| scope.spawn(|| working(&desk, work, until))).collect();
        at_work.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for (work, one) in WORK.iter().zip(&done) {
        let mut took = one.took.clone();
        took.sort_unstable();
        let at = |share: usize| took[(took.len() - 1) * share / 100].as_millis();
        tell(&format!(
            "{}: {} times, median {} ms, 99 % {} ms, longest {} ms",
            work[0],
            one.times,
            at(50),
            at(99),
            at(100)
        ));
    }
    assert_eq!(desk.rows(&["articles"]).len(), before + done[0].times, "articles");
    let database = rusqlite::Connection::open(desk.path("d.db")).unwrap();
    let count = |table: &str| -> usize {
        let all = format!("SELECT count(*) FROM {table}");
        database.query_row(&all, [], |row| row.get::<_, i64>(0)).unwrap().unsigned_abs() as usize
    };
    assert_eq!(count("note"), done[1].times + done[2].times, "notes");
    assert_eq!(count("verdict"), done[3].times, "verdicts");
    assert_eq!(count("tag"), done[4].times, "tags");
    let mut whole = Workbench::open(Place::File(desk.path("d.db")), Settings::default()).unwrap();
    assert!(whole.examine(Care::Look).unwrap().iter().all(|part| part.faults == 0));
}
