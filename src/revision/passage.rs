//! The difference of two texts: paragraph by paragraph, and within a paragraph word by word.
//!
//! White space and the shape of quotation marks, apostrophes and dashes make no difference.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;

/// Where a stretch of words stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Same,
    Removed,
    Added,
}

/// A stretch of words of one version or of both; the stretches that are not added make the earlier text, those that are
/// not removed the later one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub mark: Mark,
    pub text: String,
}

/// How a paragraph of one version stands to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Passage {
    Same(String),
    Removed(String),
    Added(String),
    Altered(Vec<Piece>),
}

/// Share of words in common from which two paragraphs are one that was altered.
const ALTERED: f64 = 0.4;

/// Pairs of paragraphs that are looked at between two unchanged ones; beyond, paragraphs are paired in their order.
const MOST_PAIRS: usize = 40_000;

/// Returns the text without what makes no difference: one space between words, plain quotation marks and dashes.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| match c {
            '“' | '”' | '„' | '«' | '»' | '‟' | '″' => '"',
            '‘' | '’' | '‚' | '‛' | '′' => '\'',
            '‐' | '‑' | '–' | '—' | '−' => '-',
            c => c,
        }));
    }
    out
}

/// Returns the share of words that two texts have in common, 0 to 1, wherever they stand; 1 for two texts without words.
///
/// ```
/// use onrecord::revision::likeness;
/// assert_eq!(likeness("The port will close.", "“The port will close”"), 1.0);
/// assert!(likeness("The port will close.", "The port will not close.") > 0.8);
/// ```
pub fn likeness(a: &str, b: &str) -> f64 {
    Bag::of(a).likeness(&Bag::of(b))
}

/// The words of a text with how often each stands there.
struct Bag {
    words: BTreeMap<String, usize>,
    count: usize,
}

impl Bag {
    fn of(text: &str) -> Self {
        let mut bag = Self { words: BTreeMap::new(), count: 0 };
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *bag.words.entry(word.to_lowercase()).or_default() += 1;
            bag.count += 1;
        }
        bag
    }

    fn likeness(&self, other: &Self) -> f64 {
        if self.count + other.count == 0 {
            return 1.0;
        }
        let shared: usize =
            self.words.iter().filter_map(|(word, count)| Some(*count.min(other.words.get(word)?))).sum();
        2.0 * shared as f64 / (self.count + other.count) as f64
    }
}

/// Compares two texts given as paragraphs.
pub fn passages(before: &[&str], after: &[&str]) -> Vec<Passage> {
    let keys = |paragraphs: &[&str]| paragraphs.iter().map(|one| plain(one)).collect::<Vec<_>>();
    let (old, new) = (keys(before), keys(after));
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        match op {
            DiffOp::Equal { new_index, len, .. } => {
                out.extend(after[new_index..new_index + len].iter().map(|one| Passage::Same((*one).to_owned())));
            }
            op => {
                let (old, new) = (op.old_range(), op.new_range());
                paired(&before[old], &after[new], &mut out);
            }
        }
    }
    out
}

/// Pairs paragraphs that are alike, in their order, so that as much as can be is in common.
fn paired(before: &[&str], after: &[&str], out: &mut Vec<Passage>) {
    let removed = |one: &&str| Passage::Removed((*one).to_owned());
    let added = |one: &&str| Passage::Added((*one).to_owned());
    if before.len() * after.len() > MOST_PAIRS {
        out.extend(before.iter().map(removed));
        out.extend(after.iter().map(added));
        return;
    }
    let bags = |paragraphs: &[&str]| paragraphs.iter().map(|one| Bag::of(one)).collect::<Vec<_>>();
    let (old, new) = (bags(before), bags(after));
    let alike: Vec<Vec<f64>> = old
        .iter()
        .map(|a| new.iter().map(|b| Some(a.likeness(b)).filter(|share| *share >= ALTERED).unwrap_or(0.0)).collect())
        .collect();
    // The best sum of shares from each place on.
    let mut best = vec![vec![0.0f64; after.len() + 1]; before.len() + 1];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            best[i][j] = best[i + 1][j].max(best[i][j + 1]).max(alike[i][j] + best[i + 1][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < before.len() && j < after.len() {
        if alike[i][j] > 0.0 && best[i][j] <= alike[i][j] + best[i + 1][j + 1] {
            out.push(Passage::Altered(pieces(before[i], after[j])));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] <= best[i + 1][j] {
            out.push(removed(&before[i]));
            i += 1;
        } else {
            out.push(added(&after[j]));
            j += 1;
        }
    }
    out.extend(before[i..].iter().map(removed));
    out.extend(after[j..].iter().map(added));
}

/// Compares two texts word by word.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (tokens(before), tokens(after));
    let keys = |tokens: &[&str]| tokens.iter().map(|one| key(one)).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Patience, &keys(&old), &keys(&new));
    let mut out = Pieces::default();
    for op in &ops {
        let (was, is) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        match op {
            // White space between two changes belongs to both: one stretch reads better than single words.
            DiffOp::Equal { .. } if was.trim().is_empty() && out.is_open() => out.wait(&is),
            DiffOp::Equal { .. } => out.same(&is),
            _ => out.changed(&was, &is),
        }
    }
    out.end()
}

