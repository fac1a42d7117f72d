//! Claims gather around pivots: a greedy cover of what is most taken up from both sides.
//!
//! The pivot is the claim that most others of other articles seem to oppose, as far as they are not placed yet. The relation
//! model reads it together with those near it, then the surest of each side with the rest; a claim's place is the mean. So a few
//! readings a claim do where all pairs would be thousands (figures: `src/position/card.md`).

use super::stance::{Opened, Opinion, Stance};
use super::{Encoder, Polarity};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Share of opposed and same together from which two claims are near.
const NEAR: f32 = 0.5;
/// Claims near a pivot that are read, the nearest first, and how many of them at a time: what gives nothing is left soon.
const READ: usize = 120;
const PROBE: usize = 12;
/// Of the first so many, this many must agree or oppose; of later ones this share.
const ENOUGH: usize = 3;
const SHARE: f32 = 0.25;
/// What is near a pivot must weigh so much.
const MASS: f32 = 2.0;
/// And so much of it must seem opposed.
const OPPOSED: f32 = 0.1;
/// Agreement or opposition from which a claim is looked at further, and from which it is placed.
const LIKELY: f32 = 0.5;
const PLACED: f32 = 0.5;
/// Claims that the rest is held against besides the pivot.
const FURTHER: usize = 1;
/// What agreement with such a claim counts in full from.
const SURE: f32 = 0.8;
/// What the encoder's opinion counts beside the relation model's.
const OWN: f32 = 0.5;
/// What is left of a claim's weight each time it is placed.
const LEFT: f32 = 0.3;
/// Two targets are one where they share so much of the smaller, and so much of that is on like sides or all but so much on unlike.
const SHARED: f32 = 0.3;
const CONSISTENT: f32 = 0.8;

/// A claim that may take a position.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub stance: &'a Stance,
    /// Claims of one article are not held against one another.
    pub article: Option<i64>,
}

/// A claim's place by its number among those given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    pub claim: usize,
    pub polarity: Polarity,
    /// How sure the side is, from a half to 1.
    pub score: f32,
}

/// A statement that claims stand for or against; the pivot is the first of its places.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub places: Vec<Placed>,
}

/// What the relation model says of a pair: log-odds of opposed, same and neither, up to a constant.
pub type Reading = [f32; 3];

/// A claim near another.
#[derive(Debug, Clone, Copy)]
struct Near {
    claim: usize,
    /// Shares of opposed and same, and of opposed alone.
    either: f32,
    opposed: f32,
}

