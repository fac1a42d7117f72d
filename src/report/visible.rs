//! Control characters made visible: stored text reaches a document or a terminal without acting on it.
//!
//! Escapes, NUL, backspaces and the like become Unicode control pictures (`␛`, `␀`, `␈`); characters that reorder or
//! hide text (bidirectional overrides, zero-width marks) become their code point in brackets: `[U+202E]`. Zero-width
//! joiners stay, since names and emoji need them. Line breaks and tabs stay.

use std::borrow::Cow;

/// Returns the text with every control character made visible; text without any is returned as it is.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // A carriage return before a line break is only a line break.
            '\r' if rest.peek() == Some(&'\n') => {}
            c if acts(c) => push_visible(&mut out, c),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Tells whether a character acts on the terminal or the page rather than being shown.
pub(crate) fn acts(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        c if c.is_control() => true,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' => true,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

/// Like [`visible`], for text that is wrapped again where it is shown: line breaks and tabs become one space.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if !shown.contains(['\n', '\t']) {
        return shown;
    }
    let mut out = String::with_capacity(shown.len());
    for c in shown.chars() {
        match c {
            '\n' | '\t' if out.ends_with(' ') => {}
            '\n' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn push_visible(out: &mut String, c: char) {
    let point = u32::from(c);
    let picture = match point {
        0x00..=0x1F => char::from_u32(0x2400 + point),
        0x7F => Some('\u{2421}'),
        _ => None,
    };
    match picture {
        Some(picture) => out.push(picture),
        None => out.push_str(&format!("[U+{point:04X}]")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_and_the_rest_is_kept() {
        let cases = [
            ("plain “words” — é", "plain “words” — é"),
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("a\r\nb\rc\td", "a\nb␍c\td"),
            ("user\u{202e}gnp.exe", "user[U+202E]gnp.exe"),
            ("\u{9b}2J\u{85}", "[U+009B]2J[U+0085]"),
            ("👩\u{200d}🌾 \u{feff}", "👩\u{200d}🌾 [U+FEFF]"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
        }
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
    }
}
