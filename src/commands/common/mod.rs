//! What several commands are asked with, and how they write and count: parts, no commands.

pub mod chosen;
pub mod dates;
pub mod input;
pub mod metadata;
pub mod narrow;
pub mod output_file;
pub mod paths;
pub mod progress;
pub mod reader_choice;
