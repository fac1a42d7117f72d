//! Reading what a person names without being held up or filled up: only as much as was agreed, and within folders only
//! regular files.

use std::fs::{self, File};
use std::io::{self, BufRead, Read};
use std::path::Path;

/// Bytes of a file, or of one line, that are read unless more are allowed.
pub const MOST: u64 = 64 << 20;
/// Bytes of a small file: a scale, settings.
pub const SMALL: u64 = 1 << 20;

/// Says in plain words why a file could not be read or written.
pub fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it: check who owns it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_owned(),
    }
}

/// Tells whether a path leads to a regular file, through links too: a pipe would be waited for, a device has no end.
pub fn is_regular(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file())
}

/// Reads a whole file of at most `most` bytes.
///
/// # Errors
/// When it cannot be read, or is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // A sparse file tells its size; a device has none, and ends at the limit.
    if file.metadata()?.len() > most {
        return Err(too_large(most));
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// Reads a small regular file as text.
///
/// # Errors
/// When it is no regular file of UTF-8, is too large, or cannot be read.
pub fn read_text(path: &Path) -> io::Result<String> {
    // Asked before it is opened: opening a pipe waits for its writer.
    if fs::metadata(path)?.is_file() {
        return String::from_utf8(read(path, SMALL)?)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error));
    }
    Err(io::Error::other("it is no regular file"))
}

/// Reads the next line, its end included, of at most `most` bytes; nothing at the end of the input.
///
/// # Errors
/// When it cannot be read, or is longer.
pub fn line(input: &mut impl BufRead, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if input.take(most.saturating_add(1)).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(Some(bytes)) }
}

/// Reads the lines of a file; after one that is too long nothing tells where the next begins, so it is the last.
pub fn lines(input: &mut impl BufRead, most: u64) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    let mut ended = false;
    std::iter::from_fn(move || {
        let next = if ended { None } else { line(input, most).transpose() };
        ended = !matches!(next, Some(Ok(_)));
        next
    })
}

fn too_large(most: u64) -> io::Error {
    let size = match most {
        mega if mega >= 1 << 20 && mega.is_multiple_of(1 << 20) => format!("{} MB", mega >> 20),
        kilo if kilo >= 1 << 10 && kilo.is_multiple_of(1 << 10) => format!("{} KB", kilo >> 10),
        bytes => format!("{bytes} bytes"),
    };
    io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {size} (--max-size allows more)"))
}

/// Reads a size as people write it: `500K`, `64M`, `2G`, or bytes.
pub fn size(written: &str) -> Option<u64> {
    let written = written.trim();
    let (digits, unit) = written.split_at(written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len()));
    let shift = match unit.trim().to_ascii_uppercase().trim_end_matches('B') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(1 << shift).filter(|size| *size > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (written, bytes) in [("500", 500), ("64M", 64 << 20), ("2 gb", 2 << 30), ("1k", 1024)] {
            assert_eq!(size(written), Some(bytes), "{written}");
        }
        for bad in ["", "M", "-1", "0", "12 parsecs", "99999999999G"] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_line_or_file_without_end_is_given_up() {
        let mut endless = io::BufReader::new(io::repeat(0));
        assert_eq!(line(&mut endless, 1000).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        let mut two = &b"one\ntwo"[..];
        assert_eq!(line(&mut two, 4).unwrap().unwrap(), b"one\n");
        assert_eq!(line(&mut two, 4).unwrap().unwrap(), b"two");
        assert!(line(&mut two, 4).unwrap().is_none());
    }
}
