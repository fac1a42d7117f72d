//! Holds the house in order: floors import downwards, SQL stays in the store, one place prints, files stay readable.

use crate::support::source;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with its floor and its step within the floor; a module uses only modules of a lower (floor, step).
const FLOORS: &[(&str, (u8, u8))] = &[
    ("span", (0, 0)),
    ("score", (0, 0)),
    ("date", (0, 0)),
    ("lexicon", (0, 0)),
    ("article", (1, 1)),
    ("text", (1, 2)),
    ("encoder", (1, 1)),
    ("attribution", (1, 3)),
    ("claim", (1, 4)),
    ("factcheck", (2, 0)),
    ("matching", (2, 0)),
    ("relation", (2, 1)),
    ("position", (2, 2)),
    ("revision", (2, 2)),
    ("report", (3, 0)),
    ("store", (3, 1)),
    ("workbench", (4, 0)),
    ("commands", (4, 1)),
    ("repl", (5, 0)),
    ("main", (5, 1)),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                out.push((path, text));
            }
        }
    }
    let root = source("src");
    let mut out = Vec::new();
    walk(&root, &mut out);
    out.into_iter().map(|(path, text)| (path.strip_prefix(&root).unwrap().to_owned(), text)).collect()
}

/// The module a file belongs to: `store/claims.rs` and `store.rs` are both `store`.
fn module(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The code lines of a file, without comments and without its tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end].lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn a_module_uses_only_what_is_below_it() {
    let floors: BTreeMap<&str, (u8, u8)> = FLOORS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        if own == "lib" {
            continue;
        }
        let own_floor = *floors.get(own.as_str()).unwrap_or_else(|| panic!("{own} has no floor: add it to FLOORS"));
        for line in code(&text) {
            for prefix in ["crate::", "onrecord::"] {
                for (at, _) in line.match_indices(prefix) {
                    let rest = &line[at + prefix.len()..];
                    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if let Some(&floor) = floors.get(name.as_str())
                        && name != own
                        && floor >= own_floor
                        && floor.0 + own_floor.0 > 0
                    {
                        wrong.push(format!("{}: {own} uses {name}: {}", path.display(), line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "upward imports:\n{}", wrong.join("\n"));
}

fn lines_with(needles: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let name = path.to_string_lossy().replace('\\', "/");
        if allowed.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        for line in code(&text).filter(|line| needles.iter().any(|needle| line.contains(needle))) {
            found.push(format!("{name}: {}", line.trim()));
        }
    }
    found
}

#[test]
fn only_the_store_knows_sql() {
    let found = lines_with(&["rusqlite", "SELECT ", "INSERT INTO", "DELETE FROM"], &["store/"]);
    assert!(found.is_empty(), "SQL outside the store:\n{}", found.join("\n"));
}

#[test]
fn one_place_prints() {
    let needles = ["println!", "print!(", "stdout()", "stderr()"];
    let found = lines_with(&needles, &["main.rs", "repl/", "commands/screen.rs", "commands/common/progress.rs"]);
    assert!(found.is_empty(), "printing outside the one place:\n{}", found.join("\n"));
}

#[test]
fn the_lower_floors_have_no_clock_no_files_no_environment() {
    let upper: Vec<&str> = FLOORS.iter().filter(|(_, (floor, _))| *floor >= 3).map(|(name, _)| *name).collect();
    let needles = ["std::fs", "std::env", "std::io", "std::net", "SystemTime", "Instant::", "Utc::now", "Local::now"];
    let mut found = lines_with(&needles, &upper);
    // Reading from memory is no world outside.
    found.retain(|line| !line.ends_with("use std::io::{Cursor, Read};"));
    assert!(found.is_empty(), "the world outside on floors 0 to 2:\n{}", found.join("\n"));
}

#[test]
fn one_place_touches_the_network() {
    let needles = ["ureq", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"];
    let found = lines_with(&needles, &["workbench/fetch/http.rs"]);
    assert!(found.is_empty(), "the network outside the one place:\n{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_does() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "files without a first `//!` line: {silent:?}");
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 450)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split these files: {long:?}");
}