/// Stretches while they are gathered.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    removed: String,
    added: String,
    /// White space after the change that is open.
    space: String,
}

impl Pieces {
    fn is_open(&self) -> bool {
        !(self.removed.is_empty() && self.added.is_empty())
    }

    fn wait(&mut self, space: &str) {
        self.space.push_str(space);
    }

    fn changed(&mut self, removed: &str, added: &str) {
        let space = std::mem::take(&mut self.space);
        self.removed.push_str(&space);
        self.added.push_str(&space);
        self.removed.push_str(removed);
        self.added.push_str(added);
    }

    fn same(&mut self, text: &str) {
        self.close();
        self.push(Mark::Same, text);
    }

    fn close(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        self.push(Mark::Removed, &removed);
        self.push(Mark::Added, &added);
        let space = std::mem::take(&mut self.space);
        self.push(Mark::Same, &space);
    }

    fn push(&mut self, mark: Mark, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.done.last_mut().filter(|last| last.mark == mark) {
            Some(last) => last.text.push_str(text),
            None => self.done.push(Piece { mark, text: text.to_owned() }),
        }
    }

    fn end(mut self) -> Vec<Piece> {
        self.close();
        self.done
    }
}

/// Cuts a text into words, white space and single marks; numbers, contractions and compounds stay whole.
fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((from, c)) = chars.next() {
        let mut end = from + c.len_utf8();
        if c.is_whitespace() {
            while let Some((at, next)) = chars.next_if(|(_, next)| next.is_whitespace()) {
                end = at + next.len_utf8();
            }
        } else if c.is_alphanumeric() {
            while let Some(&(at, next)) = chars.peek() {
                let after = text[at + next.len_utf8()..].chars().next();
                let inner = matches!(next, '.' | ',' | '\'' | '’' | '-' | '‑')
                    && after.is_some_and(|after| after.is_alphanumeric());
                if !(next.is_alphanumeric() || inner) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        out.push(&text[from..end]);
    }
    out
}

fn key(token: &str) -> String {
    if token.chars().all(char::is_whitespace) { " ".to_owned() } else { plain(token) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece.mark {
            Mark::Same => piece.text.clone(),
            Mark::Removed => format!("[-{}-]", piece.text),
            Mark::Added => format!("{{+{}+}}", piece.text),
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn words_that_were_removed_and_added_are_told_apart() {
        for (before, after, expected) in [
            ("We will sail.", "We will not sail.", "We will {+not +}sail."),
            ("The pier costs 1.2 billion.", "The pier costs 1.5 billion.", "The pier costs [-1.2-]{+1.5+} billion."),
            ("“We can’t,” he said.", "\"We can't,\" he said.", "\"We can't,\" he said."),
            ("one two three", "four five three", "[-one two-]{+four five+} three"),
            ("", "new", "{+new+}"),
            ("the\nend", "the end", "the end"),
        ] {
            assert_eq!(shown(&pieces(before, after)), expected);
        }
    }

    #[test]
    fn the_pieces_give_both_texts_back() {
        let (before, after) = ("Ähre – 3,5 % of it, she said;  no more.", "Of it – 4,5 % she said: no  more, “ever”.");
        let pieces = pieces(before, after);
        let side = |other: Mark| {
            pieces.iter().filter(|piece| piece.mark != other).map(|piece| &*piece.text).collect::<String>()
        };
        assert_eq!(plain(&side(Mark::Added)), plain(before));
        assert_eq!(side(Mark::Removed), after);
    }

    #[test]
    fn paragraphs_are_paired_by_their_words() {
        let before = ["The ferry sails at nine.", "The mayor was away on Monday.", "The pier is closed."];
        let after = ["The ferry sails at noon.", "Nobody was hurt there.", "The pier is closed."];
        let found = passages(&before, &after);
        assert!(
            matches!(&found[0], Passage::Altered(pieces) if shown(pieces) == "The ferry sails at [-nine-]{+noon+}.")
        );
        assert_eq!(found[1], Passage::Removed(before[1].into()));
        assert_eq!(found[2], Passage::Added(after[1].into()));
        assert_eq!(found[3], Passage::Same(after[2].into()));
        assert!(passages(&[], &[]).is_empty());
    }
}
