//! What the index promises, on sentences of our own.

use super::*;

fn entry<'a>(id: u64, text: &'a str, speaker: &'a str) -> Entry<'a> {
    Entry { id, text, speaker, ..Entry::default() }
}

fn small() -> Index {
    let mut index = Index::default();
    let claims = [
        (1, "The harbour bridge of Arden will reopen in March.", "Nora Weller"),
        (2, "Fishing quotas will fall by 12 percent next year.", "Tony Weller"),
        (3, "Arden has never closed a school.", "Nora Weller"),
        (4, "The council voted to sell the old harbour mill.", "Harbour council"),
    ];
    claims.iter().for_each(|&(id, text, speaker)| index.insert(&entry(id, text, speaker)));
    index
}

fn ids(index: &Index, query: &Entry<'_>) -> Vec<u64> {
    index.candidates(query, 10).into_iter().map(|candidate| candidate.id).collect()
}

#[test]
fn the_repeated_claim_comes_first() {
    let index = small();
    assert_eq!(ids(&index, &entry(9, "She said the bridge in the harbor at Arden reopens in March", ""))[0], 1);
    assert_eq!(ids(&index, &entry(9, "quotas for fishing fall 12%", ""))[0], 2);
}

#[test]
fn a_removed_or_replaced_claim_is_not_found_as_it_was() {
    let mut index = small();
    index.remove(1);
    index.remove(77);
    assert!(!ids(&index, &entry(9, "harbour bridge", "")).contains(&1));
    index.insert(&entry(2, "The ferry is free on Sundays.", "Tony Weller"));
    assert_eq!(ids(&index, &entry(9, "fishing quotas", "")), Vec::<u64>::new());
    assert_eq!(ids(&index, &entry(9, "free ferry", "")), [2]);
    assert_eq!(index.len(), 3);
}

#[test]
fn the_query_itself_is_left_out() {
    let index = small();
    assert!(!ids(&index, &entry(1, "The harbour bridge of Arden will reopen in March.", "")).contains(&1));
}

#[test]
fn compacting_changes_no_answer() {
    let mut index = small();
    index.remove(4);
    let query = entry(9, "Arden harbour bridge quotas school", "Weller");
    let before = index.candidates(&query, 10);
    index.compact();
    assert_eq!(index.candidates(&query, 10), before);
}

#[test]
fn a_slip_of_the_pen_still_finds() {
    let index = small();
    assert_eq!(ids(&index, &entry(9, "fishing quoats", ""))[0], 2);
    assert_eq!(ids(&index, &entry(9, "harbourbridge", ""))[0], 1);
}

#[test]
fn odd_queries_find_nothing_and_do_not_fail() {
    let index = small();
    for odd in ["", "the of and", "\u{0}\u{7}", "§§§", &"\"".repeat(100_000)] {
        assert_eq!(ids(&index, &entry(9, odd, odd)), Vec::<u64>::new(), "{odd:.10}");
    }
    assert!(Index::default().candidates(&entry(1, "anything", ""), 5).is_empty());
}
