//! Which claims of the desk repeat one that others checked. Derived data: a mark says how far claims and checks were compared,
//! and every write that adds either, or corrects a claim, compares what is new before it ends.

use super::Result;
use super::in_part::says_in_part;
use super::linking::{query, says_something, side_of};
use super::live::Live;
use crate::matching::{Candidate, Entry, Index, Name, Tier};
use crate::relation::{Parsed, RelationKind, Side, relate_parsed};
use crate::score::{Reason, Score};
use crate::store::checks::{CheckSide, Mark};
use crate::store::claims::ClaimSide;
use crate::store::id::{ClaimId, FactCheckId, OperationId};
use crate::store::snapshot::IndexSource;
use crate::store::{Writer, fold};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Checks looked at for each claim.
const LOOKED_AT: usize = 5;
/// Likeness from which a claim repeats a checked one whose proposition it is found to say. This number and the next were chosen
/// by reading hits; the README says how many were right.
const REPEATS: f64 = 0.5;
/// The same where only the same person and words in the same order speak for it.
const SAID_AGAIN: f64 = 0.8;
/// So many words in a row speak for it.
const IN_ORDER: usize = 4;
/// So many words in a row make a repeat be looked for whatever the score is, and so do all words of a check that has some.
const WORD_FOR_WORD: usize = 8;
const ALL_WORDS: usize = 5;
/// Checks of one claim that are kept, the likest.
const MOST: usize = 3;
/// Claims compared at once.
const BATCH: usize = 4_096;
/// The index is kept again when it has grown by so many checks.
const GROWN: usize = 2_000;
/// As long as there are no more claims than this for each new check, every claim is compared; else the checks look for theirs.
const CLAIMS_A_CHECK: u64 = 200;

/// The index over the claims that others checked; every version is in it, and which one counts is asked when it is shown.
#[derive(Debug, Default)]
pub(super) struct Library {
    index: Index,
    upto: Option<FactCheckId>,
    /// Checks in the snapshot in the database.
    kept: usize,
}

impl Library {
    fn follow(&mut self, source: IndexSource<'_>) -> Result<()> {
        if self.upto.is_none()
            && let Some(snapshot) = source.check_snapshot()?
            && let Ok(index) = Index::from_bytes(&snapshot.bytes)
        {
            self.kept = index.len();
            self.index = index;
            self.upto = Some(snapshot.upto);
        }
        let index = &mut self.index;
        let upto = self.upto.unwrap_or(FactCheckId(0));
        self.upto = Some(source.checks_after(upto, |check, day| index.insert(&entry(check, day)))?);
        Ok(())
    }

    fn keep(&mut self, writer: &Writer<'_>) -> Result<()> {
        if self.index.len() >= self.kept + GROWN {
            writer.keep_check_index(self.upto.unwrap_or(FactCheckId(0)), &self.index.to_bytes())?;
            self.kept = self.index.len();
        }
        Ok(())
    }

