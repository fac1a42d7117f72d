//! ClaimReview as linked data: one node with what it refers to becomes one [`FactCheck`].

use super::node::{Node, Nodes, address, first, get, is, is_address, list, text};
use super::read::Around;
use super::{FactCheck, Rating, claimant, day, wording};
use serde_json::Value;

/// Reads a ClaimReview.
///
/// # Errors
/// When it tells neither a claim nor a headline.
pub(super) fn fact_check(node: &Node, nodes: &Nodes, around: &Around) -> Result<FactCheck, String> {
    let items = items(node, nodes);
    let own = |keys: &[&str]| first(node, keys);
    let title = own(&["headline", "name"]).unwrap_or_default();
    let url = address(node, &["url", "@id", "mainEntityOfPage"]).or_else(|| around.url.clone()).unwrap_or_default();
    let of_items = |keys: &[&str]| items.iter().find_map(|item| first(item, keys));
    let reviewed_string = get(node, "itemReviewed").into_iter().flat_map(list).filter(|item| item.is_string());
    let strings: Vec<String> = reviewed_string.filter_map(text).collect();
    let told = own(&["claimReviewed"]);
    let headline = if title.is_empty() { around.title.as_str() } else { title.as_str() };
    let worded = |claim: &String| wording::wording(claim, headline) == super::Wording::Claim;
    let inner = || of_items(&["text", "claimReviewed", "name", "description"]).filter(|words| !is_address(words));
    let claim = match told {
        Some(told) if worded(&told) => told,
        // A headline gives way to the claim's own words, where these are told too.
        told => (inner().filter(worded))
            .or(told)
            .or_else(inner)
            .or_else(|| strings.iter().find(|words| !is_address(words) && nodes.named(words).is_none()).cloned())
            .or_else(|| Some(title.clone()).filter(|title| !title.is_empty()))
            .ok_or("a ClaimReview that tells neither a claim nor a headline")?,
    };
    let (reviewer, site) = reviewer(node, nodes, &url);
    let (label, rating, explanation) = rating(node, nodes);
    let mut appearances = Vec::new();
    for item in &items {
        for key in ["firstAppearance", "appearance"] {
            places(get(item, key), nodes, &mut appearances);
        }
        if !is(item, "Claim") {
            places(get(item, "url"), nodes, &mut appearances);
        }
        places(get(item, "sameAs"), nodes, &mut appearances);
    }
    appearances.extend(strings.into_iter().filter(|words| *words != claim && nodes.named(words).is_none()));
    let mut seen = std::collections::BTreeSet::new();
    appearances.retain(|place| *place != url && seen.insert(place.clone()));
    let said = items.iter().find_map(|item| {
        ["datePublished", "dateCreated", "startDate"].iter().find_map(|key| day(&text(get(item, key)?)?))
    });
    Ok(FactCheck {
        wording: wording::wording(&claim, headline),
        claimant: items.iter().find_map(|item| author(item, nodes, &reviewer, &site)),
        said,
        appearances,
        reviewed: ["datePublished", "dateModified", "dateCreated"].iter().find_map(|key| day(&own(&[key])?)),
        label,
        rating,
        explanation,
        title: if title.is_empty() { around.title.clone() } else { title },
        language: language(node).or_else(|| around.language.clone()).unwrap_or_default(),
        external: own(&["identifier"]).filter(|id| !is_address(id)).unwrap_or_default(),
        claim,
        reviewer,
        url,
    })
}

/// What was checked: the objects of `itemReviewed`, and those behind a string that is an id.
fn items<'a>(node: &'a Node, nodes: &'a Nodes) -> Vec<&'a Node> {
    let value = get(node, "itemReviewed");
    let mut items = nodes.objects(value);
    items.extend(value.into_iter().flat_map(list).filter_map(Value::as_str).filter_map(|id| nodes.named(id)));
    // A Claim says more of the claim than the page that it stood on.
    items.sort_by_key(|item| !is(item, "Claim"));
    items
}

fn language(node: &Node) -> Option<String> {
    let value = get(node, "inLanguage")?;
    match list(value).next()? {
        Value::Object(language) => first(language, &["alternateName", "name"]),
        _ => text(value),
    }
}

