//! Every package of the lock file has a licence that `deny.toml` allows, and every file of weights a card that names its own.

use crate::support::source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The licences that all may have, and those of one package.
struct Allowed {
    all: Vec<String>,
    exceptions: BTreeMap<String, Vec<String>>,
}

fn allowed() -> Allowed {
    let file = std::fs::read_to_string(source("deny.toml")).unwrap();
    let table: toml::Table = file.parse().unwrap();
    let strings = |value: &toml::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let licences = &table["licenses"];
    let exceptions = licences["exceptions"].as_array().unwrap().iter();
    Allowed {
        all: strings(&licences["allow"]),
        exceptions: exceptions.map(|one| (one["crate"].as_str().unwrap().to_owned(), strings(&one["allow"]))).collect(),
    }
}

/// What cargo tells of the lock file without the network.
fn metadata(more: &[&str]) -> Result<serde_json::Value, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .args(more)
        .current_dir(source(""))
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.success() {
        true => serde_json::from_slice(&output.stdout).map_err(|error| error.to_string()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// The system this runs on, as the compiler calls it.
fn host() -> String {
    let told = Command::new("rustc").arg("-vV").output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    told.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The packages of the lock file with their licences; those of this system alone where the others were never downloaded.
fn packages() -> Vec<(String, String)> {
    let metadata = metadata(&[]).or_else(|_| metadata(&["--filter-platform", &host()])).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    metadata["packages"].as_array().unwrap().iter().map(|one| (text(&one["name"]), text(&one["license"]))).collect()
}

/// Tells whether a licence expression can be met with what is allowed. `/` is an old way to write OR.
fn is_met(expression: &str, allows: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = either(&words, &mut at, allows);
    met && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allows: &dyn Fn(&str) -> bool) -> bool {
    let mut met = both(words, at, allows);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(words, at, allows);
    }
    met
}

fn both(words: &[&str], at: &mut usize, allows: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(words, at, allows);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allows);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allows: &dyn Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = either(words, at, allows);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
        return allows(&format!("{word} WITH {}", words.get(*at - 1).unwrap_or(&"")));
    }
    allows(word)
}

#[test]
fn every_package_has_a_licence_that_is_allowed() {
    let allowed = allowed();
    let packages = packages();
    let refused: Vec<String> = packages
        .iter()
        .filter(|(name, licence)| {
            let own = allowed.exceptions.get(name);
            !is_met(licence, &|one| allowed.all.iter().chain(own.into_iter().flatten()).any(|allowed| allowed == one))
        })
        .map(|(name, licence)| format!("{name}: `{licence}`"))
        .collect();
    assert!(refused.is_empty(), "licences that deny.toml does not allow:\n{}", refused.join("\n"));
    let idle: Vec<&String> =
        allowed.exceptions.keys().filter(|name| packages.iter().all(|(package, _)| package != *name)).collect();
    assert!(idle.is_empty(), "exceptions of packages that are not there: {idle:?}");
}

#[test]
fn a_licence_expression_is_read_as_it_is_meant() {
    let mit = |one: &str| one == "MIT" || one == "Zlib";
    for met in ["MIT", "GPL-3.0 OR MIT", "Apache-2.0/MIT", "(MIT OR GPL-3.0) AND Zlib", "GPL-3.0 AND X OR Zlib"] {
        assert!(is_met(met, &mit), "{met}");
    }
    for not in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0 WITH LLVM-exception", "(MIT", "MIT AND (GPL-3.0 OR X)"] {
        assert!(!is_met(not, &mit), "{not}");
    }
}

/// The files below a folder with this ending.
fn below(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            below(&path, ending, out);
        } else if path.extension().is_some_and(|own| own == ending) {
            out.push(path);
        }
    }
}

/// Tells whether a card names a file, by its path from the card or from the root of the project.
fn names(card: &Path, file: &Path) -> bool {
    let (here, name) = (card.parent().unwrap(), file.file_name().unwrap().to_string_lossy());
    let from_root = file.strip_prefix(source("")).unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(card).unwrap();
    text.contains(&format!("`{from_root}`"))
        || file.parent() == Some(here) && text.contains(&format!("`{name}`"))
        || file.parent() == here.parent() && text.contains(&format!("`../{name}`"))
}

#[test]
fn every_file_of_weights_has_a_card_that_tells_of_its_licence() {
    let (mut files, mut cards) = (Vec::new(), Vec::new());
    below(&source("src"), "bin", &mut files);
    below(&source("src"), "md", &mut cards);
    below(&source("training"), "md", &mut cards);
    cards.retain(|card| std::fs::read_to_string(card).unwrap().contains("licence"));
    files.retain(|file| !cards.iter().any(|card| names(card, file)));
    assert!(files.is_empty(), "weights whose licence no card tells: {files:?}");
}
