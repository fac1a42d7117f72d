//! PDF: `pdf-extract` says where each letter stands; lines, columns and paragraphs are made of that here (`lines`, `flow`).
//!
//! The crate panics on some damaged files and knows no bounds, so it works in a thread of its own, whose panic is caught,
//! on files whose streams were measured before.

mod flow;
mod lines;

use super::{Body, Entry, Format, Input, Reading, html, office};
use crate::article::{BlockKind, ReadError};
use flate2::{Decompress, FlushDecompress, Status};
use lines::{Fault, Line, Lines};
use pdf_extract::{Document, Object};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

pub const FORMAT: Format = Format {
    name: "pdf",
    title: "PDF",
    fits: |bytes| bytes[..bytes.len().min(1_024)].windows(5).any(|five| five == b"%PDF-"),
    read,
    version: 1,
    records: None,
    keeps: "paragraphs over lines, columns and pages, headings; title, author and dates of its properties; no running \
            heads, no page numbers; of scanned pages nothing, which is said",
    sample: "tests/data/formats/document.pdf",
};

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that one stream in the file may unpack to: more than any page or font.
const LARGEST_STREAM: u64 = 128 << 20;
/// Bytes that all of them may unpack to.
const LARGEST: u64 = 1 << 30;
/// Stack for objects nested in objects.
const STACK: usize = 64 << 20;
/// The thread's name: the program says nothing of its panics, which are told as errors.
pub const THREAD: &str = "pdf";

/// What a file gives.
struct Found {
    lines: Vec<Line>,
    pages: usize,
    about: Reading,
}

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let broken = |reason: &str| ReadError::Broken {
        name: input.name.to_owned(),
        format: "a PDF",
        reason: format!("{reason}; save its text another way and load that"),
    };
    measure(input.bytes).map_err(|reason| broken(&reason))?;
    let Found { lines, pages, mut about } = guarded(input.bytes).map_err(|reason| broken(&reason))?;
    let pieces = flow::pieces(lines);
    if pieces.is_empty() {
        let reason = format!(
            "no text on its pages ({pages}), only pictures of it; recognise the text first (for example with `ocrmypdf`)"
        );
        return Err(ReadError::File { name: input.name.to_owned(), reason });
    }
    let headline = pieces.iter().take(6).find(|piece| piece.kind == BlockKind::Headline);
    about.title = about.title.or_else(|| headline.map(|piece| piece.text.clone()));
    about.body = Body::Blocks(pieces);
    Ok(vec![Ok(about)])
}

/// Unpacks every stream without keeping it.
///
/// # Errors
/// When one is larger than any page is, as in a bomb.
fn measure(bytes: &[u8]) -> Result<(), String> {
    let (mut at, mut all) = (0, 0u64);
    while let Some(found) = find(&bytes[at..], b"stream") {
        at += found + b"stream".len();
        let start = at + bytes[at..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if start == at || bytes.get(start).is_none_or(|first| first & 0x0f != 8) {
            continue;
        }
        let size = unpacked(&bytes[start..]);
        all += size;
        if size > LARGEST_STREAM || all > LARGEST {
            let most = if size > LARGEST_STREAM { LARGEST_STREAM } else { LARGEST } >> 20;
            return Err(format!("its {} bytes unpack to more than {most} MB, as a bomb does", bytes.len()));
        }
    }
    let twice = |at: usize| bytes[at..].trim_ascii_start().starts_with(b"/FlateDecode");
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"/FlateDecode") {
        at += found + b"/FlateDecode".len();
        if twice(at) {
            return Err("a stream in it is packed twice, as in a bomb".to_owned());
        }
    }
    Ok(())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// How many bytes a zlib stream gives; counted to a little more than [`LARGEST_STREAM`].
fn unpacked(stream: &[u8]) -> u64 {
    let (mut inflate, mut out) = (Decompress::new(true), vec![0; 64 << 10]);
    loop {
        let before = (inflate.total_in(), inflate.total_out());
        let Ok(at) = usize::try_from(before.0) else { return before.1 };
        let status = inflate.decompress(&stream[at..], &mut out, FlushDecompress::None);
        let stuck = (inflate.total_in(), inflate.total_out()) == before;
        if !matches!(status, Ok(Status::Ok)) || stuck || inflate.total_out() > LARGEST_STREAM {
            return inflate.total_out();
        }
    }
}

/// Reads in a thread that may panic or be left behind.
fn guarded(bytes: &[u8]) -> Result<Found, String> {
    let (sender, answer) = mpsc::channel();
    let halt = Arc::new(AtomicBool::new(false));
    let (owned, stop) = (bytes.to_vec(), Arc::clone(&halt));
    let work = move || {
        let found = std::panic::catch_unwind(|| lay_out(&owned, &stop));
        // Nobody waits any more when this fails.
        let _ = sender.send(found.unwrap_or_else(|_| Err("it is damaged".to_owned())));
    };
    let thread = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(work);
    thread.map_err(|error| error.to_string())?;
    answer.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        halt.store(true, Ordering::Relaxed);
        Err(format!("it takes longer than {} seconds", PATIENCE.as_secs()))
    })
}

