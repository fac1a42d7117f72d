//! onrecord keeps track of who said what, in which words, and notices when it changes.
//!
//! The way of the data is one straight line; each arrow is one public function, each noun one public type:
//!
//! ```text
//! bytes ─read→ Article ─analyze→ Document ─attribute→ Attributions ─claims→ [Claim]
//!                                                                            │ store
//! Claim ─candidates→ [Candidate] ─relate→ Relation {kind, score, because} ───┤
//! a person: Verdict, Decision on a relation, Story, Speaker merge ───────────┤
//! Store ─query→ View / Report ─render→ text · markdown · html · json · csv
//! ```
//!
//! Modules are floors: a file uses only what is on its own floor's list or below. `src/architecture.md` is the map.

// Floor 0
pub mod date;
pub mod score;
pub mod span;
// Floor 1
pub mod article;
pub mod attribution;
pub mod claim;
pub mod encoder;
pub mod lexicon;
pub mod text;
// Floor 2
pub mod factcheck;
pub mod matching;
pub mod position;
pub mod relation;
pub mod revision;
// Floor 3
pub mod report;
pub mod store;
// Floor 4
pub mod commands;
pub mod workbench;
// Floor 5
pub mod repl;
