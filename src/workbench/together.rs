//! Articles are read together with those before them: which statements may be opposed in other words, within an article and across.
//!
//! It is done after an article is kept, outside the write that keeps it: at once where a few were loaded, else when somebody asks for
//! contradictions. What was read is noted, so that no article is read twice.
//!
//! Across articles no likeness of words is asked for. Each claim is read once by the encoder of positions; those of other articles that
//! it takes for opposed, whatever their words, are read as pairs. What states a fact takes no position: so the likest are read too.

use super::linking::{are_versions, is_copy, query, says_something, suggest, unlike};
use super::matter::Matter;
use super::opposing::{Met, Paired, read, within};
use super::positions::{Step, pair};
use super::stances::{encoder, encoder_name};
use super::{Result, Workbench};
use crate::matching::Near;
use crate::position::Opened;
use crate::relation::RelationKind;
use crate::store::claims::ClaimSide;
use crate::store::id::{ArticleId, ClaimId};
use crate::store::readings::Unread;
use crate::store::relations::NewRelation;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// Pairs across articles that are read for each article: those chosen by positions, and those that are alike; and of the first for each of
/// its claims.
const READ: usize = 8;
const READ_ALIKE: usize = 16;
const READ_OF_ONE: usize = 3;
/// Log-odds by the encoder of single claims below which a pair is not read.
const HOPELESS: f32 = -4.0;
/// Articles that are read as soon as they are loaded.
const AT_ONCE: usize = 20;

/// Claims of other articles that are likest to each claim, of which the likest of all are read.
const LOOKED_AT_OF_ONE: usize = 6;
/// Claims of one article are read together where no more than so many lie between them: a book has thousands, and all pairs of them
/// would be millions.
const APART: usize = 120;
/// Pairs of which both claims are read whole at first, to see which of them are the likeliest that may be read together.
const LOOKED_AT: usize = 64;

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// So many claims, each by itself.
    Claims(usize),
    /// One article, together with those before it.
    Article,
}

/// A claim with a position.
struct Placed {
    id: ClaimId,
    article: Option<ArticleId>,
    opened: Opened,
}

/// An own claim, by its number, and another that may be opposed to it.
#[derive(Clone, Copy)]
struct Likely {
    odds: f32,
    own: usize,
    other: ClaimId,
}

impl Likely {
    /// The likeliest first.
    fn order(&self, than: &Self) -> std::cmp::Ordering {
        than.odds.total_cmp(&self.odds).then(self.other.cmp(&than.other)).then(self.own.cmp(&than.own))
    }
}

impl Workbench {
    /// Returns how many articles were not read together with those before them yet.
    ///
    /// # Errors
    /// When the database cannot be read, or the weights that ship with the program are damaged.
    pub fn articles_unread(&self) -> Result<usize> {
        Ok(self.store.articles_unread(encoder_name()?)?.len())
    }

    /// Reads the articles that were not read yet and keeps what is called and what is offered; calls `progress` with what was read, first
    /// claim by claim, then article by article. Stops early when `stop` is set: what was read is kept, and the next time goes on from there.
    ///
    /// # Errors
    /// When the database cannot be read or written, or the weights that ship with the program are damaged.
    pub fn read_together(&mut self, stop: &AtomicBool, mut progress: impl FnMut(Together)) -> Result<()> {
        let encoder = encoder()?;
        let unread = self.store.articles_unread(encoder.name())?;
        if unread.is_empty() {
            return Ok(());
        }
        self.add_stances(stop, &mut |step: Step| {
            if let Step::Claims(count) = step {
                progress(Together::Claims(count));
            }
        })?;
        self.follow_index()?;
        let stand: Vec<Placed> = self
            .standing(encoder)?
            .par_iter()
            .map(|one| Placed { id: one.id, article: one.article, opened: encoder.opened(&one.stance) })
            .collect();
        let mut later: BTreeSet<ArticleId> = unread.iter().map(|one| one.article).collect();
        for Unread { article, operation } in unread {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            later.remove(&article);
            let own = self.own_claims(article)?;
            let others = |other: &Placed| other.article.is_some_and(|it| it != article && !later.contains(&it));
            let standing: BTreeMap<ClaimId, &Placed> =
                stand.iter().filter(|one| one.article == Some(article)).map(|one| (one.id, one)).collect();
            let likely = opposite(&own, &standing, &stand, others, |a, b| encoder.opposed(a, b));
            let pairs = likeliest(&own, likely, |others| Ok(self.store.sides(others)?))?;
            let alike = self.alike(&own, &pairs, |it| it != article && !later.contains(&it))?;
            let mut found = within(&own.within());
            found.extend(against(&own, pairs, alike));
            self.store.write(|writer| {
                for relation in &found {
                    writer.add_relation(relation, operation)?;
                }
                writer.note_article_read(article, encoder.name())?;
                Ok::<_, super::WorkbenchError>(())
            })?;
            progress(Together::Article);
        }
        Ok(())
    }

