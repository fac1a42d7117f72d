//! Runs every command on every desk and prints what it took.

use crate::process::{self, Took};
use crate::random::Random;
use crate::words::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A command that took so many seconds once is run so many times.
const FEWER: [(f64, usize); 3] = [(20.0, 1), (3.0, 3), (1.0, 8)];

/// What an encoder must read once is measured only where it is asked for by name.
const SLOW: &str = "positions speaker:{speaker}";
/// Lines as a person types them; what changes the desk stands beside what takes it back. `{n}` is the number of the run,
/// `{speaker}` and `{word}` somebody and something that the desk knows.
const LINES: [&str; 41] = [
    "stats",
    "articles",
    "articles outlet:AFP",
    "claims",
    "claims --limit 500",
    "claims speaker:{speaker}",
    "claims text:{word}",
    "claims kind:denial on:2019-05",
    "claims outlet:AFP",
    "claims story:s1",
    "claims tag:{tag}",
    "claims verdict:false",
    "claims status:confirmed",
    "find {word}",
    "show c{n}",
    "show a{n}",
    "show p{n}",
    "read a{n}",
    "speaker list",
    "speaker show p{n}",
    "new --since 2026-01-01",
    "new --since 2027-01-01",
    "contradictions",
    "contradictions speaker:{speaker}",
    "contradictions --tier review",
    "match c{n}",
    "match \"the council will close the harbour\"",
    "compare c{n} c{m}",
    "checked",
    "timeline speaker:{speaker}",
    "story list",
    "story show s1",
    "report story:s1",
    "report speaker {speaker}",
    "export story:s1",
    "log",
    "verdict list",
    "note c{n} \"Ask the office again.\"",
    "tag add later c{n}",
    "verdict record c{n} false \"The figures say otherwise.\"",
    "undo",
];

/// What one line took on one desk.
struct Measured {
    times: Vec<f64>,
    /// Kilobytes at the most.
    memory: u64,
}

impl Measured {
    fn of(took: &[Took], time: impl Fn(&Took) -> f64) -> Self {
        let mut times: Vec<f64> = took.iter().map(time).collect();
        times.sort_by(f64::total_cmp);
        Self { times, memory: took.iter().map(|took| took.memory).max().unwrap_or_default() }
    }

    /// In milliseconds; of fewer than a hundred runs the 99th percentile is the longest.
    fn at(&self, share: f64) -> f64 {
        self.times[((self.times.len() - 1) as f64 * share).ceil() as usize] * 1e3
    }
}

/// Measures all lines on all desks, smallest first, and prints a table.
pub fn table(desks: &[PathBuf], folder: &Path) {
    let runs = std::env::var("ONRECORD_BENCH_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(20);
    let only = std::env::var("ONRECORD_BENCH_ONLY").unwrap_or_default();
    let mut rows: BTreeMap<usize, (String, Vec<Measured>)> = BTreeMap::new();
    for desk in desks {
        let bench = Bench { desk: desk.to_str().unwrap(), folder, runs };
        println!("{}: {} MB", desk.display(), fs::metadata(desk).unwrap().len() >> 20);
        let mut number = 0;
        let mut keep = |name: &str, measure: &dyn Fn() -> Measured| {
            number += 1;
            if name.contains(&only) {
                eprint!("\r\x1b[K{name}");
                rows.entry(number).or_insert_with(|| (name.to_owned(), Vec::new())).1.push(measure());
            }
        };
        for line in LINES {
            keep(line, &|| bench.line(line));
        }
        if !only.is_empty() {
            keep(SLOW, &|| bench.line(SLOW));
        }
        keep("load ARTICLE (700 words)", &|| bench.load());
        keep("load ARTICLE, the second of a session", &|| bench.load_again());
        keep("first prompt", &|| bench.session());
        keep("doctor", &|| bench.line("doctor"));
    }
    eprint!("\r\x1b[K");
    print(desks, rows.into_values());
}

fn print(desks: &[PathBuf], rows: impl Iterator<Item = (String, Vec<Measured>)>) {
    let names = desks.iter().map(|desk| format!(" {} articles, ms | MB |", desk.file_stem().unwrap().display()));
    println!("| command |{} growth |", names.collect::<String>());
    println!("|---|{}---|", "---|---|".repeat(desks.len()));
    for (name, measured) in rows {
        let cells = measured.iter().map(|one| {
            let few = if one.times.len() < 8 { format!(" ({} runs)", one.times.len()) } else { String::new() };
            format!(" {:.0} / {:.0}{few} | {} |", one.at(0.5), one.at(0.99), one.memory >> 10)
        });
        let growth = measured.last().unwrap().at(0.5) / measured[0].at(0.5);
        println!("| `{name}` |{} {growth:.1} × |", cells.collect::<String>());
    }
}

/// One desk with what is run on it.
struct Bench<'a> {
    desk: &'a str,
    folder: &'a Path,
    runs: usize,
}