/// The name of who checked, and an address of theirs: a body before a person, the publisher where only a person signs.
fn reviewer(node: &Node, nodes: &Nodes, url: &str) -> (String, String) {
    let signed = |key: &str| {
        let value = get(node, key);
        let mut found: Vec<(bool, String, String)> = Vec::new();
        for one in nodes.objects(value) {
            let site = address(one, &["url", "sameAs", "@id"]).unwrap_or_default();
            let name = first(one, &["name", "alternateName"]).unwrap_or_else(|| claimant::host(&site));
            found.push((is(one, "Person"), name, site));
        }
        for written in value.into_iter().flat_map(list).filter_map(Value::as_str) {
            match nodes.named(written) {
                Some(one) => found.push((is(one, "Person"), first(one, &["name"]).unwrap_or_default(), String::new())),
                None if is_address(written) => found.push((false, claimant::host(written), written.to_owned())),
                None => found.push((false, crate::article::formats::html::words(written), String::new())),
            }
        }
        found.retain(|(_, name, _)| !name.is_empty());
        found.sort_by_key(|(person, ..)| *person);
        found
    };
    let mut all: Vec<(bool, String, String)> =
        ["author", "publisher", "sourceOrganization", "creator"].iter().flat_map(|key| signed(key)).collect();
    all.sort_by_key(|(person, ..)| *person);
    let (name, site) =
        all.into_iter().next().map_or_else(|| (claimant::host(url), String::new()), |(_, name, site)| (name, site));
    (name, if site.is_empty() { url.to_owned() } else { site })
}

/// The label, the number with its ends, and the explanation. Where the label stands in the place of the number, it is the label.
fn rating(node: &Node, nodes: &Nodes) -> (String, Rating, String) {
    let value = get(node, "reviewRating");
    let objects = nodes.objects(value);
    let of = |keys: &[&str]| objects.iter().find_map(|rating| first(rating, keys));
    let number = of(&["ratingValue"]).unwrap_or_default();
    let is_number = number.trim().parse::<f64>().is_ok();
    let written = value.into_iter().flat_map(list).filter(|one| one.is_string() || one.is_number()).find_map(text);
    let label = of(&["alternateName"])
        .or_else(|| Some(number.clone()).filter(|_| !is_number))
        .filter(|label| !label.is_empty());
    let label = label.or_else(|| of(&["name", "description"])).or(written).unwrap_or_default();
    let rating = Rating {
        value: number,
        best: of(&["bestRating"]).unwrap_or_default(),
        worst: of(&["worstRating"]).unwrap_or_default(),
    };
    (label, rating, of(&["ratingExplanation"]).unwrap_or_default())
}

/// Who claims it: the author of what was checked; several stand side by side.
fn author(item: &Node, nodes: &Nodes, reviewer: &str, site: &str) -> Option<super::Claimant> {
    let value = ["author", "creator", "claimant"].iter().find_map(|key| get(item, key))?;
    let (mut names, mut title, mut same_as) = (Vec::new(), String::new(), String::new());
    let mut take = |one: &Node| {
        names.extend(first(one, &["name", "alternateName"]).filter(|name| !is_address(name)));
        if title.is_empty() {
            title = first(one, &["jobTitle"]).unwrap_or_default();
        }
        if same_as.is_empty() {
            same_as = address(one, &["sameAs", "url"]).unwrap_or_default();
        }
    };
    nodes.objects(Some(value)).into_iter().for_each(&mut take);
    for written in list(value).filter_map(Value::as_str) {
        match nodes.named(written) {
            Some(one) => take(one),
            None if is_address(written) => {}
            None => take(&Node::from_iter([("name".to_owned(), Value::from(written))])),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    claimant::claimant(&names.join(", "), &title, &same_as, reviewer, site)
}

/// Where something stood: the address or the name of each place.
fn places(value: Option<&Value>, nodes: &Nodes, out: &mut Vec<String>) {
    for one in nodes.objects(value) {
        out.extend(
            address(one, &["url", "sameAs", "@id", "mainEntityOfPage"])
                .or_else(|| first(one, &["name", "headline", "text"])),
        );
    }
    out.extend(value.into_iter().flat_map(list).filter(|one| one.is_string()).filter_map(text));
}
