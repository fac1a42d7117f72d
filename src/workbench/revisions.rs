//! The versions of an article and what was changed between them. Nothing of it is stored: it is told from the versions
//! whenever it is asked for.

use super::{Result, Workbench};
use crate::article::Article;
use crate::attribution::{Kind, Quotation};
use crate::revision::{Changes, Order, Stated, Version, changes, likeness, order, summary};
use crate::store::filter::{Filter, Test};
use crate::store::id::{ArticleId, ClaimId};
use crate::store::rows::{ArticleRow, ArticleText, ClaimRow};
use crate::store::versions::{Came, Kin, families};
use serde::Serialize;
use std::collections::BTreeSet;

/// Share of words in common from which an article is a version of another that nothing but a name ties it to: a column of
/// every day has one title, and the updates of a live page one address.
const ALIKE: f64 = 0.5;

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

/// Returns which of the articles of the same address or title an article is a later version of, if any.
pub(super) fn earlier_version(kin: &[Kin], article: &Article, path: &str) -> Option<ArticleId> {
    let record = |path: &str| path.rsplit_once('#').is_some_and(|(_, number)| number.parse::<usize>().is_ok());
    let mut best: Option<(f64, ArticleId)> = None;
    for one in kin {
        let one_page = !record(path) && !record(&one.path);
        let same_day = article.published.is_some() && one.published == article.published;
        let share =
            if one_page && (one.same_address || same_day) { 1.0 } else { likeness(&one.text, article.text.as_str()) };
        if share >= ALIKE && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, one.id));
        }
    }
    best.map(|(_, id)| id)
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

    fn kin(path: &str, text: &str, same_address: bool) -> Kin {
        let published = crate::date::Date::parse_iso("2024-05-03");
        Kin { id: ArticleId(4), path: path.into(), text: text.into(), published, same_address }
    }

    #[test]
    fn a_title_of_every_day_and_a_live_page_make_no_versions() {
        let given = |date| Given { date: crate::date::Date::parse_iso(date), ..Given::default() };
        let words = "The ferry sails at nine and the bridge is shut until noon.";
        let day = |date| read(words.as_bytes(), "b.txt", &given(date)).unwrap();
        let other = "Rain is on its way to Larnsea, with wind from the west by night.";
        let found = |kin: Kin, date, path| earlier_version(&[kin], &day(date), path);
        assert_eq!(found(kin("a.txt", other, false), "2024-05-04", "b.txt"), None);
        assert_eq!(found(kin("a.txt", other, false), "2024-05-03", "b.txt"), Some(ArticleId(4)));
        assert_eq!(found(kin("a.txt", other, true), "2024-05-04", "b.txt"), Some(ArticleId(4)));
        assert_eq!(found(kin("live.html#1", other, true), "2024-05-03", "live.html#2"), None);
        let altered = words.replace("nine", "ten");
        assert_eq!(found(kin("live.html#1", &altered, true), "2024-05-03", "live.html#2"), Some(ArticleId(4)));
        assert_eq!(found(kin("a.txt", &altered, false), "2024-06-01", "b.txt"), Some(ArticleId(4)));
    }
}
