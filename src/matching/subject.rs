//! What several claims are about together, as weighed words, and how near another claim is to it.
//!
//! Method: relevance feedback (Rocchio 1971) over the rarity of words: what the claims share counts, what claims that were
//! refused share counts against it. Words of the sentences around a claim count less than its own.

use super::Index;
use super::words::{TermKind, terms};
use crate::lexicon::words::rarity;
use std::collections::BTreeMap;

/// What a term of the sentences around the words counts.
const AROUND: f32 = 0.3;
/// What a claim of the subject counts against one that is only likely to belong to it.
const OWN: f32 = 2.0;
/// How much less a term counts that every refused claim has.
const REFUSED: f32 = 0.7;
/// A term that half of the claims have counts more than half of one that all have.
const SHARED: f32 = 0.7;
/// Added to the length of a claim, so that two words in common are not all that is asked.
const LENGTH: f32 = 12.0;
/// Part of the weightiest term's weight from which one is worth telling.
const WEIGHTY: f32 = 0.25;
/// Terms that stand for the subject.
const MOST: usize = 40;

/// A claim by its terms, without stop words.
#[derive(Debug, Clone, Default)]
pub struct Bag {
    terms: BTreeMap<String, Held>,
}

#[derive(Debug, Clone)]
struct Held {
    weight: f32,
    name: bool,
    /// As the text has it, and where: bytes of the sentences or of the words, end exclusive.
    written: String,
    start: u32,
    end: u32,
}

/// What a claim has in common with a subject: its weightier terms, as the claim writes them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Common {
    /// Names that stand side by side are one.
    pub names: Vec<String>,
    /// Weightiest first.
    pub words: Vec<String>,
    /// Distinct terms.
    pub count: usize,
    /// The part of the names in the weight, up to 1.
    pub named: f32,
}

/// Words with what each counts.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    weights: BTreeMap<String, f32>,
}

impl Bag {
    /// Reads a claim: its words, and the sentences that hold it.
    pub fn of(words: &str, sentence: &str) -> Self {
        let mut out = Self::default();
        for (text, weight) in [(words, 1.0), (sentence, AROUND)] {
            for term in terms(text).into_iter().filter(|term| term.kind != TermKind::Stop) {
                let written = term.written(text).trim_end_matches("'s").trim_end_matches("’s").to_owned();
                let new = Held { weight, name: term.name, written, start: term.start, end: term.end };
                let held = out.terms.entry(term.text).or_insert(new);
                held.name |= term.name;
            }
        }
        out
    }

    fn length(&self) -> f32 {
        self.terms.values().map(|held| held.weight).sum()
    }
}

impl Subject {
    /// Weighs the terms of claims that belong to the subject, of some that are likely to, and of some that were refused.
    pub fn of(index: &Index, own: &[Bag], likely: &[&Bag], refused: &[Bag]) -> Self {
        let mut counts: BTreeMap<&str, f32> = BTreeMap::new();
        let mut against: BTreeMap<&str, f32> = BTreeMap::new();
        let each = own.iter().map(|bag| (bag, OWN)).chain(likely.iter().map(|bag| (*bag, 1.0)));
        for (bag, weight) in each {
            for (term, held) in &bag.terms {
                *counts.entry(term).or_default() += weight * held.weight;
            }
        }
        for (term, held) in refused.iter().flat_map(|bag| &bag.terms) {
            *against.entry(term).or_default() += held.weight / refused.len() as f32;
        }
        let all = (OWN * own.len() as f32 + likely.len() as f32).max(1.0);
        let weigh = |(term, count): (&str, f32)| {
            let against = against.get(term).map_or(0.0, |share| REFUSED * share.powf(SHARED));
            let weight = rarity_of(index, term) * ((count / all).powf(SHARED) - against);
            (weight > 0.0).then(|| (term.to_owned(), weight))
        };
        let mut weighed: Vec<(String, f32)> = counts.into_iter().filter_map(weigh).collect();
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if !likely.is_empty() {
            weighed.truncate(MOST);
        }
        Self { weights: weighed.into_iter().collect() }
    }

    /// Returns how near a claim is: the weight of the terms in common against the claim's length; 0 for none.
    pub fn nearness(&self, bag: &Bag) -> f32 {
        let shared = bag.terms.iter().filter_map(|(term, held)| Some(self.weights.get(term)? * held.weight));
        shared.sum::<f32>() / (LENGTH + bag.length())
    }

