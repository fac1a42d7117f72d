//! The `--reader` flag that `load` and `extract` share: which reader finds source, cue and content.

use crate::attribution::reader::{self, Reader};
use crate::commands::CommandError;

/// Which reader finds source, cue and content.
#[derive(Debug, clap::Args)]
pub struct ReaderChoice {
    /// The reader: `fast`, or `deep`, which finds more and takes some thirty times as long
    #[arg(long, value_name = "READER", value_parser = reader::NAMES)]
    reader: Option<String>,
}

impl ReaderChoice {
    /// Tells whether a person chose.
    pub const fn is_given(&self) -> bool {
        self.reader.is_some()
    }

    /// Returns the reader that was asked for, else the one named.
    ///
    /// # Errors
    /// When the weights that ship with the program cannot be read.
    pub fn or(&self, otherwise: &str) -> Result<&'static dyn Reader, CommandError> {
        let name = self.reader.as_deref().unwrap_or(otherwise);
        let broken = || CommandError::failed(format!("the weights of the reader `{name}` cannot be read"));
        reader::by_name(name).ok_or_else(broken)
    }
}
