//! Reads the weights file of the deep reader; nothing is unpacked but scales, biases and the small tables.
//!
//! Layout, little-endian: the eight bytes `ONRDEEP1`; seven 32-bit sizes (layers, width, heads, inner width, positions,
//! pieces, recurrent width); the byte length of the vocabulary and its lines; then tensors in the order of [`Weights`].
//! A *table* is rows of `i8`, each after its 32-bit float scale. A *matrix* is the scales of its outputs, their biases,
//! and `i8` weights packed for [`super::kernel`]: blocks of sixteen outputs, in a block pairs of columns, in a pair the
//! outputs, each with its two columns. A *row* is 32-bit floats. `training/export.py` writes it.

use super::inputs::{BREAKS, CASES, PLACES};
use super::kernel::BLOCK;
use super::pieces::Pieces;

/// Why a weights file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWeights {
    #[error("these are no weights of a deep reader of this version: export them again with training/export.py")]
    Magic,
    #[error("the weights end at byte {0}, in the middle of a tensor: the file is cut off")]
    Short(usize),
    #[error("the sizes in the weights file do not fit together: {0}")]
    Sizes(&'static str),
    #[error("the vocabulary in the weights file is damaged")]
    Vocabulary,
    #[error("{0} bytes are left after the last tensor: the file is of another version")]
    Long(usize),
}

/// Sizes of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub inner: usize,
    pub positions: usize,
    pub pieces: usize,
    pub recurrent: usize,
}

/// A matrix of `outputs` rows and `columns` columns, packed.
#[derive(Debug)]
pub struct Matrix<'a> {
    pub columns: usize,
    pub outputs: usize,
    pub packed: &'a [u8],
    pub scales: Vec<f32>,
    pub bias: Vec<f32>,
}

/// Rows of numbers to look up.
#[derive(Debug)]
pub struct Table<'a> {
    width: usize,
    rows: &'a [u8],
}

impl Table<'_> {
    /// Adds row `number` to `out`; an unknown number adds nothing.
    #[inline(always)]
    pub fn add(&self, number: usize, out: &mut [f32]) {
        let size = self.width + 4;
        let Some(row) = self.rows.get(number * size..(number + 1) * size) else { return };
        let Some((scale, row)) = row.split_first_chunk::<4>() else { return };
        let scale = f32::from_le_bytes(*scale);
        for (out, &byte) in out.iter_mut().zip(row) {
            *out += f32::from(byte as i8) * scale;
        }
    }
}

/// Weight and bias of a layer normalisation.
#[derive(Debug)]
pub struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

/// One layer of the encoder.
#[derive(Debug)]
pub struct Layer<'a> {
    /// Queries, keys and values, one after another.
    pub qkv: Matrix<'a>,
    pub out: Matrix<'a>,
    pub after_attention: Norm,
    pub up: Matrix<'a>,
    pub down: Matrix<'a>,
    pub after_inner: Norm,
}

/// One direction of the recurrent layer; gates in the order input, forget, cell, output.
#[derive(Debug)]
pub struct Direction<'a> {
    pub input: Matrix<'a>,
    /// `recurrent` rows of `4 · recurrent` numbers: the weights from each state to all gates.
    pub state: Vec<f32>,
}

/// All weights, in the order of the file.
#[derive(Debug)]
pub struct Weights<'a> {
    pub sizes: Sizes,
    pub vocabulary: Pieces,
    pub piece: Table<'a>,
    pub position: Table<'a>,
    pub case: Table<'a>,
    pub place: Table<'a>,
    pub start: Table<'a>,
    pub norm: Norm,
    pub layers: Vec<Layer<'a>>,
    pub forward: Direction<'a>,
    pub backward: Direction<'a>,
    /// Seven rows of `2 · recurrent` numbers, then seven biases.
    pub score: Vec<f32>,
}

