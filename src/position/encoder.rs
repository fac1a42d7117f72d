//! Runs the encoder of positions over the pieces of one claim.

use super::stance::{Opened, Opinion, STANCE, Stance, TARGET};
use super::weights::{self, Scale, Weights};
use crate::encoder::kernel::{Level, Work};
use crate::encoder::layers::{Room, transform};
use crate::encoder::weights::BadWeights;
use crate::matching::meaning::Meaning;
use std::cell::RefCell;
use std::sync::LazyLock;

/// Pieces of a claim that are read, both marks included.
const LONGEST: usize = 126;

/// The weights that ship with the program.
const MODEL: &[u8] = include_bytes!("model.bin");

/// Reads claims; made once, used from any thread.
#[derive(Debug)]
pub struct Encoder<'a> {
    weights: Weights<'a>,
    base: &'static Meaning<'static>,
    level: Level,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

impl<'a> Encoder<'a> {
    /// Makes an encoder from the bytes of a weights file and the base that it shares layers with.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version, or belong to another base.
    pub fn new(bytes: &'a [u8], base: &'static Meaning<'static>) -> Result<Self, BadWeights> {
        let weights = Weights::parse(bytes)?;
        let shared = base.weights();
        if weights.base != shared.name || weights.sizes != shared.sizes {
            return Err(BadWeights::Sizes("the encoder of positions belongs to another encoder"));
        }
        Ok(Self { weights, base, level: Level::best() })
    }

    /// Returns the encoder that ships with the program, or why its weights are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn shipped() -> Result<&'static Encoder<'static>, &'static BadWeights> {
        static SHIPPED: LazyLock<Result<Encoder<'static>, BadWeights>> =
            LazyLock::new(|| Encoder::new(MODEL, Meaning::shipped().map_err(Clone::clone)?));
        SHIPPED.as_ref()
    }

    /// Returns the name of the model: stances of two models cannot be compared.
    pub const fn name(&self) -> &str {
        self.weights.name
    }

    /// Returns the name of the model that ships with the program without reading its weights.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn shipped_name() -> Result<&'static str, BadWeights> {
        weights::name(MODEL)
    }

    pub(super) const fn scale(&self) -> &Scale {
        &self.weights.scale
    }

    /// Returns the stance of a claim by its pieces, as [`crate::relation::model::Encoder::side`] cuts them.
    pub fn stance(&self, pieces: &[u32]) -> Stance {
        let vocabulary = &self.base.weights().vocabulary;
        let mut whole = vec![vocabulary.first];
        whole.extend(pieces.iter().take(LONGEST - 2));
        whole.push(vocabulary.last);
        let states = ROOM.with_borrow_mut(|room| self.level.run(Side { encoder: self, pieces: &whole, room }));
        let rows = |rows: &[f32], bias: &[f32], x: &[f32]| -> Vec<f32> {
            let dot = |row: &[f32]| row.iter().zip(x).map(|(a, b)| a * b).sum::<f32>();
            rows.chunks_exact(x.len()).zip(bias).map(|(row, bias)| dot(row) + bias).collect()
        };
        let mean = &states[..self.weights.sizes.width];
        let mut target = rows(&self.weights.target, &self.weights.target_bias, mean);
        let length = target.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        target.iter_mut().for_each(|x| *x /= length);
        let stance = rows(&self.weights.stance, &self.weights.stance_bias, &states);
        let (weights, last) = self.weights.likeness.split_at(TARGET + STANCE);
        let likeness: f32 = target.iter().chain(&stance).zip(weights).map(|(x, weight)| x * weight).sum();
        Stance::of(&target, &stance, likeness + last.iter().sum::<f32>())
    }

    /// Makes a stance ready to be held against many others.
    pub fn opened(&self, stance: &Stance) -> Opened {
        stance.opened(self.scale())
    }

    /// Returns the log-odds that two claims are opposed; nothing where they are about things far apart.
    pub fn opposed(&self, one: &Opened, other: &Opened) -> Option<f32> {
        one.opinion(other, self.scale()).map(|opinion| opinion.opposed)
    }

    /// Returns what two stances say of one another.
    pub fn opinion(&self, a: &Stance, b: &Stance) -> Opinion {
        let far = Opinion { opposed: -9.0, same: -9.0 };
        self.opened(a).opinion(&self.opened(b), self.scale()).unwrap_or(far)
    }

    /// Runs with the instructions of this level only.
    #[cfg(test)]
    pub(super) fn at(self, level: Level) -> Self {
        Self { level, ..self }
    }
}

/// One claim to be read: what comes out is the mean of the states and the first one, end to end.
struct Side<'a> {
    encoder: &'a Encoder<'a>,
    pieces: &'a [u32],
    room: &'a mut Room,
}

impl Work for Side<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run(self, level: Level) -> Vec<f32> {
        let Side { encoder, pieces, room } = self;
        let (weights, base) = (&encoder.weights, encoder.base.weights());
        let width = weights.sizes.width;
        base.embed(pieces, room);
        for layer in base.layers.iter().take(weights.shared).chain(&weights.layers) {
            transform(layer, pieces.len(), width, room, level);
        }
        let mut out = room.mean(pieces.len(), width);
        out.extend_from_slice(&room.states[..width]);
        out
    }
}
