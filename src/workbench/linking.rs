//! Each new claim is matched against the earlier ones and compared with those that are like it; what comes out are
//! suggestions. Whose index they come from is in `live`.

use super::Result;
use super::live::Live;
use super::read_before::Read;
use crate::attribution::{Category, Kind, Quotation, Status};
use crate::matching::duplicate::Shingles;
use crate::matching::{Entry, Near, Tier};
use crate::relation::model::Told;
use crate::relation::{Parsed, Relation, RelationKind, Side, asserts_same, relate_closely, relate_parsed};
use crate::score::{Reason, Score};
use crate::store::claims::ClaimSide;
use crate::store::id::{ClaimId, OperationId};
use crate::store::relations::NewRelation;
use crate::store::rows::Dispute;
use crate::store::stored::name_of;
use crate::store::{Writer, fold};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Earlier claims looked at for each new one.
const LOOKED_AT: usize = 25;

/// Resemblance of the words from which a report counts as carried over, with an editor's small changes.
const CARRIED: f64 = 0.8;

/// A report is carried within so many days; later the same words are said again.
const CARRIED_DAYS: i64 = 2;
/// Shorter words (in bytes) are said again too easily: on another day they are no copy.
const CARRIED_LENGTH: usize = 40;

/// How many relations of each sort were found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Linked {
    pub repeats: usize,
    pub syndicated: usize,
    pub updates: usize,
    pub contradictions: usize,
}

/// Returns a hash of the words without case and marks: the same statement has the same; empty for no words.
pub(super) fn fold_of(words: &str) -> String {
    let folded = fold(words);
    if folded.is_empty() {
        return folded;
    }
    Sha256::digest(folded.as_bytes()).iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

impl Live {
    /// Finds and stores the relations of new claims with all others.
    pub fn link(&mut self, writer: &Writer<'_>, claims: &[ClaimId], operation: OperationId) -> Result<Linked> {
        let numbers: Vec<u64> = claims.iter().map(|claim| claim.0.unsigned_abs()).collect();
        let sides = writer.sides(&numbers)?;
        let tied = denials(&sides);
        let new: Vec<ClaimSide> = sides.into_iter().filter(says_something).collect();
        let found: Vec<Vec<Near>> = new.par_iter().map(|side| self.near(&query(side), LOOKED_AT)).collect();
        let new = self.read.read(new);
        let mut wanted: Vec<u64> = found.iter().flatten().map(|near| near.id).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let others = self.read.others(writer, &wanted)?;
        let met: Vec<Vec<(&Near, &Read)>> = found
            .iter()
            .map(|list| list.iter().filter_map(|one| Some((one, others.get(&one.id)?.as_ref()))).collect())
            .collect();
        let relations: Vec<NewRelation> = new
            .par_iter()
            .zip(&met)
            .flat_map_iter(|(read, met)| {
                let carried = met.iter().any(|(_, other)| is_copy(&read.side, &other.side));
                let related = met.iter().filter_map(|&(near, other)| {
                    // Two new claims meet twice: the later id keeps the pair.
                    let twice = claims.contains(&other.side.id) && other.side.id > read.side.id;
                    let suggestion = if twice { None } else { suggest(read.said(), other.said(), near) };
                    // What a carried report says is compared once, where it was said first.
                    let copy = || met.iter().any(|(_, first)| is_copy(&other.side, &first.side));
                    suggestion.filter(|relation| relation.syndicated || !(carried || copy()))
                });
                related.collect::<Vec<_>>()
            })
            .collect();
        let mut linked = Linked::default();
        let both =
            |relation: &NewRelation| (relation.earlier.min(relation.later), relation.earlier.max(relation.later));
        // What an article ties together is one relation, whichever of the two it names first.
        let known: BTreeSet<(ClaimId, ClaimId)> = tied.iter().map(both).collect();
        let others = relations.into_iter().filter(|relation| !known.contains(&both(relation)));
        let ruled: Vec<NewRelation> = tied.into_iter().chain(others).collect();
        // The articles have claims that were not read together with others yet.
        writer.forget_articles_read(&numbers)?;
        for relation in ruled {
            if writer.add_relation(&relation, operation)?.is_some() {
                linked.count(&relation);
            }
        }
        Ok(linked)
    }
}

impl Linked {
    const fn count(&mut self, relation: &NewRelation) {
        match relation.kind {
            RelationKind::Repeat | RelationKind::Reworded if relation.syndicated => self.syndicated += 1,
            RelationKind::Repeat | RelationKind::Reworded => self.repeats += 1,
            RelationKind::Update => self.updates += 1,
            RelationKind::Contradiction => self.contradictions += 1,
            RelationKind::Offered | RelationKind::Related | RelationKind::Unrelated => {}
        }
    }
}

/// A claim and what was read of its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub side: &'a ClaimSide,
    pub parsed: &'a Parsed,
}

impl<'a> Said<'a> {
    /// What claims are put in order by.
    pub(super) const fn order(self) -> (&'a str, ClaimId) {
        (self.side.day.as_str(), self.side.id)
    }
}

