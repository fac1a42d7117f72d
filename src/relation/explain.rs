//! From a finding to the answer a person reads: kind, score, summary, reasons, links, and what may explain it innocently.

use super::align::{Alignment, Bond, Pair};
use super::arguments::{Likeness, opens_with_speaker};
use super::both_hold::days_between;
use super::judge::{Figures, Finding, Opposition};
use super::parsed::Parsed;
use super::sides;
use super::vetoes::{
    COVERED_CLAIMS, EACH_OF_HIMSELF, does_or_not, is_there_or_not, may_do_or_not, on_its_own, share_little,
    speakers_agree, speakers_differ, veto, veto_of_wording,
};
use super::weigh;
use super::words::WORDS;
use super::{Ledger, Link, LinkKind, Relation, RelationKind};
use crate::score::{Reason, Score};

/// Least score of a contradiction, of one by a word of stance, and of one between two positions.
const CALLED: f64 = 0.7;
const CALLED_STANCE: f64 = 0.6;
/// The same where one speaker says both of one subject: he is held to his words.
const CALLED_OF_ONE: f64 = 0.6;
const CALLED_POSITION: f64 = 0.68;
/// Least score of a short sentence that is held against a long passage.
const CALLED_PASSAGE: f64 = 0.4;
/// Least coverage at which two claims are said to differ by one word, and the least score that this gives.
pub(super) const WHOLE: f32 = 0.999;
const ONE_WORD: f64 = 0.72;
/// Links needed where one act is turned around by one speaker and by two, and coverage of the side that says more by two.
const LINKED_OF_ONE: usize = 2;
const LINKED_OF_TWO: usize = 3;
const COVERED_OF_TWO: f32 = 0.5;
/// Days within which two people mean one event.
const SOON: i64 = 3;
/// Part of a figure below which another is no recount.
const FALLEN: f64 = 0.6;
/// The least score that a denial gives of all that the other side says of the one who denies.
const DENIED: f64 = 0.75;
/// What a veto leaves of a score.
const VETOED: f64 = 0.3;
/// Least score of a pair offered for review.
const REVIEWED: f64 = 0.2;
/// Least coverage of both sides for a repeat, and for a rewording.
const REPEATED: f32 = 0.97;
const REWORDED: f32 = 0.7;
/// The same where each side also has words of its own, which may set another thing in the same place.
const REWORDED_BOTH: f32 = 0.85;
/// Least coverage of both sides for an update.
const UPDATED: f32 = 0.6;
/// Least weight of agreeing words for a related pair (about two words that are neither of them common).
const RELATED: f32 = 9.0;

