//! The versions of an article and what was changed between them. Nothing of it is stored: it is told from the versions
//! whenever it is asked for.

use super::{Result, Workbench};
use crate::article::Article;
use crate::attribution::{Kind, Quotation};
use crate::date::Date;
use crate::matching::duplicate::Shingles;
use crate::revision::{Changes, Order, Stated, Version, changes, order, story_words, summary};
use crate::span::Text;
use crate::store::filter::{Filter, Test};
use crate::store::id::{ArticleId, ClaimId};
use crate::store::rows::{ArticleRow, ArticleText, ClaimRow};
use crate::store::versions::{Came, Kin, families};
use serde::Serialize;
use std::collections::BTreeSet;

/// Share of three-word runs in common from which an article is a version of another that has its name: a column has one
/// title for ever, and the updates of a live page one address.
const ALIKE: f64 = 0.5;
/// The same where each says that it was published on another day.
const NEARLY_ALL: f64 = 0.8;

/// One version of an article, and when it came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionRow {
    pub article: ArticleRow,
    /// RFC 3339, UTC.
    pub loaded: String,
    pub fetched: Option<String>,
}

impl VersionRow {
    /// Returns when these words were seen: fetched, or else loaded.
    pub fn seen(&self) -> &str {
        self.fetched.as_deref().unwrap_or(&self.loaded)
    }
}

/// What was changed from one version to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Revision {
    pub before: VersionRow,
    pub after: VersionRow,
    /// What tells which of the two came first.
    pub order: Order,
    /// Something was altered or removed, and no notice speaks of it. Nothing is said so where the order is not known.
    pub silent: bool,
    /// "1 quotation altered, headline changed".
    pub summary: String,
    #[serde(flatten)]
    pub changes: Changes<ClaimId>,
}

impl Revision {
    /// Tells whether the later version has a new notice, whatever it speaks of.
    pub fn has_notice(&self) -> bool {
        self.changes.notices().next().is_some()
    }

    /// Returns the summary, and whether a notice tells of what was altered, or that nobody can say who altered what.
    pub fn told(&self) -> String {
        match self.silent {
            true if self.has_notice() => {
                format!("{}; the notice does not speak of: {}", self.summary, summary(self.changes.untold()))
            }
            true => format!("{}; no notice tells of it", self.summary),
            false if !self.order.is_known() => format!("{}; {}", self.summary, self.order.told()),
            false => self.summary.clone(),
        }
    }
}

/// An article with its versions, the earliest first, and the changes between each two.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct History {
    pub versions: Vec<VersionRow>,
    pub revisions: Vec<Revision>,
}

/// Returns which of the articles of the same address or title an article is a later version of, if any. What has another
/// address, or none, is a version only where the text itself is like the other: never by its headline alone.
pub(super) fn earlier_version(kin: &[Kin], article: &Article, path: &str) -> Option<ArticleId> {
    let record = |path: &str| path.rsplit_once('#').is_some_and(|(_, number)| number.parse::<usize>().is_ok());
    let story = Shingles::of(&story_words(&article.text, &article.blocks));
    let mut best: Option<(f64, ArticleId)> = None;
    for one in kin {
        let one_page = !record(path) && !record(&one.path);
        let same_file = one_page && one.path == path;
        let share = if one_page && one.same_address {
            1.0
        } else {
            let other = Shingles::of(&story_words(&Text::new(&*one.text), &one.blocks));
            match (one.same_address || same_file, days(one.published, article.published)) {
                // One of them may be the other cut or continued.
                (true, _) | (_, Days::Same) => story.containment(&other).max(other.containment(&story)),
                (_, Days::Unknown) => story.resemblance(&other),
                (_, Days::Apart) => Some(story.resemblance(&other)).filter(|share| *share >= NEARLY_ALL).unwrap_or(0.0),
            }
        };
        if share >= ALIKE && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, one.id));
        }
    }
    best.map(|(_, id)| id)
}

/// What the days of publication of two articles are to each other.
enum Days {
    Same,
    Apart,
    /// One of them is not known, or known to the month only.
    Unknown,
}

