//! How the time grows with the size of odd input: each figure doubles when the size does.
//!
//! `cargo bench --bench growth`; the sizes are those of the input, so that a line reads 20,000 · 40,000 · 80,000.

use divan::Bencher;
use onrecord::commands::screen::Screen;
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::{Session, line};
use onrecord::report::view::{Format, Frame, Role, Table, View};
use onrecord::store::Place;
use onrecord::workbench::Settings;

const SIZES: [usize; 3] = [20_000, 40_000, 80_000];

fn main() {
    divan::main();
}

fn session() -> Session {
    Session::new(Place::Memory, Settings::default(), Screen::captured(160))
}

/// Characters of one word in a cell of a table.
#[divan::bench(args = SIZES)]
fn a_word_without_end_in_a_table(bencher: Bencher<'_, '_>, size: usize) {
    let mut table = Table::new([("id", Role::Id), ("title", Role::Words), ("outlet", Role::Plain)]);
    table.row(["a1".to_owned(), "x".repeat(size), "Northern Wire".to_owned()]);
    let view = View::table(table);
    bencher.bench_local(|| view.render(Format::Table, &Frame::plain(160)));
}

/// Apostrophes that open nothing.
#[divan::bench(args = SIZES)]
fn apostrophes_in_a_line(bencher: Bencher<'_, '_>, size: usize) {
    let written = format!("find {}", "'a ".repeat(size));
    bencher.bench_local(|| line::split(&written).map(|words| words.len()));
}

/// Lines after a quotation mark that is never closed.
#[divan::bench(args = SIZES)]
fn lines_of_a_quotation_left_open(bencher: Bencher<'_, '_>, size: usize) {
    let script = format!("note c1 \"never closed\n{}", "stats\n".repeat(size));
    bencher.with_inputs(session).bench_local_values(|mut session| {
        script::run(&mut session, script.as_bytes(), "script", OnError::Stop, Echo::Nothing).is_err()
    });
}

/// Words that `find` is asked for.
#[divan::bench(args = SIZES)]
fn words_to_find(bencher: Bencher<'_, '_>, size: usize) {
    let written = format!("find {}", "quay ".repeat(size));
    bencher.with_inputs(session).bench_local_values(|mut session| session.perform(&written).is_err());
}
