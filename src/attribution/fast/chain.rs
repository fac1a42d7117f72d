//! The linear chain over one paragraph: transitions by context, marginals (forward-backward) and the best path (Viterbi).
//!
//! Refuses label sequences that are no spans: an inside without its begin has no weight at all.

use crate::attribution::reader::{LABELS, Label};
use crate::text::linear::Bytes;

/// A row of label scores.
pub type Row = [f32; LABELS];

/// Number of contexts a transition may have; see `features::context`.
pub const CONTEXTS: usize = 12;

/// What cannot be, in log units; finite, so that sums stay numbers.
pub const NEVER: f32 = -1e9;

/// Scores of going from one label to the next, one matrix a context of the later token.
#[derive(Debug, Clone)]
pub struct Transitions(pub Vec<[Row; LABELS]>);

impl Transitions {
    /// Returns transitions of weight zero, impossible ones excluded.
    pub fn flat() -> Self {
        let row = |from: usize| {
            std::array::from_fn(|to| if Label::ALL[to].may_follow(Label::ALL[from]) { 0.0 } else { NEVER })
        };
        Self(vec![std::array::from_fn(row); CONTEXTS])
    }

    /// Reads transitions off the front of a weights file; what cannot be stays so, whatever the bytes say.
    pub fn read(bytes: &mut Bytes<'_>) -> Self {
        let mut transitions = Self::flat();
        for weight in transitions.0.iter_mut().flatten().flatten() {
            let read = bytes.real();
            if *weight > NEVER {
                *weight = read;
            }
        }
        transitions
    }

    /// Returns the factors that the scores stand for.
    pub fn factors(&self) -> Factors {
        Factors(self.0.iter().map(|matrix| matrix.map(|row| row.map(f32::exp))).collect())
    }

    /// Writes the transitions.
    pub fn write(&self, out: &mut Vec<u8>) {
        for weight in self.0.iter().take(CONTEXTS).flatten().flatten() {
            out.extend(weight.to_bits().to_le_bytes());
        }
    }

    fn of(&self, context: u8) -> &[Row; LABELS] {
        &self.0[usize::from(context) % CONTEXTS]
    }
}

/// The exponentials of [`Transitions`], which marginals multiply by.
#[derive(Debug, Clone)]
pub struct Factors(Vec<[Row; LABELS]>);

impl Factors {
    fn of(&self, context: u8) -> &[Row; LABELS] {
        &self.0[usize::from(context) % CONTEXTS]
    }
}

/// Marginal probabilities of a paragraph: of each label at each token, and of each pair ending at each token but the first.
#[derive(Debug, Clone, Default)]
pub struct Marginals {
    pub labels: Vec<Row>,
    pub pairs: Vec<[Row; LABELS]>,
}

/// Whether the pair marginals are wanted too (training needs them).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Labels,
    Pairs,
}

fn starts(to: usize) -> bool {
    Label::ALL[to].may_follow(Label::Outside)
}