    /// Returns what a claim has in common with the subject.
    pub fn common(&self, bag: &Bag) -> Common {
        let least = WEIGHTY * self.weights.values().copied().fold(0.0, f32::max);
        let weight = |term: &String| self.weights.get(term).copied().filter(|weight| *weight >= least);
        let shared = bag.terms.iter().filter_map(|(term, held)| Some((weight(term)? * held.weight, held)));
        let (mut names, mut words): (Vec<(f32, &Held)>, Vec<_>) = shared.partition(|(_, held)| held.name);
        let sum = |part: &[(f32, &Held)]| part.iter().map(|(weight, _)| weight).sum::<f32>();
        let (of_names, of_words) = (sum(&names), sum(&words));
        let count = names.len() + words.len();
        names.sort_by_key(|(_, held)| (held.weight < 1.0, held.start));
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.written.cmp(&b.1.written)));
        let mut joined: Vec<(&Held, String)> = Vec::new();
        for (_, held) in names {
            match joined.last_mut().filter(|(last, _)| last.end + 1 == held.start) {
                Some((last, name)) => {
                    name.push(' ');
                    name.push_str(&held.written);
                    *last = held;
                }
                None => joined.push((held, held.written.clone())),
            }
        }
        Common {
            names: joined.into_iter().map(|(_, name)| name).collect(),
            words: words.into_iter().map(|(_, held)| held.written.clone()).collect(),
            count,
            named: of_names / (of_names + of_words).max(f32::MIN_POSITIVE),
        }
    }

    /// Returns the weightiest words, at most forty, as some of the claims write them.
    pub fn words<'a>(&self, bags: &[&'a Bag]) -> Vec<&'a str> {
        let mut weighed: Vec<(&str, f32)> =
            self.weights.iter().map(|(term, weight)| (term.as_str(), *weight)).collect();
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let written = |term: &str| bags.iter().find_map(|bag| bag.terms.get(term)).map(|held| held.written.as_str());
        weighed.iter().take(MOST).filter_map(|(term, _)| written(term)).collect()
    }
}

/// How rare a term is: on this desk and, where the lexicon knows the word, in news at large. A small desk is all about one
/// thing, so its own counts alone would make that thing common.
fn rarity_of(index: &Index, term: &str) -> f32 {
    let here = index.rarity(index.vocabulary.find(term));
    rarity(term).map_or(here, |at_large| f32::midpoint(here, at_large))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::Entry;

    fn bags(texts: &[&str]) -> Vec<Bag> {
        texts.iter().map(|text| Bag::of(text, "")).collect()
    }

    #[test]
    fn what_claims_share_is_the_subject() {
        let own = bags(&["The Larn tunnel will cost two billion", "The tunnel under the Larn is late"]);
        let mut index = Index::default();
        for (id, text) in
            (1..).zip(["the choir sang", "the mayor left", "a ship sank", "the bridge is old", "the Larn is deep"])
        {
            index.insert(&Entry { id, text, ..Entry::default() });
        }
        let subject = Subject::of(&index, &own, &[], &[]);
        let near = |text: &str| subject.nearness(&Bag::of(text, ""));
        assert!(near("the Larn tunnel is unsafe") > near("the tunnel of love is a film"));
        assert!(near("the bridge will cost two billion") > near("the choir sang well"));
        assert!(near("the choir sang well").abs() < f32::EPSILON);
        let around = Bag::of("it is unsafe", "Of the Larn tunnel he said it is unsafe.");
        assert!(subject.nearness(&around) > 0.0 && subject.nearness(&around) < near("the Larn tunnel is unsafe"));
        let common = subject.common(&Bag::of("They dug the tunnel below the Larn", ""));
        assert_eq!((common.names, common.words), (vec!["Larn".to_owned()], vec!["tunnel".to_owned()]));
    }

    #[test]
    fn what_was_refused_counts_against() {
        let own = bags(&["The Larn tunnel will cost two billion", "The Larn ferry will stop"]);
        let refused = bags(&["The ferry crew is on strike"]);
        let near = |refused: &[Bag]| {
            Subject::of(&Index::default(), &own, &[], refused).nearness(&Bag::of("the ferry sank", ""))
        };
        assert!(near(&refused) < near(&[]));
        assert!(Subject::of(&Index::default(), &[], &[], &refused).words(&[]).is_empty());
    }
}
