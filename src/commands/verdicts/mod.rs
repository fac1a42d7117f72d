//! What is judged true or false, why, and on what evidence.

pub mod check;
pub mod correct;
pub mod evidence;
pub mod verdict;