    /// Stores which of the checked claims these repeat; only of checks after `after`.
    fn compare(&self, writer: &Writer<'_>, claims: &[u64], after: FactCheckId) -> Result<()> {
        let sides: Vec<ClaimSide> = writer.sides(claims)?.into_iter().filter(says_something).collect();
        let found: Vec<(&ClaimSide, Vec<Candidate>)> = sides
            .par_iter()
            .map(|side| (side, self.index.candidates(&Entry { id: u64::MAX, ..query(side) }, LOOKED_AT)))
            .map(|(side, mut near)| {
                near.retain(|one| one.id > after.0.unsigned_abs());
                (side, near)
            })
            .filter(|(_, near)| !near.is_empty())
            .collect();
        let mut wanted: Vec<u64> = found.iter().flat_map(|(_, near)| near.iter().map(|one| one.id)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let checks: BTreeMap<u64, CheckSide> =
            writer.check_sides(&wanted)?.into_iter().map(|check| (check.id.0.unsigned_abs(), check)).collect();
        let repeated: Vec<(ClaimId, Vec<Repeat>)> =
            found.par_iter().map(|(side, near)| (side.id, repeats(side, near, &checks))).collect();
        for (claim, repeats) in repeated {
            for repeat in repeats {
                writer.add_checked(claim, repeat.check, repeat.score, &repeat.because)?;
            }
        }
        Ok(())
    }
}

/// Reads the words of a checked claim.
fn parsed(check: &CheckSide) -> Parsed {
    let named = !check.claimant.is_empty();
    let speaker = named.then_some(check.claimant.as_str());
    Parsed::of(&Side { text: &check.claim, speaker, date: check.said, ..Side::default() })
}

/// That a claim repeats a checked one.
struct Repeat {
    check: FactCheckId,
    score: Score,
    because: Vec<Reason>,
}

/// Tells whether one person says much of the same in the same order, and neither side turns it round.
fn is_said_again(side: &ClaimSide, check: &CheckSide, one: &Candidate) -> bool {
    let has = |rule: &str| one.because.iter().any(|reason| reason.rule == rule);
    one.score.get() >= SAID_AGAIN
        && !has("polarity")
        && is_of_claimant(side, check)
        && run(&side.words, &check.claim) >= IN_ORDER
}

/// Tells whether the one who speaks may be the one whose claim was checked; both must be named.
fn is_of_claimant(side: &ClaimSide, check: &CheckSide) -> bool {
    let both_named = !check.claimant.is_empty() && !side.speaker_name.is_empty();
    both_named && Name::new(&check.claimant).compare(&Name::new(&side.speaker_name)).may_be_one()
}

/// Returns how many words stand in a row in both.
fn run(a: &str, b: &str) -> usize {
    let (a, b) = (fold(a), fold(b));
    let other: Vec<&str> = b.split(' ').collect();
    let (mut longest, mut ends) = (0, vec![0; other.len() + 1]);
    for word in a.split(' ') {
        // Backwards, so that what stands before is still that of the word before.
        for at in (0..other.len()).rev() {
            ends[at + 1] = if other[at] == word { ends[at] + 1 } else { 0 };
            longest = longest.max(ends[at + 1]);
        }
    }
    longest
}

/// Tells whether two are near enough to be read: by the learned score, or by words in a row, which a small library, where every
/// word is rare, cannot hide.
fn is_near(side: &ClaimSide, check: &CheckSide, one: &Candidate) -> bool {
    if one.tier != Tier::Related && one.score.get() >= REPEATS {
        return true;
    }
    let all = fold(&check.claim).split(' ').count();
    run(&side.words, &check.claim) >= WORD_FOR_WORD.min(all.max(ALL_WORDS))
}

/// The reasons as they hold for these two wordings: words in a row are counted as they are written, a figure of two words as two.
/// Where one is the other `in_part`, words that stand elsewhere in the longer turn nothing round.
fn told(words: &str, claim: &str, because: &[Reason], in_part: bool) -> Vec<Reason> {
    let row = run(words, claim);
    let identical = fold(words) == fold(claim);
    let exact = |reason: &Reason| match &*reason.rule {
        "words.order" if identical => Reason { detail: "the same words".to_owned(), ..reason.clone() },
        "words.order" if row > 1 => Reason { detail: format!("{row} words in the same order"), ..reason.clone() },
        _ => reason.clone(),
    };
    let part = Reason::new("words.part", "one holds all words of the other".to_owned(), 0.0);
    let part = (in_part && !identical).then_some(part);
    part.into_iter().chain(because.iter().filter(|reason| !in_part || reason.rule != "polarity").map(exact)).collect()
}

/// Of the checked claims near a claim those that it repeats: what says something else of the same matter is left out.
fn repeats(side: &ClaimSide, near: &[Candidate], checks: &BTreeMap<u64, CheckSide>) -> Vec<Repeat> {
    let near = near.iter().filter_map(|one| Some((one, checks.get(&one.id)?)));
    let in_part = |check: &CheckSide| is_of_claimant(side, check) && says_in_part(&side.words, &check.claim);
    let near = near.map(|(one, check)| (one, check, in_part(check)));
    let near: Vec<(&Candidate, &CheckSide, bool)> =
        near.filter(|(one, check, in_part)| *in_part || is_near(side, check, one)).collect();
    if near.is_empty() {
        return Vec::new();
    }
    let own = Parsed::of(&side_of(side));
    if !own.has_clause() {
        return Vec::new();
    }
    let repeat = |(one, check, in_part): (&Candidate, &CheckSide, bool)| {
        let same = match relate_parsed(&parsed(check), &own).kind {
            RelationKind::Repeat | RelationKind::Reworded => true,
            RelationKind::Related => in_part || one.tier == Tier::Same || is_said_again(side, check, one),
            RelationKind::Unrelated => in_part || one.tier == Tier::Same,
            RelationKind::Contradiction | RelationKind::Offered | RelationKind::Update => false,
        };
        same.then(|| Repeat {
            check: check.id,
            score: one.score,
            because: told(&side.words, &check.claim, &one.because, in_part),
        })
    };
    near.into_iter().filter_map(repeat).take(MOST).collect()
}

impl Live {
    /// Compares what is new: checks with the claims before them, claims with all checks, and the claims that operations
    /// corrected.
    pub fn compare_checks(&mut self, writer: &Writer<'_>, operations: &[OperationId]) -> Result<()> {
        let (done, all) = writer.index_source().checked_marks()?;
        if all.checks == FactCheckId(0) {
            return Ok(());
        }
        let mut corrected = Vec::new();
        for operation in operations {
            corrected.extend(writer.claims_touched(*operation)?);
        }
        corrected.retain(|claim| *claim <= done.claims);
        if done == all && corrected.is_empty() {
            return Ok(());
        }
        self.library.follow(writer.index_source())?;
        if done.checks < all.checks && done.claims > ClaimId(0) {
            self.compare_new_checks(writer, done, all.checks)?;
        }
        let claims = (done.claims.0.unsigned_abs() + 1)..=all.claims.0.unsigned_abs();
        for batch in claims.collect::<Vec<_>>().chunks(BATCH) {
            self.library.compare(writer, batch, FactCheckId(0))?;
        }
        for claim in &corrected {
            writer.forget_checked(*claim)?;
        }
        let corrected: Vec<u64> = corrected.iter().map(|claim| claim.0.unsigned_abs()).collect();
        self.library.compare(writer, &corrected, FactCheckId(0))?;
        writer.mark_checked(all)?;
        self.library.keep(writer)
    }

