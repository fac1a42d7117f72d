//! Claims that make a statement in the very words that are looked for. A quotation that its cue interrupts is two pieces, and a short one
//! has few rare words, so that likeness alone may miss what stands there word for word.

use super::{Result, Workbench};
use crate::matching::{Candidate, Tier};
use crate::relation::sentences;
use crate::score::{Reason, Score};
use crate::store::filter::{Filter, Order, Test};
use crate::store::plain;
use std::cmp::Ordering;

/// Words of a statement that is looked for so: two may stand anywhere.
const LEAST: usize = 3;
/// Claims with these words that are read, the newest.
const READ: usize = 200;
/// What a statement in the same words counts, at least.
const SCORE: f64 = 0.95;

impl Workbench {
    /// Puts claims that make a statement in these words, by itself or among others, before those that are only alike.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) fn put_word_for_word_first(&self, text: &str, candidates: &mut Vec<Candidate>) -> Result<()> {
        let wanted = plain(text);
        if wanted.split(' ').count() < LEAST {
            return Ok(());
        }
        let with = Filter::default().with(Test::Text(bare(text))).limited(READ, Order::Newest);
        for claim in self.store.claims(&with)?.iter().filter(|claim| makes(&claim.words, &wanted)) {
            let reason = Reason::new("words.same", "a statement in these very words", 1.0);
            let id = claim.id.0.unsigned_abs();
            let place = candidates.iter().position(|one| one.id == id);
            let found = place.map(|place| candidates.remove(place));
            let (score, tier) = (Score::default(), Tier::Suggested);
            let new = || Candidate { id, score, tier, meaning: None, because: Vec::new() };
            let mut found = found.unwrap_or_else(new);
            found.score = Score::new(found.score.get().max(SCORE));
            found.tier = if found.tier == Tier::Same { Tier::Same } else { Tier::Suggested };
            found.because.insert(0, reason);
            candidates.push(found);
        }
        candidates.sort_by(|a, b| b.score.get().partial_cmp(&a.score.get()).unwrap_or(Ordering::Equal));
        Ok(())
    }
}

/// The words without the marks around them, as a full-text query takes them for one phrase.
fn bare(text: &str) -> String {
    text.replace("[...]", " ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Tells whether a claim makes a statement in some words, folded: as a sentence, a piece of a quotation, or all of it together.
fn makes(claim: &str, wanted: &str) -> bool {
    plain(&claim.replace("[...]", " ")) == wanted || sentences(claim).any(|sentence| piece(sentence) == wanted)
}

fn piece(sentence: &str) -> String {
    plain(sentence.trim_start_matches("...]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_that_its_cue_interrupts_is_found_by_its_pieces_and_as_a_whole() {
        let said = "“The ferry is sound,” [...] “No passenger has to wait.”";
        for words in ["The ferry is sound", "no passenger has to wait", "the ferry is sound no passenger has to wait"] {
            assert!(makes(said, &plain(words)), "{words}");
        }
        assert!(makes("“The ferry,” [...] “is sound.”", &plain("the ferry is sound")));
        assert!(!makes("“Nobody says that the ferry is sound.”", &plain("the ferry is sound")));
        assert!(!makes("“The ferry is not sound,” [...] “No passenger has to wait.”", &plain("the ferry is sound")));
    }
}
