//! Pairs of claims with the answer they must have, one table a kind.

use super::*;
use crate::lexicon::tables::{self, rows};

const TABLES: [(&str, &str); 5] = [
    ("figures", include_str!("figures.tsv")),
    ("roles", include_str!("roles.tsv")),
    ("exceptions", include_str!("exceptions.tsv")),
    ("negation", include_str!("negation.tsv")),
    ("spelling", include_str!("spelling.tsv")),
];

/// Tells whether a kind is what a row of a table expects.
fn holds(expected: &str, kind: RelationKind) -> bool {
    let same = matches!(kind, RelationKind::Repeat | RelationKind::Reworded);
    let contradiction = kind == RelationKind::Contradiction;
    match expected {
        "same" => same,
        "contradiction" => contradiction,
        "clash" => contradiction || kind == RelationKind::Update,
        "compatible" => !contradiction,
        "different" => !same,
        "neither" => !same && !contradiction,
        other => panic!("no such answer: {other}"),
    }
}

#[test]
fn each_pair_of_the_tables_has_its_answer() {
    let mut wrong = Vec::new();
    for (table, text) in TABLES {
        for row in rows(text) {
            let [expected, a, b] = row[..] else { panic!("three columns: {row:?}") };
            let kind = relate(&Side { text: a, ..Side::default() }, &Side { text: b, ..Side::default() }).kind;
            if !holds(expected, kind) {
                wrong.push(format!("{table}: {expected}, not {kind:?}: {a} | {b}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

/// What one woman says on a day.
fn said<'a>(text: &'a str, date: &str) -> Side<'a> {
    let date = crate::date::Date::parse_iso(date);
    Side { text, speaker: Some("Ruth Okoye"), direct: Some(true), date, ..Side::default() }
}

#[test]
fn who_says_the_opposite_on_another_day_is_found() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("reversals.tsv")) {
        let [expected, a, b] = row[..] else { panic!("three columns: {row:?}") };
        let kind = relate(&said(a, "2025-01-14"), &said(b, "2025-03-02")).kind;
        if !holds(expected, kind) {
            wrong.push(format!("{expected}, not {kind:?}: {a} | {b}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn what_may_have_changed_since_is_offered() {
    for (a, b) in
        [("The pass is open", "The pass is closed"), ("Nobody has been found", "Two climbers have been found")]
    {
        let kind = relate(&said(a, "2025-01-14"), &said(b, "2025-03-02")).kind;
        assert_eq!(kind, RelationKind::Offered, "{a} | {b}");
        let other = Side { speaker: Some("Piet Vos"), ..said(b, "2025-03-02") };
        assert_ne!(relate(&said(a, "2025-01-14"), &other).kind, RelationKind::Offered, "{a} | {b}");
    }
}

#[test]
fn two_people_who_each_speak_of_themselves_repeat_nothing() {
    let of = |speaker, direct, text| Side { text, speaker: Some(speaker), direct: Some(direct), ..Side::default() };
    for (a, b) in [
        (of("Ruth Okoye", true, "I will stay in office"), of("Piet Vos", true, "I will stay in office")),
        (of("Tom Lund", false, "that he would stay"), of("Piet Vos", false, "he would stay")),
    ] {
        let kind = relate(&a, &b).kind;
        assert!(!matches!(kind, RelationKind::Repeat | RelationKind::Reworded), "{} | {}", a.text, b.text);
    }
    let again = of("Piet Vos", false, "he would stay in office until spring");
    assert_eq!(relate(&again, &again).kind, RelationKind::Repeat);
}

#[test]
fn each_side_is_opposed_and_stays_silent() {
    let mut wrong = Vec::new();
    for row in tables::SIDES.rows() {
        let [phrase, _, a, b, silent] = row[..] else { panic!("five columns: {row:?}") };
        let said = |text| Side { text, speaker: Some("Ruth Okoye"), direct: Some(true), ..Side::default() };
        let (opposed, beside) = (relate(&said(a), &said(b)).kind, relate(&said(a), &said(silent)).kind);
        if opposed != RelationKind::Contradiction || beside == RelationKind::Contradiction {
            wrong.push(format!("{phrase}: {opposed:?} {a} | {b}; {beside:?} {silent}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn each_order_says_what_its_row_says() {
    let mut wrong = Vec::new();
    for row in tables::ORDERS.rows() {
        let [word, order, one, other] = row[..] else { panic!("four columns: {row:?}") };
        let kind = relate(&Side { text: one, ..Side::default() }, &Side { text: other, ..Side::default() }).kind;
        let expected = if order == "asymmetric" { "contradiction" } else { "same" };
        if !holds(expected, kind) {
            wrong.push(format!("{word}: {expected}, not {kind:?}: {one} | {other}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_word_of_a_vote_or_a_match_lets_two_numbers_be_a_result() {
    for row in tables::CONTESTS.rows() {
        let parsed = Parsed::of(&Side { text: row[1], ..Side::default() });
        let result = parsed.quantities.iter().any(|quantity| quantity.measure == quantity::Measure::Score);
        assert!(result, "{}: {}", row[0], row[1]);
    }
}

#[test]
fn that_there_is_no_such_thing_opposes_every_verb_by_which_it_comes_about() {
    for row in tables::EXISTENCE.rows() {
        let found = relate(&said(row[2], "2025-01-14"), &said(row[3], "2025-03-02"));
        assert_eq!(found.kind, RelationKind::Contradiction, "{row:?}");
    }
}

#[test]
fn what_passes_opposes_on_one_day_and_not_on_another() {
    for row in tables::PASSING.rows() {
        let [word, one, other] = row[..] else { panic!("three columns: {row:?}") };
        let of_one_day = relate(&said(one, "2025-01-14"), &said(other, "2025-01-14"));
        assert_eq!(of_one_day.kind, RelationKind::Contradiction, "{word}: {row:?}");
        let of_two = relate(&said(one, "2025-01-14"), &said(other, "2025-03-02"));
        assert_ne!(of_two.kind, RelationKind::Contradiction, "{word}: {row:?}");
    }
}

#[test]
fn who_holds_an_office_says_we_of_its_bodies() {
    for row in tables::SPOKEN_FOR.rows() {
        let [office, _, own, of_the_body] = row[..] else { panic!("four columns: {row:?}") };
        let own = Side { title: Some(office), ..said(own, "2025-01-14") };
        let found = relate(&own, &Side { title: Some(office), ..said(of_the_body, "2025-03-02") });
        assert_eq!(found.kind, RelationKind::Contradiction, "{row:?}");
    }
}

#[test]
fn a_later_count_of_somebody_else_is_news_where_it_grows() {
    let dispute = |one, other| {
        let of = |text, speaker, date| Side { speaker: Some(speaker), ..said(text, date) };
        relate(&of(one, "Ruth Okoye", "2025-01-14"), &of(other, "Milo Brandt", "2025-01-15")).kind
    };
    for row in tables::GROWING.rows() {
        let [word, one, other] = row[..] else { panic!("three columns: {row:?}") };
        assert_ne!(dispute(one, other), RelationKind::Contradiction, "{word}: {row:?}");
    }
    let marched = dispute("12,000 people took part in the march", "40,000 people took part in the march");
    assert_eq!(marched, RelationKind::Contradiction);
}
