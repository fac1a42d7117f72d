//! What may still belong to a story, and why: claims that share its rare words and names, take a position on the same matter,
//! or are near in meaning; and articles, where most of what they say is like it. What a person refused is not offered again
//! and weighs its like down. Nothing here is put into a story.

use super::linking::{query, says_something};
use super::stances::TAKES_SIDES;
use super::{Result, Workbench};
use crate::matching::subject::{Bag, Common, Subject};
use crate::matching::{Effort, Entry};
use crate::position::Stance;
use crate::score::{Reason, Score};
use crate::store::claims::ClaimSide;
use crate::store::filter::{Filter, Order, Test};
use crate::store::id::{ArticleId, ClaimId, StoryId};
use crate::store::rows::{ArticleRow, ClaimRow};
use crate::store::stories::Member;
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that tell what a story is about.
const TELLING: usize = 6;
/// Claims of a story that others are compared with, the newest.
const COMPARED: usize = 60;
/// Claims looked at for each of them, and for the words that all share.
const FOR_EACH: usize = 60;
const FOR_ALL: usize = 400;
/// Claims that are read for what they are about, the nearest by words.
const READ: usize = 400;
/// The nearest claims, whose words count as likely ones of the story when all are weighed again.
const LIKELY: usize = 15;
/// What meaning, taking a position, and an article full of such claims count beside words.
const MEANING: f32 = 1.3;
const POSITION: f32 = 0.5;
const ARTICLE: f32 = 0.15;
/// What being said on the day of a claim of the story counts, and after how many days little of it is left.
const DAY: f32 = 0.1;
const SAME_DAYS: i64 = 14;
/// What being near to a refused claim takes away.
const REFUSED: f32 = 1.0;
/// Cosine from which two claims are near in meaning.
const NEAR: f32 = 0.6;
/// Words in common that a claim needs unless it is near in meaning.
const WORDS: usize = 2;
/// An article is suggested when so many of its claims are, and this share of them, in percent.
const ARTICLE_CLAIMS: usize = 3;
const ARTICLE_SHARE: usize = 50;
/// Part of the best score that a claim needs to speak for its article.
const SPEAKS_FOR_ARTICLE: f32 = 0.5;

/// What may belong to a story, best first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Suggestions {
    pub claims: Vec<Suggested>,
    pub articles: Vec<SuggestedArticle>,
}

/// A claim that may belong to a story.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggested {
    pub claim: ClaimRow,
    pub score: Score,
    pub because: Vec<Reason>,
}

/// An article that may belong to a story as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuggestedArticle {
    pub article: ArticleRow,
    /// Its claims that are like the story, of so many.
    pub like: usize,
    pub claims: usize,
}

/// A claim with all that is weighed of it.
struct Seen {
    side: ClaimSide,
    bag: Bag,
    common: Common,
    /// Nearness by words, and its part of the score.
    words: f32,
    share: f32,
    meaning: Meant,
    near_day: Option<(ClaimId, i64)>,
    /// What its article adds.
    warmth: f32,
    score: f32,
}

/// How a claim stands to those of the story by what the encoder read.
#[derive(Debug, Clone, Copy, Default)]
struct Meant {
    /// The nearest claim of the story, and how near it is.
    nearest: Option<(ClaimId, f32)>,
    score: f32,
    takes_position: bool,
    /// The refused claim that is nearer than any of the story.
    unlike: Option<ClaimId>,
}

