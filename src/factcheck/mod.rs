//! Fact-checks that others published, as files bring them: bytes in, [`FactCheck`]s out, and what could not be taken.
//!
//! ClaimReview stands as JSON-LD or microdata in saved pages, and in files and feeds of its own; the Claim Search and Markup
//! services answer in shapes of theirs (`services`); dumps are records with fields (`table`). What is broken is mended as far
//! as it can be (`lenient`), and said. A label is kept as it is written: no number is ever turned into one.

mod claimant;
mod lenient;
mod linked;
mod microdata;
mod node;
mod read;
mod services;
mod table;
mod wording;

pub use claimant::Who;
pub use read::{Found, Lost, read};
pub use table::{Columns, gives_claims};
pub use wording::Wording;

use crate::date::Date;
use serde::{Deserialize, Serialize};

/// One claim that somebody checked, with what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactCheck {
    /// As the checker words it; its headline where nothing else is told.
    pub claim: String,
    pub wording: Wording,
    pub claimant: Option<Claimant>,
    /// The day of the claim; never that of the review.
    pub said: Option<Date>,
    /// Where the claim stood: addresses, or names of places.
    pub appearances: Vec<String>,
    /// Who checked it.
    pub reviewer: String,
    pub reviewed: Option<Date>,
    /// As it is written, in whatever language; empty where there is none.
    pub label: String,
    pub rating: Rating,
    pub explanation: String,
    /// Address of the review, or empty.
    pub url: String,
    pub title: String,
    /// As it is told (`en`, `pt-BR`), or empty.
    pub language: String,
    /// The id that the file gives, or empty.
    pub external: String,
}

/// Who is said to have claimed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimant {
    pub name: String,
    pub title: String,
    /// Address of a page about them, or empty.
    pub same_as: String,
    pub who: Who,
}

/// The number that goes with a label, as it is written. Which end is the true one differs from checker to checker, so it says
/// nothing by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub value: String,
    pub best: String,
    pub worst: String,
}

impl FactCheck {
    /// Returns the name of the claimant where it is somebody.
    pub fn somebody(&self) -> Option<&str> {
        self.claimant.as_ref().filter(|claimant| claimant.who == Who::Named).map(|claimant| claimant.name.as_str())
    }
}

/// Reads a day as checks write it (`2020-10-07 20:05`, `2021-7-16`, `July 5, 2018`); the days that programs write for "not
/// known" (`0001-01-01`, `1970-01-01`) are none.
pub fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    if written.starts_with("1970-01-01") {
        return None;
    }
    let known = |date: &Date| (1800..2200).contains(&chrono::Datelike::year(&date.first()));
    let sole_year = |date: &Date| date.precision() != crate::date::Precision::Year || written.len() == 4;
    let iso = Date::parse_iso(written).filter(sole_year);
    iso.or_else(|| crate::article::formats::html::moment(written).map(|moment| moment.day)).filter(known)
}

#[cfg(test)]
mod tests;
