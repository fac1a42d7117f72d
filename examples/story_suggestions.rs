//! Measures `story suggest`: stories of one topic each are begun with five marked claims; of the first twenty suggestions, how
//! many are marked claims of the topic, and how many stand in an article that has some.
//!
//! ```text
//! cargo run --release --example story_suggestions -- DESK.db positions_train.jsonl [--topics a,b] [--list]
//! ```
//!
//! The desk holds the articles of the marked claims, told by their file names; it is copied and not touched. Without
//! `--topics` the ten with the most marked claims are taken. Three beginnings a topic: five claims spread evenly over its days,
//! and two others. Only some statements of a topic are marked, so the first figure is a lower bound.

#![expect(clippy::print_stdout, reason = "a measurement prints what it measured")]

use anyhow::Context;
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::store::id::{ArticleId, ClaimId};
use onrecord::store::rows::ClaimRow;
use onrecord::store::stories::Member;
use onrecord::workbench::{Settings, Workbench};
use std::collections::{BTreeMap, BTreeSet};

const BEGUN_WITH: usize = 5;
const LOOKED_AT: usize = 20;
const TOPICS: usize = 10;
const BEGINNINGS: usize = 3;

/// The claims of a topic that a person marked, in order of days, and the articles with marks.
#[derive(Default)]
struct Topic {
    claims: Vec<ClaimId>,
    articles: BTreeSet<ArticleId>,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(desk), Some(gold)) = (arguments.first(), arguments.get(1)) else {
        anyhow::bail!("usage: story_suggestions DESK.db positions_train.jsonl [--topics a,b] [--list]")
    };
    let only = arguments.iter().position(|word| word == "--topics").and_then(|at| arguments.get(at + 1));
    let list = arguments.iter().any(|word| word == "--list");
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("desk.db");
    std::fs::copy(desk, &copy).with_context(|| desk.clone())?;
    let mut desk = Workbench::open(Place::File(copy), Settings::default())?;
    let claims = desk.claims(&Filter::default())?;
    let topics = marked(&desk, &claims, gold)?;
    let mut names: Vec<&String> = match only {
        Some(only) => topics.keys().filter(|name| only.split(',').any(|one| one == name.as_str())).collect(),
        None => topics.keys().collect(),
    };
    names.sort_by_key(|name| std::cmp::Reverse(topics[*name].claims.len()));
    names.truncate(if only.is_some() { names.len() } else { TOPICS });
    println!("topic\tmarked claims\tof the first {LOOKED_AT}: marked\tin an article with marks");
    let mut sums = (0, 0);
    for name in &names {
        let topic = &topics[*name];
        let (mut right, mut near) = (0, 0);
        for beginning in 0..BEGINNINGS {
            let begun = chosen(&topic.claims, beginning);
            desk.create_story("measured")?;
            desk.add_to_story("measured", &begun.iter().map(|id| Member::Claim(*id)).collect::<Vec<_>>())?;
            let story = desk.story_named("measured")?;
            for one in desk.suggest_for_story(story.id, LOOKED_AT)?.claims {
                let is_marked = topic.claims.contains(&one.claim.id);
                let is_near = one.claim.article.is_some_and(|article| topic.articles.contains(&article));
                right += usize::from(is_marked);
                near += usize::from(is_near);
                if list && beginning == 0 {
                    let because: Vec<&str> = one.because.iter().map(|reason| reason.detail.as_str()).collect();
                    println!("{is_marked}\t{is_near}\t{}\t{}\t{}", one.score, one.claim.words, because.join("; "));
                }
            }
            desk.undo(2)?;
        }
        let mean = |sum: usize| sum as f64 / BEGINNINGS as f64;
        println!("{name}\t{}\t{:.1}\t{:.1}", topic.claims.len(), mean(right), mean(near));
        sums = (sums.0 + right, sums.1 + near);
    }
    let mean = |sum: usize| sum as f64 / (BEGINNINGS * names.len().max(1)) as f64;
    println!("mean\t\t{:.1}\t{:.1}", mean(sums.0), mean(sums.1));
    Ok(())
}

/// Five claims: the middle ones of five equal stretches of days, or of stretches moved on.
fn chosen(claims: &[ClaimId], beginning: usize) -> Vec<ClaimId> {
    let place = |number: usize| {
        let middle = (2 * number + 1) * claims.len() / (2 * BEGUN_WITH);
        (middle + beginning * claims.len() / (BEGUN_WITH * BEGINNINGS)) % claims.len().max(1)
    };
    (0..BEGUN_WITH).filter_map(|number| claims.get(place(number)).copied()).collect()
}

/// The claims of the desk that cover at least half of a marked one, or are half covered by it.
fn marked(desk: &Workbench, claims: &[ClaimRow], gold: &str) -> anyhow::Result<BTreeMap<String, Topic>> {
    let articles = desk.articles(&Filter::default())?;
    let by_name: BTreeMap<&str, ArticleId> =
        articles.iter().map(|row| (row.path.rsplit('/').next().unwrap_or_default(), row.id)).collect();
    let mut of_article: BTreeMap<ArticleId, Vec<&ClaimRow>> = BTreeMap::new();
    for claim in claims {
        if let Some(article) = claim.article {
            of_article.entry(article).or_default().push(claim);
        }
    }
    let mut found: BTreeMap<String, BTreeMap<ClaimId, String>> = BTreeMap::new();
    let mut out: BTreeMap<String, Topic> = BTreeMap::new();
    for line in std::fs::read_to_string(gold).with_context(|| gold.to_owned())?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let name = row["topic"].as_str().unwrap_or_default();
        let Some(article) = by_name.get(row["article"].as_str().unwrap_or_default()) else { continue };
        let content: Vec<(usize, usize)> = serde_json::from_value(row["content"].clone())?;
        out.entry(name.to_owned()).or_default().articles.insert(*article);
        for claim in of_article.get(article).into_iter().flatten() {
            let own: Vec<(usize, usize)> =
                claim.content.iter().map(|span| (span.start as usize, span.end as usize)).collect();
            let length = |spans: &[(usize, usize)]| spans.iter().map(|(start, end)| end - start).sum::<usize>();
            let both: usize =
                own.iter().flat_map(|a| content.iter().map(move |b| a.1.min(b.1).saturating_sub(a.0.max(b.0)))).sum();
            if both > 0 && 2 * both >= length(&own).min(length(&content)) {
                let day = claim.date().map(|date| date.to_string()).unwrap_or_default();
                found.entry(name.to_owned()).or_default().insert(claim.id, day);
            }
        }
    }
    for (name, claims) in found {
        let mut claims: Vec<(String, ClaimId)> = claims.into_iter().map(|(id, day)| (day, id)).collect();
        claims.sort();
        out.entry(name).or_default().claims = claims.into_iter().map(|(_, id)| id).collect();
    }
    Ok(out)
}
