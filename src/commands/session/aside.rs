//! Another desk for a while: one in another file, the desk of a day gone by, an empty one in memory.

use crate::commands::{CommandError, Session};
use crate::store::Place;
use crate::store::id::OperationId;
use crate::workbench::Workbench;

/// A desk that was put aside.
#[derive(Debug)]
pub(in crate::commands) struct Aside {
    place: Place,
    desk: Option<Workbench>,
    kept_to: Option<OperationId>,
}

impl Session {
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
}
