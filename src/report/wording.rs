//! How a report words its facts: dates, counts, standings, kinds of dispute, in plain English sentences.

use crate::attribution::{Kind, Quotation};
use crate::date::{Date, Precision};
use crate::report::contradictions::{Dispute, DisputeKind};
use crate::report::statement::{Standing, Statement};
use crate::report::visible::visible;

/// Returns `5 July 2018`, `July 2018` or `2018`.
pub fn date(date: Date) -> String {
    let pattern = match date.precision() {
        Precision::Day => "%-d %B %Y",
        Precision::Month => "%B %Y",
        Precision::Year => "%Y",
    };
    date.first().format(pattern).to_string()
}

/// Returns `1 article`, `2 articles`; for nouns whose plural adds an s.
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Joins with commas and a last "and".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Returns the standing in words; a machine's suggestion never sounds like a finding.
pub fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Suggested => "Suggested by machine, not reviewed".to_owned(),
        Standing::Confirmed { by, on, .. } => format!("Confirmed by {} on {}", visible(by), date(*on)),
        Standing::Rejected { by, on, .. } => format!("Rejected by {} on {}", visible(by), date(*on)),
    }
}

/// Returns the type of a dispute: its name, and what the name means.
pub const fn dispute(kind: DisputeKind) -> (&'static str, &'static str) {
    match kind {
        DisputeKind::ChangeOfPosition => ("Change of position", "the same speaker says otherwise at a later time"),
        DisputeKind::Dispute => ("Dispute", "two speakers say things that exclude each other"),
        DisputeKind::Denial => ("Denial", "one speaker denies what another alleges"),
    }
}

/// Says in a sentence what makes two statements contradict one another.
pub fn explanation(dispute: &Dispute) -> String {
    let (earlier, later) = (speaker(&dispute.earlier), speaker(&dispute.later));
    // What was found begins with its sort, which the sentence says itself.
    let found = visible(dispute.summary.trim());
    let found = ["change of position: ", "dispute: ", "denial: "]
        .iter()
        .find_map(|sort| found.strip_prefix(sort))
        .unwrap_or(&found);
    let found = found.trim_end_matches('.');
    let on = |statement: &Statement| {
        let day = statement.said.date.or(statement.article.published);
        day.map_or_else(|| "on a day that is not known".to_owned(), |day| format!("on {}", date(day)))
    };
    let opened = match dispute.kind {
        DisputeKind::ChangeOfPosition => {
            format!("{later} said something else {} than {}", on(&dispute.later), on(&dispute.earlier))
        }
        DisputeKind::Dispute => format!("What {earlier} and {later} say cannot both be so"),
        DisputeKind::Denial => format!("{later} denies what {earlier} said"),
    };
    // Who answers whom is said already.
    let found = if dispute.kind == DisputeKind::Denial && found.contains(" answers what ") { "" } else { found };
    if found.is_empty() { format!("{opened}.") } else { format!("{opened}: {found}.") }
}

/// Returns how the words came to the page.
pub const fn quotation(quotation: Quotation) -> &'static str {
    match quotation {
        Quotation::Direct => "direct quotation",
        Quotation::Mixed => "paraphrase with words quoted",
        Quotation::Indirect => "paraphrase by the outlet",
    }
}

/// Returns what kind of speech act it was; a plain statement needs no word.
pub const fn kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Statement => None,
        Kind::Denial => Some("denial"),
        Kind::Question => Some("question"),
        Kind::Demand => Some("demand"),
        Kind::Promise => Some("promise"),
        Kind::Forecast => Some("forecast"),
        Kind::Belief => Some("belief or wish"),
        Kind::Refusal => Some("refusal to comment"),
        Kind::Accusation => Some("accusation"),
    }
}

/// Returns when a statement was said, in words; `None` when that is the day of publication and no more is known.
pub fn said(statement: &Statement) -> Option<String> {
    let written = visible(statement.said.written.trim());
    match (statement.said.date, written.as_ref()) {
        (None, "") => None,
        (None, written) => Some(format!("“{written}” (date not resolved)")),
        (Some(meant), "") => (Some(meant) != statement.article.published).then(|| date(meant)),
        (Some(meant), written) => Some(format!("{} (“{written}”)", date(meant))),
    }
}

/// Returns the name to put beside a quotation, with whoever else tells that it was said.
pub fn speaker(statement: &Statement) -> String {
    let reporter = visible(statement.according_to.trim());
    let name = named(statement);
    if reporter.is_empty() { name } else { format!("{name} (according to {reporter})") }
}

fn named(statement: &Statement) -> String {
    match &statement.speaker {
        Some(speaker) => visible(speaker.name.trim()).into_owned(),
        None if statement.source_words.trim().is_empty() => "an unnamed source".to_owned(),
        None => format!("“{}” (speaker not resolved)", visible(statement.source_words.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_counts_read_as_english() {
        let shown = ["2018-07-05", "2018-07", "2018"].map(|written| date(Date::parse_iso(written).unwrap()));
        assert_eq!(shown, ["5 July 2018", "July 2018", "2018"]);
        assert_eq!([count(0, "claim"), count(1, "claim"), count(2, "claim")], ["0 claims", "1 claim", "2 claims"]);
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(
            [list(&items[..0]), list(&items[..1]), list(&items[..2]), list(&items)],
            ["", "a", "a and b", "a, b and c"]
        );
    }
}
