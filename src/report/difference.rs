//! The words in which two statements differ: a longest common subsequence over words, case and marks left aside.
//!
//! Refuses texts too long to be read side by side: of those every word counts as common.

use crate::lexicon::letters::bare;

/// A stretch of one text, spaces included; the stretches joined give the text again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    /// `true` when the other text has no such word here.
    pub differs: bool,
}

/// Words of each text that are compared at most; the table is as large as their product.
const MOST: usize = 600;

/// Returns both texts cut into stretches that are in common or not.
///
/// ```
/// use onrecord::report::difference::between;
/// let (a, b) = between("We will sail.", "We will not sail.");
/// assert!(a.iter().all(|part| !part.differs));
/// assert_eq!(b.iter().find(|part| part.differs).unwrap().text, "not ");
/// ```
pub fn between(a: &str, b: &str) -> (Vec<Stretch>, Vec<Stretch>) {
    let (first, second) = (words(a), words(b));
    if first.len() > MOST || second.len() > MOST {
        let whole = |text: &str| vec![Stretch { text: text.to_owned(), differs: false }];
        return (whole(a), whole(b));
    }
    let (mut in_a, mut in_b) = (vec![false; first.len()], vec![false; second.len()]);
    let lengths = lengths(&first, &second);
    let (mut i, mut j) = (0, 0);
    while i < first.len() && j < second.len() {
        if first[i].1 == second[j].1 {
            (in_a[i], in_b[j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (stretches(&first, &in_a), stretches(&second, &in_b))
}

/// Cuts a text into words with the space after them, each with its form for comparison.
fn words(text: &str) -> Vec<(&str, String)> {
    let mut out: Vec<(&str, String)> = Vec::new();
    let mut from = 0;
    let mut in_space = false;
    for (at, c) in text.char_indices() {
        if in_space && !c.is_whitespace() {
            out.push((&text[from..at], bare(&text[from..at])));
            from = at;
        }
        in_space = c.is_whitespace();
    }
    if from < text.len() {
        out.push((&text[from..], bare(&text[from..])));
    }
    out
}

/// Length of the longest common subsequence of what follows each pair of places.
fn lengths(a: &[(&str, String)], b: &[(&str, String)]) -> Vec<Vec<u16>> {
    let mut table = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i][j] = if a[i].1 == b[j].1 { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    table
}

fn stretches(words: &[(&str, String)], common: &[bool]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for ((text, _), common) in words.iter().zip(common) {
        match out.last_mut().filter(|last| last.differs != *common) {
            Some(last) => last.text.push_str(text),
            None => out.push(Stretch { text: (*text).to_owned(), differs: !common }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: (&str, &str)) {
        let shown = |parts: &[Stretch]| {
            let part = |part: &Stretch| if part.differs { format!("<{}>", part.text) } else { part.text.clone() };
            parts.iter().map(part).collect::<String>()
        };
        let (first, second) = between(a, b);
        assert_eq!((shown(&first).as_str(), shown(&second).as_str()), expected);
    }

    #[test]
    fn words_that_only_one_side_has_are_told_apart() {
        check(
            "The ferry will sail at 9.",
            "“The ferry will not sail at noon,”",
            ("The ferry will sail at <9.>", "“The ferry will <not >sail at <noon,”>"),
        );
        check("", "x", ("", "<x>"));
        check("A  b", "a b", ("A  b", "a b"));
        let long = "word ".repeat(MOST + 1);
        assert!(between(&long, "other").0.iter().all(|part| !part.differs));
    }
}
