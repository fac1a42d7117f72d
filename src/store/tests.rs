//! What happens to a database when the disk, another program or another version gets in the way. Refuses to assume luck.

use super::journal::Act;
use super::*;
use std::path::PathBuf;

const ACT: Act<'_> = Act { at: "2018-07-06T12:00:00Z", by: "tester", name: "load", words: "load something" };

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn open(path: &std::path::Path) -> Result<Store> {
    Store::open(Place::File(path.to_owned()))
}

/// What a schema is made of, without the words it was written in: columns, indexes, triggers, views.
fn shape(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare(
            "SELECT s.type || ' ' || s.name || ' ' || ifnull((
                 SELECT group_concat(x.name || ' ' || x.type || ' ' || x.\"notnull\" || ' ' || ifnull(x.dflt_value, '') || ' '
                                     || x.pk, ', ') FROM pragma_table_xinfo(s.name) x), '')
                 || ' ' || iif(s.type IN ('trigger', 'view', 'index'), ifnull(s.sql, ''), '')
             FROM sqlite_schema s WHERE s.name NOT LIKE 'sqlite_%' ORDER BY 1",
        )
        .unwrap();
    let shape = statement.query_map([], |row| row.get(0)).unwrap();
    shape.collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn a_fresh_database_is_ours_in_wal_mode_with_foreign_keys() {
    let folder = folder();
    let store = open(&folder.path().join("new/desk.db")).unwrap();
    let text = |name: &str| store.connection.pragma_query_value(None, name, |row| row.get::<_, String>(0)).unwrap();
    let number = |name: &str| store.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(text("journal_mode"), "wal");
    assert_eq!(number("synchronous"), 2, "a commit waits for the disk");
    assert_eq!(number("foreign_keys"), 1);
    assert_eq!(number("application_id"), i64::from(open::APPLICATION));
    assert_eq!(number("user_version"), i64::from(migrate::VERSION));
}

#[test]
fn in_haste_no_commit_waits_for_the_disk_until_it_is_settled() {
    let folder = folder();
    let mut store = open(&folder.path().join("desk.db")).unwrap();
    let waits = |store: &Store| store.connection.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0));
    store.hasten();
    assert_eq!(waits(&store).unwrap(), 1, "the log is whole, but may lack its end");
    store.write(|writer| writer.operation(&ACT)).unwrap();
    store.settle().unwrap();
    assert_eq!(waits(&store).unwrap(), 2, "a commit waits for the disk");
    let passing = Store::open(Place::Memory).unwrap();
    passing.hasten();
    passing.settle().unwrap();
}

#[test]
fn a_migrated_database_has_the_shape_of_a_fresh_one() {
    let fresh = Store::open(Place::Memory).unwrap();
    let first = Connection::open_in_memory().unwrap();
    first.execute_batch(include_str!("schema-1.sql")).unwrap();
    let mut old = Store::on(first, Place::Memory);
    old.prepare().unwrap();
    assert_eq!(shape(&old.connection), shape(&fresh.connection));
}

#[test]
fn migrations_run_in_order_in_one_transaction_after_a_backup() {
    let folder = folder();
    let path = folder.path().join("desk.db");
    let mut store = open(&path).unwrap();
    store.write(|writer| writer.operation(&ACT)).unwrap();
    let version = migrate::VERSION;
    let broken = ["ALTER TABLE story ADD COLUMN page TEXT", "ALTER TABLE nowhere ADD COLUMN page TEXT"];
    let steps: Vec<&str> = vec![""; version as usize - 1].into_iter().chain(broken).collect();
    let error = migrate::migrate(&mut store, &steps).unwrap_err();
    assert!(error.to_string().contains("cannot be brought from format"), "{error}");
    assert!(!error.to_string().contains("ALTER"), "the error shows SQL: {error}");
    assert!(store.connection.prepare("SELECT page FROM story").is_err(), "half a migration was kept");

    migrate::migrate(&mut store, &steps[..version as usize]).unwrap();
    assert!(store.connection.prepare("SELECT page FROM story").is_ok());
    drop(store);
    assert!(matches!(open(&path), Err(StoreError::Newer { .. })));
    // The failed attempt left no copy behind.
    let backup = open(&folder.path().join(format!("desk.db.backup-version-{version}"))).unwrap();
    assert_eq!(backup.log(9).unwrap().len(), 1);
}

fn refused(path: PathBuf, expected: &str) {
    let before = std::fs::read(&path).ok();
    let error = open(&path).unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
    assert!(!error.hint().is_empty(), "{error}");
    assert_eq!(std::fs::read(&path).ok(), before, "a refused file was changed");
}

