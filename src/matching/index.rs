//! The index itself: vocabulary, posting lists and, for each claim, its terms in order; no text is kept twice.
//!
//! A claim gets the next number when it is inserted. A removed claim is only marked; its postings go away in
//! [`Index::compact`], which runs by itself when a third of the claims are gone.

use super::Entry;
use super::grams::Grams;
use super::name::{Likeness, Name};
use super::postings::{MOST_CLAIMS, Postings, class, push_varint, read_varint};
use super::strings::{Strings, Table, mix};
use super::words::{TermKind, stemmed, terms};
use crate::date::Date;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// What the index keeps of one claim, beside its id and its terms.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Record {
    /// End of the claim's terms in `forward`.
    pub end: u64,
    /// Number of the speaker's name.
    pub speaker: u32,
    /// Content terms of text and title, at most 255.
    pub length: u8,
    pub removed: bool,
    /// Days since 1900 began, at least 1; 0 when the day is not known or later than 2078.
    pub day: u16,
}

/// What the index keeps of the claims, by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    /// The caller's ids.
    pub ids: Vec<u64>,
    pub records: Vec<Record>,
    /// Number of text terms, then text terms, then title terms, each `term << 1 | is a name`, as variable-length numbers.
    pub forward: Vec<u8>,
    pub removed_count: usize,
    /// Sum of the lengths of the claims that are there.
    pub total_length: u64,
    /// By id, only when the ids do not ascend.
    by_id: Option<Table>,
    /// Size of the vocabulary: what a damaged term number is told by.
    pub known_terms: u32,
}

impl Claims {
    pub fn from_parts(ids: Vec<u64>, records: Vec<Record>, forward: Vec<u8>, known_terms: u32) -> Self {
        let live = || records.iter().filter(|record| !record.removed);
        let removed_count = records.len() - live().count();
        let total_length = live().map(|record| u64::from(record.length)).sum();
        let ascending = ids.is_sorted();
        let mut claims = Self { ids, records, forward, removed_count, total_length, by_id: None, known_terms };
        if !ascending {
            claims.tabulate();
        }
        claims
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn live(&self) -> usize {
        self.ids.len() - self.removed_count
    }

    pub fn find(&self, id: u64) -> Option<u32> {
        let there = |n: u32| self.ids[n as usize] == id && !self.records[n as usize].removed;
        match &self.by_id {
            Some(table) => table.find(mix(id), there),
            None => self.ids.binary_search(&id).ok().map(|at| at as u32).filter(|&n| there(n)),
        }
    }

    pub fn push(&mut self, id: u64, record: Record) {
        let ascends = self.ids.last().is_none_or(|&last| last < id);
        self.ids.push(id);
        self.records.push(record);
        self.total_length += u64::from(record.length);
        match &mut self.by_id {
            Some(table) => table.insert(mix(id), self.ids.len() as u32 - 1),
            None if !ascends => self.tabulate(),
            None => {}
        }
    }

    fn tabulate(&mut self) {
        let mut table = Table::with_room(self.ids.len() + 1);
        self.ids.iter().zip(0..).for_each(|(&id, number)| table.insert(mix(id), number));
        self.by_id = Some(table);
    }

    /// Reads a claim's terms into `terms` (term number, is a name) and returns how many of them are the text's.
    pub fn read(&self, number: u32, terms: &mut Vec<(u32, bool)>) -> usize {
        terms.clear();
        let mut text = 0;
        self.visit(number, |count| text = count, |term, name| terms.push((term, name)));
        text.min(terms.len())
    }

    /// Calls `each` with a claim's terms in order, after telling how many of them are the text's.
    #[inline]
    pub fn visit(&self, number: u32, text: impl FnOnce(usize), mut each: impl FnMut(u32, bool)) {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.records[at - 1].end as usize };
        let bytes = self.forward.get(start..self.records[at].end as usize).unwrap_or_default();
        let mut at = 0;
        text(read_varint(bytes, &mut at).unwrap_or(0) as usize);
        while let Some(code) = read_varint(bytes, &mut at) {
            let term = (code >> 1) as u32;
            if term < self.known_terms {
                each(term, code & 1 == 1);
            }
        }
    }
}

/// Returns the first day of an ISO date as a [`Record`] has it.
pub(crate) fn day(date: &str) -> u16 {
    let Some(date) = Date::parse_iso(date) else { return 0 };
    let days = date.first().signed_duration_since(NaiveDate::default()).num_days() + DAYS_BEFORE_1970 + 1;
    u16::try_from(days).unwrap_or(0)
}

