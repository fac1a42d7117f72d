//! What the store hands out: plain values, ready to be shown or written as JSON. No row can reach back into the database.

use super::id::{ArticleId, ClaimId, NoteId, OperationId, RelationId, SpeakerId, StoryId};
use super::stored::Stored;
use crate::article::{Block, Moment};
use crate::attribution::{Category, Kind, Quotation};
use crate::claim::frame::{Attributed, Chosen, Frame};
use crate::date::{Date, When};
use crate::matching::Tier;
use crate::relation::{Ledger, Link, RelationKind};
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use serde::{Deserialize, Serialize};

pub use super::judged::{
    CheckedBy, EvidenceKind, EvidenceRow, ExternalRating, Move, Precedent, VerdictLabel, VerdictRow, VerdictState,
};
pub use super::stats::Stats;

/// An article without its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleRow {
    pub id: ArticleId,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub dateline: Option<String>,
    pub published: Option<Date>,
    /// Last changed, as it says itself.
    pub updated: Option<Moment>,
    pub url: Option<String>,
    /// Where a copy of the page is kept for good.
    pub archive: Option<String>,
    /// The address as addresses are compared.
    #[serde(skip)]
    pub address: Option<String>,
    /// ISO 639-3 code.
    pub language: Option<String>,
    /// Where the bytes came from: a path, a URL, or `-`.
    pub path: String,
    /// SHA-256 of the text, in hexadecimal.
    pub hash: String,
    /// Which reader found the attributions: `rules`, `fast`, `deep`.
    pub reader: String,
    pub warnings: Vec<String>,
    /// The article that this one is a revision of.
    pub revises: Option<ArticleId>,
    /// Number of live claims.
    pub claims: usize,
    pub stories: Vec<Named<StoryId>>,
    pub tags: Vec<String>,
}

/// An article with its text and blocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleText {
    pub article: ArticleRow,
    pub text: String,
    pub blocks: Vec<Block>,
}

/// An id with the name that goes with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named<I> {
    pub id: I,
    pub name: String,
}

fn is_asserted(status: &Stored<crate::attribution::Status>) -> bool {
    status.is(crate::attribution::Status::Asserted)
}

/// One claim with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimRow {
    pub id: ClaimId,
    pub words: String,
    pub kind: Stored<Kind>,
    /// Whether the article asserts that it was said.
    #[serde(skip_serializing_if = "is_asserted")]
    pub status: Stored<crate::attribution::Status>,
    pub quotation: Stored<Quotation>,
    /// The cue as written, or empty.
    pub cue_words: String,
    /// The source as written, or empty.
    pub source_words: String,
    /// `None` when nobody is named or it could not be told.
    pub speaker: Option<Named<SpeakerId>>,
    pub category: Option<Stored<Category>>,
    /// Who tells, in the article, that it was said, where that is another speaker; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub according_to: String,
    /// The fullest name this article gives the speaker, or empty.
    pub named: String,
    /// The title the speaker has in this article, or empty.
    pub title: String,
    /// Names the speaker may be, when it could not be told.
    pub candidates: Vec<String>,
    /// `None` for an imported claim.
    pub article: Option<ArticleId>,
    pub article_title: Option<String>,
    /// Address of the article.
    pub link: Option<String>,
    /// Outlet of the article, or origin of the import; empty when unknown.
    pub outlet: String,
    pub published: Option<Date>,
    pub said: When,
    /// The words of the sentences that hold the attribution.
    pub sentence: String,
    /// Code points of the article's text, end exclusive.
    pub sentence_span: Span,
    pub content: Spans,
    pub cue: Spans,
    pub source: Option<Spans>,
    pub score: Score,
    pub because: Vec<Reason>,
    pub reader: String,
    /// The claim that this one answers (a denial and its allegation).
    pub answers: Option<ClaimId>,
    /// The newest verdict in effect on each scale.
    pub verdicts: Vec<VerdictLabel>,
    pub ratings: Vec<ExternalRating>,
    /// What others, or this desk in public, found about claims that say the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<CheckedBy>,
    pub stories: Vec<Named<StoryId>>,
    /// Its own, and those of its article.
    pub tags: Vec<String>,
    /// Id in the file that an imported claim came from.
    pub external: Option<String>,
    /// `true` when a person dropped it or its article was taken back; lists leave those out.
    pub dropped: bool,
}

impl ClaimRow {
    /// Returns the day it was said, or else published.
    pub fn date(&self) -> Option<Date> {
        self.said.date.or(self.published)
    }

    /// Returns the speaker's name, or the source as written, or empty.
    pub fn who(&self) -> &str {
        match &self.speaker {
            Some(speaker) => &speaker.name,
            None if self.named.is_empty() => &self.source_words,
            None => &self.named,
        }
    }

    /// Returns who said it, and according to whom where another speaker tells it.
    pub fn attributed(&self) -> String {
        match self.according_to.as_str() {
            "" => self.who().to_owned(),
            reporter => format!("{} (according to {reporter})", self.who()),
        }
    }

    /// Returns what must stand around the words when they are quoted alone.
    pub fn frame(&self) -> Frame {
        let attributed = Attributed {
            content: &self.content,
            cue: &self.cue,
            cue_words: &self.cue_words,
            source: self.source.as_ref(),
            source_words: &self.source_words,
            sentence: &self.sentence,
            sentence_span: self.sentence_span,
            kind: self.kind.known().unwrap_or(Kind::Statement),
            status: self.status.known().unwrap_or(crate::attribution::Status::Asserted),
            quotation: self.quotation.known().unwrap_or(Quotation::Indirect),
            chosen: if self.reader == super::corrections::HAND { Chosen::ByPerson } else { Chosen::ByReader },
        };
        attributed.frame()
    }