fn days(one: Option<Date>, other: Option<Date>) -> Days {
    match (one, other) {
        (Some(one), Some(other)) if one == other => Days::Same,
        (Some(one), Some(other)) if one.last() < other.first() || other.last() < one.first() => Days::Apart,
        _ => Days::Unknown,
    }
}

impl Workbench {
    /// Returns an article with all its versions; one without another version has no revisions.
    ///
    /// # Errors
    /// When there is no such article.
    pub fn history(&self, article: ArticleId) -> Result<History> {
        let row = self.store.article_on_desk(article)?;
        let mut all = families(self.store.versions()?);
        let family = all.iter().position(|family| family.iter().any(|came| came.id == article));
        match family {
            Some(place) => self.told(&all.swap_remove(place)),
            None => {
                let loaded = VersionRow { article: row.article, loaded: String::new(), fetched: None };
                Ok(History { versions: vec![loaded], revisions: Vec::new() })
            }
        }
    }

    /// Returns the articles with more than one version of which one passes a filter, the newest change first.
    ///
    /// # Errors
    /// When the filter names somebody who is not there.
    pub fn histories(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<History>> {
        let mut found = families(self.store.versions()?);
        if !filter.is_empty() {
            let wanted: BTreeSet<ArticleId> = self.store.articles(filter)?.into_iter().map(|row| row.id).collect();
            found.retain(|family| family.iter().any(|came| wanted.contains(&came.id)));
        }
        found.sort_by_key(|family| std::cmp::Reverse(family.iter().map(|came| (came.loaded.clone(), came.id)).max()));
        found.iter().take(limit.unwrap_or(usize::MAX)).map(|family| self.told(family)).collect()
    }

    /// Returns what was changed in the versions of some articles: to each from the one before, and to the one after.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn revisions_of(&self, articles: &[ArticleId]) -> Result<Vec<Revision>> {
        let mut out = Vec::new();
        for family in families(self.store.versions()?) {
            for pair in family.windows(2).filter(|pair| pair.iter().any(|came| articles.contains(&came.id))) {
                out.push(self.revision(&pair[0], &pair[1])?);
            }
        }
        out.sort_by_key(|revision| revision.after.article.id);
        Ok(out)
    }

    fn told(&self, family: &[Came]) -> Result<History> {
        let versions = family.iter().map(|came| Ok(version(self.store.article(came.id)?.article, came)));
        let revisions = family.windows(2).map(|pair| self.revision(&pair[0], &pair[1]));
        Ok(History { versions: versions.collect::<Result<_>>()?, revisions: revisions.collect::<Result<_>>()? })
    }

    fn revision(&self, before: &Came, after: &Came) -> Result<Revision> {
        let read = |came: &Came| -> Result<(ArticleText, Vec<ClaimRow>)> {
            let claims = self.store.claims(&Filter::default().with(Test::Article(came.id)))?;
            Ok((self.store.article(came.id)?, claims))
        };
        let (was, is) = (read(before)?, read(after)?);
        let changes = changes(&compared(&was.0, &was.1), &compared(&is.0, &is.1));
        let order = order(&before.when(), &after.when());
        Ok(Revision {
            before: version(was.0.article, before),
            after: version(is.0.article, after),
            silent: order.is_known() && changes.is_silent(),
            order,
            summary: summary(&changes.list),
            changes,
        })
    }
}

fn version(article: ArticleRow, came: &Came) -> VersionRow {
    VersionRow { article, loaded: came.loaded.clone(), fetched: came.fetched.clone() }
}

fn compared<'a>(article: &'a ArticleText, claims: &[ClaimRow]) -> Version<'a, ClaimId> {
    Version {
        title: article.article.title.as_deref(),
        published: article.article.published,
        text: &article.text,
        blocks: &article.blocks,
        claims: claims.iter().map(stated).collect(),
    }
}

