//! Word lists as data: each row of a `.tsv` file carries an example that shows why it is there.

pub mod clauses;
pub mod letters;
pub mod numbers;
pub mod people;
pub mod speech;
pub mod tables;
pub mod words;
