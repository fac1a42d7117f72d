//! Why a command could not do its work, and what to try; one exit code for each kind.

use std::io;

/// A command's error; the hint is one sentence a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The words of the command are wrong: an unknown command, flag or value.
    #[error("{message}")]
    Usage { message: String, hint: Option<String> },
    /// The command was understood but could not be carried out.
    #[error("{message}")]
    Failed { message: String, hint: Option<String> },
    /// A person stopped it (Ctrl-C); what was stored before stays.
    #[error("stopped: everything up to here is kept")]
    Interrupted,
    /// Nobody reads the output any more, or it cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(io::Error),
}

impl CommandError {
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: None }
    }

    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed { message: message.into(), hint: None }
    }

    /// Adds what to try; an error that already says so keeps its own.
    pub fn with_hint(mut self, text: impl Into<String>) -> Self {
        if let Self::Usage { hint, .. } | Self::Failed { hint, .. } = &mut self {
            hint.get_or_insert_with(|| text.into());
        }
        self
    }

    /// Returns the error of a file that could not be read or written, in words.
    pub fn file(path: &std::path::Path, error: &io::Error) -> Self {
        let shown = path.display();
        match error.kind() {
            io::ErrorKind::NotFound => Self::failed(format!("{shown}: there is no such file or folder"))
                .with_hint("check the path; relative paths count from the folder onrecord was started in"),
            io::ErrorKind::PermissionDenied => Self::failed(format!("{shown}: permission denied"))
                .with_hint("check who owns the file, or choose another place"),
            _ => Self::failed(format!("{shown}: {}", crate::workbench::files::told(error))),
        }
    }

    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Usage { hint, .. } | Self::Failed { hint, .. } => hint.as_deref(),
            Self::Interrupted | Self::Output(_) => None,
        }
    }

    /// Returns the exit code of the program: 1 for an error, 2 for wrong usage, 130 when stopped. A closed pipe is no error.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Failed { .. } | Self::Output(_) => 1,
            Self::Usage { .. } => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<crate::workbench::WorkbenchError> for CommandError {
    fn from(error: crate::workbench::WorkbenchError) -> Self {
        if matches!(error, crate::workbench::WorkbenchError::Store(crate::store::StoreError::Interrupted)) {
            return Self::Interrupted;
        }
        let (message, hint) = (error.to_string(), error.hint());
        Self::Failed { message, hint: (!hint.is_empty()).then_some(hint) }
    }
}
