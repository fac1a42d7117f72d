//! The meaning side of matching: sentence vectors, the claims nearest to one, and what their likeness adds to the score.
//!
//! The vectors are those of a small sentence encoder that ships with the program (see `card.md` beside this file), in pure
//! Rust. It says which sentences are about the same thing; whether they say the same of it is left to words, figures,
//! negations and a person.

mod cells;
mod encoder;
mod score;
mod vector;
mod weights;

pub use cells::Vectors;
pub use encoder::{Meaning, pieces};
pub use score::NAMES;
pub(in crate::matching) use score::{Meant, Table};
pub use vector::{LENGTH, Vector};

#[cfg(test)]
mod tests;