#[test]
fn what_is_no_desk_is_refused_and_left_alone() {
    let folder = folder();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "These are my notes, and they are long enough to be looked at. ".repeat(20)).unwrap();
    refused(text, "is not a database");

    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE birds (name TEXT)").unwrap();
    refused(other, "another program");

    let newer = folder.path().join("newer.db");
    drop(open(&newer).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    refused(newer, "newer onrecord");

    refused(folder.path().to_owned(), "it is a folder");
    refused(PathBuf::from("/dev/null/desk.db"), "cannot open");
}

#[test]
fn an_empty_file_becomes_a_desk() {
    let folder = folder();
    let path = folder.path().join("empty.db");
    std::fs::write(&path, "").unwrap();
    assert_eq!(open(&path).unwrap().stats().unwrap().articles, 0);
}

#[test]
fn a_truncated_file_is_told_and_not_written_to() {
    let folder = folder();
    let path = folder.path().join("desk.db");
    let mut store = open(&path).unwrap();
    for _ in 0..2_000 {
        store.write(|writer| writer.operation(&ACT)).unwrap();
    }
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let error = open(&path).and_then(|store| store.log(usize::MAX)).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
    assert!(error.hint().contains("backup"));
    assert_eq!(std::fs::read(&path).unwrap().len(), whole.len() / 2);
}

#[test]
fn a_full_disk_loses_only_the_command_at_hand() {
    let folder = folder();
    let path = folder.path().join("desk.db");
    let mut store = open(&path).unwrap();
    store.write(|writer| writer.operation(&ACT)).unwrap();
    let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.connection.pragma_update(None, "max_page_count", pages + 1).unwrap();
    let long = "words ".repeat(10_000);
    let error = store.write(|writer| writer.operation(&Act { words: &long, ..ACT })).unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error:?}");
    assert_eq!(store.log(9).unwrap().len(), 1);
    store.write(|writer| writer.operation(&ACT)).unwrap();
    drop(store);
    assert_eq!(open(&path).unwrap().log(9).unwrap().len(), 2);
}

#[test]
fn a_busy_database_is_told_and_can_be_tried_again() {
    let folder = folder();
    let path = folder.path().join("desk.db");
    let mut store = open(&path).unwrap();
    let mut other = open(&path).unwrap();
    store.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let error = other.write(|writer| {
        writer.operation(&ACT)?;
        store.write(|writer| writer.operation(&ACT))
    });
    assert!(matches!(error, Err(StoreError::Locked)), "{error:?}");
    store.write(|writer| writer.operation(&ACT)).unwrap();
    assert_eq!(other.log(9).unwrap().len(), 1, "the failed write of the other was kept");
}

#[test]
fn a_file_that_may_not_be_written_is_still_read() {
    let folder = folder();
    let path = folder.path().join("desk.db");
    let mut store = open(&path).unwrap();
    store.write(|writer| writer.operation(&ACT)).unwrap();
    drop(store);
    let read_only = |path: &std::path::Path, yes: bool| {
        let mut rights = std::fs::metadata(path).unwrap().permissions();
        rights.set_readonly(yes);
        std::fs::set_permissions(path, rights).unwrap();
    };
    read_only(&path, true);
    read_only(folder.path(), true);
    // Root may write everywhere: then there is nothing to be refused.
    let root = std::fs::write(folder.path().join("probe"), "").is_ok();
    let opened = open(&path).map(|mut store| (store.log(9), store.write(|writer| writer.operation(&ACT))));
    let missing = open(&folder.path().join("missing.db")).map(|_| ());
    read_only(folder.path(), false);
    let (log, written) = opened.unwrap();
    assert_eq!(log.unwrap().len(), 1);
    assert_eq!(written.is_ok(), root);
    assert_eq!(missing.is_ok(), root);
    if let Err(error) = written {
        assert!(matches!(error, StoreError::ReadOnly), "{error:?}");
    }
    if let Err(error) = missing {
        assert!(matches!(error, StoreError::CannotOpen { .. }), "{error:?}");
    }
}

#[test]
fn a_write_that_fails_half_way_leaves_nothing() {
    let mut store = Store::open(Place::Memory).unwrap();
    let failed: Result<()> = store.write(|writer| {
        writer.operation(&ACT)?;
        Err(StoreError::Refused("no".into()))
    });
    assert!(failed.is_err());
    assert!(store.log(9).unwrap().is_empty());
}

