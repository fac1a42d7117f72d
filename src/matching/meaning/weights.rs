//! Reads the weights file of the sentence vectors.
//!
//! Layout: that of [`crate::encoder::weights`] with the kind `ONRMEAN1`, after which stands the name of the model (sixteen
//! hexadecimal digits of the hash of all that follows), and with two sizes more: the numbers of a vector, and the cells;
//! then tensors in the order of [`Weights`]. `training/export_meaning.py` writes it.

use super::LENGTH;
use crate::encoder::layers::{Room, padded};
use crate::encoder::numbers::normalise;
use crate::encoder::pieces::Pieces;
use crate::encoder::weights::{BadWeights, File, Layer, Norm, Sizes, Table};

/// All weights, in the order of the file.
#[derive(Debug)]
pub struct Weights<'a> {
    pub name: &'a str,
    pub sizes: Sizes,
    pub vocabulary: Pieces,
    pub piece: Table<'a>,
    pub position: Table<'a>,
    pub norm: Norm,
    pub layers: Vec<Layer<'a>>,
    /// What is taken from the mean of the states before it is turned; as wide as a state.
    pub centre: Vec<f32>,
    /// One row, as wide as a state, for each number of a vector.
    pub turn: Vec<f32>,
    /// The centres of the cells, [`LENGTH`] numbers of 8 bits each.
    pub cells: Vec<[i8; LENGTH]>,
}

impl<'a> Weights<'a> {
    /// Puts the states of some pieces before the first layer into a room.
    #[inline(always)]
    pub fn embed(&self, pieces: &[u32], room: &mut Room) {
        let width = self.sizes.width;
        room.states.clear();
        room.states.resize(padded(pieces.len()) * width, 0.0);
        for (position, (row, &piece)) in room.states.chunks_exact_mut(width).zip(pieces).enumerate() {
            self.piece.add(piece as usize, row);
            self.position.add(position, row);
            normalise(row, &self.norm.weight, &self.norm.bias);
        }
    }

    /// Reads a weights file.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BadWeights> {
        let mut file = File::open(bytes, b"ONRMEAN1")?;
        let name = std::str::from_utf8(file.take(16)?).map_err(|_| BadWeights::Magic)?;
        let sizes = file.sizes()?;
        let (length, cells) = (file.size()?, file.size()?);
        if length != LENGTH {
            return Err(BadWeights::Sizes("a vector has another length"));
        }
        if cells == 0 || cells > usize::from(u16::MAX) {
            return Err(BadWeights::Sizes("there are no cells, or too many"));
        }
        let width = sizes.width;
        let weights = Self {
            name,
            sizes,
            vocabulary: file.vocabulary(sizes)?,
            piece: file.table(sizes.pieces, width)?,
            position: file.table(sizes.positions, width)?,
            norm: file.norm(width)?,
            layers: (0..sizes.layers).map(|_| file.layer(sizes)).collect::<Result<_, _>>()?,
            centre: file.row(width)?,
            turn: file.row(width * length)?,
            cells: file.take(cells * length)?.as_chunks().0.iter().map(|row| row.map(u8::cast_signed)).collect(),
        };
        file.end()?;
        Ok(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(Weights::parse(b"ONRMEAN").unwrap_err(), BadWeights::Short(7));
        assert_eq!(Weights::parse(b"ONRDEEP1").unwrap_err(), BadWeights::Magic);
        let bytes = [b"ONRMEAN10123456789abcdef".as_slice(), &[0; 40]].concat();
        assert!(matches!(Weights::parse(&bytes).unwrap_err(), BadWeights::Sizes(_)));
        assert!(matches!(Weights::parse(&bytes[..20]).unwrap_err(), BadWeights::Short(_)));
    }
}
