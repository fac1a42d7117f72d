//! What a report says about itself: who made it and when, what it covers, and its short summary.

use super::cite::text;
use super::headline::{capitalised, clipped, headline, name, standfirst, when};
use super::{Fact, is_shown};
use crate::report::contradictions::{Contradictions, Dispute, DisputeKind, Suggestions};
use crate::report::statement::{Rating, Standing, Verdict};
use crate::report::wording;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn made(report: &Contradictions) -> String {
    let by = if report.made_by.trim().is_empty() { String::new() } else { format!(" by {}", text(&report.made_by)) };
    format!("Made on {}{by} with {}", wording::date(report.made_on), text(&report.made_with))
}

/// Returns the headline, the sentences under it, and who wrote them; what a person gave stands as they gave it.
pub(super) fn headed(report: &Contradictions) -> (String, String, String) {
    let (title, lead) = found(report);
    let nothing = shown(report).is_empty() && rated(report).is_empty();
    let (own_title, own_lead) = (text(&report.title), text(&report.summary));
    let written = match (own_title.is_empty(), own_lead.is_empty()) {
        _ if nothing => "",
        (false, false) => {
            "The headlines of the single findings were written by the program; no person has approved them."
        }
        (false, true) => {
            "The summary and the headlines of the findings were written by the program; no person has approved them."
        }
        (true, false) => "The headlines were written by the program; no person has approved them.",
        (true, true) => "The headlines and the summary were written by the program; no person has approved them.",
    };
    let lead = if own_lead.is_empty() { lead } else { own_lead };
    (if own_title.is_empty() { capitalised(title) } else { own_title }, lead, written.to_owned())
}

/// Makes the headline and the lead: the verdict where the report is about one claim; else what persons found, and apart from
/// it what nobody reviewed.
fn found(report: &Contradictions) -> (String, String) {
    let subject = text(&report.subject);
    let about = |found: String| if subject.is_empty() { found } else { format!("{subject}: {found}") };
    let (confirmed, suggested): (Vec<&Dispute>, Vec<&Dispute>) =
        shown(report).into_iter().partition(|one| matches!(one.standing, Standing::Confirmed { .. }));
    if let Some(judged) = on_the_claim(report) {
        return judged;
    }
    let mut titles = Vec::new();
    let mut leads = Vec::new();
    match confirmed.as_slice() {
        [] => {}
        [one] if suggested.is_empty() => return (headline(one), standfirst(one)),
        many => {
            titles.push(format!("{} on record", wording::list(&kinds(many))));
            leads.push(told(many));
        }
    }
    titles.extend(ratings_told(&rated(report)));
    match (suggested.as_slice(), titles.is_empty()) {
        ([], _) => {}
        ([one], true) => {
            return (format!("Suggested, not reviewed: {}", headline(one)), standfirst(one));
        }
        (many, _) => {
            titles.push(format!("{} suggested, not reviewed", wording::list(&kinds(many))));
            let (what, stand) =
                (wording::count(many.len(), "suggestion"), if many.len() == 1 { "stands" } else { "stand" });
            leads.push(format!("{what} of a machine, which nobody has reviewed, {stand} below."));
        }
    }
    if !titles.is_empty() {
        // A lead says nothing of what nobody reviewed but that it is there.
        let lead = if confirmed.is_empty() { String::new() } else { leads.join(" ") };
        return (about(titles.join("; ")), lead);
    }
    let open = report.disputes.iter().filter(|one| matches!(one.standing, Standing::Suggested)).count();
    let none = match open {
        0 => "no contradiction on record".to_owned(),
        open => format!("nothing confirmed, {} not reviewed", wording::count(open, "suggestion")),
    };
    (about(none), String::new())
}

/// The verdict as a headline, where the report is about a claim that readers know one on.
fn on_the_claim(report: &Contradictions) -> Option<(String, String)> {
    let about = report.claim.as_deref()?;
    let judged = rated(report);
    let own: Vec<&(&Verdict, &Rating)> = judged.iter().filter(|(verdict, _)| verdict.claim.id == about).collect();
    let (verdict, newest) = own.last()?;
    let ratings: Vec<String> = own.iter().map(|(_, rating)| text(&rating.rating)).collect();
    let (who, words) = (name(&verdict.claim), text(&verdict.claim.alone()));
    // "Neither Pryce nor his lawyer would say …" names who spoke.
    let said = if words.starts_with(&who) { words } else { format!("{who}: {words}") };
    let title = format!("{}: {}", wording::list(&ratings), clipped(&said));
    let lead = format!(
        "{} said it {}. Rated {} by {} on {}.",
        capitalised(who),
        when(&verdict.claim),
        text(&newest.rating),
        text(&newest.by),
        wording::date(newest.published.as_ref().map_or(newest.on, |signed| signed.on))
    );
    Some((title, lead))
}

