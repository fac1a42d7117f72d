//! What shows and corrects claims and those who made them.

pub mod add;
pub mod drop;
pub mod edit;
pub mod find;
pub mod list;
pub mod merge;
pub mod show;
pub mod speaker;
pub mod split;
