//! Runs the encoder and the recurrent layer over one window of pieces; gives seven log-probabilities a token.
//!
//! A window is one run of pieces without padding; attention sees all of it and nothing else. Matrix products are in
//! whole numbers (weights of 8 bits, activations of 13), everything else in 32-bit floats.
//! Method: Vaswani et al. 2017 (layer normalisation after each part), Hochreiter and Schmidhuber 1997.

use super::inputs::Inputs;
use super::kernel::{Level, ROWS, Work};
use super::numbers::{exp, gelu, normalise, quantise, sigmoid, softmax, tanh};
use super::weights::{Direction, Layer, Matrix, Weights};
use std::ops::Range;

/// Numbers of one attention head.
pub const HEAD: usize = 32;

/// Queries that are worked on together.
const QUERIES: usize = 4;

/// Room for one window, used again for the next.
#[derive(Debug, Default)]
pub struct Room {
    states: Vec<f32>,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    whole: Vec<i16>,
    scales: Vec<f32>,
    keys: Vec<f32>,
    shares: Vec<f32>,
}

/// One window to be read.
pub struct Window<'a> {
    pub weights: &'a Weights<'a>,
    pub inputs: &'a Inputs,
    /// The tokens of the window.
    pub tokens: Range<usize>,
    pub room: &'a mut Room,
}

impl Work for Window<'_> {
    type Output = Vec<[f32; 7]>;

    #[inline(always)]
    fn run(self, level: Level) -> Vec<[f32; 7]> {
        let Window { weights, inputs, tokens, room } = self;
        let length = embed(weights, inputs, tokens.clone(), room);
        for layer in &weights.layers {
            transform(layer, length, weights.sizes.width, room, level);
        }
        let firsts = tokens.map(|token| inputs.starts[token]);
        let base = firsts.clone().next().unwrap_or_default();
        let rows: Vec<usize> = firsts.map(|start| (start - base) as usize + 1).collect();
        label(weights, &rows, room, level)
    }
}

/// Rounds up to whole tiles of rows.
fn padded(rows: usize) -> usize {
    rows.div_ceil(ROWS) * ROWS
}

/// Fills `room.states` with the embeddings of a window and returns its length in pieces.
#[inline(always)]
fn embed(weights: &Weights, inputs: &Inputs, tokens: Range<usize>, room: &mut Room) -> usize {
    let width = weights.sizes.width;
    let pieces = inputs.starts[tokens.start] as usize..inputs.starts[tokens.end] as usize;
    let length = pieces.len() + 2;
    room.states.clear();
    room.states.resize(padded(length) * width, 0.0);
    let mut rows = room.states.chunks_exact_mut(width).enumerate();
    let mut put = |piece: u32, case: u8, place: u8, start: u8| {
        let Some((position, row)) = rows.next() else { return };
        weights.piece.add(piece as usize, row);
        weights.position.add(position, row);
        weights.case.add(usize::from(case), row);
        weights.place.add(usize::from(place), row);
        weights.start.add(usize::from(start), row);
        normalise(row, &weights.norm.weight, &weights.norm.bias);
    };
    put(weights.vocabulary.first, 0, 0, 0);
    for token in tokens {
        let pieces = inputs.starts[token] as usize..inputs.starts[token + 1] as usize;
        for &piece in &inputs.pieces[pieces] {
            put(piece, inputs.cases[token], inputs.places[token], inputs.breaks[token]);
        }
    }
    put(weights.vocabulary.last, 0, 0, 0);
    length
}

/// Multiplies rows of floats with a matrix.
#[inline(always)]
fn multiply(rows: &[f32], matrix: &Matrix, level: Level, whole: &mut Vec<i16>, scales: &mut Vec<f32>, out: &mut Vec<f32>) {
    let columns = matrix.columns;
    whole.resize(rows.len(), 0);
    scales.clear();
    for (row, whole) in rows.chunks_exact(columns).zip(whole.chunks_exact_mut(columns)) {
        scales.push(quantise(row, whole));
    }
    out.resize(scales.len() * matrix.outputs, 0.0);
    level.multiply(whole, scales, matrix, out);
}

