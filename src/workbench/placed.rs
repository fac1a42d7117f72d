//! A claim that a person writes, set into its article: its words where they stand, how they are quoted, the sentences that
//! hold them. The article is analysed anew for it; nothing of it is changed.

use crate::article::Article;
use crate::attribution::assemble::quotation;
use crate::attribution::{Category, Kind, Status};
use crate::claim::{Claim, Claimant};
use crate::date::{Date, When};
use crate::score::{Reason, Score};
use crate::span::{Span, Spans, Text};
use crate::store::id::ArticleId;
use crate::store::rows::{ArticleText, ClaimRow};
use crate::store::stored::Stored;
use crate::text::{Document, analyze};

/// An article as correcting needs it.
pub(super) struct Place {
    pub id: ArticleId,
    pub outlet: String,
    pub text: Text,
    document: Document,
    published: Option<Date>,
}

/// The article as it was read when it came onto the desk.
pub(super) fn article_of(stored: ArticleText) -> Article {
    let ArticleText { article: row, text, blocks } = stored;
    Article {
        text: Text::new(text),
        blocks,
        title: row.title,
        outlet: row.outlet,
        byline: row.byline,
        dateline: row.dateline,
        published: row.published,
        updated: row.updated,
        url: row.url,
        hash: row.hash,
        language: row.language,
        warnings: Vec::new(),
    }
}

impl Place {
    pub fn of(stored: ArticleText) -> Self {
        let id = stored.article.id;
        let article = article_of(stored);
        let document = analyze(&article);
        let outlet = article.outlet.clone().unwrap_or_default();
        Self { id, outlet, published: article.published, text: article.text, document }
    }

    /// Returns the sentences that hold a content.
    fn sentence(&self, content: &Spans) -> Span {
        let whole = content.cover().unwrap_or_default();
        let sentences = self.document.sentences.iter().map(|sentence| sentence.span);
        sentences.filter(|sentence| sentence.overlaps(whole)).fold(whole, Span::cover)
    }
}

/// Returns the status that a claim has once it is of another kind, where that takes away what made it a question.
pub(super) fn status_as(row: &ClaimRow, kind: Option<Kind>) -> Option<Status> {
    let asks = [Status::Asked, Status::Conditional, Status::Unsettled].iter().any(|status| row.status.is(*status));
    kind.filter(|kind| *kind != Kind::Question && row.kind.is(Kind::Question) && asks).map(|_| Status::Asserted)
}

/// A claim of these words with nothing said about it yet.
pub(super) fn blank(place: &Place, content: &Spans) -> Claim {
    Claim {
        words: content.words(&place.text),
        content: content.clone(),
        cue: Spans::default(),
        cue_words: String::new(),
        source: None,
        source_words: String::new(),
        claimant: None,
        candidates: Vec::new(),
        sentence: place.sentence(content),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation: quotation(&place.document, content),
        said: When { written: String::new(), date: None },
        published: place.published,
        answers: None,
        score: Score::new(1.0),
        because: vec![Reason::new("by.hand", "a person wrote it", 1.0)],
    }
}

/// The claim of other words that stands in the place of an old one.
pub(super) fn again(place: &Place, old: &ClaimRow, content: &Spans) -> Claim {
    let claimant = old.speaker.as_ref().map(|_| Claimant {
        name: old.named.clone(),
        category: old.category.as_ref().and_then(Stored::known).unwrap_or(Category::Person),
        title: Some(old.title.clone()).filter(|title| !title.is_empty()),
        aliases: Vec::new(),
    });
    let blank = blank(place, content);
    let sentence = blank.sentence.cover(old.cue.cover().unwrap_or(blank.sentence));
    Claim {
        cue: old.cue.clone(),
        cue_words: old.cue_words.clone(),
        source: old.source.clone(),
        source_words: old.source_words.clone(),
        claimant,
        sentence,
        kind: old.kind.known().unwrap_or(Kind::Statement),
        status: old.status.known().unwrap_or_default(),
        said: old.said.clone(),
        ..blank
    }
}
