//! What a person does: each act is one operation, whole or not at all, and can be taken back.

use super::relinking::relink;
use super::{Result, Workbench, WorkbenchError, signed};
use crate::lexicon::letters::one_line;
use crate::store::filter::{Filter, Test};
use crate::store::id::{OperationId, RelationId, StoryId};
use crate::store::rows::{Decision, DecisionRow, Named, OperationRow, RelationRow};
use crate::store::stories::{Member, Membership};
use crate::store::{StoreError, Writer};

/// Words of a log line are shortened to this many characters.
const LINE: usize = 60;

/// How far a decision reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pairs {
    /// To every pair of statements that tells the same finding.
    #[default]
    All,
    One,
}

/// The operations that an act of the journal took back or did again.
type Journalled = std::result::Result<Vec<OperationRow>, StoreError>;

impl Workbench {
    /// Confirms or rejects a suggestion, with every pair of the same finding unless only that pair is meant; the last
    /// decision counts, and a rejected one never comes back by itself.
    ///
    /// # Errors
    /// For an unknown id, or when the database cannot be written.
    pub fn decide(
        &mut self,
        relation: RelationId,
        decision: Decision,
        note: &str,
        pairs: Pairs,
    ) -> Result<RelationRow> {
        let word = match decision {
            Decision::Confirm => "confirm",
            Decision::Reject => "reject",
        };
        let all = match pairs {
            Pairs::All => self.findings()?.decided_with(relation),
            Pairs::One => vec![relation],
        };
        // Marks stand at the ids of those decided with it: only what a person named stands by itself in the line.
        let others: Vec<String> = all.iter().filter(|one| **one != relation).map(ToString::to_string).collect();
        let with = if others.is_empty() { String::new() } else { format!(" (and {})", others.join(", ")) };
        self.act(word, &format!("{word} {relation}{with}"), |writer, operation| {
            writer.relation(relation)?;
            for pair in all {
                writer.decide(pair, decision, note, operation)?;
            }
            Ok(writer.relation(relation)?)
        })
    }