    /// Reads the articles that were not read yet where they are few.
    pub(super) fn read_few(&mut self, stop: &AtomicBool) -> Result<()> {
        if self.articles_unread()? > AT_ONCE { Ok(()) } else { self.read_together(stop, |_| {}) }
    }

    /// Chooses the pairs of an article with others that are likest in words or meaning, beside those that are chosen already.
    fn alike(
        &self,
        own: &Own,
        chosen: &[(usize, ClaimSide)],
        others: impl Fn(ArticleId) -> bool,
    ) -> Result<Vec<(usize, ClaimSide)>> {
        let live = &self.live;
        let first = own.reads.par_iter().enumerate().filter(|(_, read)| !own.copied.contains_key(&read.side.id));
        let near = first.flat_map_iter(|(at, read)| {
            let near = live.near(&query(&read.side), LOOKED_AT_OF_ONE);
            near.into_iter().map(move |near| (near, at)).collect::<Vec<_>>()
        });
        let mut near: Vec<(Near, usize)> = near.collect();
        near.sort_by(|(a, x), (b, y)| b.score.get().total_cmp(&a.score.get()).then((a.id, x).cmp(&(b.id, y))));
        let mut numbers: Vec<u64> = near.iter().map(|(near, _)| near.id).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let sides: BTreeMap<u64, ClaimSide> =
            self.store.sides(&numbers)?.into_iter().map(|side| (side.id.0.unsigned_abs(), side)).collect();
        let mut matters = BTreeMap::new();
        let fits = |&(near, at): &(Near, usize)| {
            let (read, side) = (&own.reads[at].side, sides.get(&near.id)?);
            let new = !own.known.contains(&pair(read.id, side.id));
            let unread = !chosen.iter().any(|(of, other)| *of == at && other.id == side.id);
            let other =
                side.live && side.article.is_some_and(&others) && says_something(side) && !are_versions(read, side);
            (new && unread && other && own.meets(at, side, &mut matters)).then(|| (at, side.clone()))
        };
        Ok(near.iter().filter_map(fits).take(READ_ALIKE).collect())
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
        let matters = reads.iter().map(|read| Matter::of(&read.side)).collect();
        Ok(Own { reads, matters, known, copied })
    }
}

/// The claims of one article.
struct Own {
    reads: Vec<Paired>,
    /// What each of them is about.
    matters: Vec<Matter>,
    /// Pairs that have a relation.
    known: BTreeSet<(ClaimId, ClaimId)>,
    /// Claims that earlier articles carried, and these articles.
    copied: BTreeMap<ClaimId, BTreeSet<ArticleId>>,
}

impl Own {
    /// Tells whether an own claim and another are about one matter; `matters` keeps what others are about.
    fn meets(&self, at: usize, other: &ClaimSide, matters: &mut BTreeMap<ClaimId, Matter>) -> bool {
        let matter = matters.entry(other.id).or_insert_with(|| Matter::of(other));
        self.matters[at].is_shared(matter)
    }

    /// The pairs within the article, no further than [`APART`], but those that have a relation or were compared where they were carried
    /// first.
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
                .take(APART)
                .filter(|other| !self.known.contains(&pair(new.side.id, other.side.id)) && !together(new, other));
            out.extend(others.map(|other| Met { new, other, alike: false }));
        }
        out
    }
}

