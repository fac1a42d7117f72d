//! A store of distinct strings, the hash table of numbers it rests on, and the hash. No floats, no I/O.

/// A 64-bit hash that is the same on every machine (a multiply-and-fold hash; not for adversaries).
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = K ^ bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = fold_multiply(state ^ u64::from_le_bytes(*word), K);
    }
    let mut tail = [0u8; 8];
    tail[..rest.len()].copy_from_slice(rest);
    mix(fold_multiply(state ^ u64::from_le_bytes(tail), K))
}

#[inline]
fn fold_multiply(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// Spreads the bits of a number (the finaliser of splitmix64).
#[inline]
pub(crate) const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// An open-addressing table of `u32` numbers, each beside half of its hash; what a number stands for is the caller's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Low half of the hash above, the number below.
    slots: Vec<u64>,
    used: usize,
}

const FREE: u64 = u64::MAX;

impl Table {
    /// Makes room for about `count` numbers.
    pub fn with_room(count: usize) -> Self {
        Self { slots: vec![FREE; (count * 2).next_power_of_two().max(16)], used: 0 }
    }

    /// Returns the first number under this hash for which `is` holds.
    #[inline]
    pub fn find(&self, hash: u64, mut is: impl FnMut(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == FREE {
                return None;
            }
            // Only a number with the same half of the hash is worth a look at what it stands for.
            if slot >> 32 == hash & 0xffff_ffff && is(slot as u32) {
                return Some(slot as u32);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a number; `u32::MAX` is none.
    pub fn insert(&mut self, hash: u64, number: u32) {
        if (self.used + 1) * 2 > self.slots.len() {
            let old = std::mem::replace(&mut self.slots, vec![FREE; (self.used * 4).next_power_of_two().max(16)]);
            old.into_iter().filter(|&slot| slot != FREE).for_each(|slot| self.place(slot));
        }
        self.place(hash << 32 | u64::from(number));
        self.used += 1;
    }

    fn place(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = (slot >> 32) as usize & mask;
        while self.slots[at] != FREE {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }
}

/// Distinct strings, numbered in the order they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    pub blob: Vec<u8>,
    /// End of each string in the blob.
    pub ends: Vec<u32>,
    table: Table,
}

impl Strings {
    /// Restores the store from its blob and ends; `None` when they do not fit each other.
    pub fn from_parts(blob: Vec<u8>, ends: Vec<u32>) -> Option<Self> {
        let sound = ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == blob.len();
        if !sound || std::str::from_utf8(&blob).is_err() {
            return None;
        }
        let mut strings = Self { table: Table::with_room(ends.len() + 1), blob, ends };
        for number in 0..strings.ends.len() as u32 {
            let hash = hash(strings.bytes(number));
            strings.table.insert(hash, number);
        }
        Some(strings)
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub fn bytes(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let end = self.ends.get(at).map_or(0, |&end| end as usize);
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        self.blob.get(start..end).unwrap_or_default()
    }

    pub fn get(&self, number: u32) -> &str {
        std::str::from_utf8(self.bytes(number)).unwrap_or_default()
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.table.find(hash(text.as_bytes()), |number| self.bytes(number) == text.as_bytes())
    }

    /// Returns the number of a string, which is added when it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.find(text) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.blob.extend_from_slice(text.as_bytes());
        self.ends.push(self.blob.len() as u32);
        self.table.insert(hash(text.as_bytes()), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_keep_their_numbers_through_growth() {
        let mut strings = Strings::default();
        for i in 0..10_000u32 {
            assert_eq!(strings.number(&format!("w{i}")), i);
        }
        for i in 0..10_000u32 {
            assert_eq!(strings.find(&format!("w{i}")), Some(i));
            assert_eq!(strings.get(i), format!("w{i}"));
        }
        assert_eq!(strings.find("absent"), None);
        let again = Strings::from_parts(strings.blob.clone(), strings.ends.clone());
        assert_eq!(again.and_then(|s| s.find("w77")), Some(77));
    }
}
