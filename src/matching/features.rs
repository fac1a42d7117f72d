//! What a query and a claim have in common, as numbers: words by their rarity, word order, names, figures, speaker.
//!
//! Every feature is about one pair (only the two `of best` and the day of an undated query look at the other candidates), so a score means the same for
//! every query. The features say nothing about truth, and "the same words" is not yet "the same claim": see `scorer`.

use super::align::{BuildNumberHasher, STOP_RARITY, Side, Tie, alike, near};
use super::grams::GramQuery;
use super::index::Index;
use super::lexicon::{OPPOSED, stop_class};
use super::name::Likeness;
use super::numbered::COUNT;
use super::query::Query;
use super::runs;
use super::words::{STOP_MARK, TermKind};
use std::collections::HashMap;

/// About the number of claims of the stores that the weights were trained on.
const USUAL_CLAIMS: f32 = 20_000.0;
const MOST_SCALE: f32 = 3.0;
/// Terms that the claims compared with one query have, about.
const TERMS_MET: usize = 800;

/// The features of one pair, and what a person is shown of them.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub values: [f32; COUNT],
    /// Bit i: the query's i-th word (see [`Probe::words`]) is in the claim.
    pub shared: u64,
    pub likeness: Likeness,
    /// Both have figures and share none.
    pub figures_differ: bool,
    /// Figures that only one of the two has.
    pub unmatched_figures: u32,
    /// One has an odd number of negations, the other an even one.
    pub negation_differs: bool,
    /// Each has at least one.
    pub both_negate: bool,
    /// The numbers of negations differ: "always" and "never … without" may mean one thing, but are not the same words.
    pub negations_differ: bool,
    /// An opposite of a query word that the claim does not have.
    pub opposed: bool,
    /// Distinct content words of the claim's text.
    pub claim_words: u32,
    /// Names in the query and in the claim's text that have no partner.
    pub names_missing: u32,
    pub names_added: u32,
}

/// One distinct content word of the query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub id: Option<u32>,
    pub rarity: f32,
    pub name: bool,
    pub figure: bool,
    /// Place in the query's terms.
    pub at: usize,
}

/// A query made ready to be compared with many claims.
#[derive(Debug)]
pub(crate) struct Probe<'a> {
    pub index: &'a Index,
    pub query: &'a Query,
    /// The query's distinct content words, at most 64, rarest first.
    pub words: Vec<Word>,
    mass: f32,
    norm: f32,
    /// Brings rarity, which grows with the number of claims, to what it is among [`USUAL_CLAIMS`].
    scale: f32,
    /// Term numbers of the text, stop words included; words unknown to the index are `u32::MAX`.
    sequence: Vec<(u32, f32)>,
    /// Neighbouring content words, sorted, with their rarity.
    pairs: Vec<((u32, u32), f32)>,
    pair_mass: f32,
    ties: HashMap<u32, Tie, BuildNumberHasher>,
    /// The query's words that others may be spelt like, by their first letters.
    beginnings: Vec<([u8; 3], u8)>,
    /// Terms that are an opposite of a query word, with the first such word.
    opposers: Vec<(u32, u8)>,
    /// What the ranges of the ties point into.
    places: Vec<u32>,
    shared_grams: Vec<u32>,
    grams: GramQuery,
    negations: u32,
    figures: Vec<f64>,
    speaker_term: Option<u32>,
    texts: Vec<&'a str>,
    terms: Vec<(u32, bool)>,
    term_ties: Vec<Tie>,
}

