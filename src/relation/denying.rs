//! Which cues turn around what they report: "denied that". Refuses those that only pass over it: "says nothing about".

use super::parsed::Parsed;
use super::reading::Reading;
use super::words::{Effect, hash};

const NOTHING: u64 = hash("nothing");
const ABOUT: u64 = hash("about");
const COMMENT: u64 = hash("comment");
/// Words of a claim that says nothing else.
const BRIEF: usize = 10;

/// Tells whether a cue turns its content around ("denied that").
pub(super) fn turns(cue: &str) -> bool {
    let mut reading = Reading::new(cue);
    reading.split();
    reading.phrases();
    // "The report says nothing about the dam": what is passed over in silence is not denied.
    if reading.words.windows(2).any(|two| two[0].surface == NOTHING && two[1].surface == ABOUT) {
        return false;
    }
    let turning =
        reading.words.iter().filter_map(|word| word.entry?.operator).filter(|operator| operator.effect == Effect::Turn);
    turning.count() % 2 == 1
}

impl Parsed {
    /// Tells whether the claim says only that nothing will be said: "we do not comment on letters".
    pub fn declines_to_comment(&self) -> bool {
        self.words.len() <= BRIEF && self.words.iter().any(|word| word.surface == COMMENT && word.negated)
    }
}

#[cfg(test)]
mod tests {
    use super::{Parsed, turns};
    use crate::relation::Side;

    #[test]
    fn a_cue_of_denial_turns_and_one_of_silence_does_not() {
        assert!(turns("denied"));
        assert!(turns("never said"));
        assert!(!turns("said"));
        assert!(!turns("says nothing about"));
    }

    #[test]
    fn who_does_not_comment_states_nothing() {
        let declines = |text: &str| Parsed::of(&Side { text, ..Side::default() }).declines_to_comment();
        assert!(declines("We do not comment on private letters"));
        assert!(!declines("The letter is forged"));
        assert!(!declines("Her comment was recorded"));
    }
}
