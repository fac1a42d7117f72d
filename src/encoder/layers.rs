//! The layers of a BERT encoder over one run of pieces, without padding: attention sees all of it and nothing else.
//!
//! Matrix products are in whole numbers (weights of 8 bits, activations of 13), everything else in 32-bit floats. What goes
//! in and what is made of the states is the caller's.
//! Method: Vaswani et al. 2017 (layer normalisation after each part).

use super::kernel::{Level, Pair, ROWS};
use super::numbers::{exp, gelu, normalise, quantise};
use super::weights::{Layer, Matrix, Norm};

/// Numbers of one attention head.
pub const HEAD: usize = 32;

/// Queries that are worked on together; their shares of all keys fit the fastest cache.
const QUERIES: usize = 32;

/// Room for one window, used again for the next.
#[derive(Debug, Default)]
pub struct Room {
    /// One row a piece, in whole tiles of rows.
    pub states: Vec<f32>,
    pub wide: Vec<f32>,
    pub mixed: Vec<f32>,
    pub whole: Vec<Pair>,
    pub scales: Vec<f32>,
    desk: Desk,
}

impl Room {
    /// Returns the mean of the first `count` states.
    #[inline(always)]
    pub fn mean(&self, count: usize, width: usize) -> Vec<f32> {
        let mut mean = vec![0.0; width];
        for row in self.states.chunks_exact(width).take(count) {
            mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x / count as f32);
        }
        mean
    }
}

/// Rounds up to whole tiles of rows.
pub const fn padded(rows: usize) -> usize {
    rows.div_ceil(ROWS) * ROWS
}

/// Multiplies rows of floats with a matrix.
#[inline(always)]
pub fn multiply(
    rows: &[f32],
    matrix: &Matrix,
    level: Level,
    whole: &mut Vec<Pair>,
    scales: &mut Vec<f32>,
    out: &mut Vec<f32>,
) {
    let columns = matrix.columns;
    whole.resize(rows.len() / 2, 0);
    scales.clear();
    for (row, whole) in rows.chunks_exact(columns).zip(whole.chunks_exact_mut(columns / 2)) {
        scales.push(quantise(row, whole));
    }
    out.resize(scales.len() * matrix.outputs, 0.0);
    level.multiply(whole, scales, matrix, out);
}

/// One layer: attention, then the inner network, each added to what went in and normalised.
#[inline(always)]
pub fn transform(layer: &Layer, length: usize, width: usize, room: &mut Room, level: Level) {
    let Room { states, wide, mixed, whole, scales, desk } = room;
    multiply(states, &layer.qkv, level, whole, scales, wide);
    mixed.resize(states.len(), 0.0);
    for head in 0..width / HEAD {
        attend(wide, length, width, head * HEAD, desk, mixed);
    }
    multiply(mixed, &layer.out, level, whole, scales, wide);
    join(states, wide, width, &layer.after_attention);
    multiply(states, &layer.up, level, whole, scales, wide);
    for x in wide.iter_mut() {
        *x = gelu(*x);
    }
    multiply(wide, &layer.down, level, whole, scales, mixed);
    join(states, mixed, width, &layer.after_inner);
}

#[inline(always)]
fn join(states: &mut [f32], change: &[f32], width: usize, norm: &Norm) {
    for (row, change) in states.chunks_exact_mut(width).zip(change.chunks_exact(width)) {
        for (x, change) in row.iter_mut().zip(change) {
            *x += change;
        }
        normalise(row, &norm.weight, &norm.bias);
    }
}

