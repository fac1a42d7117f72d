//! What the encoder keeps of a claim, and what two of these say of one another.

use super::weights::Scale;

/// Numbers of a target and of a stance.
pub const TARGET: usize = 128;
pub const STANCE: usize = 64;
/// What 1 is worth in the whole numbers of a target.
const UNIT: f32 = 300.0;
/// Bytes of a stance as it is kept.
pub const BYTES: usize = TARGET + STANCE + 8;

/// What a claim is about and where it stands, in 200 bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Stance {
    target: [i8; TARGET],
    stance: [i8; STANCE],
    /// What 1 of the stance's whole numbers is worth.
    scale: f32,
    /// Log-odds that the claim takes a position at all.
    pub likeness: f32,
}

/// Log-odds that two claims are opposed and that they are the same, each against neither.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opinion {
    pub opposed: f32,
    pub same: f32,
}

impl Opinion {
    /// Returns the probabilities of opposed and same.
    pub fn shares(self) -> (f32, f32) {
        let most = self.opposed.max(self.same).max(0.0);
        let (opposed, same, neither) = ((self.opposed - most).exp(), (self.same - most).exp(), (-most).exp());
        let all = opposed + same + neither;
        (opposed / all, same / all)
    }

    /// Returns how much the two agree, from −1, opposed, to 1, the same.
    pub fn agreement(self) -> f32 {
        let (opposed, same) = self.shares();
        same - opposed
    }
}

impl Stance {
    /// Rounds what the encoder gives: a target of length 1 and a stance.
    pub(super) fn of(target: &[f32], stance: &[f32], likeness: f32) -> Self {
        let most = stance.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
        let mut out = Self { target: [0; TARGET], stance: [0; STANCE], scale, likeness };
        for (whole, x) in out.target.iter_mut().zip(target) {
            *whole = (x * UNIT).round().clamp(-127.0, 127.0) as i8;
        }
        for (whole, x) in out.stance.iter_mut().zip(stance) {
            *whole = (x / scale).round().clamp(-127.0, 127.0) as i8;
        }
        out
    }

    /// Reads the bytes that [`Stance::bytes`] gave; `None` for others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (target, rest) = bytes.split_first_chunk::<TARGET>()?;
        let (stance, rest) = rest.split_first_chunk::<STANCE>()?;
        let (scale, rest) = rest.split_first_chunk::<4>()?;
        let likeness: &[u8; 4] = rest.try_into().ok()?;
        Some(Self {
            target: target.map(u8::cast_signed),
            stance: stance.map(u8::cast_signed),
            scale: f32::from_le_bytes(*scale),
            likeness: f32::from_le_bytes(*likeness),
        })
    }

    /// Returns the numbers as bytes, for keeping.
    pub fn bytes(&self) -> [u8; BYTES] {
        let mut out = [0; BYTES];
        let whole = self.target.iter().chain(&self.stance).map(|number| number.cast_unsigned());
        let scales = self.scale.to_le_bytes().into_iter().chain(self.likeness.to_le_bytes());
        out.iter_mut().zip(whole.chain(scales)).for_each(|(out, byte)| *out = byte);
        out
    }

    /// Returns how near two claims are in what they are about: the cosine of their targets, about −1 to 1.
    pub fn nearness(&self, other: &Self) -> f32 {
        product(&self.target.map(i16::from), &other.target.map(i16::from))
    }

    /// Makes it ready to be held against many others.
    pub(super) fn opened(&self, scale: &Scale) -> Opened {
        let mut stance = [0.0; STANCE];
        for (x, &whole) in stance.iter_mut().zip(&self.stance) {
            *x = f32::from(whole) * self.scale;
        }
        let mut weighed = stance;
        for (x, axis) in weighed.iter_mut().zip(&scale.axis) {
            *x *= axis / 8.0;
        }
        let length = |numbers: &[f32]| numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        let reach = (length(&weighed), length(&stance));
        Opened { target: self.target.map(i16::from), stance, weighed, reach }
    }
}

/// A stance with its numbers as they are multiplied.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Wider than it need be: sums of such products are what a processor has an instruction for.
    target: [i16; TARGET],
    stance: [f32; STANCE],
    weighed: [f32; STANCE],
    /// Lengths of both, which bound what the two of a pair can make.
    reach: (f32, f32),
}

impl Opened {
    /// Returns what the two say of one another; nothing where the targets are so far apart that neither is certain.
    pub(super) fn opinion(&self, other: &Self, scale: &Scale) -> Option<Opinion> {
        let &[steep, base] = scale.near.as_slice() else { return None };
        let &[opposed, same] = scale.bias.as_slice() else { return None };
        let like = steep * product(&self.target, &other.target) + base;
        if like + self.reach.0 * other.reach.1 + opposed.max(same) < -1.0 {
            return None;
        }
        let agreed: f32 = self.weighed.iter().zip(&other.stance).map(|(a, b)| a * b).sum();
        Some(Opinion { opposed: like - agreed + opposed, same: like + agreed + same })
    }
}

/// The cosine of two targets.
fn product(one: &[i16; TARGET], other: &[i16; TARGET]) -> f32 {
    let sum: i32 = one.iter().zip(other).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
    sum as f32 / (UNIT * UNIT)
}
