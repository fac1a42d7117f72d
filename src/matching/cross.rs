//! Every claim against every earlier one (`match --all`), on all cores. It asks the index once a claim, so the work grows
//! with the claims and the length of the rare words' postings, not with the number of pairs.

use super::{Candidate, Entry, Index, Tier};
use rayon::prelude::*;

/// One pair found by [`cross`]; the claim is the entry that was asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub claim: u64,
    pub found: Candidate,
}

/// Returns, for each entry, its best `top` matches of at least this tier, in the order of the entries, best first.
///
/// A pair that both sides find comes once, under the entry with the higher id: the later one in a database.
pub fn cross(index: &Index, entries: &[Entry<'_>], top: usize, least: Tier) -> Vec<Pair> {
    let wanted = |candidate: &Candidate| rank(candidate.tier) <= rank(least);
    let found: Vec<Vec<Candidate>> =
        entries.par_iter().map(|entry| index.candidates(entry, top).into_iter().filter(wanted).collect()).collect();
    let asked: std::collections::BTreeMap<u64, usize> =
        entries.iter().enumerate().map(|(at, entry)| (entry.id, at)).collect();
    let mut pairs = Vec::new();
    for (entry, candidates) in entries.iter().zip(&found) {
        for candidate in candidates {
            let other = asked.get(&candidate.id).map(|&at| &found[at]);
            let twice = candidate.id > entry.id && other.is_some_and(|list| list.iter().any(|c| c.id == entry.id));
            if !twice {
                pairs.push(Pair { claim: entry.id, found: candidate.clone() });
            }
        }
    }
    pairs
}

const fn rank(tier: Tier) -> u8 {
    match tier {
        Tier::Same => 0,
        Tier::Suggested => 1,
        Tier::Related => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_that_both_sides_find_comes_once() {
        let texts = ["The ferry to Arden is late", "The mill burned down", "The ferry to Arden was late again"];
        let entry = |(at, text): (usize, &&'static str)| Entry { id: at as u64, text, ..Entry::default() };
        let entries: Vec<Entry<'_>> = texts.iter().enumerate().map(entry).collect();
        let mut index = Index::default();
        entries.iter().for_each(|entry| index.insert(entry));
        let pairs = cross(&index, &entries, 5, Tier::Related);
        assert_eq!(pairs.iter().map(|pair| (pair.claim, pair.found.id)).collect::<Vec<_>>(), [(2, 0)]);
    }
}
