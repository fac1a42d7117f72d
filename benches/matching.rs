//! Speed, memory and recall of the words' side of matching on generated claims.
//!
//! `cargo bench --bench matching -- [CLAIMS…]`: a row for each number of claims, 10,000 and 100,000 by default; 600 queries,
//! or `ONRECORD_BENCH_QUERIES`; one core. Two times are the median and the 99th percentile over the queries, each query timed
//! three times and the least kept. Memory is that of the opened index. Exhaustive search scores every claim that shares a
//! word; "all with all" is `match --all` on all cores, over 20,000 claims counted up to all; "kept" is the share of its best claim, or best ten, that the fast search has among its first 100. Words follow Zipf's law with topics (half of a claim's words come from the 150 words of its topic);
//! half of the queries are stored claims with a third of the words dropped and three others added, half are new claims.

#[path = "shared/invented.rs"]
mod invented;
#[path = "shared/random.rs"]
mod random;

use invented::invented;
use onrecord::matching::{Effort, Entry, Index, Tier, cross};
use random::Random;
use std::time::{Duration, Instant};

const WORDS: usize = 150_000;
const TOPICS: usize = 5_000;
const SPEAKERS: usize = 20_000;
const PASSES: usize = 3;
/// Claims that are matched with all, at the most.
const CROSSED: usize = 20_000;

/// Words numbered by rank, drawn by Zipf's law.
struct Vocabulary {
    words: Vec<String>,
    sums: Vec<f64>,
}

impl Vocabulary {
    fn new() -> Self {
        let mut sum = 0.0;
        let sums = (0..WORDS).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7).powf(1.05);
            sum
        });
        Self { words: (0..WORDS).map(invented).collect(), sums: sums.collect() }
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

/// One size of the table.
struct Row {
    claims: usize,
    inserted: f64,
    memory: f64,
    stored: f64,
    written_ms: f64,
    opened_ms: f64,
    search: [f64; 2],
    exhaustive: [f64; 2],
    scored: [f64; 2],
    kept: [f64; 2],
    /// Seconds to match all with all, estimated from a sample when there are many claims.
    crossed: f64,
}

/// Median and 99th percentile, in milliseconds.
fn spread(mut times: Vec<Duration>) -> [f64; 2] {
    [at(&mut times, 0.5), at(&mut times, 0.99)]
}

/// Times one question for each query, three times over, and keeps the least: what other programs take is left out.
fn timed(queries: &[(String, String)], mut ask: impl FnMut(&Entry<'_>)) -> Vec<Duration> {
    let mut least = vec![Duration::MAX; queries.len()];
    for _ in 0..PASSES {
        for (least, (text, speaker)) in least.iter_mut().zip(queries) {
            let start = Instant::now();
            ask(&Entry { id: u64::MAX, text, speaker, ..Entry::default() });
            *least = start.elapsed().min(*least);
        }
    }
    least
}

fn measure(vocabulary: &Vocabulary, claims: usize, wanted: usize) -> Option<Row> {
    let mut random = Random(7);
    let mut index = Index::default();
    let mut inserting = Duration::ZERO;
    let (mut sample, mut texts) = (Vec::new(), Vec::new());
    for id in 0..claims {
        let claim = vocabulary.claim(&mut random);
        let (text, speaker) = (vocabulary.write(&claim), speaker(&mut random));
        let entry = Entry { id: id as u64, text: &text, speaker: &speaker, ..Entry::default() };
        if id % claims.div_ceil(CROSSED) == 0 {
            texts.push((id as u64, text.clone(), speaker.clone()));
        }
        let start = Instant::now();
        index.insert(&entry);
        inserting += start.elapsed();
        if id % (claims / wanted.max(1)).max(1) == 0 {
            sample.push((claim, speaker));
        }
    }
    let start = Instant::now();
    let bytes = index.to_bytes();
    let written_ms = start.elapsed().as_secs_f64() * 1e3;
    drop(index);
    let before = resident();
    let start = Instant::now();
    let index = Index::from_bytes(&bytes).ok()?;
    let opened_ms = start.elapsed().as_secs_f64() * 1e3;
    let memory = resident() - before;
    let stored = bytes.len() as f64 / 1e6;
    drop(bytes);
    let query = |(at, (claim, who)): (usize, &(Vec<usize>, String))| match at % 2 {
        0 => {
            let mut words: Vec<usize> = claim.iter().copied().filter(|_| random.below(3) > 0).collect();
            words.extend((0..3).map(|_| vocabulary.draw(&mut random)));
            (vocabulary.write(&words), who.clone())
        }
        _ => (vocabulary.write(&vocabulary.claim(&mut random)), speaker(&mut random)),
    };
    let queries: Vec<(String, String)> = sample.iter().take(wanted).enumerate().map(query).collect();
    let search = timed(&queries, |query| {
        std::hint::black_box(index.search(query, 100, Effort::Fast));
    });
    let scored = timed(&queries, |query| {
        std::hint::black_box(index.candidates(query, 10));
    });
    let (mut exhaustive, mut kept, mut kept_ten) = (vec![], 0, 0.0);
    for (text, speaker) in &queries {
        let query = Entry { id: u64::MAX, text, speaker, ..Entry::default() };
        let fast = index.search(&query, 100, Effort::Fast);
        let start = Instant::now();
        let all = index.search(&query, 100, Effort::Exhaustive);
        exhaustive.push(start.elapsed());
        let has = |id: u64| fast.iter().any(|found| found.0 == id);
        kept += usize::from(all.first().is_none_or(|best| has(best.0)));
        kept_ten += all.iter().take(10).filter(|found| has(found.0)).count() as f64 / all.len().clamp(1, 10) as f64;
    }
    let sample: Vec<Entry<'_>> =
        texts.iter().map(|(id, text, speaker)| Entry { id: *id, text, speaker, ..Entry::default() }).collect();
    let start = Instant::now();
    std::hint::black_box(cross(&index, &sample, 10, Tier::Suggested));
    let crossed = start.elapsed().as_secs_f64() * claims as f64 / sample.len().max(1) as f64;
    let share = 100.0 / queries.len().max(1) as f64;
    Some(Row {
        claims,
        inserted: claims as f64 / inserting.as_secs_f64(),
        memory,
        stored,
        written_ms,
        opened_ms,
        search: spread(search),
        exhaustive: spread(exhaustive),
        scored: spread(scored),
        kept: [share * kept as f64, share * kept_ten],
        crossed,
    })
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its table")]
fn main() {
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![10_000, 100_000] } else { given };
    let queries = std::env::var("ONRECORD_BENCH_QUERIES").ok().and_then(|count| count.parse().ok()).unwrap_or(600);
    println!(
        "| claims | insert/s | memory MB | stored MB | write ms | open ms | search ms | exhaustive ms | with scoring ms | best kept % | best ten kept % |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let vocabulary = Vocabulary::new();
    for row in sizes.into_iter().filter_map(|claims| measure(&vocabulary, claims, queries)) {
        let pair = |[median, p99]: [f64; 2]| format!("{median:.3} / {p99:.3}");
        println!(
            "| {} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {} | {} | {} | {:.2} | {:.2} | {:.1} |",
            row.claims,
            row.inserted,
            row.memory,
            row.stored,
            row.written_ms,
            row.opened_ms,
            pair(row.search),
            pair(row.exhaustive),
            pair(row.scored),
            row.kept[0],
            row.kept[1],
            row.crossed
        );
    }
}
