//! The shapes of two services: answers of a Claim Search, and pages of a Markup interface.

use super::node::{Node, first, get, list};
use super::{Claimant, FactCheck, Rating, claimant, day, wording};
use serde_json::Value;

/// Reads a claim of a Claim Search answer: one check a review. `None` for an object of another shape.
pub(super) fn searched(claim: &Node) -> Option<Vec<Result<FactCheck, String>>> {
    let reviews = claim.get("claimReview")?.as_array()?;
    let words = first(claim, &["text"]);
    let said = first(claim, &["claimDate"]).and_then(|written| day(&written));
    let name = first(claim, &["claimant"]).unwrap_or_default();
    let check = |review: &Node| {
        let own = |keys: &[&str]| first(review, keys).unwrap_or_default();
        let publisher = get(review, "publisher").and_then(Value::as_object);
        let of = |key: &str| publisher.and_then(|publisher| first(publisher, &[key])).unwrap_or_default();
        let (url, title, site) = (own(&["url"]), own(&["title"]), of("site"));
        let reviewer =
            [of("name"), site, claimant::host(&url)].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        let claim = words.clone().or_else(|| Some(title.clone()).filter(|title| !title.is_empty()));
        let claim = claim.ok_or("a claim without its text, whose review has no title")?;
        Ok(FactCheck {
            wording: wording::wording(&claim, &title),
            claimant: claimant::claimant(&name, "", "", &reviewer, &url),
            said,
            reviewed: day(&own(&["reviewDate"])),
            label: own(&["textualRating"]),
            language: own(&["languageCode"]),
            claim,
            reviewer,
            url,
            title,
            ..FactCheck::default()
        })
    };
    Some(
        reviews
            .iter()
            .map(|review| review.as_object().ok_or_else(|| "a review that is no object".to_owned()).and_then(check))
            .collect(),
    )
}

/// Reads a page of a Markup interface: one check a mark-up. `None` for an object of another shape.
pub(super) fn marked(page: &Node) -> Option<Vec<Result<FactCheck, String>>> {
    let marks = page.get("claimReviewMarkups")?.as_array()?;
    let address = first(page, &["pageUrl"]).unwrap_or_default();
    let author = get(page, "claimReviewAuthor").and_then(Value::as_object);
    let reviewer = author.and_then(|author| first(author, &["name"])).unwrap_or_else(|| claimant::host(&address));
    let reviewed = first(page, &["publishDate"]).and_then(|written| day(&written));
    let check = |mark: &Node| {
        let own = |keys: &[&str]| first(mark, keys).unwrap_or_default();
        let claim = first(mark, &["claimReviewed"]).ok_or("a mark-up without `claimReviewed`")?;
        let rating = get(mark, "rating").and_then(Value::as_object);
        let of = |key: &str| rating.and_then(|rating| first(rating, &[key])).unwrap_or_default();
        let appearances =
            ["claimFirstAppearance", "claimAppearances"].iter().filter_map(|key| get(mark, key)).flat_map(list);
        let mut seen = std::collections::BTreeSet::new();
        let appearances =
            appearances.filter_map(super::node::text).filter(|place| seen.insert(place.clone())).collect();
        let url = Some(own(&["url"])).filter(|url| !url.is_empty()).unwrap_or_else(|| address.clone());
        Ok(FactCheck {
            wording: wording::wording(&claim, ""),
            claimant: get(mark, "claimAuthor")
                .and_then(Value::as_object)
                .and_then(|author| who(author, &reviewer, &url)),
            said: day(&own(&["claimDate"])),
            appearances,
            reviewed,
            label: of("textualRating"),
            rating: Rating { value: of("ratingValue"), best: of("bestRating"), worst: of("worstRating") },
            explanation: of("ratingExplanation"),
            reviewer: reviewer.clone(),
            claim,
            url,
            ..FactCheck::default()
        })
    };
    Some(
        marks
            .iter()
            .map(|mark| mark.as_object().ok_or_else(|| "a mark-up that is no object".to_owned()).and_then(check))
            .collect(),
    )
}

fn who(author: &Node, reviewer: &str, site: &str) -> Option<Claimant> {
    let of = |key: &str| first(author, &[key]).unwrap_or_default();
    claimant::claimant(&of("name"), &of("jobTitle"), &of("sameAs"), reviewer, site)
}
