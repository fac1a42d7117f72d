//! The desk's rows as a report cites them.

use crate::attribution::{Category, Kind, Quotation};
use crate::commands::CommandError;
use crate::commands::layout::claims::day;
use crate::date::Date;
use crate::relation::{Link, LinkKind, is_contribution};
use crate::report::passage::Sentences;
use crate::report::repeat::{Copy, Pair};
use crate::report::{self, Asked, DisputeKind, Figure, Passage, Rating, Response, Signed, Source, Standing, Statement};
use crate::revision::Change;
use crate::span::Text;
use crate::store::filter::{Filter, Test};
use crate::store::id::{ArticleId, ClaimId};
use crate::store::rows::{
    self, ArticleRow, ClaimRow, EvidenceKind, Move, RelationRow, Status, VerdictRow, VerdictState,
};
use crate::store::stored::Stored;
use crate::workbench::findings::Finding;
use crate::workbench::scales::{self, Scales};
use crate::workbench::{Revision, Workbench};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn source(row: &ArticleRow) -> Source {
    Source {
        id: row.id.to_string(),
        title: row.title.clone(),
        outlet: row.outlet.clone(),
        published: row.published,
        url: row.url.clone(),
        archive: row.archive.clone(),
        hash: Some(row.hash.clone()).filter(|hash| !hash.is_empty()),
    }
}

/// An article with changes that no notice speaks of: what readers were not told of; of some claims alone, where
/// these are named.
pub(super) fn revised(revision: &Revision, own: Option<&BTreeSet<ClaimId>>) -> Option<report::Revised> {
    let sides = |change: &Change<ClaimId>| [&change.before, &change.after].map(|side| side.as_ref()?.claim);
    let is_own = |change: &&Change<ClaimId>| {
        own.is_none_or(|own| sides(change).into_iter().flatten().any(|claim| own.contains(&claim)))
    };
    let altered = revision
        .changes
        .untold()
        .filter(is_own)
        .map(|change| report::Altered { sentence: change.sentence(), words: change.words() });
    let altered: Vec<_> = altered.collect();
    (!altered.is_empty()).then(|| report::Revised {
        before: source(&revision.before.article),
        after: source(&revision.after.article),
        seen_before: revision.before.seen().to_owned(),
        seen_after: revision.after.seen().to_owned(),
        order: revision.order.told().to_owned(),
        notices: revision.changes.notices().map(str::to_owned).collect(),
        altered,
    })
}

/// The claims of a later version whose words an editor altered, with no notice.
pub(super) fn altered(revision: &Revision) -> Vec<ClaimId> {
    let claim = |change: &Change<ClaimId>| {
        change.before.as_ref()?.claim?;
        change.after.as_ref()?.claim
    };
    revision.changes.untold().filter_map(claim).collect()
}

/// What rows are turned into citations with.
pub(super) struct Cite<'a> {
    pub sources: &'a BTreeMap<ArticleId, ArticleRow>,
    /// What stands around the claims that are cited.
    pub passages: BTreeMap<ClaimId, Passage>,
    pub scales: &'a Scales,
}

/// Reads what stands around claims, article by article.
///
/// # Errors
/// When the desk cannot be read.
pub(super) fn passages<'a>(
    workbench: &Workbench,
    claims: impl Iterator<Item = &'a ClaimRow>,
) -> Result<BTreeMap<ClaimId, Passage>, CommandError> {
    let mut cited: BTreeMap<ArticleId, BTreeMap<ClaimId, &ClaimRow>> = BTreeMap::new();
    for claim in claims {
        if let Some(article) = claim.article {
            cited.entry(article).or_default().insert(claim.id, claim);
        }
    }
    let mut found = BTreeMap::new();
    for (article, claims) in cited {
        let read = workbench.article(article)?;
        let all = workbench.claims(&Filter::default().with(Test::Article(article)))?;
        let text = Text::new(read.text);
        let sentences = Sentences::of(&text, &read.blocks);
        let title = read.article.title.unwrap_or_default();
        for claim in claims.into_values() {
            // What they said on another day is no condition of this.
            let same = |other: &&ClaimRow| {
                let one = other.id != claim.id && claim.speaker.is_some() && other.speaker == claim.speaker;
                one && other.date() == claim.date()
            };
            let others: Vec<&str> = all.iter().filter(same).map(|other| other.words.as_str()).collect();
            found.insert(claim.id, sentences.around(&claim.content, &title, &others));
        }
    }
    Ok(found)
}

