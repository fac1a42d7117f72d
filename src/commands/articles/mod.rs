//! What brings articles in and shows them.

pub mod convert;
pub mod extract;
pub mod feed;
pub mod list;
pub mod load;
pub mod outlet;
pub mod read;
pub mod reread;
pub mod revisions;
