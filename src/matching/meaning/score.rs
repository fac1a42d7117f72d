//! What likeness of meaning adds to the words' features of a pair, and the table that weighs both together.
//!
//! The table (`score.tsv`) names its features, with the log-odds a unit adds and the mean over the candidates in training;
//! `examples/train_meaning.rs` writes it. A feature that the table does not name counts nothing.

use super::Vectors;
use super::vector::Vector;
use crate::matching::numbered::COUNT;
use crate::matching::scorer::Weighed;
use crate::matching::{Effort, FEATURES, Sign};
use std::sync::LazyLock;

/// The features of meaning, in their order after those of the words, and which way each may count.
pub const NAMES: [(&str, Sign); 7] = [
    ("meaning", Sign::For),
    ("meaning below best", Sign::For),
    ("meaning rank", Sign::Against),
    ("meaning over crowd", Sign::For),
    ("meaning x cover", Sign::Either),
    ("meaning x speaker", Sign::Either),
    ("meaning squared", Sign::For),
];

/// Nearest claims whose place in the order is told apart.
const NEAREST: usize = 100;

/// The claims nearest to a query, against which one is held.
#[derive(Debug, Clone, Default)]
pub(in crate::matching) struct Near {
    /// Ids and cosines, best first.
    pub claims: Vec<(u64, f32)>,
    best: f32,
    /// Mean of the eleventh to the fiftieth, or of what there is.
    usual: f32,
}

/// What likeness of meaning is of one pair, in the order of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::matching) struct Meant {
    pub features: [f32; NAMES.len()],
}

impl Vectors {
    /// Returns the claims nearest to a query, without the query itself.
    pub(in crate::matching) fn near(&self, vector: &Vector, own: u64) -> Near {
        let mut claims = self.nearest(vector, NEAREST + 1, Effort::Fast);
        claims.retain(|one| one.0 != own);
        claims.truncate(NEAREST);
        Near::of(claims)
    }
}

impl Near {
    fn of(claims: Vec<(u64, f32)>) -> Self {
        let some = claims.get(10..claims.len().min(50)).filter(|some| !some.is_empty()).unwrap_or(&claims);
        let usual = some.iter().map(|one| one.1).sum::<f32>() / some.len().max(1) as f32;
        Self { best: claims.first().map_or(0.0, |one| one.1), usual, claims }
    }

    /// Returns the features of a claim with this cosine, whose words have these features.
    pub fn meant(&self, cosine: f32, words: &[f32; COUNT]) -> Meant {
        let rank = self.claims.partition_point(|one| one.1 > cosine);
        let of = |place: Option<usize>| place.map_or(0.0, |at| words[at]);
        let features = [
            cosine,
            cosine - self.best,
            (1.0 + rank as f32).ln(),
            cosine - self.usual,
            cosine * of(PLACES.cover),
            cosine * of(PLACES.speaker),
            cosine * cosine,
        ];
        Meant { features }
    }
}

/// Where the words' features are that meaning is multiplied with.
struct Places {
    cover: Option<usize>,
    speaker: Option<usize>,
}

static PLACES: LazyLock<Places> =
    LazyLock::new(|| Places { cover: place("covered by either"), speaker: place("speaker same") });

/// Returns where a feature of the words is.
fn place(name: &str) -> Option<usize> {
    FEATURES.iter().position(|feature| feature.0 == name)
}

/// Weights and means of the features, those of the words and those of meaning.
#[derive(Debug)]
pub(in crate::matching) struct Table {
    bias: f32,
    words: [f32; COUNT],
    word_means: [f32; COUNT],
    meaning: [f32; NAMES.len()],
    meaning_means: [f32; NAMES.len()],
}

impl Table {
    /// Returns the table that ships with the program.
    pub fn shipped() -> &'static Self {
        static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("score.tsv")));
        &TABLE
    }

    fn read(lines: &str) -> Self {
        let mut table = Self {
            bias: 0.0,
            words: [0.0; COUNT],
            word_means: [0.0; COUNT],
            meaning: [0.0; NAMES.len()],
            meaning_means: [0.0; NAMES.len()],
        };
        for line in lines.lines() {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            let mut number = || columns.next().and_then(|column| column.parse().ok()).unwrap_or(0.0);
            let (weight, mean) = (number(), number());
            if let Some(at) = place(name) {
                (table.words[at], table.word_means[at]) = (weight, mean);
            } else if let Some(at) = NAMES.iter().position(|feature| feature.0 == name) {
                (table.meaning[at], table.meaning_means[at]) = (weight, mean);
            } else if name == "bias" {
                table.bias = weight;
            }
        }
        table
    }

    /// Returns the words' part of the table.
    pub const fn words(&self) -> Weighed<'_> {
        Weighed { weights: &self.words, means: &self.word_means }
    }

    /// Returns the probability that a claim repeats the query.
    pub fn probability(&self, words: &[f32; COUNT], meaning: Meant) -> f64 {
        let sum = |values: &[f32], weights: &[f32]| values.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>();
        let odds = self.bias + sum(words, &self.words) + sum(&meaning.features, &self.meaning);
        1.0 / (1.0 + f64::from(-odds).exp())
    }

    /// Returns what likeness of meaning added to the log-odds, against a chance candidate.
    pub fn share(&self, meaning: Meant) -> f32 {
        let parts = meaning.features.iter().zip(&self.meaning_means).zip(&self.meaning);
        parts.map(|((x, mean), weight)| (x - mean) * weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_features_that_there_are() {
        for line in include_str!("score.tsv").lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let known = place(columns[0]).is_some() || NAMES.iter().any(|feature| feature.0 == columns[0]);
            assert!(known || columns[0] == "bias", "{line}");
            assert!(columns[1..].iter().all(|number| number.parse::<f32>().is_ok()), "{line}");
        }
        let table = Table::shipped();
        assert!(table.meaning.iter().any(|weight| *weight != 0.0) && table.bias < 0.0);
    }

    #[test]
    fn a_nearer_claim_scores_higher() {
        let near = Near::of((0..100).map(|n| (n, 0.9 - n as f32 / 200.0)).collect());
        let words = [0.1; COUNT];
        let probability = |cosine: f32| Table::shipped().probability(&words, near.meant(cosine, &words));
        assert!(probability(0.9) > probability(0.7) && probability(0.7) > probability(0.3));
    }

    #[test]
    fn a_crowd_of_none_or_few_is_read() {
        assert_eq!(Near::of(Vec::new()).meant(0.5, &[0.0; COUNT]).features[0], 0.5);
        assert_eq!(Near::of(vec![(1, 0.5)]).meant(0.5, &[0.0; COUNT]).features[3], 0.0);
    }
}
