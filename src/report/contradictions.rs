//! The value of the contradiction report: what it covers, the disputes, the repeats and the verdicts.
//!
//! It is plain data that serialises to JSON and back; [`crate::report::render`] makes the documents.

use crate::date::Date;
use crate::relation::{Ledger, Link, RelationKind};
use crate::report::revised::Revised;
use crate::report::statement::{Source, Standing, Statement, Verdict};
use crate::report::timeline::Timeline;
use crate::score::{Reason, Score};
use serde::{Deserialize, Serialize};

/// The contradiction report of a desk, or of the part of it a filter leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contradictions {
    /// What the report is about: "Lena Orlova", "the story talks"; empty for the whole desk.
    #[serde(default)]
    pub subject: String,
    /// The claim that it is about, where it is about one: `c41`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// That claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Statement>,
    /// The headline a person gave; empty: it is made of the findings, and said to be.
    pub title: String,
    /// The first sentences as a person wrote them; empty as above.
    #[serde(default)]
    pub summary: String,
    /// The address it is to be published at.
    #[serde(default)]
    pub address: Option<String>,
    pub made_on: Date,
    /// Who made it, or empty.
    pub made_by: String,
    /// The program and its version: "onrecord 0.1.0".
    pub made_with: String,
    /// The filter as the person wrote it; empty when the report covers the whole desk.
    pub filter: String,
    /// Every article the report covers, cited or not.
    pub articles: Vec<Source>,
    /// How many claims the report covers.
    pub claims: usize,
    /// One a finding, in the order they are to be shown; rejected ones are counted, not shown.
    pub disputes: Vec<Dispute>,
    /// Updated figures: no contradictions.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Articles that were changed after they were published, and say nothing of it.
    #[serde(default)]
    pub revised: Vec<Revised>,
    /// Repeats that a person reviewed.
    pub repeats: Vec<Repeat>,
    /// Repeats that the machine suggests.
    #[serde(default)]
    pub repeats_suggested: Vec<Repeat>,
    /// Whether what nobody reviewed is part of the report.
    #[serde(default)]
    pub suggestions: Suggestions,
    pub verdicts: Vec<Verdict>,
    /// Who holds what since when; filled where the report is about a speaker or a story.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Its claims over time, with those that contradict an earlier one; filled where the report is about a story.
    #[serde(default, skip_serializing_if = "Timeline::is_empty")]
    pub over_time: Timeline,
    /// Further notes on how this report was made: settings, thresholds, warnings of loading; one paragraph each.
    pub notes: Vec<String>,
}

/// What sort of opposition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeKind {
    /// The same speaker, later, says otherwise.
    ChangeOfPosition,
    /// Two speakers say opposite things.
    Dispute,
    /// One speaker denies what another alleges.
    Denial,
}

/// Two statements that stand against each other, and why the desk says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// `m9`.
    pub id: String,
    pub kind: DisputeKind,
    pub standing: Standing,
    /// The pair of statements that tells it best.
    pub earlier: Statement,
    pub later: Statement,
    /// Where more statements tell it: all of them, in the order in which they were said.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// One line for a person: what turns the one against the other.
    pub summary: String,
    pub because: Vec<Reason>,
    /// Links between words of the earlier (`a`) and the later (`b`) statement.
    pub alignment: Vec<Link>,
    /// The words that turn the polarity of the earlier (`a`) and the later (`b`) statement.
    #[serde(default)]
    pub ledger: Ledger,
    /// What may explain the difference without a contradiction.
    pub innocent: Vec<String>,
    /// None where a person recorded it: it is no machine's then.
    pub confidence: Option<Score>,
    /// Republications of either side elsewhere: the same words in another outlet, counted once.
    pub republished: Vec<Source>,
}

impl Dispute {
    /// Returns its statements in the order in which they were said.
    pub fn said(&self) -> Vec<&Statement> {
        if self.statements.is_empty() { vec![&self.earlier, &self.later] } else { self.statements.iter().collect() }
    }
}

/// Whether suggestions stand in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggestions {
    /// Only what a person confirmed.
    #[default]
    LeftOut,
    /// In a part of their own.
    Shown,
}

/// One measure with its figures over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// `m9`.
    pub id: String,
    pub standing: Standing,
    /// Oldest first.
    pub figures: Vec<Figure>,
}

/// One figure of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// As the statement gives it: "1.5 billion crowns".
    pub value: String,
    pub statement: Statement,
}

/// What one speaker holds on one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub speaker: String,
    /// The title then held, or empty.
    pub title: String,
    /// In which words, the last time.
    pub words: String,
    pub since: Option<Date>,
    pub last: Option<Date>,
    /// How often it was said; copies that another outlet carried are not counted.
    pub times: usize,
    /// The day on which the speaker said otherwise.
    pub changed: Option<Date>,
    /// The day of the opposite position that the speaker left for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<Date>,
    /// Nobody confirmed that change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suggested: bool,
    /// What readers know it was rated, or empty.
    #[serde(default)]
    pub rating: String,
    /// What it is rated in a verdict that is not published, where drafts are told, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub draft: String,
}

/// One position said again: its occasions, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    pub occasions: Vec<Occasion>,
}

/// One time it was said; republications of the same wire copy are no further occasions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Occasion {
    pub statement: Statement,
    /// How the words stand to the first occasion: repeat or reworded; `None` on the first.
    pub relation: Option<RelationKind>,
    /// Who stands behind the link to the occasions before.
    pub standing: Standing,
    /// The outlets that carried the same copy.
    pub republished: Vec<Source>,
}
