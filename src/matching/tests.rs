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

#[test]
fn bytes_give_the_index_back() {
    let mut index = small();
    index.remove(4);
    let again = Index::from_bytes(&index.to_bytes());
    let query = entry(9, "Arden harbour bridge quotas", "Nora Weller");
    assert_eq!(again.as_ref().map(|index| index.candidates(&query, 9)), Ok(index.candidates(&query, 9)));
    assert_eq!(again.map(|index| index.to_bytes()), Ok(index.to_bytes()));
}

#[test]
fn damaged_bytes_are_refused() {
    let bytes = small().to_bytes();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        let unused = (12..16).contains(&at);
        assert_eq!(Index::from_bytes(&damaged).is_err(), !unused, "byte {at}");
        assert!(Index::from_bytes(&bytes[..at]).is_err());
    }
}

/// Returns the tier of one claim for a query, among a few hundred other claims so that words have their rarity.
fn tier(claim: (&str, &str), query: (&str, &str)) -> Option<Tier> {
    let mut index = small();
    let fillers = ["ferry", "quarry", "library", "orchard", "stadium", "tunnel", "market", "chapel"];
    for id in 100..400u64 {
        let word = |shift: u64| fillers[((id >> shift) % 8) as usize];
        let text = format!("The {} near the {} opened beside the {} number {id}.", word(0), word(3), word(6));
        index.insert(&entry(id, &text, "Ada Quill"));
    }
    index.insert(&entry(50, claim.0, claim.1));
    let found = index.candidates(&entry(9, query.0, query.1), 20);
    found.into_iter().find(|candidate| candidate.id == 50).map(|candidate| candidate.tier)
}

#[test]
fn a_verbatim_repeat_by_one_speaker_is_the_same_claim() {
    let text = "The regional water company poured untreated sewage into the Lorne estuary for eleven winters";
    assert_eq!(tier((text, "Nora Weller"), (text, "Nora Weller")), Some(Tier::Same));
    assert_eq!(tier((text, "Nora Weller"), (text, "MS. WELLER")), Some(Tier::Same));
}

#[test]
fn hard_negatives_are_never_the_same_claim() {
    let who = "Nora Weller";
    let pairs = [
        (
            ("The envoys of North Korea signed the nuclear inspection treaty in Geneva on Friday", who),
            ("The envoys of South Korea signed the nuclear inspection treaty in Geneva on Friday", who),
        ),
        (
            ("Our engineers always test every release candidate before committing code", who),
            ("Our engineers never commit code of a release candidate without testing", who),
        ),
        (
            ("The ministry published a non-exhaustive catalogue of banned pesticides for farmers", who),
            ("The ministry published an exhaustive catalogue of banned pesticides for farmers", who),
        ),
        (
            ("The regional water company poured untreated sewage into the estuary", "Nora Weller"),
            ("The regional water company poured untreated sewage into the estuary", "Tony Weller"),
        ),
        (
            ("The regional water company dismissed 120 engineers without any notice", who),
            ("The regional water company dismissed 310 engineers without any notice", who),
        ),
        (("They lied about everything", who), ("They lied about everything", who)),
    ];
    for (claim, query) in pairs {
        for (claim, query) in [(claim, query), (query, claim)] {
            assert_ne!(tier(claim, query), Some(Tier::Same), "{claim:?} {query:?}");
        }
    }
}

#[test]
fn every_score_says_why() {
    let index = small();
    let found = index.candidates(&entry(9, "Fishing quotas will fall by 12 percent", "Tony Weller"), 1);
    let details: Vec<&str> = found[0].because.iter().map(|reason| reason.detail.as_str()).collect();
    assert!(details.contains(&"same figure 12"), "{details:?}");
    assert!(details.contains(&"same speaker"), "{details:?}");
    assert!(details.iter().any(|detail| detail.starts_with("shares the rare words")), "{details:?}");
}

#[test]
fn aliases_make_two_names_one_speaker() {
    let mut index = small();
    let query = entry(9, "Arden has never closed a school", "The Mayor of Arden");
    let says =
        |index: &Index| index.candidates(&query, 1)[0].because.iter().any(|reason| reason.detail == "same speaker");
    assert!(!says(&index));
    let group = ["The Mayor of Arden".to_owned(), "Nora Weller".to_owned()];
    index.set_aliases([group.as_slice()]);
    assert!(says(&index));
}

#[test]
fn a_contraction_denies_as_its_words_do_however_it_is_written() {
    let polarity = |claim: &str, words: &str| {
        let mut index = small();
        index.insert(&entry(7, claim, "Ann Reed"));
        let found = index.candidates(&entry(9, words, "Ann Reed"), 10).into_iter().find(|one| one.id == 7);
        found.unwrap_or_else(|| panic!("{words}")).because.iter().any(|reason| reason.rule == "polarity")
    };
    for (claim, same) in [
        ("The old pier isn't safe for ferries", "The old pier is not safe for ferries"),
        ("The old pier isn't safe for ferries", "The old pier isnt safe for ferries"),
        ("The old pier wasn‘t closed to ferries", "The old pier wasn't closed to ferries"),
        ("The old pier hasnʼt been closed to ferries", "The old pier has not been closed to ferries"),
        ("They don`t close the old pier", "They do n't close the old pier"),
        ("We won’t close the old pier", "We will never close the old pier"),
        ("Neither the old pier nor the mill will close", "Neither the mill nor the old pier will close"),
    ] {
        assert!(!polarity(claim, same) && !polarity(same, claim), "{claim} | {same}");
    }
    for (claim, other) in [
        ("The old pier isn't safe for ferries", "The old pier is safe for ferries"),
        ("The old pier weren‘t closed to ferries", "The old pier was closed to ferries"),
    ] {
        assert!(polarity(claim, other) && polarity(other, claim), "{claim} | {other}");
    }
}

#[test]
fn a_negation_is_said_to_be_on_one_side_only_where_the_other_has_none() {
    let told = |claim: &str, words: &str| {
        let mut index = small();
        index.insert(&entry(7, claim, "Ann Reed"));
        let found = index.candidates(&entry(9, words, "Ann Reed"), 10).into_iter().find(|one| one.id == 7);
        let because = found.unwrap_or_else(|| panic!("{words}")).because;
        because.into_iter().find(|reason| reason.rule == "polarity").map(|reason| reason.detail)
    };
    let (warned, never) = ("The company of the pier was warned", "The company of the pier was never warned");
    assert_eq!(told(warned, never).as_deref(), Some("a negation on one side only"));
    let twice = "The company of the pier was never warned, and no letter came";
    assert_eq!(told(never, twice).as_deref(), Some("one side has another negation"));
    assert_eq!(told(never, never), None);
}