impl Workbench {
    /// Returns claims and articles that may belong to a story, at most `limit` of each.
    ///
    /// # Errors
    /// When the database cannot be read, or the weights that ship with the program are damaged.
    pub fn suggest_for_story(&mut self, story: StoryId, limit: usize) -> Result<Suggestions> {
        let filter = Filter::default().with(Test::Story(story.to_string()));
        let inside: BTreeSet<ClaimId> = self.store.claims(&filter)?.iter().map(|row| row.id).collect();
        let newest = self.store.claims(&filter.limited(COMPARED, Order::Newest))?;
        let own = self.store.sides(&numbers(newest.iter().map(|row| row.id)))?;
        if own.is_empty() {
            return Ok(Suggestions::default());
        }
        let members = self.store.refused(story)?;
        let (refused, closed) = self.refused_claims(&members)?;
        let (own_bags, refused_bags) = (bags(&own), bags(&refused));
        self.live.catch_up_reading(&self.store)?;
        let subject = Subject::of(self.live.words(), &own_bags, &[], &refused_bags);
        let mut wanted: BTreeSet<u64> = own
            .par_iter()
            .flat_map_iter(|side| self.live.candidates(&query(side), FOR_EACH).into_iter().map(|found| found.id))
            .collect();
        wanted.extend(self.found_by(&subject, &own_bags.iter().collect::<Vec<_>>()));
        let known: BTreeSet<ClaimId> = inside.iter().copied().chain(refused.iter().map(|side| side.id)).collect();
        let open = |side: &ClaimSide| {
            side.live
                && says_something(side)
                && !known.contains(&side.id)
                && side.article.is_none_or(|article| !closed.contains(&article))
        };
        let mut seen = self.seen(&wanted, &subject, &own, open)?;
        let judged = self.meant(&mut seen, &own, &refused)?;
        weigh(&mut seen, &judged);
        // What is likeliest to belong says in which other words the story is told.
        let likely: Vec<&Bag> = seen.iter().take(LIKELY).map(|one| &one.bag).collect();
        let subject = Subject::of(self.live.words(), &own_bags, &likely, &refused_bags);
        let all: Vec<&Bag> = own_bags.iter().chain(likely).collect();
        wanted.extend(self.found_by(&subject, &all));
        let mut seen = self.seen(&wanted, &subject, &own, open)?;
        let judged = self.meant(&mut seen, &own, &refused)?;
        weigh(&mut seen, &judged);
        warm(&mut seen);
        let articles = self.articles_of(&seen, &inside, limit)?;
        Ok(Suggestions { claims: self.listed(&seen, limit)?, articles })
    }

