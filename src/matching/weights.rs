//! The weights of the match score, written by `examples/train_matching.rs`; see `card.md`. Do not edit.

use super::features::COUNT;

/// Log-odds of a match for two claims whose features are all 0.
pub(crate) const BIAS: f32 = -9.6732;

/// Log-odds a unit of each feature adds.
#[rustfmt::skip]
pub(crate) const WEIGHTS: [f32; COUNT] = [
    -1.2594, // bm25 share
    6.5510, // share of best
    1.4923, // covered by text
    0.1611, // covered by title
    -0.6033, // covered by either
    2.0216, // text covered
    1.7981, // title covered
    0.0151, // cosine
    7.8484, // like words
    0.4454, // word pairs
    -2.0624, // longest run
    0.8351, // run length
    0.0691, // names shared
    -0.6744, // names missing
    0.0927, // names added
    -0.1186, // figures shared
    -0.0813, // figures near
    0.3457, // figures differ
    -0.3432, // speaker same
    -1.0561, // speaker differs
    -0.7564, // speaker named
    0.1144, // query speaker named
    -0.0925, // negation differs
    -0.3992, // opposites
    2.6573, // information
    3.9944, // rarest
    -0.5793, // query length
    -0.4033, // claim length
    0.0246, // cover squared
    -4.6910, // text covered x cover
    2.0863, // speaker x cover
    3.2421, // run x text covered
];

/// Mean of each feature over the candidates in training: what a reason is measured from.
#[rustfmt::skip]
pub(crate) const MEANS: [f32; COUNT] = [
    0.0870, // bm25 share
    0.3770, // share of best
    0.1296, // covered by text
    0.0955, // covered by title
    0.1443, // covered by either
    0.1643, // text covered
    0.1684, // title covered
    0.1060, // cosine
    0.0029, // like words
    0.0176, // word pairs
    0.1123, // longest run
    0.8051, // run length
    0.0384, // names shared
    0.2694, // names missing
    0.1996, // names added
    0.0929, // figures shared
    0.1087, // figures near
    0.1625, // figures differ
    0.1147, // speaker same
    0.2512, // speaker differs
    0.0089, // speaker named
    0.0107, // query speaker named
    0.2543, // negation differs
    0.0082, // opposites
    0.1705, // information
    0.4474, // rarest
    2.6511, // query length
    2.3725, // claim length
    0.0417, // cover squared
    0.0256, // text covered x cover
    0.0194, // speaker x cover
    0.0189, // run x text covered
];
