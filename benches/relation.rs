//! Relations a second, after candidates are found: claims are read once and compared many times.
//!
//! `cargo bench --bench relation`: `pairs` relates every claim of a small desk with every other (about half share words).

use divan::counter::ItemsCount;
use onrecord::relation::{Parsed, Side, relate_parsed};

fn main() {
    divan::main();
}

/// Makes claims from parts, so that many pairs share words and some oppose one another.
fn desk() -> Vec<Parsed> {
    let subjects = ["The mayor of Orm", "Energy minister Ruiz", "A spokesman for the port", "The national bank"];
    let verbs = ["will raise", "will cut", "did not approve", "denied plans for", "supports", "opposes"];
    let objects =
        ["the harbour fee by 4 percent next year", "the harbour fee by 9 percent", "new ships for the coast guard"];
    let mut desk = Vec::new();
    for subject in subjects {
        for verb in verbs {
            for object in objects {
                let text = format!("{subject} {verb} {object}, although the council has not met since March.");
                desk.push(Parsed::of(&Side { text: &text, ..Side::default() }));
            }
        }
    }
    desk
}

#[divan::bench]
fn pairs(bencher: divan::Bencher) {
    let desk = desk();
    bencher.counter(ItemsCount::new(desk.len() * desk.len())).bench(|| {
        let mut contradictions = 0usize;
        for a in &desk {
            for b in &desk {
                let relation = relate_parsed(divan::black_box(a), divan::black_box(b));
                contradictions += usize::from(relation.score.get() > 0.5);
            }
        }
        contradictions
    });
}

#[divan::bench]
fn reading(bencher: divan::Bencher) {
    let text = "The mayor of Orm said the council will not raise the harbour fee by more than 4 percent before 2019.";
    bencher
        .counter(ItemsCount::new(1usize))
        .bench(|| Parsed::of(&Side { text: divan::black_box(text), ..Side::default() }));
}
