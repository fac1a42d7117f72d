//! The report as a page: every fact worded, every text made visible, ready for the templates to lay out.
//!
//! It decides what stands where (a person's findings apart from the machine's suggestions); the templates only decide
//! how it looks.

use crate::attribution::Quotation;
use crate::relation::{Ledger, Step};
use crate::report::contradictions::{Contradictions, Dispute, DisputeKind, Occasion, Repeat};
use crate::report::marks::{SideOf, paragraphs};
use crate::report::repeat::order;
use crate::report::statement::{Evidence, Rating, Standing, Statement, Verdict};
use crate::report::wording;
use serde::Serialize;
use std::collections::BTreeMap;

mod cite;
mod summary;

use cite::{Cited, Place, cited, place, quoted_paragraphs, text, web};
use summary::{facts, made, summary};

/// The method and limits every report carries: `# Heading` lines, then one paragraph a line.
const METHOD: &str = include_str!("templates/method.txt");

#[derive(Debug, Serialize)]
pub(super) struct Page {
    title: String,
    made: String,
    facts: Vec<Fact>,
    summary: Vec<String>,
    parts: Vec<Part>,
    repeats: Vec<Position>,
    verdicts: Vec<Judged>,
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
}

#[derive(Debug, Serialize)]
struct Opposed {
    number: usize,
    id: String,
    heading: String,
    kind: &'static str,
    meaning: &'static str,
    standing: String,
    confirmed: bool,
    note: Option<String>,
    sides: [Cited; 2],
    summary: String,
    ledger: Vec<String>,
    links: Vec<Linked>,
    innocent: Vec<String>,
    confidence: String,
    reasons: Vec<Weighed>,
    republished: Vec<Place>,
    verdicts: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Linked {
    a: String,
    b: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Weighed {
    rule: String,
    detail: String,
    weight: String,
}

#[derive(Debug, Serialize)]
struct Position {
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

#[derive(Debug, Serialize)]
struct Judged {
    id: String,
    claim: Cited,
    now: Option<Version>,
    before: Vec<Version>,
}

#[derive(Debug, Serialize)]
struct Version {
    number: u32,
    rating: String,
    scale: String,
    rationale: Vec<String>,
    state: String,
    correction: String,
    by: String,
    on: String,
    evidence: Vec<Proof>,
}

#[derive(Debug, Serialize)]
struct Proof {
    id: String,
    note: String,
    link: Option<String>,
    archive: Option<String>,
    quotation: Option<String>,
}

#[derive(Debug, Serialize)]
struct Chapter {
    heading: String,
    paragraphs: Vec<String>,
}

impl Page {
    pub(super) fn new(report: &Contradictions) -> Self {
        let shown = |wanted: fn(&Standing) -> bool| report.disputes.iter().filter(move |d| wanted(&d.standing));
        let mut number = 0;
        let mut part = |anchor, heading, lead, disputes: Vec<&Dispute>| {
            let disputes = disputes.into_iter().map(|dispute| {
                number += 1;
                opposed(number, dispute, &report.verdicts)
            });
            Part { anchor, heading, lead, disputes: disputes.collect() }
        };
        let confirmed = shown(|standing| matches!(standing, Standing::Confirmed { .. })).collect();
        let suggested = shown(|standing| matches!(standing, Standing::Suggested)).collect();
        let parts = vec![
            part(
                "confirmed",
                "Confirmed by a person",
                "Each of these was read and confirmed by the person named.",
                confirmed,
            ),
            part(
                "suggested",
                "Suggested by machine, not reviewed",
                "Nobody has reviewed these. They are leads for a reporter and no findings.",
                suggested,
            ),
        ];
        Self {
            title: text(&report.title),
            made: made(report),
            facts: facts(report),
            summary: summary(report),
            parts: parts.into_iter().filter(|part| !part.disputes.is_empty()).collect(),
            repeats: report.repeats.iter().filter(|repeat| !repeat.occasions.is_empty()).map(position).collect(),
            verdicts: report.verdicts.iter().map(judged).collect(),
            method: method(),
            notes: report.notes.iter().map(|note| text(note)).collect(),
            articles: report.articles.iter().map(place).collect(),
            appendix: appendix(report),
        }
    }
}

fn opposed(number: usize, dispute: &Dispute, verdicts: &[Verdict]) -> Opposed {
    let (kind, meaning) = wording::dispute(dispute.kind);
    let (earlier, later) = (wording::speaker(&dispute.earlier), wording::speaker(&dispute.later));
    let heading = match dispute.kind {
        DisputeKind::ChangeOfPosition | DisputeKind::Update if earlier == later => format!("{kind}: {later}"),
        DisputeKind::Denial => format!("{kind}: {later} answers {earlier}"),
        _ => format!("{kind}: {earlier} and {later}"),
    };
    let side = |statement: &Statement, side, steps: &[Step]| Cited {
        paragraphs: quoted_paragraphs(statement, |words| paragraphs(words, &dispute.alignment, side, &turning(steps))),
        ..cited(statement)
    };
    let mut innocent: Vec<String> = dispute.innocent.iter().map(|explanation| text(explanation)).collect();
    if dispute.earlier.quotation == Quotation::Indirect && dispute.later.quotation == Quotation::Indirect {
        innocent.push("Neither side is a direct quotation: both are the outlets' paraphrases.".to_owned());
    }
    let sides = [
        side(&dispute.earlier, SideOf::Earlier, &dispute.ledger.a),
        side(&dispute.later, SideOf::Later, &dispute.ledger.b),
    ];
    Opposed {
        number,
        id: text(&dispute.id),
        heading,
        kind,
        meaning,
        standing: wording::standing(&dispute.standing),
        confirmed: matches!(dispute.standing, Standing::Confirmed { .. }),
        note: note(&dispute.standing),
        sides,
        summary: text(&dispute.summary),
        ledger: ledger(&dispute.ledger),
        links: dispute.alignment.iter().map(linked).collect(),
        innocent,
        confidence: dispute.confidence.to_string(),
        reasons: dispute.because.iter().map(weighed).collect(),
        republished: dispute.republished.iter().map(place).collect(),
        verdicts: verdicts.iter().filter_map(|verdict| verdict_on(verdict, dispute)).collect(),
    }
}

/// Returns the words of a side that turn it around.
fn turning(steps: &[Step]) -> Vec<String> {
    steps.iter().filter(|step| step.turns).map(|step| text(&step.word)).collect()
}

/// Says in plain words what turns each side around; nothing at all when no word of either side does.
fn ledger(ledger: &Ledger) -> Vec<String> {
    if ledger.a.is_empty() && ledger.b.is_empty() {
        return Vec::new();
    }
    let side = |name: &str, steps: &[Step]| {
        let turned = steps.iter().filter(|step| step.turns).count();
        let sum = match turned {
            0 => "nothing turns it around".to_owned(),
            1 => "turned around once".to_owned(),
            2 => "turned around twice".to_owned(),
            n => format!("turned around {n} times"),
        };
        let entries = steps.iter().map(|step| {
            let does = if step.turns { "turns around" } else { "keeps" };
            match step.reach.trim() {
                "" => format!("“{}” ({}) {does} the statement", text(&step.word), text(&step.family)),
                reach => format!("“{}” ({}) {does} “{}”", text(&step.word), text(&step.family), text(reach)),
            }
        });
        let entries: Vec<String> = entries.collect();
        if entries.is_empty() { format!("{name}: {sum}.") } else { format!("{name}: {}; {sum}.", entries.join("; ")) }
    };
    vec![side("Earlier", &ledger.a), side("Later", &ledger.b)]
}

fn note(standing: &Standing) -> Option<String> {
    match standing {
        Standing::Suggested => None,
        Standing::Confirmed { note, .. } | Standing::Rejected { note, .. } => note.as_deref().map(text),
    }
}

fn verdict_on(verdict: &Verdict, dispute: &Dispute) -> Option<String> {
    let side = [&dispute.earlier, &dispute.later].into_iter().find(|side| side.id == verdict.claim.id)?;
    let rating = verdict.ratings.last()?;
    let (by, on) = (text(&rating.by), wording::date(rating.on));
    Some(format!("Verdict {} on {}: {} ({by}, {on})", text(&verdict.id), text(&side.id), text(&rating.rating)))
}

fn linked(link: &crate::relation::Link) -> Linked {
    use crate::relation::LinkKind;
    let kind = match link.kind {
        LinkKind::Exact => "same word",
        LinkKind::Stem => "same stem",
        LinkKind::Synonym => "same meaning",
        LinkKind::Antonym => "opposite",
        LinkKind::Number => "number",
        LinkKind::Entity => "same name",
    };
    Linked { a: text(&link.a), b: text(&link.b), kind }
}

fn weighed(reason: &crate::score::Reason) -> Weighed {
    Weighed { rule: text(&reason.rule), detail: text(&reason.detail), weight: format!("{:+.2}", reason.weight) }
}

fn position(repeat: &Repeat) -> Position {
    let first = &repeat.occasions[0].statement;
    let copies: usize = repeat.occasions.iter().map(|occasion| occasion.republished.len()).sum();
    let times = wording::count(repeat.occasions.len(), "time").replace("1 time", "once").replace("2 times", "twice");
    let times = match copies {
        0 => format!("Said {times}"),
        copies => format!("Said {times}; {} of it not counted", wording::count(copies, "republication")),
    };
    Position { heading: wording::speaker(first), times, occasions: repeat.occasions.iter().map(said).collect() }
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

fn judged(verdict: &Verdict) -> Judged {
    let mut versions: Vec<Version> = verdict.ratings.iter().map(version).collect();
    let now = versions.pop();
    versions.reverse();
    Judged { id: text(&verdict.id), claim: cited(&verdict.claim), now, before: versions }
}

fn version(rating: &Rating) -> Version {
    Version {
        number: rating.version,
        rating: text(&rating.rating),
        scale: text(&rating.scale),
        rationale: crate::report::marks::split_paragraphs(&rating.rationale),
        state: text(&rating.state),
        correction: text(&rating.correction),
        by: text(&rating.by),
        on: wording::date(rating.on),
        evidence: rating.evidence.iter().map(proof).collect(),
    }
}

fn proof(evidence: &Evidence) -> Proof {
    Proof {
        id: text(&evidence.id),
        note: text(&evidence.note),
        link: web(evidence.url.as_deref()),
        archive: web(evidence.archive.as_deref()),
        quotation: evidence.quotation.as_deref().map(text).filter(|words| !words.is_empty()),
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
    let shown = report.disputes.iter().filter(|dispute| !matches!(dispute.standing, Standing::Rejected { .. }));
    let sides = shown.flat_map(|dispute| [&dispute.earlier, &dispute.later]);
    let repeated = report.repeats.iter().flat_map(|repeat| repeat.occasions.iter().map(|occasion| &occasion.statement));
    let judged = report.verdicts.iter().map(|verdict| &verdict.claim);
    let statements: BTreeMap<&str, &Statement> =
        sides.chain(repeated).chain(judged).map(|statement| (statement.id.as_str(), statement)).collect();
    let mut statements: Vec<&Statement> = statements.into_values().collect();
    statements.sort_by_cached_key(|statement| order(statement));
    statements.into_iter().map(cited).collect()
}