/// Attention of one head: `qkv` has rows of queries, keys and values, each `width` numbers; `from` is where the head begins.
///
/// Works on some queries at a time, with numbers of the same kind for all of them side by side.
#[inline(always)]
fn attend(qkv: &[f32], length: usize, width: usize, from: usize, desk: &mut Desk, out: &mut [f32]) {
    let part = |row: usize, which: usize| &qkv[row * 3 * width + which * width + from..][..HEAD];
    let scale = 1.0 / (HEAD as f32).sqrt();
    for first in (0..length).step_by(QUERIES) {
        let block = QUERIES.min(length - first);
        desk.clear(block, length.div_ceil(EIGHT) * EIGHT);
        for number in 0..block {
            for (dimension, &query) in part(first + number, 0).iter().enumerate() {
                desk.queries[dimension * block + number] = query * scale;
            }
        }
        for (key, row) in desk.shares.chunks_exact_mut(block).take(length).enumerate() {
            weigh(row, &desk.queries, part(key, 1).iter().copied());
        }
        softmax_columns(&mut desk.shares[..length * block], &mut desk.most, &mut desk.total);
        for (dimension, row) in desk.mixed.chunks_exact_mut(block).enumerate() {
            let values = qkv[2 * width + from + dimension..].iter().step_by(3 * width).copied();
            weigh(row, &desk.shares, values.take(length));
        }
        for number in 0..block {
            for dimension in 0..HEAD {
                out[(first + number) * width + from + dimension] =
                    desk.mixed[dimension * block + number] / desk.total[number];
            }
        }
    }
}

/// Rows that are added up in one pass.
const EIGHT: usize = 8;

/// Adds to `out` the rows of `rows`, each as long as `out` and times its weight; rows beyond the weights count nothing.
#[inline(always)]
fn weigh(out: &mut [f32], rows: &[f32], mut weights: impl Iterator<Item = f32>) {
    let size = out.len();
    for rows in rows.chunks_exact(EIGHT * size) {
        let w: [f32; EIGHT] = std::array::from_fn(|_| weights.next().unwrap_or(0.0));
        let (a, rest) = rows.split_at(size);
        let (b, rest) = rest.split_at(size);
        let (c, rest) = rest.split_at(size);
        let (d, rest) = rest.split_at(size);
        let (e, rest) = rest.split_at(size);
        let (f, rest) = rest.split_at(size);
        let (g, h) = rest.split_at(size);
        let eight = a.iter().zip(b).zip(c).zip(d).zip(e).zip(f).zip(g).zip(h);
        for (out, (((((((a, b), c), d), e), f), g), h)) in out.iter_mut().zip(eight) {
            let near = (a * w[0] + b * w[1]) + (c * w[2] + d * w[3]);
            let far = (e * w[4] + f * w[5]) + (g * w[6] + h * w[7]);
            *out += near + far;
        }
    }
}

/// Turns each column of `rows` into e to the power of its difference from the column's largest; `total` gets the sums.
#[inline(always)]
fn softmax_columns(rows: &mut [f32], most: &mut [f32], total: &mut [f32]) {
    let size = most.len();
    for row in rows.chunks_exact(size) {
        for (most, &x) in most.iter_mut().zip(row) {
            *most = most.max(x);
        }
    }
    for row in rows.chunks_exact_mut(size) {
        for ((x, most), total) in row.iter_mut().zip(most.iter()).zip(total.iter_mut()) {
            *x = exp(*x - most);
            *total += *x;
        }
    }
}

/// Room for the attention of some queries; each row holds one number for each of them.
#[derive(Debug, Default)]
struct Desk {
    /// One row a dimension.
    queries: Vec<f32>,
    /// One row a key.
    shares: Vec<f32>,
    most: Vec<f32>,
    total: Vec<f32>,
    /// One row a dimension.
    mixed: Vec<f32>,
}

impl Desk {
    #[inline(always)]
    fn clear(&mut self, block: usize, keys: usize) {
        for (list, size, number) in [
            (&mut self.queries, HEAD * block, 0.0),
            (&mut self.shares, keys * block, 0.0),
            (&mut self.most, block, f32::MIN),
            (&mut self.total, block, 0.0),
            (&mut self.mixed, HEAD * block, 0.0),
        ] {
            list.clear();
            list.resize(size, number);
        }
    }
}
