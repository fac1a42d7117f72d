//! Points from a source back to the words that name its speaker: attention of one head over the words of an article, learned
//! from sources whose speaker a reader has written down (`training/README.md`).
//!
//! Every token has a key and a query; the share of a word is the softmax of their product, how much the word stands out,
//! and how far it is. One more choice is nobody. Refuses to know names: who owns the words is the caller's to tell.
//! Method: pointer networks (Vinyals et al. 2015).

use super::weights::BadWeights;
use crate::attribution::Status;
use crate::encoder::weights::File;
use std::ops::Range;

/// Numbers of a key, and of a query.
const SIZE: usize = 128;
/// Where the numbers of a token stand: key, query, how much it stands out, nobody, statuses.
const QUERY: usize = SIZE;
const SALIENCE: usize = 2 * SIZE;
const NOBODY: usize = SALIENCE + 1;
const STATUS: usize = NOBODY + 1;
/// Numbers of a token, in whole blocks of sixteen.
pub const WIDTH: usize = 272;
/// The statuses that are told apart, in the order of the file; the last is every other one.
const STATUSES: [Status; 6] =
    [Status::Asserted, Status::Negated, Status::Conditional, Status::Asked, Status::Future, Status::Unsettled];

/// A document of more tokens has no pointer: the keys would take too much room.
pub const MOST: usize = 40_000;
/// So many tokens before a source and after it are pointed at.
const BEFORE: usize = 4_000;
const AFTER: usize = 1_000;
/// So many tokens of a source are asked with.
const ASKED: usize = 8;

/// Half-octaves of distance in tokens, in either direction.
const FAR: usize = 24;
/// Paragraphs from four after to twelve before.
const PARAGRAPHS: usize = 17;

/// What the distance between a source and a word counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bias {
    far: Vec<f32>,
    paragraphs: Vec<f32>,
}

impl Bias {
    /// Reads both rows.
    ///
    /// # Errors
    /// [`BadWeights`] when the file ends before.
    pub fn parse(file: &mut File<'_>) -> Result<Self, BadWeights> {
        Ok(Self { far: file.row(2 * FAR)?, paragraphs: file.row(PARAGRAPHS)? })
    }

    fn of(&self, tokens: isize, paragraphs: isize) -> f32 {
        let away = tokens.unsigned_abs() + 1;
        let step = ((away * away).ilog2() as usize).min(FAR - 1);
        let step = if tokens >= 0 { step } else { step + FAR };
        let far = self.far.get(step).copied().unwrap_or(0.0);
        let paragraph = paragraphs.clamp(-4, 12) + 4;
        far + self.paragraphs.get(paragraph.unsigned_abs()).copied().unwrap_or(0.0)
    }
}

/// The pointer over the tokens of one document.
#[derive(Debug, Clone)]
pub struct Pointer<'a> {
    /// [`WIDTH`] numbers a token.
    marks: Vec<f32>,
    /// The paragraph of each token.
    paragraphs: Vec<u32>,
    bias: &'a Bias,
}

/// Where a source points: what share each token has.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    first: usize,
    shares: Vec<f32>,
    /// The share of nobody in the text.
    pub nobody: f64,
}

impl Shares {
    /// Returns the share of some tokens together, in 0 to 1.
    pub fn of(&self, tokens: Range<usize>) -> f64 {
        let at = |token: usize| token.saturating_sub(self.first).min(self.shares.len());
        self.shares.get(at(tokens.start)..at(tokens.end)).map_or(0.0, |s| s.iter().map(|&x| f64::from(x)).sum())
    }
}

impl<'a> Pointer<'a> {
    /// Makes a pointer from the marks of all tokens and what begins with each; nothing when the marks are not whole.
    pub fn new(marks: Vec<f32>, breaks: &[u8], bias: &'a Bias) -> Option<Self> {
        let mut paragraph = 0;
        let count = |&start: &u8| {
            paragraph += u32::from(start == 2);
            paragraph
        };
        let paragraphs: Vec<u32> = breaks.iter().map(count).collect();
        (marks.len() == breaks.len() * WIDTH && !marks.is_empty()).then_some(Self { marks, paragraphs, bias })
    }

