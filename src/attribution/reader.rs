//! The one interface of all readers: a score for each token and each of seven labels.

use crate::text::Document;

/// The seven labels, in the order of the columns of [`Reader::scores`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    Outside,
    BeginSource,
    InSource,
    BeginCue,
    InCue,
    BeginContent,
    InContent,
}

/// Gives each token of a document a score for each label; higher is likelier, in log-probability units.
pub trait Reader: Send + Sync {
    /// The name stored with each claim: `rules`, `fast`, `deep`.
    fn name(&self) -> &'static str;
    /// One row a token of `document.tokens`.
    fn scores(&self, document: &Document) -> Vec<[f32; 7]>;
}

/// Returns the reader that everything uses unless another is asked for.
pub fn standard() -> &'static dyn Reader {
    &Silent
}

/// Finds nothing; stands here until a reader that does is built.
#[derive(Debug)]
struct Silent;

impl Reader for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }

    fn scores(&self, document: &Document) -> Vec<[f32; 7]> {
        let mut row = [f32::MIN; 7];
        row[Label::Outside as usize] = 0.0;
        vec![row; document.tokens.len()]
    }
}
