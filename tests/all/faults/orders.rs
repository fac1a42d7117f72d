//! In whatever order articles come, the same statements are found to repeat or to contradict one another.

use crate::support::random::Random;
use crate::support::source;
use onrecord::article::Given;
use onrecord::attribution::fast::Fast;
use onrecord::store::Place;
use onrecord::workbench::{Content, Settings, Source, Workbench};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Orders that are tried.
const ORDERS: usize = 6;

/// What stands between which wordings on a desk that files were loaded onto, so many at a time. Which of several outlets that carry one
/// report bears it hangs on which came first; what is only offered to be looked at, on what else was there.
fn related(files: &[PathBuf], together: usize) -> BTreeSet<(String, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.db");
    let settings = Settings { reader: Fast::shipped(), ..Settings::default() };
    let mut desk = Workbench::open(Place::File(path.clone()), settings).unwrap();
    for files in files.chunks(together) {
        let source = |file: &PathBuf| Source {
            path: file.display().to_string(),
            content: Content::File(file.clone()),
            given: Given::default(),
        };
        let loaded = desk.load_many(files.iter().map(source), &AtomicBool::new(false), |_| {});
        assert!(loaded.iter().all(|outcome| outcome.result.is_ok()));
    }
    let database = rusqlite::Connection::open(path).unwrap();
    let mut statement = database
        .prepare(
            "SELECT r.kind, min(a.words, b.words), max(a.words, b.words) FROM relation r JOIN claim a ON a.id = r.earlier
             JOIN claim b ON b.id = r.later WHERE r.kind <> 'offered'",
        )
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn the_order_of_loading_changes_no_relation() {
    let entries = std::fs::read_dir(source("samples")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    files.sort();
    let wanted = related(&files, files.len());
    assert!(wanted.len() > 20, "{}", wanted.len());
    let mut random = Random::new();
    for order in 0..ORDERS {
        for at in (1..files.len()).rev() {
            files.swap(at, random.below(at + 1));
        }
        let found = related(&files, [1, 4, files.len()][order % 3]);
        let odd: Vec<_> = found.symmetric_difference(&wanted).collect();
        assert!(odd.is_empty(), "in another order: {odd:#?}\n{files:#?}");
    }
}
