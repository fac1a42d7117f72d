//! Linear models over hashed features: compact tables that are read straight from the bytes of a weights file.
//!
//! A feature is a 64-bit hash, of which a table keeps sixteen bits in one of many small blocks: a block is as long as a
//! cache line, so that a feature never seen in training costs one look and adds nothing. Weights are bytes times one
//! scale. Refuses no bytes: a malformed table simply knows no feature.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a value into a hash.
#[inline]
pub fn mix(hash: u64, value: u64) -> u64 {
    let x = (hash ^ value).wrapping_mul(MULTIPLIER);
    x ^ (x >> 29)
}

/// Returns the 64-bit FNV-1a hash of a word's bytes (Fowler, Noll, Vo).
#[inline]
pub const fn hash(words: &str) -> u64 {
    hash_on(0xcbf2_9ce4_8422_2325, words.as_bytes())
}

/// Returns the hash of what was hashed with more bytes behind it.
#[inline]
pub const fn hash_on(mut hash: u64, more: &[u8]) -> u64 {
    let mut at = 0;
    while at < more.len() {
        hash = (hash ^ more[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// Sixteen bits of a feature's hash; never zero, which marks an empty place.
#[inline]
fn fingerprint(key: u64) -> u16 {
    ((key >> 48) as u16).max(1)
}

/// Returns the block of a feature among `count`.
#[inline]
fn place(key: u64, count: usize) -> usize {
    (((key & 0xffff_ffff) * count as u64) >> 32) as usize
}

/// Bytes of a block: the number of its first row, then the marks of its rows.
const BLOCK: usize = 64;
/// Marks that a block has room for.
const MARKS: usize = (BLOCK - 4) / 2;
/// Rows a block when the table is written: few enough that hardly a block runs over.
const FILL: usize = 18;
/// How many blocks are fetched together.
const AHEAD: usize = 48;
/// Rows that can be added up in sixteen bits.
const MOST: usize = 256;
/// Weights that are added side by side: those of a row of a dense table and what comes behind it.
const LANES: usize = 16;

/// Bytes of a weights file that begin with a cache line, so that its blocks do too.
#[derive(Debug)]
#[repr(C, align(64))]
pub struct Aligned<T: ?Sized>(pub T);

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

/// Compares a mark with all of a block; gives eight parts of sixteen bits, where a bit tells which fours of marks have it.
///
/// Nothing but plain arrays, in a shape that compilers make vector instructions of.
#[inline]
fn compare(block: &[u8; BLOCK], wanted: u16) -> [[u8; 2]; 8] {
    let mut equal = [0u16; 8];
    for (number, four) in block.as_chunks::<8>().0.iter().enumerate() {
        for (equal, &mark) in equal[number % 2 * 4..].iter_mut().zip(four.as_chunks::<2>().0) {
            *equal |= u16::from(u16::from_le_bytes(mark) == wanted).wrapping_neg() & 1 << number;
        }
    }
    equal.map(u16::to_le_bytes)
}

/// Returns the place of a mark that was compared with its block, if it stands there.
#[inline]
fn place_of(compared: &[[u8; 2]; 8]) -> Option<u32> {
    let [low, high] = compared.as_flattened().as_chunks::<8>().0 else { return None };
    // The first four bytes are no marks.
    let equal = (u64::from_le_bytes(*low) | u64::from_le_bytes(*high)) & !0x1_0001;
    let bit = equal.trailing_zeros();
    (equal != 0).then(|| bit % 16 * 4 + bit / 16 - 2)
}

/// A feature that a table knows: its number among those asked for, and that of its row.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    feature: u32,
    row: u32,
}

/// Which features a table knows, and the number of each one's row.
#[derive(Debug, Clone, Copy, Default)]
struct Keys<'a>(&'a [[u8; BLOCK]]);

impl<'a> Keys<'a> {
    /// Reads the blocks off the front of `bytes`.
    fn read(bytes: &mut Bytes<'a>) -> Self {
        let count = bytes.number() as usize;
        let padding = bytes.number() as usize;
        bytes.run(padding);
        let blocks = bytes.run(count.saturating_mul(BLOCK)).as_chunks().0;
        Self(if blocks.len() == count { blocks } else { &[] })
    }

    /// Calls `take` with the features that are known, some dozens at a time.
    ///
    /// What many features need of memory is asked for before any of it is used, so that memory serves them side by side:
    /// here the blocks, in `take` the rows.
    #[inline]
    fn find(self, features: &[u64], mut take: impl FnMut(&[Known])) {
        let table = self.0;
        let Some(any) = table.first() else { return };
        let mut blocks = [any; AHEAD];
        let ask = |run: &[u64], blocks: &mut [&'a [u8; BLOCK]; AHEAD]| {
            for (block, &key) in blocks.iter_mut().zip(run) {
                *block = &table[place(key, table.len())];
            }
            std::hint::black_box(blocks.iter().take(run.len()).fold(0, |asked, block| asked ^ block[0]));
        };
        let mut runs = features.chunks(AHEAD).enumerate().peekable();
        ask(runs.peek().map_or(&[], |run| run.1), &mut blocks);
        while let Some((number, run)) = runs.next() {
            let mut compared = [[[0; 2]; 8]; AHEAD];
            for (compared, (block, &key)) in compared.iter_mut().zip(blocks.iter().zip(run)) {
                *compared = compare(block, fingerprint(key));
            }
            let (mut found, mut known) = ([Known::default(); AHEAD], 0);
            for (at, (compared, [a, b, c, d, ..])) in compared[..run.len()].iter().zip(blocks).enumerate() {
                let place = place_of(compared);
                let row = u32::from_le_bytes([*a, *b, *c, *d]).wrapping_add(place.unwrap_or_default());
                found[known] = Known { feature: (number * AHEAD + at) as u32, row };
                known += usize::from(place.is_some());
            }
            // The next blocks come together with the rows of these.
            ask(runs.peek().map_or(&[], |run| run.1), &mut blocks);
            take(&found[..known]);
        }
    }

    /// Writes the blocks of `keys`, given with what each is worth; returns which are kept, in the order of their rows.
    ///
    /// Blocks begin at a multiple of their length in `out`. Where a block runs over, what is worth least is left out.
    fn write(keys: &[(u64, f32)], out: &mut Vec<u8>) -> Vec<usize> {
        let count = keys.len() / FILL + 1;
        let mut blocks: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (number, &(key, _)) in keys.iter().enumerate() {
            blocks[place(key, count)].push(number);
        }
        out.extend((count as u32).to_le_bytes());
        let padding = (BLOCK - (out.len() + 4) % BLOCK) % BLOCK;
        out.extend((padding as u32).to_le_bytes());
        out.resize(out.len() + padding, 0);
        let mut kept = Vec::with_capacity(keys.len());
        for block in &mut blocks {
            block.sort_by(|&a, &b| keys[b].1.total_cmp(&keys[a].1).then(a.cmp(&b)));
            block.truncate(MARKS);
            out.extend((kept.len() as u32).to_le_bytes());
            for place in 0..MARKS {
                let mark = block.get(place).map_or(0, |&number| fingerprint(keys[number].0));
                out.extend(mark.to_le_bytes());
            }
            kept.extend(block.iter());
        }
        kept
    }
}

/// Rows of `C` weights, one row a feature.
#[derive(Debug, Clone, Copy)]
pub struct Dense<'a, const C: usize> {
    keys: Keys<'a>,
    rows: &'a [u8],
    scale: f32,
}

impl<'a, const C: usize> Dense<'a, C> {
    /// Reads a table off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        let scale = bytes.real();
        let count = bytes.number() as usize;
        let keys = Keys::read(bytes);
        Self { keys, rows: bytes.run(count.saturating_mul(C)), scale }
    }

    /// Adds the weights of every feature to `sums`.
    #[inline]
    pub fn add(&self, features: &[u64], sums: &mut [f32; C]) {
        if self.keys.0.is_empty() {
            return;
        }
        for features in features.chunks(MOST) {
            let mut whole = [0i16; LANES];
            self.keys.find(features, |known| {
                let asked =
                    known.iter().fold(0, |asked, one| asked ^ self.rows.get(one.row as usize * C).unwrap_or(&0));
                std::hint::black_box(asked);
                let mut sums = whole;
                for one in known {
                    for (sum, weight) in sums.iter_mut().zip(self.row(one.row as usize * C)) {
                        *sum += i16::from(weight as i8);
                    }
                }
                whole = sums;
            });
            for (sum, whole) in sums.iter_mut().zip(whole) {
                *sum += f32::from(whole) * self.scale;
            }
        }
    }

    /// Returns the weights of the row that begins at a byte, and some that are not its own.
    #[inline]
    fn row(&self, from: usize) -> [u8; LANES] {
        const { assert!(C <= LANES) };
        let rest = self.rows.get(from..).unwrap_or_default();
        if let Some(row) = rest.first_chunk() {
            return *row;
        }
        let mut last = [0; LANES];
        for (weight, &byte) in last.iter_mut().zip(rest.first_chunk::<C>().into_iter().flatten()) {
            *weight = byte;
        }
        last
    }

    /// Writes a table; features whose every weight rounds to nothing are left out. Sort `rows` for stable bytes.
    pub fn write(rows: &[(u64, [f32; C])], largest: f32, out: &mut Vec<u8>) {
        let scale = largest / 127.0;
        let rows: Vec<(u64, [i8; C])> = rows
            .iter()
            .map(|(key, row)| (*key, row.map(|w| quantized(w, scale))))
            .filter(|(_, row)| row.iter().any(|&w| w != 0))
            .collect();
        let worth = |row: &[i8; C]| row.iter().map(|w| f32::from(w.unsigned_abs())).fold(0.0, f32::max);
        let keys: Vec<(u64, f32)> = rows.iter().map(|(key, row)| (*key, worth(row))).collect();
        let (mut blocks, start) = (Vec::new(), out.len() + 8);
        blocks.resize(start, 0);
        let kept = Keys::write(&keys, &mut blocks);
        out.extend(scale.to_bits().to_le_bytes());
        out.extend((kept.len() as u32).to_le_bytes());
        out.extend(&blocks[start..]);
        out.extend(kept.iter().flat_map(|&number| rows[number].1).map(|weight| weight as u8));
    }
}

