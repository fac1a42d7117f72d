//! The deep reader.
pub mod inputs;
pub mod pieces;