/// Returns the marginals of a chain with the token scores and contexts given.
pub fn marginals(scores: &[Row], contexts: &[u8], factors: &Factors, want: Want) -> Marginals {
    let len = scores.len();
    if len == 0 {
        return Marginals::default();
    }
    let local: Vec<Row> = scores
        .iter()
        .map(|row| {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            row.map(|s| (s - top).exp().max(1e-30))
        })
        .collect();
    let mut forward = Vec::with_capacity(len);
    let mut row: Row = std::array::from_fn(|y| if starts(y) { local[0][y] } else { 0.0 });
    normalize(&mut row);
    forward.push(row);
    for t in 1..len {
        let matrix = factors.of(contexts[t]);
        let last = forward[t - 1];
        let mut row = [0.0; LABELS];
        for (from, weight) in last.iter().enumerate() {
            for (to, sum) in row.iter_mut().enumerate() {
                *sum += weight * matrix[from][to];
            }
        }
        for (sum, weight) in row.iter_mut().zip(&local[t]) {
            *sum *= weight;
        }
        normalize(&mut row);
        forward.push(row);
    }
    let mut labels = vec![[0.0; LABELS]; len];
    let mut pairs = Vec::new();
    let mut backward: Row = [1.0; LABELS];
    for t in (0..len).rev() {
        let mut row: Row = std::array::from_fn(|y| forward[t][y] * backward[y]);
        normalize(&mut row);
        labels[t] = row;
        if t == 0 {
            break;
        }
        let matrix = factors.of(contexts[t]);
        let after: Row = std::array::from_fn(|y| local[t][y] * backward[y]);
        if want == Want::Pairs {
            let mut pair: [Row; LABELS] =
                std::array::from_fn(|a| std::array::from_fn(|b| forward[t - 1][a] * matrix[a][b] * after[b]));
            let sum: f32 = pair.iter().flatten().sum();
            if sum > 0.0 {
                pair.iter_mut().flatten().for_each(|p| *p /= sum);
            }
            pairs.push(pair);
        }
        backward = std::array::from_fn(|a| (0..LABELS).map(|b| matrix[a][b] * after[b]).sum());
        normalize(&mut backward);
    }
    pairs.reverse();
    Marginals { labels, pairs }
}

fn normalize(row: &mut Row) {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        row.iter_mut().for_each(|w| *w /= sum);
    } else {
        *row = [1.0 / LABELS as f32; LABELS];
    }
}

/// Returns the best label sequence.
pub fn best_path(scores: &[Row], contexts: &[u8], transitions: &Transitions) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let mut row: Row = std::array::from_fn(|y| if starts(y) { first[y] } else { NEVER });
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    for (t, local) in scores.iter().enumerate().skip(1) {
        let matrix = transitions.of(contexts.get(t).copied().unwrap_or(0));
        let mut from_best = [0u8; LABELS];
        let mut next = [NEVER; LABELS];
        for to in 0..LABELS {
            let mut top = f32::NEG_INFINITY;
            for from in 0..LABELS {
                let score = row[from] + matrix[from][to];
                if score > top {
                    top = score;
                    from_best[to] = from as u8;
                }
            }
            next[to] = top + local[to];
        }
        let highest = next.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row = next.map(|s| (s - highest).max(NEVER));
        back.push(from_best);
    }
    let mut at = (0..LABELS).fold(0, |best, y| if row[y] > row[best] { y } else { best });
    let mut path = vec![at];
    for from in back.iter().rev() {
        at = usize::from(from[at]);
        path.push(at);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marginals_are_probabilities_and_paths_are_spans() {
        let mut state = 7u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 1e6 - 8.0
        };
        let scores: Vec<Row> = (0..200).map(|_| std::array::from_fn(|_| random())).collect();
        let contexts: Vec<u8> = (0..200).map(|i| (i % CONTEXTS) as u8).collect();
        let transitions = Transitions::flat();
        let found = marginals(&scores, &contexts, &transitions.factors(), Want::Pairs);
        for (t, row) in found.labels.iter().enumerate() {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-3);
            if t > 0 {
                for (y, label) in row.iter().enumerate() {
                    let column: f32 = (0..LABELS).map(|a| found.pairs[t - 1][a][y]).sum();
                    assert!((column - label).abs() < 1e-2);
                }
            }
        }
        let path = best_path(&scores, &contexts, &transitions);
        assert!(path.windows(2).all(|w| Label::ALL[w[1]].may_follow(Label::ALL[w[0]])));
        assert!(starts(path[0]));
    }

    #[test]
    fn extreme_scores_stay_numbers() {
        let scores = vec![[f32::MAX, f32::MIN, 0.0, 1e9, -1e9, 3.0, 2.0]; 5];
        let found = marginals(&scores, &[0; 5], &Transitions::flat().factors(), Want::Pairs);
        assert!(found.labels.iter().flatten().all(|p| p.is_finite()));
    }
}
