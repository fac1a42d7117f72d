//! The report as a page: every fact worded, every text made visible, ready for the templates to lay out.
//!
//! It decides what stands where (a person's findings apart from the machine's suggestions); the templates only decide
//! how it looks.

use crate::date::Date;
use crate::report::contradictions::{Contradictions, Dispute, Occasion, Position, Repeat, Series, Suggestions};
use crate::report::language::Language;
use crate::report::repeat::order;
use crate::report::statement::{Standing, Statement};
use serde::Serialize;
use std::collections::BTreeMap;

mod chart;
pub(super) mod cite;
mod headline;
mod judged;
mod linked;
mod opposed;
pub(super) mod over_time;
mod revised;
pub(super) mod sheet;
mod summary;

use cite::{Cited, Place, cited, place, text, web};
use judged::{Judged, judged};
use opposed::{Opposed, opposed};
use revised::{Changed, changed};
use summary::{facts, headed, made, summary};

/// The most lanes of the drawing of claims over time.
const LANES: usize = 8;

#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// Its code: "en".
    language: &'static str,
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
    /// The claim that the report is about, where nothing else in it shows the claim.
    about: Option<Cited>,
    parts: Vec<Part>,
    revised: Vec<Changed>,
    verdicts: Vec<Judged>,
    positions: Vec<Held>,
    timeline: Option<chart::Timeline>,
    over_time: Option<over_time::OverTime>,
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
    heading: &'static str,
    paragraphs: Vec<&'static str>,
}

