//! An article whose words were altered or removed after it was published, without a notice that speaks of it.

use crate::report::statement::Source;
use crate::revision::Piece;
use serde::{Deserialize, Serialize};

/// Two versions of one article, and what was changed from the one to the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revised {
    pub before: Source,
    pub after: Source,
    /// When each was fetched or loaded: RFC 3339, UTC.
    pub seen_before: String,
    pub seen_after: String,
    /// What tells which came first.
    #[serde(default)]
    pub order: String,
    /// The notices in the later version; none of them speaks of what was altered.
    #[serde(default)]
    pub notices: Vec<String>,
    /// What readers were not told of.
    pub altered: Vec<Altered>,
}

impl Revised {
    /// Tells whether the later version has a notice, though it does not speak of what was altered.
    pub fn has_notice(&self) -> bool {
        !self.notices.is_empty()
    }
}

/// One thing that was altered or removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Altered {
    /// "the quotation of Ada Brook was altered".
    pub sentence: String,
    /// Both wordings, word by word; what was removed stands there alone.
    pub words: Vec<Piece>,
}