/// From 1900 to the day that chrono counts from.
const DAYS_BEFORE_1970: i64 = 25_567;

/// The distinct speakers: names as written, taken apart, and by last name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speakers {
    pub written: Strings,
    pub names: Vec<Name>,
    /// Last names as terms.
    pub last_terms: Vec<String>,
    /// Each one's claims; removed ones are among them.
    pub claims: Postings,
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
        self.claims.grow();
    }

    pub fn from_parts(written: Strings, claims: &[Record]) -> Self {
        let mut speakers = Self::default();
        for number in 0..written.len() as u32 {
            speakers.push(written.get(number), number);
        }
        let claims = Postings::group(claims.iter().map(|claim| claim.speaker), written.len());
        Self { written, claims, ..speakers }
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
    pub(crate) postings: Postings,
    pub(crate) grams: Grams,
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
        let live = self.claims.ids.iter().zip(&self.claims.records).filter(|(_, record)| !record.removed);
        live.map(|(&id, _)| id).max()
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

    /// Adds a claim; an id that is there already is replaced. A full index (67 million claims) stays as it is.
    pub fn insert(&mut self, entry: &Entry<'_>) {
        self.remove(entry.id);
        let (text, title) = (terms(entry.text), terms(entry.title));
        let mut read = Vec::with_capacity(text.len() + title.len());
        for term in text.iter().chain(&title) {
            read.push((self.number(&term.text, term.kind), term.name));
        }
        self.add(entry.id, entry.speaker, day(entry.date), text.len(), &read);
    }

    fn add(&mut self, id: u64, speaker: &str, day: u16, text_terms: usize, terms: &[(u32, bool)]) {
        if self.claims.len() >= MOST_CLAIMS {
            return;
        }
        let number = self.claims.len() as u32;
        let mut distinct = Vec::with_capacity(terms.len());
        push_varint(&mut self.claims.forward, text_terms as u64);
        for &(term, name) in terms {
            push_varint(&mut self.claims.forward, u64::from(term) << 1 | u64::from(name));
            distinct.push(term);
        }
        distinct.sort_unstable();
        let is_stop = |term: u32| self.kinds[term as usize] == TermKind::Stop;
        let length = distinct.iter().filter(|&&term| !is_stop(term)).count().min(255) as u8;
        for group in distinct.chunk_by(|a, b| a == b) {
            self.grams.gain(group[0]);
            if is_stop(group[0]) {
                self.postings.gain(group[0]);
            } else {
                self.postings.push(group[0], number, class(group.len() as u32, length));
            }
        }
        let speaker = self.speakers.number(speaker);
        self.speakers.claims.push(speaker, number, 0);
        let end = self.claims.forward.len() as u64;
        self.claims.push(id, Record { end, speaker, length, removed: false, day });
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
            self.postings.lose(term);
            self.grams.lose(term);
        }
        let claims = &mut self.claims;
        let record = &mut claims.records[number as usize];
        record.removed = true;
        claims.removed_count += 1;
        claims.total_length -= u64::from(record.length);
        if claims.removed_count > 1_000 && claims.removed_count * 3 > claims.len() {
            self.compact();
        }
    }

    /// Rebuilds the index without the removed claims and without words that no claim holds any more.
    pub fn compact(&mut self) {
        let old = std::mem::take(self);
        self.aliases = old.aliases;
        let mut terms = Vec::new();
        for (number, record) in (0..).zip(&old.claims.records).filter(|(_, record)| !record.removed) {
            let text = old.claims.read(number, &mut terms);
            for (term, _) in &mut terms {
                *term = self.number(old.vocabulary.get(*term), old.kinds[*term as usize]);
            }
            let speaker = old.speakers.written.get(record.speaker);
            self.add(old.claims.ids[number as usize], speaker, record.day, text, &terms);
        }
    }

    fn number(&mut self, text: &str, kind: TermKind) -> u32 {
        let id = self.vocabulary.number(text);
        if id as usize == self.postings.len() {
            self.postings.grow();
            self.grams.push(text);
            self.kinds.push(kind);
            self.claims.known_terms = self.kinds.len() as u32;
        }
        id
    }

    /// Returns the rarity of a term: `ln(1 + (N - n + .5) / (n + .5))`, as in BM25 (Robertson and Zaragoza 2009).
    pub(crate) fn rarity(&self, term: Option<u32>) -> f32 {
        let claims = self.claims.live() as f32;
        let with = term.map_or(0.0, |term| self.postings.live(term) as f32);
        (1.0 + (claims - with + 0.5).max(0.0) / (with + 0.5)).ln()
    }
}
