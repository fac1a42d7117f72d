//! The index as bytes, to be kept beside the database: a version, a checksum, then flat little-endian arrays.
//!
//! Reading is copying arrays and refilling one hash table, no tokenising and no sorting. Damage is found by the checksum
//! and answered with an error, never with wrong matches; the caller then rebuilds from the claims.

use super::grams::Grams;
use super::index::{Claims, Index, Record, Speakers};
use super::postings::Postings;
use super::strings::{Strings, hash};
use super::words::TermKind;

/// The first bytes of every stored index.
const MAGIC: &[u8; 8] = b"onrecidx";
/// Raised whenever the layout, the word lists or the reading of words change: an old index is rebuilt, not read.
pub const VERSION: u32 = 4;
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
        let lists = || 0..self.postings.len() as u32;
        let kinds = self.kinds.iter().map(|kind| *kind as u8);
        let claims = &self.claims;
        let records = || claims.records.iter();
        let mut out = Vec::with_capacity(claims.forward.len() * 4);
        out.resize(HEAD, 0);
        put(&mut out, &self.vocabulary.blob);
        put_numbers(&mut out, self.vocabulary.ends.iter().copied());
        put(&mut out, &kinds.collect::<Vec<u8>>());
        put_numbers(&mut out, lists().map(|list| self.postings.stored(list) as u32));
        put_numbers(&mut out, lists().map(|list| self.postings.live(list)));
        put_numbers(&mut out, lists().flat_map(|list| self.postings.pieces(list)).flatten().copied());
        put_longs(&mut out, claims.ids.iter().copied());
        put_longs(&mut out, records().map(|record| record.end));
        put_numbers(&mut out, records().map(|record| record.speaker));
        put(&mut out, &records().map(|record| record.length).collect::<Vec<u8>>());
        put(&mut out, &records().map(|record| u8::from(record.removed)).collect::<Vec<u8>>());
        put(&mut out, &records().flat_map(|record| record.day.to_le_bytes()).collect::<Vec<u8>>());
        put(&mut out, &claims.forward);
        put(&mut out, &self.speakers.written.blob);
        put_numbers(&mut out, self.speakers.written.ends.iter().copied());
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
    let (counts, live) = (numbers(next()?), numbers(next()?));
    let postings = Postings::from_parts(&counts, &live, numbers(next()?))?;
    let ids = longs(next()?);
    let (ends, speakers, lengths, removed) = (longs(next()?), numbers(next()?), next()?, next()?);
    let days = next()?.as_chunks::<2>().0;
    let forward = next()?.to_vec();
    let names = Strings::from_parts(next()?.to_vec(), numbers(next()?))?;
    let columns = [ends.len(), speakers.len(), lengths.len(), removed.len(), days.len()];
    let whole = columns.iter().all(|&length| length == ids.len()) && kinds.len() == vocabulary.len();
    if !whole {
        return None;
    }
    let record = |at: usize| Record {
        end: ends[at],
        speaker: speakers[at],
        length: lengths[at],
        removed: removed[at] != 0,
        day: u16::from_le_bytes(days[at]),
    };
    let records: Vec<Record> = (0..ids.len()).map(record).collect();
    let in_place = postings.len() == vocabulary.len()
        && records.iter().all(|record| (record.speaker as usize) < names.len())
        && records.is_sorted_by_key(|record| record.end)
        && records.last().is_none_or(|last| last.end <= forward.len() as u64);
    if !in_place {
        return None;
    }
    let speakers = Speakers::from_parts(names, &records);
    let claims = Claims::from_parts(ids, records, forward, vocabulary.len() as u32);
    let grams = Grams::new(&vocabulary, &postings);
    Some(Index { vocabulary, kinds, postings, grams, claims, speakers, ..Index::default() })
}

/// Appends a section: its length in bytes, then the bytes.
fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.extend_from_slice(bytes);
}

fn put_numbers(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let at = out.len();
    out.extend_from_slice(&[0; 8]);
    numbers.for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
    end_section(out, at);
}

fn put_longs(out: &mut Vec<u8>, numbers: impl Iterator<Item = u64>) {
    let at = out.len();
    out.extend_from_slice(&[0; 8]);
    numbers.for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
    end_section(out, at);
}

/// Writes the length of a section that began at `at`.
fn end_section(out: &mut [u8], at: usize) {
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