    /// Returns the words as they may be quoted alone: "denied that jobs would be lost".
    pub fn alone(&self) -> String {
        self.frame().around(&self.words)
    }
}

/// What a person decided about a suggestion so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Suggested,
    Confirmed,
    Rejected,
}

/// What a person says to a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    Confirm,
    Reject,
}

/// What a contradiction is, by who spoke and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    /// One speaker, at another time.
    ChangeOfPosition,
    /// Two speakers.
    Dispute,
    /// One denies what the other says.
    Denial,
}

/// A stored relation between two claims, with what a person decided about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationRow {
    pub id: RelationId,
    pub earlier: ClaimRow,
    pub later: ClaimRow,
    pub relation: Stored<RelationKind>,
    /// Only for contradictions.
    pub dispute: Option<Stored<Dispute>>,
    pub tier: Stored<Tier>,
    /// How alike the two claims are.
    pub likeness: Score,
    /// Confidence that the two contradict.
    pub score: Score,
    pub status: Status,
    /// The note of the last decision, or empty.
    pub note: String,
    /// Who decided, and when (RFC 3339, UTC); empty while it is a suggestion.
    pub decided_by: String,
    pub decided_at: String,
    pub summary: String,
    pub because: Vec<Reason>,
    pub alignment: Vec<Link>,
    pub innocent: Vec<String>,
    /// The words that turn polarity, on each side (`a` is the earlier claim).
    pub ledger: Ledger,
    pub same_speaker: bool,
    /// The later one is the same report carried again, no second statement.
    pub syndicated: bool,
    /// An earlier relation between the same two wordings, whose rejection counts here too.
    pub alike: Option<RelationId>,
    /// Who recorded it themselves, without a suggestion or in the place of one: it has no score then. Else empty.
    pub recorded_by: String,
    /// Who confirmed it named this pair, and it was not decided with another of its finding.
    #[serde(skip)]
    pub was_named: bool,
}

/// What a person decided on a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    pub decision: Decision,
    pub note: String,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
}

/// A title with the first and last day it was seen on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TitleRow {
    pub title: String,
    /// ISO days, or empty when the articles have no date.
    pub first: String,
    pub last: String,
    /// The first article that gives it.
    pub article: Option<ArticleId>,
}

/// One person, body or unnamed source over all articles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpeakerRow {
    pub id: SpeakerId,
    pub name: String,
    pub category: Stored<Category>,
    pub aliases: Vec<String>,
    pub titles: Vec<TitleRow>,
    /// Speakers that a person merged into this one.
    pub merged: Vec<Named<SpeakerId>>,
    /// Number of live claims, those of merged speakers too.
    pub claims: usize,
}

impl SpeakerRow {
    /// Tells whether the name has all words of another one, and more: "Daniel Okafor" of "Okafor". What only describes somebody
    /// ("the minister Okafor", of whom nobody knows more) is no fuller name than a name, and gives way to one.
    pub fn is_named_more_fully_than(&self, other: &Self) -> bool {
        let describes = |row: &Self| row.category.is(Category::Anonymous);
        if describes(self) != describes(other) {
            return describes(other);
        }
        let (own, other) = (super::fold(&self.name), super::fold(&other.name));
        let own: Vec<&str> = own.split(' ').collect();
        let other: Vec<&str> = other.split(' ').collect();
        own.len() > other.len() && other.iter().all(|word| own.contains(word))
    }
}

/// Two speakers that may be one; a person decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MergeRow {
    pub speaker: Named<SpeakerId>,
    pub into: Named<SpeakerId>,
    pub score: Score,
    pub because: String,
}

/// A story with what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoryRow {
    pub id: StoryId,
    pub name: String,
    /// Those it holds whole, and those of its claims.
    pub articles: Vec<ArticleId>,
    /// Number of live claims, by themselves or through their article.
    pub claims: usize,
    /// ISO days, or empty.
    pub first: String,
    pub last: String,
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OperationRow {
    pub id: OperationId,
    /// RFC 3339, UTC.
    pub at: String,
    pub by: String,
    pub name: String,
    pub words: String,
    /// For an undo or a redo: what it took back or did again.
    pub reverses: Option<OperationId>,
    pub undone: bool,
}

/// A match of some words with an earlier claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchRow {
    pub claim: ClaimRow,
    pub score: Score,
    pub tier: Tier,
    /// How near the meaning is (cosine); none where the match is by words alone.
    pub meaning: Option<Score>,
    pub because: Vec<Reason>,
    /// The stored relation between the two, when there is one.
    pub relation: Option<RelationId>,
}

/// Where full-text search found the words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "in", rename_all = "lowercase")]
pub enum Found {
    Claim { claim: Box<ClaimRow> },
    Article { article: Box<ArticleRow>, snippet: String },
}

/// A tag with what carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagRow {
    pub name: String,
    pub articles: usize,
    pub claims: usize,
}

/// A note as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteRow {
    pub id: NoteId,
    /// The id of what it is about.
    pub about: String,
    pub words: String,
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
}

/// A filter with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedFilter {
    pub name: String,
    /// As a person writes it on a line; dates in words count from the day it is used.
    pub words: String,
    pub by: String,
    pub at: String,
}

/// What `sql` gives: columns, rows, and whether the limit cut it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SqlRows {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<serde_json::Value>>,
    /// There were more rows than the limit.
    pub more: bool,
}
