//! An [`Attribution`](crate::attribution::Attribution) becomes a [`Claim`]: the record that is stored, matched and compared.

use crate::attribution::{Category, Kind, Quotation};
use crate::date::{Date, When};
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use serde::{Deserialize, Serialize};

/// The person, body or unnamed source behind a claim, as one article shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimant {
    pub name: String,
    pub category: Category,
    /// The title or role the article gives, longest first mention: "Foreign Ministry spokesman".
    pub title: Option<String>,
    /// Every other form used in the article: "Faisal", "the spokesman".
    pub aliases: Vec<String>,
}

/// One attributed claim with its evidence; spans count code points of the article's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The exact words of the content; pieces are joined by ` [...] `.
    pub words: String,
    pub content: Spans,
    pub cue: Spans,
    pub cue_words: String,
    pub source: Option<Spans>,
    /// The source as written ("The spokesman"), or empty.
    pub source_words: String,
    pub claimant: Option<Claimant>,
    /// Names the claimant may be when it could not be told.
    pub candidates: Vec<String>,
    /// The sentences that hold the whole attribution.
    pub sentence: Span,
    pub kind: Kind,
    pub quotation: Quotation,
    pub said: When,
    pub published: Option<Date>,
    /// Number, in the list `claims` returns, of the claim this one answers.
    pub answers: Option<usize>,
    pub score: Score,
    pub because: Vec<Reason>,
}

/// Makes the claims of an article from its attributions (paragraphs only: headlines and furniture are no claims).
pub fn claims(
    _article: &crate::article::Article,
    _document: &crate::text::Document,
    _found: &crate::attribution::Attributions,
) -> Vec<Claim> {
    Vec::new()
}
