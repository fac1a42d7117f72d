//! Candidate search: the rarest words' postings first, ending early when no new claim can reach the best ones.
//!
//! Scores are BM25 over the words of text and title, plus a bonus for the same speaker. The early end is the bound of
//! MaxScore (Turtle and Flood 1995), helped by a budget of postings; the claims that are left get their exact score from
//! the terms the index keeps for each. Frequent words alone can therefore not fetch a claim from a large index.

use super::index::{Index, spellings};
use super::name::{Likeness, Name};
use super::words::{Term, TermKind, stemmed, terms};
use super::{Effort, Entry};
use std::cell::RefCell;
use std::collections::BTreeMap;

const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What the same speaker is worth, as a share of the query's whole rarity.
const SPEAKER_BONUS: f32 = 0.13;
/// Claims that get their exact score.
const KEPT: usize = 256;
/// The early end asks whether a new claim could still be among this many.
const SURE: usize = 16;
/// After this many postings no further word is read as long as there are enough candidates.
const BUDGET: u32 = 60_000;

/// A query read against one index.
#[derive(Debug)]
pub(crate) struct Query {
    pub terms: Vec<Term>,
    /// How many of the terms are the text's; the rest are the title's.
    pub text_terms: usize,
    /// Number and rarity of each term; the number of a misspelt word is that of the word meant.
    pub ids: Vec<Option<u32>>,
    pub rarity: Vec<f32>,
    pub name: Name,
    pub likenesses: BTreeMap<u32, Likeness>,
    /// Sum of the rarity of the distinct content terms.
    pub mass: f32,
}

impl Query {
    pub fn new(index: &Index, entry: &Entry<'_>) -> Self {
        let mut terms_read = terms(entry.text);
        let text_terms = terms_read.len();
        terms_read.extend(terms(entry.title));
        let mut read = Vec::with_capacity(terms_read.len());
        let mut ids = Vec::with_capacity(terms_read.len());
        let mut text_left = 0;
        for (at, term) in terms_read.into_iter().enumerate() {
            for (term, id) in known(index, term) {
                read.push(term);
                ids.push(id);
            }
            if at < text_terms {
                text_left = read.len();
            }
        }
        let rarity: Vec<f32> = read
            .iter()
            .zip(&ids)
            .map(|(term, id)| if term.kind == TermKind::Stop { 0.0 } else { index.rarity(*id) })
            .collect();
        let name = Name::new(entry.speaker);
        let mut likenesses = index.speakers.like(&name);
        for other in index.aliases.get(entry.speaker).into_iter().flatten() {
            for (number, likeness) in index.speakers.like(&Name::new(other)) {
                let best = likenesses.entry(number).or_insert(likeness);
                *best = likeness.max(*best);
            }
        }
        let mut query = Self { terms: read, text_terms: text_left, ids, rarity, name, likenesses, mass: 0.0 };
        query.mass = query.distinct().iter().map(|&(_, rarity)| rarity).sum();
        query
    }

    /// Returns the distinct content terms that the index knows, rarest first, with their rarity.
    pub fn distinct(&self) -> Vec<(u32, f32)> {
        let content = self.terms.iter().zip(self.ids.iter().zip(&self.rarity));
        let mut known: Vec<(u32, f32)> = content
            .filter(|(term, _)| term.kind != TermKind::Stop)
            .filter_map(|(_, (id, rarity))| Some(((*id)?, *rarity)))
            .collect();
        known.sort_unstable_by_key(|&(id, _)| id);
        known.dedup_by_key(|&mut (id, _)| id);
        known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        known
    }

    pub fn likeness(&self, speaker: u32, index: &Index) -> Likeness {
        if self.name.last().is_empty() || index.speakers.names[speaker as usize].last().is_empty() {
            return Likeness::Unknown;
        }
        self.likenesses.get(&speaker).copied().unwrap_or(Likeness::Different)
    }
}

/// Returns a query term as the index knows it: itself, two words written as one, or the word it is a misspelling of.
fn known(index: &Index, term: Term) -> Vec<(Term, Option<u32>)> {
    let id = index.vocabulary.find(&term.text);
    let held = |id: &u32| index.postings[*id as usize].live > 0;
    if id.is_some_and(|id| held(&id)) || term.kind != TermKind::Word || !term.text.is_ascii() {
        return vec![(term, id)];
    }
    let part =
        |text: &str| index.vocabulary.find(text).filter(|id| held(id) && index.kinds[*id as usize] == TermKind::Word);
    for cut in 3..term.text.len().saturating_sub(2) {
        let (head, tail) = term.text.split_at(cut);
        let Some(other) = part(tail) else { continue };
        // The head was not stemmed when the word was read as one.
        let head = stemmed(head);
        if let Some(one) = part(&head) {
            let made = |text: &str| Term { text: text.to_owned(), ..term.clone() };
            return vec![(made(&head), Some(one)), (made(tail), Some(other))];
        }
    }
    if term.name {
        // An unknown name is more often a new name than a misspelt one.
        return vec![(term, None)];
    }
    let mut meant: Option<(u32, u32, String)> = None;
    spellings(&term.text, |text| {
        if let Some(id) = part(text) {
            let live = index.postings[id as usize].live;
            // More claims first, then the older word, so that the answer is always the same one.
            if meant.as_ref().is_none_or(|best| (live, std::cmp::Reverse(id)) > (best.0, std::cmp::Reverse(best.1))) {
                meant = Some((live, id, text.to_owned()));
            }
        }
    });
    match meant {
        Some((_, id, text)) => vec![(Term { text, ..term }, Some(id))],
        None => vec![(term, None)],
    }
}

