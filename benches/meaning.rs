//! Speed and recall of the search by meaning: `cargo bench --bench meaning -- VECTORS [COUNT] [QUERIES]`.
//!
//! VECTORS holds sentence vectors of claims, 128 bytes each, as `examples/train_meaning.rs` keeps them. Every nineteenth is
//! a query; COUNT vectors to be searched are made from the others: one of them, plus up to .7 of another one, plus noise of
//! a third of its length. So they lie where claims lie, with the crowding that a large desk on few topics would have.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used)] // A benchmark may stop on anything it did not expect.

use onrecord::matching::Effort;
use onrecord::matching::meaning::{LENGTH, Meaning, Vector, Vectors};
use std::time::{Duration, Instant};

/// Pseudo-random numbers (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

fn numbers(vector: &Vector) -> Vec<f32> {
    vector.bytes().iter().map(|&byte| f32::from(byte.cast_signed())).collect()
}

fn made(base: &[Vec<f32>], chance: &mut Chance) -> Vector {
    let mut pick = || &base[(chance.next() % base.len() as u64) as usize];
    let (one, other) = (pick(), pick());
    let much = 0.7 * chance.share();
    let length = one.iter().map(|x| x * x).sum::<f32>().sqrt();
    // The sum of two even shares has a deviation of √(1/6) and no bias.
    let noise = length / 3.0 / (LENGTH as f32 / 6.0).sqrt();
    let mixed = one.iter().zip(other).map(|(a, b)| a + much * b + noise * (chance.share() + chance.share() - 1.0));
    Vector::of(&mixed.collect::<Vec<_>>()).unwrap()
}

fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).unwrap_or(0.0) * 4096.0 / 1e6
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(path) = arguments.first() else {
        println!("give a file of sentence vectors");
        return;
    };
    let number = |at: usize, usual: usize| arguments.get(at).map_or(usual, |number| number.parse().unwrap());
    let (count, asked) = (number(1, 1_000_000), number(2, 1_000));
    let bytes = std::fs::read(path).unwrap();
    let all: Vec<Vector> = bytes.chunks_exact(LENGTH).filter_map(Vector::from_bytes).collect();
    let queries: Vec<Vector> = all.iter().step_by(19).copied().take(asked).collect();
    let base = all.iter().enumerate().filter(|(at, _)| at % 19 != 0).map(|(_, vector)| numbers(vector));
    let base: Vec<Vec<f32>> = base.collect();
    let (mut vectors, mut chance) = (Vectors::new(Meaning::shipped().unwrap()), Chance(1));
    let before = resident();
    let mut adding = Duration::ZERO;
    for id in 0..count as u64 {
        let vector = made(&base, &mut chance);
        let began = Instant::now();
        vectors.insert(id, &vector);
        adding += began.elapsed();
    }
    println!("{count} vectors: added in {:.1} s, {:.0} MB", adding.as_secs_f64(), resident() - before);
    let mut times: Vec<f64> = Vec::new();
    let (mut kept, mut wanted) = (0, 0);
    for (at, query) in queries.iter().enumerate() {
        let began = Instant::now();
        let found = vectors.nearest(query, 100, Effort::Fast);
        times.push(began.elapsed().as_secs_f64() * 1e3);
        if at % 5 == 0 {
            let exact = vectors.nearest(query, 10, Effort::Exhaustive);
            wanted += exact.len();
            kept += exact.iter().filter(|one| found.iter().take(10).any(|other| other.0 == one.0)).count();
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("nearest 100 of {} queries: median {:.2} ms, 99 % {:.2} ms", times.len(), at(0.5), at(0.99));
    println!("of the exhaustive ten {:.1} % are among the ten", 100.0 * kept as f64 / wanted.max(1) as f64);
}
