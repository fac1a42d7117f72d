//! `report`: the contradiction report, as Markdown, HTML or JSON, to a file or to standard output.
//!
//! The report's value is filled here from the desk's rows; the documents are made by [`crate::report`].

use super::layout::claims::day;
use super::output_file::OutputFile;
use super::{Command, CommandError, Group, Session};
use crate::attribution::{Category, Kind, Quotation};
use crate::date::Date;
use crate::relation::RelationKind;
use crate::report::repeat::{self, Copy, Pair};
use crate::report::view::{Format as Shape, View};
use crate::report::{self, Contradictions, DisputeKind, Format, Rating, Source, Standing, Statement};
use crate::store::filter::Filter;
use crate::store::rows::{self, ArticleRow, ClaimRow, EvidenceKind, RelationRow, Status, VerdictRow};
use crate::store::stored::Stored;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Writes the contradiction report
#[derive(Debug, clap::Args)]
pub struct Report {
    /// Only what matches: story:tunnel, speaker:Brook (see `help filters`)
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Write to this file; its ending (.md, .html, .json) chooses the form
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The form of the document
    #[arg(long = "as", value_name = "CHOICE", value_parser = ["markdown", "html", "json"])]
    form: Option<String>,
    /// The title of the report
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
}

impl Command for Report {
    const NAME: &'static str = "report";
    const PURPOSE: &'static str = "Write the contradiction report as Markdown, HTML or JSON";
    const EXAMPLE: &'static str = "report story:tunnel --as markdown";
    const GROUP: Group = Group::Stories;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let form = self.form(session)?;
        let filter = session.filter(&self.filter)?;
        let value = gather(session, &filter, self.title.as_deref())?;
        let document = report::render(&value, form).map_err(|error| {
            CommandError::failed(error.to_string()).with_hint("this is a fault of the program: please report it")
        })?;
        let Some(file) = self.out else {
            let view = View::document(document);
            return Ok(if session.mode() == Shape::Json && self.form.is_none() { view.data(value) } else { view });
        };
        OutputFile::new(session, &file)?.write_whole(document.as_bytes())?;
        let (disputes, repeats) = (value.disputes.len(), value.repeats.len());
        Ok(View::done(format!("{}: {disputes} contradictions, {repeats} repeated positions", file.display())))
    }
}

impl Report {
    /// The form asked for, else that of the file's ending, else JSON for a program and Markdown for a person.
    fn form(&self, session: &Session) -> Result<Format, CommandError> {
        if let Some(form) = &self.form {
            return form.parse().map_err(CommandError::usage);
        }
        if let Some(file) = &self.out
            && file.extension().is_some()
        {
            return Format::of_path(file).ok_or_else(|| {
                CommandError::usage(format!("unknown report format: {}", file.display()))
                    .with_hint("end the name in .md, .html or .json, or give --as")
            });
        }
        Ok(if session.mode() == Shape::Json { Format::Json } else { Format::Markdown })
    }
}

/// Fills the report from the desk.
fn gather(session: &mut Session, filter: &Filter, title: Option<&str>) -> Result<Contradictions, CommandError> {
    let (made_on, made_by) = (session.today(), session.user().to_owned());
    let workbench = session.workbench()?;
    let articles = workbench.articles(filter)?;
    let sources: BTreeMap<_, _> =
        workbench.articles(&Filter::default())?.into_iter().map(|row| (row.id, row)).collect();
    let cite = Cite { sources: &sources };
    let opposed = workbench.relations(filter, &[RelationKind::Contradiction, RelationKind::Update])?;
    let repeated = workbench.relations(filter, &[RelationKind::Repeat, RelationKind::Reworded])?;
    let mut verdicts: BTreeMap<_, Vec<VerdictRow>> = BTreeMap::new();
    for current in workbench.verdicts(filter)? {
        if let std::collections::btree_map::Entry::Vacant(place) = verdicts.entry(current.claim) {
            place.insert(workbench.verdicts_of(current.claim)?);
        }
    }
    let mut judged = Vec::new();
    for (claim, versions) in &verdicts {
        judged.extend(cite.verdicts(&workbench.claim(*claim)?, versions));
    }
    let imported = workbench.stats()?.imported;
    let notes = (imported > 0).then(|| format!("{imported} imported claims are compared too."));
    Ok(Contradictions {
        title: title.map_or_else(|| "Contradictions on record".to_owned(), str::to_owned),
        made_on,
        made_by,
        made_with: concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned(),
        filter: filter.to_string(),
        articles: articles.iter().map(source).collect(),
        claims: workbench.count_claims(filter)?,
        disputes: opposed.iter().filter_map(|row| cite.dispute(row, &repeated)).collect(),
        repeats: repeat::group(repeated.iter().filter_map(|row| cite.pair(row)).collect()),
        verdicts: judged,
        notes: notes.into_iter().collect(),
    })
}

