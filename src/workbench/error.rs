//! What went wrong at the desk, in one sentence, and what to try.

use super::fetch::FetchError;
use crate::article::ReadError;
use crate::encoder::weights::BadWeights;
use crate::store::StoreError;
use crate::store::filter::FilterError;

/// An error with a message and a hint. `Display` gives the message alone.
#[derive(Debug, thiserror::Error)]
pub enum WorkbenchError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// The weights that ship with the program are damaged.
    #[error("the weights of the sentence vectors cannot be read: {0}")]
    Weights(BadWeights),
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A file could not be read.
    #[error("cannot read {path}: {reason}")]
    File { path: String, reason: String },
    /// What was asked cannot be done as it was asked.
    #[error("{message}")]
    Asked { message: String, hint: String },
}

pub type Result<T> = std::result::Result<T, WorkbenchError>;

impl WorkbenchError {
    /// Says what the person can try; empty when there is nothing better than the message.
    pub fn hint(&self) -> String {
        match self {
            Self::Store(error) => error.hint(),
            Self::Weights(_) => "the program was built with a damaged file: install it anew".into(),
            Self::Read(_) | Self::Filter(_) | Self::Fetch(_) => String::new(),
            Self::File { .. } => "check the name and whether the file may be read".into(),
            Self::Asked { hint, .. } => hint.clone(),
        }
    }

    /// Tells whether going on with the next file makes no sense: the database itself cannot be written.
    pub const fn stops_everything(&self) -> bool {
        matches!(
            self,
            Self::Store(
                StoreError::Full
                    | StoreError::ReadOnly
                    | StoreError::Locked
                    | StoreError::Corrupt(_)
                    | StoreError::Disk(_)
            )
        )
    }

    pub(super) fn asked(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Asked { message: message.into(), hint: hint.into() }
    }
}
