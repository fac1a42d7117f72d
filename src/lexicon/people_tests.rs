//! The tables about people: short forms, forms of address, plurals.

use super::*;

#[test]
fn every_short_form_is_one_of_its_full_form() {
    for row in tables::NICKNAMES.rows() {
        let [full, forms, example] = row[..] else { panic!("{row:?}") };
        assert!(forms.split(' ').all(|form| same_given(form, full)), "{row:?}");
        let named: Vec<&str> =
            example.split(' ').filter(|word| *word == full || forms.split(' ').any(|f| f == *word)).collect();
        assert!(named.len() == 2 && same_given(named[0], named[1]), "{row:?}");
    }
}

#[test]
fn what_stands_around_a_name_is_no_part_of_it() {
    for before in ["mr", "sen", "senator", "lt", "former", "prime", "minister", "spokeswoman", "the", "chancellor"] {
        assert!(stands_before_name(before), "{before}");
    }
    for after in ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mp"] {
        assert!(stands_after_name(after), "{after}");
    }
    assert!(!["weller", "dean", "workers", "sam", "farmer"].into_iter().any(stands_before_name));
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
