//! What concerns the desk as a whole: its file, its journal, what goes in and out.

pub mod demo;
pub mod doctor;
pub mod export;
pub mod filter;
pub mod import;
pub mod log;
pub mod new;
pub mod redo;
pub mod reindex;
pub mod restore;
pub mod run;
pub mod stats;
pub mod undo;
