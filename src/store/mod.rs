//! The only place that knows SQL: statements are static text with bound parameters, and `schema.sql` is the whole schema.
//!
//! What was loaded, what the machine suggests and what a person decided lie in different tables; the store decides nothing.

pub mod error;
pub mod filter;
pub mod id;
pub mod rows;
pub mod stored;
