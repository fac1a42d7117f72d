//! An article from standard input or from a paste: what `load -` reads.

use crate::commands::{CommandError, Session};
use std::io::{IsTerminal, Read};
use std::path::Path;

impl Session {
    /// Keeps what was pasted at the prompt for `load -`.
    pub fn keep_pasted(&mut self, text: &str) {
        self.shell.pasted = Some(text.to_owned());
    }

    /// Tells whether standard input can be read for data.
    ///
    /// # Errors
    /// When the lines that are run come from there.
    pub(in crate::commands) fn input_is_free(&self) -> Result<(), CommandError> {
        if self.input_is_script {
            return Err(CommandError::usage("standard input is the script that runs: `-` cannot be read from it")
                .with_hint("put it into a file and name the file"));
        }
        Ok(())
    }

    /// Returns what was pasted, or else reads standard input to its end; at a terminal it says how to end.
    ///
    /// # Errors
    /// When it cannot be read, or is the script that runs.
    pub(in crate::commands) fn pasted_or_typed(&mut self) -> Result<Vec<u8>, CommandError> {
        if let Some(text) = self.shell.pasted.take() {
            return Ok(text.into_bytes());
        }
        self.input_is_free()?;
        let mut input = std::io::stdin().lock();
        if input.is_terminal() {
            self.screen.write_err("Paste or type the article; Ctrl-D on a line of its own ends it.\n");
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(|error| CommandError::file(Path::new("-"), &error))?;
        Ok(bytes)
    }
}
