//! What gathers claims: stories, tags and notes, and the reports made of them.

pub mod note;
pub mod report;
pub mod story;
pub mod tag;
pub mod timeline;
