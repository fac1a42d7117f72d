//! Candidate search: the postings of the rarest words are added up, a block of claims at a time, and the best get their score.
//!
//! Scores are BM25 over the words of text and title, plus a bonus for the same speaker. Sums are whole numbers of 16 bits in
//! one small block that stays in the processor's cache (accumulators by blocks of documents, as in Lin and Trotman 2015). The
//! rarest words are read until a budget of postings is spent; words left out, and the small error of the sums, are made good
//! by scoring the best claims from the terms the index keeps for each. So a claim that shares only frequent words with the
//! query can be missed; how often is in `card.md`.

use super::Effort;
use super::index::Index;
use super::postings::{CLASS_BITS, CLASSES, of_class};
use super::query::Query;
use std::cell::RefCell;

const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What the same speaker is worth, as a share of the query's whole rarity.
const SPEAKER_BONUS: f32 = 0.13;
/// Claims that get their exact score, at the least.
const KEPT: usize = 256;
/// Postings of words that are read; the rarest word is read whatever it takes.
const BUDGET: usize = 100_000;
/// Postings that may be read while less than [`ENOUGH`] of the query's rarity was.
const MOST: usize = 400_000;
const ENOUGH: f32 = 0.5;

/// Claims in a block.
const BLOCK: usize = 1 << 16;
/// A block with more postings is cleared and looked through as a whole.
const DENSE: usize = 12_000;

#[derive(Debug)]
struct Scratch {
    /// One sum for each claim of a block; all zero between blocks.
    sums: Box<[u16; BLOCK]>,
    best: Best,
}

/// The best claims so far.
#[derive(Debug, Default)]
struct Best {
    found: Vec<(u16, u32)>,
    count: usize,
    /// A claim with this sum or less is none of the best.
    least: u16,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch { sums: Box::new([0; BLOCK]), best: Best::default() });
}

/// Returns the numbers of the best claims with their BM25 score, best first, at most `top`.
pub(crate) fn best(index: &Index, query: &Query, top: usize, skip: Option<u32>) -> Vec<(u32, f32)> {
    best_with_effort(index, query, top, skip, Effort::Fast)
}

pub(crate) fn best_with_effort(
    index: &Index,
    query: &Query,
    top: usize,
    skip: Option<u32>,
    effort: Effort,
) -> Vec<(u32, f32)> {
    let words = query.distinct();
    let weights = Weights::new(index);
    let found = match effort {
        Effort::Fast => SCRATCH.with_borrow_mut(|scratch| {
            choose(index, query, affordable(index, &words), &weights, KEPT.max(top + top / 4), scratch);
            scratch.best.found.iter().map(|&(_, claim)| claim).collect()
        }),
        Effort::Exhaustive => every_claim(index, &words),
    };
    let mut scored = score(index, query, &words, &weights, found, skip);
    scored.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    scored.truncate(top);
    scored
}

/// Returns the rarest words whose postings fit into the budget.
fn affordable<'a>(index: &Index, words: &'a [(u32, f32)]) -> &'a [(u32, f32)] {
    let mass: f32 = words.iter().map(|word| word.1).sum();
    let (mut postings, mut read) = (0, 0.0);
    for (at, &(term, rarity)) in words.iter().enumerate() {
        postings += index.postings.stored(term);
        let limit = if read < ENOUGH * mass { MOST } else { BUDGET };
        if at > 0 && postings > limit {
            return &words[..at];
        }
        read += rarity;
    }
    words
}

/// A posting list on its way through the blocks.
struct Cursor<'a> {
    pieces: [&'a [u32]; 2],
    /// What a posting of each class adds.
    adds: [u16; CLASSES],
}

impl<'a> Cursor<'a> {
    /// Adds the postings of one block to the sums; returns them, both pieces.
    #[inline]
    fn add(&mut self, end: u32, sums: &mut [u16; BLOCK]) -> [&'a [u32]; 2] {
        self.pieces.each_mut().map(|piece| {
            let mut taken = 0;
            for &posting in *piece {
                if posting >= end {
                    break;
                }
                let sum = &mut sums[(posting >> CLASS_BITS) as usize & (BLOCK - 1)];
                *sum = sum.wrapping_add(self.adds[posting as usize & (CLASSES - 1)]);
                taken += 1;
            }
            let (now, later) = piece.split_at(taken);
            *piece = later;
            now
        })
    }

    /// As [`Cursor::add`], for claims that have a sum already.
    fn raise(&mut self, end: u32, sums: &mut [u16; BLOCK]) {
        for piece in &mut self.pieces {
            let taken = piece.iter().take_while(|&&posting| posting < end).count();
            for posting in &piece[..taken] {
                let sum = &mut sums[(posting >> CLASS_BITS) as usize & (BLOCK - 1)];
                *sum = sum.wrapping_add(if *sum == 0 { 0 } else { self.adds[0] });
            }
            *piece = &piece[taken..];
        }
    }
}