impl Page {
    pub(super) fn new(report: &Contradictions, lang: &Language) -> Self {
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
                    opposed(number, dispute, &report.verdicts, lang)
                })
                .collect(),
            series: report
                .series
                .iter()
                .filter(|series| wanted(&series.standing))
                .map(|series| figures(series, lang))
                .collect(),
            repeats: repeats.iter().filter(|repeat| !repeat.occasions.is_empty()).map(|one| again(one, lang)).collect(),
        };
        let mut parts = vec![part(
            "confirmed",
            lang.say("part.confirmed"),
            lang.say("part.confirmed.lead"),
            |standing| matches!(standing, Standing::Confirmed { .. }),
            &report.repeats,
        )];
        if report.suggestions == Suggestions::Shown {
            parts.push(part(
                "suggested",
                lang.say("part.suggested"),
                lang.say("part.suggested.lead"),
                |standing| matches!(standing, Standing::Suggested),
                &report.repeats_suggested,
            ));
        }
        parts.retain(|part| !(part.disputes.is_empty() && part.series.is_empty() && part.repeats.is_empty()));
        let (title, lead, written) = headed(report, lang);
        let shown = report.disputes.iter().filter(|dispute| is_shown(&dispute.standing, report)).count();
        Self {
            language: lang.code(),
            title,
            lead,
            written,
            kicker: kicker(report, lang),
            alone: report.title.trim().is_empty() && shown == 1,
            address: web(report.address.as_deref()),
            linked: linked::claim_reviews(report),
            positions: report.positions.iter().map(|position| held(position, lang)).collect(),
            timeline: chart::timeline(report, lang),
            over_time: over_time::over_time(&report.over_time, LANES, lang),
            made: made(report, lang),
            facts: facts(report, lang),
            summary: summary(report, lang),
            about: about(report).map(|claim| cited(claim, lang)),
            parts,
            revised: report.revised.iter().map(|revised| changed(revised, lang)).collect(),
            verdicts: report.verdicts.iter().map(|verdict| judged(verdict, lang)).collect(),
            method: method(lang),
            notes: report.notes.iter().map(|note| text(note)).collect(),
            articles: report.articles.iter().map(|article| place(article, lang)).collect(),
            appendix: appendix(report, lang),
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

fn kicker(report: &Contradictions, lang: &Language) -> String {
    match text(&report.subject) {
        subject if subject.is_empty() => lang.say("kicker").to_owned(),
        subject => lang.fill("kicker.about", &[("subject", &subject)]),
    }
}

fn held(position: &Position, lang: &Language) -> Held {
    let unknown = || lang.say("day.unknown").to_owned();
    let day = |date: Option<Date>| date.map_or_else(unknown, |date| lang.date(date));
    Held {
        speaker: text(&position.speaker),
        title: text(&position.title),
        words: with_ratings(position, lang),
        since: day(position.since),
        last: if position.last == position.since { String::new() } else { day(position.last) },
        times: position.times,
        changed: change(position, lang),
    }
}

/// When a position was left or taken in the place of its opposite, or empty.
fn change(position: &Position, lang: &Language) -> String {
    let told = match (position.changed, position.reverses) {
        (Some(changed), _) => lang.date(changed),
        (None, Some(day)) => lang.fill("positions.from", &[("day", &lang.date(day))]),
        (None, None) => return String::new(),
    };
    if position.suggested { lang.fill("positions.suggested", &[("change", &told)]) } else { told }
}

/// The words of a position with what it is rated; what readers do not see is called a draft.
fn with_ratings(position: &Position, lang: &Language) -> String {
    let (rating, draft) = (text(&position.rating), text(&position.draft));
    let rated = (!rating.is_empty()).then(|| lang.fill("positions.rated", &[("rating", &rating)]));
    let draft = (!draft.is_empty()).then(|| lang.fill("positions.draft", &[("rating", &draft)]));
    let told: Vec<String> = rated.into_iter().chain(draft).collect();
    let words = text(&position.words);
    if told.is_empty() { words } else { lang.fill("positions.told", &[("words", &words), ("told", &told.join("; "))]) }
}

fn figures(series: &Series, lang: &Language) -> Figures {
    let values = series.figures.iter().map(|figure| text(&figure.value));
    let then = |figures: String, next: String| lang.fill("figures.then", &[("figures", &figures), ("next", &next)]);
    Figures {
        id: text(&series.id),
        heading: values.reduce(then).unwrap_or_default(),
        standing: lang.standing(&series.standing),
        confirmed: matches!(series.standing, Standing::Confirmed { .. }),
        note: note(&series.standing),
        chart: chart::bars(series, lang),
        figures: series
            .figures
            .iter()
            .map(|figure| Given { value: text(&figure.value), statement: cited(&figure.statement, lang) })
            .collect(),
    }
}

fn again(repeat: &Repeat, lang: &Language) -> Again {
    let first = &repeat.occasions[0].statement;
    let copies: usize = repeat.occasions.iter().map(|occasion| occasion.republished.len()).sum();
    let said_so = match repeat.occasions.len() {
        1 => lang.say("repeats.once").to_owned(),
        2 => lang.say("repeats.twice").to_owned(),
        times => lang.fill("repeats.times", &[("number", &times.to_string())]),
    };
    let times = match copies {
        0 => said_so,
        copies => lang.fill("repeats.uncounted", &[("said", &said_so), ("copies", &lang.count(copies, "count.copy"))]),
    };
    let occasions = repeat.occasions.iter().map(|occasion| said(occasion, lang)).collect();
    Again { heading: lang.speaker(first), times, occasions }
}

fn said(occasion: &Occasion, lang: &Language) -> Said {
    use crate::relation::RelationKind;
    let relation = match occasion.relation {
        None => lang.say("repeat.first"),
        Some(RelationKind::Repeat) => lang.say("repeat.repeat"),
        Some(RelationKind::Reworded) => lang.say("repeat.reworded"),
        Some(RelationKind::Update) => lang.say("repeat.update"),
        Some(_) => lang.say("repeat.related"),
    };
    Said {
        statement: cited(&occasion.statement, lang),
        relation,
        standing: if occasion.relation.is_none() { String::new() } else { lang.standing(&occasion.standing) },
        confirmed: matches!(occasion.standing, Standing::Confirmed { .. }),
        republished: occasion.republished.iter().map(|source| place(source, lang)).collect(),
    }
}

/// The claim that the report is about, unless a finding or a verdict shows it.
fn about(report: &Contradictions) -> Option<&Statement> {
    let claim = report.about.as_ref()?;
    let disputes = report.disputes.iter().filter(|dispute| is_shown(&dispute.standing, report));
    let verdicts = report.verdicts.iter().map(|verdict| &verdict.claim);
    let is_cited = disputes.flat_map(Dispute::said).chain(verdicts).any(|cited| cited.id == claim.id);
    (!is_cited).then_some(claim)
}

/// The method and limits that every report carries.
fn method(lang: &Language) -> Vec<Chapter> {
    let method = vec![
        lang.say("method.1"),
        lang.say("method.2"),
        lang.say("method.3"),
        lang.say("method.4"),
        lang.say("method.5"),
    ];
    let limits = vec![lang.say("limits.1"), lang.say("limits.2"), lang.say("limits.3"), lang.say("limits.4")];
    vec![
        Chapter { heading: lang.say("method.heading"), paragraphs: method },
        Chapter { heading: lang.say("limits.heading"), paragraphs: limits },
    ]
}

/// Returns every claim the report cites, once, by date and id.
fn appendix(report: &Contradictions, lang: &Language) -> Vec<Cited> {
    let disputes = report.disputes.iter().filter(|dispute| is_shown(&dispute.standing, report));
    let series = report.series.iter().filter(|series| is_shown(&series.standing, report));
    let suggested = if report.suggestions == Suggestions::Shown { &report.repeats_suggested[..] } else { &[] };
    let repeats = report.repeats.iter().chain(suggested);
    let cites = disputes
        .flat_map(Dispute::said)
        .chain(series.flat_map(|series| series.figures.iter().map(|figure| &figure.statement)))
        .chain(repeats.flat_map(|repeat| repeat.occasions.iter().map(|occasion| &occasion.statement)))
        .chain(report.verdicts.iter().map(|verdict| &verdict.claim))
        .chain(&report.about);
    let statements: BTreeMap<&str, &Statement> = cites.map(|statement| (statement.id.as_str(), statement)).collect();
    let mut statements: Vec<&Statement> = statements.into_values().collect();
    statements.sort_by_cached_key(|statement| order(statement));
    statements.into_iter().map(|statement| cited(statement, lang)).collect()
}
