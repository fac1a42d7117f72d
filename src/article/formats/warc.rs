//! Web archives (WARC): each page that a server gave, with its address, read as if it had been saved.

use super::archive::Members;
use super::packed;
use super::{Body, Entry, Format, Input, Reading};
use crate::article::{ReadError, Warning};
use encoding_rs::{Encoding, UTF_8};

pub const FORMAT: Format = Format {
    name: "warc",
    title: "web archive (WARC, .warc.gz)",
    fits: |bytes| bytes.starts_with(b"WARC/"),
    read,
    version: 1,
    records: None,
    keeps: "each page, feed or document with its address, read by its own format; no pictures, scripts, styles",
    sample: "tests/data/formats/crawl.warc",
};

/// Bytes of the head of a record or of an answer.
const HEAD: usize = 64 << 10;

/// Kinds of answers that may be articles.
const READ: [&str; 9] = ["text/html", "xhtml", "pdf", "rss", "atom", "text/plain", "json", "xml", "officedocument"];

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let (mut members, mut rest) = (Members::default(), input.bytes);
    while let Some(start) = rest.windows(5).position(|five| five == b"WARC/") {
        rest = &rest[start..];
        let Some((head, body)) = head(rest) else {
            members.entries.push(Err(cut(input.name)));
            break;
        };
        let length = field(head, "Content-Length").and_then(|length| length.parse::<usize>().ok());
        let Some(record) = length.and_then(|length| body.get(..length)) else {
            members.entries.push(Err(cut(input.name)));
            break;
        };
        rest = &body[record.len()..];
        let target = field(head, "WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let Some(target) = target.filter(|target| target.starts_with("http")) else { continue };
        let answer = match field(head, "WARC-Type").unwrap_or_default().as_str() {
            "response" => Answer::of(record),
            "resource" => Some(Answer { head: head.to_owned(), status: 200, body: record }),
            _ => None,
        };
        let Some(answer) = answer.filter(|answer| answer.status == 200) else { continue };
        input.room.member(input.name)?;
        let kind = field(&answer.head, "Content-Type").unwrap_or_default().to_ascii_lowercase();
        if !(kind.is_empty() || READ.iter().any(|known| kind.contains(known))) || answer.body.is_empty() {
            members.passed.push(target);
            continue;
        }
        members.entries.push(answer.reading(&kind, target, input));
    }
    Ok(members.finish(input.name))
}

fn cut(name: &str) -> ReadError {
    let reason = "its last record is cut off; what stands before it was read".to_owned();
    ReadError::Broken { name: name.to_owned(), format: "a web archive", reason }
}

/// The head of a record, and what comes after its blank line.
fn head(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let within = &bytes[..bytes.len().min(HEAD)];
    let (end, gap) = [&b"\r\n\r\n"[..], b"\n\n"]
        .into_iter()
        .filter_map(|gap| within.windows(gap.len()).position(|window| window == gap).map(|at| (at, gap.len())))
        .min()?;
    let head = &bytes[..end];
    let head = head.utf8_chunks().next().map(|chunk| chunk.valid()).unwrap_or_default();
    Some((head, &bytes[end + gap..]))
}

fn field(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(known, _)| known.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

/// What a server answered.
struct Answer<'a> {
    head: String,
    status: u16,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    fn of(record: &'a [u8]) -> Option<Self> {
        let (head, body) = head(record)?;
        let status = head.lines().next()?.split_whitespace().nth(1)?.parse().ok()?;
        Some(Self { head: head.to_owned(), status, body })
    }

    /// The answer as a file with its address.
    fn reading(&self, kind: &str, target: String, input: &Input<'_>) -> Entry {
        let name = format!("{}:{target}", input.name);
        let chunked = field(&self.head, "Transfer-Encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"));
        let whole = if chunked { joined(self.body) } else { self.body.to_vec() };
        let packed = field(&self.head, "Content-Encoding").unwrap_or_default().to_ascii_lowercase();
        let bytes = match packed.as_str() {
            // Some crawlers unpack the body and leave the head as it was.
            "gzip" | "x-gzip" if whole.starts_with(b"\x1f\x8b") => packed::gunzip(&whole, &name, input.room)?,
            "deflate" => packed::inflate(&whole, &name, input.room).unwrap_or(whole),
            "br" | "zstd" => {
                let reason =
                    format!("it is packed with {packed}, which is not read; save the page itself and load that");
                return Err(ReadError::File { name, reason });
            }
            _ => whole,
        };
        let original = bytes.clone();
        let mut warnings = Vec::new();
        let bytes = decoded(kind, bytes, &mut warnings);
        Ok(Reading {
            body: Body::File(bytes),
            original: Some(original),
            member: Some(target.clone()),
            url: Some(target),
            warnings,
            ..Reading::default()
        })
    }
}

/// Puts the chunks of a body together; what is no chunk ends it.
fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    while let Some(end) = body.iter().take(64).position(|byte| *byte == b'\n') {
        let size = String::from_utf8_lossy(&body[..end]);
        let size = size.trim().split(';').next().and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else { break };
        let chunk = &body[end + 1..];
        out.extend_from_slice(&chunk[..size.min(chunk.len())]);
        body = chunk.get(size..).unwrap_or_default();
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
    if out.is_empty() { body.to_vec() } else { out }
}

/// A page in the encoding that the server told, where nothing in the page tells one.
fn decoded(kind: &str, bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> Vec<u8> {
    let told = kind.split_once("charset=").map(|(_, label)| label.trim_matches(['"', '\'', ' ']).to_owned());
    let Some(encoding) = told.and_then(|label| Encoding::for_label(label.as_bytes())) else { return bytes };
    let says = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_ascii_lowercase().contains("charset=");
    if encoding == UTF_8 || says || !kind.contains("text") || std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let (text, _, malformed) = encoding.decode(&bytes);
    if malformed {
        warnings.push(Warning(format!("some bytes do not fit {}; they show as \u{fffd}", encoding.name())));
    }
    text.into_owned().into_bytes()
}
