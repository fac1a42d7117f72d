//! Speed, memory and recall of the words' side of matching on generated claims.
//!
//! `cargo bench --bench matching -- [CLAIMS] [QUERIES]` (or `ONRECORD_BENCH_CLAIMS`); 100,000 claims and 1,000 queries by
//! default, one core. Words follow Zipf's law with topics (half of a claim's words come from the 150 words of its topic);
//! half of the queries are stored claims with a third of the words dropped and three others added, half are new claims.

use onrecord::matching::{Effort, Entry, Index};
use std::time::{Duration, Instant};

const WORDS: usize = 150_000;
const TOPICS: usize = 5_000;
const SPEAKERS: usize = 20_000;

/// A small generator of pseudo-random numbers (splitmix64), so that runs are equal.
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Words numbered by rank, drawn by Zipf's law.
struct Vocabulary {
    words: Vec<String>,
    sums: Vec<f64>,
}

impl Vocabulary {
    fn new() -> Self {
        const ONSETS: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v", "z", "br", "st", "kl"];
        const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
        let word = |rank: usize| {
            let mut left = rank + 80;
            let mut word = String::new();
            while left > 0 {
                word += ONSETS[left % 16];
                word += VOWELS[left / 16 % 5];
                left /= 80;
            }
            word + "k"
        };
        let mut sum = 0.0;
        let sums = (0..WORDS).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7).powf(1.05);
            sum
        });
        Self { words: (0..WORDS).map(word).collect(), sums: sums.collect() }
    }

    fn draw(&self, random: &mut Random) -> usize {
        let at = random.share() * self.sums[WORDS - 1];
        self.sums.partition_point(|&sum| sum < at).min(WORDS - 1)
    }

    fn claim(&self, random: &mut Random) -> Vec<usize> {
        let topic = random.below(TOPICS) as u64;
        let length = 6 + random.below(18);
        let mut word = || match random.share() < 0.5 {
            true => {
                let nth = (random.share().powi(2) * 150.0) as u64;
                self.draw(&mut Random(topic * 1_000 + nth))
            }
            false => self.draw(random),
        };
        (0..length).map(|_| word()).collect()
    }

    fn write(&self, claim: &[usize]) -> String {
        claim.iter().map(|&word| self.words[word].as_str()).collect::<Vec<_>>().join(" ")
    }
}

fn speaker(random: &mut Random) -> String {
    let number = (random.share().powi(3) * SPEAKERS as f64) as usize;
    format!("Given{} Family{}", number % 97, number)
}

fn at(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3
}

/// Resident memory in megabytes, or 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1e3
}

fn main() {
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let wanted = std::env::var("ONRECORD_BENCH_CLAIMS").ok().and_then(|count| count.parse().ok());
    let claims = given.first().copied().or(wanted).unwrap_or(100_000);
    let queries = given.get(1).copied().unwrap_or(1_000);
    let vocabulary = Vocabulary::new();
    let mut random = Random(7);
    let before = resident();
    let mut index = Index::default();
    let mut inserting = Duration::ZERO;
    let mut sample = Vec::new();
    for id in 0..claims {
        let claim = vocabulary.claim(&mut random);
        let (text, speaker) = (vocabulary.write(&claim), speaker(&mut random));
        let entry = Entry { id: id as u64, text: &text, speaker: &speaker, ..Entry::default() };
        let start = Instant::now();
        index.insert(&entry);
        inserting += start.elapsed();
        if id % (claims / queries.max(1)).max(1) == 0 {
            sample.push((claim, speaker));
        }
    }
    let memory = resident() - before;
    let start = Instant::now();
    let bytes = index.to_bytes();
    let writing = start.elapsed();
    drop(index);
    let start = Instant::now();
    let Ok(index) = Index::from_bytes(&bytes) else { return };
    let opening = start.elapsed();
    let size = bytes.len() as f64 / 1e6;
    drop(bytes);

    let queries: Vec<(String, String)> = sample
        .iter()
        .take(queries)
        .enumerate()
        .map(|(at, (claim, who))| match at % 2 {
            0 => {
                let mut words: Vec<usize> = claim.iter().copied().filter(|_| random.below(3) > 0).collect();
                words.extend((0..3).map(|_| vocabulary.draw(&mut random)));
                (vocabulary.write(&words), who.clone())
            }
            _ => (vocabulary.write(&vocabulary.claim(&mut random)), speaker(&mut random)),
        })
        .collect();
    let (mut search, mut exhaustive, mut scored, mut kept, mut kept_ten) = (vec![], vec![], vec![], 0, 0.0);
    for (text, speaker) in &queries {
        let query = Entry { id: u64::MAX, text, speaker, ..Entry::default() };
        let start = Instant::now();
        let fast = index.search(&query, 100, Effort::Fast);
        search.push(start.elapsed());
        let start = Instant::now();
        let all = index.search(&query, 100, Effort::Exhaustive);
        exhaustive.push(start.elapsed());
        let start = Instant::now();
        let _ = std::hint::black_box(index.candidates(&query, 10));
        scored.push(start.elapsed());
        let has = |id: u64| fast.iter().any(|found| found.0 == id);
        kept += usize::from(all.first().is_none_or(|best| has(best.0)));
        kept_ten += all.iter().take(10).filter(|found| has(found.0)).count() as f64 / all.len().clamp(1, 10) as f64;
    }
    let count = queries.len() as f64;
    let report = [
        format!("claims {claims}, queries {count}"),
        format!(
            "insert     {:8.2} s   {:.0} claims/s",
            inserting.as_secs_f64(),
            claims as f64 / inserting.as_secs_f64()
        ),
        format!("memory     {memory:8.0} MB  stored {size:.0} MB"),
        format!("to_bytes   {:8.1} ms  from_bytes {:.1} ms", writing.as_secs_f64() * 1e3, opening.as_secs_f64() * 1e3),
        format!("search     {:8.3} ms median, {:.3} ms p99", at(&mut search, 0.5), at(&mut search, 0.99)),
        format!("exhaustive {:8.3} ms median, {:.3} ms p99", at(&mut exhaustive, 0.5), at(&mut exhaustive, 0.99)),
        format!(
            "candidates {:8.3} ms median, {:.3} ms p99 (search and scoring of 100)",
            at(&mut scored, 0.5),
            at(&mut scored, 0.99)
        ),
        format!(
            "kept       {:8.2} % of best exhaustive candidates, {:.2} % of the best ten",
            100.0 * kept as f64 / count,
            100.0 * kept_ten / count
        ),
    ];
    #[expect(clippy::print_stdout, reason = "a benchmark prints its table")]
    report.iter().for_each(|line| println!("{line}"));
}
