//! Words that report speech, belief or demand, by class: the cue lexicon.
//!
//! Refuses to decide whether a word is a cue where it stands: that is the readers' work.

use crate::lexicon::tables;
use crate::text::Tag;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a reporting word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// Plain report: says, notes, tweets.
    Say,
    /// Judges somebody or something: calls, praises, slams.
    Call,
    Deny,
    Ask,
    Demand,
    Promise,
    Forecast,
    /// Thinks, hopes, wants.
    Believe,
    /// Declines to speak.
    Refuse,
    /// Speaks without a clause of content: discusses, refers to.
    Discuss,
    /// A noun of speech: claim, warning.
    Noun,
    /// According to, per.
    According,
}

static CUES: LazyLock<FxHashMap<(&'static str, &'static str), Cue>> = LazyLock::new(|| {
    tables::CUES.rows().filter_map(|r| Some(((*r.first()?, *r.get(1)?), class_of(r.get(2)?)?))).collect()
});

fn class_of(name: &str) -> Option<Cue> {
    Some(match name {
        "say" => Cue::Say,
        "call" => Cue::Call,
        "deny" => Cue::Deny,
        "ask" => Cue::Ask,
        "demand" => Cue::Demand,
        "promise" => Cue::Promise,
        "forecast" => Cue::Forecast,
        "believe" => Cue::Believe,
        "refuse" => Cue::Refuse,
        "discuss" => Cue::Discuss,
        "noun" => Cue::Noun,
        "according" => Cue::According,
        _ => return None,
    })
}

/// Returns the class of a lemma as a word of that part of speech.
pub fn class(lemma: &str, tag: Tag) -> Option<Cue> {
    let part = match tag.name() {
        "NN" | "NNS" => "n",
        name if name.starts_with("VB") => "v",
        "IN" => "p",
        _ => return None,
    };
    CUES.get(&(lemma, part)).copied()
}

/// Returns the class as a number from 1, 0 where there is none.
pub fn class_number(lemma: &str, tag: Tag) -> u64 {
    class(lemma, tag).map_or(0, |c| c as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_known_class_and_an_example_with_its_word() {
        for row in tables::CUES.rows() {
            assert!(class_of(row[2]).is_some(), "{row:?}");
            assert!(row[3].contains(row[0]), "{row:?}");
        }
    }

    #[test]
    fn the_part_of_speech_decides() {
        let tag = |name| Tag::of(name).unwrap();
        assert_eq!(class("claim", tag("VBZ")), Some(Cue::Say));
        assert_eq!(class("claim", tag("NNS")), Some(Cue::Noun));
        assert_eq!(class("accord", tag("VBG")), None);
    }
}
