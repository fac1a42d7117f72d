//! Files that a command reads: the paths a person names, folders walked through in order, and JSON lines.

use crate::article::Mapping;
use crate::article::formats::first_fields;
use crate::commands::Session;
use crate::commands::error::CommandError;
use crate::factcheck::gives_claims;
use crate::workbench::files::{self, is_regular, line};
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Endings that are no articles when a folder is walked, and are told as passed over: databases and pictures.
const NO_ARTICLES: [&str; 6] = ["db", "sqlite", "png", "jpg", "jpeg", "gif"];

/// Tables and records in a folder may as well be metadata, claims or checks: those that are articles by their fields are read.
const RECORDS: [&str; 4] = ["tsv", "csv", "json", "jsonl"];

/// So much of such a file is looked at.
const HEAD: u64 = 1 << 20;

/// Scripts of ours.
const SCRIPT: &str = "onrecord";

/// A file to read, or a path that could not be followed.
#[derive(Debug)]
pub enum Found {
    File(PathBuf),
    Failed {
        path: PathBuf,
        reason: String,
    },
    /// In a folder, and no article by its name or its fields.
    Passed(PathBuf),
}

/// Lists the files behind the paths: files as they are, folders walked through in order of name, hidden entries and
/// files that are plainly no articles left out; `fields` tells what records of articles look like. A symbolic link to a folder
/// is not followed within a folder.
pub fn files(paths: &[PathBuf], fields: &Mapping) -> Vec<Found> {
    let mut out = Vec::new();
    for path in paths {
        if path.is_dir() { walk(path, fields, &mut out) } else { out.push(Found::File(path.clone())) }
    }
    out
}

fn walk(folder: &Path, fields: &Mapping, out: &mut Vec<Found>) {
    let entries = match fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>()) {
        Ok(entries) => entries,
        Err(error) => {
            return out.push(Found::Failed { path: folder.to_owned(), reason: files::told(&error) });
        }
    };
    let mut entries: Vec<_> = entries.into_iter().map(|entry| (entry.path(), entry.file_type())).collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let ending = ending.as_deref();
        match kind {
            _ if hidden => {}
            Ok(kind) if kind.is_dir() => walk(&path, fields, out),
            Ok(_) if ending == Some(SCRIPT) => {}
            Ok(_) if ending.is_some_and(|ending| NO_ARTICLES.contains(&ending)) => out.push(Found::Passed(path)),
            Ok(_) if !is_regular(&path) => {
                out.push(Found::Failed { path, reason: "no regular file: passed over".to_owned() });
            }
            Ok(_) if ending.is_some_and(|ending| RECORDS.contains(&ending)) && !holds_articles(&path, fields) => {
                out.push(Found::Passed(path));
            }
            Ok(_) => out.push(Found::File(path)),
            Err(error) => out.push(Found::Failed { path, reason: error.to_string() }),
        }
    }
}

/// Tells whether the records of a file are articles by the names of their fields. One that cannot be read is taken for some, so
/// that what is wrong with it is told.
fn holds_articles(path: &Path, fields: &Mapping) -> bool {
    let mut head = Vec::new();
    if fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_err() {
        return true;
    }
    let names = first_fields(&head);
    let there: Vec<&str> = names.iter().map(String::as_str).collect();
    fields.gives_articles(&there) && !gives_claims(&there)
}

/// Says how many files of folders were passed over, and which; nothing when there were none.
pub fn passed_over(passed: &[String]) -> Option<String> {
    let named = passed.iter().take(SAID).map(String::as_str).collect::<Vec<_>>().join(", ");
    let told = match passed.len() {
        0 => return None,
        1 => format!("1 file passed over as no article: {named}; name it to read it"),
        all if all > SAID => {
            format!("{all} files passed over as no articles: {named} and {} more; name one to read it", all - SAID)
        }
        all => format!("{all} files passed over as no articles: {named}; name one to read it"),
    };
    Some(told)
}

/// Opens a file for reading, `-` being standard input.
///
/// # Errors
/// When there is no such file or it may not be read, and for standard input while a script is read from it.
pub fn open(session: &Session, path: &Path) -> Result<Box<dyn BufRead>, CommandError> {
    if path.as_os_str() == "-" {
        session.input_is_free()?;
        return Ok(Box::new(io::stdin().lock()));
    }
    if path.is_dir() {
        return Err(CommandError::failed(format!("{} is a folder", path.display())).with_hint("name a file in it"));
    }
    match fs::File::open(path) {
        Ok(file) => Ok(Box::new(BufReader::new(file))),
        Err(error) => Err(CommandError::file(path, &error)),
    }
}

