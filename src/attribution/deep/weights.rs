//! Reads the weights file of the deep reader.
//!
//! Layout: that of [`crate::encoder::weights`] with the kind `ONRDEEP2` and a seventh size, the recurrent width; then
//! tensors in the order of [`Weights`].

use super::inputs::{BREAKS, CASES, PLACES};
use super::pointer::{Bias, WIDTH};
use crate::encoder::pieces::Pieces;
pub use crate::encoder::weights::BadWeights;
use crate::encoder::weights::{File, Layer, Matrix, Norm, Sizes, Table};

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
    /// Numbers of one state of the recurrent layer.
    pub recurrent: usize,
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
    /// From a state to the numbers of the pointer.
    pub marks: Matrix<'a>,
    pub bias: Bias,
}

impl<'a> Weights<'a> {
    /// Reads a weights file.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BadWeights> {
        let mut file = File::open(bytes, b"ONRDEEP2")?;
        let sizes = file.sizes()?;
        let state = file.size()?;
        if state == 0 || state > 1 << 16 || !state.is_multiple_of(4) {
            return Err(BadWeights::Sizes("the recurrent width is no small multiple of four"));
        }
        if sizes.positions < 192 {
            return Err(BadWeights::Sizes("a window is too short"));
        }
        let width = sizes.width;
        let weights = Self {
            sizes,
            recurrent: state,
            vocabulary: file.vocabulary(sizes)?,
            piece: file.table(sizes.pieces, width)?,
            position: file.table(sizes.positions, width)?,
            case: file.table(CASES, width)?,
            place: file.table(PLACES, width)?,
            start: file.table(BREAKS, width)?,
            norm: file.norm(width)?,
            layers: (0..sizes.layers).map(|_| file.layer(sizes)).collect::<Result<_, _>>()?,
            forward: direction(&mut file, width, state)?,
            backward: direction(&mut file, width, state)?,
            score: file.row(7 * 2 * state + 7)?,
            marks: file.matrix(WIDTH, width)?,
            bias: Bias::parse(&mut file)?,
        };
        file.end()?;
        Ok(weights)
    }
}

fn direction<'a>(file: &mut File<'a>, width: usize, recurrent: usize) -> Result<Direction<'a>, BadWeights> {
    let gates = 4 * recurrent;
    Ok(Direction { input: file.matrix(gates, width)?, state: file.row(recurrent * gates)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(Weights::parse(b"ONRDEEP").unwrap_err(), BadWeights::Short(7));
        assert_eq!(Weights::parse(b"ONRDEEP9").unwrap_err(), BadWeights::Magic);
        let mut bytes = b"ONRDEEP2".to_vec();
        bytes.extend([0; 40]);
        assert!(matches!(Weights::parse(&bytes).unwrap_err(), BadWeights::Sizes(_)));
    }
}
