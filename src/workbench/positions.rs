//! The table of positions: who stands for or against what, since when, in which words.
//!
//! It is derived whenever it is asked for. What the encoders said of a claim and of a pair is kept, so that a desk is read
//! once and each new article adds its own claims.

use super::linking::{side_of, told};
use super::stances::{encoder, encoder_name, model};
use super::{Result, Workbench, WorkbenchError};
use crate::position::{Placed, Polarity, Reading, Said, Worded, clause, name, targets};
use crate::relation::model::Model;
use crate::relation::{Parsed, RelationKind, Side, relate_parsed};
use crate::store::claims::ClaimSide;
use crate::store::filter::Filter;
use crate::store::id::ClaimId;
use crate::store::rows::ClaimRow;
use crate::store::stored::Stored;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

/// Pairs that are read for each claim with a position.
const PAIRS: usize = 4;
/// Log-odds of what the desk has found.
const CERTAIN: f32 = 9.0;
/// Pairs that are read on the smallest desk.
const LEAST: usize = 400;

/// One statement that people stand for or against.
#[derive(Debug, Clone)]
pub struct Stand {
    /// What it is about: words that its claims share; each stand of a list has its own.
    pub target: String,
    /// The words of the claim that says it best: who agrees with it is for it.
    pub clause: String,
    /// In order of days.
    pub positions: Vec<Position>,
}

/// One claim of a stand.
#[derive(Debug, Clone)]
pub struct Position {
    pub claim: ClaimRow,
    pub polarity: Polarity,
    /// How sure the side is, up to 1.
    pub score: f32,
}

impl Stand {
    /// Tells whether the matter is about some words: its name or its clause holds them, or half of its claims do.
    pub fn is_about(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&words);
        let claims = self.positions.iter().filter(|position| holds(&position.claim.words)).count();
        holds(&self.target) || holds(&self.clause) || 2 * claims >= self.positions.len()
    }

    /// Tells whether both sides are taken.
    pub fn is_disputed(&self) -> bool {
        let first = self.positions.first().map(|position| position.polarity);
        self.positions.iter().any(|position| Some(position.polarity) != first)
    }
}

/// How far a table has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Claims were read one by one.
    Claims(usize),
    /// Pairs were read together.
    Pairs(usize),
}

impl Workbench {
    /// Returns how many claims were not read for positions yet.
    ///
    /// # Errors
    /// When the database cannot be read, or the weights that ship with the program are damaged.
    pub fn without_stance(&self) -> Result<usize> {
        Ok(self.store.count_without_vector(encoder_name()?)?)
    }

