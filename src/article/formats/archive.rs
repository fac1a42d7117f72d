//! Archives: each file in them goes through the table of formats by itself. Nothing is written anywhere.

use super::packed::{self, Zip};
use super::{Body, Entry, Format, Input, Reading, refused};
use crate::article::{ReadError, Warning};

pub const ZIP: Format = Format {
    name: "zip",
    title: "archive (ZIP, WACZ)",
    fits: packed::is_zip,
    read: read_zip,
    version: 1,
    records: None,
    keeps: "each file in it that can be read, as an article of its own; at most 256 MB, 20,000 files, 3 archives deep",
    sample: "tests/data/formats/archive.zip",
};

pub const TAR: Format = Format {
    name: "tar",
    title: "archive (tar)",
    fits: |bytes| bytes.get(257..262) == Some(b"ustar"),
    read: read_tar,
    version: 1,
    records: None,
    keeps: "as ZIP",
    sample: "tests/data/formats/archive.tar.gz",
};

pub const GZIP: Format = Format {
    name: "gzip",
    title: "compressed file (.gz, .tar.gz, .warc.gz)",
    fits: |bytes| bytes.starts_with(b"\x1f\x8b"),
    read: read_gzip,
    version: 1,
    records: None,
    keeps: "what is in it, by its own format",
    sample: "tests/data/formats/archive.tar.gz",
};

/// Endings of files that stand beside articles: how a page looks, what a crawler noted.
const BESIDE: [&str; 24] = [
    "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "ico", "svg", "png", "jpg", "jpeg", "gif", "webp",
    "avif", "mp3", "mp4", "webm", "cdx", "cdxj", "idx", "db",
];

fn read_gzip(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let bytes = packed::gunzip(input.bytes, input.name, input.room)?;
    Ok(vec![Ok(Reading { body: Body::File(bytes), ..Reading::default() })])
}

fn read_tar(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let mut members = Members::default();
    let done = packed::untar(input.bytes, input.name, input.room, |path, bytes| members.add(path, Ok(bytes)));
    if let Err(error) = done {
        members.entries.push(Err(error));
    }
    Ok(members.finish(input.name))
}

fn read_zip(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    for (part, format) in [("xl/workbook.xml", "an Excel workbook"), ("ppt/presentation.xml", "a set of slides")] {
        if packed::zip_holds(input.bytes, part, b"") {
            let remedy = "save its texts as CSV or a text document and load that";
            return Err(ReadError::Unread { name: input.name.to_owned(), format, remedy });
        }
    }
    let mut zip = Zip::open(input.bytes, input.name, input.room)?;
    let mut names = zip.names();
    // In a web archive the pages are in its WARC files; the rest is about them.
    let wacz = names.iter().any(|name| name == "datapackage.json")
        && names.iter().any(|name| name.starts_with("archive/") && name.contains(".warc"));
    if wacz {
        names.retain(|name| name.starts_with("archive/"));
    }
    names.sort();
    let mut members = Members::default();
    for name in names {
        input.room.member(input.name)?;
        let path = packed::plain_path(&name);
        if stands_beside(&path) {
            members.passed.push(path);
            continue;
        }
        let bytes = zip.file(&name);
        members.add(path, bytes);
    }
    Ok(members.finish(input.name))
}

fn stands_beside(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    name.starts_with('.')
        || path.starts_with("__MACOSX/")
        || ending.is_some_and(|ending| BESIDE.contains(&ending.as_str()))
}

/// The files of an archive: those to read, and those passed over, which are told once.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub entries: Vec<Entry>,
    pub passed: Vec<String>,
}

impl Members {
    /// Takes a file by its path within the archive.
    fn add(&mut self, path: String, bytes: Result<Vec<u8>, ReadError>) {
        match bytes {
            Ok(bytes) if stands_beside(&path) || bytes.is_empty() || refused::shows_or_sounds(&bytes) => {
                self.passed.push(path);
            }
            Ok(bytes) => {
                let reading = Reading { body: Body::File(bytes), member: Some(path), ..Reading::default() };
                self.entries.push(Ok(reading));
            }
            Err(error) => self.entries.push(Err(error)),
        }
    }

    /// All that is to be read; the first article tells what was passed over.
    pub(super) fn finish(mut self, name: &str) -> Vec<Entry> {
        let count = self.passed.len();
        let named = self.passed.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if count > 3 { ", …" } else { "" };
        if self.entries.is_empty() {
            let reason = match count {
                0 => "it holds no file".to_owned(),
                _ => format!("it holds no article, only {named}{more}"),
            };
            self.entries.push(Err(ReadError::File { name: name.to_owned(), reason }));
        } else if count > 0
            && let Some(first) = self.entries.iter_mut().flatten().next()
        {
            first.warnings.push(Warning(format!("passed over in {name} as no articles ({count}): {named}{more}")));
        }
        self.entries
    }
}
