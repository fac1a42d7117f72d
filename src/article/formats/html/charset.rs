//! The encoding of a page: a byte order mark, valid UTF-8, what its `meta` says, then a guess.

use crate::article::{ReadError, Warning, decode};
use encoding_rs::{Encoding, UTF_8};

/// How far into a page its `meta charset` is looked for.
const HEAD: usize = 4_096;

/// Decodes a page.
///
/// # Errors
/// [`ReadError`] when the bytes are no text, or nothing but white space.
pub(super) fn decode(bytes: &[u8], name: &str, warnings: &mut Vec<Warning>) -> Result<String, ReadError> {
    if Encoding::for_bom(bytes).is_none()
        && let Some(encoding) = declared(&bytes[..bytes.len().min(HEAD)])
        && encoding != UTF_8
        && (!encoding.is_ascii_compatible() || std::str::from_utf8(bytes).is_err())
        && encoding.output_encoding() == encoding
    {
        let (text, _, malformed) = encoding.decode(bytes);
        if malformed {
            warnings.push(Warning(format!("some bytes do not fit {}; they show as \u{fffd}", encoding.name())));
        }
        return Ok(text.into_owned());
    }
    decode::decode(bytes, name, warnings)
}

fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}
