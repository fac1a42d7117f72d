//! Two claims: do they repeat, update or contradict each other, and in which words?
//!
//! Words are aligned, the polarity of both sides is kept in one ledger, and a contradiction is called only for an opposition that
//! can be named: negation, stance, antonym, words that exclude one another, or numbers that do. What lies outside the words
//! (clashing values, indirect inconsistencies) is never called a contradiction here.
//!
//! ```
//! use onrecord::relation::{RelationKind, Side, relate};
//! let a = Side { text: "The council will close the harbour.", ..Side::default() };
//! let b = Side { text: "The council will not close the harbour.", ..Side::default() };
//! assert_eq!(relate(&a, &b).kind, RelationKind::Contradiction);
//! ```

mod align;
mod arguments;
mod asides;
mod asserts;
mod both_hold;
mod denying;
mod dismissal;
mod explain;
mod figure;
mod judge;
mod ledger;
mod limits;
pub mod model;
mod multiples;
mod numeral;
mod oneself;
mod opposition;
mod parsed;
mod passage;
mod position;
mod proposition;
mod quantity;
mod reading;
mod roles;
mod scope;
mod sides;
mod sorts;
mod statements;
mod syntax;
mod vetoes;
mod weigh;
mod words;

pub use asserts::asserts_same;
pub use parsed::Parsed;
pub use weigh::FEATURES;

use crate::date::Date;
use crate::score::{Reason, Score};
use serde::{Deserialize, Serialize};

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    Repeat,
    Reworded,
    /// The same measure at another time: a new figure for the same thing.
    Update,
    Contradiction,
    /// Worth looking at side by side, but not called a contradiction: only a person makes it one.
    Offered,
    Related,
    Unrelated,
}

/// One side of a comparison; only `text` is needed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Side<'a> {
    pub text: &'a str,
    pub speaker: Option<&'a str>,
    /// The speaker's office, when known: "the minister" may be a housing minister who speaks of himself.
    pub title: Option<&'a str>,
    pub date: Option<Date>,
    /// The cue, when known: "denied that" turns what follows around.
    pub cue: Option<&'a str>,
    /// `Some(true)` for words in quotation marks, `Some(false)` for a paraphrase.
    pub direct: Option<bool>,
}

/// How one pair of words or numbers of the two sides is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    Exact,
    Stem,
    Synonym,
    Antonym,
    Number,
    Entity,
}

/// One link of the alignment, with the words as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub a: String,
    pub b: String,
    pub kind: LinkKind,
}

/// One entry of the polarity ledger: a word that turns or keeps the polarity of what it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The word as written.
    pub word: String,
    /// `negator`, `implicative`, `stance` or `denial` (a cue outside the words).
    pub family: String,
    /// Whether it turns what it reaches around.
    pub turns: bool,
    /// The words it reaches.
    pub reach: String,
}

/// The polarity ledger of both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub a: Vec<Step>,
    pub b: Vec<Step>,
}

/// The answer: kind, confidence that the two contradict, reasons, alignment and innocent explanations.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    pub kind: RelationKind,
    /// Confidence that the two contradict one another.
    pub score: Score,
    /// One line for a person: `"denied" turns around "has influence"`.
    pub summary: String,
    pub because: Vec<Reason>,
    pub alignment: Vec<Link>,
    /// "other period", "paraphrase by the outlet": what may explain the difference without a contradiction.
    pub innocent: Vec<String>,
    /// The words that turn polarity, on each side.
    pub ledger: Ledger,
}

impl Relation {
    fn unrelated() -> Self {
        Self {
            kind: RelationKind::Unrelated,
            score: Score::default(),
            summary: String::new(),
            because: Vec::new(),
            alignment: Vec::new(),
            innocent: Vec::new(),
            ledger: Ledger::default(),
        }
    }
}

/// Tells whether a reason is a feature's part in the confidence (in log-odds), and not something that a person is told.
pub fn is_contribution(reason: &crate::score::Reason) -> bool {
    weigh::FEATURES.contains(&reason.rule.as_ref())
}

/// Compares two claims; `a` is the earlier one where dates are known.
///
/// Reads both texts anew; for many comparisons read each claim once with [`Parsed::of`] and use [`relate_parsed`].
pub fn relate(a: &Side<'_>, b: &Side<'_>) -> Relation {
    relate_parsed(&Parsed::of(a), &Parsed::of(b))
}

