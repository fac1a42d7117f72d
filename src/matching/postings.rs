//! Posting lists: which claims hold a term, in an arena for what was read from bytes and a tail for what came later.
//!
//! A posting is one number: the claim above, below it a six-bit class of how often the claim holds the term and how long the
//! claim is. The class gives a BM25 weight to a tenth, which is enough to choose candidates; their score is worked out
//! exactly from the terms that the index keeps for each claim. No floats, no I/O.

/// Bits of a posting below the claim's number.
pub(crate) const CLASS_BITS: u32 = 6;
/// Number of classes.
pub(crate) const CLASSES: usize = 1 << CLASS_BITS;
/// The most claims that an index can number.
pub(crate) const MOST_CLAIMS: usize = 1 << (32 - CLASS_BITS);

/// Upper ends of the classes of length, inclusive; longer claims are in the last one.
const LENGTHS: [u8; 16] = [3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 30, 40, 60, 255];

/// Returns the class of a claim that holds a term so often and has so many content terms.
pub(crate) fn class(times: u32, length: u8) -> u32 {
    let length = LENGTHS.partition_point(|&end| end < length) as u32;
    (times.clamp(1, 4) - 1) << 4 | length
}

/// Returns how often a claim of this class holds the term, and the length that stands for the class.
pub(crate) fn of_class(class: usize) -> (u32, u8) {
    let at = class & 15;
    let low = if at == 0 { 0 } else { LENGTHS[at - 1] };
    let length = if at == 15 { 80 } else { (low + 1).midpoint(LENGTHS[at]) };
    ((class >> 4) as u32 + 1, length)
}

/// One list: where it lies in the arena, and what was added since.
#[derive(Debug, Clone, Default)]
struct List {
    start: u32,
    count: u32,
    /// How many claims that are still there are in the list.
    live: u32,
    tail: Vec<u32>,
}

/// All lists of one kind, by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    arena: Vec<u32>,
    lists: Vec<List>,
}

impl Postings {
    /// Restores lists from their sizes, how many claims of each are still there, and all postings in a row.
    pub fn from_parts(counts: &[u32], live: &[u32], arena: Vec<u32>) -> Option<Self> {
        let mut start = 0u32;
        let mut lists = Vec::with_capacity(counts.len());
        for (&count, &live) in counts.iter().zip(live) {
            lists.push(List { start, count, live, tail: Vec::new() });
            start = start.checked_add(count)?;
        }
        (start as usize == arena.len() && counts.len() == live.len()).then_some(Self { arena, lists })
    }

    /// Groups numbered things by key, keeping their order: list k holds the places of `keys` with value k.
    pub fn group(keys: impl Iterator<Item = u32> + Clone, lists: usize) -> Self {
        let mut counts = vec![0u32; lists];
        for key in keys.clone() {
            counts[key as usize] += 1;
        }
        let mut start = 0;
        let mut all = Vec::with_capacity(lists);
        for &count in &counts {
            all.push(List { start, count, live: count, tail: Vec::new() });
            start += count;
        }
        let mut arena = vec![0; start as usize];
        let mut next: Vec<u32> = all.iter().map(|list| list.start).collect();
        for (at, key) in keys.enumerate() {
            arena[next[key as usize] as usize] = (at as u32) << CLASS_BITS;
            next[key as usize] += 1;
        }
        Self { arena, lists: all }
    }

    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Adds an empty list.
    pub fn grow(&mut self) {
        self.lists.push(List::default());
    }

    /// Adds a claim that comes after all the others of the list.
    pub fn push(&mut self, list: u32, claim: u32, class: u32) {
        let list = &mut self.lists[list as usize];
        list.tail.push(claim << CLASS_BITS | class);
        list.live += 1;
    }

    /// Notes that a claim holds a term whose claims are counted but not listed.
    pub fn gain(&mut self, list: u32) {
        self.lists[list as usize].live += 1;
    }

    /// Notes that a claim of the list is gone; its posting stays.
    pub fn lose(&mut self, list: u32) {
        let live = &mut self.lists[list as usize].live;
        *live = live.saturating_sub(1);
    }

    pub fn live(&self, list: u32) -> u32 {
        self.lists[list as usize].live
    }

    /// Returns how many postings a list has, those of removed claims included.
    pub fn stored(&self, list: u32) -> usize {
        let list = &self.lists[list as usize];
        list.count as usize + list.tail.len()
    }

    /// Returns a list in two pieces, each ascending, the second after the first.
    pub fn pieces(&self, list: u32) -> [&[u32]; 2] {
        let list = &self.lists[list as usize];
        let start = list.start as usize;
        [self.arena.get(start..start + list.count as usize).unwrap_or_default(), &list.tail]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gives_back_what_was_pushed_to_arena_and_tail() {
        let mut lists = Postings::from_parts(&[2, 1], &[2, 1], vec![1 << 6, 5 << 6, 3 << 6]).unwrap();
        lists.push(0, 9, 7);
        assert_eq!(lists.pieces(0).concat(), [1 << 6, 5 << 6, 9 << 6 | 7]);
        assert_eq!((lists.live(0), lists.stored(1), lists.len()), (3, 1, 2));
        lists.lose(0);
        assert_eq!((lists.live(0), lists.stored(0)), (2, 3));
        assert!(Postings::from_parts(&[2], &[2], vec![1]).is_none());
    }

    #[test]
    fn things_are_grouped_by_key_in_order() {
        let lists = Postings::group([2u32, 0, 2, 2].into_iter(), 3);
        let places = |list| lists.pieces(list)[0].iter().map(|p| p >> CLASS_BITS).collect::<Vec<_>>();
        assert_eq!((places(0), places(1), places(2)), (vec![1], vec![], vec![0, 2, 3]));
    }

    #[test]
    fn a_class_stands_for_a_length_near_the_real_one() {
        for length in 1..=70u8 {
            let (times, stands) = of_class(class(2, length) as usize);
            assert_eq!(times, 2);
            assert!(
                (f32::from(stands) - f32::from(length)).abs() <= 1.0 + f32::from(length) / 3.0,
                "{length}: {stands}"
            );
        }
    }

    #[test]
    fn numbers_come_back_from_their_bytes() {
        let mut bytes = Vec::new();
        let want = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        want.iter().for_each(|&value| push_varint(&mut bytes, value));
        let mut at = 0;
        assert!(want.iter().all(|&value| read_varint(&bytes, &mut at) == Some(value)));
        assert_eq!(read_varint(&bytes, &mut at), None);
    }
}