    /// Returns what the claims of a story have most in common: its rarest words and names, weightiest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn story_matter(&mut self, claims: &[ClaimRow]) -> Result<Vec<String>> {
        self.live.catch_up_reading(&self.store)?;
        let newest = &claims[claims.len().saturating_sub(COMPARED)..];
        let bags: Vec<Bag> = newest.iter().map(|row| Bag::of(&row.words, &row.sentence)).collect();
        let subject = Subject::of(self.live.words(), &bags, &[], &[]);
        Ok(subject.words(&bags.iter().collect::<Vec<_>>()).into_iter().take(TELLING).map(str::to_owned).collect())
    }

    /// The claims that were refused, those of refused articles among them, and these articles.
    fn refused_claims(&self, members: &[Member]) -> Result<(Vec<ClaimSide>, BTreeSet<ArticleId>)> {
        let (mut claims, mut articles) = (Vec::new(), BTreeSet::new());
        for member in members {
            match member {
                Member::Claim(id) => claims.push(*id),
                Member::Article(id) => {
                    articles.insert(*id);
                    let of = Filter::default().with(Test::Article(*id)).limited(COMPARED, Order::Newest);
                    claims.extend(self.store.claims(&of)?.iter().map(|row| row.id));
                }
            }
        }
        claims.sort_unstable();
        claims.dedup();
        Ok((self.store.sides(&numbers(claims))?, articles))
    }

    /// Claims that the weightiest words of a subject find.
    fn found_by(&self, subject: &Subject, bags: &[&Bag]) -> Vec<u64> {
        let words = subject.words(bags).join(" ");
        let found = self.live.words().search(&Entry { text: &words, ..Entry::default() }, FOR_ALL, Effort::Exhaustive);
        found.into_iter().map(|(id, _)| id).collect()
    }

    /// The nearest of the wanted claims by words, each wording once, nearest first.
    fn seen(
        &self,
        wanted: &BTreeSet<u64>,
        subject: &Subject,
        own: &[ClaimSide],
        open: impl Fn(&ClaimSide) -> bool,
    ) -> Result<Vec<Seen>> {
        let ids: Vec<u64> = wanted.iter().copied().collect();
        let sides: Vec<ClaimSide> = self.store.sides(&ids)?.into_iter().filter(open).collect();
        let read = |side: ClaimSide| {
            let bag = Bag::of(&side.words, &side.sentence);
            Seen {
                words: subject.nearness(&bag),
                common: subject.common(&bag),
                near_day: nearest_day(&side, own),
                side,
                bag,
                share: 0.0,
                meaning: Meant::default(),
                warmth: 0.0,
                score: 0.0,
            }
        };
        let mut seen: Vec<Seen> = sides.into_par_iter().map(read).collect();
        seen.sort_by(|a, b| b.words.total_cmp(&a.words).then(a.side.id.cmp(&b.side.id)));
        let mut folds = BTreeSet::new();
        seen.retain(|one| one.side.fold.is_empty() || folds.insert(one.side.fold.clone()));
        seen.truncate(READ);
        Ok(seen)
    }

    /// What the encoder says of claims beside those of the story and those refused.
    fn meant(
        &mut self,
        seen: &mut [Seen],
        own: &[ClaimSide],
        refused: &[ClaimSide],
    ) -> Result<HashMap<ClaimId, Meant>> {
        let sides: Vec<&ClaimSide> = seen.iter().map(|one| &one.side).chain(own).chain(refused).collect();
        let stances = self.stances_of(&sides)?;
        let judge = |one: &Seen| {
            let stance = stances.get(&one.side.id);
            (one.side.id, stance.map(|stance| held(stance, own, refused, &stances)).unwrap_or_default())
        };
        Ok(seen.par_iter().map(judge).collect())
    }

    /// The articles of which most claims are like the story; none that is in it with all it says.
    fn articles_of(&self, seen: &[Seen], inside: &BTreeSet<ClaimId>, limit: usize) -> Result<Vec<SuggestedArticle>> {
        let best = seen.first().map_or(0.0, |one| one.score);
        let mut like: BTreeMap<ArticleId, usize> = BTreeMap::new();
        for one in seen.iter().filter(|one| is_worth(one) && one.score >= SPEAKS_FOR_ARTICLE * best) {
            if let Some(article) = one.side.article {
                *like.entry(article).or_default() += 1;
            }
        }
        let mut out = Vec::new();
        for (id, like) in like.into_iter().filter(|(_, like)| *like >= ARTICLE_CLAIMS) {
            let claims = self.store.claims(&Filter::default().with(Test::Article(id)))?;
            let outside = claims.iter().filter(|row| !inside.contains(&row.id)).count();
            if 100 * like >= ARTICLE_SHARE * outside {
                let article = self.store.article(id)?.article;
                out.push(SuggestedArticle { article, like, claims: outside });
            }
        }
        out.sort_by_key(|one| (Reverse(100 * one.like / one.claims.max(1)), Reverse(one.like), one.article.id));
        out.truncate(limit);
        Ok(out)
    }

    fn listed(&self, seen: &[Seen], limit: usize) -> Result<Vec<Suggested>> {
        let chosen: Vec<&Seen> = seen.iter().filter(|one| is_worth(one)).take(limit).collect();
        let ids: Vec<ClaimId> = chosen.iter().map(|one| one.side.id).collect();
        let rows = self.store.claims_by_id(&ids)?;
        let told = |(claim, one): (ClaimRow, &Seen)| {
            let score = Score::new(f64::from(one.score / BEST));
            Suggested { claim, score, because: because(one) }
        };
        Ok(rows.into_iter().zip(chosen).map(told).collect())
    }
}

/// The score of a claim with the words of the story that is nearest in meaning and takes a position on it.
const BEST: f32 = 1.0 + MEANING + POSITION;

fn numbers(claims: impl IntoIterator<Item = ClaimId>) -> Vec<u64> {
    claims.into_iter().map(|claim| claim.0.unsigned_abs()).collect()
}

fn bags(sides: &[ClaimSide]) -> Vec<Bag> {
    sides.par_iter().map(|side| Bag::of(&side.words, &side.sentence)).collect()
}

