//! The index as bytes, to be kept beside the database: a version, a checksum, then flat little-endian arrays.
//!
//! Reading is copying arrays and refilling two hash tables, no tokenising and no sorting. Damage is found by the checksum
//! and answered with an error, never with wrong matches; the caller then rebuilds from the claims.

use super::index::{Claims, Index, Speakers};
use super::postings::{Postings, Strings, Table, hash};
use super::words::TermKind;

/// The first bytes of every stored index.
const MAGIC: &[u8; 8] = b"onrecidx";
/// Raised whenever the layout, the word lists or the reading of words change: an old index is rebuilt, not read.
pub const VERSION: u32 = 1;
const HEAD: usize = 8 + 4 + 4 + 8;

/// Why stored bytes are no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    #[error("these bytes are no matching index; rebuild it from the claims")]
    NotAnIndex,
    #[error("the matching index has version {0}, this program reads {VERSION}; rebuild it from the claims")]
    OtherVersion(u32),
    #[error("the matching index is damaged or cut short; rebuild it from the claims")]
    Damaged,
}

impl Index {
    /// Returns the index as bytes; aliases are not in them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lists = || self.postings.iter();
        let heads: Vec<u32> =
            lists().flat_map(|list| [list.bytes.len() as u32, list.next, list.live, list.stored]).collect();
        let kinds: Vec<u8> = self.kinds.iter().map(|kind| *kind as u8).collect();
        let removed: Vec<u8> = self.claims.removed.iter().map(|&removed| u8::from(removed)).collect();
        let claims = &self.claims;
        let mut out = Vec::with_capacity(claims.forward.len() * 4);
        out.resize(HEAD, 0);
        put(&mut out, self.vocabulary.blob.iter().copied());
        put(&mut out, self.vocabulary.ends.iter().flat_map(|n| n.to_le_bytes()));
        put(&mut out, kinds.into_iter());
        put(&mut out, heads.iter().flat_map(|n| n.to_le_bytes()));
        put(&mut out, lists().flat_map(|list| list.bytes.iter().copied()));
        put(&mut out, claims.ids.iter().flat_map(|n| n.to_le_bytes()));
        put(&mut out, claims.lengths.iter().copied());
        put(&mut out, claims.speakers.iter().flat_map(|n| n.to_le_bytes()));
        put(&mut out, claims.ends.iter().flat_map(|n| n.to_le_bytes()));
        put(&mut out, claims.forward.iter().copied());
        put(&mut out, removed.into_iter());
        put(&mut out, self.speakers.written.blob.iter().copied());
        put(&mut out, self.speakers.written.ends.iter().flat_map(|n| n.to_le_bytes()));
        let sum = hash(&out[HEAD..]);
        out[..8].copy_from_slice(MAGIC);
        out[8..12].copy_from_slice(&VERSION.to_le_bytes());
        out[16..24].copy_from_slice(&sum.to_le_bytes());
        out
    }

    /// Reads what [`Index::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or(IndexError::NotAnIndex)?;
        if &head[..8] != MAGIC {
            return Err(IndexError::NotAnIndex);
        }
        let version = u32_at(head, 8);
        if version != VERSION {
            return Err(IndexError::OtherVersion(version));
        }
        if hash(rest).to_le_bytes() != head[16..24] {
            return Err(IndexError::Damaged);
        }
        read(rest).ok_or(IndexError::Damaged)
    }
}

fn read(mut rest: &[u8]) -> Option<Index> {
    let mut next = || take(&mut rest);
    let vocabulary = Strings::from_parts(next()?.to_vec(), numbers(next()?))?;
    let kinds: Vec<TermKind> = next()?.iter().map(|&kind| TermKind::from_number(kind)).collect();
    let heads: Vec<u32> = numbers(next()?);
    let postings = lists(&heads, next()?)?;
    let ids: Vec<u64> = longs(next()?);
    let lengths = next()?.to_vec();
    let speakers: Vec<u32> = numbers(next()?);
    let ends = longs(next()?);
    let forward = next()?.to_vec();
    let removed: Vec<bool> = next()?.iter().map(|&flag| flag != 0).collect();
    let names = Strings::from_parts(next()?.to_vec(), numbers(next()?))?;
    let count = ids.len();
    let columns = [lengths.len(), speakers.len(), ends.len(), removed.len()];
    let whole = columns.iter().all(|&len| len == count) && kinds.len() == vocabulary.len();
    let in_place = postings.len() == vocabulary.len() && speakers.iter().all(|&n| (n as usize) < names.len());
    if !whole || !in_place || !ends.is_sorted() || ends.last().is_some_and(|&end| end > forward.len() as u64) {
        return None;
    }
    let live = || (0..count).filter(|&n| !removed[n]);
    let mut claims = Claims {
        total_length: live().map(|n| u64::from(lengths[n])).sum(),
        removed_count: count - live().count(),
        by_id: Table::with_room(count + 1),
        known_terms: vocabulary.len() as u32,
        ids,
        lengths,
        speakers,
        ends,
        forward,
        removed,
    };
    for number in 0..count {
        claims.enter(claims.ids[number], number as u32);
    }
    Some(Index { vocabulary, kinds, postings, claims, speakers: Speakers::from_strings(names), ..Index::default() })
}

fn lists(heads: &[u32], mut bytes: &[u8]) -> Option<Vec<Postings>> {
    let (heads, rest) = heads.as_chunks::<4>();
    let mut lists = Vec::with_capacity(heads.len());
    for &[length, next, live, stored] in heads {
        let (own, others) = bytes.split_at_checked(length as usize)?;
        lists.push(Postings { bytes: own.to_vec(), next, live, stored });
        bytes = others;
    }
    (rest.is_empty() && bytes.is_empty()).then_some(lists)
}

/// Appends a section: its length in bytes, then the bytes.
fn put(out: &mut Vec<u8>, bytes: impl Iterator<Item = u8>) {
    let at = out.len();
    out.extend_from_slice(&[0; 8]);
    out.extend(bytes);
    let length = (out.len() - at - 8) as u64;
    out[at..at + 8].copy_from_slice(&length.to_le_bytes());
}

/// Cuts the next section off.
fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<8>()?;
    let (section, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *rest = after;
    Some(section)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|bytes| bytes.first_chunk::<4>()).map_or(0, |four| u32::from_le_bytes(*four))
}

fn numbers(section: &[u8]) -> Vec<u32> {
    section.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
}

fn longs(section: &[u8]) -> Vec<u64> {
    section.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect()
}
