//! The index itself: vocabulary, posting lists and, for each claim, its terms in order; no text is kept twice.
//!
//! A claim gets the next number when it is inserted. A removed claim is only marked; its postings go away in
//! [`Index::compact`], which runs by itself when a third of the claims are gone. At most `u32::MAX - 1` claims.

use super::Entry;
use super::name::{Likeness, Name};
use super::postings::{Postings, Strings, Table, mix, push_varint, read_varint};
use super::words::{Term, TermKind, stemmed, terms};
use std::collections::{BTreeMap, HashMap};

/// What the index keeps of the claims, by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    /// The caller's ids.
    pub ids: Vec<u64>,
    /// Distinct-content terms of text and title, at most 255.
    pub lengths: Vec<u8>,
    /// Number of the speaker's name.
    pub speakers: Vec<u32>,
    /// End of each claim's terms in `forward`.
    pub ends: Vec<u64>,
    /// Number of text terms, then text terms, then title terms, each `term << 1 | is a name`, as variable-length numbers.
    pub forward: Vec<u8>,
    pub removed: Vec<bool>,
    pub removed_count: usize,
    /// Sum of the lengths of the claims that are there.
    pub total_length: u64,
    pub by_id: Table,
    /// Size of the vocabulary: what a damaged term number is told by.
    pub known_terms: u32,
}

impl Claims {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn live(&self) -> usize {
        self.ids.len() - self.removed_count
    }

    pub fn find(&self, id: u64) -> Option<u32> {
        self.by_id.find(mix(id), |n| self.ids[n as usize] == id && !self.removed[n as usize])
    }

    pub fn enter(&mut self, id: u64, number: u32) {
        let Self { ids, by_id, .. } = self;
        by_id.insert(mix(id), number, |n| mix(ids[n as usize]));
    }

    /// Reads a claim's terms into `terms` (term number, is a name) and returns how many of them are the text's.
    pub fn read(&self, number: u32, terms: &mut Vec<(u32, bool)>) -> usize {
        terms.clear();
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        let bytes = self.forward.get(start..self.ends[at] as usize).unwrap_or_default();
        let mut at = 0;
        let text = read_varint(bytes, &mut at).unwrap_or(0) as usize;
        while let Some(code) = read_varint(bytes, &mut at) {
            let term = (code >> 1) as u32;
            if term < self.known_terms {
                terms.push((term, code & 1 == 1));
            }
        }
        text.min(terms.len())
    }
}

/// The distinct speakers: names as written, taken apart, and by last name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speakers {
    pub written: Strings,
    pub names: Vec<Name>,
    /// Last names as terms.
    pub last_terms: Vec<String>,
    by_last: HashMap<String, Vec<u32>>,
}

impl Speakers {
    pub fn number(&mut self, written: &str) -> u32 {
        let number = self.written.number(written);
        if number as usize == self.names.len() {
            self.push(written, number);
        }
        number
    }

    fn push(&mut self, written: &str, number: u32) {
        let name = Name::new(written);
        self.by_last.entry(name.last().to_owned()).or_default().push(number);
        self.last_terms.push(stemmed(name.last()));
        self.names.push(name);
    }

    pub fn from_strings(written: Strings) -> Self {
        let mut speakers = Self::default();
        for number in 0..written.len() as u32 {
            speakers.push(written.get(number), number);
        }
        Self { written, ..speakers }
    }

    /// Returns the speakers that may be this person, ascending by number.
    pub fn like(&self, name: &Name) -> BTreeMap<u32, Likeness> {
        if name.last().is_empty() {
            return BTreeMap::new();
        }
        let mut found: Vec<u32> = self.by_last.get(name.last()).cloned().unwrap_or_default();
        if found.is_empty() {
            spellings(name.last(), |last| found.extend(self.by_last.get(last).into_iter().flatten()));
        }
        let like = found.into_iter().map(|number| (number, name.compare(&self.names[number as usize])));
        like.filter(|(_, likeness)| *likeness > Likeness::Different).collect()
    }
}

/// Visits every spelling one slip away (a letter left out, put in, replaced, or two exchanged) of an ASCII word of 5 to 20
/// letters; other words have none.
pub(crate) fn spellings(word: &str, mut visit: impl FnMut(&str)) {
    if !(5..=20).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    let mut made = String::with_capacity(word.len() + 1);
    let mut show = |parts: [&str; 4]| {
        made.clear();
        parts.iter().for_each(|part| made.push_str(part));
        visit(&made);
    };
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    for at in 0..=word.len() {
        let (head, tail) = word.split_at(at);
        let after = tail.get(1..).unwrap_or_default();
        for letter in 0..LETTERS.len() {
            let letter = &LETTERS[letter..=letter];
            show([head, letter, tail, ""]);
            if !tail.is_empty() && !tail.starts_with(letter) {
                show([head, letter, after, ""]);
            }
        }
        if !tail.is_empty() {
            show([head, after, "", ""]);
        }
        if tail.len() > 1 {
            show([head, &tail[1..2], &tail[..1], &tail[2..]]);
        }
    }
}

/// The words' side of candidate search: an index over claims, held in memory, derived from the database.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub(crate) vocabulary: Strings,
    pub(crate) kinds: Vec<TermKind>,
    pub(crate) postings: Vec<Postings>,
    pub(crate) claims: Claims,
    pub(crate) speakers: Speakers,
    /// Other names of one person, by name as written.
    pub(crate) aliases: BTreeMap<String, Vec<String>>,
}

