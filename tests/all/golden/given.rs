//! What the program gives of the cases: claims of an article, and of a desk what it calls between them.

use super::case::{Case, Reader, Verb};
use crate::support::desk::Desk;
use onrecord::span::Span;
use serde_json::Value;
use std::collections::BTreeMap;

/// A claim as the program gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub spans: Vec<Span>,
    pub speaker: Option<String>,
    pub kind: String,
    pub status: String,
    pub quotation: String,
    /// The day on which it was said, ISO.
    pub said: Option<String>,
    pub reported_by: Option<String>,
    /// The place, in the list of its article, of the claim that it denies.
    pub answers: Option<usize>,
}

/// What one reader gives of one case.
#[derive(Debug, Default)]
pub struct Reading {
    /// The claims of each article.
    pub claims: Vec<Vec<Given>>,
    /// What is called between claims of a desk.
    pub findings: Vec<Finding>,
}

/// Pairs of claims that tell one thing.
#[derive(Debug)]
pub struct Finding {
    pub verb: Verb,
    pub pairs: Vec<Pair>,
}

#[derive(Debug)]
pub struct Pair {
    pub one: Place,
    pub other: Place,
    pub dispute: Option<String>,
    /// The words of both.
    pub words: String,
}

/// Where a claim of a desk stands.
#[derive(Debug)]
pub struct Place {
    pub article: usize,
    pub spans: Vec<Span>,
}

/// Extracts the claims of all articles of these cases in one call. The order is that of the cases.
pub fn extracted(cases: &[&Case], reader: Reader) -> Vec<Reading> {
    let desk = Desk::new();
    let files: Vec<String> = cases.iter().map(|case| format!("{}.txt", case.name)).collect();
    for (case, file) in cases.iter().zip(&files) {
        desk.write(file, case.articles[0].text.as_str());
    }
    let mut readings: Vec<Reading> = cases.iter().map(|_| Reading::default()).collect();
    if files.is_empty() {
        return readings;
    }
    let options = ["extract", "--articles", "--reader", reader.name()];
    let arguments: Vec<&str> = options.into_iter().chain(files.iter().map(String::as_str)).collect();
    for line in desk.run(&arguments).lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let at = files.iter().position(|file| row["path"] == file.as_str()).unwrap();
        let text = cases[at].articles[0].text.as_str();
        assert_eq!(row["article"]["text"], text, "{}: the program reads another text", files[at]);
        let claims = row["claims"].as_array().unwrap();
        readings[at].claims.push(claims.iter().map(|claim| given(claim, "claimant")).collect());
    }
    let unread = readings.iter().position(|reading| reading.claims.len() != 1);
    assert!(unread.is_none(), "{} is not read as one article", files[unread.unwrap()]);
    readings
}

/// Loads the articles of a case onto a desk of its own.
pub fn loaded(case: &Case, reader: Reader) -> Reading {
    let desk = Desk::new();
    let files: Vec<String> = (1..=case.articles.len()).map(|number| format!("{number}.txt")).collect();
    for (article, file) in case.articles.iter().zip(&files) {
        desk.write(file, article.text.as_str());
    }
    let options = ["load", "--reader", reader.name()];
    let arguments: Vec<&str> = options.into_iter().chain(files.iter().map(String::as_str)).collect();
    desk.run(&arguments);
    let mut rows = desk.rows(&["claims", "--all"]);
    rows.sort_by_key(|row| number(&row["id"]));
    let mut claims = vec![Vec::new(); case.articles.len()];
    let mut places = BTreeMap::new();
    for row in &rows {
        let article = number(&row["article"]) - 1;
        places.insert(number(&row["id"]), (article, claims[article].len()));
        claims[article].push(given(row, "speaker"));
    }
    for row in rows.iter().filter(|row| row["answers"].is_string()) {
        let (article, place) = places[&number(&row["id"])];
        let answered = places.get(&number(&row["answers"])).filter(|answered| answered.0 == article);
        claims[article][place].answers = answered.map(|answered| answered.1);
    }
    let called = desk.rows(&["contradictions", "--all", "--updates"]);
    let repeated = desk.rows(&["match", "--top", "1000"]);
    Reading { claims, findings: called.iter().chain(&repeated).filter_map(finding).collect() }
}

fn given(row: &Value, speaker: &str) -> Given {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Given {
        spans: spans(row),
        speaker: text(&row[speaker]["name"]),
        kind: text(&row["kind"]).unwrap_or_default(),
        status: text(&row["status"]).unwrap_or_else(|| "asserted".to_owned()),
        quotation: text(&row["quotation"]).unwrap_or_default(),
        said: text(&row["said"]["date"]),
        reported_by: text(&row["according_to"]),
        answers: row["answers"].as_u64().map(|place| place as usize),
    }
}

fn spans(row: &Value) -> Vec<Span> {
    serde_json::from_value(row["content"].clone()).unwrap()
}

/// The number of an id: 12 of `c12`.
fn number(id: &Value) -> usize {
    id.as_str().unwrap()[1..].parse().unwrap()
}

fn finding(row: &Value) -> Option<Finding> {
    let verb = match row["relation"].as_str()? {
        "contradiction" => Verb::Contradicts,
        "repeat" | "reworded" => Verb::Repeats,
        "update" => Verb::Updates,
        _ => return None,
    };
    let others = row["pairs"].as_array().into_iter().flatten();
    Some(Finding { verb, pairs: std::iter::once(row).chain(others).map(pair).collect() })
}

fn pair(row: &Value) -> Pair {
    let place = |side: &str| Place { article: number(&row[side]["article"]) - 1, spans: spans(&row[side]) };
    let words = |side: &str| row[side]["words"].as_str().unwrap_or_default().to_owned();
    Pair {
        one: place("earlier"),
        other: place("later"),
        dispute: row["dispute"].as_str().map(|dispute| dispute.replace('_', " ")),
        words: format!("{}  |  {}", words("earlier"), words("later")),
    }
}
