//! A text read against one index: its terms with their rarity, slips of the pen put right, and who may be its speaker.

use super::Entry;
use super::index::{Index, day, spellings};
use super::name::{Likeness, Name};
use super::words::{Term, TermKind, stemmed, terms};
use std::collections::BTreeMap;

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
    /// As in [`Record`](super::index::Record).
    pub day: u16,
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
        let mut query =
            Self { terms: read, text_terms: text_left, ids, rarity, name, likenesses, mass: 0.0, day: day(entry.date) };
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
    let held = |id: &u32| index.postings.live(*id) > 0;
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
            let live = index.postings.live(id);
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
