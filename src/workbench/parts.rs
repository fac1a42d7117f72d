//! Long files of records are read in parts of whole records, so that a file of any size takes the memory of a few parts.

use super::files;
use super::sources::{Content, Source};
use crate::article::Part;
use crate::article::formats::{self, GROWTH, GZIP};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};

/// Files up to this size are read at once, and packed ones up to that.
const SHORT: u64 = 16 << 20;
const SHORT_PACKED: u64 = 4 << 20;
/// Bytes read from the disk at once.
const BUFFER: usize = 1 << 20;
/// How much of a file tells its format.
const HEAD: u64 = 1 << 20;
/// A part ends with the first record that ends after so many bytes.
const PART: usize = 4 << 20;

/// Files one after the other, long ones in parts.
#[derive(Debug)]
pub struct InParts {
    waiting: std::vec::IntoIter<Source>,
    at_hand: Option<Parts>,
    most: u64,
}

impl InParts {
    /// `most` are the bytes of a file, or of one record of a long one, that are read.
    pub fn of(sources: Vec<Source>, most: u64) -> Self {
        Self { waiting: sources.into_iter(), at_hand: None, most }
    }

    /// Returns how many files were not begun yet.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

impl Iterator for InParts {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            if let Some(part) = self.at_hand.as_mut().and_then(Parts::next_part) {
                return Some(part);
            }
            let source = self.waiting.next()?;
            self.at_hand = Parts::of(&source, self.most);
            if self.at_hand.is_none() {
                return Some(source);
            }
        }
    }
}

/// A long file, part by part.
pub struct Parts {
    source: Source,
    lines: Box<dyn BufRead + Send>,
    /// The formats that it is packed in.
    within: &'static [&'static str],
    begins: fn(&[u8]) -> bool,
    /// The line that begins the next part.
    held: Vec<u8>,
    /// Records before it.
    records: usize,
    most: u64,
    ended: bool,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { source, within, records, ended, .. } = self;
        let mut shown = f.debug_struct("Parts");
        shown.field("path", &source.path).field("within", within).field("records", records).field("ended", ended);
        shown.finish_non_exhaustive()
    }
}

impl Parts {
    /// Opens a file that is long and made of records; `None` for any other, which is read at once.
    pub fn of(source: &Source, most: u64) -> Option<Self> {
        let Content::File(path) = &source.content else { return None };
        let mut file = File::open(path).ok()?;
        let about = file.metadata().ok()?;
        if !about.is_file() || about.len() <= SHORT_PACKED {
            return None;
        }
        let mut magic = Vec::new();
        file.by_ref().take(2).read_to_end(&mut magic).ok()?;
        file.rewind().ok()?;
        let file = BufReader::with_capacity(BUFFER, file);
        let packed = (GZIP.fits)(&magic);
        let (mut rest, within): (Box<dyn BufRead + Send>, &[&str]) = match packed {
            true => (Box::new(BufReader::with_capacity(BUFFER, Gunzip::of(file, about.len()))), &[GZIP.name]),
            false if about.len() > SHORT => (Box::new(file), &[]),
            false => return None,
        };
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
        let begins = formats::recognise(&head, &source.path).ok()?.records?;
        let lines = Box::new(Cursor::new(head).chain(rest));
        let source = source.clone();
        Some(Self { source, lines, within, begins, held: Vec::new(), records: 0, most, ended: false })
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
            None => Content::Part { bytes, part: Part { first, within: self.within } },
        };
        Some(Source { content, ..self.source.clone() })
    }
}

/// A gzip file, of one or many parts, unpacked while it is read; bounded in how much it may grow.
struct Gunzip<R> {
    stream: MultiGzDecoder<R>,
    left: u64,
}

impl<R: BufRead> Gunzip<R> {
    /// Begins to unpack a file of so many bytes.
    fn of(packed: R, size: u64) -> Self {
        Self { stream: MultiGzDecoder::new(packed), left: size.saturating_mul(GROWTH) }
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        let Some(left) = self.left.checked_sub(read as u64) else {
            return Err(io::Error::other(format!(
                "it unpacks to more than {GROWTH} times its size, as a bomb does; unpack it by hand and load what you trust"
            )));
        };
        self.left = left;
        Ok(read)
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
            Content::Part { bytes, part } => (bytes, part.first),
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
    fn a_long_packed_file_comes_in_the_same_parts() {
        // Letters that gzip cannot make much of.
        let record = |number: usize| {
            let noise: String = (0..20_000u64)
                .map(|at| {
                    let mixed = (at + number as u64 * 20_000).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                    char::from(b'a' + (mixed % 26) as u8)
                })
                .collect();
            format!("{{\"title\": \"{number}\", \"text\": \"{noise}\"}}\n")
        };
        let (folder, plain) = written(record, 1_000);
        let path = folder.path().join("long.gz");
        let mut packed = flate2::write::GzEncoder::new(File::create(&path).unwrap(), flate2::Compression::fast());
        io::copy(&mut File::open(folder.path().join("long")).unwrap(), &mut packed).unwrap();
        packed.finish().unwrap();
        assert!(path.metadata().unwrap().len() > SHORT_PACKED);
        let source = Source { path: "long".into(), content: Content::File(path), given: Given::default() };
        assert_eq!(parts(&source), parts(&plain));
    }

    #[test]
    fn a_short_file_and_one_without_records_are_read_at_once() {
        let (_folder, short) = written(|number| format!("{{\"text\": \"{number}\"}}\n"), 10);
        assert!(Parts::of(&short, files::MOST).is_none());
        let (_folder, plain) = written(|_| "The gates will hold, she said.\n".repeat(100), 6_000);
        assert!(Parts::of(&plain, files::MOST).is_none());
    }
}
