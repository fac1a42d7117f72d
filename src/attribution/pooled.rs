//! The deep reader as people use it: the encoder and the fast reader, their opinions pooled.
//!
//! The pool is a weighted sum of log-probabilities, normalised for each token (Hinton 2002, products of experts): the
//! encoder knows words and context, the fast reader syntax and quotation marks, and their errors differ. Refuses to
//! decide where spans begin: that is the decoder's work.

use super::deep::DeepReader;
use super::fast::Fast;
use super::reader::{Calibration, LABELS, Reader, Reading};
use crate::text::Document;

/// What the fast reader's opinion counts beside the encoder's 1; `training/README.md` has the trial.
const FAST: f32 = 0.35;

/// The encoder and the fast reader.
#[derive(Debug, Clone, Copy)]
pub struct Pooled {
    deep: &'static DeepReader<'static>,
    fast: &'static Fast<'static>,
}

impl Pooled {
    /// Returns the pool of the two readers that ship with the program, or nothing when the encoder's weights are broken.
    pub fn shipped() -> Option<Self> {
        Some(Self { deep: DeepReader::shipped().ok()?, fast: Fast::shipped() })
    }
}

impl Reader for Pooled {
    fn name(&self) -> &'static str {
        "deep"
    }

    fn calibration(&self) -> Calibration {
        Calibration { slope: 0.634, offset: 0.461 }
    }

    fn scores(&self, document: &Document) -> Vec<[f32; LABELS]> {
        self.read(document).scores
    }

    fn read(&self, document: &Document) -> Reading<'_> {
        let (mut rows, pointer) = self.deep.read(document);
        for (row, fast) in rows.iter_mut().zip(self.fast.scores(document)) {
            for (score, fast) in row.iter_mut().zip(fast) {
                *score += FAST * fast;
            }
            let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let total = most + row.iter().map(|score| (score - most).exp()).sum::<f32>().ln();
            row.iter_mut().for_each(|score| *score -= total);
        }
        Reading { scores: rows, pointer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};

    #[test]
    fn the_pool_gives_probabilities_that_heed_both_readers() {
        let words = b"The mayor said the bridge would close on Monday. Residents were angry.";
        let document = crate::text::analyze(&read(words, "a.txt", &Given::default()).unwrap());
        let pooled = Pooled::shipped().unwrap();
        let rows = pooled.scores(&document);
        assert_eq!(rows.len(), document.tokens.len());
        for row in &rows {
            assert!((row.iter().map(|score| score.exp()).sum::<f32>() - 1.0).abs() < 1e-4);
        }
        assert_ne!(rows, pooled.deep.scores(&document));
        assert_ne!(rows, pooled.fast.scores(&document));
    }
}