    fn row(&self, token: usize) -> &[f32] {
        self.marks.get(token * WIDTH..(token + 1) * WIDTH).unwrap_or(&[0.0; WIDTH])
    }

    /// Returns the mean of some numbers over the first tokens of a stretch.
    fn mean(&self, tokens: &Range<usize>, numbers: Range<usize>) -> Vec<f32> {
        let tokens = tokens.start..tokens.end.min(tokens.start + ASKED).max(tokens.start + 1);
        let mut sum = vec![0.0; numbers.len()];
        for token in tokens.clone() {
            for (sum, x) in sum.iter_mut().zip(&self.row(token)[numbers.clone()]) {
                *sum += x;
            }
        }
        let count = tokens.len() as f32;
        sum.iter_mut().for_each(|x| *x /= count);
        sum
    }

    /// Returns where a source points. `apart` leaves its own tokens out, as a pronoun does not mean itself.
    pub fn shares(&self, source: &Range<usize>, apart: bool) -> Shares {
        let asked = self.mean(source, QUERY..SALIENCE);
        let nobody = self.mean(source, NOBODY..STATUS)[0];
        let first = source.start.saturating_sub(BEFORE);
        let last = (source.start + AFTER).min(self.paragraphs.len());
        let here = self.paragraphs.get(source.start).copied().unwrap_or(0);
        let score = |token: usize| {
            if apart && source.contains(&token) {
                return f32::NEG_INFINITY;
            }
            let row = self.row(token);
            let product: f32 = asked.iter().zip(row).map(|(a, b)| a * b).sum();
            let paragraphs = here as isize - self.paragraphs[token] as isize;
            product + row[SALIENCE] + self.bias.of(source.start as isize - token as isize, paragraphs)
        };
        let mut shares: Vec<f32> = (first..last).map(score).collect();
        let most = shares.iter().copied().fold(nobody, f32::max);
        shares.iter_mut().for_each(|s| *s = (*s - most).exp());
        let none = (nobody - most).exp();
        let total = shares.iter().sum::<f32>() + none;
        shares.iter_mut().for_each(|s| *s /= total);
        Shares { first, shares, nobody: f64::from(none / total) }
    }

    /// Returns the probability of each status that a cue may have; `Unsettled` stands for every other.
    pub fn statuses(&self, cue: &Range<usize>) -> [(Status, f32); 6] {
        let scores = self.mean(cue, STATUS..STATUS + STATUSES.len());
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = scores.iter().map(|s| (s - most).exp()).sum();
        std::array::from_fn(|n| (STATUSES[n], (scores[n] - most).exp() / total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bias() -> Bias {
        Bias { far: vec![0.0; 2 * FAR], paragraphs: (0..PARAGRAPHS).map(|n| -(n as f32)).collect() }
    }

    #[test]
    fn a_source_points_at_the_word_whose_key_fits() {
        let bias = bias();
        let mut marks = vec![0.0; 6 * WIDTH];
        marks[2 * WIDTH] = 5.0;
        marks[5 * WIDTH + QUERY] = 2.0;
        marks[5 * WIDTH] = 9.0;
        let pointer = Pointer::new(marks, &[2, 0, 0, 0, 1, 0], &bias).unwrap();
        let shares = pointer.shares(&(5..6), true);
        assert!(shares.of(2..3) > 0.9, "{shares:?}");
        assert!(shares.of(5..6) == 0.0 && shares.of(9..12) == 0.0);
        assert!((shares.of(0..6) + shares.nobody - 1.0).abs() < 1e-5);
    }

    #[test]
    fn paragraphs_and_distance_count() {
        let bias = bias();
        assert_eq!(bias.of(0, 0), -4.0);
        assert_eq!(bias.of(500, 40), -16.0);
        assert_eq!(bias.of(-500, -40), 0.0);
        assert!(Pointer::new(vec![0.0; WIDTH], &[0, 0], &bias).is_none());
    }
}
