//! Pairs of claims that may be opposed in other words: which are worth reading together, how likely each is, and whether it is
//! called a contradiction or only offered to be looked at.
//!
//! Within an article cheap numbers choose [`READ`] of all pairs for the encoder, and trees weigh its answer beside them. Across articles
//! those are read that an encoder of single claims takes for opposed (`together`), by two encoders, and their answers alone count: what the
//! trees learnt of pairs of one topic misleads them on a desk of many. What the rules have called stays as they see it.

use super::idle::is_idle;
use super::linking::{Said, both_known, dispute, one_within_the_other, same_speaker, side_of, told as told_of};
use crate::matching::Tier;
use crate::relation::model::{Answer, Claimed, Forests, Model, Place, explained, features, ordered, read_alone, ruled};
use crate::relation::{Parsed, RelationKind, relate_parsed};
use crate::score::{Reason, Score};
use crate::store::claims::ClaimSide;
use crate::store::relations::NewRelation;
use chrono::Datelike;
use rayon::prelude::*;

/// Pairs within an article that the encoder reads.
const READ: usize = 12;
/// Cheap log-odds below which a pair is not read.
const HOPELESS: f32 = -3.2;
/// The log-odds of a pair across articles: what the encoder of two articles says, times the first, what that of one article says, times the
/// second, less the third. Fitted on desks written for the project.
const ACROSS: [f32; 3] = [0.4, 0.3, 0.2];
/// Probability from which a pair is called a contradiction: eight of ten are right, as far as the marks go.
const CALLED: f64 = 0.8;
/// Probability from which it is offered, within an article and across; and across where the two are alike: what opposes is likelier
/// to be told apart there. Set on desks written for the project.
const OFFERED: [f64; 2] = [0.08, 0.27];
const OFFERED_ALIKE: f64 = 0.22;
/// What the rules know to hold side by side is not offered.
const HELD_APART: [&str; 9] = [
    "veto.names",
    "veto.things",
    "veto.others",
    "veto.since",
    "veto.passing",
    "veto.past",
    "veto.year",
    "veto.wish",
    "veto.scorn",
];
/// Pairs offered for each article: within it, and with others.
const OFFERS: usize = 3;
/// Part of what is needed for an offer that one order must give before the other is read too.
const PROMISING: f64 = 0.5;

/// A claim ready to be held against others, by the rules and by the encoder.
#[derive(Debug)]
pub(super) struct Paired {
    pub side: ClaimSide,
    pub claimed: Claimed,
}

impl Paired {
    pub fn of(side: ClaimSide) -> Self {
        let parsed = Parsed::of(&side_of(&side));
        let told = told_of(&side);
        let pieces = Model::shipped().map(|model| model.side(&told)).unwrap_or_default();
        let at = |number: i64| usize::try_from(number).unwrap_or_default();
        let place = Place {
            article: side.article.map(|article| article.0),
            speaker: side.speaker.map(|speaker| speaker.0),
            first: at(side.first),
            last: at(side.last),
            sentence: (at(side.sentence_start), at(side.sentence_start)),
            day: side.date.map(|date| i64::from(date.first().num_days_from_ce())),
            ..Place::default()
        };
        let claimed = Claimed::new(&told, parsed, pieces, place);
        Self { side, claimed }
    }

    pub const fn said(&self) -> Said<'_> {
        Said { side: &self.side, parsed: &self.claimed.parsed }
    }
}

/// Two claims that are held against each other, the newer first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<'a> {
    pub new: &'a Paired,
    pub other: &'a Paired,
    /// They share words or meaning, and were not chosen for their positions.
    pub alike: bool,
}

impl Met<'_> {
    fn within(&self) -> bool {
        self.new.side.article.is_some() && self.new.side.article == self.other.side.article
    }
}