/// Gathers claims around pivots, the most opposed first, until `budget` pairs were read; `read` reads one claim with others.
pub fn targets(
    encoder: &Encoder<'_>,
    said: &[Said<'_>],
    budget: usize,
    mut read: impl FnMut(usize, &[usize]) -> Option<Vec<Reading>>,
) -> Vec<Target> {
    let opened: Vec<Opened> = said.par_iter().map(|one| encoder.opened(one.stance)).collect();
    let mut desk = Desk::new(encoder, said, &opened);
    let (mut found, mut spent) = (Vec::new(), 0);
    while spent < budget {
        let Some(pivot) = desk.next() else { break };
        let mut inside: Vec<(usize, f32)> = Vec::new();
        for around in desk.around(pivot).chunks(PROBE) {
            let Some(agreed) = desk.agreements(pivot, around, &mut read) else { return joined(&found) };
            spent += around.len();
            let likely = around.iter().copied().zip(agreed).filter(|(_, agreed)| agreed.abs() >= LIKELY);
            let before = inside.len();
            inside.extend(likely);
            let gained = inside.len() - before;
            if before == 0 && gained < ENOUGH || (gained as f32) < SHARE * around.len() as f32 {
                break;
            }
        }
        if inside.len() < ENOUGH {
            inside.iter().for_each(|&(claim, _)| desk.fade(claim));
            desk.fade(pivot);
            continue;
        }
        inside.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        let mut sums: Vec<(f32, f32)> = inside.iter().map(|&(_, agreed)| (agreed, 1.0)).collect();
        let mut own = (1.0, 1.0);
        if inside.iter().any(|&(_, agreed)| agreed < 0.0) {
            for further in of_both_sides(&inside) {
                let (other, agreed) = inside[further];
                let rest: Vec<usize> = (0..inside.len()).filter(|&at| at != further).collect();
                let claims: Vec<usize> = rest.iter().map(|&at| inside[at].0).collect();
                let Some(read) = desk.agreements(other, &claims, &mut read) else { return joined(&found) };
                spent += claims.len();
                let weight = (agreed.abs() / SURE).min(1.0);
                for (at, value) in rest.into_iter().zip(read) {
                    sums[at].0 += agreed.signum() * weight * value;
                    sums[at].1 += weight;
                }
                own = (own.0 + weight * agreed.abs(), own.1 + weight);
            }
        }
        let mut places = vec![Placed { claim: pivot, polarity: Polarity::For, score: own.0 / own.1 }];
        for (&(claim, _), (sum, count)) in inside.iter().zip(sums) {
            let (mean, polarity) = (sum / count, if sum < 0.0 { Polarity::Against } else { Polarity::For });
            if mean.abs() >= PLACED {
                places.push(Placed { claim, polarity, score: mean.abs() });
            }
        }
        for place in &places {
            desk.fade(place.claim);
        }
        if places.len() > 1 {
            found.push(Target { places });
        }
    }
    joined(&found)
}

/// Signed scores of claims with how many they are the sum of.
type Sums = BTreeMap<usize, (f32, f32)>;

/// Puts targets together that hold much the same claims; what each says of a claim is averaged.
fn joined(targets: &[Target]) -> Vec<Target> {
    let signed = |place: &Placed| if place.polarity == Polarity::For { place.score } else { -place.score };
    // Each by its pivot.
    let mut kept: Vec<(usize, Sums)> = Vec::new();
    for target in targets {
        let turned = |sums: &Sums| {
            let shared = target.places.iter().filter_map(|place| Some(sums.get(&place.claim)?.0 * signed(place)));
            let like: Vec<bool> = shared.map(|product| product > 0.0).collect();
            let count = like.len() as f32;
            let alike = like.iter().filter(|like| **like).count() as f32 / count.max(1.0);
            let enough = count >= SHARED * sums.len().min(target.places.len()) as f32 && count > 1.0;
            let sign = if alike >= CONSISTENT { 1.0 } else { -1.0 };
            (enough && (alike >= CONSISTENT || alike <= 1.0 - CONSISTENT)).then_some(sign)
        };
        let places = target.places.iter().map(|place| (place.claim, signed(place)));
        match kept.iter_mut().find_map(|(_, sums)| Some((turned(sums)?, sums))) {
            Some((sign, sums)) => {
                for (claim, score) in places {
                    let sum = sums.entry(claim).or_default();
                    *sum = (sum.0 + sign * score, sum.1 + 1.0);
                }
            }
            None => {
                let pivot = target.places.first().map_or(0, |place| place.claim);
                kept.push((pivot, places.map(|(claim, score)| (claim, (score, 1.0))).collect()));
            }
        }
    }
    let places = |(pivot, sums): (usize, Sums)| {
        let mut places: Vec<Placed> = sums
            .into_iter()
            .map(|(claim, (sum, count))| Placed {
                claim,
                polarity: if sum < 0.0 { Polarity::Against } else { Polarity::For },
                score: (sum / count).abs(),
            })
            .filter(|place| place.score >= PLACED)
            .collect();
        places.sort_by_key(|place| (place.claim != pivot, place.claim));
        Target { places }
    };
    kept.into_iter().map(places).collect()
}

/// The surest of each side by turns, those against first.
fn of_both_sides(inside: &[(usize, f32)]) -> Vec<usize> {
    let side = |against: bool| (0..inside.len()).filter(move |&at| (inside[at].1 < 0.0) == against);
    let (mut against, mut with) = (side(true), side(false));
    let mut out = Vec::new();
    while out.len() < FURTHER {
        let pair = [against.next(), with.next()];
        if pair == [None, None] {
            break;
        }
        out.extend(pair.into_iter().flatten());
    }
    out.truncate(FURTHER);
    out
}

/// All claims with those near them, and what of each is not placed yet.
struct Desk<'a> {
    encoder: &'a Encoder<'a>,
    opened: &'a [Opened],
    near: Vec<Vec<Near>>,
    left: Vec<f32>,
    mass: Vec<f32>,
    opposed: Vec<f32>,
    used: Vec<bool>,
}