/// The verdicts that readers see, with the version in force.
fn rated(report: &Contradictions) -> Vec<(&Verdict, &Rating)> {
    let in_force = |verdict: &Verdict| verdict.ratings.iter().rposition(|rating| !rating.draft);
    report.verdicts.iter().filter_map(|verdict| Some((verdict, &verdict.ratings[in_force(verdict)?]))).collect()
}

/// Returns `1 statement rated false`, `3 statements rated: 2 false, 1 half true`.
fn ratings_told(rated: &[(&Verdict, &Rating)]) -> Option<String> {
    let mut by_rating: Vec<(String, usize)> = Vec::new();
    for name in rated.iter().map(|(_, rating)| text(&rating.rating)) {
        match by_rating.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => *times += 1,
            None => by_rating.push((name, 1)),
        }
    }
    let claims: BTreeSet<&str> = rated.iter().map(|(verdict, _)| verdict.claim.id.as_str()).collect();
    let statements = wording::count(claims.len(), "statement");
    Some(match by_rating.as_slice() {
        [] => return None,
        [(only, _)] => format!("{statements} rated {only}"),
        all if claims.len() == 1 => {
            format!(
                "{statements} rated {}",
                wording::list(&all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>())
            )
        }
        all => {
            let told: Vec<String> = all.iter().map(|(name, times)| format!("{times} {name}")).collect();
            format!("{statements} rated: {}", told.join(", "))
        }
    })
}

fn shown(report: &Contradictions) -> Vec<&Dispute> {
    report.disputes.iter().filter(|one| is_shown(&one.standing, report)).collect()
}

/// Says in two sentences who is concerned and over which time.
fn told(many: &[&Dispute]) -> String {
    let mut names: Vec<(String, usize)> = Vec::new();
    for later in many.iter().map(|one| name(&one.later)) {
        match names.iter_mut().find(|(known, _)| *known == later) {
            Some((_, times)) => *times += 1,
            None => names.push((later, 1)),
        }
    }
    let more = names.len().saturating_sub(4);
    let mut names: Vec<String> = names.into_iter().take(4).map(|(name, _)| name).collect();
    if more > 0 {
        names.push(wording::count(more, "other"));
    }
    let days = many.iter().flat_map(|one| one.said()).filter_map(|one| one.said.date.or(one.article.published));
    let days: Vec<_> = days.collect();
    let period = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first == last => {
            format!(" Everything cited was said on {}.", wording::date(*first))
        }
        (Some(first), Some(last)) => {
            format!(" Everything cited was said from {} to {}.", wording::date(*first), wording::date(*last))
        }
        _ => String::new(),
    };
    format!("The later statements are by {}.{period}", wording::list(&names))
}

pub(super) fn facts(report: &Contradictions) -> Vec<Fact> {
    let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
    for article in &report.articles {
        let outlet = article.outlet.as_deref().map_or_else(|| "outlet not known".to_owned(), text);
        *outlets.entry(outlet).or_default() += 1;
    }
    let mut outlets: Vec<(String, usize)> = outlets.into_iter().collect();
    outlets.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
    let outlets: Vec<String> = outlets.into_iter().map(|(name, articles)| format!("{name} ({articles})")).collect();
    let mut dates: Vec<_> = report.articles.iter().filter_map(|article| article.published).collect();
    dates.sort_unstable();
    let period = match (dates.first(), dates.last()) {
        (Some(&first), Some(&last)) if first == last => wording::date(first),
        (Some(&first), Some(&last)) => format!("{} to {}", wording::date(first), wording::date(last)),
        _ => "no article has a date".to_owned(),
    };
    let undated = report.articles.len() - dates.len();
    let period = if undated > 0 && !dates.is_empty() {
        format!("{period}; {} without a date", wording::count(undated, "article"))
    } else {
        period
    };
    let filter = if report.filter.trim().is_empty() { "none: the whole desk".to_owned() } else { text(&report.filter) };
    vec![
        Fact {
            name: "Articles",
            value: format!(
                "{}, {}",
                wording::count(report.articles.len(), "article"),
                wording::count(report.claims, "claim")
            ),
        },
        Fact { name: "Outlets", value: if outlets.is_empty() { "none".to_owned() } else { outlets.join(", ") } },
        Fact { name: "Published", value: period },
        Fact { name: "Filter", value: filter },
    ]
}

