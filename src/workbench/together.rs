//! Articles are read together with those before them: which statements may be opposed in other words, within an article and across.
//!
//! It is done after an article is kept, outside the write that keeps it: at once where a few were loaded, else when somebody asks for
//! contradictions. What was read is noted, so that no article is read twice.
//!
//! Across articles no likeness of words is asked for. Each claim is read once by the encoder of positions; those of other articles that
//! it takes for opposed, whatever their words, are read as pairs.

use super::linking::{are_versions, is_copy, says_something, suggest};
use super::opposing::{Met, Paired, read, within};
use super::positions::{Step, encoder, encoder_name, pair};
use super::{Result, Workbench};
use crate::matching::{Near, Tier};
use crate::position::Opened;
use crate::relation::RelationKind;
use crate::score::Score;
use crate::store::claims::ClaimSide;
use crate::store::id::{ArticleId, ClaimId};
use crate::store::readings::Unread;
use crate::store::relations::NewRelation;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// Pairs across articles that are read for each article, and for each of its claims.
const READ: usize = 8;
const READ_OF_ONE: usize = 3;
/// Log-odds by the encoder of single claims below which a pair is not read.
const HOPELESS: f32 = -4.0;
/// Articles that are read as soon as they are loaded.
const AT_ONCE: usize = 20;

/// A claim with a position.
struct Placed<'a> {
    side: &'a ClaimSide,
    opened: Opened,
}

impl Workbench {
    /// Returns how many articles were not read together with those before them yet.
    ///
    /// # Errors
    /// When the database cannot be read, or the weights that ship with the program are damaged.
    pub fn articles_unread(&self) -> Result<usize> {
        Ok(self.store.articles_unread(encoder_name()?)?.len())
    }

    /// Reads the articles that were not read yet and keeps what is called and what is offered; calls `progress` after each. Stops
    /// early when `stop` is set: what was read is kept, and the next time goes on from there.
    ///
    /// # Errors
    /// When the database cannot be read or written, or the weights that ship with the program are damaged.
    pub fn read_together(&mut self, stop: &AtomicBool, mut progress: impl FnMut()) -> Result<()> {
        let encoder = encoder()?;
        let unread = self.store.articles_unread(encoder.name())?;
        if unread.is_empty() {
            return Ok(());
        }
        self.add_stances(stop, &mut |_: Step| {})?;
        let (sides, stances) = self.standing(encoder)?;
        let stand: Vec<Placed<'_>> = sides
            .par_iter()
            .filter_map(|side| Some(Placed { side, opened: encoder.opened(stances.get(&side.id)?) }))
            .collect();
        let mut later: BTreeSet<ArticleId> = unread.iter().map(|one| one.article).collect();
        for Unread { article, operation } in unread {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            later.remove(&article);
            let own = self.own_claims(article)?;
            let others =
                |side: &ClaimSide| side.article.is_some_and(|other| other != article && !later.contains(&other));
            let standing: BTreeMap<ClaimId, &Placed<'_>> =
                stand.iter().filter(|one| one.side.article == Some(article)).map(|one| (one.side.id, one)).collect();
            let pairs = opposite(&own, &standing, &stand, others, |a, b| encoder.opposed(a, b));
            let mut found = within(&own.within());
            found.extend(against(&own, &pairs));
            self.store.write(|writer| {
                for relation in &found {
                    writer.add_relation(relation, operation)?;
                }
                writer.note_article_read(article, encoder.name())?;
                Ok::<_, super::WorkbenchError>(())
            })?;
            progress();
        }
        Ok(())
    }

    /// Reads the articles that were not read yet where they are few.
    pub(super) fn read_few(&mut self, stop: &AtomicBool) -> Result<()> {
        if self.articles_unread()? > AT_ONCE { Ok(()) } else { self.read_together(stop, || {}) }
    }

    /// The claims of an article that assert something, and what is known of them already.
    fn own_claims(&self, article: ArticleId) -> Result<Own> {
        let ids = self.store.claims_of_article(article)?;
        let numbers: Vec<u64> = ids.iter().map(|id| id.0.unsigned_abs()).collect();
        let sides = self.store.sides(&numbers)?;
        let mut reads: Vec<Paired> = sides.into_iter().filter(says_something).map(Paired::of).collect();
        number(&mut reads);
        let standing = self.store.relations_touching(&ids)?;
        let known: BTreeSet<(ClaimId, ClaimId)> = standing.iter().map(|one| pair(one.earlier, one.later)).collect();
        let mut met: Vec<u64> =
            standing.iter().flat_map(|one| [one.earlier, one.later]).map(|id| id.0.unsigned_abs()).collect();
        met.sort_unstable();
        met.dedup();
        let met: BTreeMap<ClaimId, ClaimSide> =
            self.store.sides(&met)?.into_iter().map(|side| (side.id, side)).collect();
        let own: BTreeSet<ClaimId> = reads.iter().map(|read| read.side.id).collect();
        let mut copied: BTreeMap<ClaimId, BTreeSet<ArticleId>> = BTreeMap::new();
        // Of two claims the later one, by its number, is the copy.
        for (first, claim) in known.iter().filter(|(_, claim)| own.contains(claim)) {
            let sides = met.get(first).zip(met.get(claim));
            let carrier = sides.filter(|(first, claim)| is_copy(claim, first)).and_then(|(first, _)| first.article);
            if let Some(carrier) = carrier {
                copied.entry(*claim).or_default().insert(carrier);
            }
        }
        Ok(Own { reads, known, copied })
    }
}

