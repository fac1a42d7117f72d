//! A verdict ready to be shown: who wrote, read and published it, what it rests on, and what the speaker says to it.

use super::cite::{Cited, cited, text, web};
use crate::report::language::Language;
use crate::report::marks::split_paragraphs;
use crate::report::statement::{Asked, Evidence, Rating, Step, Verdict};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Judged {
    id: String,
    claim: Cited,
    /// The version in force, if readers may see one.
    now: Option<Version>,
    /// Versions that nobody published yet.
    drafts: Vec<Version>,
    before: Vec<Version>,
}

#[derive(Debug, Serialize)]
struct Version {
    number: u32,
    rating: String,
    scale: String,
    steps: Vec<Step>,
    rationale: Vec<String>,
    draft: bool,
    /// Who wrote, approved and published it.
    signed: String,
    anyway: String,
    correction: String,
    response: Vec<String>,
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

pub(super) fn judged(verdict: &Verdict, lang: &Language) -> Judged {
    let of = |draft: bool| {
        verdict.ratings.iter().filter(move |rating| rating.draft == draft).map(|rating| version(rating, lang))
    };
    let mut public: Vec<Version> = of(false).collect();
    let now = public.pop();
    public.reverse();
    Judged {
        id: text(&verdict.id),
        claim: cited(&verdict.claim, lang),
        now,
        drafts: of(true).collect(),
        before: public,
    }
}

fn version(rating: &Rating, lang: &Language) -> Version {
    Version {
        number: rating.version,
        rating: text(&rating.rating),
        scale: text(&rating.scale),
        steps: rating.steps.iter().map(|step| Step { name: text(&step.name), means: text(&step.means) }).collect(),
        rationale: split_paragraphs(&rating.rationale),
        draft: rating.draft,
        signed: signed(rating, lang),
        anyway: text(&rating.anyway),
        correction: text(&rating.correction),
        response: response(rating, lang),
        evidence: rating.evidence.iter().map(proof).collect(),
    }
}

/// Says who wrote, read and published a version.
fn signed(rating: &Rating, lang: &Language) -> String {
    let person = |name: &str| if name.trim().is_empty() { lang.say("person.unknown").to_owned() } else { text(name) };
    let written = [("person", &*person(&rating.by)), ("day", &*lang.date(rating.on))];
    let mut told = vec![lang.fill("signed.written", &written)];
    told.push(match &rating.approved {
        Some(signed) => {
            lang.fill("signed.approved", &[("person", &person(&signed.by)), ("day", &lang.date(signed.on))])
        }
        None => lang.say("signed.alone").to_owned(),
    });
    told.extend(rating.published.as_ref().map(|signed| {
        lang.fill("signed.published", &[("person", &person(&signed.by)), ("day", &lang.date(signed.on))])
    }));
    told.join("; ")
}

/// Says how the speaker was asked for a response, and what came of it.
fn response(rating: &Rating, lang: &Language) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for one in &rating.response {
        let (words, on) = (text(&one.words), lang.date(one.on));
        told.push(match one.step {
            Asked::Asked => lang.fill("response.asked", &[("words", &words), ("day", &on)]),
            Asked::Answered => lang.fill("response.answered", &[("words", &words), ("day", &on)]),
        });
    }
    if rating.response.is_empty() {
        told.push(lang.say("response.unasked").to_owned());
    } else if rating.response.iter().all(|one| one.step == Asked::Asked) {
        let day = rating.published.as_ref().map_or(rating.on, |signed| signed.on);
        told.push(lang.fill("response.none", &[("day", &lang.date(day))]));
    }
    told
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
