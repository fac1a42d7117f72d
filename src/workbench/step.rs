//! One command is one step: whatever a command writes is one operation of the journal in one transaction, so that it is
//! kept whole or not at all and one `undo` takes it back.
//!
//! The step begins with the first thing that is written; a command that only reads opens none. What loads many articles
//! keeps one article after another instead (see `load`).

use super::relinking::relink;
use super::{Live, Result, Workbench, signed};
use crate::store::id::OperationId;
use crate::store::journal::Act;
use crate::store::{Keep, Writer};

/// What is written as one.
#[derive(Debug, Default)]
pub enum Scope {
    /// Each act by itself.
    #[default]
    Act,
    /// All acts of a command.
    Command(Option<Open>),
}

/// A step in which something was written.
#[derive(Debug)]
pub struct Open {
    operation: OperationId,
    words: String,
}

impl Workbench {
    /// Begins a command; returns the scope that [`Workbench::end_command`] brings back.
    pub fn begin_command(&mut self) -> Scope {
        std::mem::replace(&mut self.scope, Scope::Command(None))
    }

    /// Ends a command: what it wrote is kept, or none of it.
    ///
    /// # Errors
    /// When it cannot be kept; the desk is as it was before then.
    pub fn end_command(&mut self, before: Scope, keep: Keep) -> Result<()> {
        let scope = std::mem::replace(&mut self.scope, before);
        if !matches!(scope, Scope::Command(Some(_))) {
            return Ok(());
        }
        let ended = self.store.end_step(keep);
        if keep == Keep::Nothing || ended.is_err() {
            // The index may hold claims that were not kept: it is made again.
            self.live = Live::default();
        }
        Ok(ended?)
    }

    /// Runs one act with its line in the journal: as part of the command's operation, or as an operation of its own.
    pub(super) fn act<T>(
        &mut self,
        name: &str,
        words: &str,
        act: impl FnOnce(&Writer<'_>, OperationId) -> Result<T>,
    ) -> Result<T> {
        self.act_with_index(name, words, None, |writer, _, operation| act(writer, operation))
    }

    /// As [`Workbench::act`], for an act that may change what was published: with a notice readers are told.
    pub(super) fn act_telling<T>(
        &mut self,
        name: &str,
        words: &str,
        notice: Option<&str>,
        act: impl FnOnce(&Writer<'_>, OperationId) -> Result<T>,
    ) -> Result<T> {
        self.act_with_index(name, words, notice, |writer, _, operation| act(writer, operation))
    }

    /// As [`Workbench::act`], for an act that needs the index.
    pub(super) fn act_with_index<T>(
        &mut self,
        name: &str,
        words: &str,
        notice: Option<&str>,
        act: impl FnOnce(&Writer<'_>, &mut Live, OperationId) -> Result<T>,
    ) -> Result<T> {
        let act = |writer: &Writer<'_>, live: &mut Live, operation: OperationId| -> Result<T> {
            let before = writer.published()?;
            let done = act(writer, live, operation)?;
            signed::stays_or_told(writer, &before, notice, operation)?;
            Ok(done)
        };
        let (at, by) = (self.settings.clock.now(), self.settings.user.clone());
        let begun = |writer: &Writer<'_>| writer.operation(&Act { at: &at, by: &by, name, words });
        if let Scope::Command(open) = &mut self.scope {
            let operation = match open {
                Some(open) => {
                    open.words = joined(&open.words, words);
                    self.store.write(|writer| writer.reword(open.operation, &open.words))?;
                    open.operation
                }
                None => {
                    self.store.begin_step()?;
                    // From here on the end of the command ends the step, also after an error.
                    let open = open.insert(Open { operation: OperationId(0), words: words.to_owned() });
                    open.operation = self.store.write(begun)?;
                    open.operation
                }
            };
            let live = &mut self.live;
            return self.store.write(|writer| {
                let done = act(writer, live, operation)?;
                relink(writer, operation)?;
                live.compare_checks(writer, &[operation])?;
                Ok(done)
            });
        }
        let live = &mut self.live;
        let kept = self.store.write(|writer| {
            let operation = begun(writer)?;
            let done = act(writer, live, operation)?;
            relink(writer, operation)?;
            live.compare_checks(writer, &[operation])?;
            Ok(done)
        });
        if kept.is_err() {
            self.live = Live::default();
        }
        kept
    }
}

/// The line of two acts: `confirm m1` and `confirm m2` are `confirm m1 m2`.
fn joined(first: &str, second: &str) -> String {
    let (verb, last) = second.rsplit_once(' ').unwrap_or((second, ""));
    let same = first.strip_prefix(verb).is_some_and(|rest| rest.starts_with(' ') && !rest.contains(';'));
    if same && !verb.contains(' ') { format!("{first} {last}") } else { format!("{first}; {second}") }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_lines_of_a_step_are_one() {
        assert_eq!(joined("confirm m1", "confirm m2"), "confirm m1 m2");
        assert_eq!(joined("confirm m1 m2", "confirm m3"), "confirm m1 m2 m3");
        assert_eq!(joined("story create a", "story add s1 a1"), "story create a; story add s1 a1");
    }
}