    /// Returns the table over the whole desk with the positions that a filter lets through, disputed targets first, then those
    /// with the most positions. Stops early when `stop` is set: what was read is kept, and the table is of that.
    ///
    /// # Errors
    /// When the database cannot be read or written, or the weights that ship with the program are damaged.
    pub fn positions(
        &mut self,
        filter: &Filter,
        stop: &AtomicBool,
        mut progress: impl FnMut(Step),
    ) -> Result<Vec<Stand>> {
        self.add_stances(stop, &mut progress)?;
        let (encoder, model) = (encoder()?, model()?);
        let (sides, stances) = self.standing_whole(encoder)?;
        let copies = copies(&sides);
        let first: Vec<&ClaimSide> = copies.iter().filter_map(|same| sides.get(*same.first()?)).collect();
        let said: Vec<Said<'_>> = first
            .iter()
            .filter_map(|side| {
                Some(Said { stance: stances.get(&side.id)?, article: side.article.map(|article| article.0) })
            })
            .collect();
        let mut known: HashMap<(ClaimId, ClaimId), Reading> =
            self.store.pair_readings(encoder.name())?.into_iter().map(|(a, b, read)| ((a, b), read)).collect();
        // What the desk has found counts more than any reading.
        let related = self.related()?;
        known.extend(related.iter().map(|(pair, found)| (*pair, found.reading())));
        let mut readings = Readings {
            known,
            new: Vec::new(),
            pieces: first.par_iter().map(|side| model.side(&told(side))).collect(),
            model,
        };
        let ids: Vec<ClaimId> = first.iter().map(|side| side.id).collect();
        let budget = PAIRS * said.len() + LEAST;
        let found = targets(encoder, &said, budget, |one, others| {
            progress(Step::Pairs(others.len()));
            (!stop.load(Ordering::Relaxed)).then(|| readings.of(&ids, one, others))
        });
        let new = std::mem::take(&mut readings.new);
        self.store.write_derived(|writer| {
            new.iter().try_for_each(|reading| writer.add_pair_reading(encoder.name(), reading))?;
            Ok::<_, WorkbenchError>(())
        })?;
        let member = |&place: &Placed| {
            let side = first[place.claim];
            Member { place, side, turned: Parsed::of(&side_of(side)).is_turned() }
        };
        let told: Vec<Vec<Member<'_>>> =
            found.iter().map(|target| consistent(target.places.iter().map(member).collect(), &related)).collect();
        let passing: BTreeSet<ClaimId> = self.store.claim_ids(filter)?.into_iter().collect();
        let told_of = told.iter().flatten().flat_map(|member| &copies[member.place.claim]);
        let shown: BTreeSet<ClaimId> =
            told_of.map(|&number| sides[number].id).filter(|id| passing.contains(id)).collect();
        let shown = self.store.claims_by_id(&shown.into_iter().collect::<Vec<_>>())?;
        let rows: HashMap<ClaimId, ClaimRow> = shown.into_iter().map(|row| (row.id, row)).collect();
        let mut stands: Vec<Stand> = told.iter().filter_map(|members| stand(members, &copies, &sides, &rows)).collect();
        stands.sort_by_key(|stand| (!stand.is_disputed(), std::cmp::Reverse(stand.positions.len())));
        tell_apart(&mut stands);
        Ok(stands)
    }

    /// What the desk has found of pairs, as long as nobody rejected it.
    fn related(&self) -> Result<HashMap<(ClaimId, ClaimId), Found>> {
        let kinds = [RelationKind::Contradiction, RelationKind::Repeat, RelationKind::Reworded];
        let ids = self.store.relation_ids(&Filter::default(), &kinds)?;
        let found = |kind: &Stored<RelationKind>| match kind.is(RelationKind::Contradiction) {
            true => Found::Opposed,
            false => Found::Same,
        };
        let pairs = self.store.related_pairs(&ids)?;
        Ok(pairs.iter().map(|(earlier, later, kind)| (pair(*earlier, *later), found(kind))).collect())
    }
}

/// What the desk has found of two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Opposed,
    Same,
}

impl Found {
    const fn reading(self) -> Reading {
        match self {
            Self::Opposed => [CERTAIN, 0.0, 0.0],
            Self::Same => [0.0, CERTAIN, 0.0],
        }
    }
}

pub(super) fn pair(a: ClaimId, b: ClaimId) -> (ClaimId, ClaimId) {
    (a.min(b), a.max(b))
}

/// A place with its claim, and whether the claim's cue turns its words around.
#[derive(Clone, Copy)]
struct Member<'a> {
    place: Placed,
    side: &'a ClaimSide,
    turned: bool,
}

/// The members that agree with what the desk has found and with what the words alone say: of two that do not, the surer.
fn consistent<'a>(members: Vec<Member<'a>>, related: &HashMap<(ClaimId, ClaimId), Found>) -> Vec<Member<'a>> {
    // A denial's words are not what it says.
    let bare = |member: &Member<'_>| {
        let side = Side { text: &member.side.words, ..Side::default() };
        (!member.turned).then(|| Parsed::of(&side))
    };
    let worded: Vec<Option<Parsed>> = members.iter().map(bare).collect();
    let found = |a: usize, b: usize| {
        let known = related.get(&pair(members[a].side.id, members[b].side.id)).copied();
        let clash = |(a, b)| (relate_parsed(a, b).kind == RelationKind::Contradiction).then_some(Found::Opposed);
        known.or_else(|| worded[a].as_ref().zip(worded[b].as_ref()).and_then(clash))
    };
    let mut surest: Vec<usize> = (0..members.len()).collect();
    surest.sort_by(|&a, &b| members[b].place.score.total_cmp(&members[a].place.score));
    let mut kept: Vec<usize> = Vec::new();
    for one in surest {
        let alike = |other: usize| members[one].place.polarity == members[other].place.polarity;
        let fits = kept.iter().all(|&other| match found(one, other) {
            Some(Found::Opposed) => !alike(other),
            Some(Found::Same) => alike(other),
            None => true,
        });
        if fits {
            kept.push(one);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|at| members[at]).collect()
}