fn stated(claim: &ClaimRow) -> Stated<ClaimId> {
    // A single word that names nobody is a pronoun or a noun of another paragraph: it tells no speakers apart.
    let who = claim.who();
    let named = claim.speaker.is_some() || !claim.named.is_empty() || who.contains(' ');
    Stated {
        id: claim.id,
        words: claim.words.clone(),
        who: if named { who.to_owned() } else { String::new() },
        speaker: claim.speaker.as_ref().map(|speaker| speaker.id.to_string()),
        kind: claim.kind.known().unwrap_or(Kind::Statement),
        quotation: claim.quotation.known().unwrap_or(Quotation::Indirect),
        sentence: claim.sentence.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};

    fn day(words: &str, date: &str) -> Article {
        let given = Given { date: Date::parse_iso(date), ..Given::default() };
        read(words.as_bytes(), "b.txt", &given).unwrap()
    }

    fn kin(path: &str, text: &str, same_address: bool) -> Kin {
        let Article { blocks, published, .. } = day(text, "2024-05-03");
        Kin { id: ArticleId(4), path: path.into(), text: text.into(), blocks, published, same_address }
    }

    fn is_version(kin: Kin, words: &str, date: &str, path: &str) -> bool {
        earlier_version(&[kin], &day(words, date), path).is_some()
    }

    const FERRY: &str = "The ferry sails at nine and the bridge is shut until noon, as the harbour office of Larnsea said on Friday in its \
         answer to the letter of the council, and nobody will be turned away at the gate before that. The lock keeper has been told, and \
         so have the schools on both banks, which begin an hour later than they used to for as long as the work goes on.";
    const RAIN: &str = "Rain is on its way to Larnsea, with wind from the west by night.";

    #[test]
    fn a_title_of_every_day_and_a_live_page_make_no_versions() {
        for (path, other, same_address, date, own, version) in [
            ("a.txt", RAIN, false, "2024-05-04", "b.txt", false),
            ("a.txt", RAIN, false, "2024-05-03", "b.txt", false),
            ("b.txt", RAIN, false, "2024-05-03", "b.txt", false),
            ("a.txt", RAIN, true, "2024-05-04", "b.txt", true),
            ("live.html#1", RAIN, true, "2024-05-03", "live.html#2", false),
            ("day.csv#1", RAIN, false, "2024-05-03", "day.csv#2", false),
        ] {
            assert_eq!(is_version(kin(path, other, same_address), FERRY, date, own), version, "{path} {own} {date}");
        }
    }

    #[test]
    fn an_altered_text_is_a_version_and_on_another_day_only_where_nearly_all_is_the_same() {
        let altered = FERRY.replace("nine", "ten");
        let much = FERRY.replace("is shut until noon", "opens at dawn").replace("Friday", "Monday");
        let much = much.replace("both banks", "one bank").replace("letter of the council", "question of the board");
        for (words, date, own, version) in [
            (&altered, "2024-05-03", "b.txt", true),
            (&altered, "2024-06-01", "b.txt", true),
            (&altered, "2024-06-01", "live.html#2", true),
            (&much, "", "b.txt", true),
            (&much, "2024-05-03", "b.txt", true),
            (&much, "2024-05", "b.txt", true),
            (&much, "2024-06-01", "b.txt", false),
            (&much, "2024-06-01", "day.csv#7", false),
            // The same file, loaded again with another date in its head.
            (&much, "2024-06-01", "a.txt", true),
        ] {
            assert_eq!(is_version(kin("a.txt", FERRY, false), words, date, own), version, "{date} {own} {words}");
        }
        let longer =
            format!("{FERRY} {RAIN} {RAIN} The road to the west is open, the police said, and so is the lock.");
        assert!(is_version(kin("a.txt", FERRY, false), &longer, "2024-05-03", "b.txt"));
    }

    #[test]
    fn the_head_of_a_text_makes_it_like_no_other() {
        let text = |date: &str, answer: &str| {
            format!(
                "Title: Question time at the town hall\nOutlet: Wexbridge Weekly\nDate: {date}\n\n\
                 The mayor took questions on Friday.\n\n“I will {answer},” Mayor Helen Marsh said.\n"
            )
        };
        let (april, may) = (text("2025-04-04", "not resign"), text("2025-05-02", "think about resigning"));
        let Article { blocks, published, .. } = day(&april, "");
        let april = Kin { id: ArticleId(4), path: "1.txt".into(), text: april, blocks, published, same_address: false };
        assert!(!is_version(april, &may, "", "2.txt"));
    }
}
