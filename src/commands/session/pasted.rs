//! An article from standard input or from a paste: what `load -` reads.

use crate::commands::Session;
use std::io::{IsTerminal, Read, Result};

impl Session {
    /// Keeps what was pasted at the prompt for `load -`.
    pub fn keep_pasted(&mut self, text: &str) {
        self.shell.pasted = Some(text.to_owned());
    }

    /// Returns what was pasted, or else reads standard input to its end; at a terminal it says how to end.
    pub(in crate::commands) fn pasted_or_typed(&mut self) -> Result<Vec<u8>> {
        if let Some(text) = self.shell.pasted.take() {
            return Ok(text.into_bytes());
        }
        let mut input = std::io::stdin().lock();
        if input.is_terminal() {
            self.screen.write_err("Paste or type the article; Ctrl-D on a line of its own ends it.\n");
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
