//! Runs the encoder and the recurrent layer over one window of pieces; gives seven log-probabilities a token, and the
//! numbers that the pointer works with.
//!
//! The layers are those of [`crate::encoder`]. Method of the recurrent layer: Hochreiter and Schmidhuber 1997.

use super::inputs::Inputs;
use super::weights::{Direction, Weights};
use crate::encoder::kernel::{Level, Work};
use crate::encoder::layers::{Room, multiply, padded, transform};
use crate::encoder::numbers::{exp, normalise, sigmoid, tanh};
use std::ops::Range;

/// One window to be read.
pub struct Window<'a> {
    pub weights: &'a Weights<'a>,
    pub inputs: &'a Inputs,
    /// The tokens of the window.
    pub tokens: Range<usize>,
    pub room: &'a mut Room,
}

/// What is read off one window: a row a token in each list.
#[derive(Debug, Default)]
pub struct Rows {
    /// Log-probabilities of the labels.
    pub labels: Vec<[f32; 7]>,
    /// [`super::pointer::WIDTH`] numbers a token.
    pub marks: Vec<f32>,
}

impl Work for Window<'_> {
    type Output = Rows;

    #[inline(always)]
    fn run(self, level: Level) -> Rows {
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

/// The recurrent layer over the first piece of each token, the log-probabilities of the labels, and the marks.
#[inline(always)]
fn label(weights: &Weights, rows: &[usize], room: &mut Room, level: Level) -> Rows {
    let (width, state) = (weights.sizes.width, weights.recurrent);
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
    multiply(mixed, &weights.marks, level, whole, scales, wide);
    let labels = both.chunks_exact(2 * state).map(|both| log_probabilities(&weights.score, both)).collect();
    Rows { labels, marks: wide[..rows.len() * weights.marks.outputs].to_vec() }
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
