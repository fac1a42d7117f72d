//! Finds who stands behind each source of an article: one [`Speaker`] for "Foreign Ministry spokesman Ann Baker",
//! "Baker", "the spokesman" and "she".
//!
//! The whole document is read for names first, since a person is often introduced outside any attribution; then the
//! text is walked once, with a bounded memory of recent mentions. Where two people could be meant it says so: the
//! speaker stays `None` and `candidates` lists them. Refuses to look beyond the article.

mod antecedent;
mod bodies;
mod calling;
mod capitals;
mod cast;
mod class;
mod conjuncts;
mod description;
mod figure;
mod fronts;
mod headlines;
mod initials;
mod interviewed;
mod introduced;
mod named_later;
mod names;
mod namesakes;
mod naming;
mod nominals;
mod pairs;
mod pointed;
mod quoted;
mod resolver;
mod source;
mod stage;
mod texts;
mod trading;
mod view;
mod writer;

use super::deep::pointer::Pointer;
use super::{Attributions, Form, Mention, Speaker};
use crate::text::Document;
use cast::Cast;
use resolver::Resolver;
use view::View;

/// Sets `speaker` and `candidates` of every attribution and fills `speakers`; earlier values of these are replaced.
///
/// Speakers are in order of first mention; only those behind a source, or that may be, are listed.
pub fn resolve(document: &Document, found: &mut Attributions) {
    resolve_pointed(document, found, None);
}

/// The same, with the deep reader's pointer to speakers where there is one.
pub fn resolve_pointed(document: &Document, found: &mut Attributions, pointer: Option<&Pointer<'_>>) {
    let view = View::new(document);
    let cast = Cast::new(&view, names::names(&view));
    let mut resolver = Resolver::new(&view, cast).pointed(pointer);
    let verdicts = resolver.run(&found.attributions);
    let mut wanted: Vec<usize> = Vec::new();
    for verdict in &verdicts {
        wanted.extend(verdict.figure);
        wanted.extend(&verdict.candidates);
    }
    let cast = resolver.into_cast();
    let mut listed = wanted.clone();
    for &number in &wanted {
        listed.extend(&cast.figures[number].members);
    }
    listed.sort_by_key(|&n| (cast.figures[n].first, n));
    listed.dedup();

    let mut order: Vec<Option<usize>> = vec![None; cast.figures.len()];
    for (place, &number) in listed.iter().enumerate() {
        order[number] = Some(place);
    }

    found.speakers = listed.iter().map(|&n| speaker(&cast, n, &order)).collect();
    for (attribution, verdict) in found.attributions.iter_mut().zip(verdicts) {
        attribution.speaker = verdict.figure.and_then(|f| order[f]);
        attribution.candidates = match attribution.speaker {
            Some(_) => Vec::new(),
            None => verdict.candidates.iter().filter_map(|&f| order[f]).collect(),
        };
    }
}

/// One pronoun that is a source, and the figures it may mean: name (`None` for nobody in reach) and features.
#[doc(hidden)]
#[expect(clippy::type_complexity, reason = "training alone reads it")]
pub struct Trial {
    pub source: crate::span::Span,
    pub choices: Vec<(Option<String>, Vec<(usize, f32)>)>,
}

/// Returns the choices for every pronoun that is a source; training needs them.
#[doc(hidden)]
pub fn trials(document: &Document, found: &Attributions) -> Vec<Trial> {
    let view = View::new(document);
    let mut resolver = Resolver::new(&view, Cast::new(&view, names::names(&view))).traced();
    resolver.run(&found.attributions);
    let trace = resolver.take_trace();
    let cast = resolver.into_cast();
    let name = |figure: Option<usize>| figure.map(|f| cast.figures[f].name.clone());
    let trial = |(token, choices): (usize, Vec<antecedent::Choice>)| Trial {
        source: view.span(&(token..token + 1)),
        choices: choices.into_iter().map(|c| (name(c.figure), c.features)).collect(),
    };
    trace.into_iter().map(trial).collect()
}

/// The names of the features of [`Trial`].
#[doc(hidden)]
pub use antecedent::NAMES as FEATURES;

fn speaker(cast: &Cast, number: usize, order: &[Option<usize>]) -> Speaker {
    let figure = &cast.figures[number];
    let mut mentions: Vec<Mention> = figure.mentions.clone();
    mentions.sort_by_key(|m| (m.span, m.form == Form::Pronoun));
    mentions.dedup_by_key(|m| m.span);
    let members = figure.members.iter().filter_map(|&m| order[m]).collect();
    Speaker { name: figure.name.clone(), category: figure.category, titles: figure.titles.clone(), mentions, members }
}

#[cfg(test)]
mod tests;