/// Returns what is called and what is offered of the pairs of an article that the rules left, the likeliest first.
pub(super) fn within(pairs: &[Met<'_>]) -> Vec<NewRelation> {
    let Ok(forests) = Forests::shipped() else { return Vec::new() };
    let cheap = |met: &Met<'_>| {
        let (a, b) = (&met.new.claimed, &met.other.claimed);
        let numbers = features(a, b, ruled(a, b), None);
        forests.cheap.odds(&numbers)
    };
    let mut worth: Vec<(f32, Met<'_>)> = pairs
        .par_iter()
        .filter(|met| !one_within_the_other(&met.new.side, &met.other.side))
        .map(|met| (cheap(met), *met))
        .collect();
    worth.retain(|(odds, _)| *odds > HOPELESS);
    worth.sort_by(|x, y| y.0.total_cmp(&x.0));
    let chosen: Vec<Met<'_>> = worth.into_iter().take(READ).map(|x| x.1).collect();
    read(&chosen)
}

/// Has the encoder read pairs, of one article or of several; returns what is called and what is offered of them, the likeliest first.
pub(super) fn read(pairs: &[Met<'_>]) -> Vec<NewRelation> {
    let (Ok(model), Ok(across), Ok(forests)) = (Model::shipped(), Model::across(), Forests::shipped()) else {
        return Vec::new();
    };
    let weigh = |met: &Met<'_>| {
        let (probability, relation) = weigh(met, model, across, forests)?;
        let idle = relation.kind == RelationKind::Offered && is_idle(met.new, met.other);
        Some((probability, idle, relation))
    };
    let mut found: Vec<(f64, bool, NewRelation)> = pairs.par_iter().filter_map(weigh).collect();
    found.sort_by(|x, y| y.0.total_cmp(&x.0));
    let mut offers = 0;
    // What need not be looked at makes no room for what is less likely.
    found.retain(|(_, idle, relation)| {
        offers += usize::from(relation.kind == RelationKind::Offered);
        relation.kind == RelationKind::Contradiction || offers <= OFFERS && !idle
    });
    found.into_iter().map(|(.., relation)| relation).collect()
}

/// Has the encoder read a pair and says what it is; nothing where it is neither called nor offered.
fn weigh(met: &Met<'_>, model: &Model<'_>, across: &Model<'_>, forests: &Forests) -> Option<(f64, NewRelation)> {
    let (a, b) = (&met.new.claimed, &met.other.claimed);
    let (first, _) = ordered(a, b);
    let (first, second) = if std::ptr::eq(first, a) { (met.new, met.other) } else { (met.other, met.new) };
    let (scope, forest) = (usize::from(!met.within()), &forests.whole);
    let numbers = |answer: &Answer| features(a, b, ruled(a, b), Some(answer));
    let judged = |answer: &Answer, of_two: Option<&Answer>| {
        let [two, one, rare] = ACROSS;
        let odds = of_two.map_or_else(
            || forest.odds(&numbers(answer)),
            |of_two| two * of_two.opposed() + one * answer.opposed() - rare,
        );
        1.0 / (1.0 + f64::from(-odds).exp())
    };
    let heard = |x: &Claimed, y: &Claimed| {
        let of_two = (!met.within()).then(|| across.read_once(&x.pieces, &y.pieces));
        (model.read_once(&x.pieces, &y.pieces), of_two)
    };
    let offered = if met.alike { OFFERED_ALIKE } else { OFFERED[scope] };
    let (answer, of_two) = heard(a, b);
    if judged(&answer, of_two.as_ref()) < PROMISING * offered {
        return None;
    }
    let (turned, turned_of_two) = heard(b, a);
    let answer = answer.mean(&turned);
    let of_two = of_two.zip(turned_of_two).map(|(one, other)| one.mean(&other));
    let probability = judged(&answer, of_two.as_ref());
    let one_day = !a.parsed.may_be_of_two_days(&b.parsed);
    let certain = one_day && both_known(&first.side, &second.side) && a.speaks_of_one_thing(b);
    let kind = match probability {
        // Which alike pairs are read hangs on what was loaded before, and what is called must not.
        p if p >= CALLED && !met.alike && certain => RelationKind::Contradiction,
        p if p >= offered => RelationKind::Offered,
        _ => return None,
    };
    let (earlier, later) = (&first.side, &second.side);
    let same = same_speaker(earlier, later);
    let rules = relate_parsed(&first.claimed.parsed, &second.claimed.parsed);
    let apart = |reason: &Reason| HELD_APART.contains(&reason.rule.as_ref());
    if !met.within() && rules.because.iter().any(apart) {
        return None;
    }
    let seen = rules.kind == RelationKind::Contradiction;
    let summary = if seen { rules.summary } else { told(&earlier.words, &later.words) };
    let answer = of_two.unwrap_or(answer);
    let parts = if met.within() { forest.parts(&numbers(&answer)) } else { read_alone(&answer) };
    let mut because = explained(&first.claimed, &second.claimed, &parts, &answer);
    because
        .insert(0, Reason::new("read.together", "found by what was learnt from pairs that people marked", probability));
    because.extend(if seen { rules.because } else { Vec::new() });
    let relation = NewRelation {
        earlier: earlier.id,
        later: later.id,
        kind,
        dispute: Some(dispute(earlier, later, same)),
        same_speaker: same,
        syndicated: false,
        tier: Tier::Related,
        likeness: Score::default(),
        score: Score::new(probability),
        summary,
        because,
        alignment: if seen { rules.alignment } else { Vec::new() },
        innocent: rules.innocent,
        ledger: rules.ledger,
    };
    Some((probability, relation))
}

/// What the two say, in one line.
fn told(earlier: &str, later: &str) -> String {
    format!("\"{}\" against \"{}\": worded differently; no single word decides", short(earlier), short(later))
}

/// Words of a claim that are shown in one line.
const SHOWN: usize = 14;

fn short(words: &str) -> String {
    let plain = |c: char| matches!(c, '"' | '“' | '”');
    let all: Vec<&str> = words.split_whitespace().collect();
    let cut = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join(" ");
    let cut = cut.replace(plain, "");
    let cut = cut.trim_end_matches([',', '.', ';', ':']);
    if all.len() > SHOWN { format!("{cut} …") } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_tells_both_sides_in_one_line() {
        let told = told("“The port will stay open.”", "that ships must leave by May");
        let expected = "\"The port will stay open\" against \"that ships must leave by May\"";
        assert_eq!(told, format!("{expected}: worded differently; no single word decides"));
        assert!(short(&"word ".repeat(40)).ends_with("word …"));
    }
}