fn lay_out(bytes: &[u8], halt: &AtomicBool) -> Result<Found, String> {
    let mut document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err("it is locked with a password".to_owned());
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let mut lines = Lines::new(halt);
    let (mut read, mut reason) = (0, None);
    for &page in &numbers {
        // One damaged page does not take the others along.
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&document, &mut lines, page)
        }));
        match done {
            Ok(Ok(())) => read += 1,
            Ok(Err(error)) => reason = Some(error.to_string()),
            Err(_) => reason = Some("it is damaged".to_owned()),
        }
        match lines.fault() {
            Some(Fault::TooLong) => return Err("it holds more text than any document".to_owned()),
            Some(Fault::Halted) => return Err("it was given up".to_owned()),
            None => {}
        }
    }
    let mut about = about(&document);
    if let Some(reason) = reason {
        if read == 0 {
            return Err(reason);
        }
        let left = numbers.len() - read;
        about.warnings.push(crate::article::Warning(format!("{left} of {} pages could not be read", numbers.len())));
    }
    Ok(Found { lines: lines.finish(), pages: numbers.len(), about })
}

/// What the properties say.
fn about(document: &Document) -> Reading {
    let info = document.trailer.get(b"Info").ok();
    let info = info.and_then(|info| document.dereference(info).ok()).and_then(|(_, info)| info.as_dict().ok());
    let word = |key: &[u8]| -> Option<String> {
        let (_, value) = document.dereference(info?.get(key).ok()?).ok()?;
        let Object::String(bytes, _) = value else { return None };
        let text = pdf_extract::decode_text_string(value).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into());
        Some(text.trim_matches(['\0', ' ']).to_owned()).filter(|text| !text.is_empty())
    };
    let day = |key: &[u8]| word(key).as_deref().and_then(date);
    Reading {
        title: word(b"Title").as_deref().and_then(office::real_title),
        authors: word(b"Author").map(|names| html::names(&names)).unwrap_or_default(),
        published: day(b"CreationDate"),
        updated: day(b"ModDate"),
        ..Reading::default()
    }
}

/// `D:20240503071500+02'00'`, the zone and the time as they may lack.
fn date(written: &str) -> Option<super::Moment> {
    let written = written.strip_prefix("D:").unwrap_or(written);
    let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to);
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let Some((hour, minute)) = part(8, 10).zip(part(10, 12)) else { return html::moment(&day) };
    let second = part(12, 14).unwrap_or("00");
    let zone = written[digits.len()..].replace('\'', "");
    let zone = match zone.split_at_checked(1) {
        Some((sign @ ("+" | "-"), rest)) if rest.len() >= 4 && rest.is_ascii() => {
            format!("{sign}{}:{}", &rest[..2], &rest[2..4])
        }
        Some(("Z", _)) => "+00:00".to_owned(),
        _ => String::new(),
    };
    html::moment(&format!("{day}T{hour}:{minute}:{second}{zone}")).or_else(|| html::moment(&day))
}
