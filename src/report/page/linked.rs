//! ClaimReview records (schema.org) of the published verdicts, to stand in the page for programs that read fact-checks.
//!
//! Only what readers may see; a record without an address of its own would be of no use, so there is none without one.

use super::cite::{text, web};
use crate::report::contradictions::Contradictions;
use crate::report::statement::{Rating, Verdict};
use serde_json::{Map, Value, json};

/// Longest claim that is advised, in code points.
const LONG: usize = 75;

/// Returns the records as JSON that can stand in a page, or nothing.
pub(super) fn claim_reviews(report: &Contradictions) -> String {
    let Some(address) = web(report.address.as_deref()) else { return String::new() };
    let records: Vec<Value> = report.verdicts.iter().filter_map(|verdict| record(verdict, &address)).collect();
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

fn record(verdict: &Verdict, address: &str) -> Option<Value> {
    let rating: &Rating = verdict.ratings.iter().rev().find(|rating| !rating.draft)?;
    let claim = &verdict.claim;
    let mut reviewed = Map::new();
    reviewed.insert("@type".into(), "Claim".into());
    reviewed.insert("text".into(), text(&claim.words).into());
    if let Some(speaker) = &claim.speaker {
        let mut author = json!({"@type": "Person", "name": text(&speaker.name)});
        if let (Some(title), Some(author)) = (&speaker.title, author.as_object_mut()) {
            author.insert("jobTitle".into(), text(title).into());
        }
        reviewed.insert("author".into(), author);
    }
    if let Some(day) = claim.said.date.or(claim.article.published) {
        reviewed.insert("datePublished".into(), day.to_string().into());
    }
    if let Some(link) = web(claim.article.url.as_deref()) {
        reviewed.insert("appearance".into(), json!([{"@type": "CreativeWork", "url": link}]));
    }
    let mut out = json!({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": format!("{address}#{}", text(&verdict.id)),
        "claimReviewed": short(&text(&claim.words)),
        "reviewRating": {"@type": "Rating", "alternateName": text(&rating.rating)},
        "author": {"@type": "Person", "name": text(&rating.by)},
        "itemReviewed": reviewed,
    });
    let record = out.as_object_mut()?;
    if !rating.rationale.trim().is_empty()
        && let Some(given) = record.get_mut("reviewRating").and_then(Value::as_object_mut)
    {
        given.insert("ratingExplanation".into(), text(&rating.rationale).into());
    }
    if let Some(published) = &rating.published {
        record.insert("datePublished".into(), published.on.to_string().into());
    }
    record.insert("version".into(), rating.version.into());
    if !rating.correction.trim().is_empty() {
        record.insert("correction".into(), json!({"@type": "CorrectionComment", "text": text(&rating.correction)}));
    }
    let cited = rating.evidence.iter().filter_map(|proof| web(proof.url.as_deref())).collect::<Vec<_>>();
    if !cited.is_empty() {
        record.insert("citation".into(), cited.into());
    }
    let archives = rating.evidence.iter().filter_map(|proof| web(proof.archive.as_deref())).collect::<Vec<_>>();
    if !archives.is_empty() {
        record.insert("archivedAt".into(), archives.into());
    }
    Some(out)
}

/// Cuts a claim at a word where it is longer than advised.
fn short(words: &str) -> String {
    if words.chars().count() < LONG {
        return words.to_owned();
    }
    let mut out = String::new();
    for word in words.split(' ') {
        if out.chars().count() + word.chars().count() + 2 > LONG {
            break;
        }
        out.push_str(word);
        out.push(' ');
    }
    out.trim_end().to_owned() + "…"
}
