//! Every row of every table fires on its example and stays silent on the other; claims made for this test relate as they should.

use super::words::{files, rows};
use super::*;

fn side(text: &str) -> Side<'_> {
    Side { text, ..Side::default() }
}

#[track_caller]
fn check(a: &str, b: &str, expected: RelationKind) {
    let relation = relate(&side(a), &side(b));
    assert_eq!(relation.kind, expected, "{a} | {b}\n{relation:#?}");
}

#[test]
fn claims_relate_as_they_should() {
    use RelationKind::*;
    check("The council closed the harbour.", "The council closed the harbour.", Repeat);
    check("The council closed the harbour.", "The council did not close the harbour.", Contradiction);
    check("The council refused to close the harbour.", "The council did not close the harbour.", Reworded);
    check("The mayor supports the stadium.", "The mayor opposes the stadium.", Contradiction);
    check("Ruiz did not win the election.", "Ruiz lost the election.", Reworded);
    check("Nine ships sank in the storm.", "9 ships sank in the storm.", Repeat);
    check("Nine ships sank in the storm.", "Twelve ships sank in the storm.", Contradiction);
    check("More than nine ships sank in the storm.", "Twelve ships sank in the storm.", Reworded);
    check("The harbour was quiet.", "Wolves ate four sheep.", Unrelated);
}

#[test]
fn odd_text_gives_an_answer() {
    for text in
        ["", " ", "\u{0}\u{1b}[31m", "’’’'''--", "n't", "¿?!", "1,,,.%$", &"word ".repeat(5_000), &"x".repeat(100_000)]
    {
        let relation = relate(&side(text), &side("The council did not close the harbour."));
        assert_ne!(relation.kind, RelationKind::Contradiction, "{text:.20}");
    }
}

#[test]
fn each_opposite_fires_and_stays_silent() {
    let mut wrong = Vec::new();
    for row in rows(files::ANTONYMS) {
        let [one, other, a, b, silent] = row[..] else { panic!("five columns: {row:?}") };
        if relate(&side(a), &side(b)).kind != RelationKind::Contradiction {
            wrong.push(format!("{one}/{other} must fire: {a} | {b}"));
        }
        if relate(&side(a), &side(silent)).kind == RelationKind::Contradiction {
            wrong.push(format!("{one}/{other} must stay silent: {a} | {silent}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn each_operator_enters_the_ledger_only_where_it_works() {
    let mut wrong = Vec::new();
    for (file, family) in
        [(files::NEGATORS, "negator"), (files::IMPLICATIVES, "implicative"), (files::STANCES, "stance")]
    {
        for row in rows(file) {
            let [word, effect, _, fires, silent] = row[..] else { panic!("five columns: {row:?}") };
            let entered = |text: &str| {
                let parsed = Parsed::of(&side(text));
                let hash = super::words::hash(word);
                parsed.operations.iter().any(|operation| parsed.words[operation.word].lemma == hash)
            };
            let expected = !(effect == "keep" && family == "negator");
            if entered(fires) != expected {
                wrong.push(format!(
                    "{word} must {} the ledger: {fires}",
                    if expected { "enter" } else { "keep out of" }
                ));
            }
            if entered(silent) {
                wrong.push(format!("{word} must stay silent: {silent}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}
