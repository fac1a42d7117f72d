//! The weights of the match score, written by `examples/train_matching.rs`; see `card.md`. Do not edit.

use super::numbered::COUNT;

/// Log-odds of a match for two claims whose features are all 0.
pub(crate) const BIAS: f32 = -10.0217;

/// Log-odds a unit of each feature adds.
#[rustfmt::skip]
pub(crate) const WEIGHTS: [f32; COUNT] = [
    0.0000, // bm25 share
    3.8096, // share of best
    0.5545, // covered by text
    0.0000, // covered by title
    0.0000, // covered by either
    0.6846, // text covered
    1.5055, // title covered
    0.0000, // cosine
    7.8349, // like words
    0.0814, // word pairs
    0.0000, // longest run
    0.5499, // run length
    0.0000, // names shared
    -0.2821, // names missing
    0.0000, // names added
    0.2203, // figures shared
    0.0000, // figures near
    0.0000, // figures differ
    0.3725, // speaker same
    -1.1006, // speaker differs
    -0.8295, // speaker named
    0.0057, // query speaker named
    -0.0786, // negation differs
    -0.3258, // opposites
    2.5930, // information
    3.4022, // rarest
    -0.4359, // query length
    -0.5138, // claim length
    -1.8706, // cover squared
    0.0000, // text covered x cover
    1.2370, // speaker x cover
    0.0000, // run x text covered
    0.9257, // letter runs
    3.6283, // letter runs of best
    -0.2655, // years apart
];

/// Mean of each feature over the candidates in training: what a reason is measured from.
#[rustfmt::skip]
pub(crate) const MEANS: [f32; COUNT] = [
    0.0884, // bm25 share
    0.3825, // share of best
    0.1302, // covered by text
    0.0957, // covered by title
    0.1448, // covered by either
    0.1663, // text covered
    0.1687, // title covered
    0.1044, // cosine
    0.0030, // like words
    0.0182, // word pairs
    0.1105, // longest run
    0.8089, // run length
    0.0392, // names shared
    0.2683, // names missing
    0.1997, // names added
    0.1011, // figures shared
    0.1097, // figures near
    0.1639, // figures differ
    0.1318, // speaker same
    0.2351, // speaker differs
    0.0096, // speaker named
    0.0105, // query speaker named
    0.2548, // negation differs
    0.0080, // opposites
    0.1800, // information
    0.4571, // rarest
    2.6494, // query length
    2.3725, // claim length
    0.0420, // cover squared
    0.0260, // text covered x cover
    0.0206, // speaker x cover
    0.0189, // run x text covered
    0.0652, // letter runs
    0.3590, // letter runs of best
    0.9110, // years apart
];
