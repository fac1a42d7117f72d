//! The commands, and the one registry that serves the command line, the prompt and scripts.
//!
//! A command is one file in the folder of its group (`articles` to `shell`): a type with clap's derive, a name, a one-line
//! purpose, an example that runs, and `run`. Its line in [`registry()`] is all that has to be added for it to work
//! everywhere: help, "did you mean", unambiguous prefixes, `--json`, completion and the README's table come from the
//! registry. What several commands share stands in `common`, what they show in `layout`, what they work on in `session`.
//!
//! ```
//! use onrecord::commands::{Session, registry, run_line, screen::Screen};
//! use onrecord::store::Place;
//! use onrecord::workbench::Settings;
//! let mut session = Session::new(Place::Memory, Settings::default(), Screen::captured(80));
//! assert!(registry().iter().any(|entry| entry.name == "extract"));
//! let error = run_line(&mut session, "clams").unwrap_err();
//! assert_eq!(error.to_string(), "unknown command `clams`");
//! ```

pub mod completion;
pub mod error;
pub mod line;
pub mod schema;
pub mod screen;
pub mod script;
pub mod session;

mod articles;
mod claims;
mod common;
mod desk;
mod door;
mod layout;
mod registry;
mod relations;
mod shell;
mod stories;
mod typed;
mod usage;
mod verdicts;

pub use door::{Door, run_line, run_matches, tree};
pub use error::CommandError;
pub use registry::{Command, Entry, Group, registry};
pub use relations::review;
pub use session::{Outcome, Session};
pub use typed::{Unread, read_arguments};
pub use usage::parse_failure;

#[cfg(test)]
mod tests;
