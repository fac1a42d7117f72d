//! What concerns the prompt and scripts: how results are shown, what is remembered, help.

pub mod alias;
pub mod backup;
pub mod completions;
pub mod edit_line;
pub mod help;
pub mod history;
pub mod mode;
pub mod once;
pub mod open;
pub mod output;
pub mod quit;
pub mod set;
pub mod sql;
