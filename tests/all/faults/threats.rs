//! The threat model names, for each threat, tests that are there.

use crate::support::source;
use std::path::Path;

/// All Rust source under a folder, as one text.
fn text_of(folder: &Path) -> String {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let of = |path: &std::path::PathBuf| match path.is_dir() {
        true => text_of(path),
        false if path.extension().is_some_and(|ending| ending == "rs") => std::fs::read_to_string(path).unwrap(),
        false => String::new(),
    };
    entries.iter().map(of).collect()
}

#[test]
fn each_line_of_the_threat_model_names_its_tests() {
    let page = std::fs::read_to_string(source("src/threats.md")).unwrap();
    let source = text_of(&source("src")) + &text_of(&source("tests/all"));
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Threat"));
    let mut named = 0;
    for row in rows {
        let tests = row.trim_end_matches('|').rsplit('|').next().unwrap();
        let tests: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "no test is named: {row}");
        for test in tests {
            assert!(source.contains(&format!("fn {test}()")), "there is no test `{test}`: {row}");
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
}
