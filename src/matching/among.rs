//! The features of a pair that hang on the other candidates of the query: shares of the best, and the time it is about.
//!
//! A query without a day is taken to be about the time of the candidates that are most like it (feedback from what was found
//! first, as in Rocchio 1971, on days instead of words).

use super::features::{Pair, Probe};

const SUM_OF_BEST: usize = 1;
const LETTERS: usize = 32;
const LETTERS_OF_BEST: usize = 33;
pub(crate) const YEARS_APART: usize = 34;
/// How fast the weight of a candidate falls with its likeness when the day of a query is guessed.
const STEEP: f32 = 6.0;
const DAYS_OF_YEAR: f32 = 365.25;
/// Farther apart counts no more.
const MOST_YEARS: f32 = 6.0;

impl Probe<'_> {
    /// Returns the features of the query with each claim; the claims come with their candidate scores.
    pub fn compare(&mut self, claims: &[(u32, f32)]) -> Vec<Pair> {
        let best = claims.iter().map(|claim| claim.1).fold(1e-6, f32::max);
        let mut pairs: Vec<Pair> = claims.iter().map(|&(claim, sum)| self.pair(claim, sum, best)).collect();
        let most = pairs.iter().map(|pair| pair.values[LETTERS]).fold(1e-6, f32::max);
        pairs.iter_mut().for_each(|pair| pair.values[LETTERS_OF_BEST] = pair.values[LETTERS] / most);
        let days: Vec<u16> = claims.iter().map(|claim| self.index.claims.records[claim.0 as usize].day).collect();
        if let Some(asked) = self.day(&days, &pairs) {
            for (pair, day) in pairs.iter_mut().zip(days).filter(|(_, day)| *day > 0) {
                pair.values[YEARS_APART] = ((f32::from(day) - asked).abs() / DAYS_OF_YEAR).min(MOST_YEARS);
            }
        }
        pairs
    }

    /// Returns the day of the query or, when it has none, the mean of its candidates', the likest ones counting most.
    fn day(&self, days: &[u16], pairs: &[Pair]) -> Option<f32> {
        if self.query.day > 0 {
            return Some(f32::from(self.query.day));
        }
        let weight = |pair: &Pair| (STEEP * (pair.values[SUM_OF_BEST] + pair.values[LETTERS_OF_BEST] - 2.0)).exp();
        let known = || days.iter().zip(pairs).filter(|(day, _)| **day > 0);
        let all: f32 = known().map(|(_, pair)| weight(pair)).sum();
        (all > 0.0).then(|| known().map(|(&day, pair)| f32::from(day) * weight(pair)).sum::<f32>() / all)
    }
}
