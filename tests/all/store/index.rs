//! The kept index and the database never disagree: after a kill, after damage, after another hand was at the claims.

use onrecord::store::Place;
use onrecord::workbench::{Matched, Query, Record, Settings, Workbench};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Enough claims for the index to be kept.
const MANY: usize = 5_200;
const SQUARES: [&str; 7] = ["Quarry", "Harbour", "Mill", "Orchard", "Chapel", "Station", "Market"];

fn claim(number: usize) -> Record {
    let square = |shift: usize| SQUARES[(number >> shift) % SQUARES.len()];
    Record {
        id: format!("e{number}"),
        text: format!(
            "Tram line {number} from {} square to {} square will cost {} crowns",
            square(0),
            square(4),
            number * 37
        ),
        speaker: Some(format!("Lena Weller{}", number % 90)),
        ..Record::default()
    }
}

fn open(path: &Path) -> Workbench {
    Workbench::open(Place::File(path.to_owned()), Settings::default()).unwrap()
}

/// Answers of a fresh program to some questions.
fn answers(path: &Path) -> Vec<Vec<Matched>> {
    let texts: Vec<String> =
        (0..40).map(|n| format!("line {} Mill square costs {} crowns", n * 211, n * 211 * 37)).collect();
    let queries: Vec<Query<'_>> =
        texts.iter().map(|text| Query { text, speaker: "Lena Weller3", ..Query::default() }).collect();
    open(path).match_many(&queries, 10).unwrap()
}

fn sql(path: &Path, statement: &str) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    match statement.starts_with("SELECT") {
        true => connection.query_row(statement, [], |row| row.get(0)).unwrap(),
        false => connection.execute(statement, []).unwrap() as i64,
    }
}

fn made_anew(path: &Path) -> Vec<Vec<Matched>> {
    let copy = path.with_extension("anew.db");
    std::fs::copy(path, &copy).unwrap();
    sql(&copy, "DELETE FROM index_snapshot");
    answers(&copy)
}

#[test]
fn a_kept_index_answers_like_one_made_anew_also_after_damage_and_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let claims: Vec<Record> = (0..MANY).map(claim).collect();
    open(&path).import_claims(&claims, "Test", "claims").unwrap();
    assert_eq!(sql(&path, "SELECT upto FROM index_snapshot"), MANY as i64);
    let more: Vec<Record> = (MANY..MANY + 60).map(claim).collect();
    open(&path).import_claims(&more, "Test", "more").unwrap();
    assert_eq!(sql(&path, "SELECT upto FROM index_snapshot"), MANY as i64, "it is not kept again for a few claims");
    let want = made_anew(&path);
    assert!(want.iter().all(|found| !found.is_empty()));
    assert_eq!(answers(&path), want);

    sql(&path, "UPDATE speaker SET name = 'Lena Weller3' WHERE name = 'Lena Weller4'");
    let want = made_anew(&path);
    assert_eq!(answers(&path), want, "a name was changed by another hand");

    sql(&path, "UPDATE index_snapshot SET stamp = (SELECT stamp FROM index_stamp), bytes = substr(bytes, 9)");
    assert_eq!(answers(&path), want, "damaged bytes are passed over");
}

#[test]
fn an_open_desk_sees_that_a_claim_was_deleted_by_another_hand() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let mut desk = open(&path);
    desk.import_claims(&[claim(1), claim(2)], "Test", "claims").unwrap();
    let ask = |desk: &mut Workbench| desk.match_text("tram line 2 from the quarry", "", 5).unwrap().len();
    assert_eq!(ask(&mut desk), 2);
    sql(&path, "DELETE FROM claim WHERE external = 'e2'");
    assert_eq!(ask(&mut desk), 1);
}

/// Starts an import in a program of its own and kills it after `delay`; tells whether it came to its end first.
fn killed(path: &Path, claims: &Path, delay: Duration) -> bool {
    let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["--db".as_ref(), path, "import".as_ref(), "claims".as_ref(), claims])
        .args(["--origin", "Test"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while start.elapsed() < delay {
        if program.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = program.kill();
    program.wait().unwrap();
    false
}

#[test]
fn a_program_killed_at_any_point_leaves_an_index_that_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let claims = folder.path().join("claims.jsonl");
    let lines: String = (0..MANY).map(|n| serde_json::to_string(&claim(n)).unwrap() + "\n").collect();
    std::fs::write(&claims, lines).unwrap();
    let start = Instant::now();
    assert!(killed(&folder.path().join("whole.db"), &claims, Duration::from_secs(300)));
    let whole = start.elapsed();
    for step in 1..12 {
        let path = folder.path().join(format!("{step}.db"));
        killed(&path, &claims, whole.mul_f64(f64::from(step) / 11.0));
        let found = answers(&path);
        assert_eq!(found, made_anew(&path), "killed at {step} of 11");
        let kept = sql(&path, "SELECT count(*) FROM claim") == MANY as i64;
        assert_eq!(found.iter().any(|found| !found.is_empty()), kept);
    }
}
