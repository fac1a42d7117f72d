//! The meaning of claims on a desk: added later in steps that are kept, used by matching, made at once by the deep reader.

use onrecord::article::Given;
use onrecord::attribution::reader;
use onrecord::store::Place;
use onrecord::workbench::{Meant, Settings, Workbench};
use std::sync::atomic::AtomicBool;

const ARTICLE: &str = "Unemployment in the valley has doubled since the mill closed, Mayor Ann Baker said on Monday.\n\n\
    “The ferry will run every hour in winter,” said Jonas Reed, a captain.\n";
const OTHER_WORDS: &str = "twice as many people there are out of work as before the factory shut";

fn desk(place: Place) -> Workbench {
    Workbench::open(place, Settings::default()).unwrap()
}

fn given() -> Given {
    Given { outlet: Some("The Example".into()), ..Given::default() }
}

#[test]
fn meaning_is_added_later_in_steps_and_finds_other_words() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("desk.db"));
    let mut desk = desk(place.clone());
    desk.load(ARTICLE.as_bytes(), "valley.txt", &given()).unwrap();
    let claims = desk.without_meaning().unwrap();
    assert!(claims >= 2);
    let by_words = desk.match_text("the mill closed", "", 5).unwrap();
    assert!(by_words.iter().all(|row| row.meaning.is_none()) && !by_words.is_empty());

    let stopped = desk.add_meaning(&AtomicBool::new(true), |_| ()).unwrap();
    assert_eq!(stopped, Meant { added: 0, left: claims });
    let mut seen = 0;
    let done = desk.add_meaning(&AtomicBool::new(false), |made| seen += made).unwrap();
    assert_eq!((done, seen), (Meant { added: claims, left: 0 }, claims));
    let rows = desk.match_text(OTHER_WORDS, "", 5).unwrap();
    assert!(rows[0].claim.words.contains("Unemployment"), "{}", rows[0].claim.words);
    assert!(rows[0].meaning.unwrap().get() > 0.3);
    assert!(rows[0].because.iter().any(|reason| reason.detail.starts_with("meaning 0.")));
    assert_eq!(desk.add_meaning(&AtomicBool::new(false), |_| ()).unwrap(), Meant { added: 0, left: 0 });

    drop(desk);
    let mut again = self::desk(place);
    assert_eq!(again.match_text(OTHER_WORDS, "", 5).unwrap(), rows);
    again.load(b"The ferry may stop in winter, said Jonas Reed.\n", "ferry.txt", &given()).unwrap();
    let mixed = again.match_text("ferry in winter", "", 9).unwrap();
    assert!(mixed.iter().any(|row| row.meaning.is_none()) && mixed.iter().any(|row| row.meaning.is_some()));
}

#[test]
fn the_deep_reader_adds_the_meaning_at_once() {
    let mut desk = desk(Place::Memory);
    desk.settings_mut().reader = reader::by_name("deep").unwrap();
    desk.load(ARTICLE.as_bytes(), "valley.txt", &given()).unwrap();
    assert_eq!(desk.without_meaning().unwrap(), 0);
    assert!(desk.match_text(OTHER_WORDS, "", 5).unwrap()[0].meaning.is_some());
}
