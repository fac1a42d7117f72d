//! What a reader has in mind at one point of the article: who was mentioned lately, and in which role.
//!
//! Answers "whom does this pronoun mean?" and "which known figure does this description fit?"; it keeps a bounded
//! number of sightings, so the work for one source does not grow with the document.

use super::antecedent::{self, Asked};
use super::cast::Cast;
use super::figure::{self, Figure};
use super::source::{self, Article, Nominal};
use super::view::View;
use crate::attribution::{Category, Form};
use crate::lexicon::people::{self, Place};
use crate::lexicon::words;
use crate::text::parser::Role;
use std::collections::VecDeque;
use std::ops::Range;

/// The grammatical role of a mention, as far as its neighbours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    Subject,
    Object,
    Oblique,
    Owner,
}

/// One mention of a figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sighting {
    pub figure: usize,
    pub token: usize,
    pub grammar: Grammar,
    /// Whether the mention was the source of an attribution.
    pub spoke: bool,
    pub quoted: bool,
    /// Whether its verb is the main one of the sentence.
    pub main: bool,
    pub form: Form,
}

/// How many sightings are kept.
const MEMORY: usize = 96;
/// A description's best figure must be ahead of the next by this much, else it stays open.
const MARGIN: f64 = 0.04;
/// The least probability of whom a pronoun means, else it stays open.
const LIKELY: f64 = 0.5;
/// The country whose people English news names without saying where they are from.
pub(super) const UNSAID: &str = "United States";
/// The least score that ties a description to a known figure.
const FIT: f64 = 1.0;

/// The recent mentions, newest last.
pub(super) struct Stage {
    sightings: VecDeque<Sighting>,
    /// How often each figure was seen so far.
    seen: Vec<u32>,
}

/// The best figure, when one is clearly ahead, and all that were considered, best first.
pub(super) struct Answer {
    pub figure: Option<usize>,
    pub candidates: Vec<usize>,
}

impl Answer {
    fn of(mut scored: Vec<(f64, usize)>, least: f64) -> Self {
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.retain(|s| s.0 >= least);
        let clear = match scored.as_slice() {
            [] => None,
            [only] => Some(only.1),
            [first, second, ..] => (first.0 - second.0 >= MARGIN).then_some(first.1),
        };
        Self { figure: clear, candidates: scored.into_iter().take(4).map(|s| s.1).collect() }
    }
}

impl Stage {
    pub fn new() -> Self {
        Self { sightings: VecDeque::with_capacity(MEMORY), seen: Vec::new() }
    }

    pub fn see(&mut self, sighting: Sighting) {
        if self.sightings.len() == MEMORY {
            self.sightings.pop_front();
        }
        if self.seen.len() <= sighting.figure {
            self.seen.resize(sighting.figure + 1, 0);
        }
        self.seen[sighting.figure] += 1;
        self.sightings.push_back(sighting);
    }

    /// Returns the weight of each recent figure at a token: the best of its sightings, best first by score.
    fn weigh(&self, view: &View<'_>, token: usize, allow: impl Fn(usize) -> bool) -> Vec<(f64, usize)> {
        let (sentence, block) = (view.sentence(token), view.block(token));
        let here_quoted = view.is_quoted(token);
        let last_speaker = self.sightings.iter().rev().find(|s| s.spoke && s.token < token);
        let last_speaker = last_speaker.map(|s| (s.figure, sentence.saturating_sub(view.sentence(s.token)) as f64));
        let mut best: Vec<(f64, usize)> = Vec::new();
        for sighting in self.sightings.iter().rev().filter(|s| s.token < token && allow(s.figure)) {
            let away = sentence.saturating_sub(view.sentence(sighting.token)) as f64;
            let blocks = block.saturating_sub(view.block(sighting.token)) as f64;
            let grammar = match sighting.grammar {
                Grammar::Subject => 1.2,
                Grammar::Object => 0.2,
                Grammar::Oblique => 0.0,
                Grammar::Owner => 0.5,
            };
            let quoted = if sighting.quoted && !here_quoted { -1.6 } else { 0.0 };
            let spoke = if sighting.spoke { 0.7 } else { 0.0 };
            let distance = -0.45 * away.min(8.0) - 0.15 * blocks.min(6.0);
            let score = grammar + quoted + spoke + distance;
            match best.iter_mut().find(|b| b.1 == sighting.figure) {
                Some(slot) => slot.0 = slot.0.max(score),
                None => best.push((score, sighting.figure)),
            }
        }
        for slot in &mut best {
            let seen = self.seen.get(slot.1).copied().unwrap_or(0);
            slot.0 += 0.18 * f64::from(seen).ln_1p();
            if let Some((_, away)) = last_speaker.filter(|(figure, _)| *figure == slot.1) {
                slot.0 += (0.9 - 0.3 * away).max(0.0);
            }
        }
        best
    }

