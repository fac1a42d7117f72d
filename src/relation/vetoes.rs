//! What forbids to call an opposition a contradiction. Of claims that somebody made more is asked than of two sentences side by side: they
//! come from anywhere, and must be seen to speak of one thing.

use super::align::{Alignment, Bond, name_two};
use super::arguments::{Likeness, of_two_things, speakers};
use super::both_hold::both_hold;
use super::explain::{WHOLE, turns_around};
use super::judge::{Finding, Opposition};
use super::parsed::Parsed;
use super::position;
use super::quantity::Measure;
use super::roles::BE;
use chrono::Datelike;

/// Least number of links between two claims that somebody made, least coverage, and least coverage where one subject or object
/// cannot be told or differs.
const LINKED_CLAIMS: usize = 2;
pub(super) const COVERED_CLAIMS: f32 = 0.3;
const TOLD_CLAIMS: f32 = 0.6;
/// Least number of links where the subject cannot be told, and least coverage of two positions.
const LINKED_UNTOLD: usize = 3;
const COVERED_POSITIONS: f32 = 0.45;
/// Least weight of an act that by itself tells what is spoken of: "resign", "strike".
const RARE_ACT: f32 = 5.8;

/// That two people each speak of themselves, as a reason.
pub(super) const EACH_OF_HIMSELF: (&str, &str) = ("veto.first-person", "each speaks of himself: the subjects differ");

/// Returns what forbids to call a pair a contradiction, when something does.
pub(super) fn veto(
    a: &Parsed,
    b: &Parsed,
    alignment: &Alignment,
    finding: &Finding,
) -> Option<(&'static str, &'static str)> {
    if name_others(a, b, alignment, finding) || numbered_apart(a, b, alignment) {
        return Some(("veto.names", "each names another"));
    }
    if let Some(veto) = veto_of_wording(a, b, finding) {
        return Some(veto);
    }
    let inner = finding.proposition;
    if !finding.claims {
        return None;
    }
    if finding.pair.is_some_and(|pair| a.is_of_the_past(pair.a) != b.is_of_the_past(pair.b)) {
        return Some(("veto.past", "one of the two tells what was so before"));
    }
    if of_two_things(a, b, alignment) {
        return Some(("veto.things", "each speaks of another thing of one kind"));
    }
    if let Some(veto) = both_hold(a, b, alignment, finding) {
        return Some(veto);
    }
    if on_its_own(finding) {
        // These have found their own subject and matter.
        return inner.conditional.then_some(("veto.condition", "one of the two speaks only of what might be"));
    }
    if inner.fragment {
        return Some(("veto.fragment", "one of the two is a phrase: by itself it states nothing"));
    }
    if inner.depth_differs {
        return Some(("veto.depth", "one of the two only reports what somebody else said"));
    }
    if inner.command {
        return Some(("veto.command", "one of the two is a command and states nothing"));
    }
    if inner.conditional {
        return Some(("veto.condition", "one of the two speaks only of what might be"));
    }
    let least = finding.covered_a.min(finding.covered_b);
    let around = turns_around(a, b, finding);
    let whole = inner.comes_about && is_there_or_not(a, b, finding) || does_or_not(a, b, finding);
    if share_little(finding) && !whole {
        return Some(("veto.little", "too little of what the one says is in the other"));
    }
    if finding.opposition == Opposition::Position {
        let both = position::prescribes(a) && position::prescribes(b);
        let same = inner.subject == Likeness::Same || inner.object == Likeness::Same;
        let one_thing = same && inner.subject != Likeness::Differs;
        return (!around && (!both || !one_thing || least < COVERED_POSITIONS))
            .then_some(("veto.position", "the positions are about different subjects"));
    }
    if !inner.predicate {
        return Some(("veto.predicate", "what opposes is said of two different acts"));
    }
    match (inner.subject, inner.object) {
        (Likeness::Differs, _) => Some(("veto.subject", "the subjects differ")),
        (Likeness::Untold, Likeness::Untold | Likeness::Differs) => {
            Some(("veto.subject", "it cannot be told that the two speak of one thing"))
        }
        (Likeness::Untold, _) if least < TOLD_CLAIMS || finding.linked < LINKED_UNTOLD => {
            Some(("veto.subject", "it cannot be told that the two speak of one thing"))
        }
        (_, Likeness::Differs) if least < TOLD_CLAIMS => Some(("veto.object", "the objects differ")),
        _ => None,
    }
}

/// The part of the veto that hangs on the words alone.
pub(super) fn veto_of_wording(a: &Parsed, b: &Parsed, finding: &Finding) -> Option<(&'static str, &'static str)> {
    if a.held_once != b.held_once {
        return Some(("veto.past", "one of the two tells what somebody held before"));
    }
    if of_other_years(a, b) {
        return Some(("veto.year", "each speaks of the year in which it was said"));
    }
    if a.mood.first_person && b.mood.first_person && speakers_differ(a, b) && !names(a, b) && !names(b, a) {
        return Some(EACH_OF_HIMSELF);
    }
    if finding.vague {
        return Some(("veto.indefinite", "both subjects are indefinite and may differ"));
    }
    let certain = !matches!(finding.opposition, Opposition::Position | Opposition::Number);
    if certain && a.mood.possibility != b.mood.possibility {
        return Some(("veto.possibility", "one of the two speaks only of what may be"));
    }
    None
}

