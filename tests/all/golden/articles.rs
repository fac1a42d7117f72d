//! Reads every article of `tests/golden` with both readers and holds what they give against its marks.

use super::bless::bless;
use super::case::{Article, Case, Claim, Reader, Relation};
use super::compare::{Outcome, Reached, Related, instead, reached, related, told};
use super::given::{Given, Reading, extracted, loaded};
use super::table::Table;
use crate::support::{source, tell};
use rayon::prelude::*;
use std::collections::BTreeMap;

const FOLDER: &str = "tests/golden";

#[test]
fn what_is_marked_is_given_and_nothing_else() {
    let mut cases = cases();
    let mut readings: Vec<BTreeMap<Reader, Reading>> = cases.iter().map(|_| BTreeMap::new()).collect();
    for reader in Reader::ALL {
        for ((case, readings), reading) in cases.iter().zip(&mut readings).zip(read(&cases, reader)) {
            if case.readers().contains(&reader) {
                readings.insert(reader, reading);
            }
        }
    }
    let blesses = std::env::var_os("ONRECORD_BLESS").is_some();
    let mut faults = Vec::new();
    let mut table = Table::default();
    for (case, readings) in cases.iter_mut().zip(&readings) {
        if blesses {
            bless(case, readings);
            std::fs::write(source(&path(&case.name)), case.written()).unwrap();
        }
        for (reader, reading) in readings {
            let reached: Vec<Reached> =
                case.articles.iter().zip(&reading.claims).map(|(article, given)| reached(article, given)).collect();
            let related = related(case, reading);
            faults.extend(case_faults(case, *reader, reading, &reached, &related));
            table.add(case, *reader, &reached, &related);
        }
    }
    tell(&table.told());
    assert!(
        faults.is_empty(),
        "\n{}\n{} in all; {FOLDER}/README.md explains the marks",
        faults.join("\n"),
        faults.len()
    );
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.txt")
}

/// All cases, by name.
fn cases() -> Vec<Case> {
    let files = std::fs::read_dir(source(FOLDER)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|ending| ending == "txt")).collect();
    files.sort();
    let case = |file: &std::path::PathBuf| {
        let name = file.file_stem().unwrap().to_str().unwrap();
        Case::parse(name, &std::fs::read_to_string(file).unwrap()).unwrap_or_else(|why| panic!("{}: {why}", path(name)))
    };
    files.iter().map(case).collect()
}

/// What a reader gives of each case: of those that are one article in one call, of the others each from a desk.
fn read(cases: &[Case], reader: Reader) -> Vec<Reading> {
    let (desks, alone): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.needs_desk());
    let mut extracted = extracted(&alone, reader).into_iter();
    let mut loaded = desks.par_iter().map(|case| loaded(case, reader)).collect::<Vec<_>>().into_iter();
    let next = |case: &Case| if case.needs_desk() { loaded.next() } else { extracted.next() };
    cases.iter().map(next).map(Option::unwrap).collect()
}

fn case_faults(case: &Case, reader: Reader, reading: &Reading, reached: &[Reached], related: &Related) -> Vec<String> {
    let mut faults = Vec::new();
    for ((article, given), reached) in case.articles.iter().zip(&reading.claims).zip(reached) {
        if article.notes.is_none() {
            faults.push(format!("{}: an article without marks; ONRECORD_BLESS=1 writes them", path(&case.name)));
            continue;
        }
        let at = |line: usize| format!("{}:{line} {}", path(&case.name), reader.name());
        for (claim, outcome) in article.claims().zip(&reached.claims) {
            let line = article.line_of(&article.spans(claim.number));
            let found = claim_faults(article, claim, reader, given, outcome);
            faults.extend(found.into_iter().map(|fault| format!("{}, {}: {fault}", at(line), claim.number)));
        }
        for one in reached.unmarked.iter().filter(|_| !case.is_partial()).map(|place| &given[*place]) {
            let line = article.line_of(&article.joined(one.spans.iter().copied()));
            faults.push(format!("{}: a claim that is not marked\n  + {}", at(line), told(article, one)));
        }
    }
    let relations = case.articles.iter().flat_map(Article::relations);
    let found = relations.zip(&related.holds).filter_map(|(relation, holds)| relation_fault(relation, *holds, reader));
    faults.extend(found.map(|fault| format!("{} {}: {fault}", path(&case.name), reader.name())));
    for one in related.unlisted.iter().filter(|_| !case.is_partial()) {
        let numbers = one.numbers.map_or_else(String::new, |(one, other)| format!("{one}, {other}: "));
        let (path, verb) = (path(&case.name), one.verb.name());
        faults.push(format!("{path} {}: {verb}, and no line says so\n  + {numbers}{}", reader.name(), one.words));
    }
    faults
}

const REACHED: &str = "is right by now; take its `!` away (ONRECORD_BLESS=1 does)";

fn claim_faults(article: &Article, claim: &Claim, reader: Reader, given: &[Given], outcome: &Outcome) -> Vec<String> {
    let words = article.words(&article.spans(claim.number));
    let lines = |places: &[usize]| -> String {
        places.iter().map(|place| format!("\n  + {}", told(article, &given[*place]))).collect()
    };
    let is_known = claim.wrong.contains(&reader);
    match outcome {
        Outcome::Lost { .. } if is_known => Vec::new(),
        Outcome::Lost { instead } if instead.is_empty() => {
            vec![format!("the words are not found\n  - {}  {words}", claim.fields[0].written)]
        }
        Outcome::Lost { instead } => {
            vec![format!("other words are given\n  - {}  {words}{}", claim.fields[0].written, lines(instead))]
        }
        Outcome::NoClaim { given } => match (given.is_empty(), claim.fields[0].wrong.contains(&reader)) {
            (true, true) => vec![format!("`no claim` {REACHED}")],
            (false, false) => vec![format!("given, and no claim\n  - {words}{}", lines(given))],
            _ => Vec::new(),
        },
        Outcome::Found { place, right } => {
            let mut faults: Vec<String> = is_known.then(|| format!("`{words}` {REACHED}")).into_iter().collect();
            for (at, (field, right)) in claim.fields.iter().zip(right).enumerate() {
                match (right, field.wrong.contains(&reader)) {
                    (true, true) => faults.push(format!("`{}` {REACHED}", field.written)),
                    (false, false) => {
                        let got = instead(claim, at, &given[*place], given, article);
                        faults.push(format!("{words}\n  - {}\n  + {got}", field.written));
                    }
                    _ => {}
                }
            }
            faults
        }
    }
}

fn relation_fault(relation: &Relation, holds: bool, reader: Reader) -> Option<String> {
    let dispute = relation.dispute.as_ref().map_or_else(String::new, |dispute| format!("; {dispute}"));
    let told = format!("`{} {} {}{dispute}`", relation.one, relation.verb.name(), relation.other);
    match (holds, relation.wrong.contains(&reader)) {
        (true, true) => Some(format!("{told} {REACHED}")),
        (false, false) => Some(format!("{told} does not hold")),
        _ => None,
    }
}
