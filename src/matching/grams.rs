//! Runs of four letters inside words: what two spellings or inflections of one word share, weighted by rarity.
//!
//! A gram is a hash of four letters of a term, stop words too, its edges marked. How many claims hold a gram is summed over the terms
//! that have it, so all of this is derived from the vocabulary and the postings and stands in no file. Two grams in one
//! bucket (one in four, in a vocabulary of 100,000 words) count as one.

use super::postings::Postings;
use super::strings::{Strings, hash};
use super::words::{FIGURE_MARK, STOP_MARK};

const SIZE: usize = 4;
const BUCKETS: u32 = 1 << 18;
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Size of the table that tells most grams apart from those of a query.
const FILTER: usize = 1 << 10;

/// The grams of every term, and how many claims hold each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grams {
    /// End of each term's grams in `codes`.
    ends: Vec<u32>,
    codes: Vec<u32>,
    claims: Vec<u32>,
    /// Grams of all claims that are there, together.
    total: u64,
}

impl Grams {
    /// Works everything out from terms and how many claims hold each.
    pub fn new(vocabulary: &Strings, postings: &Postings) -> Self {
        let mut grams = Self::default();
        for term in 0..vocabulary.len() as u32 {
            grams.push(vocabulary.get(term));
            grams.count(term, postings.live(term), u32::saturating_add);
            grams.total += u64::from(postings.live(term)) * grams.of(term).len() as u64;
        }
        grams
    }

    /// Adds the next term.
    pub fn push(&mut self, term: &str) {
        if self.claims.is_empty() {
            self.claims = vec![0; BUCKETS as usize];
        }
        self.codes.extend(codes(term));
        self.ends.push(self.codes.len() as u32);
    }

    /// Notes that one more claim holds a term.
    pub fn gain(&mut self, term: u32) {
        self.count(term, 1, u32::saturating_add);
        self.total += self.of(term).len() as u64;
    }

    /// Notes that one claim less holds a term.
    pub fn lose(&mut self, term: u32) {
        self.count(term, 1, u32::saturating_sub);
        self.total = self.total.saturating_sub(self.of(term).len() as u64);
    }

    fn count(&mut self, term: u32, claims: u32, change: fn(u32, u32) -> u32) {
        let range = self.range(term);
        for &code in &self.codes[range] {
            let count = &mut self.claims[code as usize];
            *count = change(*count, claims);
        }
    }

    fn range(&self, term: u32) -> std::ops::Range<usize> {
        let at = term as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        start..self.ends[at] as usize
    }

    fn of(&self, term: u32) -> &[u32] {
        &self.codes[self.range(term)]
    }
}

/// Returns the grams of a term, each once, ascending.
fn codes(term: &str) -> Vec<u32> {
    // A byte that no text has marks the edges.
    let mut marked = vec![0u8];
    marked.extend_from_slice(term.trim_start_matches([FIGURE_MARK, STOP_MARK]).as_bytes());
    marked.push(0);
    let mut codes: Vec<u32> = marked.windows(SIZE.min(marked.len())).map(|gram| hash(gram) as u32 % BUCKETS).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The grams of a query, ready to be looked for in many claims.
#[derive(Debug)]
pub(crate) struct GramQuery {
    /// Each gram with its rarity, ascending by gram.
    asked: Vec<(u32, f32)>,
    filter: Box<[bool; FILTER]>,
    times: Vec<u32>,
    mass: f32,
    average: f32,
}

impl GramQuery {
    /// Reads the grams of the terms of a query in an index of so many claims.
    pub fn new<'a>(grams: &Grams, terms: impl Iterator<Item = &'a str>, claims: usize) -> Self {
        let mut all: Vec<u32> = terms.flat_map(codes).collect();
        all.sort_unstable();
        all.dedup();
        let claims = claims as f32;
        let rarity = |code: &u32| {
            let with = (grams.claims.get(*code as usize).copied().unwrap_or(0) as f32).min(claims);
            (1.0 + (claims - with + 0.5) / (with + 0.5)).ln()
        };
        let asked: Vec<(u32, f32)> = all.iter().map(|code| (*code, rarity(code))).collect();
        let mut filter = Box::new([false; FILTER]);
        all.iter().for_each(|code| filter[*code as usize % FILTER] = true);
        Self {
            times: vec![0; asked.len()],
            mass: asked.iter().map(|gram| gram.1).sum::<f32>().max(1.0),
            average: (grams.total as f32 / claims.max(1.0)).max(1.0),
            asked,
            filter,
        }
    }

    /// Adds the numbers of the query's grams that a term has to `shared`; returns how many grams the term has in all.
    pub fn shared(&self, grams: &Grams, term: u32, shared: &mut Vec<u32>) -> u32 {
        let codes = grams.of(term);
        for code in codes {
            if self.filter[*code as usize % FILTER]
                && let Ok(at) = self.asked.binary_search_by_key(code, |gram| gram.0)
            {
                shared.push(at as u32);
            }
        }
        codes.len() as u32
    }

    /// Returns the BM25 sum over the grams of a claim, as a share of the most it can be: of `length` grams those that it shares.
    pub fn share<'a>(&mut self, length: u32, shared: impl Iterator<Item = &'a [u32]>) -> f32 {
        self.times.fill(0);
        for at in shared.flatten() {
            self.times[*at as usize] += 1;
        }
        let norm = K1 * (1.0 - B + B * length as f32 / self.average);
        let held = self.asked.iter().zip(&self.times).filter(|(_, times)| **times > 0);
        let sum: f32 = held.map(|(gram, &times)| gram.1 * times as f32 / (times as f32 + norm)).sum();
        sum / self.mass
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_share_grams_and_strangers_do_not() {
        let (mut vocabulary, mut postings) = (Strings::default(), Postings::default());
        for (claim, word) in ["quarry", "quarrymen", "harbour", "~the"].into_iter().enumerate() {
            let term = vocabulary.number(word);
            postings.grow();
            postings.push(term, claim as u32, 0);
        }
        let grams = Grams::new(&vocabulary, &postings);
        let mut query = GramQuery::new(&grams, ["quarries"].into_iter(), 4);
        let mut share = |term: u32| {
            let mut shared = Vec::new();
            let length = query.shared(&grams, term, &mut shared);
            query.share(length, std::iter::once(&shared[..]))
        };
        let shares: Vec<f32> = (0..4).map(&mut share).collect();
        assert!(shares[0] > 0.05 && shares[1] > 0.05, "{shares:?}");
        assert!(shares[2] < 0.01 && shares[3] < 0.01, "{shares:?}");
    }

    #[test]
    fn what_is_counted_one_by_one_is_what_is_counted_at_once() {
        let (mut vocabulary, mut postings, mut one) = (Strings::default(), Postings::default(), Grams::default());
        for (claim, word) in ["mill", "miller", "millet", "mill"].into_iter().enumerate() {
            let term = vocabulary.number(word);
            if term as usize == postings.len() {
                postings.grow();
                one.push(word);
            }
            postings.push(term, claim as u32, 0);
            one.gain(term);
        }
        postings.lose(1);
        one.lose(1);
        let all = Grams::new(&vocabulary, &postings);
        assert_eq!((one.total, one.claims, one.codes), (all.total, all.claims, all.codes));
    }

    #[test]
    fn odd_terms_have_grams_and_do_not_fail() {
        for odd in ["", "#", "é", "ab", "\u{0}", "东京大学"] {
            assert!(codes(odd).len() <= odd.len() + 1, "{odd:?}");
        }
    }
}
