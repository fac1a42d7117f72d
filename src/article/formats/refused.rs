//! Formats that are known by their first bytes and not read: each with what to do instead.

/// First bytes, where they stand, what it is, what to do.
const KNOWN: &[(usize, &[u8], &str, &str)] = &[
    (0, b"BZh", "compressed with bzip2", "unpack it with `bunzip2` and load what is inside"),
    (0, b"\xfd7zXZ", "compressed with xz", "unpack it with `unxz` and load what is inside"),
    (0, b"\xd0\xcf\x11\xe0", "an old office file", "save it as HTML or text"),
    (0, b"{\\rtf", "an RTF document", "save it as HTML or text"),
    (0, b"SQLite format 3\0", "a database", "export its texts as CSV or JSON lines and load that"),
    (0, b"\x89PNG", "a picture", "load the text it shows, typed or recognised by another program"),
    (0, b"\xff\xd8\xff", "a picture", "load the text it shows, typed or recognised by another program"),
    (0, b"GIF8", "a picture", "load the text it shows, typed or recognised by another program"),
    (8, b"WEBP", "a picture", "load the text it shows, typed or recognised by another program"),
    (4, b"ftyp", "a film or a sound", "load its transcript"),
    (0, b"ID3", "a sound", "load its transcript"),
    (0, b"OggS", "a sound or a film", "load its transcript"),
];

/// Returns what the bytes are and what to do, when they are of a format that is not read.
pub(super) fn known(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let row = KNOWN.iter().find(|(at, mark, ..)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)))?;
    Some((row.2, row.3))
}

/// Tells pictures, films and sounds, which stand beside articles in every archive.
pub(super) fn shows_or_sounds(bytes: &[u8]) -> bool {
    known(bytes)
        .is_some_and(|(what, _)| ["a picture", "a film or a sound", "a sound", "a sound or a film"].contains(&what))
}
