//! Reads a weights file of the relation model.
//!
//! Layout: that of [`crate::encoder::weights`] with the kind `ONRRELA1`, the name of the sentence vectors' model whose pieces and
//! lowest layers it shares (sixteen hexadecimal digits), the sizes, how many layers are shared and how many answers there
//! are; then tensors in the order of [`Weights`]. `training/relation.py` writes it.

use crate::encoder::weights::{BadWeights, File, Layer, Sizes};

/// All weights, in the order of the file.
#[derive(Debug)]
pub struct Weights<'a> {
    /// The model that it shares its lowest layers with.
    pub base: &'a str,
    pub sizes: Sizes,
    /// Layers of the base that are run first.
    pub shared: usize,
    /// Added to the pieces of the first and of the second side, each as wide as a state.
    pub side: Vec<f32>,
    pub layers: Vec<Layer<'a>>,
    /// A square of floats over the state of the first piece, and what is added.
    pub pool: Vec<f32>,
    pub pool_bias: Vec<f32>,
    /// One row of floats an answer, and what is added.
    pub score: Vec<f32>,
    pub score_bias: Vec<f32>,
}

impl<'a> Weights<'a> {
    /// Reads a weights file of so many answers.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version, or of another number of answers.
    pub fn parse(bytes: &'a [u8], answers: usize) -> Result<Self, BadWeights> {
        let mut file = File::open(bytes, b"ONRRELA1")?;
        let base = std::str::from_utf8(file.take(16)?).map_err(|_| BadWeights::Magic)?;
        let sizes = file.sizes()?;
        let (shared, held) = (file.size()?, file.size()?);
        if shared > sizes.layers {
            return Err(BadWeights::Sizes("more layers are shared than there are"));
        }
        if held != answers {
            return Err(BadWeights::Sizes("there is another number of answers"));
        }
        let width = sizes.width;
        let weights = Self {
            base,
            sizes,
            shared,
            side: file.row(2 * width)?,
            layers: (shared..sizes.layers).map(|_| file.layer(sizes)).collect::<Result<_, _>>()?,
            pool: file.row(width * width)?,
            pool_bias: file.row(width)?,
            score: file.row(answers * width)?,
            score_bias: file.row(answers)?,
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
        assert_eq!(Weights::parse(b"ONRRELA", 4).unwrap_err(), BadWeights::Short(7));
        assert_eq!(Weights::parse(b"ONRMEAN1", 4).unwrap_err(), BadWeights::Magic);
        let bytes = [b"ONRRELA10123456789abcdef".as_slice(), &[0; 40]].concat();
        assert!(matches!(Weights::parse(&bytes, 4).unwrap_err(), BadWeights::Sizes(_)));
    }
}
