//! Whole-number matrix products with the widest vector instructions that the processor has, chosen at run time.
//!
//! The one module where `unsafe` is allowed: a function compiled for instructions that not every processor has can only
//! be called behind a check, and the compiler cannot see that check. [`Level`] is the check: it is made by detection
//! alone. All levels give the same bits, since whole numbers are added exactly and floats are never fused or reordered.
#![allow(unsafe_code, reason = "calls into functions for AVX2 and AVX-512, made only after the processor was asked")]

use super::weights::Matrix;

/// Rows of a tile: activations come in multiples of this many rows.
pub const ROWS: usize = 8;
/// Outputs of a block: weights are stored sixteen outputs together.
pub const BLOCK: usize = 16;

/// Four neighbouring activations of 8 bits, the first one lowest.
pub type Quad = u32;

/// What the whole numbers of a row of activations mean: each is `worth` times what it is above `zero`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub worth: f32,
    pub zero: i32,
}

/// The sums of one block of outputs for one tile of rows.
type Sums = [[i32; BLOCK]; ROWS];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// The instructions in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(Width);

impl Level {
    /// Returns the levels this processor has, the portable one first and the fastest last.
    pub fn all() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut levels = vec![Self(Width::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                levels.push(Self(Width::Avx2));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                levels.push(Self(Width::Avx512));
            }
        }
        levels
    }

    /// Returns the fastest level of this processor.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self(Width::Portable))
    }

    /// Runs work compiled for this level.
    pub fn run<W: Work>(self, work: W) -> W::Output {
        match self.0 {
            Width::Portable => work.run(self),
            // SAFETY: a `Level` of this width exists only where the processor was found to have the instructions.
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => unsafe { x86::run_avx2(work, self) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => unsafe { x86::run_avx512(work, self) },
        }
    }

    /// Multiplies rows of activations with a matrix: `out[row][output] = worth · sum + bias`.
    ///
    /// `rows` holds `scales.len()` rows, a multiple of [`ROWS`], of `matrix.columns` numbers in quads, those of the rows of a
    /// tile side by side; `out` gets as many rows of `matrix.outputs` numbers. A slice of another length gives nothing.
    pub fn multiply(self, rows: &[Quad], scales: &[Scale], matrix: &Matrix, out: &mut [f32]) {
        let (columns, outputs) = (matrix.columns, matrix.outputs);
        let fits = scales.len().is_multiple_of(ROWS)
            && columns.is_multiple_of(4)
            && outputs.is_multiple_of(BLOCK)
            && 4 * rows.len() == scales.len() * columns
            && out.len() == scales.len() * outputs
            && matrix.packed.len() == columns * outputs
            && matrix.scales.len() == outputs
            && matrix.sums.len() == outputs
            && matrix.bias.len() == outputs;
        if !fits {
            return;
        }
        match self.0 {
            Width::Portable => portable(rows, scales, matrix, out),
            // SAFETY: a `Level` of this width exists only where the processor was found to have the instructions, and
            // the lengths were checked above.
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => unsafe { x86::multiply_avx2(rows, scales, matrix, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => unsafe { x86::multiply_avx512(rows, scales, matrix, out) },
        }
    }
}

/// Work in floats that is compiled once for each level; its `run` must be `#[inline(always)]`.
pub trait Work {
    type Output;
    fn run(self, level: Level) -> Self::Output;
}

/// Turns the sums of a tile into outputs `first..first + BLOCK` of its rows.
#[inline(always)]
fn finish(sums: &Sums, first: usize, scales: &[Scale], matrix: &Matrix, out: &mut [f32]) {
    let here = first..first + BLOCK;
    let (Some(weights), Some(bias), Some(sums_of)) = (
        matrix.scales[here.clone()].first_chunk::<BLOCK>(),
        matrix.bias[here.clone()].first_chunk::<BLOCK>(),
        matrix.sums[here].first_chunk::<BLOCK>(),
    ) else {
        return;
    };
    for ((row, sum), scale) in out.chunks_exact_mut(matrix.outputs).zip(sums).zip(scales) {
        let Some(row) = row[first..].first_chunk_mut::<BLOCK>() else { return };
        for lane in 0..BLOCK {
            row[lane] = (sum[lane] - scale.zero * sums_of[lane]) as f32 * (scale.worth * weights[lane]) + bias[lane];
        }
    }
}

/// Adds up the weights of each output.
pub fn sums(packed: &[u8], columns: usize, outputs: usize) -> Vec<i32> {
    let mut sums = Vec::with_capacity(outputs);
    for block in packed.chunks_exact((BLOCK * columns).max(1)) {
        let mut lanes = [0i32; BLOCK];
        for pair in block.as_chunks::<{ 2 * BLOCK }>().0 {
            for (lane, both) in lanes.iter_mut().zip(pair.as_chunks::<2>().0) {
                *lane += i32::from(both[0] as i8) + i32::from(both[1] as i8);
            }
        }
        sums.extend(lanes);
    }
    sums
}

/// Weights of four columns: pairs of those of the first two, output by output, then pairs of those of the last two.
type Columns = [[[i16; 2]; BLOCK]; 2];

/// Adds up the products of one row with one block; a function of its own, so that the lanes stay side by side.
#[inline(never)]
fn sum_portable(row: impl Iterator<Item = Quad>, weights: &[Columns]) -> [i32; BLOCK] {
    let mut sums = [0; BLOCK];
    for (quad, [near, far]) in row.zip(weights) {
        let [a, b, c, d] = quad.to_le_bytes().map(i32::from);
        for ((sum, near), far) in sums.iter_mut().zip(near).zip(far) {
            *sum += a * i32::from(near[0]) + b * i32::from(near[1]) + c * i32::from(far[0]) + d * i32::from(far[1]);
        }
    }
    sums
}

fn portable(rows: &[Quad], scales: &[Scale], matrix: &Matrix, out: &mut [f32]) {
    let (columns, quads) = (matrix.columns, matrix.columns / 4);
    let mut wide: Vec<Columns> = Vec::with_capacity(quads);
    for (block, weights) in matrix.packed.chunks_exact(BLOCK * columns).enumerate() {
        let weight = |byte: u8| i16::from(byte as i8);
        let pair = |half: &[u8], lane: usize| [weight(half[2 * lane]), weight(half[2 * lane + 1])];
        let half = |half: &[u8]| std::array::from_fn(|lane| pair(half, lane));
        wide.clear();
        wide.extend(weights.chunks_exact(4 * BLOCK).map(|four| [half(&four[..2 * BLOCK]), half(&four[2 * BLOCK..])]));
        let tiles = rows.chunks_exact(ROWS * quads).zip(scales.chunks_exact(ROWS));
        for ((tile, scales), out) in tiles.zip(out.chunks_exact_mut(ROWS * matrix.outputs)) {
            let sums: Sums = std::array::from_fn(|row| sum_portable(tile[row..].iter().step_by(ROWS).copied(), &wide));
            finish(&sums, block * BLOCK, scales, matrix, out);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Level, Matrix, Quad, ROWS, Scale, Sums, Work, finish};
    use std::arch::x86_64::{
        __m128i, __m256i, __m512i, _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16,
        _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512,
        _mm512_permutexvar_epi16, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
    };

    #[target_feature(enable = "avx2")]
    pub(super) fn run_avx2<W: Work>(work: W, level: Level) -> W::Output {
        work.run(level)
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub(super) fn run_avx512<W: Work>(work: W, level: Level) -> W::Output {
        work.run(level)
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub(super) fn multiply_avx512(rows: &[Quad], scales: &[Scale], matrix: &Matrix, out: &mut [f32]) {
        const WIDE: usize = 3;
        let size = BLOCK * matrix.columns;
        let blocks = matrix.outputs / BLOCK;
        let mut block = 0;
        while block < blocks {
            let wide = if blocks - block >= WIDE { WIDE } else { 1 };
            let weights = &matrix.packed[block * size..(block + wide) * size];
            let tiles = rows.chunks_exact(ROWS * matrix.columns / 4).zip(scales.chunks_exact(ROWS));
            for ((tile, scales), out) in tiles.zip(out.chunks_exact_mut(ROWS * matrix.outputs)) {
                let mut sums = [[[0; BLOCK]; ROWS]; WIDE];
                if wide == WIDE {
                    sum_avx512::<WIDE>(tile, size, weights, &mut sums);
                } else {
                    sum_avx512::<1>(tile, size, weights, &mut sums);
                }
                for (number, sums) in sums.iter().take(wide).enumerate() {
                    finish(sums, (block + number) * BLOCK, scales, matrix, out);
                }
            }
            block += wide;
        }
    }

    /// Where the pairs of four columns go so that those of one output are neighbours.
    const NEIGHBOURS: [i16; 2 * BLOCK] = {
        let mut places = [0; 2 * BLOCK];
        let mut lane = 0;
        while lane < BLOCK {
            places[2 * lane] = lane as i16;
            places[2 * lane + 1] = (BLOCK + lane) as i16;
            lane += 1;
        }
        places
    };

    /// Places are counted: an iterator over arrays by value is left behind in builds that optimise part by part, and the sums with it
    /// in memory, which takes ten times as long.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    fn sum_avx512<const WIDE: usize>(tile: &[Quad], size: usize, weights: &[u8], out: &mut [Sums]) {
        let mut sums: [[__m512i; WIDE]; ROWS] = [[_mm512_setzero_si512(); WIDE]; ROWS];
        // SAFETY: the array has 64 bytes, as many as are read; the load needs no alignment.
        let neighbours = unsafe { _mm512_loadu_si512(NEIGHBOURS.as_ptr().cast()) };
        let mut blocks: [&[[u8; 4 * BLOCK]]; WIDE] = [&[]; WIDE];
        for number in 0..WIDE {
            blocks[number] = weights[number * size..(number + 1) * size].as_chunks().0;
        }
        for (at, quads) in tile.as_chunks::<ROWS>().0.iter().enumerate() {
            let mut wide = [_mm512_setzero_si512(); WIDE];
            for number in 0..WIDE {
                // SAFETY: `blocks[number][at]` has 64 bytes, as many as are read; the load needs no alignment.
                let bytes = unsafe { _mm512_loadu_si512(blocks[number][at].as_ptr().cast()) };
                wide[number] = _mm512_permutexvar_epi16(neighbours, bytes);
            }
            for row in 0..ROWS {
                let four = _mm512_set1_epi32(quads[row].cast_signed());
                for number in 0..WIDE {
                    sums[row][number] = _mm512_dpbusd_epi32(sums[row][number], four, wide[number]);
                }
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            for (sum, out) in sums.iter().zip(out.iter_mut()) {
                // SAFETY: a row of `out` has 64 bytes, as many as are written; the store needs no alignment.
                unsafe { _mm512_storeu_si512(out[row].as_mut_ptr().cast(), *sum) };
            }
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply_avx2(rows: &[Quad], scales: &[Scale], matrix: &Matrix, out: &mut [f32]) {
        let size = BLOCK * matrix.columns;
        for (block, weights) in matrix.packed.chunks_exact(size).enumerate() {
            let tiles = rows.chunks_exact(ROWS * matrix.columns / 4).zip(scales.chunks_exact(ROWS));
            for ((tile, scales), out) in tiles.zip(out.chunks_exact_mut(ROWS * matrix.outputs)) {
                let mut sums = [[0; BLOCK]; ROWS];
                let (upper, lower) = sums.split_at_mut(ROWS / 2);
                sum_avx2::<0>(tile, weights, upper);
                sum_avx2::<{ ROWS / 2 }>(tile, weights, lower);
                finish(&sums, block * BLOCK, scales, matrix, out);
            }
        }
    }

    /// Sums half a tile, from row `FIRST` on: with sixteen registers more would be spilled. Places are counted, as above.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn sum_avx2<const FIRST: usize>(tile: &[Quad], weights: &[u8], out: &mut [[i32; BLOCK]]) {
        const HALF: usize = ROWS / 2;
        let mut sums: [[__m256i; 2]; HALF] = [[_mm256_setzero_si256(); 2]; HALF];
        for (quads, four) in tile.as_chunks::<ROWS>().0.iter().zip(weights.as_chunks::<{ 4 * BLOCK }>().0) {
            for (half, here) in four.as_chunks::<{ 2 * BLOCK }>().0.iter().enumerate() {
                // SAFETY: `here` has 32 bytes, as many as the two loads read; they need no alignment.
                let bytes: [__m128i; 2] =
                    unsafe { [_mm_loadu_si128(here.as_ptr().cast()), _mm_loadu_si128(here[BLOCK..].as_ptr().cast())] };
                let wide = [_mm256_cvtepi8_epi16(bytes[0]), _mm256_cvtepi8_epi16(bytes[1])];
                for row in 0..HALF {
                    let two = quads[FIRST + row] >> (16 * half) & 0xffff;
                    let both = _mm256_set1_epi32((two & 0xff | two >> 8 << 16).cast_signed());
                    for side in 0..2 {
                        sums[row][side] = _mm256_add_epi32(sums[row][side], _mm256_madd_epi16(both, wide[side]));
                    }
                }
            }
        }
        for (sums, out) in sums.iter().zip(out) {
            for (sum, out) in sums.iter().zip(out.chunks_exact_mut(BLOCK / 2)) {
                // SAFETY: `out` has 32 bytes, as many as are written; the store needs no alignment.
                unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), *sum) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deterministic numbers without a pattern.
    fn numbers(count: usize) -> impl Iterator<Item = u32> {
        (0..count as u32).map(|n| (n + 1).wrapping_mul(2_654_435_761) >> 7)
    }

    #[test]
    fn every_level_gives_the_product() {
        let (columns, outputs, count) = (36, 5 * BLOCK, 2 * ROWS);
        let packed: Vec<u8> = numbers(columns * outputs).map(|n| (n % 255) as u8).collect();
        let rows: Vec<u8> = numbers(columns * count).map(|n| (n % 255) as u8 + 1).collect();
        let matrix = Matrix {
            columns,
            outputs,
            packed: &packed,
            sums: sums(&packed, columns, outputs),
            scales: numbers(outputs).map(|n| (n % 100) as f32 / 1e4).collect(),
            bias: numbers(outputs).map(|n| (n % 7) as f32).collect(),
        };
        let scales: Vec<Scale> =
            numbers(count).map(|n| Scale { worth: (n % 50) as f32 / 1e3, zero: (n % 256) as i32 }).collect();
        let weight = |output: usize, column: usize| {
            let at = output / BLOCK * BLOCK * columns + column / 2 * 2 * BLOCK + output % BLOCK * 2 + column % 2;
            i32::from(packed[at] as i8)
        };
        let mut expected = vec![0.0; count * outputs];
        let mut quads: Vec<Quad> = vec![0; rows.len() / 4];
        for row in 0..count {
            let of_row = &rows[row * columns..(row + 1) * columns];
            for output in 0..outputs {
                let sum: i32 = (of_row.iter().enumerate())
                    .map(|(column, &number)| (i32::from(number) - scales[row].zero) * weight(output, column))
                    .sum();
                expected[row * outputs + output] =
                    sum as f32 * (scales[row].worth * matrix.scales[output]) + matrix.bias[output];
            }
            for (at, four) in of_row.as_chunks::<4>().0.iter().enumerate() {
                quads[row / ROWS * ROWS * columns / 4 + at * ROWS + row % ROWS] = u32::from_le_bytes(*four);
            }
        }
        for level in Level::all() {
            let mut out = vec![0.0; count * outputs];
            level.multiply(&quads, &scales, &matrix, &mut out);
            assert_eq!(out, expected, "{level:?}");
        }
    }

    #[test]
    fn slices_of_other_lengths_give_nothing() {
        let matrix = Matrix {
            columns: 4,
            outputs: BLOCK,
            packed: &[1; 64],
            sums: vec![4; 16],
            scales: vec![1.0; 16],
            bias: vec![0.0; 16],
        };
        let mut out = vec![7.0; ROWS * BLOCK];
        Level::best().multiply(&[1; 3], &[Scale { worth: 1.0, zero: 0 }; ROWS], &matrix, &mut out);
        assert!(out.iter().all(|&number| number == 7.0));
    }
}
