//! Features become one probability, a tier and the reasons a person reads; weights in `weights.rs`, card in `card.md`.
//!
//! The tier `same` is guarded by rules on top of the score: short claims, another speaker, other figures or names, a
//! negation or an opposite on one side only are never linked without asking, however many words are shared.

use super::among::YEARS_APART;
use super::features::{Pair, Probe, Word};
use super::name::Likeness;
use super::numbered::COUNT;
use super::query::Query;
use super::weights::{BIAS, MEANS, WEIGHTS};
use super::{Entry, Tier};
use crate::score::Reason;

/// Probability from which a match is linked without asking, when no guard speaks against it.
const SAME: f64 = 0.9;
/// Probability from which a match is shown as a suggestion.
const SUGGESTED: f64 = 0.3;
/// Fewer distinct content words on either side, or fewer shared, never make a match `same`.
const LEAST_WORDS: u32 = 4;
/// Share of the rarity of each side's words that the other must have for `same`.
const LEAST_COVER: f32 = 0.6;
/// Years apart from which a year is told.
const NEARLY_A_YEAR: f32 = 0.8;
/// How many words a reason names.
const NAMED: usize = 4;

/// Places of the features in the weight table, by what a person is told about them.
const WORDS: [usize; 14] = [0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29];
const ORDER: [usize; 4] = [9, 10, 11, 31];
const LIKE: [usize; 3] = [8, 32, 33];
const NAMES: [usize; 3] = [12, 13, 14];
const FIGURES: [usize; 3] = [15, 16, 17];
const SPEAKER: [usize; 5] = [18, 19, 20, 21, 30];
const POLARITY: [usize; 2] = [22, 23];
const COVER: usize = 4;
const TEXT_COVERED: usize = 5;
const RUN_LENGTH: usize = 11;

/// Returns the probability that a claim repeats the query, calibrated over the candidates of the training queries.
pub(crate) fn probability(pair: &Pair) -> f64 {
    let sum: f32 = BIAS + pair.values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum::<f32>();
    1.0 / (1.0 + f64::from(-sum).exp())
}

/// Returns the tier: by probability, held down by the guards.
pub(crate) fn tier(pair: &Pair, probe: &Probe<'_>, probability: f64) -> Tier {
    if probability < SUGGESTED || is_turned(pair) {
        Tier::Related
    } else if probability >= SAME && may_be_same(pair, probe) {
        Tier::Same
    } else {
        Tier::Suggested
    }
}

fn both_ways(pair: &Pair) -> f32 {
    pair.values[COVER].min(pair.values[TEXT_COVERED])
}

/// Tells whether a negation or an opposite on one side turns what are else the same words.
fn is_turned(pair: &Pair) -> bool {
    pair.opposed || (pair.negation_differs && both_ways(pair) > 0.5)
}

/// Tells whether no guard speaks against linking without asking.
pub(crate) fn may_be_same(pair: &Pair, probe: &Probe<'_>) -> bool {
    let long = probe.words.len() as u32 >= LEAST_WORDS
        && pair.claim_words >= LEAST_WORDS
        && pair.shared.count_ones() >= LEAST_WORDS;
    let one_speaker = pair.likeness != Likeness::Different && pair.likeness != Likeness::Namesake;
    let one_matter = pair.unmatched_figures == 0 && pair.names_missing == 0 && pair.names_added == 0;
    let one_sense = !pair.negations_differ && !pair.opposed;
    long && one_speaker && one_matter && one_sense && both_ways(pair) >= LEAST_COVER
}

/// Log-odds a unit of each feature adds, and the means they are measured from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed<'a> {
    pub weights: &'a [f32; COUNT],
    pub means: &'a [f32; COUNT],
}

/// Returns what speaks for and against the match, the weightiest first; weights are log-odds against a chance candidate.
pub(crate) fn reasons(pair: &Pair, probe: &Probe<'_>, query: &Query, entry: &Entry<'_>) -> Vec<Reason> {
    reasons_by(pair, probe, query, entry, &Weighed { weights: &WEIGHTS, means: &MEANS })
}

/// As [`reasons`], weighed by another table.
pub(crate) fn reasons_by(
    pair: &Pair,
    probe: &Probe<'_>,
    query: &Query,
    entry: &Entry<'_>,
    table: &Weighed<'_>,
) -> Vec<Reason> {
    let written = |word: &Word| {
        let source = if word.at < query.text_terms { entry.text } else { entry.title };
        query.terms[word.at].written(source).to_owned()
    };
    let list = |words: Vec<&Word>| words.into_iter().take(NAMED).map(written).collect::<Vec<_>>().join(", ");
    let shared = |test: fn(&Word) -> bool| list(probe.each(pair.shared).filter(|word| test(word)).collect());
    let missing = |test: fn(&Word) -> bool| list(probe.each(!pair.shared).filter(|word| test(word)).collect());
    let mut reasons = Vec::new();
    let mut add = |rule: &'static str, places: &[usize], detail: String| {
        let weight: f32 = places.iter().map(|&at| table.weights[at] * (pair.values[at] - table.means[at])).sum();
        reasons.push(Reason::new(rule, detail, (f64::from(weight) * 1000.0).round() / 1000.0));
    };
    let words = shared(|word| !word.figure);
    if !words.is_empty() {
        add("words.shared", &WORDS, format!("shares the rare words {words}"));
    }
    let run = pair.values[RUN_LENGTH].exp().round() - 1.0;
    if run >= 3.0 {
        add("words.order", &ORDER, format!("{run} words in the same order"));
    }
    if pair.values[LIKE[0]] > 0.0 {
        add("words.alike", &LIKE, "other words are spelt alike".to_owned());
    }
    match (shared(|word| word.name), missing(|word| word.name)) {
        (both, _) if !both.is_empty() => add("names", &NAMES, format!("both name {both}")),
        (_, one) if !one.is_empty() => add("names", &NAMES, format!("only one names {one}")),
        _ => {}
    }
    match (shared(|word| word.figure), pair.figures_differ) {
        (both, _) if !both.is_empty() => add("figures", &FIGURES, format!("same figure {both}")),
        (_, true) => add("figures", &FIGURES, format!("other figures than {}", missing(|word| word.figure))),
        _ => {}
    }
    let speaker = match pair.likeness {
        Likeness::Same => "same speaker",
        Likeness::Surname => "a speaker of the same surname, perhaps the same",
        Likeness::Misspelt => "the same speaker, spelt otherwise",
        Likeness::Namesake => "two people with one surname",
        Likeness::Different => "another speaker",
        Likeness::Unknown => "",
    };
    if !speaker.is_empty() {
        add("speaker", &SPEAKER, speaker.to_owned());
    }
    let years = pair.values[YEARS_APART];
    // Seven months are no year.
    if query.day > 0 && years >= NEARLY_A_YEAR {
        let years = years.round();
        let plural = if years > 1.0 { "s" } else { "" };
        add("date", &[YEARS_APART], format!("about {years} year{plural} apart"));
    }
    if pair.opposed {
        add("polarity", &POLARITY, "opposite words, one on each side".to_owned());
    } else if pair.negation_differs {
        let told = if pair.both_negate { "one side has another negation" } else { "a negation on one side only" };
        add("polarity", &POLARITY, told.to_owned());
    }
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    reasons
}
