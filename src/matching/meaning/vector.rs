//! A sentence vector as it is kept: 128 whole numbers of 8 bits, all to one scale, so that a product of two is their cosine.

use crate::encoder::kernel::{Level, Work};

/// Numbers of a vector.
pub const LENGTH: usize = 128;

/// What 1 is worth in whole numbers: large enough that rounding costs little, small enough that few numbers are cut off.
const UNIT: f32 = 300.0;

/// The direction of a sentence; two sentences that mean the same point nearly the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vector(pub(super) [i8; LENGTH]);

impl Vector {
    /// Brings numbers to length 1 and rounds them; `None` unless they are [`LENGTH`] finite numbers and not all 0.
    pub fn of(numbers: &[f32]) -> Option<Self> {
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        if numbers.len() != LENGTH || !length.is_finite() || length <= 0.0 {
            return None;
        }
        let mut whole = [0; LENGTH];
        for (whole, x) in whole.iter_mut().zip(numbers) {
            *whole = (x / length * UNIT).round().clamp(-127.0, 127.0) as i8;
        }
        Some(Self(whole))
    }

    /// Reads the bytes that [`Vector::bytes`] gave; `None` for another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; LENGTH] = bytes.try_into().ok()?;
        Some(Self(bytes.map(u8::cast_signed)))
    }

    /// Returns the numbers as bytes, for keeping.
    pub fn bytes(&self) -> [u8; LENGTH] {
        self.0.map(i8::cast_unsigned)
    }

    /// Returns the cosine with another vector, about −1 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        cosine(self.0.iter().zip(&other.0).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum())
    }
}

/// Turns a product of whole numbers into a cosine.
pub(super) fn cosine(product: i32) -> f32 {
    product as f32 / (UNIT * UNIT)
}

/// The products of a vector with each of many, laid one after another.
pub(super) struct Products<'a> {
    pub vector: &'a Vector,
    pub others: &'a [[i8; LENGTH]],
    pub out: &'a mut Vec<i32>,
}

impl Work for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self, _: Level) {
        let wide: [i16; LENGTH] = std::array::from_fn(|at| i16::from(self.vector.0[at]));
        self.out.clear();
        self.out.extend(self.others.iter().map(|other| {
            let mut sum = 0i32;
            for at in 0..LENGTH {
                sum += i32::from(wide[at]) * i32::from(i16::from(other[at]));
            }
            sum
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(seed: u32) -> Vec<f32> {
        let number = |at: u32| (at.wrapping_mul(seed).wrapping_mul(2_654_435_761) >> 20) as f32 - 2_048.0;
        (1..=LENGTH as u32).map(number).collect()
    }

    #[test]
    fn whole_numbers_keep_the_cosine() {
        let (a, b) = (made(7), made(8));
        let exact = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let expected = exact(&a, &b) / (exact(&a, &a) * exact(&b, &b)).sqrt();
        let (a, b) = (Vector::of(&a).unwrap(), Vector::of(&b).unwrap());
        assert!((a.cosine(&b) - expected).abs() < 0.01);
        assert!((a.cosine(&a) - 1.0).abs() < 0.01);
        assert_eq!(Vector::from_bytes(&a.bytes()), Some(a));
        let mut out = Vec::new();
        for level in Level::all() {
            level.run(Products { vector: &a, others: &[a.0, b.0], out: &mut out });
            assert_eq!(out.iter().map(|&sum| cosine(sum)).collect::<Vec<_>>(), [a.cosine(&a), a.cosine(&b)]);
        }
    }

    #[test]
    fn what_has_no_direction_is_no_vector() {
        assert_eq!(Vector::of(&[0.0; LENGTH]), None);
        assert_eq!(Vector::of(&[f32::NAN; LENGTH]), None);
        assert_eq!(Vector::of(&[1.0; 3]), None);
        assert_eq!(Vector::from_bytes(&[1; 3]), None);
    }
}