    fn compare_new_checks(&mut self, writer: &Writer<'_>, done: Mark, last: FactCheckId) -> Result<()> {
        let (claims, new) = (done.claims.0.unsigned_abs(), last.0.abs_diff(done.checks.0));
        let wanted: Vec<u64> = if claims <= new.saturating_mul(CLAIMS_A_CHECK) {
            (1..=claims).collect()
        } else {
            self.catch_up(writer)?;
            let numbers: Vec<u64> = ((done.checks.0.unsigned_abs() + 1)..=last.0.unsigned_abs()).collect();
            let checks = writer.check_sides(&numbers)?;
            let words = self.words();
            let mut near: Vec<u64> = checks
                .par_iter()
                .flat_map_iter(|check| words.candidates(&Entry { id: u64::MAX, ..entry(check, "") }, 10 * LOOKED_AT))
                .map(|one| one.id)
                .filter(|claim| *claim <= claims)
                .collect();
            near.sort_unstable();
            near.dedup();
            near
        };
        wanted.chunks(BATCH).try_for_each(|batch| self.library.compare(writer, batch, done.checks))
    }
}

fn entry<'a>(check: &'a CheckSide, day: &'a str) -> Entry<'a> {
    Entry {
        id: check.id.0.unsigned_abs(),
        text: &check.claim,
        title: &check.title,
        speaker: &check.claimant,
        date: day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row_are_counted_without_case_and_marks() {
        assert_eq!(run("It will cost 1.2 billion crowns", "that “it will cost” 1.2 billion"), 5);
        assert_eq!(run("the quay is safe", "safe is the quay"), 2);
        assert_eq!(run("", "quay"), 0);
    }

    #[test]
    fn words_in_order_are_those_of_the_two_wordings() {
        let because = [Reason::new("words.order", "4 words in the same order".to_owned(), 1.0)];
        let details = |words: &str, claim: &str| -> Vec<String> {
            told(words, claim, &because, false).into_iter().map(|reason| reason.detail).collect()
        };
        assert_eq!(
            details("It will not cost 1.2 million crowns", "it will not cost 1.2 million crowns."),
            ["the same words"]
        );
        let other = details("It will not cost 1.2 million crowns", "They say it will not cost 1.2 million");
        assert_eq!(other, ["6 words in the same order"]);
        let turned = [Reason::new("polarity", "a negation on one side only".to_owned(), -1.0)];
        let part = told("Nobody was in danger", "Nobody was in danger on the quay", &turned, true);
        assert_eq!(
            part.into_iter().map(|reason| reason.detail).collect::<Vec<_>>(),
            ["one holds all words of the other"]
        );
    }
}
