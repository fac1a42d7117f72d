//! The layers of a BERT encoder over one run of pieces, without padding: attention sees all of it and nothing else.
//!
//! Matrix products are in whole numbers (weights and activations of 8 bits), everything else in 32-bit floats. What goes
//! in and what is made of the states is the caller's.
//! Method: Vaswani et al. 2017 (layer normalisation after each part).

use super::kernel::{Level, Quad, ROWS, Scale};
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
    pub whole: Vec<Quad>,
    pub scales: Vec<Scale>,
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
    whole: &mut Vec<Quad>,
    scales: &mut Vec<Scale>,
    out: &mut Vec<f32>,
) {
    let columns = matrix.columns;
    whole.resize(rows.len() / 4, 0);
    scales.clear();
    for (tile, whole) in rows.chunks_exact(ROWS * columns).zip(whole.chunks_exact_mut(ROWS * columns / 4)) {
        for (number, row) in tile.chunks_exact(columns).enumerate() {
            scales.push(quantise(row, &mut whole[number..]));
        }
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
    let keys = length.next_multiple_of(EIGHT);
    desk.values.clear();
    desk.values.resize(HEAD * keys, 0.0);
    for key in 0..length {
        for (row, &value) in desk.values.chunks_exact_mut(keys).zip(part(key, 2)) {
            row[key] = value;
        }
    }
    for first in (0..length).step_by(QUERIES) {
        let block = QUERIES.min(length - first);
        let mut queries = [[0.0; QUERIES]; HEAD];
        for number in 0..block {
            for (row, &query) in queries.iter_mut().zip(part(first + number, 0)) {
                row[number] = query * scale;
            }
        }
        desk.shares.clear();
        desk.shares.resize(keys, [0.0; QUERIES]);
        for (key, row) in desk.shares.iter_mut().take(length).enumerate() {
            *row = weigh(&queries, part(key, 1));
        }
        let total = softmax_columns(&mut desk.shares[..length]);
        let mut mixed = [[0.0; QUERIES]; HEAD];
        for (row, values) in mixed.iter_mut().zip(desk.values.chunks_exact(keys)) {
            *row = weigh(&desk.shares, values);
        }
        for number in 0..block {
            let out = &mut out[(first + number) * width + from..][..HEAD];
            for (out, row) in out.iter_mut().zip(&mixed) {
                *out = row[number] / total[number];
            }
        }
    }
}

/// Rows that are added up in one pass.
const EIGHT: usize = 8;

/// One number for each query that is worked on.
type Lanes = [f32; QUERIES];

/// Adds up rows, each times its weight; both come in whole passes.
#[inline(always)]
fn weigh(rows: &[Lanes], weights: &[f32]) -> Lanes {
    let mut out = [0.0; QUERIES];
    for ([a, b, c, d, e, f, g, h], w) in rows.as_chunks::<EIGHT>().0.iter().zip(weights.as_chunks::<EIGHT>().0) {
        for lane in 0..QUERIES {
            let near = (a[lane] * w[0] + b[lane] * w[1]) + (c[lane] * w[2] + d[lane] * w[3]);
            let far = (e[lane] * w[4] + f[lane] * w[5]) + (g[lane] * w[6] + h[lane] * w[7]);
            out[lane] += near + far;
        }
    }
    out
}

/// Turns each column of `rows` into e to the power of its difference from the column's largest, and returns the sums.
#[inline(always)]
fn softmax_columns(rows: &mut [Lanes]) -> Lanes {
    let mut most = [f32::MIN; QUERIES];
    for row in rows.iter() {
        for (most, &x) in most.iter_mut().zip(row) {
            *most = most.max(x);
        }
    }
    let mut total = [0.0; QUERIES];
    for row in rows.iter_mut() {
        for lane in 0..QUERIES {
            row[lane] = exp(row[lane] - most[lane]);
            total[lane] += row[lane];
        }
    }
    total
}

/// Room for the attention of one head.
#[derive(Debug, Default)]
struct Desk {
    /// One row a dimension, a number for each key.
    values: Vec<f32>,
    /// One row a key.
    shares: Vec<Lanes>,
}
