//! The desk of a session: opened when a command first needs it, put aside for another, looked at as it was on another day.

use super::Session;
use crate::commands::error::CommandError;
use crate::store::Place;
use crate::store::id::OperationId;
use crate::workbench::Workbench;
use std::path::Path;
use std::sync::Arc;

/// A desk that was put aside.
#[derive(Debug)]
pub(in crate::commands) struct Aside {
    place: Place,
    desk: Option<Workbench>,
    kept_to: Option<OperationId>,
}

impl Session {
    /// Returns the desk; the first call opens it, and makes it where there is none.
    ///
    /// # Errors
    /// When the file is no desk of ours, is newer than the program, is damaged or may not be opened; where a name was given and
    /// there is no such file, unless a person at the prompt or the command that runs may begin a desk.
    pub fn workbench(&mut self) -> Result<&mut Workbench, CommandError> {
        let open = match self.workbench.take() {
            Some(open) => open,
            None => {
                let new = self.missing_desk().map(Path::to_owned);
                if let Some(path) = new.as_ref().filter(|_| !self.may_make_desk && !self.at_prompt) {
                    return Err(CommandError::failed(format!("there is no desk {}", path.display())).with_hint(
                        "is the name right? `load FILE` begins a new desk of that name; so does the prompt",
                    ));
                }
                let mut open = Workbench::open(self.place.clone(), self.settings.clone())?;
                self.made = new;
                self.damage = open.damage().map(str::to_owned);
                open.heed_flag(Arc::clone(&self.interrupt))?;
                if self.steps > 0 {
                    open.begin_command();
                }
                open
            }
        };
        Ok(self.workbench.insert(open))
    }

    /// Returns the file of the desk that is named, where there is none yet: it may be a slip of the pen. The usual desk is made at need.
    pub fn missing_desk(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) if Some(&self.place) != self.home.as_ref() && !path.exists() => Some(path),
            _ => None,
        }
    }

    /// Runs something that may, or may not, make the desk that is named where there is none.
    pub(in crate::commands) fn beginning_desk<T>(&mut self, may: bool, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.may_make_desk, may);
        let answer = act(self);
        self.may_make_desk = before;
        answer
    }

    /// Returns the desk if a command has opened it: for completion, which must open nothing.
    pub const fn open_workbench(&mut self) -> Option<&mut Workbench> {
        self.workbench.as_mut()
    }

    /// Says which desk is opened when none is named.
    pub fn at_home_in(&mut self, home: Place) {
        self.home = Some(home);
    }

    /// Returns the name of the desk as the prompt shows it; `None` for the one that is opened when none is named.
    pub fn desk_name(&self) -> Option<String> {
        match &self.place {
            Place::Memory => Some("memory".to_owned()),
            place if Some(place) == self.home.as_ref() => None,
            Place::File(path) => Some(path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()),
        }
    }

    /// Puts the desk aside and turns to another; [`Session::come_back`] takes it up again as it was.
    pub(in crate::commands) fn turn_aside(&mut self, place: Place) -> Aside {
        Aside {
            place: std::mem::replace(&mut self.place, place),
            desk: self.workbench.take(),
            kept_to: self.kept_to.take(),
        }
    }

    pub(in crate::commands) fn come_back(&mut self, aside: Aside) {
        self.place = aside.place;
        self.workbench = aside.desk;
        self.kept_to = aside.kept_to;
    }

    /// Runs something on the desk as it stood at the end of a day; the present desk is there again afterwards.
    pub(in crate::commands) fn in_the_past<T>(
        &mut self,
        written: &str,
        act: impl FnOnce(&mut Self) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let day = self.date(written)?;
        let past = self.workbench()?.as_of(day.last())?;
        let present = self.workbench.replace(past);
        let answer = act(self);
        self.workbench = present;
        answer
    }

    /// Runs something that only looks at the desk; where its file is not there yet, on an empty one in memory, so that none is
    /// made.
    ///
    /// # Errors
    /// Those of `look`.
    pub(in crate::commands) fn on_no_new_desk<T>(
        &mut self,
        look: impl FnOnce(&mut Self) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let is_new = matches!(&self.place, Place::File(path) if self.workbench.is_none() && !path.exists());
        if !is_new {
            return look(self);
        }
        let aside = self.turn_aside(Place::Memory);
        let answer = look(self);
        self.come_back(aside);
        answer
    }

    /// Tells whether leaving this desk would lose work that a person was not told of.
    pub fn holds_unkept_work(&mut self) -> bool {
        if self.place != Place::Memory || !self.at_prompt {
            return false;
        }
        let newest = self.newest_operation();
        let known = std::mem::replace(&mut self.kept_to, newest);
        newest.is_some() && newest != known
    }

    /// Notes that the work on the desk so far is kept elsewhere.
    pub(in crate::commands) fn work_is_kept(&mut self) {
        self.kept_to = self.newest_operation();
    }

    fn newest_operation(&mut self) -> Option<OperationId> {
        self.workbench.as_ref()?.log(1).ok()?.first().map(|operation| operation.id)
    }
}
