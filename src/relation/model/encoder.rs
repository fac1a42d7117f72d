//! Runs an encoder over the pieces of two sides.

use super::weights::Weights;
use crate::encoder::kernel::{Level, Work};
use crate::encoder::layers::{Room, padded, transform};
use crate::encoder::numbers::normalise;
use crate::encoder::weights::BadWeights;
use crate::matching::meaning::Meaning;
use std::cell::RefCell;
use std::sync::LazyLock;

/// Pieces of a pair that are read, its three marks included.
const LONGEST: usize = 126;
/// Pieces read of each part of a side.
const NAME: usize = 10;
const CUE: usize = 8;
const WORDS: usize = 56;
pub(super) const SENTENCE: usize = 40;
/// Words from which a claim is no fragment, and characters that a sentence must add to it.
const FRAGMENT: usize = 9;
const ADDED: usize = 12;

/// What the model reads of a claim; empty where nothing is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    pub speaker: &'a str,
    pub cue: &'a str,
    pub words: &'a str,
    pub sentence: &'a str,
}

/// The opinion of two claims of a desk, as log-odds less their mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Opposed in so many words.
    pub plain: f32,
    /// Opposed when one thinks on.
    pub inferred: f32,
    pub same: f32,
    pub neither: f32,
}

impl Answer {
    /// Returns the mean of two opinions.
    #[must_use]
    pub const fn mean(&self, other: &Self) -> Self {
        Self {
            plain: f32::midpoint(self.plain, other.plain),
            inferred: f32::midpoint(self.inferred, other.inferred),
            same: f32::midpoint(self.same, other.same),
            neither: f32::midpoint(self.neither, other.neither),
        }
    }

    /// Returns the log-odds of opposed, either way, the same and neither.
    pub fn three(&self) -> [f32; 3] {
        [sum(self.plain, self.inferred), self.same, self.neither]
    }

    /// Returns the log-odds that the two are opposed.
    pub fn opposed(&self) -> f32 {
        sum(self.plain, self.inferred) - sum(self.same, self.neither)
    }
}

/// The logarithm of a sum of two exponentials.
pub(super) fn sum(a: f32, b: f32) -> f32 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    most + (least - most).exp().ln_1p()
}

/// Reads pairs and gives so many answers; made once, used from any thread.
#[derive(Debug)]
pub struct Encoder<'a, const ANSWERS: usize> {
    weights: Weights<'a>,
    base: &'static Meaning<'static>,
    colon: u32,
    pub(super) open: u32,
    level: Level,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// Reads two claims of a desk: plainly opposed, opposed by inference, the same, neither.
pub type Model<'a> = Encoder<'a, 4>;

impl Model<'_> {
    /// Returns the model that reads claims of one article, or why its weights are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn shipped() -> Result<&'static Model<'static>, &'static BadWeights> {
        static SHIPPED: LazyLock<Result<Model<'static>, BadWeights>> =
            LazyLock::new(|| Model::new(include_bytes!("model.bin"), Meaning::shipped().map_err(Clone::clone)?));
        SHIPPED.as_ref()
    }

    /// Returns the model that reads claims of two articles, or why its weights are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn across() -> Result<&'static Model<'static>, &'static BadWeights> {
        static ACROSS: LazyLock<Result<Model<'static>, BadWeights>> =
            LazyLock::new(|| Model::new(include_bytes!("across.bin"), Meaning::shipped().map_err(Clone::clone)?));
        ACROSS.as_ref()
    }

    /// Returns the opinion of a pair, the mean over both orders.
    pub fn read(&self, a: &[u32], b: &[u32]) -> Answer {
        self.read_once(a, b).mean(&self.read_once(b, a))
    }

    /// Returns the opinion of a pair in this order alone.
    pub fn read_once(&self, a: &[u32], b: &[u32]) -> Answer {
        let found = self.ordered(a, b);
        let mean = found.iter().sum::<f32>() / found.len() as f32;
        let [plain, inferred, same, neither] = found.map(|x| x - mean);
        Answer { plain, inferred, same, neither }
    }
}