#[test]
fn the_text_of_an_article_and_the_words_of_a_claim_are_never_changed() {
    let store = Store::open(Place::Memory).unwrap();
    store
        .connection
        .execute_batch(
            "INSERT INTO article (hash, text, blocks, day, path, reader, warnings, live)
             VALUES ('h', 'The text.', '[]', '', 'p', 'r', '[]', 1);
             INSERT INTO claim (article, resolved, named, category, title, headline, words, fold, content, cue, cue_words,
                                source_words, candidates, sentence_start, sentence_end, sentence, kind, quotation,
                                said_written, day, score, because, reader, outlet, live)
             VALUES (1, 'none', '', '', '', '', 'text', 'f', '[]', '[]', '', '', '[]', 0, 0, '', 'prophecy', 'direct', '', '',
                     1.0, '[]', 'r', '', 1);",
        )
        .unwrap();
    for change in ["UPDATE article SET text = 'Other.'", "UPDATE claim SET words = 'other'"] {
        let error = store.connection.execute_batch(change).unwrap_err().to_string();
        assert!(error.contains("never changed"), "{error}");
    }
    let claim = store.claim(id::ClaimId(1)).unwrap();
    assert_eq!(claim.kind, stored::Stored::Unknown("prophecy".into()));
}

#[test]
fn sql_reads_and_never_writes() {
    let mut store = Store::open(Place::Memory).unwrap();
    store.write(|writer| writer.operation(&ACT)).unwrap();
    store.write(|writer| writer.operation(&ACT)).unwrap();
    let rows = store.sql("SELECT id, name, 1.5, NULL FROM operation ORDER BY id", 1).unwrap();
    assert_eq!(rows.columns, ["id", "name", "1.5", "NULL"]);
    assert_eq!(rows.rows, [[serde_json::json!(1), "load".into(), 1.5.into(), serde_json::Value::Null]]);
    assert!(rows.more);
    let fails = |store: &mut Store, sql: &str, expected: &str| {
        let error = store.sql(sql, 9).unwrap_err();
        assert!(matches!(&error, StoreError::Sql(words) if words.contains(expected)), "{sql}: {error:?}");
    };
    fails(&mut store, "DELETE FROM operation", "only reading");
    fails(&mut store, "ATTACH 'x.db' AS x", "only reading");
    fails(&mut store, "PRAGMA user_version = 9", "only reading");
    fails(&mut store, "BEGIN", "only reading");
    fails(&mut store, "SELECT nme FROM operation", "no such column");
    fails(&mut store, "SELEKT 1", "syntax error");
    fails(&mut store, "SELECT ?", "parameters");
    fails(&mut store, "SELECT 1; SELECT 2", "one statement");
    fails(&mut store, "", "nothing");
    assert_eq!(store.sql("PRAGMA table_info(story)", 9).unwrap().rows.len(), 4);
    store.write(|writer| writer.operation(&ACT)).unwrap();
    assert_eq!(store.log(9).unwrap().len(), 3);
}

#[test]
fn claims_are_looked_through_for_vectors_once_and_again_where_one_is_gone() {
    let mut store = Store::open(Place::Memory).unwrap();
    let claims = store.write(|writer| {
        let operation = writer.operation(&ACT)?;
        let import = writer.add_import("claims.jsonl", "Kestria Check", operation)?;
        let new = |words: &'static str| imports::Imported {
            external: "",
            words,
            fold: words,
            headline: "",
            speaker: None,
            named: "",
            date: None,
            origin: "Kestria Check",
            rating: None,
            url: "",
        };
        let claims =
            [writer.add_imported(import, &new("The quay is safe"))?, writer.add_imported(import, &new("It is not"))?];
        writer.add_vector(claims[0], "one", b"x")?;
        writer.mark_vectors("one", claims[0])?;
        Ok::<_, StoreError>(claims)
    });
    let [first, second] = claims.unwrap();
    let left = |store: &Store| -> Vec<id::ClaimId> {
        store.without_vector("one", id::ClaimId(0), 9).unwrap().into_iter().map(|(claim, _)| claim).collect()
    };
    assert_eq!(left(&store), [second]);
    assert_eq!(store.after_vector_mark("one").unwrap(), (1, second));
    store
        .write(|writer| {
            writer.add_vector(second, "one", b"y")?;
            writer.mark_vectors("one", second)
        })
        .unwrap();
    assert_eq!((store.count_without_vector("one").unwrap(), left(&store)), (0, vec![]));
    store.connection.execute("DELETE FROM claim_vector WHERE claim = ?1", [first]).unwrap();
    assert_eq!(left(&store), [first]);
    // Another encoder has looked at nothing.
    assert_eq!(store.count_without_vector("two").unwrap(), 2);
}

#[test]
fn a_name_is_one_however_its_accents_and_its_case_are_written() {
    let forms = ["Zoë Müllner", "ZOË MÜLLNER", "zoe mullner", "Zoe\u{308} Mu\u{308}llner"];
    assert!(forms.iter().all(|form| plain(form) == "zoe mullner"), "{:?}", forms.map(plain));
    assert_eq!(plain("The Łódź Post"), "the lodz post");
}
