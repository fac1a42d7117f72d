//! An averaged multi-class perceptron over hashed features; rows exist only for features that once erred.

use std::collections::HashMap;

struct Row<const C: usize> {
    weights: [f32; C],
    totals: [f32; C],
    stamp: u32,
}

pub struct Perceptron<const C: usize> {
    rows: HashMap<u64, Row<C>>,
    clock: u32,
}

impl<const C: usize> Perceptron<C> {
    pub fn new() -> Self {
        Self { rows: HashMap::new(), clock: 0 }
    }

    /// Guesses the class, learns from the mistake, and returns the guess.
    pub fn learn(&mut self, features: &[u64], gold: usize) -> usize {
        let mut right = [false; C];
        right[gold] = true;
        self.learn_among(features, [true; C], right)
    }

    /// Guesses among the allowed classes; a guess that is not `right` costs an update towards the best right one.
    pub fn learn_among(&mut self, features: &[u64], allowed: [bool; C], right: [bool; C]) -> usize {
        self.clock += 1;
        let mut sums = [0.0f32; C];
        for key in features {
            if let Some(row) = self.rows.get(key) {
                for (sum, weight) in sums.iter_mut().zip(&row.weights) {
                    *sum += weight;
                }
            }
        }
        let best = |among: [bool; C]| {
            (0..C).filter(|&c| among[c]).max_by(|&a, &b| sums[a].total_cmp(&sums[b]).then(b.cmp(&a)))
        };
        let guess = best(allowed).unwrap_or(0);
        let Some(gold) = best(right) else { return guess };
        if !right[guess] {
            let clock = self.clock;
            for &key in features {
                let row = self.rows.entry(key).or_insert(Row { weights: [0.0; C], totals: [0.0; C], stamp: clock });
                let waited = (clock - row.stamp) as f32;
                for (total, weight) in row.totals.iter_mut().zip(&row.weights) {
                    *total += waited * weight;
                }
                row.stamp = clock;
                row.weights[gold] += 1.0;
                row.weights[guess] -= 1.0;
            }
        }
        guess
    }

    /// Replaces every weight by its average over all steps.
    #[expect(clippy::iter_over_hash_type, reason = "each row is averaged by itself: the order does not matter")]
    pub fn averaged(mut self) -> Self {
        let clock = self.clock;
        for row in self.rows.values_mut() {
            let waited = (clock - row.stamp) as f32;
            for (weight, total) in row.weights.iter_mut().zip(&row.totals) {
                *weight = (total + waited * *weight) / clock as f32;
            }
        }
        self
    }

    /// Returns the weight that a byte of 127 stands for: all but one in ten thousand are smaller.
    pub fn largest(&self) -> f32 {
        let mut all: Vec<f32> = self.rows.values().flat_map(|r| r.weights).map(f32::abs).filter(|&w| w > 0.0).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len().saturating_sub(1 + all.len() / 10_000)).copied().unwrap_or(1.0)
    }

    /// Returns the `most` rows with the largest weights, by key.
    pub fn dense_rows(&self, most: usize) -> Vec<(u64, [f32; C])> {
        let largest = |row: &[f32; C]| row.iter().fold(0.0f32, |m, w| m.max(w.abs()));
        let mut out: Vec<_> = self.rows.iter().map(|(&key, row)| (key, row.weights)).collect();
        out.sort_by(|a, b| largest(&b.1).total_cmp(&largest(&a.1)).then(a.0.cmp(&b.0)));
        out.truncate(most);
        out.sort_by_key(|r| r.0);
        out
    }

    /// Returns the `most` rows with the largest weights as pairs of class and weight, by key.
    pub fn sparse_rows(&self, most: usize) -> Vec<(u64, Vec<(u8, f32)>)> {
        let pairs = |row: [f32; C]| row.into_iter().enumerate().map(|(c, w)| (c as u8, w)).collect();
        self.dense_rows(most).into_iter().map(|(key, row)| (key, pairs(row))).collect()
    }
}

/// Returns the numbers below `len` in an order that depends on the epoch only.
pub fn shuffled(len: usize, epoch: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64 ^ (epoch as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for i in (1..len).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(i, (state % (i as u64 + 1)) as usize);
    }
    order
}