impl Index {
    /// Returns the number of claims.
    pub fn len(&self) -> usize {
        self.claims.live()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the highest id, or `None` when the index is empty: where a reader of the database goes on.
    pub fn last_id(&self) -> Option<u64> {
        let live = (0..self.claims.len()).filter(|&n| !self.claims.removed[n]);
        live.map(|n| self.claims.ids[n]).max()
    }

    /// Tells whether a claim is in the index.
    pub fn contains(&self, id: u64) -> bool {
        self.claims.find(id).is_some()
    }

    /// Says which names a person decided are one speaker's; each group replaces what was known of its names.
    pub fn set_aliases<'a>(&mut self, groups: impl IntoIterator<Item = &'a [String]>) {
        self.aliases.clear();
        for group in groups {
            for name in group {
                self.aliases.entry(name.clone()).or_default().extend(group.iter().filter(|n| *n != name).cloned());
            }
        }
    }

    /// Adds a claim; an id that is there already is replaced.
    pub fn insert(&mut self, entry: &Entry<'_>) {
        self.remove(entry.id);
        if self.claims.len() >= u32::MAX as usize - 1 {
            return;
        }
        let number = self.claims.len() as u32;
        let (text, title) = (terms(entry.text), terms(entry.title));
        let mut content = Vec::with_capacity(text.len() + title.len());
        push_varint(&mut self.claims.forward, text.len() as u64);
        for term in text.iter().chain(&title) {
            let id = self.term(term);
            push_varint(&mut self.claims.forward, u64::from(id) << 1 | u64::from(term.name));
            if term.kind != TermKind::Stop {
                content.push(id);
            }
        }
        content.sort_unstable();
        let length = content.len().min(255) as u8;
        for group in content.chunk_by(|a, b| a == b) {
            self.postings[group[0] as usize].push(number, group.len() as u32);
        }
        let claims = &mut self.claims;
        claims.ends.push(claims.forward.len() as u64);
        claims.ids.push(entry.id);
        claims.lengths.push(length);
        claims.total_length += u64::from(length);
        claims.removed.push(false);
        claims.speakers.push(self.speakers.number(entry.speaker));
        claims.enter(entry.id, number);
    }

    /// Takes a claim out; an unknown id is no error.
    pub fn remove(&mut self, id: u64) {
        let Some(number) = self.claims.find(id) else { return };
        let mut terms = Vec::new();
        self.claims.read(number, &mut terms);
        let mut content: Vec<u32> = terms.into_iter().map(|(term, _)| term).collect();
        content.sort_unstable();
        content.dedup();
        for term in content {
            let list = &mut self.postings[term as usize];
            list.live = list.live.saturating_sub(1);
        }
        let claims = &mut self.claims;
        claims.removed[number as usize] = true;
        claims.removed_count += 1;
        claims.total_length -= u64::from(claims.lengths[number as usize]);
        if claims.removed_count > 1_000 && claims.removed_count * 3 > claims.len() {
            self.compact();
        }
    }

    /// Rebuilds the index without the removed claims and without words that no claim holds any more.
    pub fn compact(&mut self) {
        let old = std::mem::take(self);
        self.aliases = old.aliases;
        let mut terms = Vec::new();
        for number in 0..old.claims.len() as u32 {
            let at = number as usize;
            if old.claims.removed[at] {
                continue;
            }
            let text = old.claims.read(number, &mut terms);
            push_varint(&mut self.claims.forward, text as u64);
            let new = self.claims.ids.len() as u32;
            let mut content = Vec::with_capacity(terms.len());
            for &(term, name) in &terms {
                let kind = old.kinds[term as usize];
                let id = self.number(old.vocabulary.get(term), kind);
                push_varint(&mut self.claims.forward, u64::from(id) << 1 | u64::from(name));
                if kind != TermKind::Stop {
                    content.push(id);
                }
            }
            content.sort_unstable();
            for group in content.chunk_by(|a, b| a == b) {
                self.postings[group[0] as usize].push(new, group.len() as u32);
            }
            let claims = &mut self.claims;
            claims.ends.push(claims.forward.len() as u64);
            claims.ids.push(old.claims.ids[at]);
            claims.lengths.push(old.claims.lengths[at]);
            claims.total_length += u64::from(old.claims.lengths[at]);
            claims.removed.push(false);
            claims.speakers.push(self.speakers.number(old.speakers.written.get(old.claims.speakers[at])));
            claims.enter(old.claims.ids[at], new);
        }
    }

    fn term(&mut self, term: &Term) -> u32 {
        self.number(&term.text, term.kind)
    }

    fn number(&mut self, text: &str, kind: TermKind) -> u32 {
        let id = self.vocabulary.number(text);
        if id as usize == self.postings.len() {
            self.postings.push(Postings::default());
            self.kinds.push(kind);
            self.claims.known_terms = self.kinds.len() as u32;
        }
        id
    }

    /// Returns the rarity of a term: `ln(1 + (N - n + .5) / (n + .5))`, as in BM25 (Robertson and Zaragoza 2009).
    pub(crate) fn rarity(&self, term: Option<u32>) -> f32 {
        let claims = self.claims.live() as f32;
        let with = term.map_or(0.0, |term| self.postings[term as usize].live as f32);
        (1.0 + (claims - with + 0.5).max(0.0) / (with + 0.5)).ln()
    }
}
