//! Everything on the desk as one value, for JSON and for other programs.

use super::{Result, Workbench};
use crate::store::feeds::FeedRow;
use crate::store::filter::Filter;
use crate::store::id::ArticleId;
use crate::store::rows::{
    ArticleText, ClaimRow, NoteRow, OperationRow, RelationRow, SavedFilter, SpeakerRow, StoryRow, VerdictRow,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What passes a filter, with all that hangs on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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

impl Export {
    /// Leaves out stories that hold nothing of what is exported, and notes about something else.
    fn keep_what_belongs(&mut self) {
        let stories = self.claims.iter().flat_map(|claim| &claim.stories);
        let stories: BTreeSet<_> =
            stories.chain(self.articles.iter().flat_map(|row| &row.article.stories)).map(|story| story.id).collect();
        self.stories.retain(|story| stories.contains(&story.id));
        let mut about: BTreeSet<String> = self.stories.iter().map(|row| row.id.to_string()).collect();
        about.extend(self.articles.iter().map(|row| row.article.id.to_string()));
        about.extend(self.claims.iter().map(|row| row.id.to_string()));
        about.extend(self.relations.iter().map(|row| row.id.to_string()));
        about.extend(self.verdicts.iter().map(|row| row.id.to_string()));
        about.extend(self.speakers.iter().map(|row| row.id.to_string()));
        self.notes.retain(|note| about.contains(&note.about));
    }
}

impl Workbench {
    /// Returns when each article on the desk came: RFC 3339, UTC.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn loaded(&self) -> Result<BTreeMap<ArticleId, String>> {
        Ok(self.store.loaded()?)
    }

    /// Returns everything on the desk, or what passes a filter: then with the stories and notes that belong to it, and
    /// without saved filters, feeds and journal, which tell of the rest of the desk.
    ///
    /// # Errors
    /// When the filter names somebody who is not there, or the database cannot be read.
    pub fn export(&self, filter: &Filter) -> Result<Export> {
        let articles = self.store.articles(filter)?;
        let mut export = Export {
            articles: articles.iter().map(|row| self.store.article(row.id)).collect::<std::result::Result<_, _>>()?,
            claims: self.store.claims(filter)?,
            relations: self.store.relations(filter, &[])?,
            verdicts: self.store.verdicts(filter)?,
            speakers: self.store.speakers(filter)?,
            stories: self.store.stories()?,
            notes: self.store.notes(None)?,
            ..Export::default()
        };
        if filter.is_empty() {
            export.filters = self.store.saved_filters()?;
            export.feeds = self.store.feeds()?;
            export.operations = self.store.log(usize::MAX)?;
        } else {
            export.keep_what_belongs();
        }
        Ok(export)
    }
}
