//! How a session acts for a person: under a name, and each command as one step.

use crate::commands::{CommandError, Session};
use crate::report::view::View;
use crate::store::Keep;
use crate::workbench::Workbench;

impl Session {
    /// Makes sure that it is known who acts; at a prompt the person is asked, once.
    ///
    /// # Errors
    /// [`CommandError::Usage`] when nothing says who acts.
    pub(in crate::commands) fn signer(&mut self) -> Result<(), CommandError> {
        if self.settings.user.trim().is_empty() && self.at_prompt {
            self.screen.write_err("Your name, as it stands under decisions and verdicts: ");
            let mut name = String::new();
            // Between two lines of the editor the terminal reads whole lines by itself.
            let _ = std::io::stdin().read_line(&mut name);
            let name = name.trim().to_owned();
            if !name.is_empty() {
                self.settings_changed(|settings| settings.user.clone_from(&name));
            }
        }
        if self.settings.user.trim().is_empty() {
            return Err(CommandError::usage("nothing says who decides this")
                .with_hint("`.set user NAME` or ONRECORD_USER=NAME gives the name that is kept and printed"));
        }
        Ok(())
    }

    /// Says of a desk of a day gone by that nothing had come onto it by then.
    ///
    /// # Errors
    /// When the desk cannot be read.
    pub(in crate::commands) fn said_if_empty_then(&mut self, view: View) -> Result<View, CommandError> {
        if self.workbench()?.stats()?.articles > 0 {
            return Ok(view);
        }
        Ok(view.hint(
            "nothing was on the desk at the end of that day: --as-of goes by the day of loading, `before:DAY` by that of the \
             article",
        ))
    }

    /// Says of a desk that a command made and wrote nothing to that no file of its name was there: the name may be a slip.
    ///
    /// # Errors
    /// Those of the command, with that in their hint.
    pub(in crate::commands) fn said_if_new(
        &mut self,
        answer: Result<View, CommandError>,
    ) -> Result<View, CommandError> {
        let Some(path) = self.made.take() else { return answer };
        let written =
            self.workbench.as_ref().and_then(|desk| desk.stats().ok()).is_some_and(|stats| stats.operations > 0);
        if written {
            return answer;
        }
        let told = format!("there was no file {}: it is a new, empty desk now", path.display());
        match answer {
            Ok(view) => Ok(view.hint(told)),
            Err(error) => Err(error.with_hint(told)),
        }
    }

    /// Says of a desk that was found to be damaged when it was opened that it can only be read; once.
    pub(in crate::commands) fn said_if_damaged(&mut self, view: View) -> View {
        match self.damage.take() {
            Some(words) => view.warning(format!("the file is damaged: {words}; nothing is written to it")).hint(
                "copy the file first; `doctor` tells what is at fault, `doctor --rescue NEW.db` saves what can be read, and \
                 a backup may hold the rest",
            ),
            None => view,
        }
    }

    /// Runs something as one step: what it writes is one operation, kept whole or, after an error, not at all.
    ///
    /// # Errors
    /// Those of `act`, and when what it wrote cannot be kept.
    pub(in crate::commands) fn as_one_step<T>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let before = self.workbench.as_mut().map(Workbench::begin_command);
        self.steps += 1;
        let answer = act(self);
        self.steps -= 1;
        let keep = if answer.is_ok() { Keep::All } else { Keep::Nothing };
        if let Some(desk) = &mut self.workbench {
            desk.end_command(before.unwrap_or_default(), keep)?;
        }
        answer
    }
}
