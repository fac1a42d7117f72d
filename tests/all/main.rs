//! All that is promised of the program from outside, in one binary: what the library gives, what the program gives as it is
//! called, and how the house is kept. The data they read stand beside this folder.
//!
//! `ONRECORD_BLESS=1 cargo test --test all` records every golden file anew (see [`support::golden`]); reviewing the diff
//! is the test.

#![allow(clippy::unwrap_used)] // A test may fail on anything it did not expect.

mod support;

/// How files, pages and feeds become articles.
mod articles {
    mod addresses;
    mod carried;
    mod fetching;
    mod formats;
    mod originals;
    mod outlets;
    mod packed_formats;
    mod revisions;
}

/// The ways into the program: command line, script and prompt.
mod doors {
    mod command_line;
    mod lists;
    mod prompt;
    mod prompt_help;
    mod registry;
    mod three_doors;
}

mod fact_checks;

/// What happens when something goes wrong: kills, damage, crowds, hostile files, odd bytes.
#[cfg(unix)]
mod faults {
    mod crowd;
    mod damage;
    mod hostile;
    mod kills;
    mod orders;
    mod seeds;
    mod threats;
}

/// Articles whose claims a person marked, against what the readers give of them.
#[cfg(unix)]
mod golden {
    mod articles;
    mod bless;
    mod case;
    mod compare;
    mod given;
    mod lines;
    mod marks;
    mod table;
}

/// How the source is kept.
mod house {
    mod architecture;
    mod licences;
}

/// What the desk promises to the person who works at it, held through the program as it is called: nothing a person made is
/// destroyed or half written, one command is one step, what is not there is said, what is wrong can be put right.
#[cfg(unix)]
mod promises {
    mod answers;
    mod decided;
    mod exchange;
    mod files;
    mod limits;
    mod printed;
    mod readme;
    mod recorded;
    mod repair;
    mod report;
    mod resume;
    mod schema;
    mod signed;
    mod steps;
    mod transfer;
    mod truthful;
}

mod reading;

/// The documents that are made of a desk.
mod report {
    #[cfg(unix)]
    mod browser;
    mod documents;
    mod languages;
    mod page;
}

mod seed_speakers;

/// What is kept in the database, through the library.
mod store {
    mod bulk;
    mod corrections;
    mod desk;
    mod doctor;
    mod index;
    mod meaning;
    mod rereading;
}