    /// Returns the last decision of somebody else on a relation, where it stands: what decides the relation anew would overrule it,
    /// or put another name in its place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decided_by_another(&self, relation: RelationId) -> Result<Option<DecisionRow>> {
        let last = self.store.decisions(relation)?.pop();
        Ok(last.filter(|one| one.by != self.settings.user))
    }

    /// Returns every decision on a relation that is in effect, the last one last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decisions(&self, relation: RelationId) -> Result<Vec<DecisionRow>> {
        Ok(self.store.decisions(relation)?)
    }

    /// Makes a story.
    ///
    /// # Errors
    /// For an empty name or one in use, or when the database cannot be written.
    pub fn create_story(&mut self, name: &str) -> Result<Named<StoryId>> {
        self.act("story", &format!("story create {name}"), |writer, operation| {
            let id = writer.add_story(name, operation)?;
            Ok(Named { id, name: name.trim().to_owned() })
        })
    }

    /// Sets the headline or the first sentences of a story for its reports; what is not given stays, empty words remove it.
    ///
    /// # Errors
    /// For an unknown story, or when the database cannot be written.
    pub fn describe_story(
        &mut self,
        story: &str,
        title: Option<&str>,
        summary: Option<&str>,
    ) -> Result<Named<StoryId>> {
        let named = self.store.story_named(story)?;
        let mut words = self.store.story_words(named.id)?;
        if let Some(title) = title {
            title.trim().clone_into(&mut words.title);
        }
        if let Some(summary) = summary {
            summary.trim().clone_into(&mut words.summary);
        }
        let line = format!("story set {} {}", named.id, short(&words.title));
        self.act("story", line.trim_end(), |writer, operation| {
            writer.describe_story(named.id, &words, operation)?;
            Ok(named.clone())
        })
    }

    /// Puts articles and claims into a story, named by its name or id.
    ///
    /// # Errors
    /// For unknown ids, or when the database cannot be written.
    pub fn add_to_story(&mut self, story: &str, members: &[Member]) -> Result<Named<StoryId>> {
        self.change_story(story, Membership::Add, members)
    }

    /// Takes articles and claims out of a story; a claim can be taken out while its article stays.
    ///
    /// # Errors
    /// For unknown ids, or when the database cannot be written.
    pub fn remove_from_story(&mut self, story: &str, members: &[Member]) -> Result<Named<StoryId>> {
        self.change_story(story, Membership::Remove, members)
    }

    /// Says that articles and claims do not belong to a story: they are not suggested for it again.
    ///
    /// # Errors
    /// For unknown ids and for what is in the story, or when the database cannot be written.
    pub fn refuse_for_story(&mut self, story: &str, members: &[Member]) -> Result<Named<StoryId>> {
        self.check_members(members)?;
        let found = self.store.story_named(story)?;
        for one in members {
            if !self.is_inside(found.id, *one)? {
                continue;
            }
            let hint = format!("`story remove {} {one}` takes it out, and it is not suggested again", found.id);
            return Err(WorkbenchError::asked(format!("{one} is in the story {}", found.name), hint));
        }
        let names: Vec<String> = members.iter().map(ToString::to_string).collect();
        let line = format!("story suggest {} --not {}", found.id, short(&names.join(" ")));
        self.act("story", &line, |writer, operation| {
            writer.change_story(found.id, Membership::Remove, members, operation)?;
            Ok(found)
        })
    }

    /// Puts a story into another one: what belonged to it belongs to that one, and it is listed no more.
    ///
    /// # Errors
    /// For an unknown story, one put into itself, or when the database cannot be written.
    pub fn merge_stories(&mut self, story: &str, into: &str) -> Result<Named<StoryId>> {
        let (from, to) = (self.store.story_named(story)?, self.store.story_named(into)?);
        if from.id == to.id {
            let hint = "`story list` shows the stories";
            return Err(WorkbenchError::asked(format!("{} cannot be put into itself", from.name), hint));
        }
        self.act("story", &format!("story merge {} {}", from.id, to.id), |writer, operation| {
            writer.merge_story(from.id, to.id, operation)?;
            Ok(to.clone())
        })
    }

    /// Moves articles and claims of a story into a new one; returns both.
    ///
    /// # Errors
    /// For unknown ids, what is not in the story, or a name that is empty or in use.
    pub fn split_story(
        &mut self,
        story: StoryId,
        name: &str,
        members: &[Member],
    ) -> Result<(Named<StoryId>, Named<StoryId>)> {
        self.check_members(members)?;
        let from = self.store.story_named(&story.to_string())?;
        for one in members {
            if !self.is_inside(from.id, *one)? {
                let hint = format!("`claims story:{}` shows what is in it", from.id);
                return Err(WorkbenchError::asked(format!("{one} is not in the story {}", from.name), hint));
            }
        }
        let names: Vec<String> = members.iter().map(ToString::to_string).collect();
        let line = format!("story split {} --as {name} {}", from.id, short(&names.join(" ")));
        self.act("story", &line, |writer, operation| {
            let made = writer.add_story(name, operation)?;
            writer.change_story(made, Membership::Add, members, operation)?;
            writer.change_story(from.id, Membership::Remove, members, operation)?;
            Ok((from.clone(), Named { id: made, name: name.trim().to_owned() }))
        })
    }

    /// Tells whether a claim is in a story, or an article with all of its claims.
    fn is_inside(&self, story: StoryId, member: Member) -> Result<bool> {
        let within = |filter: Filter| self.store.count_claims(&filter.with(Test::Story(story.to_string())));
        Ok(match member {
            Member::Claim(id) => self.store.claim(id)?.stories.iter().any(|one| one.id == story),
            Member::Article(id) => {
                let own = Filter::default().with(Test::Article(id));
                let claims = self.store.count_claims(&own)?;
                claims > 0 && within(own)? == claims
            }
        })
    }

    fn change_story(&mut self, story: &str, change: Membership, members: &[Member]) -> Result<Named<StoryId>> {
        self.check_members(members)?;
        let names: Vec<String> = members.iter().map(ToString::to_string).collect();
        let verb = if change == Membership::Add { "add" } else { "remove" };
        let line = format!("story {verb} {story} {}", short(&names.join(" ")));
        self.act("story", &line, |writer, operation| {
            let found = writer.story_named(story)?;
            writer.change_story(found.id, change, members, operation)?;
            Ok(found)
        })
    }

    /// Takes back the last `count` commands, newest first; returns those taken back.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn undo(&mut self, count: usize) -> Result<Vec<OperationRow>> {
        self.take_back(|writer, at, by| writer.undo(count, at, by))
    }

    /// Takes back one command, wherever it stands in the journal.
    ///
    /// # Errors
    /// For an unknown operation, one taken back already, or an undo or redo; or when the database cannot be written.
    pub fn undo_operation(&mut self, operation: OperationId) -> Result<Vec<OperationRow>> {
        self.take_back(|writer, at, by| Ok(vec![writer.undo_operation(operation, at, by)?]))
    }

    /// Does again the last `count` commands that were taken back since the last other command.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn redo(&mut self, count: usize) -> Result<Vec<OperationRow>> {
        self.bring_back(|writer, at, by| writer.redo(count, at, by))
    }

    /// Does one operation again that was taken back by itself, wherever it stands in the journal.
    ///
    /// # Errors
    /// For an unknown operation, and one that is in effect; or when the database cannot be written.
    pub fn redo_operation(&mut self, operation: OperationId) -> Result<Vec<OperationRow>> {
        self.bring_back(|writer, at, by| Ok(vec![writer.redo_operation(operation, at, by)?]))
    }

    /// Takes commands back, at a time and by a person, with the relations and checks that hang on them.
    fn take_back(&mut self, undo: impl FnOnce(&Writer<'_>, &str, &str) -> Journalled) -> Result<Vec<OperationRow>> {
        let (at, by) = (self.settings.clock.now(), self.settings.user.clone());
        let live = &mut self.live;
        self.store.write(|writer| {
            let before = writer.published()?;
            let undone = undo(writer, &at, &by)?;
            signed::stays(writer, &before)?;
            undone.iter().try_for_each(|row| relink(writer, row.id))?;
            live.compare_checks(writer, &undone.iter().map(|row| row.id).collect::<Vec<_>>())?;
            Ok(undone)
        })
    }

    /// Does commands again, at a time and by a person, and compares what comes back with what came onto the desk in between.
    fn bring_back(&mut self, redo: impl FnOnce(&Writer<'_>, &str, &str) -> Journalled) -> Result<Vec<OperationRow>> {
        let (at, by) = (self.settings.clock.now(), self.settings.user.clone());
        let live = &mut self.live;
        self.store.write(|writer| {
            let before = writer.published()?;
            let done = redo(writer, &at, &by)?;
            signed::stays(writer, &before)?;
            live.catch_up(writer)?;
            for operation in &done {
                let back = writer.claims_brought(operation.id)?;
                live.link(writer, &back, operation.id)?;
                relink(writer, operation.id)?;
            }
            live.compare_checks(writer, &done.iter().map(|row| row.id).collect::<Vec<_>>())?;
            Ok(done)
        })
    }

    /// Takes back everything done after an operation, as one operation.
    ///
    /// # Errors
    /// For an unknown operation, when nothing was done since, or when the database cannot be written.
    pub fn restore(&mut self, to: OperationId) -> Result<Vec<OperationRow>> {
        self.take_back(|writer, at, by| writer.restore(to, at, by))
    }
}

pub(super) fn short(words: &str) -> String {
    let line = one_line(words);
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
