//! Trains a linear-chain conditional random field by AdaGrad, one paragraph a step, with lazy L1 and L2 shrinking.

use onrecord::attribution::fast::chain::{self, NEVER, Row, Transitions, Want};
use onrecord::attribution::reader::LABELS;
use std::collections::HashMap;

/// One paragraph: feature numbers, transition contexts and gold labels of its tokens.
pub struct Sequence {
    pub features: Vec<Vec<u32>>,
    pub contexts: Vec<u8>,
    pub labels: Vec<u8>,
    pub weight: f32,
    pub part: usize,
}

/// Settings of one training.
pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub l1: f32,
    pub l2: f32,
}

pub const FIRST: Settings = Settings { epochs: 10, rate: 0.03, l1: 3e-5, l2: 1e-5 };
pub const SECOND: Settings = Settings { epochs: 10, rate: 0.03, l1: 3e-5, l2: 1e-5 };
/// Rows kept in the weights file: of the features that both passes share, and of those that only the second has.
pub const SHARED_ROWS: usize = 190_000;
pub const PASSED_ROWS: usize = 55_000;

/// Numbers for the features seen, and how often each was.
#[derive(Default)]
pub struct Table {
    numbers: HashMap<u64, u32>,
    keys: Vec<u64>,
    counts: Vec<u32>,
}

impl Table {
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Takes over the features of another table, counted as frequent.
    pub fn start_at(&mut self, other: &Self) {
        self.numbers.clone_from(&other.numbers);
        self.keys.clone_from(&other.keys);
        self.counts = vec![u32::MAX / 2; other.keys.len()];
    }

    pub fn numbers(&mut self, features: &[u64]) -> Vec<u32> {
        features
            .iter()
            .map(|&key| {
                let number = *self.numbers.entry(key).or_insert_with(|| {
                    self.keys.push(key);
                    self.counts.push(0);
                    self.keys.len() as u32 - 1
                });
                self.counts[number as usize] += 1;
                number
            })
            .collect()
    }

    /// Drops features seen fewer than `least` times and renumbers the rest.
    pub fn prune(&mut self, sequences: &mut [Sequence], least: u32) {
        let mut renumbered = vec![u32::MAX; self.keys.len()];
        let mut keys = Vec::new();
        let mut counts = Vec::new();
        for (number, &key) in self.keys.iter().enumerate() {
            if self.counts[number] >= least {
                renumbered[number] = keys.len() as u32;
                keys.push(key);
                counts.push(self.counts[number]);
            }
        }
        for features in sequences.iter_mut().flat_map(|s| &mut s.features) {
            features.retain_mut(|f| {
                *f = renumbered[*f as usize];
                *f != u32::MAX
            });
            features.shrink_to_fit();
        }
        self.numbers = keys.iter().enumerate().map(|(n, &k)| (k, n as u32)).collect();
        self.keys = keys;
        self.counts = counts;
    }

    /// Returns the features in the order of their numbers.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.keys.iter().copied()
    }
}

/// Returns the `most` rows with the largest weights by key, and the weight that a full byte stands for.
pub fn largest<const C: usize>(
    rows: impl Iterator<Item = (u64, [f32; C])>,
    most: usize,
) -> (Vec<(u64, [f32; C])>, f32) {
    let size = |row: &[f32; C]| row.iter().fold(0.0f32, |m, w| m.max(w.abs()));
    let mut rows: Vec<(u64, [f32; C])> = rows.filter(|row| size(&row.1) > 0.0).collect();
    eprintln!("{} rows are not zero, {} of them are kept", rows.len(), most.min(rows.len()));
    rows.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    rows.truncate(most);
    let largest = rows.get(rows.len() / 2_000).map_or(1.0, |r| size(&r.1));
    rows.sort_by_key(|r| r.0);
    (rows, largest)
}

#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Slot {
    pub weights: Row,
    squares: Row,
    stamp: u32,
}

pub struct Weights {
    pub rows: Vec<Slot>,
    pub transitions: Transitions,
}

