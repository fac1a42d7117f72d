//! What the desk promises to the person who works at it, held through the program as it is called.
//!
//! `answers`: what is not there is said and not answered with nothing. `files`: nothing a person made is destroyed or half written. `steps`: one command is one step. `repair`: what is wrong can
//! be put right.

#![allow(clippy::unwrap_used)] // A test may fail on anything it did not expect.

mod answers;
mod desk;
mod exchange;
mod files;
mod limits;
mod readme;
mod repair;
mod report;
mod schema;
mod signed;
mod steps;
mod transfer;