    /// Returns all sightings, newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Sighting> {
        self.sightings.iter().rev()
    }

    /// Returns the sightings before a token, newest first.
    pub fn before_token(&self, token: usize) -> impl Iterator<Item = &Sighting> {
        self.sightings.iter().rev().filter(move |s| s.token < token)
    }

    /// Returns how often a figure was seen so far.
    pub fn count(&self, figure: usize) -> u32 {
        self.seen.get(figure).copied().unwrap_or(0)
    }

    /// Returns whom a third-person pronoun means, with the probability of the best choice.
    pub fn pronoun(&self, view: &View<'_>, cast: &Cast, asked: &Asked<'_>) -> (Answer, f64) {
        let choices = antecedent::rank(view, cast, self, asked);
        let best = choices.first().filter(|c| c.share >= LIKELY && c.figure.is_some());
        let share = best.map_or(0.0, |c| c.share);
        let figure = best.and_then(|c| c.figure);
        let candidates = choices.iter().filter(|c| c.share > 0.05).filter_map(|c| c.figure).take(4).collect();
        (Answer { figure, candidates }, share)
    }

    /// Returns the known figure that a definite description of one person fits.
    pub fn person(&self, view: &View<'_>, cast: &Cast, nominal: &Nominal, owner: Option<usize>) -> Answer {
        let token = nominal.core.start;
        let gender = nominal.role.and_then(|r| r.gender);
        let allow = |number: usize| {
            let figure = &cast.figures[number];
            let agree = gender.is_none() || figure.gender.is_none() || gender == figure.gender;
            figure.is_person() && agree && Some(number) != owner && !is_another(nominal, figure)
        };
        let recent = self.weigh(view, token, allow);
        let mut scored: Vec<(f64, usize)> = Vec::new();
        for (weight, number) in recent {
            scored.push((agreement(view, cast, nominal, owner, number) + 0.35 * weight.max(-4.0), number));
        }
        // Somebody introduced long ago can still be meant when the role is really his.
        let known = cast.figures.iter().enumerate().take(MEMORY * 4);
        for (number, figure) in known.filter(|(n, _)| allow(*n)) {
            if figure.has_role(&nominal.head) && !scored.iter().any(|s| s.1 == number) {
                // A headline or a lead may describe the one whom the article names later.
                let later = if figure.first > token { -0.6 } else { 0.0 };
                scored.push((agreement(view, cast, nominal, owner, number) - 1.4 + later, number));
            }
        }
        Answer::of(scored, FIT)
    }

    /// Returns the last figure mentioned before a token in the same sentence, within `reach` tokens.
    pub fn before(&self, token: usize, reach: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let near = self.sightings.iter().rev().filter(|s| s.token < token && s.token + reach >= token);
        near.map(|s| s.figure).find(|&f| fits(f))
    }
}

/// Tells whether two lists name different places or parties of one kind: American and Pakistani.
pub(super) fn excludes(a: &[Place], b: &[Place]) -> bool {
    b.iter().any(|y| a.iter().any(|x| x.kind == y.kind) && !a.iter().any(|x| x == y))
}

/// Tells whether a description sets another person apart from one who has the plain title: "the former mayor", "the prime
/// minister", "the mayor of Orlund" is not the mayor whom the article has named.
pub(super) fn is_another(nominal: &Nominal, figure: &Figure) -> bool {
    let plain = nominal.head.rsplit(' ').next().unwrap_or(&nominal.head);
    let titled = figure.roles.iter().any(|role| role.name.rsplit(' ').next() == Some(plain));
    if !titled {
        return false;
    }
    let said = |word: &str| figure.words.contains(word);
    let of_title = nominal.head.split(' ').filter(|part| *part != plain);
    let modifiers = nominal.words.iter().map(String::as_str).chain(of_title);
    let elsewhere = !nominal.complement.is_empty() && !nominal.complement.iter().any(|word| said(word));
    // Whoever speaks for one may be named after many.
    let speaks =
        nominal.role.is_some_and(|r| matches!(r.name, "spokesperson" | "aide") || r.wider.contains(&"spokesperson"));
    let foreign = !speaks && figure::are_apart(figure.origins.iter(), &nominal.origins);
    nominal.restricted
        || elsewhere
        || foreign
        || modifiers.filter(|word| words::modifies_title(word)).any(|word| !said(word))
}

