//! How a session acts for a person: under a name, and each command as one step.

use crate::commands::{CommandError, Session};
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
