//! Linear models over hashed features: two compact tables that are read straight from the bytes of a weights file.
//!
//! A feature is a 64-bit hash; a slot keeps sixteen bits of it, so that a feature never seen in training costs a look and
//! adds nothing. Weights are bytes times one scale. Refuses no bytes: a malformed table simply knows no feature.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a value into a hash.
#[inline]
pub fn mix(hash: u64, value: u64) -> u64 {
    let x = (hash ^ value).wrapping_mul(MULTIPLIER);
    x ^ (x >> 29)
}

/// Returns the hash of a word's bytes.
#[inline]
pub fn hash(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Returns the slot of a feature among `count`.
#[inline]
fn place(key: u64, count: usize) -> usize {
    (((key & 0xffff_ffff) * count as u64) >> 32) as usize
}

/// Returns the slot after `at`, the first one after the last.
#[inline]
fn following(at: usize, count: usize) -> usize {
    if at + 1 == count { 0 } else { at + 1 }
}

#[inline]
fn fingerprint(key: u64) -> u16 {
    ((key >> 48) as u16).max(1)
}

/// How many slots are fetched together.
const AHEAD: usize = 32;

#[inline]
fn mark(slot: &[u8]) -> u16 {
    u16::from_le_bytes([slot[0], slot[1]])
}

/// Reads little-endian numbers and byte runs off the front of a weights file; past the end it gives zeros.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn run(&mut self, len: usize) -> &'a [u8] {
        let (head, tail) = self.0.split_at(len.min(self.0.len()));
        self.0 = tail;
        head
    }

    pub fn number(&mut self) -> u32 {
        self.run(4).iter().rev().fold(0, |n, &b| n << 8 | u32::from(b))
    }

    pub fn real(&mut self) -> f32 {
        f32::from_bits(self.number())
    }
}

/// Rows of `C` weights, one row a feature.
#[derive(Debug, Clone, Copy)]
pub struct Dense<'a, const C: usize> {
    slots: &'a [u8],
    count: usize,
    scale: f32,
}

impl<'a, const C: usize> Dense<'a, C> {
    const STRIDE: usize = C + 2;

    /// Reads a table off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        let scale = bytes.real();
        let count = bytes.number() as usize;
        let slots = bytes.run(count.saturating_mul(Self::STRIDE));
        let whole = Some(slots.len()) == count.checked_mul(Self::STRIDE);
        Self { slots: if whole { slots } else { &[] }, count, scale }
    }

    /// Adds the weights of every feature to `sums`.
    #[inline]
    pub fn add(&self, features: &[u64], sums: &mut [f32; C]) {
        if self.slots.is_empty() {
            return;
        }
        let mut whole = [0i32; C];
        let slot = |at: usize| &self.slots[at * Self::STRIDE..(at + 1) * Self::STRIDE];
        for run in features.chunks(AHEAD) {
            // The slots of a whole run are fetched before any is judged, so that memory serves them side by side.
            let mut fetched = [(0usize, 0u16); AHEAD];
            for (fetched, &key) in fetched.iter_mut().zip(run) {
                let at = place(key, self.count);
                *fetched = (at, mark(slot(at)));
            }
            for (&(mut at, mut found), &key) in fetched.iter().zip(run) {
                let wanted = fingerprint(key);
                while found != wanted && found != 0 {
                    at = following(at, self.count);
                    found = mark(slot(at));
                }
                if found == wanted {
                    for (sum, &weight) in whole.iter_mut().zip(&slot(at)[2..]) {
                        *sum += i32::from(weight as i8);
                    }
                }
            }
        }
        for (sum, whole) in sums.iter_mut().zip(whole) {
            *sum += whole as f32 * self.scale;
        }
    }

    /// Writes a table; features whose every weight rounds to nothing are left out. Sort `rows` for stable bytes.
    pub fn write(rows: &[(u64, [f32; C])], largest: f32, out: &mut Vec<u8>) {
        let scale = largest / 127.0;
        let rows: Vec<(u64, [i8; C])> = rows
            .iter()
            .map(|(key, row)| (*key, row.map(|w| quantized(w, scale))))
            .filter(|(_, row)| row.iter().any(|&w| w != 0))
            .collect();
        let count = rows.len() * 5 / 4 + 2;
        let mut slots = vec![0u8; count * Self::STRIDE];
        for (key, row) in rows {
            let mut at = place(key, count);
            while slots[at * Self::STRIDE..at * Self::STRIDE + 2] != [0, 0] {
                at = following(at, count);
            }
            let slot = &mut slots[at * Self::STRIDE..(at + 1) * Self::STRIDE];
            slot[..2].copy_from_slice(&fingerprint(key).to_le_bytes());
            for (byte, weight) in slot[2..].iter_mut().zip(row) {
                *byte = weight as u8;
            }
        }
        out.extend(scale.to_bits().to_le_bytes());
        out.extend((count as u32).to_le_bytes());
        out.extend(slots);
    }
}

/// Rows of (class, weight) pairs, for models of many classes of which a feature knows few.
#[derive(Debug, Clone, Copy)]
pub struct Sparse<'a> {
    slots: &'a [u8],
    pairs: &'a [u8],
    count: usize,
    scale: f32,
}

impl<'a> Sparse<'a> {
    /// Sixteen bits of the hash, a byte for the number of pairs, three for where they begin.
    const STRIDE: usize = 6;