impl<'a> Probe<'a> {
    pub fn new(index: &'a Index, query: &'a Query) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for (at, term) in query.terms.iter().enumerate() {
            let seen = |word: &Word| query.terms[word.at].text == term.text;
            if term.kind == TermKind::Stop {
                continue;
            }
            match words.iter_mut().find(|word| seen(word)) {
                Some(word) => word.name |= term.name,
                None => words.push(Word {
                    id: query.ids[at],
                    rarity: query.rarity[at],
                    name: term.name,
                    figure: term.kind == TermKind::Figure,
                    at,
                }),
            }
        }
        words.sort_by(|a, b| b.rarity.total_cmp(&a.rarity).then(a.at.cmp(&b.at)));
        words.truncate(64);
        let sequence: Vec<(u32, f32)> = query.terms[..query.text_terms]
            .iter()
            .zip(query.ids.iter().zip(&query.rarity))
            .map(|(term, (id, rarity))| {
                (id.unwrap_or(u32::MAX), if term.kind == TermKind::Stop { STOP_RARITY } else { *rarity })
            })
            .collect();
        let content: Vec<(u32, f32)> = sequence.iter().copied().filter(|&(_, rarity)| rarity > STOP_RARITY).collect();
        let mut pairs: Vec<((u32, u32), f32)> =
            content.windows(2).map(|two| ((two[0].0, two[1].0), two[0].1 + two[1].1)).collect();
        pairs.sort_by_key(|pair| pair.0);
        pairs.dedup_by_key(|pair| pair.0);
        let is_negation =
            |text: &str| text.strip_prefix(STOP_MARK).is_some_and(|word| stop_class(word) == Some("negation"));
        let mut texts: Vec<&str> = query.terms.iter().map(|term| term.text.as_str()).collect();
        texts.sort_unstable();
        let figures = words.iter().filter(|word| word.figure);
        let figures = figures.filter_map(|word| query.terms[word.at].text.get(1..)?.parse().ok()).collect();
        let every = query.terms.iter().map(|term| term.text.as_str());
        Self {
            index,
            scale: (USUAL_CLAIMS.ln() / (1.0 + index.claims.live() as f32).ln().max(1.0)).min(MOST_SCALE),
            grams: GramQuery::new(&index.grams, every, index.claims.live()),
            mass: words.iter().map(|word| word.rarity).sum::<f32>().max(1.0),
            norm: words.iter().map(|word| word.rarity * word.rarity).sum::<f32>().sqrt().max(1.0),
            pair_mass: pairs.iter().map(|pair| pair.1).sum::<f32>().max(1.0),
            negations: query.terms[..query.text_terms].iter().filter(|term| is_negation(&term.text)).count() as u32,
            opposers: opposers(index, query, &words),
            beginnings: beginnings(query, &words),
            speaker_term: index.vocabulary.find(&super::words::stemmed(query.name.last())),
            words,
            sequence,
            pairs,
            figures,
            texts,
            query,
            ties: HashMap::with_capacity_and_hasher(TERMS_MET, BuildNumberHasher::default()),
            places: Vec::new(),
            shared_grams: Vec::new(),
            terms: Vec::new(),
            term_ties: Vec::new(),
        }
    }

    /// Returns the features of one claim; those that look at the other candidates are left at 0.
    pub fn pair(&mut self, claim: u32, sum: f32, best: f32) -> Pair {
        let mut terms = std::mem::take(&mut self.terms);
        let mut ties = std::mem::take(&mut self.term_ties);
        let text_terms = self.index.claims.read(claim, &mut terms);
        ties.clear();
        ties.extend(terms.iter().map(|term| self.tie(term.0)));
        let (text, title) = terms.split_at(text_terms);
        let (text_ties, title_ties) = ties.split_at(text_terms);
        let in_text = self.side(text, text_ties);
        let in_title = self.side(title, title_ties);
        let either = in_text.words | in_title.words;
        let covered = |mask: u64| self.rarity_of(mask) / self.mass;
        let (text_cover, title_cover, cover) = (covered(in_text.words), covered(in_title.words), covered(either));
        let like: f32 = self
            .words
            .iter()
            .enumerate()
            .filter(|(at, _)| either >> at & 1 == 0)
            .map(|(at, word)| word.rarity * in_text.like[at].max(in_title.like[at]))
            .sum();
        let squares: f32 = self.each(either).map(|word| word.rarity * word.rarity).sum();
        let claim_norm = (in_text.squares + 0.5 * in_title.squares).sqrt().max(1.0);
        let (run, run_length) = runs::longest(&self.sequence, &self.places, text_ties);
        let (title_run, title_length) = runs::longest(&self.sequence, &self.places, title_ties);
        let run = run.max(title_run) / self.mass;
        let names_missing =
            |mask: u64| self.words.iter().enumerate().filter(move |(at, w)| w.name && mask >> at & 1 == 0);
        let figures_shared = self.each(either).filter(|word| word.figure).count();
        let query_figures = self.words.iter().filter(|word| word.figure).count();
        let in_claim = |figure: &&f64| !self.figures.contains(figure);
        let unmatched_figures =
            (query_figures - figures_shared + in_text.figures.iter().filter(in_claim).count()) as u32;
        let near = in_text.figures.iter().any(|a| self.figures.iter().any(|b| a != b && near(*a, *b)));
        let differ = figures_shared == 0 && !self.figures.is_empty() && !in_text.figures.is_empty();
        let speaker = self.index.claims.records[claim as usize].speaker;
        let likeness = self.query.likeness(speaker, self.index);
        let same = match likeness {
            Likeness::Same => 1.0,
            Likeness::Surname => 1.0,
            Likeness::Misspelt => 0.8,
            _ => 0.0,
        };
        let named = self.texts.binary_search(&self.index.speakers.last_terms[speaker as usize].as_str()).is_ok();
        let spoken_of = self.speaker_term.is_some_and(|id| text.iter().any(|term| term.0 == id));
        let negation_differs = in_text.negations % 2 != self.negations % 2;
        let text_covered = in_text.matched / in_text.mass.max(1.0);
        let title_covered = in_title.matched / in_title.mass.max(1.0);
        let rarest = self.each(either).map(|word| word.rarity).fold(0.0, f32::max);
        let gram_count = ties.iter().map(|tie| tie.gram_count).sum();
        let shared_grams = ties.iter().map(|tie| &self.shared_grams[tie.grams.0 as usize..tie.grams.1 as usize]);
        let letters = self.grams.share(gram_count, shared_grams);
        let ln = |count: usize| (1.0 + count as f32).ln();
        let values = [
            sum / (self.mass * 2.2),
            sum / best,
            text_cover,
            title_cover,
            cover,
            text_covered,
            title_covered,
            squares / (self.norm * claim_norm),
            like / self.mass,
            (in_text.pairs.max(in_title.pairs) / self.pair_mass).min(1.0),
            run.min(1.0),
            ln(run_length.max(title_length)),
            self.each(either).filter(|word| word.name).map(|word| word.rarity).sum::<f32>() / self.mass,
            names_missing(either).map(|(_, word)| word.rarity).sum::<f32>() / self.mass,
            in_text.names_added / in_text.mass.max(1.0),
            self.each(either).filter(|word| word.figure).map(|word| word.rarity).sum::<f32>() * self.scale / 10.0,
            f32::from(u8::from(near)),
            f32::from(u8::from(differ)),
            same,
            f32::from(u8::from(matches!(likeness, Likeness::Different | Likeness::Namesake))),
            f32::from(u8::from(named)),
            f32::from(u8::from(spoken_of)),
            f32::from(u8::from(negation_differs)),
            f32::from(u8::from(in_text.opposed)),
            self.rarity_of(either) * self.scale / 50.0,
            rarest * self.scale / 12.0,
            ln(self.words.len()),
            ln(in_text.words_count as usize),
            cover * cover,
            text_covered * cover,
            same * cover,
            run.min(1.0) * text_covered,
            letters,
            0.0,
            0.0,
        ];
        let pair = Pair {
            values,
            shared: either,
            likeness,
            unmatched_figures,
            figures_differ: differ,
            negation_differs,
            both_negate: in_text.negations > 0 && self.negations > 0,
            negations_differ: in_text.negations != self.negations,
            opposed: in_text.opposed,
            claim_words: in_text.words_count,
            names_missing: names_missing(either).count() as u32,
            names_added: in_text.names_added_count,
        };
        (self.terms, self.term_ties) = (terms, ties);
        pair
    }

    /// Returns the query's words under a mask.
    pub fn each(&self, mask: u64) -> impl Iterator<Item = &Word> {
        let mut left = mask;
        std::iter::from_fn(move || {
            let at = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            self.words.get(at)
        })
    }

    fn rarity_of(&self, mask: u64) -> f32 {
        self.each(mask).map(|word| word.rarity).sum()
    }

    /// Adds up one side of a claim, its text or its title.
    fn side(&self, terms: &[(u32, bool)], ties: &[Tie]) -> Side {
        let mut side = Side::default();
        let mut last: Option<u32> = None;
        // A term whose bit was not met yet stands here for the first time.
        let mut met = 0u64;
        for (at, (&(id, name), tie)) in terms.iter().zip(ties).enumerate() {
            side.negations += u32::from(tie.negation);
            if tie.opposed.is_some() {
                side.opposers |= 1 << tie.opposed.unwrap_or(0);
            }
            if !tie.content {
                continue;
            }
            let bit = 1u64 << (id & 63);
            let repeated = met & bit != 0 && terms[..at].iter().any(|term| term.0 == id);
            met |= bit;
            if let Some(word) = tie.word {
                let like = &mut side.like[word as usize];
                *like = like.max(tie.strength);
                if tie.strength >= 1.0 {
                    side.words |= 1 << word;
                }
                if !repeated {
                    side.matched += tie.rarity * tie.strength;
                }
            } else if name && !repeated {
                side.names_added += tie.rarity;
                side.names_added_count += 1;
            }
            if tie.figure {
                side.figures
                    .extend(self.index.vocabulary.get(id).get(1..).and_then(|figure| figure.parse::<f64>().ok()));
            }
            if !repeated {
                side.mass += tie.rarity;
                side.squares += tie.rarity * tie.rarity;
                side.words_count += 1;
            }
            if let Some(before) = last
                && let Ok(found) = self.pairs.binary_search_by(|pair| pair.0.cmp(&(before, id)))
            {
                side.pairs += self.pairs[found].1;
            }
            last = Some(id);
        }
        side.opposed = side.opposers & !side.words != 0;
        side
    }

    /// Returns how a term is tied to the query; worked out once a query for each term.
    fn tie(&mut self, id: u32) -> Tie {
        if let Some(tie) = self.ties.get(&id) {
            return *tie;
        }
        let kind = self.index.kinds[id as usize];
        let text = self.index.vocabulary.get(id);
        let mut tie = Tie { content: kind != TermKind::Stop, figure: kind == TermKind::Figure, ..Tie::default() };
        tie.opposed = self.opposers.iter().find(|opposer| opposer.0 == id).map(|opposer| opposer.1);
        let first = self.places.len() as u32;
        let places = self.sequence.iter().enumerate().rev().filter(|(_, term)| term.0 == id);
        self.places.extend(places.map(|(at, _)| at as u32));
        tie.places = (first, self.places.len() as u32);
        let first = self.shared_grams.len() as u32;
        tie.gram_count = self.grams.shared(&self.index.grams, id, &mut self.shared_grams);
        tie.grams = (first, self.shared_grams.len() as u32);
        if kind == TermKind::Stop {
            let word = text.trim_start_matches(STOP_MARK);
            tie.negation = stop_class(word) == Some("negation");
        } else {
            tie.rarity = self.index.rarity(Some(id));
            if let Some(at) = self.words.iter().position(|word| word.id == Some(id)) {
                tie.word = Some(at as u8);
                tie.strength = 1.0;
            } else if kind == TermKind::Word {
                let begins = text.as_bytes().first_chunk();
                let likes = self.beginnings.iter().filter(|(other, _)| begins == Some(other));
                let best = likes
                    .map(|&(_, at)| (at, alike(text, &self.query.terms[self.words[usize::from(at)].at].text)))
                    .max_by(|a, b| a.1.total_cmp(&b.1));
                if let Some((at, strength)) = best.filter(|&(_, strength)| strength >= 0.5) {
                    tie.word = Some(at);
                    tie.strength = strength.min(0.9);
                }
            }
        }
        self.ties.insert(id, tie);
        tie
    }
}

/// Returns the words that others may be spelt like, with their first letters: only what begins alike is alike.
fn beginnings(query: &Query, words: &[Word]) -> Vec<([u8; 3], u8)> {
    let words = (0..).zip(words).filter(|(_, word)| !word.figure);
    words.filter_map(|(at, word)| Some((*query.terms[word.at].text.as_bytes().first_chunk()?, at))).collect()
}

/// Returns the terms of the index that are an opposite of a query word, stop words too, each with the first such word.
fn opposers(index: &Index, query: &Query, words: &[Word]) -> Vec<(u32, u8)> {
    let mut opposers: Vec<(u32, u8)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        for opposite in OPPOSED.get(&query.terms[word.at].text).into_iter().flatten() {
            let written = [index.vocabulary.find(opposite), index.vocabulary.find(&format!("{STOP_MARK}{opposite}"))];
            for id in written.into_iter().flatten() {
                if opposers.iter().all(|opposer| opposer.0 != id) {
                    opposers.push((id, at as u8));
                }
            }
        }
    }
    opposers
}
