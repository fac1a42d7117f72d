//! Every row of every table fires on its example and stays silent on the other; claims made for this test relate as they should.

use super::*;
use crate::lexicon::tables as lexicon;

mod tables;

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
fn a_word_in_a_name_turns_nothing() {
    for (a, b) in [
        ("The council will not evacuate Lower Tarn.", "The council has ruled out evacuating Lower Tarn."),
        ("The road to Lower Tarn is open.", "The road to Tarn is open."),
        ("The path across No Man's Heath is open.", "The path across the heath is open."),
    ] {
        assert_ne!(relate(&side(a), &side(b)).kind, RelationKind::Contradiction, "{a} | {b}");
    }
    check("No Tarn house was flooded.", "A Tarn house was flooded.", RelationKind::Contradiction);
}

/// The opposites that open a sentence are also the words that bring somebody new.
#[test]
fn opposites_that_open_a_sentence_are_read() {
    for (a, b) in [("Many ships sank.", "Few ships sank."), ("Few", "Many"), ("It rained. Many left.", "Few left.")] {
        assert_ne!(relate(&side(a), &side(b)).kind, RelationKind::Repeat, "{a} | {b}");
    }
}

#[test]
fn cues_speakers_and_dates_count() {
    let day = |written: &str| crate::date::Date::parse_iso(written);
    let words = "The army runs the camps near Lake Orm.";
    let said = Side {
        text: words,
        speaker: Some("Ruiz"),
        cue: Some("said"),
        date: day("2018-03-01"),
        direct: Some(false),
        ..Side::default()
    };
    let denied = Side { speaker: Some("Okoye"), cue: Some("denied that"), ..said };
    let relation = relate(&said, &denied);
    assert_eq!(relation.kind, RelationKind::Contradiction, "{relation:#?}");
    assert!(
        relation.summary.starts_with("denial: ") && relation.summary.contains("paraphrased"),
        "{}",
        relation.summary
    );
    assert_eq!(relate(&denied, &denied).kind, RelationKind::Repeat);

    let later = Side { text: "The army does not run the camps near Lake Orm.", date: day("2018-09-01"), ..said };
    assert!(relate(&said, &later).summary.starts_with("change of position: "), "{}", relate(&said, &later).summary);
    let other = Side { speaker: Some("Okoye"), ..later };
    assert!(relate(&said, &other).summary.starts_with("dispute: "));

    let first = Side { text: "Nine ships sank in the storm.", date: day("2018-03-01"), ..Side::default() };
    let update = Side { text: "Twelve ships sank in the storm.", date: day("2018-03-03"), ..Side::default() };
    assert_eq!(relate(&first, &update).kind, RelationKind::Update);

    let mine = Side { text: "I signed the toll bill.", speaker: Some("Ruiz"), ..Side::default() };
    let hers = Side { text: "I did not sign the toll bill.", speaker: Some("Okoye"), ..Side::default() };
    assert_eq!(relate(&mine, &hers).kind, RelationKind::Related);
    assert_eq!(relate(&mine, &Side { speaker: Some("Ruiz"), ..hers }).kind, RelationKind::Contradiction);
}

/// Who says that there will be no such thing stands against it, and nobody else does by that.
#[test]
fn who_rules_a_thing_out_is_against_it() {
    let said = Side {
        text: "There will be no toll while I am mayor",
        speaker: Some("Ruiz"),
        direct: Some(true),
        ..Side::default()
    };
    let later = Side { text: "I have always been in favour of a toll", ..said };
    assert_eq!(relate(&said, &later).kind, RelationKind::Contradiction);
    assert_eq!(relate(&later, &said).kind, RelationKind::Contradiction);
    assert_ne!(relate(&said, &Side { speaker: Some("Okoye"), ..later }).kind, RelationKind::Contradiction);
    let foretold = Side { text: "There will be a toll", ..said };
    assert_ne!(relate(&foretold, &later).kind, RelationKind::Contradiction);
    let against = Side { text: "I am against a toll", ..said };
    assert_ne!(relate(&said, &against).kind, RelationKind::Contradiction);
}