/// Holds a claim against those of the story and those refused.
fn held(stance: &Stance, own: &[ClaimSide], refused: &[ClaimSide], stances: &HashMap<ClaimId, Stance>) -> Meant {
    let near = |sides: &[ClaimSide]| {
        let each = sides.iter().filter_map(|side| Some((side.id, stance.nearness(stances.get(&side.id)?))));
        each.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let nearest = near(own);
    let cosine = nearest.map_or(0.0, |(_, cosine)| cosine);
    let unlike = near(refused).filter(|(_, other)| *other > cosine.max(NEAR));
    let share = 1.0 / (1.0 + (-stance.likeness - 1.0).exp());
    let against = unlike.map_or(0.0, |(_, other)| REFUSED * other);
    Meant {
        nearest,
        score: MEANING * cosine + POSITION * share - against,
        takes_position: stance.likeness >= TAKES_SIDES,
        unlike: unlike.map(|(id, _)| id),
    }
}

/// Adds up words and meaning, best first.
fn weigh(seen: &mut [Seen], judged: &HashMap<ClaimId, Meant>) {
    let most = seen.iter().map(|one| one.words).fold(f32::MIN_POSITIVE, f32::max);
    for one in seen.iter_mut() {
        one.meaning = judged.get(&one.side.id).copied().unwrap_or_default();
        one.share = one.words / most;
        one.score = one.share + one.meaning.score + one.near_day.map_or(0.0, |(_, days)| day_part(days));
    }
    seen.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.side.id.cmp(&b.side.id)));
}

/// Lifts the claims of articles that hold several others like the story.
fn warm(seen: &mut [Seen]) {
    let best = seen.first().map_or(1.0, |one| one.score).max(f32::MIN_POSITIVE);
    let mut warmth: BTreeMap<ArticleId, f32> = BTreeMap::new();
    for one in seen.iter().take(READ / 2) {
        if let Some(article) = one.side.article {
            *warmth.entry(article).or_default() += (one.score / best).max(0.0);
        }
    }
    for one in seen.iter_mut() {
        let all = one.side.article.and_then(|article| warmth.get(&article)).copied().unwrap_or_default();
        one.warmth = ARTICLE * (all - one.score / best).max(0.0).ln_1p();
        one.score += one.warmth;
    }
    seen.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.side.id.cmp(&b.side.id)));
}

/// One word in common is no reason.
fn is_worth(one: &Seen) -> bool {
    one.score > 0.0 && (one.common.count >= WORDS || one.meaning.nearest.is_some_and(|(_, cosine)| cosine >= NEAR))
}

/// Why a claim may belong, the weightiest reason first.
fn because(one: &Seen) -> Vec<Reason> {
    let mut out = Vec::new();
    let mut add = |rule: &'static str, detail: String, weight: f32| {
        out.push(Reason::new(rule, detail, (f64::from(weight) * 1000.0).round() / 1000.0));
    };
    let listed = |words: &[String], most: usize| words.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    let Common { names, words, named, .. } = &one.common;
    if !names.is_empty() {
        add("story.names", format!("names {}", listed(names, 3)), one.share * named);
    }
    if !words.is_empty() {
        add("story.words", format!("same words: {}", listed(words, 5)), one.share * (1.0 - named));
    }
    if let Some((claim, cosine)) = one.meaning.nearest.filter(|(_, cosine)| *cosine >= NEAR) {
        match one.meaning.takes_position {
            true => add("story.position", format!("position on the same matter as {claim}"), one.meaning.score),
            false => add("story.meaning", format!("near in meaning to {claim}"), MEANING * cosine),
        }
    }
    if let Some(claim) = one.meaning.unlike {
        add("story.refused", format!("like {claim}, which you refused"), one.meaning.score.min(0.0));
    }
    if let Some((claim, days)) = one.near_day.filter(|(_, days)| *days <= SAME_DAYS) {
        let told = if days == 0 {
            format!("said on the day of {claim}")
        } else {
            format!("said within {days} days of {claim}")
        };
        add("story.day", told, day_part(days));
    }
    if one.warmth > 0.0 {
        add("story.article", "its article says more of the like".to_owned(), one.warmth);
    }
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out
}

/// What being said near a claim of the story counts.
fn day_part(days: i64) -> f32 {
    DAY * (-(days as f32) / SAME_DAYS as f32).exp()
}

/// The claim of the story that was said nearest in time, and the days between.
fn nearest_day(side: &ClaimSide, own: &[ClaimSide]) -> Option<(ClaimId, i64)> {
    let day = side.date?.first();
    let each = own.iter().filter_map(|other| Some((other.id, (other.date?.first() - day).num_days().abs())));
    each.min_by_key(|(id, days)| (*days, *id))
}
