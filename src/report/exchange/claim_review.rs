//! ClaimReview records (schema.org), one a verdict, and the data feed of them.

use super::{Publication, published, said};
use crate::attribution::Category;
use crate::report::page::cite::{text, web};
use crate::report::statement::{Rating, Statement, Verdict};
use serde_json::{Map, Value, json};

/// Longest claim that is advised, in code points.
const LONG: usize = 75;
const CONTEXT: &str = "https://schema.org";

impl Publication<'_> {
    /// Returns a `DataFeed` with an item a published verdict, in their order.
    pub fn data_feed(&self, verdicts: &[Verdict]) -> Value {
        let items: Vec<Value> = verdicts.iter().filter_map(|verdict| self.feed_item(verdict)).collect();
        let changed = verdicts.iter().filter_map(published).filter_map(published_on).max();
        let mut feed = Map::from_iter([
            ("@context".to_owned(), Value::from(CONTEXT)),
            ("@type".to_owned(), "DataFeed".into()),
            ("url".to_owned(), self.address.into()),
        ]);
        if !self.publisher.is_empty() {
            feed.insert("publisher".into(), json!({"@type": "Organization", "name": text(self.publisher)}));
        }
        feed.extend(changed.map(|day| ("dateModified".to_owned(), day.into())));
        feed.insert("dataFeedElement".into(), items.into());
        Value::Object(feed)
    }

    fn feed_item(&self, verdict: &Verdict) -> Option<Value> {
        let mut review = record(verdict, self)?;
        if let Some(review) = review.as_object_mut() {
            review.shift_remove("@context");
        }
        let mut item = Map::from_iter([("@type".to_owned(), Value::from("DataFeedItem"))]);
        let first = verdict.ratings.iter().find(|rating| !rating.draft).and_then(published_on);
        item.extend(first.map(|day| ("dateCreated".to_owned(), day.into())));
        item.extend(published(verdict).and_then(published_on).map(|day| ("dateModified".to_owned(), day.into())));
        item.insert("item".into(), review);
        Some(Value::Object(item))
    }
}

fn published_on(rating: &Rating) -> Option<String> {
    rating.published.as_ref().map(|published| published.on.to_string())
}

/// Returns the record of a verdict; none of a draft.
pub(in crate::report) fn record(verdict: &Verdict, publication: &Publication<'_>) -> Option<Value> {
    let rating = published(verdict)?;
    let claim = &verdict.claim;
    let author = match text(publication.publisher) {
        house if house.is_empty() => json!({"@type": "Person", "name": text(&rating.by)}),
        house => json!({"@type": "Organization", "name": house}),
    };
    let mut out = json!({
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "url": publication.address_of(verdict),
        "claimReviewed": short(&text(&claim.alone())),
        "reviewRating": rated(rating),
        "author": author,
        "itemReviewed": reviewed(claim),
    });
    let record = out.as_object_mut()?;
    record.extend(published_on(rating).map(|day| ("datePublished".to_owned(), day.into())));
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

/// The label, with its number where the scale is graded, and why.
fn rated(rating: &Rating) -> Value {
    let mut out = Map::from_iter([
        ("@type".to_owned(), Value::from("Rating")),
        ("alternateName".to_owned(), text(&rating.rating).into()),
    ]);
    if let Some(grade) = rating.grade {
        out.insert("ratingValue".into(), grade.value.into());
        out.insert("bestRating".into(), grade.best.into());
        out.insert("worstRating".into(), 1.into());
    }
    if !rating.rationale.trim().is_empty() {
        out.insert("ratingExplanation".into(), text(&rating.rationale).into());
    }
    Value::Object(out)
}

/// The claim that is reviewed, with who said it; an author who is not known is left out.
fn reviewed(claim: &Statement) -> Value {
    let mut reviewed = Map::from_iter([("@type".to_owned(), Value::from("Claim"))]);
    reviewed.insert("text".into(), text(&claim.alone()).into());
    if let Some(speaker) = &claim.speaker {
        let kind = if speaker.category == Category::Organization { "Organization" } else { "Person" };
        let mut author = json!({"@type": kind, "name": text(&speaker.name)});
        if let (Some(title), Some(author), "Person") = (&speaker.title, author.as_object_mut(), kind) {
            author.insert("jobTitle".into(), text(title).into());
        }
        reviewed.insert("author".into(), author);
    }
    reviewed.extend(said(claim).map(|day| ("datePublished".to_owned(), day.into())));
    if let Some(link) = web(claim.article.url.as_deref()) {
        reviewed.insert("appearance".into(), json!([{"@type": "CreativeWork", "url": link}]));
    }
    Value::Object(reviewed)
}

/// Cuts a claim at a word where it is longer than advised.
pub(super) fn short(words: &str) -> String {
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
