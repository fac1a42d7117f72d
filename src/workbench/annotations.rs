//! Tags, notes, saved filters and the queue of suggestions: what a person writes beside the claims, and what still waits.

use super::{Result, Workbench, WorkbenchError};
use crate::relation::RelationKind;
use crate::store::corrections::Handwork;
use crate::store::filter::Filter;
use crate::store::id::{AnyId, ClaimId, NoteId, RelationId};
use crate::store::rows::{NoteRow, SavedFilter, TagRow};
use crate::store::stories::{Member, Membership};

impl Workbench {
    /// Puts a tag on articles and claims, or takes it off; a tag on an article holds for its claims.
    ///
    /// # Errors
    /// For unknown ids, or a name without letters.
    pub fn tag(&mut self, name: &str, act: Membership, members: &[Member]) -> Result<()> {
        self.check_members(members)?;
        let names: Vec<String> = members.iter().map(ToString::to_string).collect();
        let verb = if act == Membership::Add { "tag" } else { "tag remove" };
        let line = format!("{verb} {name} {}", super::acts::short(&names.join(" ")));
        self.act("tag", &line, |writer, operation| Ok(writer.tag(name, act, members, operation)?))
    }

    /// Writes a note about something.
    ///
    /// # Errors
    /// For an id that is not there, or a note without words.
    pub fn note(&mut self, about: AnyId, words: &str) -> Result<NoteRow> {
        if words.trim().is_empty() {
            return Err(WorkbenchError::asked("the note is empty", "`note c41 \"what I know about it\"`"));
        }
        self.check_id(about)?;
        let line = format!("note {about} {}", super::acts::short(words));
        self.act("note", &line, |writer, operation| {
            let id = writer.note(about, words.trim(), None, operation)?;
            Ok(writer.note_row(id)?)
        })
    }

    /// Puts other words in the place of a note; without words it is taken away.
    ///
    /// # Errors
    /// For a note that is not there.
    pub fn change_note(&mut self, note: NoteId, words: &str) -> Result<Option<NoteRow>> {
        let before = self.store.note(note)?;
        let about = before.about.parse::<AnyId>().map_err(|error| WorkbenchError::asked(error.to_string(), ""))?;
        let words = words.trim();
        let line = if words.is_empty() {
            format!("note remove {note}")
        } else {
            format!("note {note} {}", super::acts::short(words))
        };
        self.act("note", &line, |writer, operation| {
            let id = writer.note(about, words, Some(note), operation)?;
            Ok(if words.is_empty() { None } else { Some(writer.note_row(id)?) })
        })
    }

    /// Returns the notes in effect, on everything or on one thing, oldest first.
    pub fn notes(&self, about: Option<AnyId>) -> Result<Vec<NoteRow>> {
        Ok(self.store.notes(about)?)
    }

    /// Returns one note in effect.
    pub fn note_row(&self, id: NoteId) -> Result<NoteRow> {
        Ok(self.store.note(id)?)
    }

    /// Returns the tags in use.
    pub fn tags(&self) -> Result<Vec<TagRow>> {
        Ok(self.store.tags()?)
    }

    /// Gives a filter a name, under which `filter:NAME` means it from now on.
    ///
    /// # Errors
    /// For a name without letters or a filter without words.
    pub fn save_filter(&mut self, name: &str, words: &str) -> Result<()> {
        if crate::store::fold(name).is_empty() || words.trim().is_empty() {
            return Err(WorkbenchError::asked(
                "a saved filter needs a name and a filter",
                "`filter save morning outlet:wire after:yesterday`",
            ));
        }
        self.act("filter", &format!("filter save {name} {words}"), |writer, operation| {
            Ok(writer.save_filter(name, words, operation)?)
        })
    }

    /// Forgets the name of a filter.
    ///
    /// # Errors
    /// When no filter has that name.
    pub fn forget_filter(&mut self, name: &str) -> Result<()> {
        self.store.saved_filter(name)?;
        self.act("filter", &format!("filter forget {name}"), |writer, operation| {
            Ok(writer.save_filter(name, "", operation)?)
        })
    }

    /// Returns the filters that have a name.
    pub fn saved_filters(&self) -> Result<Vec<SavedFilter>> {
        Ok(self.store.saved_filters()?)
    }

    /// Returns the words of a filter by its name.
    ///
    /// # Errors
    /// When no filter has that name; the hint tells the nearest.
    pub fn saved_filter(&self, name: &str) -> Result<String> {
        Ok(self.store.saved_filter(name)?)
    }

    /// Returns the suggestions that wait for a decision, one a finding: contradictions first, the surest first, what was put
    /// off last.
    pub fn waiting(&self, filter: &Filter, kinds: &[RelationKind]) -> Result<Vec<RelationId>> {
        Ok(self.findings()?.first_of_each(self.store.waiting(filter, kinds)?))
    }

    /// Puts a suggestion off.
    ///
    /// # Errors
    /// For an unknown relation.
    pub fn skip(&mut self, relation: RelationId) -> Result<()> {
        self.act("skip", &format!("skip {relation}"), |writer, operation| {
            writer.relation(relation)?;
            Ok(writer.skip(relation, operation)?)
        })
    }

    /// Returns what persons did to a claim, oldest first.
    pub fn handwork(&self, claim: ClaimId) -> Result<Vec<Handwork>> {
        Ok(self.store.handwork(claim)?)
    }

    pub(super) fn check_members(&self, members: &[Member]) -> Result<()> {
        for member in members {
            match member {
                Member::Article(article) => self.store.article(*article).map(|_| ())?,
                Member::Claim(claim) => self.store.claim(*claim).map(|_| ())?,
            }
        }
        Ok(())
    }

    /// Tells whether the desk has something of that id.
    pub fn has(&self, id: AnyId) -> bool {
        match id {
            AnyId::Note(id) => self.store.note(id).is_ok(),
            AnyId::Evidence(_) | AnyId::Operation(_) => true,
            id => self.check_id(id).is_ok(),
        }
    }

    fn check_id(&self, id: AnyId) -> Result<()> {
        match id {
            AnyId::Article(id) => self.store.article(id).map(|_| ())?,
            AnyId::Claim(id) => self.store.claim(id).map(|_| ())?,
            AnyId::Relation(id) => self.store.relation(id).map(|_| ())?,
            AnyId::Verdict(id) => self.store.verdict(id).map(|_| ())?,
            AnyId::Speaker(id) => self.store.speaker(id).map(|_| ())?,
            AnyId::Story(id) => self.store.story_named(&id.to_string()).map(|_| ())?,
            AnyId::Note(id) => {
                return Err(WorkbenchError::asked(
                    format!("{id} is a note itself"),
                    format!("`note {id} \"other words\"` changes it"),
                ));
            }
            AnyId::FactCheck(id) => self.store.fact_check(id).map(|_| ())?,
            AnyId::Evidence(_) | AnyId::Operation(_) => {
                return Err(WorkbenchError::asked(
                    "notes stand on articles, claims, relations, verdicts, speakers and stories",
                    "",
                ));
            }
        }
        Ok(())
    }
}