impl Bench<'_> {
    /// Runs a command as often as it is quick; the first run is not counted where it is.
    fn often(&self, mut run: impl FnMut(usize) -> Took) -> Vec<Took> {
        let first = run(0);
        let fewer = FEWER.iter().find(|(seconds, _)| first.wall > *seconds).map(|(_, runs)| *runs);
        match fewer.unwrap_or(self.runs) {
            1 => vec![first],
            runs => (1..=runs).map(run).collect(),
        }
    }

    fn line(&self, line: &str) -> Measured {
        let language = Language::new();
        let (speaker, _) = language.person(120);
        let tag = language.title(0, &mut Random(0));
        let took = self.often(|number| {
            let n = (3 + 7 * number).to_string();
            let m = (4 + 11 * number).to_string();
            let words = shlex::split(line).unwrap();
            let fill = |word: &String| {
                let word = word.replace("{n}", &n).replace("{m}", &m).replace("{speaker}", &speaker);
                word.replace("{word}", "hospit").replace("{tag}", &tag)
            };
            let words: Vec<String> = words.iter().map(fill).collect();
            let mut arguments = vec!["--db", self.desk];
            arguments.extend(words.iter().map(String::as_str));
            told(line, process::run(&arguments, ""))
        });
        Measured::of(&took, |took| took.wall)
    }

    /// An article of some seven hundred words that no run wrote before.
    fn article(&self, name: &str, number: usize) -> String {
        let language = Language::new();
        let moment = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let mut random = Random(moment.as_nanos() as u64 + number as u64);
        let topic = Language::topic(&mut random);
        let mut text = language.title(topic, &mut random) + "\n\n";
        while text.split_whitespace().count() < 700 {
            let (speaker, _) = language.person(random.below(200));
            let said = language.statement(topic, &mut random).words();
            text += &format!("{} {speaker} said that {said}.\n\n", language.sentence(topic, &mut random));
        }
        let path = self.folder.join(format!("{name}.txt"));
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn load(&self) -> Measured {
        let took = self.often(|number| {
            let article = self.article("one", number);
            told("load", process::run(&["--db", self.desk, "load", "--reader", "fast", &article], ""))
        });
        Measured::of(&took, |took| took.wall)
    }

    /// The time that the session itself tells of its last command.
    fn load_again(&self) -> Measured {
        let took = self.often(|number| {
            let (one, two) = (self.article("one", number), self.article("two", number + 1));
            let lines = format!(".set timer on\nload --reader fast {one}\nload --reader fast {two}\n");
            told("session", process::run(&["--db", self.desk], &lines))
        });
        let last = |took: &Took| {
            let told = took.said.lines().rev().find_map(|line| line.strip_suffix(" s")?.parse().ok());
            told.unwrap_or(took.wall)
        };
        Measured::of(&took, last)
    }

    fn session(&self) -> Measured {
        Measured::of(&self.often(|_| told("session", process::run(&["--db", self.desk], ".quit\n"))), |took| took.wall)
    }
}

fn told(line: &str, took: Took) -> Took {
    if took.failed {
        eprintln!("\r`{line}` failed: {}", took.said);
    }
    took
}
