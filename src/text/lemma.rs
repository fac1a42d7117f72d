//! Lemmas: a list of learned exceptions, and suffix rules for every other word.
//!
//! Refuses to look for the word in a dictionary: a regular form gives its regular base.

use crate::text::Tag;
use rustc_hash::FxHashMap;

/// The exceptions: lines of word, class letter (`V`, `N`, `A`) and lemma, tab-separated.
#[derive(Debug, Clone)]
pub struct Lemmas<'a>(FxHashMap<(&'a str, u8), &'a str>);

impl<'a> Lemmas<'a> {
    /// Reads the lines; those of another shape are passed over.
    pub fn read(lines: &'a str) -> Self {
        let rows = lines.lines().filter_map(|line| {
            let mut cells = line.split('\t');
            Some(((cells.next()?, *cells.next()?.as_bytes().first()?), cells.next()?))
        });
        Self(rows.collect())
    }

    /// Returns the lemma of a word in lower case.
    pub fn lemma(&self, lower: &str, tag: Tag) -> Box<str> {
        let class = class(tag);
        if class == b'-' {
            return lower.into();
        }
        match self.0.get(&(lower, class)) {
            Some(&lemma) => lemma.into(),
            None => regular(lower, tag).into(),
        }
    }
}

/// Returns the class of a tag: `V`erb, `N`oun, `A`djective or adverb, `P`ronoun or another closed word, `-` for the rest.
pub fn class(tag: Tag) -> u8 {
    match tag.name() {
        "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" | "MD" => b'V',
        "NN" | "NNS" => b'N',
        "JJ" | "JJR" | "JJS" | "RB" | "RBR" | "RBS" => b'A',
        "PRP" | "PRP$" | "DT" | "WP" => b'P',
        _ => b'-',
    }
}

/// Returns the lemma that the suffix rules give.
pub fn regular(lower: &str, tag: Tag) -> String {
    match tag.name() {
        "VBZ" | "NNS" => without_s(lower),
        "VBD" | "VBN" => without(lower, "ed"),
        "VBG" => without(lower, "ing"),
        _ => lower.to_owned(),
    }
}

fn without_s(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
    {
        return format!("{stem}y");
    }
    for tail in ["sses", "shes", "ches", "xes", "zzes"] {
        if word.ends_with(tail) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

fn without(word: &str, suffix: &str) -> String {
    let Some(stem) = word.strip_suffix(suffix) else { return word.to_owned() };
    if stem.len() < 2 || !stem.is_ascii() || !stem.bytes().any(is_vowel) {
        return word.to_owned();
    }
    if suffix == "ed"
        && let Some(front) = stem.strip_suffix('i')
        && front.len() > 1
    {
        return format!("{front}y");
    }
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if last == before && !is_vowel(last) && !matches!(last, b'l' | b's' | b'z' | b'f') {
        return stem[..stem.len() - 1].to_owned();
    }
    let mute = match last {
        b'v' | b'c' | b'u' | b'z' => true,
        b's' => before != b's',
        b'g' => matches!(before, b'd' | b'a' | b'r' | b'i' | b'u' | b'l'),
        b't' => {
            before == b'a' && bytes.len() > 3 && !is_vowel(bytes[bytes.len() - 3])
                || before == b'u'
                || stem.ends_with("iat")
        }
        b'l' => !is_vowel(before) && !matches!(before, b'l' | b'r' | b'w'),
        b'r' => matches!(before, b'i' | b'u') && !is_vowel(bytes[bytes.len().saturating_sub(3)]),
        b'k' | b'd' | b'm' | b'n' | b'p' => {
            is_vowel(before) && before != b'e' && bytes.len() <= 4 && !is_vowel(bytes[bytes.len().saturating_sub(3)])
        }
        _ => false,
    };
    if mute { format!("{stem}e") } else { stem.to_owned() }
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_give_their_base() {
        let check = |word: &str, tag: &str, lemma: &str| assert_eq!(regular(word, Tag::of(tag).unwrap()), lemma);
        check("claims", "VBZ", "claim");
        check("denies", "VBZ", "deny");
        check("denied", "VBD", "deny");
        check("rejected", "VBD", "reject");
        check("noting", "VBG", "not");
        check("insisting", "VBG", "insist");
        check("believed", "VBD", "believe");
        check("planned", "VBD", "plan");
        check("wishes", "NNS", "wish");
    }

    #[test]
    fn exceptions_win() {
        let lemmas = Lemmas::read("said\tV\tsay\nnoting\tV\tnote\nbroken line\n");
        assert_eq!(&*lemmas.lemma("said", Tag::of("VBD").unwrap()), "say");
        assert_eq!(&*lemmas.lemma("noting", Tag::of("VBG").unwrap()), "note");
        assert_eq!(&*lemmas.lemma("said", Tag::of("NNP").unwrap()), "said");
    }
}
