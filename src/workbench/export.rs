//! Everything on the desk as one value, for JSON and for other programs.

use super::{Result, Workbench};
use crate::store::feeds::FeedRow;
use crate::store::filter::Filter;
use crate::store::id::ArticleId;
use crate::store::rows::{
    ArticleText, ClaimRow, NoteRow, OperationRow, RelationRow, SavedFilter, SpeakerRow, StoryRow, VerdictRow,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What passes a filter, with all that hangs on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Export {
    /// With their texts.
    pub articles: Vec<ArticleText>,
    pub claims: Vec<ClaimRow>,
    pub relations: Vec<RelationRow>,
    pub verdicts: Vec<VerdictRow>,
    pub speakers: Vec<SpeakerRow>,
    pub stories: Vec<StoryRow>,
    pub notes: Vec<NoteRow>,
    pub filters: Vec<SavedFilter>,
    pub feeds: Vec<FeedRow>,
    /// The journal, newest first.
    pub operations: Vec<OperationRow>,
}

impl Workbench {
    /// Returns when each article on the desk came: RFC 3339, UTC.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn loaded(&self) -> Result<BTreeMap<ArticleId, String>> {
        Ok(self.store.loaded()?)
    }

    /// Returns everything that passes a filter; the stories, the notes, the saved filters, the feeds and the journal are whole.
    ///
    /// # Errors
    /// When the filter names somebody who is not there, or the database cannot be read.
    pub fn export(&self, filter: &Filter) -> Result<Export> {
        let articles = self.store.articles(filter)?;
        Ok(Export {
            articles: articles.iter().map(|row| self.store.article(row.id)).collect::<std::result::Result<_, _>>()?,
            claims: self.store.claims(filter)?,
            relations: self.store.relations(filter, &[])?,
            verdicts: self.store.verdicts(filter)?,
            speakers: self.store.speakers(filter)?,
            stories: self.store.stories()?,
            notes: self.store.notes(None)?,
            filters: self.store.saved_filters()?,
            feeds: self.store.feeds()?,
            operations: self.store.log(usize::MAX)?,
        })
    }
}
