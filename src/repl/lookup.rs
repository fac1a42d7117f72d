//! What the desk holds that a person may be about to type: ids, speakers, outlets, stories, ratings.
//!
//! The prompt asks through one trait, so that completion can be tested without a database.

use crate::commands::completion::ValueKind;
use crate::store::id::AnyId;

/// The most values offered at once; a person who sees more types another letter.
pub const MOST: usize = 200;

/// A value that may be typed here, with a few words that tell it from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub value: String,
    /// Empty where the value says it all.
    pub note: String,
}

impl Offer {
    pub fn new(value: impl Into<String>, note: impl Into<String>) -> Self {
        Self { value: value.into(), note: note.into() }
    }
}

/// Something that knows the values of a desk.
pub trait Lookup {
    /// Returns values of one kind that `typed` may be the beginning of, best first, at most `MOST`.
    ///
    /// It never fails: a desk that cannot be read offers nothing.
    fn offers(&mut self, kind: ValueKind, typed: &str) -> Vec<Offer>;

    /// Tells whether the desk has something of that id.
    fn has(&mut self, id: AnyId) -> bool;
}

/// Tells whether a name is what somebody means who typed `typed`: some word of it begins so, whatever the case.
pub fn fits(name: &str, typed: &str) -> bool {
    let (name, typed) = (name.to_lowercase(), typed.to_lowercase());
    name.starts_with(&typed)
        || name
            .match_indices(&typed)
            .any(|(at, _)| name[..at].chars().next_back().is_some_and(|before| !before.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_name_is_found_by_any_of_its_words() {
        for (name, typed, expected) in [
            ("Alice Wells", "wel", true),
            ("Alice Wells", "al", true),
            ("Alice Wells", "ells", false),
            ("Émile d’Arc", "arc", true),
            ("Émile", "É", true),
            ("anything", "", true),
        ] {
            assert_eq!(fits(name, typed), expected, "{name} / {typed}");
        }
    }
}
