//! The tables of fixed words: every key that a template or the page asks for is there, and none that nothing asks for.

use crate::support::source;
use std::collections::BTreeSet;
use std::path::Path;

fn keys() -> BTreeSet<String> {
    let table = std::fs::read_to_string(source("src/report/languages/en.tsv")).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| row.split('\t').next().unwrap().to_owned()).collect()
}

/// The files of a folder, and of those in it.
fn files(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            out.push((path.to_string_lossy().into_owned(), code));
        }
    }
}

/// What stands between double quotes, as far as it looks like a key.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let like_a_key =
        |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || ".-0123456789".contains(c));
    text.split('"').filter(like_a_key)
}

/// Where fixed words are asked for: the templates, the page, and the command that notes how a report was made.
fn asking() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["src/report", "src/commands/stories"] {
        files(&source(folder), &mut all);
    }
    all.retain(|(path, _)| !path.ends_with(".tsv") && !path.ends_with(".css"));
    all
}

#[test]
fn every_key_that_is_asked_for_is_in_the_table() {
    let keys = keys();
    let is_there =
        |key: &str| keys.contains(key) || keys.contains(&format!("{key}.one")) && keys.contains(&format!("{key}.many"));
    let mut asked = 0;
    for (path, text) in asking() {
        for call in ["say(", "fill(", "count(", "told(", "headed(", "dated("] {
            for (at, _) in text.match_indices(call) {
                // The key, or the keys, are the first literals of the call.
                let argument = text[at + call.len()..].trim_start();
                let (first, rest) = match argument.strip_prefix('"') {
                    Some(quoted) => quoted.split_once('"').unwrap(),
                    None => continue,
                };
                assert!(is_there(first), "{path}: no fixed words `{first}`");
                asked += 1;
                if call == "headed("
                    && let Some(second) = literals(rest).next()
                {
                    assert!(is_there(second), "{path}: no fixed words `{second}`");
                }
            }
        }
    }
    assert!(asked > 150, "{asked} keys were found");
}

#[test]
fn every_key_of_the_table_is_asked_for() {
    let all = asking();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (_, text) in &all {
        used.extend(literals(text));
    }
    for key in keys() {
        let noun = key.strip_suffix(".one").or_else(|| key.strip_suffix(".many")).unwrap_or(&key);
        let is_used =
            used.contains(&*key) || used.contains(noun) || key.starts_with("month.") || key.starts_with("desk.");
        assert!(is_used, "nothing asks for `{key}`");
    }
}

/// Removes whatever stands between two marks.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(|part| part.split_once(end).map_or("", |(_, rest)| rest)).collect::<Vec<_>>().join(" ")
}

#[test]
fn templates_have_no_words_of_their_own() {
    let mut all = Vec::new();
    files(&source("src/report/templates"), &mut all);
    all.retain(|(path, _)| {
        !path.ends_with(".css") && !path.contains("/word/styles") && !path.contains("/word/numbering")
    });
    assert!(all.len() > 8);
    for (path, text) in all {
        let bare = ["{{", "{%", "<style>", "<w:instrText", "<"];
        let ends = ["}}", "%}", "</style>", "</w:instrText>", ">"];
        let text = bare.iter().zip(ends).fold(text, |text, (begin, end)| without(&text, begin, end));
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).collect();
        assert!(words.is_empty(), "{path}: {words:?}");
    }
}

#[test]
fn phrases_that_a_finding_keeps_stand_where_they_are_made() {
    let table = std::fs::read_to_string(source("src/report/languages/en.tsv")).unwrap();
    let mut all = Vec::new();
    for folder in ["src/relation", "src/revision", "src/workbench"] {
        files(&source(folder), &mut all);
    }
    let made: String = all.into_iter().map(|(_, text)| text).collect();
    for row in table.lines().filter(|row| row.starts_with("desk.")) {
        let (key, words) = row.split_once('\t').unwrap();
        for part in words.split(['{', '}']).step_by(2).filter(|part| part.len() > 3) {
            assert!(made.contains(part), "{key}: nothing makes “{part}”");
        }
    }
    // What may explain a finding stands in its text: each of its phrases has a row.
    let explain = std::fs::read_to_string(source("src/relation/explain.rs")).unwrap();
    let innocent = explain.split("fn innocent(").nth(1).unwrap().split("\n}\n").next().unwrap();
    let phrases: Vec<&str> = innocent.split('"').skip(1).step_by(2).collect();
    assert!(phrases.len() > 8, "{phrases:?}");
    for phrase in phrases {
        assert!(table.contains(&format!("\t{phrase}\n")), "no row for “{phrase}”");
    }
}
