//! Speed of the deep reader: `RAYON_NUM_THREADS=1 cargo bench --bench deep` gives tokens a second on one core.

use divan::Bencher;
use divan::counter::ItemsCount;
use onrecord::article::{Given, read};
use onrecord::attribution::reader::by_name;
use onrecord::text::analyze;

fn main() {
    divan::main();
}

/// An article of about a thousand tokens, of an invented story.
fn article() -> String {
    include_str!("../src/attribution/deep/sample.txt").repeat(3)
}

#[divan::bench(args = ["deep", "fast"])]
fn scores(bencher: Bencher, name: &str) {
    let (Some(reader), Ok(article)) = (by_name(name), read(article().as_bytes(), "2019-03-04.txt", &Given::default()))
    else {
        return;
    };
    let document = analyze(&article);
    let count = ItemsCount::new(document.tokens.len());
    bencher.counter(count).bench(|| reader.scores(divan::black_box(&document)));
}
