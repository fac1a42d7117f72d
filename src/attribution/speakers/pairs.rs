//! Two people taken up together: "both", "the two men", "the brothers" are the last two people named.
//!
//! Refuses to choose two of three: then the source stays open, with its candidates.

use super::resolver::{Resolver, Verdict};
use super::view::View;
use crate::attribution::Category;
use crate::lexicon::people::{self, Gender};
use std::ops::Range;

/// How many sentences back the two may be named.
const REACH: usize = 3;

/// Whom a source takes for two: anybody, two men or two women.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    gender: Option<Gender>,
}

/// Reads a source that means two people who were named before; `None` for any other.
pub(super) fn pair(view: &View<'_>, tokens: &Range<usize>) -> Option<Pair> {
    let words: Vec<String> = tokens.clone().map(|token| view.lower(token)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let noun = match words.as_slice() {
        ["both"] | ["the", "two" | "pair" | "duo"] => return Some(Pair { gender: None }),
        ["the", noun @ ("brothers" | "sisters")] | ["both", noun] | ["the", "two", noun] => *noun,
        _ => return None,
    };
    match noun {
        "men" | "brothers" => return Some(Pair { gender: Some(Gender::Male) }),
        "women" | "sisters" => return Some(Pair { gender: Some(Gender::Female) }),
        _ => {}
    }
    let one = noun.strip_suffix('s').unwrap_or(noun);
    (noun != one && people::role(one).is_some()).then_some(Pair { gender: None })
}

impl Resolver<'_, '_> {
    /// Returns those who spoke together, when "the senators" takes them up: nobody else spoke as a group since.
    pub(super) fn taken_together(&self, tokens: &Range<usize>) -> Option<usize> {
        let (view, cast) = (self.view, &self.cast);
        let noun = view.lower(tokens.end.checked_sub(1)?);
        let one = noun.strip_suffix('s').filter(|one| people::role(one).is_some());
        one.filter(|_| tokens.len() == 2 && view.lower(tokens.start) == "the")?;
        let here = view.sentence(tokens.start);
        let near = self.stage.before_token(tokens.start).take_while(|s| view.sentence(s.token) + REACH >= here);
        let mut groups = near.map(|s| s.figure).filter(|&f| cast.figures[f].category == Category::Group);
        let person = |&member: &usize| cast.figures[member].category == Category::Person;
        groups.next().filter(|&f| cast.figures[f].members.len() > 1 && cast.figures[f].members.iter().all(person))
    }

    /// Returns the two people named last, when only two can be meant.
    pub(super) fn two(&mut self, tokens: &Range<usize>, pair: Pair) -> Verdict {
        let (view, cast) = (self.view, &self.cast);
        let here = view.sentence(tokens.start);
        let mut near: Vec<(usize, usize)> = Vec::new();
        for sighting in self.stage.before_token(tokens.start) {
            let away = here.saturating_sub(view.sentence(sighting.token));
            let figure = &cast.figures[sighting.figure];
            let fits = figure.category == Category::Person
                && (pair.gender.is_none() || figure.gender.is_none() || figure.gender == pair.gender);
            if away > REACH || sighting.quoted {
                continue;
            }
            if fits && !near.iter().any(|seen| seen.0 == sighting.figure) {
                near.push((sighting.figure, away));
            }
        }
        // The two nearest, when the third is a sentence further back.
        let clear = near.len() == 2 || near.len() > 2 && near[1].1 < near[2].1;
        if !clear {
            let candidates = near.into_iter().map(|seen| seen.0).take(4).collect();
            return Verdict { figure: None, candidates };
        }
        let mut members = vec![near[0].0, near[1].0];
        members.sort_by_key(|&member| cast.figures[member].first);
        Verdict { figure: Some(self.joint(members, tokens)), candidates: Vec::new() }
    }
}
