//! An altered paragraph word by word: the wording of one version that stands where some words of the other stand.

use super::claims::padded;
use super::passage::{Mark, Passage};

/// Which of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Before,
    After,
}

/// Words in the place of others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Other {
    pub words: String,
    /// Share of the words that both have.
    pub share: f64,
}

struct Word<'a> {
    mark: Mark,
    /// With the space after it.
    written: &'a str,
    /// As [`padded`] gives it, without the spaces around it; one written word may be several.
    plain: String,
}

/// An altered paragraph.
pub(super) struct Aligned<'a> {
    words: Vec<Word<'a>>,
    before: String,
    after: String,
}

impl<'a> Aligned<'a> {
    pub fn of(passage: &'a Passage) -> Option<Self> {
        let Passage::Altered(pieces) = passage else { return None };
        let words: Vec<Word<'a>> = pieces
            .iter()
            .flat_map(|piece| piece.text.split_inclusive(char::is_whitespace).map(|written| (piece.mark, written)))
            .map(|(mark, written)| Word { mark, written, plain: padded(written).trim().to_owned() })
            .collect();
        let side = |gone: Mark| {
            let own = words.iter().filter(|word| word.mark != gone).map(|word| word.written);
            padded(&own.collect::<String>())
        };
        Some(Self { before: side(Mark::Added), after: side(Mark::Removed), words })
    }

    /// Tells whether all stretches of a claim's words stand in one of the versions.
    pub fn holds(&self, words: &str, end: End) -> bool {
        let own = match end {
            End::Before => &self.before,
            End::After => &self.after,
        };
        super::claims::stretches(words).all(|stretch| own.contains(&stretch))
    }

    /// Returns what the other version has in the place of a claim's words; nothing for words in several stretches.
    pub fn other(&self, words: &str, end: End) -> Option<Other> {
        let mut stretches = super::claims::stretches(words);
        let (only, None) = (stretches.next()?, stretches.next()) else { return None };
        let gone = if end == End::Before { Mark::Added } else { Mark::Removed };
        let wanted = only.trim();
        // The places of the words of this version, and where each begins in their plain text.
        let (mut plain, mut places) = (String::new(), Vec::new());
        for (place, word) in
            self.words.iter().enumerate().filter(|(_, word)| word.mark != gone && !word.plain.is_empty())
        {
            if !plain.is_empty() {
                plain.push(' ');
            }
            places.push((plain.len(), place));
            plain.push_str(&word.plain);
        }
        let from = format!(" {plain} ").find(&only)?;
        let until = from + wanted.len();
        let own: Vec<usize> =
            places.iter().filter(|(at, _)| (from..until).contains(at)).map(|(_, place)| *place).collect();
        let (first, last) = (*own.first()?, *own.last()?);
        let same = own.iter().filter(|place| self.words[**place].mark == Mark::Same).count();
        // What was put in directly before or after changed words of it stands in their place.
        let is_other = |word: &&Word<'_>| word.mark != Mark::Same;
        let start = first - self.words[..first].iter().rev().take_while(is_other).count();
        let start = if self.words[first].mark == Mark::Same { first } else { start };
        let rest = self.words[last + 1..].iter().take_while(is_other).count();
        let stop = if self.words[last].mark == Mark::Same { last } else { last + rest };
        let own_mark = if end == End::Before { Mark::Removed } else { Mark::Added };
        let other = self.words[start..=stop].iter().filter(|word| word.mark != own_mark).map(|word| word.written);
        let other: String = other.collect();
        // The marks around it stand there only where the claim has them.
        let is_mark = |c: char| !c.is_alphanumeric();
        let other = if words.starts_with(is_mark) { other.trim() } else { other.trim_start_matches(is_mark).trim() };
        let words = if words.ends_with(is_mark) { other } else { other.trim_end_matches(is_mark) }.to_owned();
        Some(Other { words, share: same as f64 / own.len() as f64 }).filter(|other| !other.words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::passage::pieces;
    use super::*;

    #[test]
    fn the_other_wording_stands_in_the_same_place() {
        let was = "The pier is safe and will reopen in June, Mayor Ada Brook said on Friday.";
        let is = "The pier is almost safe and may reopen in July, Mayor Ada Brook said on Friday.";
        let passage = Passage::Altered(pieces(was, is));
        let aligned = Aligned::of(&passage).unwrap();
        let other = aligned.other("is almost safe and may reopen in July", End::After).unwrap();
        assert_eq!(other.words, "is safe and will reopen in June");
        assert!(other.share > 0.5, "{}", other.share);
        let other = aligned.other("will reopen in June", End::Before).unwrap();
        assert_eq!(other.words, "may reopen in July");
        assert!(aligned.holds("will reopen", End::Before) && !aligned.holds("will reopen", End::After));
        assert_eq!(aligned.other("nothing of it", End::After), None);
        assert_eq!(aligned.other("", End::After), None);
        assert!(Aligned::of(&Passage::Same(was.into())).is_none());
    }
}