impl Cite<'_> {
    fn article(&self, claim: &ClaimRow) -> Source {
        let known = claim.article.and_then(|id| self.sources.get(&id));
        known.map_or_else(
            || Source {
                id: claim.article.map(|id| id.to_string()).unwrap_or_default(),
                title: claim.article_title.clone(),
                outlet: Some(claim.outlet.clone()).filter(|outlet| !outlet.is_empty()),
                published: claim.published,
                url: claim.ratings.iter().map(|rating| rating.url.clone()).find(|url| !url.is_empty()),
                archive: None,
                hash: None,
            },
            source,
        )
    }

    pub fn statement(&self, claim: &ClaimRow) -> Statement {
        let speaker = claim.speaker.as_ref().map(|named| report::Speaker {
            id: named.id.to_string(),
            name: named.name.clone(),
            title: Some(claim.title.clone()).filter(|title| !title.is_empty()),
            category: claim.category.as_ref().and_then(Stored::known).unwrap_or(Category::Person),
        });
        Statement {
            id: claim.id.to_string(),
            words: claim.words.clone(),
            frame: claim.frame(),
            quotation: claim.quotation.known().unwrap_or(Quotation::Indirect),
            kind: claim.kind.known().unwrap_or(Kind::Statement),
            cue: claim.cue_words.clone(),
            sentence: claim.sentence.clone(),
            speaker,
            according_to: claim.according_to.clone(),
            source_words: claim.source_words.clone(),
            article: self.article(claim),
            said: claim.said.clone(),
            passage: self.passages.get(&claim.id).cloned().unwrap_or_default(),
            score: claim.score,
        }
    }

    fn standing(row: &RelationRow) -> Standing {
        let note = Some(row.note.clone()).filter(|note| !note.is_empty());
        let by = row.decided_by.clone();
        match (row.status, Date::parse_iso(&row.decided_at)) {
            (Status::Confirmed, Some(on)) => Standing::Confirmed { by, on, note },
            (Status::Rejected, Some(on)) => Standing::Rejected { by, on, note },
            _ => Standing::Suggested,
        }
    }

    /// A finding with its statements in the order in which they were said.
    pub fn dispute(&self, found: &Finding, repeated: &[RelationRow]) -> Option<report::Dispute> {
        let row = &found.pair;
        let kind = match row.dispute.as_ref().and_then(Stored::known) {
            Some(rows::Dispute::ChangeOfPosition) => DisputeKind::ChangeOfPosition,
            Some(rows::Dispute::Dispute) => DisputeKind::Dispute,
            Some(rows::Dispute::Denial) => DisputeKind::Denial,
            None => return None,
        };
        let said = found.said();
        let copies = repeated.iter().filter(|copy| copy.syndicated && said.iter().any(|one| one.id == copy.earlier.id));
        let republished = copies.map(|copy| self.article(&copy.later)).collect();
        Some(report::Dispute {
            id: row.id.to_string(),
            kind,
            standing: Self::standing(row),
            earlier: self.statement(&row.earlier),
            later: self.statement(&row.later),
            statements: if said.len() > 2 { said.iter().map(|one| self.statement(one)).collect() } else { Vec::new() },
            summary: row.summary.clone(),
            because: row.because.iter().filter(|reason| !is_contribution(reason)).cloned().collect(),
            alignment: row.alignment.clone(),
            ledger: row.ledger.clone(),
            innocent: row.innocent.clone(),
            confidence: row.recorded_by.is_empty().then_some(row.score),
            republished,
        })
    }

    /// A series of figures, oldest first.
    pub fn series(&self, found: &Finding) -> report::Series {
        let figures = found.said().into_iter().map(|claim| Figure {
            value: figure(found, claim.id).unwrap_or_else(|| "figure".to_owned()),
            statement: self.statement(claim),
        });
        report::Series {
            id: found.pair.id.to_string(),
            standing: Self::standing(&found.pair),
            figures: figures.collect(),
        }
    }

    /// Tells whether two claims can be one position said again: both speakers are known.
    pub fn is_position(&self, row: &RelationRow) -> bool {
        row.earlier.speaker.is_some() && row.later.speaker.is_some()
    }

    pub fn pair(&self, row: &RelationRow) -> Option<Pair> {
        Some(Pair {
            earlier: self.statement(&row.earlier),
            later: self.statement(&row.later),
            kind: row.relation.known()?,
            standing: Self::standing(row),
            copy: if row.syndicated { Copy::Syndicated } else { Copy::Separate },
        })
    }

    /// One verdict for each scale that the claim was judged on, with what readers may see of it, and drafts where they are
    /// asked for; versions that were taken back are left out.
    pub fn verdicts(&self, claim: &ClaimRow, versions: &[VerdictRow], drafts: bool) -> Vec<report::Verdict> {
        let mut scales: BTreeMap<&str, Vec<&VerdictRow>> = BTreeMap::new();
        for version in versions.iter().filter(|version| !version.undone && (drafts || version.is_public())) {
            scales.entry(&version.scale).or_default().push(version);
        }
        let verdict = |versions: Vec<&VerdictRow>| {
            let id = versions.last()?.id.to_string();
            let ratings = versions.into_iter().filter_map(|version| self.rating(version)).collect();
            Some(report::Verdict { id, claim: self.statement(claim), ratings })
        };
        scales.into_values().filter_map(verdict).collect()
    }

    fn rating(&self, row: &VerdictRow) -> Option<Rating> {
        let scale = self.scales.iter().find(|scale| scale.name == row.scale);
        let step = |step: &scales::Step| report::Step { name: step.name.clone(), means: step.means.clone() };
        let steps = scale.map_or_else(Vec::new, |scale| scale.ratings.iter().map(step).collect());
        let grade = scale.and_then(|scale| scale.grade(&row.rating));
        let grade = grade.map(|(value, best)| report::Grade { value, best });
        Some(Rating { steps, grade, ..rating(row)? })
    }
}