impl<'a, const ANSWERS: usize> Encoder<'a, ANSWERS> {
    /// Makes a model from the bytes of a weights file and the base that it shares layers with.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version, or belong to another base.
    pub fn new(bytes: &'a [u8], base: &'static Meaning<'static>) -> Result<Self, BadWeights> {
        let weights = Weights::parse(bytes, ANSWERS)?;
        let shared = base.weights();
        if weights.base != shared.name || weights.sizes != shared.sizes {
            return Err(BadWeights::Sizes("the relation model belongs to another encoder"));
        }
        let mark = |mark: &str| {
            let mut pieces = Vec::new();
            shared.vocabulary.cut(mark, &mut pieces);
            pieces.first().copied().unwrap_or(shared.vocabulary.unknown)
        };
        let (colon, open) = (mark(":"), mark("("));
        Ok(Self { weights, base, colon, open, level: Level::best() })
    }

    /// Returns the pieces of a side, to be read with any other.
    pub fn side(&self, told: &Told<'_>) -> Vec<u32> {
        let mut out = self.cut(told.speaker, NAME);
        out.extend(self.cut(told.cue, CUE));
        if !out.is_empty() {
            out.push(self.colon);
        }
        out.extend(self.cut(told.words, WORDS));
        let longer = told.sentence.chars().count() > told.words.chars().count() + ADDED;
        if told.words.split_whitespace().count() < FRAGMENT && longer {
            out.push(self.open);
            out.extend(self.cut(told.sentence, SENTENCE));
        }
        out
    }

    pub(super) fn cut(&self, text: &str, most: usize) -> Vec<u32> {
        let mut out = Vec::new();
        for word in text.split_whitespace() {
            self.base.weights().vocabulary.cut(word, &mut out);
            if out.len() >= most {
                break;
            }
        }
        out.truncate(most);
        out
    }

    /// Returns the answers, `a` read first.
    pub(super) fn ordered(&self, a: &[u32], b: &[u32]) -> [f32; ANSWERS] {
        let room = LONGEST - 3;
        let a = &a[..a.len().min((room / 2).max(room.saturating_sub(b.len())))];
        let b = &b[..b.len().min(room - a.len())];
        let vocabulary = &self.base.weights().vocabulary;
        let mut pieces = vec![vocabulary.first];
        pieces.extend(a);
        pieces.push(vocabulary.last);
        let second = pieces.len();
        pieces.extend(b);
        pieces.push(vocabulary.last);
        ROOM.with_borrow_mut(|room| self.level.run(Pair { model: self, pieces: &pieces, second, room }))
    }

    /// Runs with the instructions of this level only.
    #[cfg(test)]
    pub(super) fn at(self, level: Level) -> Self {
        Self { level, ..self }
    }
}

/// One pair to be read, in one order.
struct Pair<'a, const ANSWERS: usize> {
    model: &'a Encoder<'a, ANSWERS>,
    pieces: &'a [u32],
    /// Where the second side begins.
    second: usize,
    room: &'a mut Room,
}

impl<const ANSWERS: usize> Work for Pair<'_, ANSWERS> {
    type Output = [f32; ANSWERS];

    #[inline(always)]
    fn run(self, level: Level) -> [f32; ANSWERS] {
        let Pair { model, pieces, second, room } = self;
        let (weights, base) = (&model.weights, model.base.weights());
        let width = weights.sizes.width;
        let (first_side, second_side) = weights.side.split_at(width);
        room.states.clear();
        room.states.resize(padded(pieces.len()) * width, 0.0);
        for (position, (row, &piece)) in room.states.chunks_exact_mut(width).zip(pieces).enumerate() {
            base.piece.add(piece as usize, row);
            base.position.add(position, row);
            let side = if position < second { first_side } else { second_side };
            row.iter_mut().zip(side).for_each(|(x, side)| *x += side);
            normalise(row, &base.norm.weight, &base.norm.bias);
        }
        for layer in base.layers.iter().take(weights.shared).chain(&weights.layers) {
            transform(layer, pieces.len(), width, room, level);
        }
        let state = room.states.get(..width).unwrap_or_default();
        let dot = |row: &[f32], x: &[f32]| row.iter().zip(x).map(|(a, b)| a * b).sum::<f32>();
        let pooled = weights.pool.chunks_exact(width).zip(&weights.pool_bias);
        let pooled: Vec<f32> = pooled.map(|(row, bias)| (dot(row, state) + bias).tanh()).collect();
        let mut out = [0.0; ANSWERS];
        let rows = weights.score.chunks_exact(width).zip(&weights.score_bias);
        for (out, (row, bias)) in out.iter_mut().zip(rows) {
            *out = dot(row, &pooled) + bias;
        }
        out
    }
}
