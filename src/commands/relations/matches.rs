//! `match`: what was said before, for a claim, for any words, or for a whole file of queries.

use crate::commands::common::input::{self, Key};
use crate::commands::common::narrow::{Page, SHOWN};
use crate::commands::layout::relations;
use crate::commands::{Command, CommandError, Group, Session};
use crate::relation::RelationKind;
use crate::report::view::{Aside, Format, Role, Table, View};
use crate::score::Score;
use crate::store::filter::{KEYS, Order};
use crate::store::id::ClaimId;
use crate::store::stored::name_of;
use crate::workbench::{Matched, Query};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Finds earlier claims that say the same
#[derive(Debug, clap::Args)]
pub struct Match {
    /// A claim, or words to look for; with filters or nothing, the repeats found so far
    #[arg(value_name = "CLAIM|FILTER|TEXT")]
    words: Vec<String>,
    /// Who says the words
    #[arg(long, value_name = "SPEAKER")]
    speaker: Option<String>,
    /// Answer a file of queries: JSON lines {"query_id", "text", "speaker", "title", "date"}
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    queries: Option<PathBuf>,
    /// Match every claim with every other, on all cores: each pair that is the same or suggested, once
    #[arg(long, conflicts_with_all = ["words", "queries", "speaker"])]
    all: bool,
    /// Give at most so many matches
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    top: usize,
}

impl Command for Match {
    const NAME: &'static str = "match";
    const PURPOSE: &'static str = "Find what was said before: by claim, by words, or list all repeats";
    const EXAMPLE: &'static str = "match \"the tunnel will cost 1.2 billion crowns\"";
    const GROUP: Group = Group::Relations;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        if let Some(file) = &self.queries {
            return queries(session, &session.path(file), self.top);
        }
        if self.all {
            return pairs(session, self.top);
        }
        if self.words.iter().all(|word| is_filter(word)) {
            return repeats(session, &self.words);
        }
        let workbench = session.workbench()?;
        let rows = match self.words.as_slice() {
            [one] if one.parse::<ClaimId>().is_ok() => match one.parse() {
                Ok(claim) => workbench.matches_of(claim, self.top)?,
                Err(_) => Vec::new(),
            },
            words => workbench.match_text(&words.join(" "), self.speaker.as_deref().unwrap_or_default(), self.top)?,
        };
        let view = relations::matches(&rows);
        Ok(if rows.is_empty() { view.hint("nothing on the desk says anything like it") } else { view })
    }
}

/// Tells whether a word is a filter by its key: `speaker:Brook`.
fn is_filter(word: &str) -> bool {
    word.split_once(':').is_some_and(|(key, _)| KEYS.iter().any(|(known, _)| *known == key))
}

/// Lists the stored repeats, rewordings and updates.
fn repeats(session: &mut Session, words: &[String]) -> Result<View, CommandError> {
    let limit = (session.mode() == Format::Table).then_some(SHOWN);
    let mut filter = session.filter(words)?;
    if let Some(limit) = limit {
        filter = filter.limited(limit + 1, Order::Newest);
    }
    let kinds = [RelationKind::Repeat, RelationKind::Reworded, RelationKind::Update];
    let page = Page::new(session.workbench()?.relations(&filter, &kinds)?, limit);
    let mut view = relations::list(&page.rows);
    if page.rows.is_empty() {
        view = view.hint("no repeat fits; `match \"some words\"` looks for any words");
    }
    view.asides.extend(page.hint().map(Aside::Hint));
    Ok(view)
}

/// A pair of a match of all with all.
#[derive(Debug, Serialize)]
struct Pair {
    claim: ClaimId,
    other: ClaimId,
    score: Score,
    tier: String,
}

/// Matches all claims with all others.
fn pairs(session: &mut Session, top: usize) -> Result<View, CommandError> {
    let found = session.workbench()?.match_all(top)?;
    let pair = |(claim, matched): (ClaimId, Matched)| Pair {
        claim,
        other: matched.claim,
        score: matched.score,
        tier: name_of(&matched.tier),
    };
    let pairs: Vec<Pair> = found.into_iter().map(pair).collect();
    let mut table =
        Table::new([("claim", Role::Id), ("match", Role::Id), ("score", Role::Number), ("tier", Role::Dim)]);
    for pair in &pairs {
        table.row([pair.claim.to_string(), pair.other.to_string(), pair.score.to_string(), pair.tier.clone()]);
    }
    let view = View::table(table).data(&pairs);
    Ok(if pairs.is_empty() { view.hint("no two claims on the desk say the same") } else { view })
}

/// A line of a file of queries.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(alias = "id")]
    query_id: Key,
    text: String,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
}

/// The answer to a query.
#[derive(Debug, Serialize)]
struct Answered {
    query_id: Key,
    matches: Vec<Answer>,
}

#[derive(Debug, Serialize)]
struct Answer {
    /// The id that an imported claim has in its file, else the claim's own.
    id: String,
    score: Score,
    tier: String,
}

fn queries(session: &mut Session, file: &Path, top: usize) -> Result<View, CommandError> {
    let asked: Vec<Asked> = input::json_lines(session, file)?;
    let texts = asked.iter().map(|one| Query {
        text: &one.text,
        title: one.title.as_deref().unwrap_or_default(),
        speaker: one.speaker.as_deref().unwrap_or_default(),
        date: one.date.as_deref().unwrap_or_default(),
    });
    let found = session.workbench()?.match_many(&texts.collect::<Vec<_>>(), top)?;
    let answers: Vec<Answered> = asked
        .iter()
        .zip(found)
        .map(|(one, found)| {
            let matches = found.into_iter().map(|matched| Answer {
                id: matched.external.unwrap_or_else(|| matched.claim.to_string()),
                score: matched.score,
                tier: name_of(&matched.tier),
            });
            Answered { query_id: one.query_id.clone(), matches: matches.collect() }
        })
        .collect();
    let mut table =
        Table::new([("query", Role::Id), ("match", Role::Id), ("score", Role::Number), ("tier", Role::Dim)]);
    for answer in &answers {
        for matched in &answer.matches {
            table.row([
                answer.query_id.to_string(),
                matched.id.clone(),
                matched.score.to_string(),
                matched.tier.clone(),
            ]);
        }
    }
    Ok(View::table(table).data(answers))
}