/// The claims of one article.
struct Own {
    reads: Vec<Paired>,
    /// Pairs that have a relation.
    known: BTreeSet<(ClaimId, ClaimId)>,
    /// Claims that earlier articles carried, and these articles.
    copied: BTreeMap<ClaimId, BTreeSet<ArticleId>>,
}

impl Own {
    /// All pairs within the article but those that have a relation or were compared where they were carried first.
    fn within(&self) -> Vec<Met<'_>> {
        let together = |a: &Paired, b: &Paired| {
            let of = |read: &Paired| self.copied.get(&read.side.id);
            of(a).zip(of(b)).is_some_and(|(a, b)| !a.is_disjoint(b))
        };
        let mut out = Vec::new();
        for (at, new) in self.reads.iter().enumerate() {
            let others = self
                .reads
                .iter()
                .skip(at + 1)
                .filter(|other| !self.known.contains(&pair(new.side.id, other.side.id)) && !together(new, other));
            out.extend(others.map(|other| Met { new, other }));
        }
        out
    }
}

/// Chooses the pairs of an article with others that are likeliest opposed: number of the own claim, and the other.
fn opposite<'a>(
    own: &Own,
    standing: &BTreeMap<ClaimId, &Placed<'a>>,
    stand: &[Placed<'a>],
    others: impl Fn(&ClaimSide) -> bool + Sync,
    opposed: impl Fn(&Opened, &Opened) -> Option<f32> + Sync,
) -> Vec<(usize, &'a ClaimSide)> {
    let of_one = |(at, read): (usize, &Paired)| {
        let Some(one) = standing.get(&read.side.id).filter(|_| !own.copied.contains_key(&read.side.id)) else {
            return Vec::new();
        };
        let fits = |other: &&Placed<'a>| {
            others(other.side)
                && !are_versions(one.side, other.side)
                && !own.known.contains(&pair(one.side.id, other.side.id))
        };
        let mut found: Vec<(f32, usize, &Placed<'a>)> = stand
            .iter()
            .filter(fits)
            .filter_map(|other| Some((opposed(&one.opened, &other.opened)?, at, other)))
            .filter(|(odds, ..)| *odds > HOPELESS)
            .collect();
        found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.2.side.id.cmp(&y.2.side.id)));
        // Words that several articles carry are met once.
        let mut met = BTreeSet::new();
        found.retain(|(_, _, other)| other.side.fold.is_empty() || met.insert(other.side.fold.as_str()));
        found.truncate(READ_OF_ONE);
        found
    };
    let mut found: Vec<(f32, usize, &Placed<'a>)> = own.reads.par_iter().enumerate().flat_map_iter(of_one).collect();
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.2.side.id.cmp(&y.2.side.id)));
    found.truncate(READ);
    found.into_iter().map(|(_, at, other)| (at, other.side)).collect()
}

/// Reads pairs across articles: by the rules, else by the encoder.
fn against(own: &Own, pairs: &[(usize, &ClaimSide)]) -> Vec<NewRelation> {
    let others: Vec<Paired> = pairs.par_iter().map(|(_, other)| Paired::of((*other).clone())).collect();
    let (mut ruled, mut left) = (Vec::new(), Vec::new());
    for (&(at, _), other) in pairs.iter().zip(&others) {
        let new = &own.reads[at];
        match suggest(new.said(), other.said(), &unlike(other)) {
            Some(relation) if relation.kind == RelationKind::Contradiction => ruled.push(relation),
            Some(_) => {}
            None => left.push(Met { new, other }),
        }
    }
    ruled.extend(read(&left));
    ruled
}

/// A claim that was met without any likeness.
fn unlike(paired: &Paired) -> Near {
    Near { id: paired.side.id.0.unsigned_abs(), score: Score::default(), tier: Tier::Related }
}

/// Numbers the claims of an article in the order of their words.
fn number(reads: &mut [Paired]) {
    reads.sort_by_key(|read| (read.side.first, read.side.id));
    let count = reads.len();
    for (number, read) in reads.iter_mut().enumerate() {
        read.claimed.place.number = number;
        read.claimed.place.count = count;
    }
}
