//! What a report says about itself: who made it and when, what it covers, and its short summary.

use super::cite::text;
use super::headline::{capitalised, clipped, headline, name, on, standfirst, when};
use super::{Fact, is_shown};
use crate::report::contradictions::{Contradictions, Dispute, DisputeKind, Suggestions};
use crate::report::language::Language;
use crate::report::statement::{Rating, Standing, Statement, Verdict};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn made(report: &Contradictions, lang: &Language) -> String {
    let (day, program, person) = (lang.date(report.made_on), text(&report.made_with), text(&report.made_by));
    let places = [("day", &*day), ("program", &*program), ("person", &*person)];
    if person.is_empty() { lang.fill("made", &places) } else { lang.fill("made.by", &places) }
}

/// Returns the headline, the sentences under it, and who wrote them; what a person gave stands as they gave it.
pub(super) fn headed(report: &Contradictions, lang: &Language) -> (String, String, String) {
    let (title, lead) = found(report, lang);
    let nothing = shown(report).is_empty() && rated(report).is_empty();
    let (own_title, own_lead) = (text(&report.title), text(&report.summary));
    let written = match (own_title.is_empty(), own_lead.is_empty()) {
        _ if nothing => "",
        (false, false) => lang.say("written.findings"),
        (false, true) => lang.say("written.summary"),
        (true, false) => lang.say("written.headlines"),
        (true, true) => lang.say("written.all"),
    };
    let lead = if own_lead.is_empty() { lead } else { own_lead };
    (if own_title.is_empty() { capitalised(title) } else { own_title }, lead, written.to_owned())
}

/// Makes the headline and the lead: the verdict where the report is about one claim; else what persons found, and apart from
/// it what nobody reviewed.
fn found(report: &Contradictions, lang: &Language) -> (String, String) {
    let subject = text(&report.subject);
    let about = |found: String| {
        let named = subject.is_empty() || found.contains(&*subject);
        if named { found } else { lang.fill("about", &[("subject", &subject), ("found", &found)]) }
    };
    let (confirmed, suggested): (Vec<&Dispute>, Vec<&Dispute>) =
        shown(report).into_iter().partition(|one| matches!(one.standing, Standing::Confirmed { .. }));
    if let Some(judged) = on_the_claim(report, lang) {
        return judged;
    }
    let mut titles = Vec::new();
    let mut leads = Vec::new();
    match confirmed.as_slice() {
        [] => {}
        [one] if suggested.is_empty() => return (headline(one, lang), standfirst(one, lang)),
        many => {
            titles.push(leading(many, lang));
            let kinds = lang.fill("found.confirmed", &[("kinds", &lang.list(&kinds(many, lang)))]);
            leads.extend([capitalised(kinds), told(many, lang)]);
        }
    }
    titles.extend(ratings_told(&rated(report), lang));
    match (suggested.as_slice(), titles.is_empty()) {
        ([], _) => {}
        ([one], true) => {
            return (lang.fill("found.one", &[("headline", &headline(one, lang))]), standfirst(one, lang));
        }
        (many, _) => {
            titles.push(lang.fill("found.suggested", &[("kinds", &lang.list(&kinds(many, lang)))]));
            let suggestions = lang.count(many.len(), "count.suggestion");
            let places = [("suggestions", &*suggestions)];
            let one = many.len() == 1;
            leads.push(if one { lang.fill("found.stands", &places) } else { lang.fill("found.stand", &places) });
        }
    }
    if !titles.is_empty() {
        // A lead says nothing of what nobody reviewed but that it is there.
        let lead = if confirmed.is_empty() { String::new() } else { leads.join(" ") };
        return (about(titles.join("; ")), lead);
    }
    let open = report.disputes.iter().filter(|one| matches!(one.standing, Standing::Suggested)).count();
    if let Some(claim) = &report.about {
        let lead = match open {
            0 => lang.say("claim.none").to_owned(),
            open => lang.fill("claim.open", &[("suggestions", &lang.count(open, "count.suggestion"))]),
        };
        return (clipped(&said(claim, lang)), lead);
    }
    let none = match open {
        0 => lang.say("found.none").to_owned(),
        open => lang.fill("found.open", &[("suggestions", &lang.count(open, "count.suggestion"))]),
    };
    (about(none), String::new())
}

/// Tells the weightiest of what persons found, a change of position before all else, and how much more there is.
fn leading(confirmed: &[&Dispute], lang: &Language) -> String {
    let changed = confirmed.iter().find(|one| one.kind == DisputeKind::ChangeOfPosition);
    let first = changed.or(confirmed.first()).map_or_else(String::new, |one| headline(one, lang));
    match confirmed.len() - 1 {
        0 => first,
        more => {
            let more = lang.count(more, "count.contradiction");
            lang.fill("found.more", &[("headline", &first), ("contradictions", &more)])
        }
    }
}