fn source(row: &ArticleRow) -> Source {
    Source {
        id: row.id.to_string(),
        title: row.title.clone(),
        outlet: row.outlet.clone(),
        published: row.published,
        url: row.url.clone(),
    }
}

/// What rows are turned into citations with.
struct Cite<'a> {
    sources: &'a BTreeMap<crate::store::id::ArticleId, ArticleRow>,
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
            },
            source,
        )
    }

    fn statement(&self, claim: &ClaimRow) -> Statement {
        let speaker = claim.speaker.as_ref().map(|named| report::Speaker {
            id: named.id.to_string(),
            name: named.name.clone(),
            title: Some(claim.title.clone()).filter(|title| !title.is_empty()),
            category: claim.category.as_ref().and_then(Stored::known).unwrap_or(Category::Person),
        });
        Statement {
            id: claim.id.to_string(),
            words: claim.words.clone(),
            quotation: claim.quotation.known().unwrap_or(Quotation::Indirect),
            kind: claim.kind.known().unwrap_or(Kind::Statement),
            cue: claim.cue_words.clone(),
            sentence: claim.sentence.clone(),
            speaker,
            source_words: claim.source_words.clone(),
            article: self.article(claim),
            said: claim.said.clone(),
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

    fn dispute(&self, row: &RelationRow, repeated: &[RelationRow]) -> Option<report::Dispute> {
        let kind = match (row.relation.known(), row.dispute.as_ref().and_then(Stored::known)) {
            (Some(RelationKind::Update), _) => DisputeKind::Update,
            (_, Some(rows::Dispute::ChangeOfPosition)) => DisputeKind::ChangeOfPosition,
            (_, Some(rows::Dispute::Dispute)) => DisputeKind::Dispute,
            (_, Some(rows::Dispute::Denial)) => DisputeKind::Denial,
            (_, None) => return None,
        };
        let sides = [row.earlier.id, row.later.id];
        let copies = repeated.iter().filter(|copy| copy.syndicated && sides.contains(&copy.earlier.id));
        let republished = copies.map(|copy| self.article(&copy.later)).collect();
        Some(report::Dispute {
            id: row.id.to_string(),
            kind,
            standing: Self::standing(row),
            earlier: self.statement(&row.earlier),
            later: self.statement(&row.later),
            summary: row.summary.clone(),
            because: row.because.clone(),
            alignment: row.alignment.clone(),
            ledger: row.ledger.clone(),
            innocent: row.innocent.clone(),
            confidence: row.score,
            republished,
        })
    }

    fn pair(&self, row: &RelationRow) -> Option<Pair> {
        Some(Pair {
            earlier: self.statement(&row.earlier),
            later: self.statement(&row.later),
            kind: row.relation.known()?,
            standing: Self::standing(row),
            copy: if row.syndicated { Copy::Syndicated } else { Copy::Separate },
        })
    }

    /// One verdict for each scale that the claim was judged on; versions that were taken back are left out.
    fn verdicts(&self, claim: &ClaimRow, versions: &[VerdictRow]) -> Vec<report::Verdict> {
        let mut scales: BTreeMap<&str, Vec<&VerdictRow>> = BTreeMap::new();
        for version in versions.iter().filter(|version| !version.undone) {
            scales.entry(&version.scale).or_default().push(version);
        }
        let verdict = |versions: Vec<&VerdictRow>| {
            let id = versions.last()?.id.to_string();
            let ratings = versions.into_iter().filter_map(rating).collect();
            Some(report::Verdict { id, claim: self.statement(claim), ratings })
        };
        scales.into_values().filter_map(verdict).collect()
    }
}

fn rating(row: &VerdictRow) -> Option<Rating> {
    Some(Rating {
        version: row.version,
        rating: row.rating.clone(),
        scale: row.scale.clone(),
        rationale: [row.rationale.as_str(), row.long.as_str()].join("\n\n").trim().to_owned(),
        state: row.state.to_string(),
        correction: row.correction.clone(),
        by: row.by.clone(),
        on: Date::parse_iso(day(&row.at))?,
        evidence: row.evidence.iter().filter(|one| one.verdict == row.id).map(evidence).collect(),
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
