//! Live pages: each update told by JSON-LD is an article of its own, with its own day and time.

use super::linked::{Linked, Update};
use super::page::Page;
use super::{authors, dates, titles};
use crate::article::formats::{Body, Reading, json};

/// Code points from which an update says something.
const SHORTEST: usize = 30;

/// The updates of a live page in the order of the page; none on other pages.
pub(super) fn updates(page: &Page, linked: &Linked, title: Option<&str>) -> Vec<Reading> {
    let outlet = titles::outlet(page, linked);
    let address = titles::address(page, linked);
    let said = linked.updates.iter().filter(|update| update.body.chars().count() >= SHORTEST);
    let reading = |update: &Update| {
        let signed: Vec<String> = update.authors.iter().flat_map(|line| authors::names(line)).collect();
        Reading {
            body: marked(&update.body),
            title: update.headline.clone().or_else(|| title.map(str::to_owned)),
            authors: signed,
            outlet: outlet.clone(),
            published: update.published.as_deref().and_then(dates::moment),
            updated: None,
            url: update.address.clone().filter(|address| address.contains("://")).or_else(|| address.clone()),
            language: page.language.clone(),
            warnings: Vec::new(),
            ..Reading::default()
        }
    };
    said.map(reading).collect()
}

/// The body of an update: marked up, or text.
fn marked(body: &str) -> Body {
    json::body(body.to_owned())
}