/// The pairs of an article with others that may be opposed, in no order.
fn opposite(
    own: &Own,
    standing: &BTreeMap<ClaimId, &Placed>,
    stand: &[Placed],
    others: impl Fn(&Placed) -> bool + Sync,
    opposed: impl Fn(&Opened, &Opened) -> Option<f32> + Sync,
) -> Vec<Likely> {
    let others: Vec<&Placed> = stand.iter().filter(|other| others(other)).collect();
    let of_one = |(at, read): (usize, &Paired)| {
        let Some(one) = standing.get(&read.side.id).filter(|_| !own.copied.contains_key(&read.side.id)) else {
            return Vec::new();
        };
        let likely = |other: &&Placed| {
            let odds = opposed(&one.opened, &other.opened).filter(|odds| *odds > HOPELESS)?;
            let likely = Likely { odds, own: at, other: other.id };
            (!own.known.contains(&pair(one.id, other.id))).then_some(likely)
        };
        others.iter().filter_map(likely).collect::<Vec<_>>()
    };
    own.reads.par_iter().enumerate().flat_map_iter(of_one).collect()
}

/// Chooses the likeliest pairs, the likeliest first: number of the own claim, and the other, which `whole` reads. Pairs of two versions
/// of an article are left out, and words that several articles carry are met once by each of the own claims.
fn likeliest(
    own: &Own,
    mut likely: Vec<Likely>,
    mut whole: impl FnMut(&[u64]) -> Result<Vec<ClaimSide>>,
) -> Result<Vec<(usize, ClaimSide)>> {
    let (mut chosen, mut sides, mut matters) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    // Of each own claim, how many are chosen and the words that were met.
    let mut met: BTreeMap<usize, (usize, BTreeSet<String>)> = BTreeMap::new();
    let (mut rest, mut count) = (likely.as_mut_slice(), LOOKED_AT);
    while !rest.is_empty() {
        let next = if rest.len() > count {
            rest.select_nth_unstable_by(count, Likely::order);
            let (next, after) = rest.split_at_mut(count);
            rest = after;
            next
        } else {
            std::mem::take(&mut rest)
        };
        next.sort_unstable_by(Likely::order);
        let mut unread: Vec<u64> =
            next.iter().filter(|one| !sides.contains_key(&one.other)).map(|one| one.other.0.unsigned_abs()).collect();
        unread.sort_unstable();
        unread.dedup();
        sides.extend(whole(&unread)?.into_iter().map(|side| (side.id, side)));
        for one in next {
            let mut fits = |side: &ClaimSide| {
                !are_versions(&own.reads[one.own].side, side) && own.meets(one.own, side, &mut matters)
            };
            let Some(side) = sides.get(&one.other).filter(|side| fits(side)) else { continue };
            let (number, words) = met.entry(one.own).or_default();
            let new = *number < READ_OF_ONE && (side.fold.is_empty() || words.insert(side.fold.clone()));
            if new {
                *number += 1;
                chosen.push((one.own, side.clone()));
            }
            if chosen.len() == READ {
                return Ok(chosen);
            }
        }
        count *= 4;
    }
    Ok(chosen)
}

/// Reads pairs across articles, those chosen by their positions and those that are alike: by the rules, else by the encoder.
fn against(own: &Own, opposed: Vec<(usize, ClaimSide)>, alike: Vec<(usize, ClaimSide)>) -> Vec<NewRelation> {
    let pairs = opposed.into_iter().map(|one| (false, one)).chain(alike.into_iter().map(|one| (true, one)));
    let pairs: Vec<(bool, (usize, ClaimSide))> = pairs.collect();
    let others: Vec<(bool, usize, Paired)> =
        pairs.into_par_iter().map(|(alike, (at, other))| (alike, at, Paired::of(other))).collect();
    let (mut ruled, mut left) = (Vec::new(), Vec::new());
    for (alike, at, other) in &others {
        let new = &own.reads[*at];
        match suggest(new.said(), other.said(), &unlike(&other.side)) {
            Some(relation) if matches!(relation.kind, RelationKind::Contradiction | RelationKind::Offered) => {
                ruled.push(relation);
            }
            Some(_) => {}
            None => left.push(Met { new, other, alike: *alike }),
        }
    }
    ruled.extend(read(&left));
    ruled
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
