//! Bytes become text: UTF-8 where it is valid, a declared UTF-16, else a detected encoding with a warning.
//!
//! Binary data is refused; control characters inside text are kept (offsets must hold) and only warned about.

use super::{ReadError, Warning};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell text from binary data.
const SAMPLE: usize = 8_192;

/// Decodes the bytes of a file; a byte order mark is not part of the text.
///
/// # Errors
/// [`ReadError::Binary`] when the bytes are no text, [`ReadError::Empty`] when no letter and no digit is in them.
pub fn decode(bytes: &[u8], name: &str, warnings: &mut Vec<Warning>) -> Result<String, ReadError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => with(encoding, bytes, warnings),
        _ if is_binary(bytes) => return Err(ReadError::Binary(name.to_owned())),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(error) => with(detect(bytes, error, warnings), bytes, warnings),
        },
    };
    if !text.contains(char::is_alphanumeric) {
        return Err(ReadError::Empty(name.to_owned()));
    }
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        warnings.push(Warning("the text holds control characters; they are kept and shown escaped".into()));
    }
    warnings.extend(garbled(&text));
    Ok(text)
}

/// Tells of UTF-8 that was once read as Windows-1252 and written down so: "Ã©" for "é". The text stays as it is, so that offsets hold.
fn garbled(text: &str) -> Option<Warning> {
    let mut seen: Option<(String, String)> = None;
    let mut times = 0_usize;
    let mut from = 0;
    while let Some(at) = text[from..].find(['Ã', 'Â', 'â']).map(|at| from + at) {
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        // The mark that a word in capitals may have behind its "Â" is no part of a letter.
        let length = if text[at..].starts_with('â') { 3 } else { 2 };
        let odd: String = text[at..].chars().take(length).collect();
        let (bytes, _, unknown) = encoding_rs::WINDOWS_1252.encode(&odd);
        let meant = std::str::from_utf8(&bytes).ok().filter(|meant| !unknown && meant.chars().count() == 1);
        let quoted = length == 2 && odd.ends_with(['“', '”', '‘', '’', '–', '—', '…']);
        if let Some(meant) = meant.filter(|_| !quoted) {
            times += 1;
            seen.get_or_insert_with(|| (odd.clone(), meant.to_owned()));
        }
    }
    let (odd, meant) = seen?;
    let places = if times == 1 { "one place".to_owned() } else { format!("{times} places") };
    Some(Warning(format!(
        "letters are garbled in {places}, “{odd}” stands for “{meant}”: the file was read in a wrong encoding before it was saved; \
         load it from its source, or repaired"
    )))
}

/// Puts text in the charset that its server named into UTF-8 with a byte order mark; nothing where the bytes tell better
/// themselves, are no text, or the charset is not known.
pub fn as_sent(bytes: &[u8], charset: &str) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(charset.as_bytes())?;
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let told = Encoding::for_bom(bytes).is_some() || (!wide && std::str::from_utf8(bytes).is_ok());
    if told || encoding == UTF_8 || bytes.starts_with(b"%PDF") || (!wide && is_binary(bytes)) {
        return None;
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Some(["\u{feff}".as_bytes(), text.as_bytes()].concat())
}

/// A NUL byte, or more than one control byte in ten, is no text.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let odd = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    sample.contains(&0) || odd * 10 > sample.len()
}

/// Names the encoding of bytes that are not valid UTF-8. A few broken bytes in UTF-8 stay UTF-8.
fn detect(bytes: &[u8], error: std::str::Utf8Error, warnings: &mut Vec<Warning>) -> &'static Encoding {
    let good = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    let bad = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    if good > 4 * bad {
        warnings.push(Warning(format!(
            "{bad} places are not valid UTF-8 (the first at byte {}); they show as \u{fffd}",
            error.valid_up_to()
        )));
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    warnings.push(Warning(format!("the file is not UTF-8; it was read as {}", encoding.name())));
    encoding
}

fn with(encoding: &'static Encoding, bytes: &[u8], warnings: &mut Vec<Warning>) -> String {
    let (text, _, malformed) = encoding.decode(bytes);
    if malformed && encoding != UTF_8 {
        warnings.push(Warning(format!("some bytes do not fit {}; they show as \u{fffd}", encoding.name())));
    }
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, &str>, warned: &str) {
        let mut warnings = Vec::new();
        let found = decode(bytes, "a.txt", &mut warnings).map_err(|error| error.to_string());
        match expected {
            Ok(text) => assert_eq!(found.as_deref(), Ok(text)),
            Err(part) => assert!(found.as_ref().is_err_and(|error| error.contains(part)), "{found:?}"),
        }
        let all = warnings.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join("; ");
        assert!(all.contains(warned) && (warned.is_empty() == all.is_empty()), "{all}");
    }

    #[test]
    fn garbled_letters_are_told_and_right_ones_are_not() {
        let told = |text: &str| garbled(text).map(|warning| warning.0);
        let warning = told("FranÃ§ois said it wouldnâ€™t.").unwrap();
        assert!(warning.contains("2 places, “Ã§” stands for “ç”"), "{warning}");
        for right in ["François, Ângela, São João, “MAÇÔ, â la carte", "“CAFÉ”, ‘PÃ’, Âge"] {
            assert_eq!(told(right), None, "{right}");
        }
    }

    #[test]
    fn encodings() {
        check("“Yes,” she said.".as_bytes(), Ok("“Yes,” she said."), "");
        check(b"\xef\xbb\xbfYes", Ok("Yes"), "");
        check(b"\xff\xfeY\0e\0s\0", Ok("Yes"), "");
        check(b"\x93Yes,\x94 the minister\x92s aide said.", Ok("“Yes,” the minister’s aide said."), "windows-1252");
        check("“One” – “two” – “th\u{e9}” ok".as_bytes(), Ok("“One” – “two” – “thé” ok"), "");
        check(
            &[b"\xe2\x80\x9cYes\xe2\x80\x9d\xe2\x80\x94\xe2\x80\x9cno\xe2\x80\x9d ", &b"\xff"[..]].concat(),
            Ok("“Yes”—“no” \u{fffd}"),
            "byte",
        );
    }

    #[test]
    fn the_charset_of_a_server_counts_where_the_bytes_tell_none() {
        let sent = |bytes: &[u8], charset| as_sent(bytes, charset).map(|text| String::from_utf8(text).unwrap());
        assert_eq!(sent(b"\xcf\xf0\xe8\xe2\xe5\xf2", "Windows-1251").as_deref(), Some("\u{feff}Привет"));
        assert_eq!(sent(b"Y\0e\0s\0", "utf-16le").as_deref(), Some("\u{feff}Yes"));
        for (bytes, charset) in [
            ("thé".as_bytes(), "iso-8859-1"),
            (b"th\xe9", "utf-8"),
            (b"th\xe9", "klingon"),
            (b"\xff\xfeY\0", "windows-1252"),
            (b"%PDF-1.7 \xe9", "iso-8859-1"),
            (b"PK\x03\x04\0\0\xe9", "iso-8859-1"),
        ] {
            assert_eq!(sent(bytes, charset), None, "{charset}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check(b"", Err("empty"), "");
        check(b" \n\t\r\n", Err("empty"), "");
        check(b"\x7fELF\x02\x01\0\0\0", Err("binary"), "");
        check(&[3; 40], Err("binary"), "");
    }

    #[test]
    fn control_characters_are_kept_with_a_warning() {
        check(b"He said \x1b[31mno\x1b[0m.", Ok("He said \u{1b}[31mno\u{1b}[0m."), "control characters");
    }
}
