//! ClaimReview records (schema.org) of the published verdicts, to stand in the page for programs that read fact-checks.
//!
//! Only what readers may see; a record without an address of its own would be of no use, so there is none without one.

use super::cite::web;
use crate::report::contradictions::Contradictions;
use crate::report::exchange::{Publication, record};
use serde_json::Value;

/// Returns the records as JSON that can stand in a page, or nothing.
pub(super) fn claim_reviews(report: &Contradictions) -> String {
    let Some(address) = web(report.address.as_deref()) else { return String::new() };
    let publication = Publication { address: &address, publisher: "" };
    let records: Vec<Value> = report.verdicts.iter().filter_map(|verdict| record(verdict, &publication)).collect();
    if records.is_empty() {
        return String::new();
    }
    // Nothing in it can end the element that holds it.
    serde_json::to_string(&records)
        .unwrap_or_default()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}