impl<'a> Desk<'a> {
    fn new(encoder: &'a Encoder<'a>, said: &[Said<'_>], opened: &'a [Opened]) -> Self {
        let apart = |a: usize, b: usize| said[a].article.is_none() || said[a].article != said[b].article;
        // Each pair once, the lower number first.
        let later = |at: usize| -> Vec<Near> {
            let others = (at + 1..said.len()).filter(|&other| apart(at, other));
            let near = others.filter_map(|claim| {
                let (opposed, same) = opened[at].opinion(&opened[claim], encoder.scale())?.shares();
                (opposed + same >= NEAR).then_some(Near { claim, either: opposed + same, opposed })
            });
            near.collect()
        };
        let later: Vec<Vec<Near>> = (0..said.len()).into_par_iter().map(later).collect();
        let mut near: Vec<Vec<Near>> = vec![Vec::new(); said.len()];
        for (at, row) in later.into_iter().enumerate() {
            for &one in &row {
                near[one.claim].push(Near { claim: at, ..one });
            }
            near[at].extend(row);
        }
        let sum = |of: fn(&Near) -> f32| near.iter().map(|row| row.iter().map(of).sum()).collect();
        let (mass, opposed) = (sum(|near| near.either), sum(|near| near.opposed));
        Self { encoder, opened, left: vec![1.0; said.len()], mass, opposed, used: vec![false; said.len()], near }
    }

    /// The next pivot, which is not chosen again.
    fn next(&mut self) -> Option<usize> {
        let worth = |&at: &usize| !self.used[at] && self.mass[at] >= MASS && self.opposed[at] >= OPPOSED;
        let all = (0..self.near.len()).filter(worth);
        let best = all.max_by(|&a, &b| self.opposed[a].total_cmp(&self.opposed[b]).then(b.cmp(&a)))?;
        self.used[best] = true;
        Some(best)
    }

    /// The claims that are read with a pivot.
    fn around(&self, pivot: usize) -> Vec<usize> {
        let mut near: Vec<(f32, usize)> =
            self.near[pivot].iter().map(|near| (near.either * self.left[near.claim], near.claim)).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near.into_iter().take(READ).map(|(_, claim)| claim).collect()
    }

    /// How much each of some claims agrees with one, from −1 to 1, by both models; nothing where reading stopped.
    fn agreements(
        &self,
        one: usize,
        others: &[usize],
        read: &mut impl FnMut(usize, &[usize]) -> Option<Vec<Reading>>,
    ) -> Option<Vec<f32>> {
        let read = read(one, others)?;
        let agreements = others.iter().zip(read).map(|(&other, [opposed, same, neither])| {
            let own = self.opened[one.min(other)].opinion(&self.opened[one.max(other)], self.encoder.scale());
            let own = own.unwrap_or(Opinion { opposed: -9.0, same: -9.0 });
            Opinion { opposed: opposed - neither + OWN * own.opposed, same: same - neither + OWN * own.same }
                .agreement()
        });
        Some(agreements.collect())
    }

    /// Takes weight from a claim that was placed.
    fn fade(&mut self, claim: usize) {
        let taken = self.left[claim] * (1.0 - LEFT);
        self.left[claim] -= taken;
        for near in &self.near[claim] {
            self.mass[near.claim] -= taken * near.either;
            self.opposed[near.claim] -= taken * near.opposed;
        }
    }
}
