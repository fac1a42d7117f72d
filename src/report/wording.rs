//! How a report words its facts: standings, kinds of dispute, speakers, in the sentences of its language.

use crate::attribution::{Kind, Quotation};
use crate::date::{Date, Precision};
use crate::report::contradictions::{Dispute, DisputeKind};
use crate::report::language::Language;
use crate::report::statement::{Standing, Statement};
use crate::report::visible::visible;

impl Language {
    /// Returns the standing in words; a machine's suggestion never sounds like a finding.
    pub(super) fn standing(&self, standing: &Standing) -> String {
        match standing {
            Standing::Suggested => self.say("standing.suggested").to_owned(),
            Standing::Confirmed { by, on, .. } => {
                self.fill("standing.confirmed", &[("name", &visible(by)), ("day", &self.date(*on))])
            }
            Standing::Rejected { by, on, .. } => {
                self.fill("standing.rejected", &[("name", &visible(by)), ("day", &self.date(*on))])
            }
        }
    }

    /// Returns the type of a dispute: its name, and what the name means.
    pub(super) fn dispute(&self, kind: DisputeKind) -> (&'static str, &'static str) {
        match kind {
            DisputeKind::ChangeOfPosition => (self.say("dispute.change"), self.say("dispute.change.means")),
            DisputeKind::Dispute => (self.say("dispute.dispute"), self.say("dispute.dispute.means")),
            DisputeKind::Denial => (self.say("dispute.denial"), self.say("dispute.denial.means")),
        }
    }

    /// Says in a sentence what makes two statements contradict one another.
    pub(super) fn explanation(&self, dispute: &Dispute) -> String {
        let (first, second) = (self.speaker(&dispute.earlier), self.speaker(&dispute.later));
        // What was found begins with its sort, which the sentence says itself.
        let found = visible(dispute.summary.trim());
        let found = ["change of position: ", "dispute: ", "denial: "]
            .iter()
            .find_map(|sort| found.strip_prefix(sort))
            .unwrap_or(&found);
        let found = found.trim_end_matches('.');
        let on = |statement: &Statement| {
            let day = statement.said.date.or(statement.article.published);
            let known = |day: Date| {
                let key = if day.precision() == Precision::Day { "date.on" } else { "date.in" };
                self.fill(key, &[("day", &self.date(day))])
            };
            day.map_or_else(|| self.say("date.unknown").to_owned(), known)
        };
        let opened = match dispute.kind {
            DisputeKind::ChangeOfPosition => {
                let (earlier, later) = (on(&dispute.earlier), on(&dispute.later));
                self.fill("explained.change", &[("name", &second), ("later", &later), ("earlier", &earlier)])
            }
            DisputeKind::Dispute => {
                let suggested = dispute.standing == Standing::Suggested;
                let key = if suggested { "explained.dispute.suggested" } else { "explained.dispute" };
                self.fill(key, &[("first", &first), ("second", &second)])
            }
            DisputeKind::Denial => self.fill("explained.denial", &[("first", &first), ("second", &second)]),
        };
        // Who answers whom is said already.
        let said = dispute.kind == DisputeKind::Denial && found.contains(" answers what ");
        if found.is_empty() || said || dispute.confidence.is_none() {
            self.fill("explained.end", &[("opened", &opened)])
        } else {
            self.fill("explained.found", &[("opened", &opened), ("found", &self.kept(found))])
        }
    }

    /// Returns how the words came to the page.
    pub(super) fn quotation(&self, quotation: Quotation) -> &'static str {
        match quotation {
            Quotation::Direct => self.say("quotation.direct"),
            Quotation::Mixed => self.say("quotation.mixed"),
            Quotation::Indirect => self.say("quotation.indirect"),
        }
    }

    /// Returns what kind of speech act it was; a plain statement needs no word.
    pub(super) fn kind(&self, kind: Kind) -> Option<&'static str> {
        match kind {
            Kind::Statement => None,
            Kind::Denial => Some(self.say("kind.denial")),
            Kind::Question => Some(self.say("kind.question")),
            Kind::Demand => Some(self.say("kind.demand")),
            Kind::Promise => Some(self.say("kind.promise")),
            Kind::Forecast => Some(self.say("kind.forecast")),
            Kind::Belief => Some(self.say("kind.belief")),
            Kind::Refusal => Some(self.say("kind.refusal")),
            Kind::Accusation => Some(self.say("kind.accusation")),
        }
    }

    /// Returns when a statement was said, in words; `None` when that is the day of publication and no more is known.
    pub(super) fn said(&self, statement: &Statement) -> Option<String> {
        let written = visible(statement.said.written.trim());
        match (statement.said.date, written.as_ref()) {
            (None, "") => None,
            (None, written) => Some(self.fill("said.unresolved", &[("words", written)])),
            (Some(meant), "") => (Some(meant) != statement.article.published).then(|| self.date(meant)),
            (Some(meant), written) => {
                Some(self.fill("said.resolved", &[("day", &self.date(meant)), ("words", written)]))
            }
        }
    }

    /// Returns the name to put beside a quotation, with whoever else tells that it was said.
    pub(super) fn speaker(&self, statement: &Statement) -> String {
        let reporter = visible(statement.according_to.trim());
        let name = self.named(statement);
        if reporter.is_empty() {
            name
        } else {
            self.fill("speaker.according", &[("name", &name), ("reporter", &reporter)])
        }
    }

    fn named(&self, statement: &Statement) -> String {
        match &statement.speaker {
            Some(speaker) => visible(speaker.name.trim()).into_owned(),
            None if statement.source_words.trim().is_empty() => self.say("speaker.unnamed").to_owned(),
            None => self.fill("speaker.unresolved", &[("words", &visible(statement.source_words.trim()))]),
        }
    }
}