/// Compares two claims that were read before; `a` is the earlier one where dates are known.
pub fn relate_parsed(a: &Parsed, b: &Parsed) -> Relation {
    let whole =
        best(a, b).map(|(alignment, finding)| explain::explain(a, b, &alignment, &placed(a, b, &alignment, finding)));
    let whole = whole.unwrap_or_else(Relation::unrelated);
    by_statements(a, b, &whole).unwrap_or(whole)
}

/// As [`relate_parsed`], for who wants nothing of two claims that are related at most: gives up where that is known before the
/// sentences are parsed, which is nearly always.
pub fn relate_closely(a: &Parsed, b: &Parsed) -> Option<Relation> {
    let (alignment, finding) = best(a, b)?;
    let apart = explain::are_related_at_most(a, b, &finding);
    let whole = (!apart).then(|| explain::explain(a, b, &alignment, &placed(a, b, &alignment, finding)));
    by_statements(a, b, whole.as_ref().unwrap_or(&Relation::unrelated())).or(whole)
}

/// Relates two claims by the statements that they make, where the claims as wholes do not settle what they are to one another.
fn by_statements(a: &Parsed, b: &Parsed, whole: &Relation) -> Option<Relation> {
    match whole.kind {
        RelationKind::Related | RelationKind::Unrelated => statements::relate(a, b),
        // Half of a quotation may be the same and the other half the reverse.
        RelationKind::Repeat => statements::opposed(a, b),
        RelationKind::Reworded => statements::opposed(a, b).or_else(|| statements::restated(a, b)),
        _ => None,
    }
}

/// Returns the weights that a pair is judged by (`negation`, `stance` …, and `passage` where a short sentence is held against a
/// long passage) and the features they are learnt from, in the order of [`FEATURES`]; nothing without an opposition.
pub fn features(a: &Parsed, b: &Parsed) -> (Vec<&'static str>, [f64; FEATURES.len()]) {
    let found = best(a, b).filter(|(_, finding)| finding.opposition != judge::Opposition::None);
    let Some((alignment, finding)) = found else { return (Vec::new(), [0.0; FEATURES.len()]) };
    let finding = placed(a, b, &alignment, finding);
    let own = weigh::Group::Opposition(finding.opposition).name();
    let passage = finding.passage.map(|_| weigh::Group::Passage.name());
    (std::iter::once(own).chain(passage).collect(), weigh::features(a, b, &alignment, &finding))
}

/// Sentences compared of each side.
const SENTENCES: usize = 8;

/// Aligns and judges the pair of sentences that shares most.
fn best(a: &Parsed, b: &Parsed) -> Option<(align::Alignment, judge::Finding)> {
    let mut found: Option<(f32, align::Alignment, judge::Finding)> = None;
    for of_a in a.content.iter().take(SENTENCES) {
        for of_b in b.content.iter().take(SENTENCES) {
            let alignment = align::align(a, of_a, b, of_b);
            if alignment.pairs.is_empty() {
                continue;
            }
            let finding = judge::judge(a, b, &alignment);
            let opposed = if finding.opposition == judge::Opposition::None { 0.0 } else { 1.0 };
            let merit = finding.shared + opposed;
            if found.as_ref().is_none_or(|&(best, ..)| merit > best) {
                found = Some((merit, alignment, finding));
            }
        }
    }
    let (_, alignment, mut finding) = found?;
    roles::apply(a, b, &alignment, &mut finding);
    sides::apply(a, b, &alignment, &mut finding);
    Some((alignment, finding))
}

/// Adds to a finding in which proposition its opposition lies: both claims are parsed for that.
fn placed(a: &Parsed, b: &Parsed, alignment: &align::Alignment, mut finding: judge::Finding) -> judge::Finding {
    if finding.opposition != judge::Opposition::None {
        finding.proposition = proposition::compare(a, b, alignment, &finding);
    }
    finding
}

/// Returns the sentences of a claim and the pieces of its quotation, in order.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    statements::sentences(text).into_iter().map(|range| &text[range])
}

/// Returns the stems of a text, each as its hash and how rare it is: the logarithm of paragraphs for one with it.
pub fn stems(text: &str) -> impl Iterator<Item = (u64, f32)> {
    let mut reading = reading::Reading::new(text);
    reading.split();
    reading.words.into_iter().map(|word| (word.stem, word.weight))
}

#[cfg(test)]
mod tests;
