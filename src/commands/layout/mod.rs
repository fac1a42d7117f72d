//! How things of the desk are laid out before a person: one layout for each kind of thing, the same in every command.
//!
//! The rows themselves go along as data, so that programs get everything however little a person is shown.

pub mod act;
pub mod article;
pub mod checks;
pub mod claims;
pub mod flat;
pub mod foreseen;
pub mod positions;
pub mod relations;
pub mod revisions;
pub mod sides;
pub mod tables;
pub mod words;

use crate::lexicon::letters;
use crate::report::view::{Block, Paragraph, Role, Run};
use crate::store::rows::ArticleRow;

/// Width of the margin that ids stand in.
pub const ID_WIDTH: usize = 7;

/// Width of the margin that labels stand in.
pub const LABEL_WIDTH: usize = 13;

/// A label in the margin and what goes with it.
pub fn labelled(label: &str, runs: impl IntoIterator<Item = Run>) -> Block {
    Block::Paragraph(Paragraph::new(runs).beside(Run::new(Role::Dim, label), LABEL_WIDTH))
}

/// Counts things in words: `1 claim`, `3 claims`.
pub fn count(number: usize, one: &str) -> String {
    match (number, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{} {stem}ies", grouped(number)),
        (_, None) => format!("{} {one}s", grouped(number)),
    }
}

/// Names who did something; whoever gave no name is nobody.
pub fn by(person: &str) -> &str {
    if person.trim().is_empty() { "nobody" } else { person }
}

/// The verb for so many things: one `waits`, several `wait`.
pub const fn wait(number: usize) -> &'static str {
    if number == 1 { "waits" } else { "wait" }
}

/// Writes a number with its thousands apart: `19,250`.
pub fn grouped(number: usize) -> String {
    indicatif::HumanCount(number as u64).to_string()
}

/// A longer title is cut in lists: it is a whole text that came without one.
const TITLE: usize = 160;

/// Returns the title of an article as a list shows it, else its path.
pub fn title(row: &ArticleRow) -> String {
    letters::cut(row.title.as_ref().unwrap_or(&row.path), TITLE)
}
