//! Near-duplicate articles and passages: the same wire copy in another outlet, cut, retitled or lightly edited.
//!
//! A text is the set of its runs of three words; [`Shingles`] keeps a MinHash of that set (Broder 1997), from which the
//! share of runs two texts have in common is estimated with a standard error of at most .05. Band keys find likely
//! partners without comparing all pairs. It knows nothing of meaning: two reports of one event are no duplicates.
//!
//! ```
//! use onrecord::matching::duplicate::{Shingles, Syndication};
//! let wire = Shingles::of("The ferry company said on Monday that it will stop all night crossings in winter.");
//! let copy = Shingles::of("ARDEN - The ferry company said on Monday that it will stop all night crossings in winter.");
//! let mut seen = Syndication::default();
//! seen.insert(1, &wire);
//! assert!(wire.resemblance(&copy) > 0.6);
//! assert_eq!(seen.like(&copy, 0.5)[0].0, 1);
//! ```

use super::strings::{hash, mix};
use crate::lexicon::letters::{folded, is_mark};
use std::collections::{BTreeMap, HashMap};

/// Words in a run.
const RUN: usize = 3;
const BANDS: usize = 24;
const ROWS: usize = 4;
/// Length of a signature.
const SLOTS: usize = BANDS * ROWS;

/// The MinHash of a text's three-word runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles {
    least: Box<[u32; SLOTS]>,
    runs: u32,
}

impl Shingles {
    /// Reads a text of any length in linear time; case, accents, punctuation and white space do not count.
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric() && !is_mark(c))
            .filter(|word| !word.is_empty())
            .map(|word| hash(folded(word).as_bytes()))
            .collect();
        let join = |run: &[u64]| run.iter().fold(0u64, |sum, &word| mix(sum.rotate_left(5) ^ word));
        let mut runs: Vec<u64> = match words.len() {
            0 => Vec::new(),
            1..RUN => vec![join(&words)],
            _ => words.windows(RUN).map(join).collect(),
        };
        runs.sort_unstable();
        runs.dedup();
        let mut least = Box::new([u32::MAX; SLOTS]);
        for &run in &runs {
            // Two independent hashes give all the others (Kirsch and Mitzenmacher 2006).
            let (mut now, step) = (run, mix(run) | 1);
            for slot in least.iter_mut() {
                now = now.wrapping_add(step);
                *slot = (*slot).min((now.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32);
            }
        }
        Self { least, runs: runs.len() as u32 }
    }

    /// Returns the number of distinct three-word runs.
    pub const fn runs(&self) -> u32 {
        self.runs
    }

    /// Returns the estimated share of runs in common among all runs of the two (Jaccard), 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f64 {
        if self.runs == 0 || other.runs == 0 {
            return 0.0;
        }
        let equal = self.least.iter().zip(other.least.iter()).filter(|(a, b)| a == b).count();
        equal as f64 / SLOTS as f64
    }

    /// Returns the estimated share of this text's runs that the other holds too, 0 to 1: high for a passage that a longer
    /// text took over whole.
    pub fn containment(&self, other: &Self) -> f64 {
        let likeness = self.resemblance(other);
        let shared = likeness / (1.0 + likeness) * f64::from(self.runs + other.runs);
        if self.runs == 0 { 0.0 } else { (shared / f64::from(self.runs)).min(1.0) }
    }

    /// Returns the keys to store and look up: two texts with resemblance .8 share one of them with a probability above
    /// .9999, at .5 with .79, at .2 with .04. A text without words has none.
    pub fn band_keys(&self) -> Vec<u64> {
        if self.runs == 0 {
            return Vec::new();
        }
        let (bands, _) = self.least.as_chunks::<ROWS>();
        let key = |(band, rows): (usize, &[u32; ROWS])| {
            rows.iter().fold(mix(band as u64 + 1), |sum, &row| mix(sum ^ u64::from(row)))
        };
        bands.iter().enumerate().map(key).collect()
    }
}

/// The texts seen so far, by band key, in memory; ids are the caller's.
#[derive(Debug, Clone, Default)]
pub struct Syndication {
    bands: HashMap<u64, Vec<u32>>,
    texts: Vec<(u64, Shingles)>,
}

impl Syndication {
    /// Adds a text; the caller sees to it that an id comes once.
    pub fn insert(&mut self, id: u64, text: &Shingles) {
        let number = self.texts.len() as u32;
        for key in text.band_keys() {
            self.bands.entry(key).or_default().push(number);
        }
        self.texts.push((id, text.clone()));
    }

    /// Returns the texts with at least this resemblance or containment (whichever way is larger), best first.
    pub fn like(&self, text: &Shingles, least: f64) -> Vec<(u64, f64)> {
        let mut found = BTreeMap::new();
        for number in text.band_keys().iter().filter_map(|key| self.bands.get(key)).flatten() {
            let (id, other) = &self.texts[*number as usize];
            found.entry(*id).or_insert_with(|| text.resemblance(other).max(text.containment(other)));
        }
        let mut found: Vec<(u64, f64)> = found.into_iter().filter(|&(_, likeness)| likeness >= least).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `count` made-up words that hang on `seed`.
    fn text(seed: u64, count: u64) -> String {
        (0..count).map(|at| format!("w{:x} ", mix(seed * 1_000_003 + at) % 50_000)).collect()
    }

    #[test]
    fn resemblance_is_near_the_true_share() {
        for kept in [100, 200, 300, 400, 500u64] {
            let (a, b) = (text(1, 500), text(1, kept) + &text(2, 500 - kept));
            let shared = (kept.saturating_sub(2)) as f64;
            let expected = shared / (2.0 * 498.0 - shared);
            let got = Shingles::of(&a).resemblance(&Shingles::of(&b));
            assert!((got - expected).abs() < 0.13, "{kept}: {got} {expected}");
        }
    }

    #[test]
    fn every_light_edit_is_found_among_many() {
        let mut seen = Syndication::default();
        (0..2_000).for_each(|id| seen.insert(id, &Shingles::of(&text(id, 120))));
        for id in (0..2_000).step_by(10) {
            let edited = text(id, 120).replacen(' ', " inserted ", 1) + "and a last word";
            let found = seen.like(&Shingles::of(&edited), 0.7);
            assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [id]);
        }
    }

    #[test]
    fn punctuation_and_case_do_not_count_and_odd_texts_do_not_fail() {
        let (a, b) = (Shingles::of("The “old” mill, in Arden."), Shingles::of("the old MILL in arden"));
        assert_eq!(a, b);
        for odd in ["", "…", "one", "one two", "\u{0}"] {
            let odd = Shingles::of(odd);
            assert!(odd.resemblance(&a) < 0.1 && odd.containment(&a) < 0.1);
        }
        assert_eq!(Shingles::of("").band_keys(), Vec::<u64>::new());
    }
}