/// Tells whether two claims of different years each say "this year" or name its season.
fn of_other_years(a: &Parsed, b: &Parsed) -> bool {
    let year = |side: &Parsed| side.date.map(|date| date.first().year());
    let differ = matches!((year(a), year(b)), (Some(a), Some(b)) if a != b);
    differ && a.says_this_year() && b.says_this_year()
}

/// Tells whether too little of what one of two claims says is in the other.
pub(super) fn share_little(finding: &Finding) -> bool {
    let least = finding.covered_a.min(finding.covered_b);
    finding.linked < LINKED_CLAIMS && least < WHOLE || least < COVERED_CLAIMS
}

/// Tells whether one speaker says that there is no such thing, and nothing else, where he told of it: "there will be no strike".
pub(super) fn is_there_or_not(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let of_a = a.says_there() && finding.covered_a >= WHOLE;
    let of_b = b.says_there() && finding.covered_b >= WHOLE;
    speakers_agree(a, b) && finding.opposition == Opposition::Negation && (of_a || of_b)
}

/// Tells whether one speaker says that he does not do something, and nothing else, and that he does it: "I will not resign", "I resign with
/// immediate effect". What is done must be something rare, for "I will not go" says little of "I go to church", and done: "I am not guilty"
/// may be of another theft; but "there will be no toll" tells of all tolls.
pub(super) fn does_or_not(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let inner = finding.proposition;
    let act = inner.is_of_one_subject() && inner.object != Likeness::Differs && !inner.conditional;
    act && may_do_or_not(a, b, finding)
}

/// As [`does_or_not`], before it is known who does what.
pub(super) fn may_do_or_not(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let is = |side: &Parsed| side.words.iter().any(|word| BE.contains(&word.surface));
    let acts = |side: &Parsed| !is(side) || side.says_there();
    let whole = |side: &Parsed, turned: &[usize], covered: f32| !turned.is_empty() && covered >= WHOLE && acts(side);
    let denied = whole(a, &finding.turned_a, finding.covered_a) || whole(b, &finding.turned_b, finding.covered_b);
    speakers_agree(a, b) && finding.opposition == Opposition::Negation && denied && finding.shared >= RARE_ACT
}

/// Tells whether an opposition has found its own subject and matter.
pub(super) const fn on_its_own(finding: &Finding) -> bool {
    matches!(finding.opposition, Opposition::Side | Opposition::Amount)
}

/// Tells whether a claim names the speaker of the other.
fn names(claim: &Parsed, other: &Parsed) -> bool {
    let Some(speaker) = &other.speaker else { return false };
    let surname = speaker.split_whitespace().next_back();
    surname.is_some_and(|surname| (0..claim.words.len()).any(|word| claim.written(word).to_lowercase() == surname))
}

/// Tells whether the two name things that differ in one part of their names: "North Vale", "South Vale".
fn name_others(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> bool {
    let turned = matches!(finding.opposition, Opposition::Negation | Opposition::Stance | Opposition::Position);
    let linked = || alignment.pairs.iter().any(|pair| pair.bond.opposes() && name_two(a, pair.a, b, pair.b));
    turned && linked() || alignment.free_a.iter().any(|&x| alignment.free_b.iter().any(|&y| name_two(a, x, b, y)))
}

/// Tells whether the two name things that go by numbers, and other ones: "ward 4", "ward 9"; "Flight 12", "Flight 40".
fn numbered_apart(a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
    let noun = |side: &Parsed, number: usize| {
        let noun = number.checked_sub(1)?;
        let (own, counted) = (&side.words[noun], &side.words[number]);
        let adjacent = side.text.get(own.at.end..counted.at.start)? == " ";
        let cardinal = side.quantity(counted)?.measure == Measure::Cardinal;
        (adjacent && cardinal && own.weight > 0.0 && side.syntax().is_noun(noun)).then_some(own.lemma)
    };
    let clashes = alignment.pairs.iter().filter(|pair| pair.bond == Bond::Clash);
    { clashes }.any(|pair| noun(a, pair.a).is_some_and(|of_a| noun(b, pair.b) == Some(of_a)))
}

/// Tells whether two people speak.
pub(super) fn speakers_differ(a: &Parsed, b: &Parsed) -> bool {
    speakers(a, b) == Likeness::Differs
}

/// Tells whether one person speaks.
pub(super) fn speakers_agree(a: &Parsed, b: &Parsed) -> bool {
    speakers(a, b) == Likeness::Same
}