/// One layer: attention, then the inner network, each added to what went in and normalised.
#[inline(always)]
fn transform(layer: &Layer, length: usize, width: usize, room: &mut Room, level: Level) {
    let Room { states, wide, mixed, whole, scales, keys, shares } = room;
    multiply(states, &layer.qkv, level, whole, scales, wide);
    mixed.resize(states.len(), 0.0);
    for head in 0..width / HEAD {
        attend(wide, length, width, head * HEAD, keys, shares, mixed);
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
fn join(states: &mut [f32], change: &[f32], width: usize, norm: &super::weights::Norm) {
    for (row, change) in states.chunks_exact_mut(width).zip(change.chunks_exact(width)) {
        for (x, change) in row.iter_mut().zip(change) {
            *x += change;
        }
        normalise(row, &norm.weight, &norm.bias);
    }
}

/// Attention of one head: `qkv` has rows of queries, keys and values, each `width` numbers; `from` is where the head begins.
#[inline(always)]
fn attend(
    qkv: &[f32],
    length: usize,
    width: usize,
    from: usize,
    keys: &mut Vec<f32>,
    shares: &mut Vec<f32>,
    out: &mut [f32],
) {
    let across = length.div_ceil(HEAD) * HEAD;
    let part = |row: usize, which: usize| {
        qkv[row * 3 * width + which * width + from..].first_chunk::<HEAD>().copied().unwrap_or([0.0; HEAD])
    };
    keys.clear();
    keys.resize(HEAD * across, 0.0);
    for row in 0..length {
        for (dimension, key) in part(row, 1).into_iter().enumerate() {
            keys[dimension * across + row] = key;
        }
    }
    shares.resize(QUERIES * across, 0.0);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for first in (0..length).step_by(QUERIES) {
        let queries: [[f32; HEAD]; QUERIES] =
            std::array::from_fn(|n| part((first + n).min(length - 1), 0).map(|x| x * scale));
        for column in (0..across).step_by(HEAD) {
            let mut sums = [[0.0f32; HEAD]; QUERIES];
            for dimension in 0..HEAD {
                let Some(keys) = keys[dimension * across + column..].first_chunk::<HEAD>() else { continue };
                for (sum, query) in sums.iter_mut().zip(&queries) {
                    for lane in 0..HEAD {
                        sum[lane] += query[dimension] * keys[lane];
                    }
                }
            }
            for (row, sum) in shares.chunks_exact_mut(across).zip(&sums) {
                row[column..column + HEAD].copy_from_slice(sum);
            }
        }
        for row in shares.chunks_exact_mut(across) {
            softmax(&mut row[..length]);
        }
        let mut sums = [[0.0f32; HEAD]; QUERIES];
        for key in 0..length {
            let Some(value) = qkv[key * 3 * width + 2 * width + from..].first_chunk::<HEAD>() else { continue };
            for (number, sum) in sums.iter_mut().enumerate() {
                let share = shares[number * across + key];
                for lane in 0..HEAD {
                    sum[lane] += share * value[lane];
                }
            }
        }
        for (number, sum) in sums.iter().enumerate().take(length - first) {
            out[(first + number) * width + from..][..HEAD].copy_from_slice(sum);
        }
    }
}

/// The recurrent layer over the first piece of each token, and the log-probabilities of the labels.
#[inline(always)]
fn label(weights: &Weights, rows: &[usize], room: &mut Room, level: Level) -> Vec<[f32; 7]> {
    let (width, state) = (weights.sizes.width, weights.sizes.recurrent);
    let Room { states, wide, mixed, whole, scales, .. } = room;
    mixed.clear();
    mixed.resize(padded(rows.len()) * width, 0.0);
    for (to, &from) in mixed.chunks_exact_mut(width).zip(rows) {
        to.copy_from_slice(&states[from * width..(from + 1) * width]);
    }
    let mut both = vec![0.0; rows.len() * 2 * state];
    multiply(mixed, &weights.forward.input, level, whole, scales, wide);
    recur(&weights.forward, wide, state, 0..rows.len(), &mut both, 0);
    multiply(mixed, &weights.backward.input, level, whole, scales, wide);
    recur(&weights.backward, wide, state, (0..rows.len()).rev(), &mut both, state);
    both.chunks_exact(2 * state).map(|both| log_probabilities(&weights.score, both)).collect()
}

/// Runs one direction over the tokens in the order given; its states go to `out`, from number `from` of each row on.
#[inline(always)]
fn recur(
    direction: &Direction,
    inputs: &[f32],
    state: usize,
    order: impl Iterator<Item = usize>,
    out: &mut [f32],
    from: usize,
) {
    let mut hidden = vec![0.0f32; state];
    let mut cell = vec![0.0f32; state];
    let mut gates = vec![0.0f32; 4 * state];
    for token in order {
        gates.copy_from_slice(&inputs[token * 4 * state..(token + 1) * 4 * state]);
        for (row, &hidden) in direction.state.chunks_exact(4 * state).zip(&hidden) {
            for (gate, weight) in gates.iter_mut().zip(row) {
                *gate += hidden * weight;
            }
        }
        for n in 0..state {
            let (input, forget) = (sigmoid(gates[n]), sigmoid(gates[state + n]));
            cell[n] = forget * cell[n] + input * tanh(gates[2 * state + n]);
            hidden[n] = sigmoid(gates[3 * state + n]) * tanh(cell[n]);
        }
        out[token * 2 * state + from..][..state].copy_from_slice(&hidden);
    }
}

#[inline(always)]
fn log_probabilities(score: &[f32], state: &[f32]) -> [f32; 7] {
    let (rows, bias) = score.split_at(7 * state.len());
    let mut labels = [0.0; 7];
    for ((label, row), bias) in labels.iter_mut().zip(rows.chunks_exact(state.len())).zip(bias) {
        *label = row.iter().zip(state).map(|(a, b)| a * b).sum::<f32>() + bias;
    }
    let most = labels.iter().fold(f32::MIN, |most, &x| most.max(x));
    let total = most + labels.iter().map(|&x| exp(x - most)).sum::<f32>().ln();
    labels.map(|x| x - total)
}