impl<'a> Weights<'a> {
    /// Reads a weights file.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BadWeights> {
        let mut file = File { bytes, at: 0 };
        if file.take(8)? != b"ONRDEEP1" {
            return Err(BadWeights::Magic);
        }
        let mut size = || file.size();
        let sizes = Sizes {
            layers: size()?,
            width: size()?,
            heads: size()?,
            inner: size()?,
            positions: size()?,
            pieces: size()?,
            recurrent: size()?,
        };
        sizes.check()?;
        let length = file.size()?;
        let lines = std::str::from_utf8(file.take(length)?).map_err(|_| BadWeights::Vocabulary)?;
        let vocabulary = Pieces::new(lines).filter(|p| p.len() == sizes.pieces).ok_or(BadWeights::Vocabulary)?;
        let (width, state) = (sizes.width, sizes.recurrent);
        let weights = Self {
            sizes,
            vocabulary,
            piece: file.table(sizes.pieces, width)?,
            position: file.table(sizes.positions, width)?,
            case: file.table(CASES, width)?,
            place: file.table(PLACES, width)?,
            start: file.table(BREAKS, width)?,
            norm: file.norm(width)?,
            layers: (0..sizes.layers).map(|_| file.layer(sizes)).collect::<Result<_, _>>()?,
            forward: file.direction(sizes)?,
            backward: file.direction(sizes)?,
            score: file.row(7 * 2 * state + 7)?,
        };
        match bytes.len() - file.at {
            0 => Ok(weights),
            left => Err(BadWeights::Long(left)),
        }
    }
}

impl Sizes {
    fn check(self) -> Result<(), BadWeights> {
        let all = [self.layers, self.width, self.heads, self.inner, self.positions, self.pieces, self.recurrent];
        if all.iter().any(|&size| size == 0 || size > 1 << 20) {
            return Err(BadWeights::Sizes("a size is zero or very large"));
        }
        if self.width != self.heads * super::encoder::HEAD {
            return Err(BadWeights::Sizes("a head is not 32 numbers wide"));
        }
        if self.inner > 2_048 || self.width > 2_048 {
            return Err(BadWeights::Sizes("a product of so many columns could overflow"));
        }
        if !self.width.is_multiple_of(BLOCK) || !self.inner.is_multiple_of(BLOCK) || !self.recurrent.is_multiple_of(4) {
            return Err(BadWeights::Sizes("outputs do not come in blocks of sixteen"));
        }
        if self.positions < 192 {
            return Err(BadWeights::Sizes("a window is too short"));
        }
        Ok(())
    }
}

/// The bytes of a weights file and how far they are read.
struct File<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> File<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], BadWeights> {
        let end = self.at.checked_add(count).ok_or(BadWeights::Short(self.at))?;
        let taken = self.bytes.get(self.at..end).ok_or(BadWeights::Short(self.bytes.len()))?;
        self.at = end;
        Ok(taken)
    }

    fn size(&mut self) -> Result<usize, BadWeights> {
        let bytes = self.take(4)?;
        Ok(bytes.iter().rev().fold(0, |size, &byte| size << 8 | usize::from(byte)))
    }

    fn row(&mut self, count: usize) -> Result<Vec<f32>, BadWeights> {
        let bytes = self.take(4 * count)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|&number| f32::from_le_bytes(number)).collect())
    }

    fn table(&mut self, rows: usize, width: usize) -> Result<Table<'a>, BadWeights> {
        Ok(Table { width, rows: self.take(rows * (width + 4))? })
    }

    fn norm(&mut self, width: usize) -> Result<Norm, BadWeights> {
        Ok(Norm { weight: self.row(width)?, bias: self.row(width)? })
    }

    fn matrix(&mut self, outputs: usize, columns: usize) -> Result<Matrix<'a>, BadWeights> {
        let (scales, bias) = (self.row(outputs)?, self.row(outputs)?);
        Ok(Matrix { columns, outputs, scales, bias, packed: self.take(outputs * columns)? })
    }

    fn layer(&mut self, sizes: Sizes) -> Result<Layer<'a>, BadWeights> {
        let (width, inner) = (sizes.width, sizes.inner);
        Ok(Layer {
            qkv: self.matrix(3 * width, width)?,
            out: self.matrix(width, width)?,
            after_attention: self.norm(width)?,
            up: self.matrix(inner, width)?,
            down: self.matrix(width, inner)?,
            after_inner: self.norm(width)?,
        })
    }

    fn direction(&mut self, sizes: Sizes) -> Result<Direction<'a>, BadWeights> {
        let gates = 4 * sizes.recurrent;
        Ok(Direction { input: self.matrix(gates, sizes.width)?, state: self.row(sizes.recurrent * gates)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(Weights::parse(b"ONRDEEP").unwrap_err(), BadWeights::Short(7));
        assert_eq!(Weights::parse(b"ONRDEEP9").unwrap_err(), BadWeights::Magic);
        let mut bytes = b"ONRDEEP1".to_vec();
        bytes.extend([0; 40]);
        assert!(matches!(Weights::parse(&bytes).unwrap_err(), BadWeights::Sizes(_)));
    }
}
