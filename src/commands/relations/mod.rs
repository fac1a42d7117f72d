//! What compares claims, and what a person says of the result.

pub mod checked;
pub mod compare;
pub mod confirm;
pub mod contradictions;
pub mod matches;
pub mod positions;
pub mod reject;
pub mod review;
mod together;
pub mod why;
