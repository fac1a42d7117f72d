//! A small BERT encoder in pure Rust, on any processor with the same bits: what the deep reader and the vectors of meaning share.
//!
//! Word pieces, layers, whole-number products and the reading of weights files. It knows neither labels nor vectors, and
//! holds no weights of its own.

pub(crate) mod kernel;
pub(crate) mod layers;
pub(crate) mod numbers;
pub mod pieces;
pub mod weights;