/// What the relation model said of pairs, and what it says now.
struct Readings<'a> {
    known: HashMap<(ClaimId, ClaimId), Reading>,
    new: Vec<(ClaimId, ClaimId, Reading)>,
    pieces: Vec<Vec<u32>>,
    model: &'a Model<'a>,
}

impl Readings<'_> {
    /// Returns what it says of one claim with each of others, the lower id read first.
    fn of(&mut self, ids: &[ClaimId], one: usize, others: &[usize]) -> Vec<Reading> {
        let pair = |other: usize| if ids[one] < ids[other] { (one, other) } else { (other, one) };
        let key = |other: usize| (ids[pair(other).0], ids[pair(other).1]);
        let read = |&other: &usize| {
            let (a, b) = pair(other);
            let known = self.known.get(&key(other)).copied();
            known.unwrap_or_else(|| self.model.read_once(&self.pieces[a], &self.pieces[b]).three())
        };
        let readings: Vec<Reading> = others.par_iter().map(read).collect();
        for (&other, &reading) in others.iter().zip(&readings) {
            if self.known.insert(key(other), reading).is_none() {
                self.new.push((key(other).0, key(other).1, reading));
            }
        }
        readings
    }
}

/// Claims with the same words, by number, each list in order of days.
fn copies(sides: &[ClaimSide]) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, side) in sides.iter().enumerate() {
        let list = *at.entry(side.fold.as_str()).or_insert(lists.len());
        if list == lists.len() || side.fold.is_empty() {
            lists.push(vec![number]);
        } else {
            lists[list].push(number);
        }
    }
    lists
}

/// The positions of a target that a filter lets through, with its name and its clause; nothing where none is left.
fn stand(
    members: &[Member<'_>],
    copies: &[Vec<usize>],
    sides: &[ClaimSide],
    rows: &HashMap<ClaimId, ClaimRow>,
) -> Option<Stand> {
    let worded: Vec<Worded<'_>> = members
        .iter()
        .map(|&Member { place, side, turned }| Worded {
            words: &side.words,
            polarity: place.polarity,
            score: place.score,
            turned,
        })
        .collect();
    let best = worded.get(clause(&worded))?;
    let mut positions = Vec::new();
    for Member { place, .. } in members {
        let polarity = if best.side_of_words() == Polarity::For { place.polarity } else { place.polarity.turned() };
        for claim in copies.get(place.claim)?.iter().filter_map(|&number| rows.get(&sides[number].id)) {
            positions.push(Position { claim: claim.clone(), polarity, score: place.score });
        }
    }
    let day = |position: &Position| (position.claim.date().map(|date| date.first()), position.claim.id);
    positions.sort_by_key(day);
    let stand = Stand { target: name(&worded), clause: plain(best.words).to_owned(), positions };
    (!stand.positions.is_empty()).then_some(stand)
}

/// Words without the conjunction that ties them to their cue.
fn plain(words: &str) -> &str {
    words.strip_prefix("that ").or_else(|| words.strip_prefix("whether ")).unwrap_or(words)
}

/// Numbers targets of one name; one without a name is called by its clause.
fn tell_apart(stands: &mut [Stand]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for stand in stands {
        if stand.target.is_empty() {
            stand.target.clone_from(&stand.clause);
        }
        let count = seen.entry(stand.target.to_lowercase()).or_default();
        *count += 1;
        if *count > 1 {
            stand.target = format!("{} ({count})", stand.target);
        }
    }
}