/// Reads a file of JSON lines, one record a line within the bounds of the session; empty lines are passed over.
///
/// # Errors
/// A line that is longer, and the first line that is no such record, by its number.
pub fn json_lines<T: serde::de::DeserializeOwned>(session: &Session, path: &Path) -> Result<Vec<T>, CommandError> {
    let most = session.max_size();
    let mut out = Vec::new();
    let mut lines = open(session, path)?;
    for number in 0.. {
        let Some(line) = line(&mut lines, most).map_err(|error| CommandError::file(path, &error))? else { break };
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record = serde_json::from_slice(&line).map_err(|error| {
            CommandError::failed(format!("{}:{}: {error}", path.display(), number + 1))
                .with_hint("each line of the file is one JSON object")
        })?;
        out.push(record);
    }
    Ok(out)
}

/// Warnings of one kind that are said one by one; of more only the first, with their number.
const SAID: usize = 3;

/// Puts warnings of many files into few lines: where more than three differ only in their figures, the first and a count.
pub fn condensed(warnings: Vec<(String, String)>) -> Vec<String> {
    let mut kinds: Vec<(String, Vec<String>)> = Vec::new();
    for (path, text) in warnings {
        let kind: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        let said = format!("{path}: {text}");
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, all)) => all.push(said),
            None => kinds.push((kind, vec![said])),
        }
    }
    let lines = kinds.into_iter().flat_map(|(_, mut all)| {
        let more = all.len() - 1;
        if all.len() > SAID {
            all.truncate(1);
            all[0].push_str(&format!(" (and so for {more} more files)"));
        }
        all
    });
    lines.collect()
}

/// An id as a file writes it: text or a number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Key {
    Text(String),
    Number(i64),
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_in_a_folder_are_read_where_their_fields_are_those_of_articles_and_told_of_where_not() {
        let folder = tempfile::tempdir().unwrap();
        for (name, words) in [
            ("a.csv", "id,headline,published,body\n1,Bridge,2025-04-01,It is shut."),
            ("b.jsonl", "{\"headline\": \"Bridge\", \"content\": \"It is shut.\"}\n{"),
            ("c.json", "{\"articles\": [{\"title\": \"Bridge\", \"text\": \"It is shut.\"}]}"),
            ("d.json", "[{\"title\": \"Bridge\", \"text\": \"It is shut.\"}, {\"title\": \"It bre"),
            ("e.txt", "It is shut."),
            ("q_checks.jsonl", "{\"title\": \"Bridge\", \"text\": \"It is shut\", \"rating\": \"false\"}"),
            ("r_claims.csv", "title,text,speaker\nBridge,It is shut,Ada Brook"),
            ("s_metadata.tsv", "file\tdate\ttitle\na.txt\t2025-04-01\tBridge"),
            ("t_settings.json", "{\"width\": 90}"),
            ("u_empty.json", ""),
            ("v_picture.png", "It is shut."),
            (".hidden.csv", "title,text\nBridge,It is shut"),
        ] {
            fs::write(folder.path().join(name), words).unwrap();
        }
        let found = |fields: &str| {
            let (mut read, mut passed) = (Vec::new(), Vec::new());
            for one in files(&[folder.path().to_owned()], &fields.parse().unwrap()) {
                match one {
                    Found::File(path) => read.push(path.file_name().unwrap().to_string_lossy().into_owned()),
                    Found::Passed(path) => passed.push(path.file_name().unwrap().to_string_lossy().into_owned()),
                    Found::Failed { path, reason } => panic!("{path:?}: {reason}"),
                }
            }
            (read, passed)
        };
        let (read, passed) = found("");
        assert_eq!(read, ["a.csv", "b.jsonl", "c.json", "d.json", "e.txt"]);
        assert_eq!(passed.len(), 6, "{passed:?}");
        assert!(passed_over(&passed).unwrap().starts_with("6 files passed over as no articles: q_checks.jsonl, "));
        // A field that a person names for the text is one.
        assert_eq!(found("text=title,title=file").0.last().unwrap(), "s_metadata.tsv");
    }
}