fn rating(row: &VerdictRow) -> Option<Rating> {
    let signed = |step: &Move| Some(Signed { by: step.by.clone(), on: Date::parse_iso(day(&step.at))? });
    let published = |step: &&Move| step.state.known().is_some_and(VerdictState::is_public);
    let publication = row.moves.iter().rev().find(published);
    let approval = row.moves.iter().rev().find(|step| step.state.is(VerdictState::Approved) && row.is_approved());
    let (response, proofs): (Vec<_>, Vec<_>) =
        row.evidence.iter().partition(|one| one.kind.is(EvidenceKind::Asked) || one.kind.is(EvidenceKind::Answer));
    let response = response.into_iter().filter_map(|one| {
        let step = if one.kind.is(EvidenceKind::Asked) { Asked::Asked } else { Asked::Answered };
        Some(Response { step, words: one.words.clone(), on: Date::parse_iso(day(&one.at))? })
    });
    Some(Rating {
        version: row.version,
        rating: row.rating.clone(),
        scale: row.scale.clone(),
        steps: Vec::new(),
        grade: None,
        rationale: [row.rationale.as_str(), row.long.as_str()].join("\n\n").trim().to_owned(),
        state: row.state.to_string(),
        correction: row.correction.clone(),
        by: row.by.clone(),
        on: Date::parse_iso(day(&row.at))?,
        draft: !row.is_public(),
        approved: approval.and_then(signed),
        published: publication.and_then(signed),
        anyway: publication.map(|step| step.note.clone()).unwrap_or_default(),
        response: response.collect(),
        evidence: proofs.into_iter().map(evidence).collect(),
    })
}

/// The figure that a claim gives in a series, with the word after it.
fn figure(found: &Finding, claim: ClaimId) -> Option<String> {
    let pairs = std::iter::once(&found.pair).chain(&found.others);
    let differs = |link: &&Link| link.kind == LinkKind::Number && link.a != link.b;
    pairs.into_iter().find_map(|pair| {
        let link = pair.alignment.iter().find(differs)?;
        if pair.earlier.id == claim {
            Some(link.a.clone())
        } else if pair.later.id == claim {
            Some(link.b.clone())
        } else {
            None
        }
    })
}

fn evidence(row: &rows::EvidenceRow) -> report::Evidence {
    let mut out = report::Evidence { id: row.id.to_string(), note: row.note.clone(), ..report::Evidence::default() };
    match row.kind.known() {
        Some(EvidenceKind::Link) => out.url = Some(row.words.clone()),
        Some(EvidenceKind::Archive) => out.archive = Some(row.words.clone()),
        Some(EvidenceKind::Quotation) => out.quotation = Some(row.words.clone()),
        _ if out.note.is_empty() => out.note = row.words.clone(),
        _ => out.note = format!("{}: {}", out.note, row.words),
    }
    out
}