impl Weights {
    pub fn scores(&self, features: &[u32]) -> Row {
        let mut out = [0.0; LABELS];
        for &feature in features {
            for (sum, weight) in out.iter_mut().zip(&self.rows[feature as usize].weights) {
                *sum += weight;
            }
        }
        out
    }
}

pub fn train(sequences: &[&Sequence], features: usize, settings: &Settings) -> Weights {
    let empty = Slot { weights: [0.0; LABELS], squares: [1e-1; LABELS], stamp: 0 };
    let mut weights = Weights { rows: vec![empty; features], transitions: Transitions::flat() };
    let mut squares = vec![[[1.0f32; LABELS]; LABELS]; chain::CONTEXTS];
    let mut clock = 0u32;
    for epoch in 0..settings.epochs {
        let rate = settings.rate * (1.0 - 0.9 * epoch as f32 / settings.epochs as f32);
        let (mut loss, mut wrong, mut total) = (0.0f64, 0usize, 0usize);
        for index in shuffled(sequences.len(), epoch) {
            let sequence = sequences[index];
            clock += 1;
            let scores: Vec<Row> = sequence.features.iter().map(|f| weights.scores(f)).collect();
            let found = chain::marginals(&scores, &sequence.contexts, &weights.transitions.factors(), Want::Pairs);
            for (at, row) in found.labels.iter().enumerate() {
                let gold = usize::from(sequence.labels[at]);
                total += 1;
                loss -= f64::from(row[gold].max(1e-9).ln());
                wrong += usize::from(row[gold] < 0.5);
                let gradient: Row =
                    std::array::from_fn(|y| sequence.weight * (row[y] - f32::from(u8::from(y == gold))));
                if gradient.iter().all(|g| g.abs() < 2e-3) {
                    continue;
                }
                for &feature in &sequence.features[at] {
                    step(&mut weights.rows[feature as usize], &gradient, rate, clock, settings);
                }
            }
            for (at, pair) in found.pairs.iter().enumerate() {
                let (from, to) = (usize::from(sequence.labels[at]), usize::from(sequence.labels[at + 1]));
                let context = usize::from(sequence.contexts[at + 1]) % chain::CONTEXTS;
                for a in 0..LABELS {
                    for b in 0..LABELS {
                        let weight = &mut weights.transitions.0[context][a][b];
                        if *weight <= NEVER {
                            continue;
                        }
                        let gold = f32::from(u8::from(a == from && b == to));
                        let gradient = sequence.weight * (pair[a][b] - gold);
                        let square = &mut squares[context][a][b];
                        *square += gradient * gradient;
                        *weight -= rate * gradient / square.sqrt();
                    }
                }
            }
        }
        eprintln!(
            "epoch {epoch}: loss {:.5}, unsure {:.3} %",
            loss / total as f64,
            100.0 * wrong as f64 / total as f64
        );
    }
    for slot in &mut weights.rows {
        shrink(slot, settings.rate * 0.1, clock, settings);
    }
    weights
}

fn step(slot: &mut Slot, gradient: &Row, rate: f32, clock: u32, settings: &Settings) {
    shrink(slot, rate, clock, settings);
    for ((weight, square), gradient) in slot.weights.iter_mut().zip(&mut slot.squares).zip(gradient) {
        *square += gradient * gradient;
        *weight -= rate * gradient / square.sqrt();
    }
}

/// Applies the shrinking of all steps since the row was last touched.
fn shrink(slot: &mut Slot, rate: f32, clock: u32, settings: &Settings) {
    let waited = (clock - slot.stamp) as f32;
    if waited == 0.0 {
        return;
    }
    slot.stamp = clock;
    for (weight, square) in slot.weights.iter_mut().zip(&slot.squares) {
        let pace = rate * waited / square.sqrt();
        let smaller = *weight / (1.0 + pace * settings.l2);
        *weight = smaller.signum() * (smaller.abs() - pace * settings.l1).max(0.0);
    }
}

/// Returns the numbers below `len` in an order that depends on the epoch only.
fn shuffled(len: usize, epoch: usize) -> Vec<usize> {
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