    /// Reads a table off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        let scale = bytes.real();
        let count = bytes.number() as usize;
        let pairs = bytes.number() as usize;
        let slots = bytes.run(count.saturating_mul(Self::STRIDE));
        let whole = Some(slots.len()) == count.checked_mul(Self::STRIDE);
        let pairs = bytes.run(pairs.saturating_mul(2));
        Self { slots: if whole { slots } else { &[] }, pairs, count, scale }
    }

    /// Adds the weights of every feature to `sums`, which has one place a class.
    #[inline]
    pub fn add(&self, features: &[u64], sums: &mut [f32]) {
        if self.slots.is_empty() {
            return;
        }
        for &key in features {
            let wanted = fingerprint(key).to_le_bytes();
            let mut at = place(key, self.count);
            loop {
                let slot = &self.slots[at * Self::STRIDE..(at + 1) * Self::STRIDE];
                if slot[0] == wanted[0] && slot[1] == wanted[1] {
                    let from = 2 * (usize::from(slot[3]) | usize::from(slot[4]) << 8 | usize::from(slot[5]) << 16);
                    for pair in
                        self.pairs.get(from..from + 2 * usize::from(slot[2])).unwrap_or_default().chunks_exact(2)
                    {
                        if let Some(sum) = sums.get_mut(usize::from(pair[0])) {
                            *sum += f32::from(pair[1] as i8) * self.scale;
                        }
                    }
                    break;
                }
                if slot[0] == 0 && slot[1] == 0 {
                    break;
                }
                at = following(at, self.count);
            }
        }
    }

    /// Writes a table of rows of (class, weight); sort `rows` for stable bytes.
    pub fn write(rows: &[(u64, Vec<(u8, f32)>)], largest: f32, out: &mut Vec<u8>) {
        let scale = largest / 127.0;
        let rows: Vec<(u64, Vec<(u8, i8)>)> = rows
            .iter()
            .map(|(key, row)| {
                (*key, row.iter().map(|&(c, w)| (c, quantized(w, scale))).filter(|p| p.1 != 0).take(255).collect())
            })
            .filter(|(_, row): &(u64, Vec<(u8, i8)>)| !row.is_empty())
            .collect();
        let count = rows.len() * 5 / 4 + 2;
        let mut slots = vec![0u8; count * Self::STRIDE];
        let mut pairs: Vec<u8> = Vec::new();
        for (key, row) in rows {
            let mut at = place(key, count);
            while slots[at * Self::STRIDE..at * Self::STRIDE + 2] != [0, 0] {
                at = following(at, count);
            }
            let from = (pairs.len() / 2) as u32;
            let slot = &mut slots[at * Self::STRIDE..(at + 1) * Self::STRIDE];
            slot[..2].copy_from_slice(&fingerprint(key).to_le_bytes());
            slot[2] = row.len() as u8;
            slot[3..].copy_from_slice(&from.to_le_bytes()[..3]);
            pairs.extend(row.into_iter().flat_map(|(class, weight)| [class, weight as u8]));
        }
        out.extend(scale.to_bits().to_le_bytes());
        out.extend((count as u32).to_le_bytes());
        out.extend((pairs.len() as u32 / 2).to_le_bytes());
        out.extend(slots);
        out.extend(pairs);
    }
}

fn quantized(weight: f32, scale: f32) -> i8 {
    (weight / scale).round().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_give_back_what_was_written() {
        let keys: Vec<u64> = (0..500u64).map(|i| mix(7, i)).collect();
        let rows: Vec<(u64, [f32; 3])> = keys.iter().map(|&k| (k, [1.0, -2.0, (k % 3) as f32])).collect();
        let sparse: Vec<(u64, Vec<(u8, f32)>)> = keys.iter().map(|&k| (k, vec![(4, 1.0), (9, -2.0)])).collect();
        let mut bytes = Vec::new();
        Dense::<3>::write(&rows, 2.0, &mut bytes);
        Sparse::write(&sparse, 2.0, &mut bytes);
        let mut rest = Bytes(&bytes);
        let (dense, sparse) = (Dense::<3>::read(&mut rest), Sparse::read(&mut rest));
        assert!(rest.0.is_empty());
        for (key, row) in rows {
            let (mut sums, mut many) = ([0.0; 3], [0.0; 10]);
            dense.add(&[key], &mut sums);
            sparse.add(&[key], &mut many);
            assert!(sums.iter().zip(row).all(|(a, b)| (a - b).abs() < 0.02), "{sums:?} {row:?}");
            assert!((many[4] - 1.0).abs() < 0.02 && (many[9] + 2.0).abs() < 0.02 && many[0] == 0.0);
        }
        let mistaken = keys.iter().filter(|&&key| {
            let mut sums = [0.0; 3];
            dense.add(&[mix(99, key)], &mut sums);
            sums != [0.0; 3]
        });
        assert!(mistaken.count() < 5, "features never seen are rarely taken for others");
    }

    #[test]
    fn malformed_bytes_know_no_feature() {
        for len in 0..40 {
            let bytes = vec![0xff; len];
            let mut sums = [0.0; 7];
            Dense::<7>::read(&mut Bytes(&bytes)).add(&[1, 2], &mut sums);
            Sparse::read(&mut Bytes(&bytes)).add(&[1, 2], &mut sums);
            assert_eq!(sums, [0.0; 7]);
        }
    }
}
