//! Compact building blocks of the index: posting lists, a hash table of numbers, a store of strings. No floats, no I/O.

/// The numbers of the claims that hold one term, ascending, as variable-length gaps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    pub bytes: Vec<u8>,
    /// One more than the last number; 0 when empty.
    pub next: u32,
    /// How many claims that are still there hold the term.
    pub live: u32,
    /// How many postings are stored, removed claims included.
    pub stored: u32,
}

impl Postings {
    /// Adds a claim that comes after all the others; `times` is how often it holds the term (at most 255 are kept).
    pub fn push(&mut self, claim: u32, times: u32) {
        let gap = u64::from(claim.saturating_sub(self.next));
        push_varint(&mut self.bytes, gap << 1 | u64::from(times > 1));
        if times > 1 {
            self.bytes.push(times.min(255) as u8);
        }
        self.next = claim + 1;
        self.live += 1;
        self.stored += 1;
    }

    /// Calls `visit` with each claim's number and how often it holds the term.
    #[inline]
    pub fn for_each(&self, mut visit: impl FnMut(u32, u32)) {
        let (mut at, mut next) = (0, 0u32);
        while let Some(code) = read_varint(&self.bytes, &mut at) {
            let claim = next.wrapping_add((code >> 1) as u32);
            let mut times = 1;
            if code & 1 == 1 {
                times = u32::from(self.bytes.get(at).copied().unwrap_or(1));
                at += 1;
            }
            next = claim.wrapping_add(1);
            visit(claim, times);
        }
    }
}

/// Appends a number, seven bits a byte, low bits first.
#[inline]
pub(crate) fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Reads a number at `at` and moves on; `None` at the end of the bytes.
#[inline]
pub(crate) fn read_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let first = *bytes.get(*at)?;
    *at += 1;
    if first < 0x80 {
        return Some(u64::from(first));
    }
    let mut value = u64::from(first & 0x7f);
    for shift in (7..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    Some(value)
}

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

/// An open-addressing table of `u32` numbers; what a number stands for is the caller's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    slots: Vec<u32>,
    used: usize,
}

const FREE: u32 = u32::MAX;

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
            let number = self.slots[at];
            if number == FREE {
                return None;
            }
            if is(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a number; `hash_of` gives the hash of any number in the table, for when it grows.
    pub fn insert(&mut self, hash: u64, number: u32, hash_of: impl Fn(u32) -> u64) {
        if (self.used + 1) * 2 > self.slots.len() {
            let old = std::mem::replace(&mut self.slots, vec![FREE; (self.used * 4).next_power_of_two().max(16)]);
            for number in old.into_iter().filter(|&n| n != FREE) {
                self.place(hash_of(number), number);
            }
        }
        self.place(hash, number);
        self.used += 1;
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != FREE {
            at = (at + 1) & mask;
        }
        self.slots[at] = number;
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
            strings.table.insert(hash, number, |_| 0);
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
        let Self { blob, ends, table } = self;
        let bytes = |n: u32| {
            let start = if n == 0 { 0 } else { ends[n as usize - 1] as usize };
            &blob[start..ends[n as usize] as usize]
        };
        table.insert(hash(text.as_bytes()), number, |n| hash(bytes(n)));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_give_back_what_was_pushed() {
        let mut list = Postings::default();
        let want: Vec<(u32, u32)> = (0..5_000u32).map(|i| (i * i / 3 + i, 1 + i % 3)).collect();
        want.iter().for_each(|&(claim, times)| list.push(claim, times));
        let mut got = Vec::new();
        list.for_each(|claim, times| got.push((claim, times)));
        assert_eq!(got, want);
    }

    #[test]
    fn a_cut_list_ends_quietly() {
        let mut list = Postings::default();
        list.push(1_000_000, 7);
        for cut in 0..list.bytes.len() {
            let part = Postings { bytes: list.bytes[..cut].to_vec(), ..Postings::default() };
            part.for_each(|_, _| ());
        }
    }

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
