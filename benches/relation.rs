//! Relations a second, after candidates are found, as on the desk: every claim is read once, what opposes is parsed once a
//! claim when the first pair asks for it, and every pair is compared.
//!
//! `cargo bench --bench relation`, on two threads: `pairs` starts each time from claims that were read and not yet parsed, 25
//! candidates a claim, so that parsing is in its figure as it is in loading; `compared` has parsed them before; `reading` reads
//! one claim, without its parse.

use divan::counter::ItemsCount;
use onrecord::relation::{Parsed, Side, relate_parsed};
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// Candidates that a claim meets, as when a desk is loaded.
const CANDIDATES: usize = 25;
/// Claims of the desk.
const CLAIMS: usize = 17_000;

/// Makes the words of claims from parts, so that neighbours share words and some oppose one another.
fn words() -> Vec<String> {
    let subjects = ["The mayor of Orm", "Energy minister Ruiz", "A spokesman for the port", "The national bank", "She"];
    let verbs = ["will raise", "will cut", "did not approve", "denied plans for", "supports", "opposes", "spoke about"];
    let objects = ["the harbour fee by 4 percent next year", "the harbour fee by 9 percent", "new ships for the guard"];
    let ends = ["although the council has not met since March", "and the unions agree", "as 40 farmers said on Monday"];
    let part = |list: &[&str], n: usize| list[n % list.len()].to_owned();
    let claim = |n: usize| {
        let (subject, verb) = (part(&subjects, n), part(&verbs, n / 5));
        format!("{subject} {verb} {}, {} in town {}.", part(&objects, n / 35), part(&ends, n / 105), n / 315)
    };
    (0..CLAIMS).map(claim).collect()
}

fn read(words: &[String]) -> Vec<Parsed> {
    let side =
        |text: &String| Parsed::of(&Side { text, speaker: Some("Ruiz"), direct: Some(false), ..Side::default() });
    words.par_iter().map(side).collect()
}

/// Compares every claim with the [`CANDIDATES`] before it.
fn compare(desk: &[Parsed]) -> usize {
    let pairs = |n: usize| desk[n.saturating_sub(CANDIDATES)..n].iter().map(move |other| (other, &desk[n]));
    let contradicts = |(a, b): (&Parsed, &Parsed)| {
        let relation = relate_parsed(divan::black_box(a), divan::black_box(b));
        usize::from(relation.score.get() > 0.5)
    };
    (0..desk.len()).into_par_iter().map(|n| pairs(n).map(contradicts).sum::<usize>()).sum()
}

fn two_threads() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads")
}

#[divan::bench(sample_count = 5)]
fn pairs(bencher: divan::Bencher) {
    let (words, pool) = (words(), two_threads());
    bencher
        .counter(ItemsCount::new(CLAIMS * CANDIDATES))
        .with_inputs(|| pool.install(|| read(&words)))
        .bench_values(|desk| pool.install(|| compare(&desk)));
}

#[divan::bench(sample_count = 5)]
fn compared(bencher: divan::Bencher) {
    let pool = two_threads();
    let desk = pool.install(|| read(&words()));
    pool.install(|| compare(&desk));
    bencher.counter(ItemsCount::new(CLAIMS * CANDIDATES)).bench(|| pool.install(|| compare(&desk)));
}

#[divan::bench]
fn reading(bencher: divan::Bencher) {
    let text = "The mayor of Orm said the council will not raise the harbour fee by more than 4 percent before 2019.";
    bencher
        .counter(ItemsCount::new(1usize))
        .bench(|| Parsed::of(&Side { text: divan::black_box(text), ..Side::default() }));
}
