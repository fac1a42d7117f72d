//! The report as a page: every fact worded, every text made visible, ready for the templates to lay out.
//!
//! It decides what stands where (a person's findings apart from the machine's suggestions); the templates only decide
//! how it looks.

use crate::date::Date;
use crate::report::contradictions::{Contradictions, Dispute, Occasion, Position, Repeat, Series, Suggestions};
use crate::report::repeat::order;
use crate::report::statement::{Standing, Statement};
use crate::report::wording;
use serde::Serialize;
use std::collections::BTreeMap;

mod chart;
pub(super) mod cite;
mod headline;
mod judged;
mod linked;
mod opposed;
mod revised;
pub(super) mod sheet;
mod summary;

use cite::{Cited, Place, cited, place, text, web};
use judged::{Judged, judged};
use opposed::{Opposed, opposed};
use revised::{Changed, changed};
use summary::{facts, headed, made, summary};

/// The method and limits every report carries: `# Heading` lines, then one paragraph a line.
const METHOD: &str = include_str!("templates/method.txt");

#[derive(Debug, Serialize)]
pub(super) struct Page {
    title: String,
    /// The first sentences under the headline.
    lead: String,
    /// Says that the program wrote the headlines, where it did.
    written: String,
    kicker: String,
    /// The headline is that of the only finding.
    alone: bool,
    /// The address it is to be published at.
    address: Option<String>,
    /// ClaimReview records as JSON, ready to stand in a page; empty without published verdicts or an address.
    linked: String,
    made: String,
    facts: Vec<Fact>,
    summary: Vec<String>,
    parts: Vec<Part>,
    revised: Vec<Changed>,
    verdicts: Vec<Judged>,
    positions: Vec<Held>,
    timeline: Option<chart::Timeline>,
    method: Vec<Chapter>,
    notes: Vec<String>,
    articles: Vec<Place>,
    appendix: Vec<Cited>,
}

#[derive(Debug, Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

/// Findings, or suggestions: never both.
#[derive(Debug, Serialize)]
struct Part {
    anchor: &'static str,
    heading: &'static str,
    lead: &'static str,
    disputes: Vec<Opposed>,
    series: Vec<Figures>,
    repeats: Vec<Again>,
}

#[derive(Debug, Serialize)]
struct Again {
    heading: String,
    times: String,
    occasions: Vec<Said>,
}

#[derive(Debug, Serialize)]
struct Said {
    statement: Cited,
    relation: &'static str,
    standing: String,
    confirmed: bool,
    republished: Vec<Place>,
}

/// What one speaker holds on one matter.
#[derive(Debug, Serialize)]
struct Held {
    speaker: String,
    title: String,
    words: String,
    since: String,
    last: String,
    times: usize,
    changed: String,
}

/// One measure with its figures.
#[derive(Debug, Serialize)]
struct Figures {
    id: String,
    heading: String,
    standing: String,
    confirmed: bool,
    note: Option<String>,
    figures: Vec<Given>,
    chart: Option<chart::Bars>,
}

#[derive(Debug, Serialize)]
struct Given {
    value: String,
    statement: Cited,
}

#[derive(Debug, Serialize)]
struct Chapter {
    heading: String,
    paragraphs: Vec<String>,
}

impl Page {
    pub(super) fn new(report: &Contradictions) -> Self {
        let mut number = 0;
        let mut part = |anchor, heading, lead, wanted: fn(&Standing) -> bool, repeats: &[Repeat]| Part {
            anchor,
            heading,
            lead,
            disputes: report
                .disputes
                .iter()
                .filter(|dispute| wanted(&dispute.standing))
                .map(|dispute| {
                    number += 1;
                    opposed(number, dispute, &report.verdicts)
                })
                .collect(),
            series: report.series.iter().filter(|series| wanted(&series.standing)).map(figures).collect(),
            repeats: repeats.iter().filter(|repeat| !repeat.occasions.is_empty()).map(again).collect(),
        };
        let mut parts = vec![part(
            "confirmed",
            "Confirmed by a person",
            "Each of these was read and confirmed by the person named.",
            |standing| matches!(standing, Standing::Confirmed { .. }),
            &report.repeats,
        )];
        if report.suggestions == Suggestions::Shown {
            parts.push(part(
                "suggested",
                "Suggested by machine, not reviewed",
                "Nobody has reviewed these. They are leads for a reporter and no findings.",
                |standing| matches!(standing, Standing::Suggested),
                &report.repeats_suggested,
            ));
        }
        parts.retain(|part| !(part.disputes.is_empty() && part.series.is_empty() && part.repeats.is_empty()));
        let (title, lead, written) = headed(report);
        let shown = report.disputes.iter().filter(|dispute| is_shown(&dispute.standing, report)).count();
        Self {
            title,
            lead,
            written,
            kicker: kicker(report),
            alone: report.title.trim().is_empty() && shown == 1,
            address: web(report.address.as_deref()),
            linked: linked::claim_reviews(report),
            positions: report.positions.iter().map(held).collect(),
            timeline: chart::timeline(report),
            made: made(report),
            facts: facts(report),
            summary: summary(report),
            parts,
            revised: report.revised.iter().map(changed).collect(),
            verdicts: report.verdicts.iter().map(judged).collect(),
            method: method(),
            notes: report.notes.iter().map(|note| text(note)).collect(),
            articles: report.articles.iter().map(place).collect(),
            appendix: appendix(report),
        }
    }
}