/// The verdict as a headline, where the report is about a claim that readers know one on.
fn on_the_claim(report: &Contradictions, lang: &Language) -> Option<(String, String)> {
    let about = report.claim.as_deref()?;
    let judged = rated(report);
    let own: Vec<&(&Verdict, &Rating)> = judged.iter().filter(|(verdict, _)| verdict.claim.id == about).collect();
    let (verdict, newest) = own.last()?;
    let ratings: Vec<String> = own.iter().map(|(_, rating)| text(&rating.rating)).collect();
    let said = said(&verdict.claim, lang);
    let title = lang.fill("claim.title", &[("ratings", &lang.list(&ratings)), ("said", &clipped(&said))]);
    let (name, when) = (capitalised(name(&verdict.claim, lang)), when(&verdict.claim, lang));
    let (rating, person) = (text(&newest.rating), text(&newest.by));
    let day = on(newest.published.as_ref().map_or(newest.on, |signed| signed.on), lang);
    let places = [("name", &*name), ("when", &*when), ("rating", &*rating), ("person", &*person), ("day", &*day)];
    Some((title, lang.fill("claim.lead", &places)))
}

/// Who said what, in a line.
fn said(claim: &Statement, lang: &Language) -> String {
    let (who, words) = (name(claim, lang), text(&claim.alone()));
    // "Neither Pryce nor his lawyer would say …" names who spoke.
    let says_who = words.starts_with(&who);
    if says_who { words } else { lang.fill("claim.said", &[("name", &who), ("words", &words)]) }
}

/// The verdicts that readers see, with the version in force.
fn rated(report: &Contradictions) -> Vec<(&Verdict, &Rating)> {
    let in_force = |verdict: &Verdict| verdict.ratings.iter().rposition(|rating| !rating.draft);
    report.verdicts.iter().filter_map(|verdict| Some((verdict, &verdict.ratings[in_force(verdict)?]))).collect()
}

/// Returns `1 statement rated false`, `3 statements rated: 2 false, 1 half true`.
fn ratings_told(rated: &[(&Verdict, &Rating)], lang: &Language) -> Option<String> {
    let mut by_rating: Vec<(String, usize)> = Vec::new();
    for name in rated.iter().map(|(_, rating)| text(&rating.rating)) {
        match by_rating.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => *times += 1,
            None => by_rating.push((name, 1)),
        }
    }
    let claims: BTreeSet<&str> = rated.iter().map(|(verdict, _)| verdict.claim.id.as_str()).collect();
    let statements = lang.count(claims.len(), "count.statement");
    Some(match by_rating.as_slice() {
        [] => return None,
        all if all.len() == 1 || claims.len() == 1 => {
            let names: Vec<String> = all.iter().map(|(name, _)| name.clone()).collect();
            lang.fill("rated", &[("statements", &statements), ("ratings", &lang.list(&names))])
        }
        all => {
            let told: Vec<String> = all.iter().map(|(name, times)| format!("{times} {name}")).collect();
            lang.fill("rated.each", &[("statements", &statements), ("ratings", &told.join(", "))])
        }
    })
}

fn shown(report: &Contradictions) -> Vec<&Dispute> {
    report.disputes.iter().filter(|one| is_shown(&one.standing, report)).collect()
}

/// Says in two sentences who is concerned and over which time.
fn told(many: &[&Dispute], lang: &Language) -> String {
    let mut names: Vec<(String, usize)> = Vec::new();
    for later in many.iter().map(|one| name(&one.later, lang)) {
        match names.iter_mut().find(|(known, _)| *known == later) {
            Some((_, times)) => *times += 1,
            None => names.push((later, 1)),
        }
    }
    let more = names.len().saturating_sub(4);
    let mut names: Vec<String> = names.into_iter().take(4).map(|(name, _)| name).collect();
    if more > 0 {
        names.push(lang.count(more, "count.other"));
    }
    let days = many.iter().flat_map(|one| one.said()).filter_map(|one| one.said.date.or(one.article.published));
    let days: Vec<_> = days.collect();
    let period = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first == last => Some(lang.fill("found.day", &[("day", &lang.date(*first))])),
        (Some(first), Some(last)) => {
            Some(lang.fill("found.period", &[("first", &lang.date(*first)), ("last", &lang.date(*last))]))
        }
        _ => None,
    };
    let by = lang.fill("found.by", &[("names", &lang.list(&names))]);
    std::iter::once(by).chain(period).collect::<Vec<_>>().join(" ")
}

