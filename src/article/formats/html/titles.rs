//! The title, the outlet and the address of a page.

use super::linked::Linked;
use super::page::Page;
use crate::lexicon::letters::bare;
use std::collections::BTreeSet;

/// What parts a title from the name of its outlet.
const PARTS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " // "];

/// The `h1` that best covers what the page calls itself elsewhere; without one the first of those names.
pub(super) fn title(page: &Page, linked: &Linked) -> Option<String> {
    let outlet = outlet(page, linked);
    let told: Vec<String> = [
        linked.headline.as_deref(),
        page.meta(&["og:title"]),
        page.meta(&["twitter:title", "dc.title", "sailthru.title", "parsely-title", "headline"]),
        page.title.as_deref(),
    ]
    .into_iter()
    .flatten()
    .map(|title| without_outlet(title, outlet.as_deref()))
    .filter(|title| !title.is_empty())
    .collect();
    let mut best: Option<(f64, &str)> = None;
    for (headline, _) in page.headlines.iter().filter(|(headline, _)| !headline.is_empty()) {
        let alike = told.iter().map(|title| likeness(headline, title)).fold(0.0, f64::max);
        if alike > best.map_or(0.0, |(most, _)| most) {
            best = Some((alike, headline));
        }
    }
    match best {
        Some((alike, headline)) if alike >= 0.5 => {
            // A label in the same `h1` ("Opinion") is no part of the title.
            let whole = told.iter().find(|title| {
                headline.strip_suffix(title.as_str()).is_some_and(|label| label.split_whitespace().count() <= 2)
            });
            Some(whole.cloned().unwrap_or_else(|| headline.to_owned()))
        }
        _ if !told.is_empty() => told.into_iter().next(),
        _ => page.headlines.iter().map(|(headline, _)| headline.clone()).find(|headline| !headline.is_empty()),
    }
}

/// Share of the words of two titles that both have.
fn likeness(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let both = a.intersection(&b).count() as f64;
    2.0 * both / (a.len() + b.len()).max(1) as f64
}

/// Cuts `| The Harbour Post` off a title: the outlet's known name, or a short last part after a bar.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let mut title = super::entities(title);
    for _ in 0..2 {
        let Some((at, mark)) = PARTS.iter().filter_map(|part| title.rfind(part).map(|at| (at, *part))).max() else {
            break;
        };
        let tail = title[at + mark.len()..].trim();
        let known = outlet.is_some_and(|outlet| likeness(outlet, tail) > 0.5 || bare(outlet).contains(&bare(tail)));
        let bar = mark == " | " || mark == " :: " || mark == " » ";
        if !(known || bar && tail.split_whitespace().count() <= 5 && at > tail.len()) {
            break;
        }
        title.truncate(at);
    }
    title.trim().to_owned()
}

/// The name of the outlet, from `og:site_name` or the publisher in JSON-LD.
pub(super) fn outlet(page: &Page, linked: &Linked) -> Option<String> {
    let told = page.meta(&[
        "og:site_name",
        "application-name",
        "publisher",
        "dc.publisher",
        "article:publisher",
        "twitter:site",
    ]);
    let named = |name: &&str| !name.starts_with("http") && !name.is_empty();
    let publisher = linked.publisher.as_deref();
    publisher.filter(named).or(told.filter(named)).map(|name| super::entities(name.trim_start_matches('@')))
}

/// The canonical address of the page.
pub(super) fn address(page: &Page, linked: &Linked) -> Option<String> {
    let told = [
        page.canonical.as_deref(),
        page.meta(&["og:url"]),
        linked.address.as_deref(),
        page.meta(&["twitter:url", "parsely-link"]),
    ];
    let whole = |address: &&str| url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    told.into_iter().flatten().find(whole).map(str::to_owned)
}
