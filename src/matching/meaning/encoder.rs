//! Sentences become vectors: the mean of the encoder's states over all pieces, turned to fewer numbers of 8 bits.
//!
//! Method: Reimers and Gurevych 2019 (mean pooling); what is turned away is in the card. A text of more than
//! [`Meaning::longest`] pieces is read up to there. A text without a letter or digit has no vector.

use super::weights::Weights;
use super::{LENGTH, Vector};
use crate::encoder::kernel::{Level, Work};
use crate::encoder::layers::{Room, transform};
use crate::encoder::pieces::Pieces;
use crate::encoder::weights::BadWeights;
use std::cell::RefCell;
use std::sync::LazyLock;

/// Turns texts into vectors; made once, used from any thread.
#[derive(Debug)]
pub struct Meaning<'a> {
    weights: Weights<'a>,
    level: Level,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

impl<'a> Meaning<'a> {
    /// Makes an encoder from the bytes of a weights file.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version.
    pub fn new(bytes: &'a [u8]) -> Result<Self, BadWeights> {
        Ok(Self { weights: Weights::parse(bytes)?, level: Level::best() })
    }

    /// Returns the encoder that ships with the program, or why its weights are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn shipped() -> Result<&'static Meaning<'static>, &'static BadWeights> {
        static SHIPPED: LazyLock<Result<Meaning<'static>, BadWeights>> =
            LazyLock::new(|| Meaning::new(include_bytes!("model.bin")));
        SHIPPED.as_ref()
    }

    /// Returns the name of the model: vectors of two models cannot be compared.
    pub const fn name(&self) -> &str {
        self.weights.name
    }

    /// Returns the weights: the relation model runs on the same pieces and lowest layers.
    pub(crate) const fn weights(&self) -> &Weights<'a> {
        &self.weights
    }

    /// Returns how many pieces of a text are read.
    pub const fn longest(&self) -> usize {
        self.weights.sizes.positions - 2
    }

    /// Returns the vector of a text; `None` when it has no letter and no digit.
    pub fn vector(&self, text: &str) -> Option<Vector> {
        let mut mean = self.mean(text)?;
        for (x, centre) in mean.iter_mut().zip(&self.weights.centre) {
            *x -= centre;
        }
        let rows = self.weights.turn.chunks_exact(self.weights.sizes.width);
        let turned: Vec<f32> = rows.map(|row| row.iter().zip(&mean).map(|(a, b)| a * b).sum()).collect();
        Vector::of(&turned)
    }

    /// Returns the mean of the states over the pieces of a text, of length 1: what the base calls its sentence vector.
    pub fn mean(&self, text: &str) -> Option<Vec<f32>> {
        let pieces = pieces(&self.weights.vocabulary, text, self.longest())?;
        ROOM.with_borrow_mut(|room| {
            let mut mean = self.level.run(Sentence { weights: &self.weights, pieces: &pieces, room });
            let length = mean.iter().map(|x| x * x).sum::<f32>().sqrt();
            mean.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
            (length > 0.0).then_some(mean)
        })
    }

    /// Returns the centres of the cells that vectors are kept in.
    pub(super) fn cells(&self) -> &[[i8; LENGTH]] {
        &self.weights.cells
    }

    /// Runs with the instructions of this level only.
    #[cfg(test)]
    pub(super) fn at(self, level: Level) -> Self {
        Self { level, ..self }
    }

    pub(super) const fn level(&self) -> Level {
        self.level
    }
}

/// Returns the pieces that are read of a text, at most `longest` and two at the ends; `None` when it has no letter or digit.
pub fn pieces(vocabulary: &Pieces, text: &str, longest: usize) -> Option<Vec<u32>> {
    let mut pieces = vec![vocabulary.first];
    let mut said = false;
    for word in text.split_whitespace() {
        said |= word.chars().any(char::is_alphanumeric);
        vocabulary.cut(word, &mut pieces);
        if pieces.len() > longest {
            break;
        }
    }
    pieces.truncate(longest + 1);
    pieces.push(vocabulary.last);
    said.then_some(pieces)
}

/// One sentence to be read.
struct Sentence<'a> {
    weights: &'a Weights<'a>,
    pieces: &'a [u32],
    room: &'a mut Room,
}

impl Work for Sentence<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run(self, level: Level) -> Vec<f32> {
        let Sentence { weights, pieces, room } = self;
        let width = weights.sizes.width;
        weights.embed(pieces, room);
        for layer in &weights.layers {
            transform(layer, pieces.len(), width, room, level);
        }
        room.mean(pieces.len(), width)
    }
}