/// Leaves the numbers of about the `count` best claims by these words in `scratch.best`.
fn choose(index: &Index, query: &Query, words: &[(u32, f32)], weights: &Weights, count: usize, scratch: &mut Scratch) {
    let Scratch { sums, best } = scratch;
    best.found.clear();
    (best.count, best.least) = (count, 0);
    let bonus = query.mass * SPEAKER_BONUS;
    // The largest sum there can be is just below 2^16, so nothing wraps.
    let most: f32 = words.iter().map(|word| word.1).sum::<f32>() * (K1 + 1.0) + bonus;
    let scale = 60_000.0 / most.max(1.0);
    let mut cursors: Vec<Cursor<'_>> = words
        .iter()
        .map(|&(term, rarity)| Cursor {
            pieces: index.postings.pieces(term),
            adds: std::array::from_fn(|class| (weights.classes[class] * rarity * scale).ceil() as u16),
        })
        .collect();
    let add = (bonus * scale) as u16;
    let mut speakers: Vec<Cursor<'_>> = query
        .likenesses
        .iter()
        .filter(|(_, likeness)| likeness.may_be_one())
        .map(|(&speaker, _)| Cursor { pieces: index.speakers.claims.pieces(speaker), adds: [add; CLASSES] })
        .collect();
    let mut taken: Vec<[&[u32]; 2]> = Vec::with_capacity(cursors.len());
    for block in 0..index.claims.len().div_ceil(BLOCK) {
        let first = (block * BLOCK) as u32;
        // The last block of a full index ends where numbers end.
        let end = (((block + 1) * BLOCK) << CLASS_BITS).min(u32::MAX as usize) as u32;
        taken.clear();
        taken.extend(cursors.iter_mut().map(|cursor| cursor.add(end, sums)));
        speakers.iter_mut().for_each(|speaker| speaker.raise(end, sums));
        let postings: usize = taken.iter().flatten().map(|piece| piece.len()).sum();
        if postings > DENSE {
            best.look_through(sums, first);
        } else {
            best.look_up(sums, first, taken.iter().flatten().copied());
        }
    }
    best.cut();
}

impl Best {
    #[inline]
    fn meet(&mut self, sum: u16, claim: u32) {
        if sum > self.least {
            self.found.push((sum, claim));
            if self.found.len() >= 4 * self.count {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.found.len() < self.count {
            return;
        }
        let order = |&(sum, claim): &(u16, u32)| (std::cmp::Reverse(sum), claim);
        self.least = self.found.select_nth_unstable_by_key(self.count - 1, order).1.0;
        self.found.truncate(self.count);
    }

    /// Meets every claim of a block by its postings, and clears the sums.
    fn look_up<'a>(&mut self, sums: &mut [u16; BLOCK], first: u32, postings: impl Iterator<Item = &'a [u32]>) {
        for piece in postings {
            for &posting in piece {
                let at = (posting >> CLASS_BITS) & (BLOCK as u32 - 1);
                let sum = std::mem::take(&mut sums[at as usize]);
                self.meet(sum, first + at);
            }
        }
    }

    /// As [`Best::look_up`], looking through the whole block.
    fn look_through(&mut self, sums: &mut [u16; BLOCK], first: u32) {
        const STEP: usize = 64;
        for (at, group) in sums.as_chunks_mut::<STEP>().0.iter_mut().enumerate() {
            let most = group.iter().fold(0, |most, &sum| if sum > most { sum } else { most });
            if most > self.least {
                let claim = first + (at * STEP) as u32;
                group.iter().zip(claim..).for_each(|(&sum, claim)| self.meet(sum, claim));
            }
            *group = [0; STEP];
        }
    }
}

/// Returns every claim that holds one of the words.
fn every_claim(index: &Index, words: &[(u32, f32)]) -> Vec<u32> {
    let lists = words.iter().flat_map(|word| index.postings.pieces(word.0)).flatten();
    let mut claims: Vec<u32> = lists.map(|posting| posting >> CLASS_BITS).collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// Returns the exact score of claims that were found otherwise.
pub(crate) fn scores_of(index: &Index, query: &Query, claims: Vec<u32>) -> Vec<(u32, f32)> {
    score(index, query, &query.distinct(), &Weights::new(index), claims, None)
}

/// Returns the exact score of claims; removed ones and `skip` are left out.
fn score(
    index: &Index,
    query: &Query,
    words: &[(u32, f32)],
    weights: &Weights,
    claims: Vec<u32>,
    skip: Option<u32>,
) -> Vec<(u32, f32)> {
    let bonus = query.mass * SPEAKER_BONUS;
    // Most terms of a claim are none of the query's: one look at a small table tells.
    let mut asked = [false; 256];
    words.iter().for_each(|word| asked[word.0 as usize & 255] = true);
    let mut times = vec![0u32; words.len()];
    let mut scored = Vec::with_capacity(claims.len());
    for claim in claims {
        let record = index.claims.records[claim as usize];
        if record.removed || skip == Some(claim) {
            continue;
        }
        times.fill(0);
        index.claims.visit(
            claim,
            |_| (),
            |term, _| {
                if asked[term as usize & 255]
                    && let Some(at) = words.iter().position(|word| word.0 == term)
                {
                    times[at] += 1;
                }
            },
        );
        let held = times.iter().zip(words).filter(|(times, _)| **times > 0);
        let mut sum: f32 = held.map(|(&times, word)| word.1 * weights.of(times, record.length)).sum();
        if query.likenesses.get(&record.speaker).is_some_and(|likeness| likeness.may_be_one()) {
            sum += bonus;
        }
        scored.push((claim, sum));
    }
    scored
}

/// The part of BM25 that hangs on how often a claim holds the word and how long the claim is, as tables.
#[derive(Debug)]
struct Weights {
    norms: [f32; 256],
    /// By the class of a posting.
    classes: [f32; CLASSES],
}

impl Weights {
    fn new(index: &Index) -> Self {
        let average = (index.claims.total_length as f32 / index.claims.live().max(1) as f32).max(1.0);
        let norms = std::array::from_fn(|length| K1 * (1.0 - B + B * length as f32 / average));
        let mut weights = Self { norms, classes: [0.0; CLASSES] };
        weights.classes = std::array::from_fn(|class| {
            let (times, length) = of_class(class);
            weights.of(times, length)
        });
        weights
    }

    #[inline]
    fn of(&self, times: u32, length: u8) -> f32 {
        let times = times as f32;
        times * (K1 + 1.0) / (times + self.norms[length as usize])
    }
}