#[test]
fn each_class_of_exclusive_words_fires_and_stays_silent() {
    for row in lexicon::EXCLUSIVE.rows() {
        let [_, _, a, b, silent] = row[..] else { panic!("five columns: {row:?}") };
        let linked = |b: &str| relate(&side(a), &side(b)).alignment.iter().any(|link| link.kind == LinkKind::Antonym);
        assert!(linked(b), "{a} | {b}");
        assert!(!linked(silent), "{a} | {silent}");
    }
}

#[test]
fn each_group_of_synonyms_fires_and_stays_silent() {
    let mut wrong = Vec::new();
    for row in lexicon::SYNONYMS.rows() {
        let [_, a, b, silent] = row[..] else { panic!("four columns: {row:?}") };
        let whole = |b: &str| matches!(relate(&side(a), &side(b)).kind, RelationKind::Repeat | RelationKind::Reworded);
        if !whole(b) || whole(silent) {
            wrong.push(format!("{a} | {b} | {silent}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_modality_bound_and_quantifier_fires_and_stays_silent() {
    let mut wrong = Vec::new();
    let mut expect = |holds: bool, word: &str, text: &str| {
        if !holds {
            wrong.push(format!("{word}: {text}"));
        }
    };
    for row in lexicon::MODALITY.rows() {
        let [word, kind, fires, silent] = row[..] else { panic!("four columns: {row:?}") };
        let mood = |text: &str| {
            let mood = Parsed::of(&side(text)).mood;
            match kind {
                "forecast" => mood.forecast,
                "promise" => mood.promise,
                "condition" => mood.condition,
                "possibility" => mood.possibility,
                "obligation" => mood.obligation,
                "wish" => mood.wish,
                "scorn" => mood.scorn,
                _ => mood.first_person,
            }
        };
        expect(mood(fires), word, fires);
        expect(!mood(silent), word, silent);
    }
    for row in lexicon::BOUNDS.rows() {
        let [word, _, fires, silent] = row[..] else { panic!("four columns: {row:?}") };
        let bounded =
            |text: &str| Parsed::of(&side(text)).quantities.iter().any(|quantity| quantity.low < quantity.high);
        expect(bounded(fires), word, fires);
        expect(!bounded(silent), word, silent);
    }
    for row in lexicon::QUANTIFIERS.rows() {
        let [word, _, fires, silent] = row[..] else { panic!("four columns: {row:?}") };
        let starts = |text: &str| {
            Parsed::of(&side(text))
                .words
                .first()
                .is_some_and(|first| first.entry.is_some_and(|e| e.quantifier.is_some()))
        };
        expect(starts(fires), word, fires);
        expect(!starts(silent), word, silent);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    for row in lexicon::ANTONYMS.rows() {
        let [one, other, reader, a, b, silent] = row[..] else { panic!("six columns: {row:?}") };
        if reader == "matching" {
            continue;
        }
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
fn each_leaning_counts_only_where_it_works() {
    let mut wrong = Vec::new();
    for row in lexicon::LEANINGS.rows() {
        let [word, _, fires, silent] = row[..] else { panic!("four columns: {row:?}") };
        let counts = |text: &str| {
            let parsed = Parsed::of(&side(text));
            position::against(&parsed).iter().any(|&n| parsed.words[n].lemma == super::words::hash(word))
        };
        if !counts(fires) || counts(silent) {
            wrong.push(format!("{word}: {fires} | {silent}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_list_made_by_hand_holds_at_least_250_pairs() {
    let pairs: std::collections::BTreeSet<_> = lexicon::ANTONYMS.rows().map(|row| (row[0], row[1])).collect();
    assert_eq!(pairs.len(), lexicon::ANTONYMS.rows().count(), "a pair stands twice");
    assert!(pairs.len() >= 250, "{}", pairs.len());
}

#[test]
fn two_positions_on_one_matter_stand_against_each_other() {
    use RelationKind::*;
    check("The toll on trucks should be abolished.", "We support the toll on trucks.", Contradiction);
    check("Night flights should be banned.", "We support night flights.", Contradiction);
    assert_ne!(
        relate(&side("We support night flights."), &side("Night flights should be allowed.")).kind,
        Contradiction
    );
}

#[test]
fn claims_of_two_things_are_no_contradiction() {
    let said = |text, speaker| Side { text, speaker: Some(speaker), direct: Some(false), ..Side::default() };
    let kind = |a, b| relate(&a, &b).kind;
    let all = said("everything the port does is wrong", "Ruiz");
    assert_ne!(kind(all, said("she did nothing wrong", "Okoye")), RelationKind::Contradiction);
    let voters = said("they will vote for the canal", "Farmers");
    assert_ne!(kind(voters, said("they will not vote for the canal", "Miners")), RelationKind::Contradiction);
    assert_ne!(
        kind(said("the canal", "Ruiz"), said("that they oppose the canal", "Miners")),
        RelationKind::Contradiction
    );
    let touched = said("that Okoye had touched the ballots", "Ruiz");
    assert_eq!(kind(touched, said("he had never touched the ballots", "Okoye")), RelationKind::Contradiction);
}

#[test]
fn what_there_is_and_is_not_of_one_thing_opposes() {
    let said = |text| Side { text, speaker: Some("Ruiz"), cue: Some("said"), direct: Some(true), ..Side::default() };
    let pairs = [
        (
            "“There are no Orlund soldiers in Larnsea.”",
            "“There are Orlund soldiers in Larnsea, but they are advisers.”",
        ),
        ("“There is no plan to close the mill.”", "“There is a plan to close the mill, and it was signed.”"),
    ];
    for (a, b) in pairs {
        assert_eq!(relate(&said(a), &said(b)).kind, RelationKind::Contradiction, "{a} {b}");
    }
    let apart = ("“There is no bridge in Larnsea.”", "“There is a mill in Larnsea, and it is old.”");
    assert_ne!(relate(&said(apart.0), &said(apart.1)).kind, RelationKind::Contradiction);
}

#[test]
fn each_operator_enters_the_ledger_only_where_it_works() {
    let mut wrong = Vec::new();
    for (table, family) in
        [(lexicon::NEGATORS, "negator"), (lexicon::IMPLICATIVES, "implicative"), (lexicon::STANCES, "stance")]
    {
        for row in table.rows() {
            let [word, effect, _, fires, silent, ..] = row[..] else { panic!("five columns: {row:?}") };
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

#[test]
fn quantities_are_compared_in_one_unit() {
    use RelationKind::*;
    check("The canal is 10 kilometers long.", "The canal is 6.2 miles long.", Reworded);
    check("The canal is 10 kilometers long.", "The canal is 10 miles long.", Contradiction);
    check("The crate weighs 10 kilograms.", "The crate weighs 22 lb.", Reworded);
    check("The pool has 30 degrees Celsius.", "The pool has 86 degrees Fahrenheit.", Reworded);
    check("The pool has 30 degrees Celsius.", "The pool has 30 degrees Fahrenheit.", Contradiction);
    check("The bridge cost $1.2 billion.", "The bridge cost 1,200 million dollars.", Repeat);
    check("The bridge cost €4 million.", "The bridge cost $4 million.", Related);
    check("Half of the voters want the tram.", "50 percent of the voters want the tram.", Repeat);
    check("Two in five voters want the tram.", "40 percent of the voters want the tram.", Repeat);
    check("Two out of five voters want the tram.", "60 percent of the voters want the tram.", Contradiction);
    assert_ne!(relate(&side("Wages rose 4 percent."), &side("Wages rose 4 percentage points.")).kind, Repeat);
    check("A third of the voters want the tram.", "Two thirds of the voters want the tram.", Contradiction);
    check("Three quarters of the voters want the tram.", "75 percent of the voters want the tram.", Repeat);
    check("Exports of wine doubled.", "Exports of wine halved.", Contradiction);
    check("Nearly 1000 soldiers left the camp.", "970 soldiers left the camp.", Reworded);
}

#[test]
fn each_connective_opens_a_clause() {
    for row in lexicon::CONNECTIVES.rows() {
        let parsed = Parsed::of(&side(row[1]));
        let opened = parsed.words.iter().find(|word| word.surface == super::words::hash(row[0]));
        assert!(opened.is_some_and(|word| word.clause > 0), "{row:?}");
    }
}

#[test]
fn each_unit_is_read_where_it_follows_a_number() {
    let mut wrong = Vec::new();
    for row in lexicon::UNITS.rows() {
        let [unit, .., fires, silent] = row[..] else { panic!("six columns: {row:?}") };
        let measured = |text: &str| {
            let parsed = Parsed::of(&side(text));
            parsed.quantities.iter().any(|quantity| matches!(quantity.measure, quantity::Measure::Of(_)))
        };
        if !measured(fires) || measured(silent) {
            wrong.push(format!("{unit}: {fires} | {silent}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn quantifiers_exclude_or_allow_one_another() {
    use RelationKind::*;
    check("All ships sank in the storm.", "Only some ships sank in the storm.", Contradiction);
    let summary = relate(&side("All ships sank."), &side("Only some ships sank.")).summary;
    assert!(summary.contains("cannot both hold"), "{summary}");
    check("All ships sank in the storm.", "Not all ships sank in the storm.", Contradiction);
    check("All ships sank in the storm.", "Some ships sank in the storm.", Related);
    check("Only farmers protested in May.", "Not only farmers protested in May.", Contradiction);
    check("Some ships sank in the storm.", "No ships sank in the storm.", Contradiction);
    check("Some ships sank in the storm.", "Some ships did not sink in the storm.", Related);
    check("Some ships sank in the storm.", "Not all ships sank in the storm.", Related);
}

#[test]
fn what_was_said_inside_a_claim_and_what_may_be_are_no_plain_statements() {
    let said = |text| Side { text, speaker: Some("Ruiz"), direct: Some(false), ..Side::default() };
    let kind = |a, b| relate(&said(a), &said(b)).kind;
    let plain = "that the port of Orm will close in May";
    assert_eq!(kind(plain, "that the port of Orm will not close in May"), RelationKind::Contradiction);
    assert_eq!(kind(plain, "that the port of Orm may not close in May"), RelationKind::Related);
    check("The port may close next year.", "The port will not close next year.", RelationKind::Related);
    assert_ne!(kind("that he had a change of heart", "that nothing had changed"), RelationKind::Contradiction);
    assert_ne!(
        kind(plain, "that the mayor said that the port of Orm will not close in May"),
        RelationKind::Contradiction
    );
}

#[test]
fn this_year_is_another_in_another_year() {
    let said = |text, date| Side {
        text,
        speaker: Some("Ruiz"),
        date: Date::parse_iso(date),
        direct: Some(true),
        ..Side::default()
    };
    let first = said("Fares will not rise this year.", "2021-02-01");
    let kind = |date| relate(&first, &said("Fares will rise this year.", date)).kind;
    assert_eq!(kind("2021-03-01"), RelationKind::Contradiction);
    assert_ne!(kind("2024-03-01"), RelationKind::Contradiction);
}

#[test]
fn one_half_said_again_does_not_hide_that_the_other_half_is_turned_round() {
    let side = |text| Side { text, speaker: Some("Ada Holm"), direct: Some(true), ..Side::default() };
    let sound = side("“The ferry is sound,” [...] “No passenger in the harbour has to wait on the quay.”");
    let turned = side("“The ferry is not sound,” [...] “No passenger in the harbour has to wait on the quay.”");
    assert_eq!(relate(&sound, &turned).kind, RelationKind::Contradiction);
    assert_eq!(relate(&sound, &sound).kind, RelationKind::Repeat);
}
