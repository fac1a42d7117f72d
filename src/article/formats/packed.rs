//! Files inside files, unpacked within agreed bounds: so much in all, so many, so deep, and none that swells like a bomb.

use super::ReadError;
use std::cell::Cell;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes that one file may give, unpacked, with all that is nested in it.
const MOST: u64 = 256 << 20;
/// Files that one file may hold, with all that is nested in it.
const MEMBERS: usize = 20_000;
/// Archives within archives.
const DEEPEST: usize = 3;
/// A file that unpacks to more than `SMALL` may not grow by more than this; news pages grow tenfold at most.
pub const GROWTH: u64 = 200;
const SMALL: u64 = 8 << 20;

/// What is left to be unpacked of one file.
#[derive(Debug)]
pub struct Room {
    bytes: Cell<u64>,
    members: Cell<usize>,
    depth: Cell<usize>,
}

impl Default for Room {
    fn default() -> Self {
        Self { bytes: Cell::new(MOST), members: Cell::new(MEMBERS), depth: Cell::new(0) }
    }
}

impl Room {
    /// Reads a file within the file at hand; the room below it is one floor less.
    ///
    /// # Errors
    /// When archives are nested deeper than agreed.
    pub fn below<T>(&self, name: &str, read: impl FnOnce() -> T) -> Result<T, ReadError> {
        if self.depth.get() == DEEPEST {
            return Err(too_much(name, format!("archives are nested in it more than {DEEPEST} deep")));
        }
        self.depth.set(self.depth.get() + 1);
        let done = read();
        self.depth.set(self.depth.get() - 1);
        Ok(done)
    }

    /// Counts one file of an archive.
    ///
    /// # Errors
    /// When there are more than agreed.
    pub(super) fn member(&self, name: &str) -> Result<(), ReadError> {
        let left = self.members.get().checked_sub(1);
        self.members.set(left.ok_or_else(|| too_much(name, format!("it holds more than {MEMBERS} files")))?);
        Ok(())
    }

    /// Reads a stream that gives more bytes than it takes from `packed` bytes.
    ///
    /// # Errors
    /// When it is damaged, or gives more than there is room for, with the figure.
    pub(super) fn unpack(&self, stream: impl Read, packed: u64, name: &str) -> Result<Vec<u8>, ReadError> {
        let growth = packed.saturating_mul(GROWTH).max(SMALL);
        let most = growth.min(self.bytes.get());
        let mut out = Vec::new();
        let read = stream.take(most + 1).read_to_end(&mut out);
        if out.len() as u64 > most {
            let reason = if growth <= self.bytes.get() {
                format!("{packed} bytes of it unpack to more than {most}, as a bomb does")
            } else {
                format!("it unpacks to more than {} MB in all", MOST >> 20)
            };
            return Err(too_much(name, reason));
        }
        read.map_err(|error| damaged(name, &error))?;
        self.bytes.set(self.bytes.get() - out.len() as u64);
        Ok(out)
    }
}

fn too_much(name: &str, reason: String) -> ReadError {
    ReadError::File { name: name.to_owned(), reason: format!("{reason}; unpack it by hand and load what you trust") }
}

fn damaged(name: &str, error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Broken { name: name.to_owned(), format: "an archive", reason: error.to_string() }
}

/// A ZIP archive, which office files and books are too.
pub(super) struct Zip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    name: &'a str,
    room: &'a Room,
}

impl<'a> Zip<'a> {
    /// # Errors
    /// When its list of files cannot be read.
    pub(super) fn open(bytes: &'a [u8], name: &'a str, room: &'a Room) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, &error))?;
        Ok(Self { archive, name, room })
    }

    /// The names of its files, in its order, without folders.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().flatten().map(std::borrow::Cow::into_owned);
        names.filter(|name| !name.ends_with('/')).collect()
    }

    /// Unpacks the file of that name.
    ///
    /// # Errors
    /// When it is not there, damaged, encrypted, or too large.
    pub(super) fn file(&mut self, member: &str) -> Result<Vec<u8>, ReadError> {
        let inner = format!("{}:{}", self.name, plain_path(member));
        let file = self.archive.by_name(member).map_err(|error| damaged(&inner, &error))?;
        let packed = file.compressed_size();
        self.room.unpack(file, packed, &inner)
    }
}

/// Tells whether bytes are a ZIP archive that holds a file of this name, and that the file begins so.
pub(super) fn zip_holds(bytes: &[u8], member: &str, begins: &[u8]) -> bool {
    if !is_zip(bytes) {
        return false;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(file) = archive.by_name(member) else { return false };
    let mut head = Vec::new();
    begins.is_empty() || file.take(begins.len() as u64).read_to_end(&mut head).is_ok() && head == begins
}

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The path of a file in an archive as it is shown: no way up or to the root, no backslashes, no control characters. It
/// is only ever shown; nothing is written under it.
pub(super) fn plain_path(path: &str) -> String {
    let path: String = path.chars().filter(|c| !c.is_control()).map(|c| if c == '\\' { '/' } else { c }).collect();
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    parts.join("/")
}

/// Unpacks gzip, of one or many parts.
///
/// # Errors
/// When it is damaged or too large.
pub fn gunzip(bytes: &[u8], name: &str, room: &Room) -> Result<Vec<u8>, ReadError> {
    room.unpack(flate2::read::MultiGzDecoder::new(bytes), bytes.len() as u64, name)
}

/// Unpacks a zlib stream, or bare deflate as some servers send it.
///
/// # Errors
/// When it is damaged or too large.
pub(super) fn inflate(bytes: &[u8], name: &str, room: &Room) -> Result<Vec<u8>, ReadError> {
    let packed = bytes.len() as u64;
    room.unpack(flate2::read::ZlibDecoder::new(bytes), packed, name)
        .or_else(|_| room.unpack(flate2::read::DeflateDecoder::new(bytes), packed, name))
}

/// Calls `take` with the path and the bytes of each file of a tar archive.
///
/// # Errors
/// When it is damaged or holds too much; what was read before was handed over.
pub(super) fn untar(
    bytes: &[u8],
    name: &str,
    room: &Room,
    mut take: impl FnMut(String, Vec<u8>),
) -> Result<(), ReadError> {
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    for entry in archive.entries().map_err(|error| damaged(name, &error))? {
        let entry = entry.map_err(|error| damaged(name, &error))?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        room.member(name)?;
        let path = plain_path(&String::from_utf8_lossy(&entry.path_bytes()));
        let size = entry.size();
        let inner = format!("{name}:{path}");
        take(path, room.unpack(entry, size, &inner)?);
    }
    Ok(())
}