/// Scores how a person agrees with a description: role, origin, modifiers.
fn agreement(view: &View<'_>, cast: &Cast, nominal: &Nominal, owner: Option<usize>, number: usize) -> f64 {
    let figure = &cast.figures[number];
    let mut score = 0.0;
    let own = figure.roles.iter().any(|r| r.name == nominal.head) || figure.words.contains(&nominal.head);
    let wider = figure.has_role(&nominal.head);
    // The description may be narrower than what the article has said: "the senator" for a lawmaker.
    let own_or_wider = own || wider;
    let narrower = nominal.role.is_some_and(|role| figure.roles.iter().any(|r| role.wider.contains(&r.name)));
    let political = nominal.role.is_some_and(|r| r.wider.contains(&"politician"));
    score += match (own, wider, narrower) {
        (true, _, _) => 3.0,
        (_, true, _) => 2.4,
        (_, _, true) => 1.2,
        // "Their operator" is nobody who was not called so.
        _ if view.tag(nominal.core.start) == "PRP$" => -2.0,
        _ if figure.roles.is_empty() && figure.category == Category::Person => 0.5,
        _ => -0.4,
    };
    if let Some(age) = source::age(&nominal.head) {
        let known = figure.words.iter().find(|word| word.len() < 3 && word.chars().all(|c| c.is_ascii_digit()));
        score += match known {
            Some(known) if known == age => 3.0,
            Some(_) => -4.0,
            None => 0.0,
        };
    }
    if source::describes(&nominal.head) && nominal.article == Article::The && figure.category == Category::Person {
        score += 0.8;
    }
    for place in &nominal.places {
        if figure.places.contains(place) {
            score += 1.4;
        } else if excludes(&figure.places, &[*place]) && place.kind != "state" {
            score -= 2.5;
        } else if excludes(&figure.places, &[*place]) && own_or_wider {
            score -= 1.5;
        } else if matches!(place.kind, "country" | "region") && figure.category == Category::Person {
            // "The French president" is whom the article has told of with France, not the one president whom it names.
            let told = place.name == UNSAID || is_told_with(view, figure, place, nominal);
            score += if told { 0.5 } else { -2.5 };
        } else if figure.category == Category::Person && political {
            // Any politician may be of a party, few are of one state.
            score += if place.kind == "state" { -0.8 } else { 0.5 };
        }
    }
    let shared = nominal.words.iter().filter(|w| figure.words.contains(*w) && people::place(w).is_none()).count();
    score += 0.6 * shared as f64;
    if let Some(owner) = owner {
        let relation = cast.figures[owner].parts.last().is_some_and(|p| figure.words.contains(&p.to_lowercase()));
        let family = cast.figures[owner].parts.last() == figure.parts.last();
        score += if relation || figure.owner == Some(owner) || family && !own { 1.0 } else { -1.6 };
    }
    if nominal.article == Article::Bare {
        score -= 0.6;
    }
    score
}

/// Tells whether a place is named before a description in the sentence in which a figure comes first or in the next, and not as that
/// of somebody with the same office: "Baker phoned the Norland president".
fn is_told_with(view: &View<'_>, figure: &Figure, place: &Place, nominal: &Nominal) -> bool {
    let sentence = view.around(figure.first);
    let next = view.around(sentence.end).end.max(sentence.end).min(nominal.core.start);
    let names = |t: usize| figure::places(view, &(t..t + 1)).contains(place);
    (sentence.start..next).any(|t| names(t) && view.lower(t + 1) != nominal.head)
}

/// Tells the grammatical role of a mention, and whether its verb is the main one of the sentence.
pub(super) fn grammar(view: &View<'_>, tokens: &Range<usize>, reach: usize) -> (Grammar, bool) {
    let (start, end) = (tokens.start, tokens.end);
    if view.is_possessive(end) {
        return (Grammar::Owner, false);
    }
    let before = start.checked_sub(1).map_or("", |t| view.tag(t));
    let adverb = usize::from(view.tag(reach) == "RB");
    let beside = view.is_comma(end) && start > 0 && view.is_comma(start - 1) && view.is_verb(end + 1);
    let verb = beside || view.is_verb(end) || view.is_verb(reach + adverb);
    let parsed = parsed(view, tokens);
    if verb && !matches!(before, "IN" | "TO") {
        let root = beside && view.document.tokens.get(end + 1).is_some_and(|token| token.role == Role::Root);
        (Grammar::Subject, root || parsed.is_some_and(|p| p.1))
    } else if let Some((Grammar::Subject, main)) = parsed {
        (Grammar::Subject, main)
    } else if matches!(before, "IN" | "TO") {
        (Grammar::Oblique, false)
    } else {
        (Grammar::Object, false)
    }
}

/// What the parse says of a mention: its role, taken over from the noun that it stands beside, and whether the verb is the
/// root of the sentence.
fn parsed(view: &View<'_>, tokens: &Range<usize>) -> Option<(Grammar, bool)> {
    let document = view.document;
    let outside =
        |&t: &usize| document.tokens.get(t).is_some_and(|t| t.head.is_none_or(|h| !tokens.contains(&(h as usize))));
    let mut at = tokens.clone().find(outside)?;
    for _ in 0..4 {
        let token = document.tokens.get(at)?;
        // "The first witness was Ann Hill": the name is what the sentence says of its subject.
        let Some(head) = token.head.map(|head| head as usize) else { return Some((Grammar::Subject, true)) };
        match token.role {
            Role::Subject => return Some((Grammar::Subject, document.tokens.get(head)?.role == Role::Root)),
            Role::Object => return Some((Grammar::Object, false)),
            Role::Possessive => return Some((Grammar::Owner, false)),
            Role::Nominal => return Some((Grammar::Oblique, false)),
            Role::Apposition | Role::Conjunct | Role::Compound | Role::Attribute => at = head,
            _ => return None,
        }
    }
    None
}