/// Returns what the encoders read of a claim.
pub(super) fn told(side: &ClaimSide) -> Told<'_> {
    Told { speaker: &side.speaker_name, cue: &side.cue_words, words: &side.words, sentence: &side.sentence }
}

/// Returns what comparing reads of a claim.
pub(super) fn side_of(side: &ClaimSide) -> Side<'_> {
    let named = !side.speaker_name.is_empty();
    Side {
        text: &side.words,
        speaker: named.then_some(side.speaker_name.as_str()),
        title: (!side.title.is_empty()).then_some(side.title.as_str()),
        date: side.date,
        cue: (!side.cue_words.is_empty()).then_some(side.cue_words.as_str()),
        direct: direct(&side.quotation),
    }
}

/// Words in quotation marks, a paraphrase, or something of both.
fn direct(quotation: &str) -> Option<bool> {
    match crate::store::stored::value_of(quotation)? {
        Quotation::Direct => Some(true),
        Quotation::Indirect => Some(false),
        Quotation::Mixed => None,
    }
}

/// Returns what matching reads of a claim.
pub(super) fn query(side: &ClaimSide) -> Entry<'_> {
    Entry {
        id: side.id.0.unsigned_abs(),
        text: &side.words,
        title: &side.headline,
        speaker: &side.speaker_name,
        date: &side.day,
    }
}

/// Questions and refusals to comment state nothing that could be repeated or contradicted, and what the article does not
/// assert ("if she says", "did not say") was not said.
pub(super) fn says_something(side: &ClaimSide) -> bool {
    states(&side.kind, &side.status)
}

/// As [`says_something`], of a claim's kind and status as they are stored.
pub(super) fn states(kind: &str, status: &str) -> bool {
    let states = !matches!(crate::store::stored::value_of(kind), Some(Kind::Question | Kind::Refusal));
    states && crate::store::stored::value_of::<Status>(status).is_none_or(|status| status == Status::Asserted)
}

/// Tells whether the same one speaks; a group ("officials") or an unnamed source of another article is not known to be.
pub(super) fn same_speaker(a: &ClaimSide, b: &ClaimSide) -> bool {
    let one = a.speaker.is_some() && a.speaker == b.speaker;
    one && (a.article == b.article || a.category != name_of(&Category::Group))
}

/// Tells whether it is known who says either of two things. "The former minister" of another article may be anybody, so what such
/// a source says contradicts nobody by name; it is offered to be looked at.
pub(super) fn both_known(a: &ClaimSide, b: &ClaimSide) -> bool {
    let known = |side: &ClaimSide| side.speaker.is_some() && side.category != name_of(&Category::Anonymous);
    a.article.is_some() && a.article == b.article || known(a) && known(b) || a.article.is_none() || b.article.is_none()
}

/// Tells whether one claim stands within the other's words: what somebody tells of another is part of what they say.
pub(super) fn one_within_the_other(a: &ClaimSide, b: &ClaimSide) -> bool {
    a.article.is_some() && a.article == b.article && a.first < b.last && b.first < a.last
}

/// Compares two claims that are alike and says what to suggest, or nothing.
pub(super) fn suggest(new: Said<'_>, other: Said<'_>, near: &Near) -> Option<NewRelation> {
    let (earlier, later) = if new.order() < other.order() { (new, other) } else { (other, new) };
    let (a, b) = (earlier.side, later.side);
    if one_within_the_other(a, b) {
        return None;
    }
    let same = same_speaker(a, b);
    // What is only related is suggested where matching takes the two for the same, and nowhere else.
    let relation = match near.tier {
        Tier::Same => relate_parsed(earlier.parsed, later.parsed),
        Tier::Suggested | Tier::Related => relate_closely(earlier.parsed, later.parsed)?,
    };
    let kind = match relation.kind {
        RelationKind::Related | RelationKind::Unrelated if near.tier == Tier::Same => RelationKind::Reworded,
        RelationKind::Related | RelationKind::Unrelated => return None,
        RelationKind::Reworded if near.tier == Tier::Related => return None,
        kind => kind,
    };
    let one_article = a.article.is_some() && a.article == b.article;
    // What one article says again is its own repetition.
    if one_article && kind != RelationKind::Contradiction {
        return None;
    }
    // Who demands something does not say that it is so: only two positions can clash there.
    let demand = name_of(&Kind::Demand);
    let positions = relation.because.first().is_some_and(|reason| reason.rule == "position");
    if kind == RelationKind::Contradiction && (a.kind == demand) != (b.kind == demand) && !positions {
        return None;
    }
    let kind = if kind == RelationKind::Contradiction && !both_known(a, b) { RelationKind::Offered } else { kind };
    let repeats = matches!(kind, RelationKind::Repeat | RelationKind::Reworded);
    // What another version of the same article says otherwise, its editors changed and not the speaker.
    let versions = are_versions(a, b);
    if versions && (!repeats || a.speaker != b.speaker || !is_kept(a, b)) {
        return None;
    }
    let dispute = matches!(kind, RelationKind::Contradiction | RelationKind::Offered).then(|| dispute(a, b, same));
    // A name or a phrase alone says nothing that could be said again.
    if repeats && !(earlier.parsed.has_clause() && later.parsed.has_clause()) {
        return None;
    }
    let syndicated = repeats && (versions || is_syndicated(a, b));
    Some(fill(relation, a, b, kind, dispute, same, syndicated, near))
}