#[derive(Debug, Default)]
struct Scratch {
    /// One sum for each claim; all zero between searches.
    sums: Vec<f32>,
    touched: Vec<u32>,
    order: Vec<f32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Returns the numbers of the best claims with their BM25 score, best first, at most `top`.
pub(crate) fn best(index: &Index, query: &Query, top: usize, skip: Option<u32>) -> Vec<(u32, f32)> {
    best_with_effort(index, query, top, skip, Effort::Fast)
}

pub(crate) fn best_with_effort(
    index: &Index,
    query: &Query,
    top: usize,
    skip: Option<u32>,
    effort: Effort,
) -> Vec<(u32, f32)> {
    let budget = match effort {
        Effort::Fast => Some(BUDGET),
        Effort::Exhaustive => None,
    };
    SCRATCH.with_borrow_mut(|scratch| best_with(index, query, top, skip, scratch, budget))
}

fn best_with(
    index: &Index,
    query: &Query,
    top: usize,
    skip: Option<u32>,
    scratch: &mut Scratch,
    budget: Option<u32>,
) -> Vec<(u32, f32)> {
    let words = query.distinct();
    let weights = Weights::new(index);
    scratch.sums.resize(index.claims.len().max(scratch.sums.len()), 0.0);
    let read = accumulate(index, &words, &weights, scratch, budget);
    let bonus = query.mass * SPEAKER_BONUS;
    let claims = &index.claims;
    let mut found: Vec<(u32, f32)> = Vec::with_capacity(scratch.touched.len());
    for &claim in &scratch.touched {
        let sum = std::mem::take(&mut scratch.sums[claim as usize]);
        found.push((claim, sum));
    }
    scratch.touched.clear();
    found.retain(|&(claim, _)| !claims.removed[claim as usize] && Some(claim) != skip);
    if bonus > 0.0 && !query.likenesses.is_empty() {
        for (claim, sum) in &mut found {
            if query.likenesses.get(&claims.speakers[*claim as usize]).is_some_and(|l| l.may_be_one()) {
                *sum += bonus;
            }
        }
    }
    keep_best(&mut found, KEPT.max(top));
    if read < words.len() {
        complete(index, &words[read..], &weights, &mut found);
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(top);
    found
}

/// Adds up postings, rarest word first; returns how many words were read.
fn accumulate(
    index: &Index,
    words: &[(u32, f32)],
    weights: &Weights,
    scratch: &mut Scratch,
    budget: Option<u32>,
) -> usize {
    let mut left: f32 = words.iter().map(|&(_, rarity)| rarity * weights.most).sum();
    let mut postings = 0;
    for (at, &(term, rarity)) in words.iter().enumerate() {
        let list = &index.postings[term as usize];
        if let Some(budget) = budget
            && scratch.touched.len() >= SURE
            && (postings + list.stored > budget || left < nth_best(scratch, SURE))
        {
            return at;
        }
        let Scratch { sums, touched, .. } = scratch;
        list.for_each(|claim, times| {
            let (Some(sum), Some(&length)) = (sums.get_mut(claim as usize), index.claims.lengths.get(claim as usize))
            else {
                return;
            };
            if *sum == 0.0 {
                touched.push(claim);
            }
            *sum += rarity * weights.of(times, length);
        });
        postings += list.stored;
        left -= rarity * weights.most;
    }
    words.len()
}

/// Returns the n-th best sum so far.
fn nth_best(scratch: &mut Scratch, n: usize) -> f32 {
    let Scratch { sums, touched, order } = scratch;
    order.clear();
    order.extend(touched.iter().map(|&claim| sums[claim as usize]));
    let at = n.min(order.len()) - 1;
    *order.select_nth_unstable_by(at, |a, b| b.total_cmp(a)).1
}

fn keep_best(found: &mut Vec<(u32, f32)>, count: usize) {
    if found.len() > count {
        found.select_nth_unstable_by(count, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(count);
    }
}

/// Adds the words whose postings were not read, from the terms kept for each claim.
fn complete(index: &Index, words: &[(u32, f32)], weights: &Weights, found: &mut [(u32, f32)]) {
    let mut terms = Vec::new();
    for (claim, sum) in found {
        index.claims.read(*claim, &mut terms);
        let length = index.claims.lengths[*claim as usize];
        for &(word, rarity) in words {
            let times = terms.iter().filter(|&&(term, _)| term == word).count() as u32;
            if times > 0 {
                *sum += rarity * weights.of(times, length);
            }
        }
    }
}

/// The part of BM25 that hangs on how often a claim holds the word and how long the claim is, as a table.
#[derive(Debug)]
struct Weights {
    norms: [f32; 256],
    most: f32,
}

impl Weights {
    fn new(index: &Index) -> Self {
        let average = (index.claims.total_length as f32 / index.claims.live().max(1) as f32).max(1.0);
        let mut norms = [0.0; 256];
        for (length, norm) in norms.iter_mut().enumerate() {
            *norm = K1 * (1.0 - B + B * length as f32 / average);
        }
        Self { norms, most: (K1 + 1.0) * 3.0 / (3.0 + norms[0]) }
    }

    #[inline]
    fn of(&self, times: u32, length: u8) -> f32 {
        let times = times as f32;
        times * (K1 + 1.0) / (times + self.norms[length as usize])
    }
}