pub(super) fn explain(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> Relation {
    if finding.opposition == Opposition::None
        && finding.shared < RELATED
        && finding.covered_a.min(finding.covered_b) < REWORDED
    {
        return Relation::unrelated();
    }
    let features = weigh::features(a, b, alignment, finding);
    let mut called = called(finding.opposition);
    let inner = finding.proposition;
    if finding.claims && speakers_agree(a, b) && inner.predicate && inner.subject == Likeness::Same {
        called = called.min(CALLED_OF_ONE);
    }
    let (mut score, mut parts) = weigh::weigh(weigh::Group::Opposition(finding.opposition), &features);
    if differs_by_one(finding) {
        score = score.max(ONE_WORD);
    }
    let there = inner.comes_about || inner.predicate && inner.object == Likeness::Same;
    if is_there_or_not(a, b, finding) && there || does_or_not(a, b, finding) {
        score = score.max(ONE_WORD);
    }
    if turns_around(a, b, finding) {
        score = score.max(ONE_WORD);
    }
    if denied_in_words(finding) {
        score = score.max(DENIED);
    }
    if finding.passage.is_some() && finding.opposition != Opposition::None && score < called {
        (score, parts) = weigh::weigh(weigh::Group::Passage, &features);
        called = CALLED_PASSAGE;
    }
    let other_time = (times_differ(a, b) || finding.other_years) && !is_disputed_count(a, b, finding);
    let mut because = Vec::new();
    let mut kind = kind(finding, score >= called, other_time);
    if kind == RelationKind::Repeat && !same_words(a, b, alignment) {
        kind = RelationKind::Reworded;
    }
    if matches!(kind, RelationKind::Repeat | RelationKind::Reworded) && each_of_himself(a, b) {
        because.push(Reason::new(EACH_OF_HIMSELF.0, EACH_OF_HIMSELF.1, -1.0));
        kind = RelationKind::Related;
    }
    if kind == RelationKind::Contradiction
        && let Some((rule, detail)) = veto(a, b, alignment, finding)
    {
        because.push(Reason::new(rule, detail, -1.0));
        score *= VETOED;
        // What one speaker says of another day is worth a look: it may be a change.
        let changed = matches!(rule, "veto.passing" | "veto.since") && speakers_agree(a, b);
        kind = if changed { RelationKind::Offered } else { RelationKind::Related };
    }
    if kind == RelationKind::Unrelated {
        return Relation { score: Score::new(score), ..Relation::unrelated() };
    }
    if finding.opposition != Opposition::None {
        because.push(Reason::new(finding.opposition.name(), named(a, b, finding), score));
    }
    because.extend(parts);
    let summary = summary(a, b, finding, kind, score);
    let alignment = alignment.pairs.iter().map(|pair| link(a, b, pair)).collect();
    let ledger = Ledger { a: a.ledger(), b: b.ledger() };
    Relation { kind, score: Score::new(score), summary, because, alignment, innocent: innocent(a, b, finding), ledger }
}

/// Tells whether two people each say something of themselves: "I will stay", "that he would stay".
fn each_of_himself(a: &Parsed, b: &Parsed) -> bool {
    speakers_differ(a, b) && opens_with_speaker(a) && opens_with_speaker(b)
}

/// Tells whether two claims agree in every word but the one that turns one of them around.
fn differs_by_one(finding: &Finding) -> bool {
    let by_ledger = matches!(finding.opposition, Opposition::Negation | Opposition::Stance);
    let turned = finding.turned_a.len() + finding.turned_b.len();
    by_ledger
        && turned == 1
        && finding.linked > 1
        && finding.covered_a.min(finding.covered_b) >= WHOLE
        && !finding.claims
        && finding.passage.is_none()
}

/// Tells whether one act of one subject, and of one object where there is one, is turned around, whatever else is said beside it.
pub(super) fn turns_around(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let inner = finding.proposition;
    let turned = match finding.opposition {
        Opposition::Negation => a.denial.is_none() && b.denial.is_none(),
        Opposition::Position => finding.turned_a.len() + finding.turned_b.len() == 1,
        Opposition::Antonym => true,
        _ => false,
    };
    let (least, most) = (finding.covered_a.min(finding.covered_b), finding.covered_a.max(finding.covered_b));
    let told = if speakers_agree(a, b) {
        finding.linked >= LINKED_OF_ONE && least >= COVERED_CLAIMS
    } else {
        finding.linked >= LINKED_OF_TWO && least >= COVERED_OF_TWO && most >= REWORDED
    };
    finding.claims
        && turned
        && told
        && !finding.names_differ
        && inner.one_act
        && inner.is_of_one_subject()
        && (inner.object == Likeness::Same || inner.bare)
}

/// Tells whether two people give figures of one event, and the later one is no count that has grown.
fn is_disputed_count(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let Figures::Differ(pair) = finding.figures else { return false };
    let (Some(first), Some(later)) = (a.quantity(&a.words[pair.a]), b.quantity(&b.words[pair.b])) else { return false };
    let grows = |side: &Parsed, figure: usize| {
        let sentence = side.words[figure].sentence;
        side.words.iter().any(|word| word.sentence == sentence && word.is_form(|entry| entry.growing))
    };
    let soon = days_between(a, b).is_none_or(|days| days <= SOON);
    let (falls, rises) = (later.high < FALLEN * first.low, first.high < FALLEN * later.low);
    let apart = soon && !grows(a, pair.a) && !grows(b, pair.b) && (falls || rises);
    speakers_differ(a, b) && !a.mood.forecast && !b.mood.forecast && (finding.one_time && falls || apart)
}

/// Tells whether one of two people denies, in the words of the other, what is said of him.
fn denied_in_words(finding: &Finding) -> bool {
    let inner = finding.proposition;
    finding.opposition == Opposition::Stance
        && finding.claims
        && finding.turned_a.len() + finding.turned_b.len() == 0
        && inner.is_of_one_subject()
        && inner.object == Likeness::Same
        && finding.covered_a.max(finding.covered_b) >= WHOLE
}

/// Tells whether two claims are related at most, in whatever proposition an opposition between them may lie.
pub(super) fn are_related_at_most(a: &Parsed, b: &Parsed, finding: &Finding) -> bool {
    let least = finding.covered_a.min(finding.covered_b);
    let other_time = (times_differ(a, b) || finding.other_years) && !is_disputed_count(a, b, finding);
    if (is_of_its_time(finding) || matches!(finding.figures, Figures::Differ(_))) && other_time {
        return least < COVERED_CLAIMS;
    }
    if finding.other_years {
        return true;
    }
    if finding.opposition == Opposition::None {
        return least < REWORDED;
    }
    veto_of_wording(a, b, finding).is_some()
        || a.is_claim()
            && b.is_claim()
            && !on_its_own(finding)
            && share_little(finding)
            && !is_there_or_not(a, b, finding)
            && !may_do_or_not(a, b, finding)
}

/// Tells whether what opposes is a figure or a time, which may differ at another time.
fn is_of_its_time(finding: &Finding) -> bool {
    let dated = finding.pair.is_some_and(|pair| finding.times_only && pair.bond.opposes());
    finding.opposition == Opposition::Number || dated
}

/// Returns the least score of a contradiction.
fn called(opposition: Opposition) -> f64 {
    let least = match opposition {
        Opposition::Stance => CALLED_STANCE,
        Opposition::Position => CALLED_POSITION,
        _ => CALLED,
    };
    least * opposition.ceiling()
}

fn kind(finding: &Finding, called: bool, other_time: bool) -> RelationKind {
    let least = finding.covered_a.min(finding.covered_b);
    let inner = finding.proposition;
    let one_measure = !finding.claims || inner.predicate && inner.subject != Likeness::Differs;
    let of_a_series = matches!(finding.figures, Figures::Differ(_)) && finding.other_years;
    if (is_of_its_time(finding) || of_a_series) && other_time {
        // At another time another figure may hold: never a contradiction. The same figure for another month is none that is new.
        // "The works", "the works at the river": the longer one only says more of the same thing.
        let most = finding.covered_a.max(finding.covered_b);
        let says_more = finding.claims && inner.is_of_one_subject() && most >= WHOLE && finding.linked > 2;
        let near = least >= UPDATED || (called || says_more) && least >= COVERED_CLAIMS;
        let updated = finding.figures != Figures::Same && one_measure && near;
        let else_kind = if finding.shared >= RELATED { RelationKind::Related } else { RelationKind::Unrelated };
        return if updated { RelationKind::Update } else { else_kind };
    }
    if finding.other_years {
        return RelationKind::Related;
    }
    // A name alone says nothing that could be repeated.
    let one_name = finding.linked < 2 && finding.shared < RELATED && !finding.parallel;
    if finding.opposition != Opposition::None && called {
        return RelationKind::Contradiction;
    }
    let opposed = finding.swap.is_some()
        || finding.opposition != Opposition::None
        || finding.opposing > 0
        || finding.clash.is_some();
    if !opposed && !one_name && !finding.scope_differs {
        if least >= REPEATED {
            return RelationKind::Repeat;
        }
        if least >= if finding.both_free { REWORDED_BOTH } else { REWORDED } {
            return RelationKind::Reworded;
        }
    }
    if finding.shared >= RELATED { RelationKind::Related } else { RelationKind::Unrelated }
}

/// Tells whether every weighty word and every operator stands on both sides as the same word.
fn same_words(a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
    let bounded = |side: &Parsed| -> Vec<(u64, u64)> {
        side.quantities.iter().map(|quantity| (quantity.low.to_bits(), quantity.high.to_bits())).collect()
    };
    let exact = alignment.pairs.iter().all(|pair| pair.bond == Bond::Exact) && bounded(a) == bounded(b);
    let operators = |side: &Parsed| -> Vec<u64> {
        let mut lemmas: Vec<u64> = side.operations.iter().map(|operation| side.words[operation.word].lemma).collect();
        lemmas.sort_unstable();
        lemmas
    };
    exact && operators(a) == operators(b)
}

/// Tells whether the two claims are of different times: other days, or other years in their words.
fn times_differ(a: &Parsed, b: &Parsed) -> bool {
    days_between(a, b).is_some()
}

fn quoted(side: &Parsed, word: usize) -> String {
    format!("“{}”", side.written(word))
}

/// Names the opposition in the words of the two claims.
fn named(a: &Parsed, b: &Parsed, finding: &Finding) -> String {
    if let Some(swap) = finding.swap.filter(|_| finding.opposition == Opposition::Order) {
        let (x, y) = (quoted(a, swap.a), quoted(b, swap.b));
        return format!("{x} and {y} stand in one another's place, and only one order can hold");
    }
    if let Some(pair) = finding.pair {
        let (x, y) = (quoted(a, pair.a), quoted(b, pair.b));
        return match pair.bond {
            Bond::Exclusive(class) => format!("{x} and {y} exclude one another ({})", WORDS.class(class)),
            Bond::Clash => format!("{x} and {y} cannot both be the figure"),
            Bond::Quantifier => format!("{x} and {y} cannot both hold"),
            _ if finding.opposition == Opposition::Side => {
                let (x, y) = (sides::written(a, pair.a), sides::written(b, pair.b));
                format!("“{x}” and “{y}” take opposite sides")
            }
            _ => format!("{x} is the opposite of {y}"),
        };
    }
    if finding.opposition == Opposition::Position {
        let of = |side: &Parsed, words: &[usize]| {
            let words: Vec<String> = words.iter().map(|&word| quoted(side, word)).collect();
            match words.len() {
                0 => "for it".to_owned(),
                n if n % 2 == 1 => format!("against it ({})", words.join(", ")),
                _ => format!("for it ({} cancel out)", words.join(", ")),
            }
        };
        let (of_a, of_b) = &finding.positions;
        return format!("two positions on one matter: the first {}, the second {}", of(a, of_a), of(b, of_b));
    }
    let side = |side: &Parsed, turned: &[usize]| -> Vec<String> {
        let cue = side.denial.iter().map(|cue| format!("“{cue}”"));
        cue.chain(turned.iter().map(|&n| quoted(side, side.operations[n].word))).collect()
    };
    let (of_a, of_b) = (side(a, &finding.turned_a), side(b, &finding.turned_b));
    match (of_a.is_empty(), of_b.is_empty()) {
        (false, true) => format!("{} in the first negates what the second asserts", of_a.join(", ")),
        (true, false) => format!("{} in the second negates what the first asserts", of_b.join(", ")),
        _ => format!("{} stand against {}", of_a.join(", "), of_b.join(", ")),
    }
}

fn summary(a: &Parsed, b: &Parsed, finding: &Finding, kind: RelationKind, score: f64) -> String {
    match kind {
        RelationKind::Contradiction | RelationKind::Offered => {
            let what = if speakers_agree(a, b) && times_differ(a, b) {
                "change of position: "
            } else if a.denial.is_some() != b.denial.is_some() {
                "denial: "
            } else if speakers_differ(a, b) {
                "dispute: "
            } else {
                ""
            };
            let warning = if a.direct == Some(false) && b.direct == Some(false) {
                " (both paraphrased: read the originals)"
            } else {
                ""
            };
            format!("{what}{}{warning}", named(a, b, finding))
        }
        RelationKind::Repeat => "the same words".into(),
        RelationKind::Reworded => "the same claim in other words".into(),
        RelationKind::Update => match finding.figures {
            Figures::Differ(pair) => format!("a new figure: {}, then {}", quoted(a, pair.a), quoted(b, pair.b)),
            _ => format!("a new date: {}", named(a, b, finding)),
        },
        RelationKind::Related if finding.opposition != Opposition::None && score >= REVIEWED => {
            format!("review together: {}", named(a, b, finding))
        }
        RelationKind::Related => "on the same matter".into(),
        RelationKind::Unrelated => String::new(),
    }
}

fn innocent(a: &Parsed, b: &Parsed, finding: &Finding) -> Vec<String> {
    let mut innocent = Vec::new();
    let mut note = |holds: bool, words: &str| {
        if holds {
            innocent.push(words.to_owned());
        }
    };
    note(times_differ(a, b), "other period: the two were said at different times");
    note(finding.other_years, "other period: the two speak of different years");
    note(finding.scope_differs, "other scope: one speaks of all, the other of some");
    note(finding.names_differ, "other scope: each names somebody or something that the other does not");
    note(
        finding.covered_a.min(finding.covered_b) < REWORDED,
        "other scope: much of one claim has no counterpart in the other",
    );
    note(a.mood.condition != b.mood.condition, "one of the two is conditional");
    note(a.mood.possibility != b.mood.possibility, "one of the two is only a possibility");
    note(finding.proposition.depth_differs, "one of the two reports what somebody else said");
    note(a.mood.question || b.mood.question, "one of the two is a question");
    note(a.mood.forecast != b.mood.forecast, "one of the two speaks of the future");
    note(a.direct == Some(false) || b.direct == Some(false), "paraphrase by the outlet");
    innocent
}

fn link(a: &Parsed, b: &Parsed, pair: &Pair) -> Link {
    let name = a.words[pair.a].name && b.words[pair.b].name;
    let kind = match pair.bond {
        Bond::Exact | Bond::Stem if name => LinkKind::Entity,
        Bond::Exact => LinkKind::Exact,
        Bond::Stem => LinkKind::Stem,
        Bond::Synonym => LinkKind::Synonym,
        Bond::Number | Bond::Clash => LinkKind::Number,
        Bond::Antonym | Bond::DerivedAntonym | Bond::Quantifier | Bond::Exclusive(_) => LinkKind::Antonym,
    };
    Link { a: a.written(pair.a).to_owned(), b: b.written(pair.b).to_owned(), kind }
}
