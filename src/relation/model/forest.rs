//! Boosted trees that turn the numbers of a pair into log-odds, with the part that each number has in them.
//!
//! Layout of the file, little-endian: `ONRTREE2`; two forests, without the encoder's answer and with it; a forest is the number of its trees and its start as a 32-bit
//! float; a tree is whole and four deep: fifteen numbers of features (bytes), fifteen cuts, and thirty-one values, the inner
//! ones first. A number of at most the cut goes left. `training/relation_score.py` writes it. Method: Friedman 2001.

use crate::encoder::weights::{BadWeights, File};
use std::sync::LazyLock;

const INNER: usize = 15;
const NODES: usize = 31;

#[derive(Debug)]
struct Tree {
    features: [u8; INNER],
    cuts: Vec<f32>,
    values: Vec<f32>,
}

/// Trees whose values are summed.
#[derive(Debug)]
pub struct Forest {
    start: f32,
    trees: Vec<Tree>,
}

impl Forest {
    fn read(file: &mut File<'_>) -> Result<Self, BadWeights> {
        let count = file.size()?;
        let start = file.row(1)?.first().copied().unwrap_or_default();
        let tree = |file: &mut File<'_>| {
            let mut features = [0; INNER];
            features.copy_from_slice(file.take(INNER)?);
            Ok(Tree { features, cuts: file.row(INNER)?, values: file.row(NODES)? })
        };
        let trees = (0..count).map(|_| tree(file)).collect::<Result<_, _>>()?;
        Ok(Self { start, trees })
    }

    /// Returns the log-odds of a pair.
    pub fn odds(&self, numbers: &[f32]) -> f32 {
        let mut out = self.start;
        for tree in &self.trees {
            out += tree.walk(numbers).last().copied().unwrap_or_default().1;
        }
        out
    }

    /// Returns the part that each number has in the log-odds, by what changes on the way down where it decides.
    pub fn parts(&self, numbers: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; numbers.len()];
        for tree in &self.trees {
            let mut before = tree.values[0];
            for (feature, value) in tree.walk(numbers) {
                if let Some(part) = out.get_mut(feature) {
                    *part += value - before;
                }
                before = value;
            }
        }
        out
    }
}

impl Tree {
    /// The features that decide on the way down, each with the value of the node that it leads to.
    fn walk(&self, numbers: &[f32]) -> [(usize, f32); 4] {
        let mut at = 0;
        std::array::from_fn(|_| {
            let feature = usize::from(self.features[at]);
            let left = numbers.get(feature).copied().unwrap_or_default() <= self.cuts[at];
            at = 2 * at + if left { 1 } else { 2 };
            (feature, self.values[at])
        })
    }
}

/// What weighs the pairs of one article.
#[derive(Debug)]
pub struct Forests {
    /// Chooses what the encoder reads, without its opinion.
    pub cheap: Forest,
    /// Says how likely a contradiction is, with it.
    pub whole: Forest,
}

impl Forests {
    /// Reads a file of forests.
    ///
    /// # Errors
    /// [`BadWeights`] when the bytes are no whole file of this version.
    pub fn new(bytes: &[u8]) -> Result<Self, BadWeights> {
        let mut file = File::open(bytes, b"ONRTREE2")?;
        let forests = Self { cheap: Forest::read(&mut file)?, whole: Forest::read(&mut file)? };
        file.end()?;
        Ok(forests)
    }

    /// Returns the forests that ship with the program, or why they are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged file.
    pub fn shipped() -> Result<&'static Self, &'static BadWeights> {
        static SHIPPED: LazyLock<Result<Forests, BadWeights>> =
            LazyLock::new(|| Forests::new(include_bytes!("score.bin")));
        SHIPPED.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_the_numbers_make_the_log_odds() {
        let forest = &Forests::shipped().unwrap().whole;
        let numbers: Vec<f32> = (0..72).map(|n| (n % 7) as f32 - 2.0).collect();
        let roots: f32 = forest.trees.iter().map(|tree| tree.values[0]).sum();
        let parts: f32 = forest.parts(&numbers).iter().sum();
        assert!((forest.start + roots + parts - forest.odds(&numbers)).abs() < 1e-3);
    }

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(Forests::new(b"ONRTREE").unwrap_err(), BadWeights::Short(7));
        let bytes = include_bytes!("score.bin");
        assert!(matches!(Forests::new(&bytes[..bytes.len() / 2]).unwrap_err(), BadWeights::Short(_)));
        assert_eq!(Forests::new(&[bytes.as_slice(), &[0]].concat()).unwrap_err(), BadWeights::Long(1));
    }
}
