//! Two claims are read together by a small encoder, which says whether they are opposed, the same, or neither.
//!
//! A side is who speaks, the cue, the words and, for a fragment, its sentence. Both orders are read and averaged. The lowest
//! layers and the pieces are those of [`crate::matching::meaning`]. What it says is one opinion among others: see
//! `workbench::opposing`. A second encoder reads what is no claim of a desk: two bare texts, words and a checked claim.

mod encoder;
mod features;
mod forest;
mod texts;
mod weights;

pub use encoder::{Answer, Encoder, Model, Told};
pub use features::{ALL, CHEAP, Claimed, Place, Ruled, explained, features, ordered, read_alone, ruled};
pub use forest::Forests;
pub use texts::{Texts, relate_texts};

#[cfg(test)]
mod tests;
