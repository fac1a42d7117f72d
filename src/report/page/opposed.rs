//! A dispute ready to be shown: its statements in the order in which they were said, what sets them against each other in a
//! sentence, and what may explain it without a contradiction.

use super::cite::{Cited, Place, cited, quoted_paragraphs, text};
use super::headline::{headline, looked_for_change, standfirst};
use super::note;
use crate::attribution::Quotation;
use crate::relation::{Link, LinkKind, Step};
use crate::report::contradictions::Dispute;
use crate::report::language::Language;
use crate::report::marks::{SideOf, paragraphs};
use crate::report::statement::{Standing, Statement, Verdict};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Opposed {
    number: usize,
    id: String,
    heading: String,
    standfirst: String,
    kind: &'static str,
    meaning: &'static str,
    standing: String,
    confirmed: bool,
    note: Option<String>,
    sides: Vec<Side>,
    explanation: String,
    /// Where a word of change was looked for in vain, or empty.
    looked: &'static str,
    innocent: Vec<String>,
    /// Heads how it was found: by the program, or by a person alone.
    found: &'static str,
    /// What the program rests on: for the appendix.
    machine: Machine,
    republished: Vec<Place>,
    verdicts: Vec<Badge>,
}

/// How the program came to it.
#[derive(Debug, Serialize)]
struct Machine {
    confidence: String,
    /// What spoke for it, with the words it rests on.
    reasons: Vec<String>,
    /// Words of the one side and their counterparts, with how they belong together.
    links: Vec<[String; 3]>,
}

/// A verdict on one of the statements, in a word.
#[derive(Debug, Serialize)]
struct Badge {
    anchor: String,
    rating: String,
    /// Whose statement it is on, by whom and when.
    told: String,
    draft: bool,
}

/// One of the statements, with its place among them.
#[derive(Debug, Serialize)]
struct Side {
    /// "Earlier statement", "Later statement", or which of several.
    order: String,
    #[serde(flatten)]
    statement: Cited,
}

pub(super) fn opposed(number: usize, dispute: &Dispute, verdicts: &[Verdict], lang: &Language) -> Opposed {
    let (kind, meaning) = lang.dispute(dispute.kind);
    let side = |statement: &Statement, side, steps: &[Step]| Cited {
        paragraphs: quoted_paragraphs(statement, |words| paragraphs(words, &dispute.alignment, side, &turning(steps))),
        ..cited(statement, lang)
    };
    let said = dispute.said();
    let order = |at: usize| match (at, said.len()) {
        (0, 2) => lang.say("side.earlier").to_owned(),
        (1, 2) => lang.say("side.later").to_owned(),
        (at, all) => lang.fill("side.number", &[("number", &(at + 1).to_string()), ("all", &all.to_string())]),
    };
    let sides = said.iter().enumerate().map(|(at, statement)| {
        let statement = if statement.id == dispute.earlier.id {
            side(statement, SideOf::Earlier, &dispute.ledger.a)
        } else if statement.id == dispute.later.id {
            side(statement, SideOf::Later, &dispute.ledger.b)
        } else {
            cited(statement, lang)
        };
        Side { order: order(at), statement }
    });
    let mut innocent: Vec<String> = dispute.innocent.iter().map(|explanation| text(&lang.kept(explanation))).collect();
    if dispute.earlier.quotation == Quotation::Indirect && dispute.later.quotation == Quotation::Indirect {
        innocent.push(lang.say("innocent.paraphrases").to_owned());
    }
    Opposed {
        number,
        id: text(&dispute.id),
        heading: headline(dispute, lang),
        standfirst: standfirst(dispute, lang),
        kind,
        meaning,
        standing: match (&dispute.standing, dispute.confidence) {
            (Standing::Confirmed { by, on, .. }, None) => {
                lang.fill("standing.recorded", &[("name", &text(by)), ("day", &lang.date(*on))])
            }
            (standing, _) => lang.standing(standing),
        },
        confirmed: matches!(dispute.standing, Standing::Confirmed { .. }),
        note: note(&dispute.standing),
        sides: sides.collect(),
        explanation: lang.explanation(dispute),
        looked: looked_for_change(dispute, lang).unwrap_or_default(),
        innocent,
        found: if dispute.confidence.is_some() { lang.say("machine") } else { lang.say("recorded") },
        machine: machine(dispute, lang),
        republished: dispute.republished.iter().map(|source| super::place(source, lang)).collect(),
        verdicts: verdicts.iter().filter_map(|verdict| verdict_on(verdict, dispute, lang)).collect(),
    }
}

/// Returns the words of a side that turn it around.
fn turning(steps: &[Step]) -> Vec<String> {
    steps.iter().filter(|step| step.turns).map(|step| text(&step.word)).collect()
}

fn machine(dispute: &Dispute, lang: &Language) -> Machine {
    // What a person recorded has no reasons of the program.
    let because = if dispute.confidence.is_some() { &dispute.because[..] } else { &[] };
    let reasons = because.iter().map(|reason| text(&reason.detail)).collect();
    let kind = |kind: LinkKind| match kind {
        LinkKind::Exact => lang.say("link.exact"),
        LinkKind::Stem => lang.say("link.stem"),
        LinkKind::Synonym => lang.say("link.synonym"),
        LinkKind::Antonym => lang.say("link.antonym"),
        LinkKind::Number => lang.say("link.number"),
        LinkKind::Entity => lang.say("link.entity"),
    };
    let link = |link: &Link| [text(&link.a), text(&link.b), kind(link.kind).to_owned()];
    let links = dispute.alignment.iter().map(link).collect();
    Machine { confidence: dispute.confidence.map(|score| score.to_string()).unwrap_or_default(), reasons, links }
}

fn verdict_on(verdict: &Verdict, dispute: &Dispute, lang: &Language) -> Option<Badge> {
    let side = dispute.said().into_iter().find(|side| side.id == verdict.claim.id)?;
    let rating = verdict.ratings.iter().rev().find(|rating| !rating.draft).or_else(|| verdict.ratings.last())?;
    let said = side.said.date.or(side.article.published).map(|day| lang.date(day));
    let (name, person, day) = (lang.speaker(side), text(&rating.by), lang.date(rating.on));
    let mut places = vec![("name", &*name), ("person", &*person), ("day", &*day)];
    let told = match &said {
        Some(said) => {
            places.push(("said", said));
            lang.fill("rating.told.day", &places)
        }
        None => lang.fill("rating.told", &places),
    };
    Some(Badge { anchor: text(&verdict.id), rating: text(&rating.rating), told, draft: rating.draft })
}