/// Tells whether something stands in the report.
fn is_shown(standing: &Standing, report: &Contradictions) -> bool {
    match standing {
        Standing::Confirmed { .. } => true,
        Standing::Suggested => report.suggestions == Suggestions::Shown,
        Standing::Rejected { .. } => false,
    }
}

fn note(standing: &Standing) -> Option<String> {
    match standing {
        Standing::Suggested => None,
        Standing::Confirmed { note, .. } | Standing::Rejected { note, .. } => note.as_deref().map(text),
    }
}

fn kicker(report: &Contradictions) -> String {
    match text(&report.subject) {
        subject if subject.is_empty() => "On record".to_owned(),
        subject => format!("On record: {subject}"),
    }
}

fn held(position: &Position) -> Held {
    let day = |date: Option<Date>| date.map_or_else(|| "date not known".to_owned(), wording::date);
    Held {
        speaker: text(&position.speaker),
        title: text(&position.title),
        words: with_ratings(position),
        since: day(position.since),
        last: if position.last == position.since { String::new() } else { day(position.last) },
        times: position.times,
        changed: change(position),
    }
}

/// When a position was left or taken in the place of its opposite, or empty.
fn change(position: &Position) -> String {
    let told = match (position.changed, position.reverses) {
        (Some(changed), _) => wording::date(changed),
        (None, Some(day)) => format!("from the opposite of {}", wording::date(day)),
        (None, None) => return String::new(),
    };
    if position.suggested { format!("{told} (suggested, not reviewed)") } else { told }
}

/// The words of a position with what it is rated; what readers do not see is called a draft.
fn with_ratings(position: &Position) -> String {
    let (rating, draft) = (text(&position.rating), text(&position.draft));
    let rated = (!rating.is_empty()).then(|| format!("rated {rating}"));
    let draft = (!draft.is_empty()).then(|| format!("draft, not published: {draft}"));
    let told: Vec<String> = rated.into_iter().chain(draft).collect();
    let words = text(&position.words);
    if told.is_empty() { words } else { format!("{words} ({})", told.join("; ")) }
}

/// Returns the name of a value as it is written in JSON, its words apart.
fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(|name| name.replace('_', " ")))
        .unwrap_or_default()
}

fn figures(series: &Series) -> Figures {
    let values: Vec<String> = series.figures.iter().map(|figure| text(&figure.value)).collect();
    Figures {
        id: text(&series.id),
        heading: values.join(", then "),
        standing: wording::standing(&series.standing),
        confirmed: matches!(series.standing, Standing::Confirmed { .. }),
        note: note(&series.standing),
        chart: chart::bars(series),
        figures: series
            .figures
            .iter()
            .map(|figure| Given { value: text(&figure.value), statement: cited(&figure.statement) })
            .collect(),
    }
}

fn again(repeat: &Repeat) -> Again {
    let first = &repeat.occasions[0].statement;
    let copies: usize = repeat.occasions.iter().map(|occasion| occasion.republished.len()).sum();
    let times = wording::count(repeat.occasions.len(), "time").replace("1 time", "once").replace("2 times", "twice");
    let times = match copies {
        0 => format!("Said {times}"),
        copies => format!("Said {times}; {} of it not counted", wording::count(copies, "republication")),
    };
    Again { heading: wording::speaker(first), times, occasions: repeat.occasions.iter().map(said).collect() }
}

fn said(occasion: &Occasion) -> Said {
    use crate::relation::RelationKind;
    let relation = match occasion.relation {
        None => "first on record",
        Some(RelationKind::Repeat) => "the same words",
        Some(RelationKind::Reworded) => "reworded",
        Some(RelationKind::Update) => "updated",
        Some(_) => "related",
    };
    Said {
        statement: cited(&occasion.statement),
        relation,
        standing: if occasion.relation.is_none() { String::new() } else { wording::standing(&occasion.standing) },
        confirmed: matches!(occasion.standing, Standing::Confirmed { .. }),
        republished: occasion.republished.iter().map(place).collect(),
    }
}

fn method() -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for line in METHOD.lines().filter(|line| !line.trim().is_empty()) {
        match (line.strip_prefix("# "), chapters.last_mut()) {
            (Some(heading), _) => chapters.push(Chapter { heading: heading.to_owned(), paragraphs: Vec::new() }),
            (None, Some(chapter)) => chapter.paragraphs.push(line.to_owned()),
            (None, None) => {}
        }
    }
    chapters
}

/// Returns every claim the report cites, once, by date and id.
fn appendix(report: &Contradictions) -> Vec<Cited> {
    let disputes = report.disputes.iter().filter(|dispute| is_shown(&dispute.standing, report));
    let series = report.series.iter().filter(|series| is_shown(&series.standing, report));
    let suggested = if report.suggestions == Suggestions::Shown { &report.repeats_suggested[..] } else { &[] };
    let repeats = report.repeats.iter().chain(suggested);
    let cites = disputes
        .flat_map(Dispute::said)
        .chain(series.flat_map(|series| series.figures.iter().map(|figure| &figure.statement)))
        .chain(repeats.flat_map(|repeat| repeat.occasions.iter().map(|occasion| &occasion.statement)))
        .chain(report.verdicts.iter().map(|verdict| &verdict.claim));
    let statements: BTreeMap<&str, &Statement> = cites.map(|statement| (statement.id.as_str(), statement)).collect();
    let mut statements: Vec<&Statement> = statements.into_values().collect();
    statements.sort_by_cached_key(|statement| order(statement));
    statements.into_iter().map(cited).collect()
}
