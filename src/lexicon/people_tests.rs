//! The tables about people: every row has its cells and its example.

use super::*;

#[test]
fn every_row_has_its_cells_and_an_example() {
    let files = [
        (include_str!("given_names.tsv"), 3),
        (include_str!("titles.tsv"), 4),
        (include_str!("roles.tsv"), 5),
        (include_str!("pronouns.tsv"), 5),
        (include_str!("demonyms.tsv"), 4),
        (include_str!("metonyms.tsv"), 4),
        (include_str!("collectives.tsv"), 3),
        (include_str!("organisations.tsv"), 4),
        (include_str!("nicknames.tsv"), 3),
        (include_str!("name_parts.tsv"), 3),
        (include_str!("determiners.tsv"), 3),
        (include_str!("noun_endings.tsv"), 2),
        (include_str!("generic_bodies.tsv"), 3),
        (include_str!("kinds.tsv"), 4),
        (include_str!("allegations.tsv"), 3),
    ];
    for (file, cells) in files {
        for row in rows(file) {
            assert_eq!(row.len(), cells, "{row:?}");
            assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        }
    }
}

#[test]
fn wider_roles_are_roles() {
    // Some wider roles, such as "spokesperson", are words of ours that only other rows name.
    let shared = |wider: &str| ROLES.values().filter(|r| r.wider.contains(&wider)).count() > 1;
    let mut stray = ROLES.values().flat_map(|r| &r.wider).filter(|w| !ROLES.contains_key(**w) && !shared(w));
    assert_eq!(stray.next(), None);
}

#[test]
fn plurals_short_forms_and_metonyms_are_found() {
    assert_eq!(role("secretaries of state").map(|r| r.name), Some("secretary of state"));
    assert_eq!(role("officials").map(|r| r.number), Some(Number::Many));
    assert!(same_given("Bill", "William") && same_given("J.", "James") && same_given("Bob", "Rob"));
    assert!(!same_given("Donald", "Eric"));
    assert_eq!(metonym("Islamabad"), Some(("Pakistan", Collective::Capital)));
    assert_eq!(collective("surveys"), Some(Collective::Document));
    assert_eq!(given_name("Mohammad"), Some(Some(Gender::Male)));
}