pub(super) fn summary(report: &Contradictions) -> Vec<String> {
    let with = |wanted: fn(&Standing) -> bool| report.disputes.iter().filter(|d| wanted(&d.standing)).count();
    let confirmed = with(|standing| matches!(standing, Standing::Confirmed { .. }));
    let waiting = with(|standing| matches!(standing, Standing::Suggested));
    let rejected = with(|standing| matches!(standing, Standing::Rejected { .. }));
    let suggested = if report.suggestions == Suggestions::Shown { waiting } else { 0 };
    let mut sentences = Vec::new();
    if confirmed + suggested == 0 {
        sentences.push("No contradiction in what this report covers was confirmed by a person.".to_owned());
    } else {
        sentences.push(format!(
            "This report shows {}: {}.",
            wording::count(confirmed + suggested, "contradiction"),
            wording::list(&kinds(&shown(report)))
        ));
        sentences.push(match (confirmed, suggested) {
            (1, 0) => "It was confirmed by a person.".to_owned(),
            (0, 1) => "It has not been reviewed by a person: it is a suggestion by a machine.".to_owned(),
            (0, _) => "None of them has been reviewed by a person: all are suggestions by a machine.".to_owned(),
            (_, 0) => "All of them were confirmed by a person.".to_owned(),
            _ => format!("Confirmed by a person: {confirmed}. Suggested by machine and not reviewed: {suggested}."),
        });
    }
    if waiting > suggested {
        let were = if waiting == 1 { "was" } else { "were" };
        let left = wording::count(waiting, "suggestion");
        sentences.push(format!("{left} by a machine {were} not reviewed and {were} left out."));
    }
    if rejected > 0 {
        let were = if rejected == 1 { "was" } else { "were" };
        sentences.push(format!("{} {were} rejected by a person and left out.", wording::count(rejected, "suggestion")));
    }
    let series = report.series.iter().filter(|series| is_shown(&series.standing, report)).count();
    if series > 0 {
        let was = if series == 1 { "measure was" } else { "measures were" };
        sentences.push(format!("{series} {was} given with other figures over time; that is no contradiction."));
    }
    if !report.repeats.is_empty() {
        sentences.push(format!("{} appeared more than once.", wording::count(report.repeats.len(), "position")));
    }
    if !report.revised.is_empty() {
        let was = if report.revised.len() == 1 { "article was" } else { "articles were" };
        sentences.push(format!("{} {was} changed after publication without a notice.", report.revised.len()));
    }
    let published: BTreeSet<&str> = rated(report).iter().map(|(verdict, _)| verdict.claim.id.as_str()).collect();
    if !published.is_empty() {
        sentences.push(
            format!("{} carry a verdict by a person.", wording::count(published.len(), "claim"))
                .replace("1 claim carry", "1 claim carries"),
        );
    }
    let drafts = report.verdicts.iter().flat_map(|verdict| &verdict.ratings).filter(|rating| rating.draft).count();
    if drafts > 0 {
        let is = if drafts == 1 { "is" } else { "are" };
        sentences.push(format!("{} {is} not published and marked as a draft.", wording::count(drafts, "verdict")));
    }
    sentences
}

/// Counts findings, sort by sort.
fn kinds(disputes: &[&Dispute]) -> Vec<String> {
    let kinds = [
        (DisputeKind::ChangeOfPosition, "change of position", "changes of position"),
        (DisputeKind::Dispute, "dispute between speakers", "disputes between speakers"),
        (DisputeKind::Denial, "denial of an allegation", "denials of an allegation"),
    ];
    let counted =
        kinds.iter().filter_map(|&(kind, one, many)| match disputes.iter().filter(|d| d.kind == kind).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            number => Some(format!("{number} {many}")),
        });
    counted.collect()
}
