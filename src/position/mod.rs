//! Who stands where on what: claims of many articles gather around a statement that some take up and others oppose.
//!
//! Each claim is read once by a small encoder ([`Encoder`]) that gives a direction for what it is about and one for where it
//! stands. Claims near one another are held against a few of them, the pivots, by the relation model ([`targets`]); who agrees
//! with the pivot is for it. How good that is stands in the card, `src/position/card.md`.

mod encoder;
mod naming;
mod stance;
mod targets;
mod weights;

pub use encoder::Encoder;
pub use naming::{Worded, clause, name};
pub use stance::{Opened, Opinion, Stance};
pub use targets::{Placed, Reading, Said, Target, targets};

use serde::{Deserialize, Serialize};

/// Which side of a target a claim takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    For,
    Against,
}

impl Polarity {
    /// Returns the other side.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::For => Self::Against,
            Self::Against => Self::For,
        }
    }

    /// Returns the word that a person reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
        }
    }
}

#[cfg(test)]
mod tests;
