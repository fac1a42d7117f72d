//! The deep reader: a small transformer over word pieces, trained on news with every attribution marked by hand.
//!
//! It reads in windows of word pieces that overlap, so that a long quotation is seen with what stands around it, and
//! runs in pure Rust with its weights inside the program. Refuses nothing: any document gets a row a token. Spans,
//! links and speakers are made from these rows by the parts that all readers share. The model card is
//! `training/README.md`.

mod encoder;
pub mod inputs;
pub mod pointer;
mod weights;
mod windows;

use super::reader::LABELS;
use crate::encoder::kernel::Level;
use crate::encoder::layers::Room;
use crate::text::Document;
use encoder::{Rows, Window};
use inputs::Inputs;
use pointer::Pointer;
use rayon::prelude::*;
use std::sync::LazyLock;
pub use weights::BadWeights;
use weights::Weights;

/// Windows are read in batches of this many, so that a document of any length needs little memory.
const BATCH: usize = 64;

/// Reads documents with the encoder; made once, used from any thread.
#[derive(Debug)]
pub struct DeepReader<'a> {
    weights: Weights<'a>,
    level: Level,
}

impl<'a> DeepReader<'a> {
    /// Makes a reader from the bytes of a weights file.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version.
    pub fn new(bytes: &'a [u8]) -> Result<Self, BadWeights> {
        Ok(Self { weights: Weights::parse(bytes)?, level: Level::best() })
    }

    /// Returns the reader that ships with the program, or why its weights are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn shipped() -> Result<&'static DeepReader<'static>, &'static BadWeights> {
        static SHIPPED: LazyLock<Result<DeepReader<'static>, BadWeights>> =
            LazyLock::new(|| DeepReader::new(include_bytes!("model.bin")));
        SHIPPED.as_ref()
    }

    /// Returns log-probabilities of the seven labels, one row a token of `document.tokens`, and the pointer.
    pub fn read(&'a self, document: &Document) -> (Vec<[f32; LABELS]>, Option<Pointer<'a>>) {
        let inputs = Inputs::of(document, &self.weights.vocabulary);
        let rows = self.rows(&inputs);
        (rows.labels, Pointer::new(rows.marks, &inputs.breaks, &self.weights.bias))
    }

    /// Returns log-probabilities of the seven labels alone.
    pub fn scores(&self, document: &Document) -> Vec<[f32; LABELS]> {
        self.rows(&Inputs::of(document, &self.weights.vocabulary)).labels
    }

    fn rows(&self, inputs: &Inputs) -> Rows {
        let room = self.weights.sizes.positions as u32 - 2;
        let mut rows = Rows::default();
        let pointed = inputs.cases.len() <= pointer::MOST;
        for cuts in windows::windows(&inputs.starts, room).chunks(BATCH) {
            let read: Vec<Rows> = cuts
                .par_iter()
                .map_init(Room::default, |room, cut| {
                    let window = Window { weights: &self.weights, inputs, tokens: cut.tokens.clone(), room };
                    let rows = self.level.run(window);
                    let kept = cut.kept.start - cut.tokens.start..cut.kept.end - cut.tokens.start;
                    let marks = if pointed { kept.start * pointer::WIDTH..kept.end * pointer::WIDTH } else { 0..0 };
                    Rows { labels: rows.labels[kept].to_vec(), marks: rows.marks[marks].to_vec() }
                })
                .collect();
            for window in read {
                rows.labels.extend(window.labels);
                rows.marks.extend(window.marks);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests;