pub(super) fn dispute(a: &ClaimSide, b: &ClaimSide, same: bool) -> Dispute {
    let denial = name_of(&Kind::Denial);
    match (same, a.kind == denial || b.kind == denial) {
        (true, _) => Dispute::ChangeOfPosition,
        (false, true) => Dispute::Denial,
        (false, false) => Dispute::Dispute,
    }
}

/// Tells whether two claims stand in two versions of one article: what both say was said once.
pub(super) fn are_versions(a: &ClaimSide, b: &ClaimSide) -> bool {
    a.first_version.is_some() && a.first_version == b.first_version && a.article != b.article
}

/// Tells whether a claim is an earlier one's, carried by another outlet or kept in a later version.
pub(super) fn is_copy(claim: &ClaimSide, first: &ClaimSide) -> bool {
    first.id < claim.id && is_syndicated(first, claim)
}

/// Nearly the same words of the same speaker in two articles, on one day or a little later, are one statement.
fn is_syndicated(a: &ClaimSide, b: &ClaimSide) -> bool {
    let apart = a.article.is_some() && b.article.is_some() && a.article != b.article && a.speaker == b.speaker;
    let days = match (a.date, b.date) {
        (Some(a), Some(b)) => (b.first() - a.first()).num_days().abs(),
        _ => i64::from(a.day != b.day) * i64::MAX,
    };
    let late = days > 0 && !are_versions(a, b) && (days > CARRIED_DAYS || a.words.len() < CARRIED_LENGTH);
    let near = || Shingles::of(&a.words).resemblance(&Shingles::of(&b.words)) >= CARRIED;
    apart && !late && (a.fold == b.fold || near() && is_kept(a, b))
}

/// Tells whether what one says was left as it is in the other: an editor who makes "is" of "is not" carries nothing.
fn is_kept(a: &ClaimSide, b: &ClaimSide) -> bool {
    a.fold == b.fold || asserts_same(&a.words, &b.words)
}

/// A claim that was met without any likeness.
pub(super) fn unlike(side: &ClaimSide) -> Near {
    Near { id: side.id.0.unsigned_abs(), score: Score::default(), tier: Tier::Related }
}

#[expect(clippy::too_many_arguments, reason = "two call sites; a struct would only repeat NewRelation")]
pub(super) fn fill(
    relation: Relation,
    a: &ClaimSide,
    b: &ClaimSide,
    kind: RelationKind,
    dispute: Option<Dispute>,
    same_speaker: bool,
    syndicated: bool,
    near: &Near,
) -> NewRelation {
    NewRelation {
        earlier: a.id,
        later: b.id,
        kind,
        dispute,
        same_speaker,
        syndicated,
        tier: near.tier,
        likeness: near.score,
        score: relation.score,
        summary: relation.summary,
        because: relation.because,
        alignment: relation.alignment,
        innocent: relation.innocent,
        ledger: relation.ledger,
    }
}

/// The denials that an article ties to their allegations, of the claims of an article.
fn denials(sides: &[ClaimSide]) -> Vec<NewRelation> {
    let by_id: BTreeMap<ClaimId, &ClaimSide> = sides.iter().map(|side| (side.id, side)).collect();
    let tied = sides.iter().filter_map(|later| {
        let earlier = *by_id.get(&later.answers?)?;
        Some(denial(Read::of(earlier.clone()).said(), Read::of(later.clone()).said()))
    });
    tied.collect()
}

/// The relation of a denial and the allegation that its article ties it to.
pub(super) fn denial(earlier: Said<'_>, later: Said<'_>) -> NewRelation {
    let compared = relate_parsed(earlier.parsed, later.parsed);
    let (earlier, later) = (earlier.side, later.side);
    let named = |side: &ClaimSide| {
        if side.speaker_name.is_empty() { "an unnamed source".to_owned() } else { side.speaker_name.clone() }
    };
    let summary = format!("{} answers what {} said", named(later), named(earlier));
    let reason = Reason::new("denial.answers", format!("the article ties \"{}\" to it", later.cue_words), 1.0);
    let asserted = compared.kind == RelationKind::Contradiction;
    let mut because = vec![reason];
    because.extend(if asserted { compared.because } else { Vec::new() });
    NewRelation {
        earlier: earlier.id,
        later: later.id,
        kind: RelationKind::Contradiction,
        dispute: Some(Dispute::Denial),
        same_speaker: same_speaker(earlier, later),
        syndicated: false,
        tier: Tier::Suggested,
        likeness: Score::default(),
        score: if asserted && compared.score > later.score { compared.score } else { later.score },
        summary,
        because,
        alignment: if asserted { compared.alignment } else { Vec::new() },
        innocent: if asserted { compared.innocent } else { Vec::new() },
        ledger: compared.ledger,
    }
}