pub(super) fn facts(report: &Contradictions, lang: &Language) -> Vec<Fact> {
    let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
    for article in &report.articles {
        let outlet = article.outlet.as_deref().map_or_else(|| lang.say("outlet.unknown").to_owned(), text);
        *outlets.entry(outlet).or_default() += 1;
    }
    let mut outlets: Vec<(String, usize)> = outlets.into_iter().collect();
    outlets.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
    let outlets: Vec<String> = outlets.into_iter().map(|(name, articles)| format!("{name} ({articles})")).collect();
    let mut dates: Vec<_> = report.articles.iter().filter_map(|article| article.published).collect();
    dates.sort_unstable();
    let period = match (dates.first(), dates.last()) {
        (Some(&first), Some(&last)) if first == last => lang.date(first),
        (Some(&first), Some(&last)) => {
            lang.fill("date.to", &[("first", &lang.date(first)), ("last", &lang.date(last))])
        }
        _ => lang.say("facts.published.none").to_owned(),
    };
    let undated = report.articles.len() - dates.len();
    let period = if undated > 0 && !dates.is_empty() {
        let articles = lang.count(undated, "count.article");
        lang.fill("facts.undated", &[("period", &period), ("articles", &articles)])
    } else {
        period
    };
    let filter = text(&report.filter);
    let filter = if filter.is_empty() { lang.say("facts.filter.none").to_owned() } else { filter };
    let (articles, claims) =
        (lang.count(report.articles.len(), "count.article"), lang.count(report.claims, "count.claim"));
    vec![
        Fact {
            name: lang.say("facts.articles"),
            value: lang.fill("facts.articles.value", &[("articles", &articles), ("claims", &claims)]),
        },
        Fact {
            name: lang.say("facts.outlets"),
            value: if outlets.is_empty() { lang.say("facts.outlets.none").to_owned() } else { outlets.join(", ") },
        },
        Fact { name: lang.say("facts.published"), value: period },
        Fact { name: lang.say("facts.filter"), value: filter },
    ]
}

pub(super) fn summary(report: &Contradictions, lang: &Language) -> Vec<String> {
    let with = |wanted: fn(&Standing) -> bool| report.disputes.iter().filter(|d| wanted(&d.standing)).count();
    let confirmed = with(|standing| matches!(standing, Standing::Confirmed { .. }));
    let waiting = with(|standing| matches!(standing, Standing::Suggested));
    let rejected = with(|standing| matches!(standing, Standing::Rejected { .. }));
    let suggested = if report.suggestions == Suggestions::Shown { waiting } else { 0 };
    let mut sentences = Vec::new();
    if confirmed + suggested == 0 {
        sentences.push(lang.say("summary.none").to_owned());
    } else {
        let contradictions = lang.count(confirmed + suggested, "count.contradiction");
        let kinds = lang.list(&kinds(&shown(report), lang));
        sentences.push(lang.fill("summary.shows", &[("contradictions", &contradictions), ("kinds", &kinds)]));
        sentences.push(match (confirmed, suggested) {
            (1, 0) => lang.say("summary.confirmed.one").to_owned(),
            (0, 1) => lang.say("summary.suggested.one").to_owned(),
            (0, _) => lang.say("summary.suggested.many").to_owned(),
            (_, 0) => lang.say("summary.confirmed.many").to_owned(),
            _ => {
                let (confirmed, suggested) = (confirmed.to_string(), suggested.to_string());
                lang.fill("summary.mixed", &[("confirmed", &confirmed), ("suggested", &suggested)])
            }
        });
    }
    let series = report.series.iter().filter(|series| is_shown(&series.standing, report)).count();
    let published: BTreeSet<&str> = rated(report).iter().map(|(verdict, _)| verdict.claim.id.as_str()).collect();
    let drafts = report.verdicts.iter().flat_map(|verdict| &verdict.ratings).filter(|rating| rating.draft).count();
    let mut told = |number: usize, key: &str| {
        if number > 0 {
            sentences.push(lang.count(number, key));
        }
    };
    told(waiting - suggested, "summary.waiting");
    told(rejected, "summary.rejected");
    told(series, "summary.series");
    told(report.repeats.len(), "summary.repeats");
    let (beyond, silent): (Vec<_>, Vec<_>) = report.revised.iter().partition(|revised| revised.has_notice());
    told(silent.len(), "summary.revised");
    told(beyond.len(), "summary.revised.beyond");
    told(published.len(), "summary.verdicts");
    told(drafts, "summary.drafts");
    sentences
}

/// Counts findings, sort by sort.
fn kinds(disputes: &[&Dispute], lang: &Language) -> Vec<String> {
    let kinds = [
        (DisputeKind::ChangeOfPosition, "count.changes"),
        (DisputeKind::Dispute, "count.dispute"),
        (DisputeKind::Denial, "count.denial"),
    ];
    let number = |kind: DisputeKind| disputes.iter().filter(|dispute| dispute.kind == kind).count();
    let counted = kinds.iter().map(|&(kind, noun)| (number(kind), noun)).filter(|(number, _)| *number > 0);
    counted.map(|(number, noun)| lang.count(number, noun)).collect()
}
