//! Long files of records are read in parts of whole records, so that a file of any size takes the memory of a few parts.

use super::files;
use super::sources::{Content, Source};
use crate::article::formats;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

/// Files up to this size are read at once.
const SHORT: u64 = 16 << 20;
/// How much of a file tells its format.
const HEAD: u64 = 1 << 20;
/// A part ends with the first record that ends after so many bytes.
const PART: usize = 4 << 20;

/// A long file, part by part.
#[derive(Debug)]
pub struct Parts {
    source: Source,
    lines: BufReader<File>,
    begins: fn(&[u8]) -> bool,
    /// The line that begins the next part.
    held: Vec<u8>,
    /// Records before it.
    records: usize,
    most: u64,
    ended: bool,
}

impl Parts {
    /// Opens a file that is long and made of records; `None` for any other, which is read at once.
    pub fn of(source: &Source, most: u64) -> Option<Self> {
        let Content::File(path) = &source.content else { return None };
        let mut file = File::open(path).ok()?;
        let about = file.metadata().ok()?;
        if !about.is_file() || about.len() <= SHORT {
            return None;
        }
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
        file.rewind().ok()?;
        let begins = formats::recognise(&head, &source.path).ok()?.records?;
        let (lines, source) = (BufReader::with_capacity(1 << 20, file), source.clone());
        Some(Self { source, lines, begins, held: Vec::new(), records: 0, most, ended: false })
    }

    /// The next part, or why the file cannot be read on; `None` at its end.
    pub fn next_part(&mut self) -> Option<Source> {
        if self.ended {
            return None;
        }
        let (mut bytes, first) = (std::mem::take(&mut self.held), self.records + 1);
        self.records += usize::from(!bytes.is_empty());
        let failed = loop {
            match files::line(&mut self.lines, self.most) {
                Ok(None) => {
                    self.ended = true;
                    break None;
                }
                Ok(Some(line)) => {
                    let begins = (self.begins)(&line);
                    if begins && bytes.len() >= PART {
                        self.held = line;
                        break None;
                    }
                    self.records += usize::from(begins);
                    if bytes.len() as u64 + line.len() as u64 > self.most.max(PART as u64) {
                        break Some(io::Error::from(io::ErrorKind::FileTooLarge));
                    }
                    bytes.extend(line);
                }
                Err(error) => break Some(error),
            }
        };
        let content = match failed {
            // After a record that is too long nothing tells where the next one begins.
            Some(error) => {
                self.ended = true;
                Content::Unreadable(format!("record {}: {error}", self.records.max(1)))
            }
            None if bytes.is_empty() => return None,
            None => Content::Part { bytes, first },
        };
        Some(Source { content, ..self.source.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Given;
    use std::io::Write;

    fn written(record: impl Fn(usize) -> String, count: usize) -> (tempfile::TempDir, Source) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        let mut file = io::BufWriter::new(File::create(&path).unwrap());
        for number in 1..=count {
            file.write_all(record(number).as_bytes()).unwrap();
        }
        file.flush().unwrap();
        let source = Source { path: "long".into(), content: Content::File(path), given: Given::default() };
        (folder, source)
    }

    fn parts(source: &Source) -> Vec<(Vec<u8>, usize)> {
        let mut parts = Parts::of(source, files::MOST).unwrap();
        let parts = std::iter::from_fn(|| parts.next_part()).map(|part| match part.content {
            Content::Part { bytes, first } => (bytes, first),
            other => panic!("{other:?}"),
        });
        parts.collect()
    }

    #[test]
    fn a_long_file_comes_in_parts_of_whole_records_and_nothing_is_lost() {
        let words = "The gates will hold, she said. ".repeat(300);
        let json = |number: usize| format!("{{\"title\": \"{number}\", \"text\": \"{words}\"}}\n");
        let mail = |number: usize| {
            format!(
                "From a@b.example Fri May  3 07:15:00 2024\nFrom: a@b.example\nTo: c\nSubject: {number}\n\n{words}\n\n"
            )
        };
        let records: [&dyn Fn(usize) -> String; 2] = [&json, &mail];
        for record in records {
            let (_folder, source) = written(record, 2_000);
            let parts = parts(&source);
            assert!(parts.len() > 3 && parts.iter().all(|(bytes, _)| bytes.len() < PART + 20_000));
            let whole: Vec<u8> = parts.iter().flat_map(|(bytes, _)| bytes.clone()).collect();
            assert_eq!(whole, (1..=2_000).map(record).collect::<String>().into_bytes());
            let begins = formats::recognise(&whole[..HEAD as usize], "long").unwrap().records.unwrap();
            let mut first = 1;
            for (bytes, told) in &parts {
                assert_eq!(*told, first);
                first += bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| begins(line)).count();
            }
        }
    }

    #[test]
    fn a_short_file_and_one_without_records_are_read_at_once() {
        let (_folder, short) = written(|number| format!("{{\"text\": \"{number}\"}}\n"), 10);
        assert!(Parts::of(&short, files::MOST).is_none());
        let (_folder, plain) = written(|_| "The gates will hold, she said.\n".repeat(100), 6_000);
        assert!(Parts::of(&plain, files::MOST).is_none());
    }
}
