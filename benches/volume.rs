//! Loading in volume, as ratios in one run: processor time and wall time of `load` against `extract` of the same articles, the
//! second load, one article more, and the most memory that each took.
//!
//! `cargo bench --bench volume -- FOLDER [MEGABYTES]`: the texts of a folder, or as many megabytes of texts made of them with other
//! names in them; the samples where no folder is named. Reads `/proc`, so it runs on Linux alone.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on should stop, and prints")]

#[path = "shared/process.rs"]
mod process;

use process::{TICKS, Took};
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut given = std::env::args().skip(1).filter(|given| !given.starts_with("--"));
    let from = given.next().map_or_else(|| PathBuf::from("samples"), PathBuf::from);
    let megabytes: Option<usize> = given.next().map(|given| given.parse().unwrap());
    let scratch = tempfile::tempdir().unwrap();
    let folder = match megabytes {
        Some(megabytes) => made(&from, megabytes << 20, &scratch.path().join("texts")),
        None => from,
    };
    let desk = scratch.path().join("desk.db");
    let one = scratch.path().join("one.txt");
    fs::write(&one, article()).unwrap();
    let load = |what: &Path| run(&["--db", desk.to_str().unwrap(), "load", "--reader", "fast", what.to_str().unwrap()]);
    let extract = run(&["extract", "--reader", "fast", "--format", "jsonl", folder.to_str().unwrap()]);
    println!("{} files of {}", fs::read_dir(&folder).unwrap().count(), folder.display());
    tell("extract", &extract, &extract);
    let first = load(&folder);
    tell("load", &first, &extract);
    let second = load(&folder);
    tell("load again", &second, &first);
    let more = load(&one);
    tell("one article more", &more, &first);
}

fn tell(what: &str, took: &Took, against: &Took) {
    let Took { wall, processor, memory, .. } = took;
    let (of_wall, of_processor) = (wall / against.wall, processor / against.processor.max(1.0 / TICKS));
    println!(
        "{what:<18} wall {wall:8.2} s ({of_wall:6.3} ×)   processor {processor:8.2} s ({of_processor:6.3} ×)   memory {:5} MB",
        memory >> 10
    );
}

fn run(arguments: &[&str]) -> Took {
    process::run(arguments, "")
}

/// Writes so many bytes of texts made of those of a folder: each with its own ending of every name, so that none is a copy.
fn made(from: &Path, bytes: usize, folder: &Path) -> PathBuf {
    fs::create_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let (mut written, mut number) = (0, 0);
    while written < bytes {
        let round = number / texts.len();
        let text = if round == 0 { texts[number].clone() } else { renamed(&texts[number % texts.len()], round) };
        written += text.len();
        fs::write(folder.join(format!("{number:06}.txt")), text).unwrap();
        number += 1;
    }
    folder.to_owned()
}

/// Gives every capitalised word inside a sentence an ending.
fn renamed(text: &str, round: usize) -> String {
    let ending: String = round.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut inside = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let named = inside && bare.len() > 3 && bare.starts_with(char::is_uppercase) && bare.is_ascii();
        match named {
            true => out.extend([bare, &ending, &word[bare.len()..]]),
            false => out.push_str(word),
        }
        inside = !word.trim_end().ends_with(['.', '!', '?', '”', '"']) && !word.contains('\n');
    }
    out
}

/// An article of some seven hundred words.
fn article() -> String {
    const SPEAKERS: [&str; 6] = ["Lena Orlova", "Tom Whitlock", "Ada Brook", "Ruben Okoye", "Mira Castell", "Jon Hale"];
    const MATTERS: [&str; 5] = ["the harbour", "the tunnel", "the ferry line", "the hospital", "the water works"];
    const SAID: [&str; 4] =
        ["will cost {n} million crowns", "will open within {n} months", "needs {n} new pumps", "is safe"];
    let mut text = String::from("Council argues over five works\n\n");
    let mut number = 0;
    while text.split_whitespace().count() < 700 {
        let pick = |list: &[&'static str], step: usize| list[(number / step) % list.len()];
        let said = pick(&SAID, 1).replace("{n}", &(number * 7 % 50 + 2).to_string());
        let (speaker, matter) = (pick(&SPEAKERS, 1), pick(&MATTERS, 2));
        text.push_str(&format!(
            "{speaker} said on Monday that {matter} {said}. “We have looked at {matter} for {} weeks and found no other way,” {speaker} told reporters at the town hall.\n\n",
            number + 3
        ));
        number += 1;
    }
    text
}
