//! The `--reader` flag that `load` and `extract` share: which reader finds source, cue and content.

use super::CommandError;
use crate::attribution::reader::{self, Reader};

/// Which reader finds source, cue and content.
#[derive(Debug, clap::Args)]
pub struct ReaderChoice {
    /// The reader: `fast`, or `deep`, which finds more and takes some ten times as long
    #[arg(long, value_name = "READER", default_value = reader::NAMES[0], value_parser = reader::NAMES)]
    reader: String,
}

impl ReaderChoice {
    /// Returns the reader that was asked for.
    ///
    /// # Errors
    /// When the weights that ship with the program cannot be read.
    pub fn chosen(&self) -> Result<&'static dyn Reader, CommandError> {
        let broken = || CommandError::failed(format!("the weights of the reader `{}` cannot be read", self.reader));
        reader::by_name(&self.reader).ok_or_else(broken)
    }
}
