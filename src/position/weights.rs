//! Reads the weights file of the encoder of positions.
//!
//! Layout: that of [`crate::encoder::weights`] with the kind `ONRPOSI2`, the name of the sentence vectors' model whose pieces and
//! lowest layers it shares (sixteen hexadecimal digits), its own name (twenty-one bytes), the sizes, how many layers are shared and the lengths of both outputs;
//! then tensors in the order of [`Weights`]. `training/position.py` writes it.

use super::stance::{STANCE, TARGET};
use crate::encoder::weights::{BadWeights, File, Layer, Sizes};

/// All weights, in the order of the file.
#[derive(Debug)]
pub struct Weights<'a> {
    /// The model that it shares its lowest layers with.
    pub base: &'a str,
    /// What tells two trainings apart.
    pub name: &'a str,
    pub sizes: Sizes,
    /// Layers of the base that are run first.
    pub shared: usize,
    pub layers: Vec<Layer<'a>>,
    /// One row of floats an output over the mean of the states, and what is added.
    pub target: Vec<f32>,
    pub target_bias: Vec<f32>,
    /// One row over the mean and the first state end to end, and what is added.
    pub stance: Vec<f32>,
    pub stance_bias: Vec<f32>,
    pub scale: Scale,
    /// One row over both outputs and a constant: how like a claim is to those that take a position.
    pub likeness: Vec<f32>,
}

/// What makes opinions out of two stances.
#[derive(Debug)]
pub struct Scale {
    /// What agreement on each number of the stances counts.
    pub axis: Vec<f32>,
    /// What the cosine of two targets counts, and what is added.
    pub near: Vec<f32>,
    /// Added for opposed and for the same.
    pub bias: Vec<f32>,
}

/// Reads the head of a file: the name of its base and its own; nothing behind them is looked at.
fn open(bytes: &[u8]) -> Result<(File<'_>, [&str; 2]), BadWeights> {
    let mut file = File::open(bytes, b"ONRPOSI2")?;
    let mut name = |length| std::str::from_utf8(file.take(length)?).map_err(|_| BadWeights::Magic);
    let names = [name(16)?, name(21)?];
    Ok((file, names))
}

/// Returns the name of the weights in a file, read from its head alone.
///
/// # Errors
/// [`BadWeights`] when the bytes do not begin as a weights file of this version does.
pub fn name(bytes: &[u8]) -> Result<&str, BadWeights> {
    open(bytes).map(|(_, [_, name])| name)
}

impl<'a> Weights<'a> {
    /// Reads a weights file.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole weights file of this version.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BadWeights> {
        let (mut file, [base, name]) = open(bytes)?;
        let sizes = file.sizes()?;
        let (shared, target, stance) = (file.size()?, file.size()?, file.size()?);
        if shared > sizes.layers {
            return Err(BadWeights::Sizes("more layers are shared than there are"));
        }
        if (target, stance) != (TARGET, STANCE) {
            return Err(BadWeights::Sizes("an output has another length"));
        }
        let width = sizes.width;
        let weights = Self {
            base,
            name,
            sizes,
            shared,
            layers: (shared..sizes.layers).map(|_| file.layer(sizes)).collect::<Result<_, _>>()?,
            target: file.row(TARGET * width)?,
            target_bias: file.row(TARGET)?,
            stance: file.row(STANCE * 2 * width)?,
            stance_bias: file.row(STANCE)?,
            scale: Scale { axis: file.row(STANCE)?, near: file.row(2)?, bias: file.row(2)? },
            likeness: file.row(TARGET + STANCE + 1)?,
        };
        file.end()?;
        Ok(weights)
    }
}
