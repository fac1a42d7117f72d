//! The functions of one real number, and of one row of them, that a transformer needs.
//!
//! All are plain additions, multiplications and divisions in a fixed order, so that every processor gives the same bits
//! and the compiler can work on many numbers at once; the standard library's `exp` promises neither.

use super::kernel::{Quad, ROWS, Scale};

/// Adding and taking away this number rounds to the nearest whole number, halves to even.
const ROUND: f32 = 12_582_912.0;

/// Returns e to the power of `x`, within two units in the last place; `x` is clamped to −87…88.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let r = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let power = f32::from_bits(shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    let tail = ((((1.987_569_1e-4 * r + 1.398_2e-3) * r + 8.333_452e-3) * r + 4.166_579_6e-2) * r + 1.666_666_5e-1) * r;
    ((tail + 0.5) * r * r + r + 1.0) * power
}

/// Returns the Gaussian error linear unit, within 1e-6 (Abramowitz and Stegun 7.1.26 for the error function).
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let tail =
        ((((1.061_405_4 * t - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_72) * t + 0.254_829_6) * t * exp(-z * z);
    0.5 * (x + x.abs() * (1.0 - tail))
}

#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (1.0 + exp(2.0 * x))
}

const LANES: usize = 16;

/// Adds up the images of a row, sixteen running sums side by side.
#[inline(always)]
pub fn sum(row: &[f32], image: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().map(|&x| image(x)).sum();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] += image(chunk[lane]);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Returns the least and the largest number of a row, and of nothing at all.
#[inline(always)]
pub fn range(row: &[f32]) -> (f32, f32) {
    let (mut least, mut most) = ([0.0f32; LANES], [0.0f32; LANES]);
    let chunks = row.chunks_exact(LANES);
    let rest = chunks.remainder().iter().fold((0.0f32, 0.0f32), |(least, most), &x| (least.min(x), most.max(x)));
    for chunk in chunks {
        for lane in 0..LANES {
            least[lane] = least[lane].min(chunk[lane]);
            most[lane] = most[lane].max(chunk[lane]);
        }
    }
    (least.iter().fold(rest.0, |least, &x| least.min(x)), most.iter().fold(rest.1, |most, &x| most.max(x)))
}

/// Layer normalisation of one row in place: mean 0, variance 1, then `weight · x + bias`.
#[inline(always)]
pub fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let count = row.len().max(1) as f32;
    let mean = sum(row, |x| x) / count;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
    let scale = 1.0 / (variance + 1e-12).sqrt();
    for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * scale * weight + bias;
    }
}

/// Steps from the least to the largest number of a row; one less than there are, since both ends are rounded.
const STEPS: f32 = 254.0;

/// Numbers that become whole ones in one pass.
const PART: usize = 64;

/// Writes a row as whole numbers of 8 bits, four in one, every [`ROWS`]th of `out`, and returns what they mean.
#[inline(always)]
pub fn quantise(row: &[f32], out: &mut [Quad]) -> Scale {
    let (least, most) = range(row);
    let worth = (most - least) / STEPS;
    let scale = if worth > 0.0 { 1.0 / worth } else { 0.0 };
    let zero = -least * scale + ROUND - ROUND;
    let mut columns = out.iter_mut().step_by(ROWS);
    for part in row.chunks(PART) {
        let mut bytes = [0; PART];
        for (byte, x) in bytes.iter_mut().zip(part) {
            *byte = (x * scale + (ROUND + zero)).to_bits() as u8;
        }
        for (four, out) in bytes.as_chunks::<4>().0.iter().zip(&mut columns).take(part.len() / 4) {
            *out = Quad::from_le_bytes(*four);
        }
    }
    Scale { worth, zero: zero as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps() -> impl Iterator<Item = f32> {
        (-800..=800).map(|n| n as f32 / 100.0)
    }

    #[test]
    fn functions_are_close_to_the_exact_ones() {
        for x in steps() {
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() <= exact * 3e-7, "exp {x}");
            assert!((tanh(x) - x.tanh()).abs() < 1e-6, "tanh {x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "sigmoid {x}");
        }
        for (x, exact) in [(-3.0, -0.004_049_694), (-1.0, -0.158_655_25), (0.5, 0.345_731_23), (2.0, 1.954_499_7)] {
            assert!((gelu(x) - exact).abs() < 2e-6, "gelu {x}");
        }
    }

    #[test]
    fn rows_are_normalised() {
        let mut row: Vec<f32> = (0..37).map(|n| (n * n % 11) as f32 - 40.0).collect();
        normalise(&mut row, &[2.0; 37], &[1.0; 37]);
        assert!((sum(&row, |x| x) / 37.0 - 1.0).abs() < 1e-4);
        assert!((sum(&row, |x| (x - 1.0) * (x - 1.0)) / 37.0 - 4.0).abs() < 1e-3);
    }

    #[test]
    fn quantised_rows_keep_their_numbers() {
        for (shift, factor) in [(0.0, 1.0), (-3.0, 0.01), (7.9, 100.0), (-9.0, 1.0)] {
            let row: Vec<f32> = steps().skip(1).map(|x| (x + shift) * factor).collect();
            let mut quads = vec![0; row.len() / 4 * ROWS];
            let Scale { worth, zero } = quantise(&row, &mut quads);
            let whole =
                quads.iter().step_by(ROWS).flat_map(|quad| quad.to_le_bytes()).map(|byte| i32::from(byte) - zero);
            assert!(row.iter().zip(whole).all(|(x, q)| (x - q as f32 * worth).abs() <= worth * 0.51), "{shift}");
        }
        assert_eq!(quantise(&[0.0; 4], &mut [1; ROWS]).worth, 0.0);
    }
}
