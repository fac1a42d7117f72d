//! A page of the Fact Check Tools Markup service: the `pages` resource with what it holds of ClaimReview.

use super::claim_review::short;
use super::{Publication, published, said};
use crate::report::page::cite::{text, web};
use crate::report::statement::{Rating, Verdict};
use serde_json::{Map, Value, json};

impl Publication<'_> {
    /// Returns the page with a mark-up a published verdict; the service itself gives it its name and version.
    pub fn markup_page(&self, verdicts: &[Verdict]) -> Value {
        let shown: Vec<(&Verdict, &Rating)> =
            verdicts.iter().filter_map(|verdict| Some((verdict, published(verdict)?))).collect();
        let author = match text(self.publisher) {
            house if house.is_empty() => shown.first().map_or_else(String::new, |(_, rating)| text(&rating.by)),
            house => house,
        };
        let first = shown.iter().filter_map(|(_, rating)| rating.published.as_ref()).map(|signed| signed.on).min();
        let mut page = Map::from_iter([("pageUrl".to_owned(), Value::from(self.address))]);
        page.extend(first.map(|day| ("publishDate".to_owned(), day.to_string().into())));
        if !author.is_empty() {
            page.insert("claimReviewAuthor".into(), json!({"name": author}));
        }
        let marks: Vec<Value> = shown.into_iter().map(|(verdict, rating)| self.mark(verdict, rating)).collect();
        page.insert("claimReviewMarkups".into(), marks.into());
        Value::Object(page)
    }

    fn mark(&self, verdict: &Verdict, rating: &Rating) -> Value {
        let claim = &verdict.claim;
        let mut out = Map::from_iter([
            ("url".to_owned(), Value::from(self.address_of(verdict))),
            ("claimReviewed".to_owned(), short(&text(&claim.alone())).into()),
        ]);
        out.extend(said(claim).map(|day| ("claimDate".to_owned(), day.into())));
        if !claim.passage.place.is_empty() {
            out.insert("claimLocation".into(), text(&claim.passage.place).into());
        }
        if let Some(link) = web(claim.article.url.as_deref()) {
            out.insert("claimAppearances".into(), json!([link]));
        }
        if let Some(speaker) = &claim.speaker {
            let mut author = Map::from_iter([("name".to_owned(), Value::from(text(&speaker.name)))]);
            author.extend(speaker.title.as_deref().map(|title| ("jobTitle".to_owned(), text(title).into())));
            out.insert("claimAuthor".into(), author.into());
        }
        let mut given = Map::from_iter([("textualRating".to_owned(), Value::from(text(&rating.rating)))]);
        if let Some(grade) = rating.grade {
            given.insert("ratingValue".into(), grade.value.into());
            given.insert("bestRating".into(), grade.best.into());
            given.insert("worstRating".into(), 1.into());
        }
        if !rating.rationale.trim().is_empty() {
            given.insert("ratingExplanation".into(), text(&rating.rationale).into());
        }
        out.insert("rating".into(), given.into());
        Value::Object(out)
    }
}
