//! Published verdicts in the forms in which fact-checks are exchanged: ClaimReview (schema.org) by itself and as a data feed,
//! a page of the Fact Check Tools Markup service, RSS. Only what readers may see.

mod claim_review;
mod markup;
mod rss;

pub(super) use claim_review::record;

use super::statement::{Rating, Statement, Verdict};

/// Where and by whom verdicts are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication<'a> {
    /// The address of the page with the verdicts; each stands there under its id.
    pub address: &'a str,
    /// The house; empty: the author of each verdict is named.
    pub publisher: &'a str,
}

impl Publication<'_> {
    /// The address of one verdict.
    fn address_of(&self, verdict: &Verdict) -> String {
        let page = self.address.split('#').next().unwrap_or_default();
        format!("{page}#{}", super::page::cite::text(&verdict.id))
    }
}

/// The version that readers see, if there is one.
fn published(verdict: &Verdict) -> Option<&Rating> {
    verdict.ratings.iter().rev().find(|rating| !rating.draft)
}

/// The day on which a claim was said, else published.
fn said(claim: &Statement) -> Option<String> {
    claim.said.date.or(claim.article.published).map(|day| day.to_string())
}