/// Rows of (class, weight) pairs, for models of many classes of which a feature knows few.
#[derive(Debug, Clone, Copy)]
pub struct Sparse<'a> {
    keys: Keys<'a>,
    /// Where the pairs of each row end, three bytes each.
    ends: &'a [[u8; 3]],
    pairs: &'a [[u8; 2]],
    scale: f32,
}

impl<'a> Sparse<'a> {
    /// Reads a table off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        let scale = bytes.real();
        let (rows, pairs) = (bytes.number() as usize, bytes.number() as usize);
        let keys = Keys::read(bytes);
        let ends = bytes.run(rows.saturating_mul(3)).as_chunks().0;
        Self { keys, ends, pairs: bytes.run(pairs.saturating_mul(2)).as_chunks().0, scale }
    }

    /// Adds the weights of every feature to `sums`, which has one place a class.
    #[inline]
    pub fn add(&self, features: &[u64], sums: &mut [f32]) {
        self.each(features, |_, class, weight| {
            if let Some(sum) = sums.get_mut(class) {
                *sum += weight;
            }
        });
    }

    /// Calls `take` with the number of each feature that is known, a class and the weight it gives that class.
    #[inline]
    pub fn each(&self, features: &[u64], mut take: impl FnMut(usize, usize, f32)) {
        let end = |row: usize| self.ends.get(row).map_or(0, |&[a, b, c]| u32::from_le_bytes([a, b, c, 0]) as usize);
        self.keys.find(features, |known| {
            let mut asked = 0;
            let mut runs = [(0, 0); AHEAD];
            for (run, one) in runs.iter_mut().zip(known) {
                let row = one.row as usize;
                *run = (row.checked_sub(1).map_or(0, end), end(row));
                asked ^= self.pairs.get(run.0).map_or(0, |pair| pair[0]);
            }
            std::hint::black_box(asked);
            for (&(from, to), one) in runs.iter().zip(known) {
                for &[class, weight] in self.pairs.get(from..to).unwrap_or_default() {
                    take(one.feature as usize, usize::from(class), f32::from(weight as i8) * self.scale);
                }
            }
        });
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
        let worth = |row: &[(u8, i8)]| row.iter().map(|w| f32::from(w.1.unsigned_abs())).fold(0.0, f32::max);
        let keys: Vec<(u64, f32)> = rows.iter().map(|(key, row)| (*key, worth(row))).collect();
        let (mut blocks, start) = (Vec::new(), out.len() + 12);
        blocks.resize(start, 0);
        let kept = Keys::write(&keys, &mut blocks);
        let (mut ends, mut pairs): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        for &number in &kept {
            pairs.extend(rows[number].1.iter().flat_map(|&(class, weight)| [class, weight as u8]));
            ends.extend(&(pairs.len() as u32 / 2).to_le_bytes()[..3]);
        }
        out.extend(scale.to_bits().to_le_bytes());
        out.extend((kept.len() as u32).to_le_bytes());
        out.extend((pairs.len() as u32 / 2).to_le_bytes());
        out.extend(&blocks[start..]);
        out.extend(ends);
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
