//! Each command of daily use as a process of its own, on desks of growing size: median and 99th percentile of its time, the
//! most memory it took, and how both grow with the desk.
//!
//! `cargo bench --bench commands -- FOLDER ARTICLES…`: desks of so many articles, about ten claims each, are made in the folder
//! where they are not there yet (100,000 articles take some minutes and gigabytes); 1,000 and 10,000 where none is named.
//! `ONRECORD_BENCH_RUNS` runs of each, or 20; `ONRECORD_BENCH_ONLY` narrows to commands that hold a word. Reads `/proc`, so it
//! runs on Linux alone.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a measurement stops, and prints")]

mod desk;
#[allow(dead_code, reason = "the processor's time is what another benchmark tells")]
#[path = "../shared/invented.rs"]
mod invented;
mod measure;
#[path = "../shared/process.rs"]
mod process;
#[path = "../shared/random.rs"]
mod random;
mod words;

use std::path::PathBuf;

fn main() {
    let mut given = std::env::args().skip(1).filter(|given| !given.starts_with("--"));
    let folder = given.next().map_or_else(|| std::env::temp_dir().join("onrecord-desks"), PathBuf::from);
    let mut sizes: Vec<usize> = given.map(|size| size.parse().unwrap()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000];
    }
    std::fs::create_dir_all(&folder).unwrap();
    let desks = sizes.into_iter().map(|articles| {
        let path = folder.join(format!("{articles}.db"));
        if !path.exists() {
            let begun = std::time::Instant::now();
            let draft = folder.join(format!("{articles}.draft.db"));
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(folder.join(format!("{articles}.draft.db{ending}")));
            }
            desk::make(&draft, articles, |written| eprint!("\r{written} of {articles} articles")).unwrap();
            std::fs::rename(&draft, &path).unwrap();
            eprintln!("\r{articles} articles written in {:.0} s", begun.elapsed().as_secs_f64());
        }
        path
    });
    measure::table(&desks.collect::<Vec<_>>(), &folder);
}
