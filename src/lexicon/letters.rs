//! One form for letters that are written in several ways: accents, composed and decomposed letters, ligatures, hidden marks.

/// Folds a lower-case character to the plain letters that stand for it: `é` and a combining accent are dropped to `e` and nothing,
/// `ß` becomes `ss`, `ﬁ` becomes `fi`; anything else stays.
pub fn fold(c: char) -> impl Iterator<Item = char> {
    let (one, two) = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => ('a', None),
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => ('c', None),
        'ď' | 'đ' | 'ð' => ('d', None),
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => ('e', None),
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => ('g', None),
        'ĥ' | 'ħ' => ('h', None),
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ'..='ị' => ('i', None),
        'ĵ' => ('j', None),
        'ķ' => ('k', None),
        'ł' | 'ĺ' | 'ļ' | 'ľ' | 'ŀ' => ('l', None),
        'ñ' | 'ń' | 'ņ' | 'ň' => ('n', None),
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => ('o', None),
        'ŕ' | 'ŗ' | 'ř' => ('r', None),
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => ('s', None),
        'ţ' | 'ť' | 'ț' | 'ŧ' => ('t', None),
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => ('u', None),
        'ŵ' => ('w', None),
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => ('y', None),
        'ź' | 'ż' | 'ž' => ('z', None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ﬁ' => ('f', Some('i')),
        'ﬂ' => ('f', Some('l')),
        'ﬀ' => ('f', Some('f')),
        _ => (c, None),
    };
    std::iter::once(one).filter(move |_| !is_mark(c)).chain(two)
}

/// Returns a word in the form in which names and words are compared: lower case, folded.
pub fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().flat_map(char::to_lowercase).flat_map(fold).collect()
}

/// Returns the letters and digits of a text alone, in lower case.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the words of a text with one space between them.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text, or its first `most` characters and an ellipsis.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Tells whether a character only changes the letter before it or is not seen at all: combining accents, soft hyphens, joiners.
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_has_one_form_however_it_is_written() {
        for (written, plain) in [
            ("café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("zürich", "zurich"),
            ("straße", "strasse"),
            ("ﬁrm", "firm"),
            ("re\u{ad}open", "reopen"),
            ("øresund", "oresund"),
            ("Plain", "plain"),
            ("мэр", "мэр"),
        ] {
            assert_eq!(folded(written), plain, "{written}");
        }
    }

    #[test]
    fn marks_and_spaces_make_no_difference() {
        assert_eq!((bare(" The Bay’s  No. 1!").as_str(), bare("—").as_str()), ("thebaysno1", ""));
        assert_eq!((one_line(" two\n\twords ").as_str(), one_line("\n").as_str()), ("two words", ""));
    }
}
