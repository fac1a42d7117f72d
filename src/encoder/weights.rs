//! Reads what every weights file of an encoder has; nothing is unpacked but scales, biases and the small tables.
//!
//! Layout, little-endian: eight bytes that name the file's kind; six 32-bit sizes (layers, width, heads, inner width,
//! positions, pieces), after them what the kind adds; the byte length of the vocabulary and its lines; then tensors.
//! A *table* is rows of `i8`, each after its 32-bit float scale. A *matrix* is the scales of its outputs, their biases,
//! and `i8` weights packed for the kernel: blocks of sixteen outputs, in a block pairs of columns, in a pair the
//! outputs, each with its two columns. A *row* is 32-bit floats. `training/export.py` writes it.

use super::kernel::{BLOCK, sums};
use super::layers::HEAD;
use super::pieces::Pieces;

/// Why a weights file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWeights {
    #[error("these are no weights of this version: export them again with training/export.py")]
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
}

/// A matrix of `outputs` rows and `columns` columns, packed.
#[derive(Debug)]
pub struct Matrix<'a> {
    pub columns: usize,
    pub outputs: usize,
    pub packed: &'a [u8],
    /// The weights of each output added up.
    pub sums: Vec<i32>,
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

impl Sizes {
    fn check(self) -> Result<(), BadWeights> {
        let all = [self.layers, self.width, self.heads, self.inner, self.positions, self.pieces];
        if all.iter().any(|&size| size == 0 || size > 1 << 20) {
            return Err(BadWeights::Sizes("a size is zero or very large"));
        }
        if self.width != self.heads * HEAD {
            return Err(BadWeights::Sizes("a head is not 32 numbers wide"));
        }
        if self.inner > 2_048 || self.width > 2_048 {
            return Err(BadWeights::Sizes("a product of so many columns could overflow"));
        }
        if !self.width.is_multiple_of(BLOCK) || !self.inner.is_multiple_of(BLOCK) {
            return Err(BadWeights::Sizes("outputs do not come in blocks of sixteen"));
        }
        if self.positions < 64 {
            return Err(BadWeights::Sizes("a window is too short"));
        }
        Ok(())
    }
}

/// The bytes of a weights file and how far they are read.
pub struct File<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> File<'a> {
    /// Opens a file whose first bytes are `kind`.
    ///
    /// # Errors
    /// [`BadWeights`] when they are not, or when there are fewer.
    pub fn open(bytes: &'a [u8], kind: &[u8; 8]) -> Result<Self, BadWeights> {
        let mut file = Self { bytes, at: 0 };
        if file.take(8)? == kind { Ok(file) } else { Err(BadWeights::Magic) }
    }

    /// Reads and checks the sizes.
    pub fn sizes(&mut self) -> Result<Sizes, BadWeights> {
        let sizes = Sizes {
            layers: self.size()?,
            width: self.size()?,
            heads: self.size()?,
            inner: self.size()?,
            positions: self.size()?,
            pieces: self.size()?,
        };
        sizes.check()?;
        Ok(sizes)
    }

    /// Reads the length of the vocabulary and its lines.
    pub fn vocabulary(&mut self, sizes: Sizes) -> Result<Pieces, BadWeights> {
        let length = self.size()?;
        let lines = std::str::from_utf8(self.take(length)?).map_err(|_| BadWeights::Vocabulary)?;
        Pieces::new(lines).filter(|pieces| pieces.len() == sizes.pieces).ok_or(BadWeights::Vocabulary)
    }

    /// Refuses bytes after the last tensor.
    pub const fn end(self) -> Result<(), BadWeights> {
        match self.bytes.len() - self.at {
            0 => Ok(()),
            left => Err(BadWeights::Long(left)),
        }
    }

    /// Takes the next bytes as they are.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], BadWeights> {
        let end = self.at.checked_add(count).ok_or(BadWeights::Short(self.at))?;
        let taken = self.bytes.get(self.at..end).ok_or(BadWeights::Short(self.bytes.len()))?;
        self.at = end;
        Ok(taken)
    }

    pub fn size(&mut self) -> Result<usize, BadWeights> {
        let bytes = self.take(4)?;
        Ok(bytes.iter().rev().fold(0, |size, &byte| size << 8 | usize::from(byte)))
    }

    pub fn row(&mut self, count: usize) -> Result<Vec<f32>, BadWeights> {
        let bytes = self.take(4 * count)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|&number| f32::from_le_bytes(number)).collect())
    }

    pub fn table(&mut self, rows: usize, width: usize) -> Result<Table<'a>, BadWeights> {
        Ok(Table { width, rows: self.take(rows * (width + 4))? })
    }

    pub fn norm(&mut self, width: usize) -> Result<Norm, BadWeights> {
        Ok(Norm { weight: self.row(width)?, bias: self.row(width)? })
    }

    pub fn matrix(&mut self, outputs: usize, columns: usize) -> Result<Matrix<'a>, BadWeights> {
        let (scales, bias) = (self.row(outputs)?, self.row(outputs)?);
        let packed = self.take(outputs * columns)?;
        Ok(Matrix { columns, outputs, scales, bias, packed, sums: sums(packed, columns, outputs) })
    }

    pub fn layer(&mut self, sizes: Sizes) -> Result<Layer<'a>, BadWeights> {
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
}
