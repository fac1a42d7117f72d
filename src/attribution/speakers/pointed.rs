//! The opinion of the deep reader's pointer on who stands behind a source: its shares, summed over the words that name each
//! figure of the cast.
//!
//! Refuses to decide: the resolver weighs this with what else speaks for a figure.

use super::cast::Cast;
use super::resolver::Verdict;
use super::stage::{Answer, Stage};
use crate::attribution::Form;
use crate::attribution::deep::pointer::Pointer;
use std::ops::Range;

/// The least share that names the person behind a description, ...
const DESCRIBED: f64 = 0.6;
/// ... behind a content without a source, ...
const OPEN: f64 = 0.6;
/// ... and behind one that the quotation marks give to somebody else.
const CARRIED: f64 = 0.8;

/// What share each figure has of a source, the greatest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pointed {
    /// Figure and share.
    pub figures: Vec<(usize, f64)>,
    /// The share of nobody in the text, as the pointer itself says.
    pub nobody: f64,
}

impl Pointed {
    /// Returns the shares of the figures for the source at some tokens; `apart` when it cannot mean itself.
    pub fn of(pointer: &Pointer<'_>, cast: &Cast, stage: &Stage, source: &Range<usize>, apart: bool) -> Self {
        let shares = pointer.shares(source, apart);
        let mut sums = vec![0.0; cast.figures.len()];
        for used in &cast.uses {
            sums[used.figure] += shares.of(used.name.tokens.clone());
        }
        let mut noted: Vec<usize> = Vec::new();
        for seen in stage.before_token(source.start).filter(|s| s.form == Form::Nominal) {
            if cast.use_at(seen.token).is_none() && !noted.contains(&seen.token) {
                noted.push(seen.token);
                sums[seen.figure] += shares.of(seen.token..seen.token + 1);
            }
        }
        let mut figures: Vec<(usize, f64)> = sums.into_iter().enumerate().filter(|f| f.1 > 1e-4).collect();
        figures.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Self { figures, nobody: shares.nobody }
    }

    /// Returns the share of one figure.
    pub fn share(&self, figure: usize) -> f64 {
        self.figures.iter().find(|f| f.0 == figure).map_or(0.0, |f| f.1)
    }

    /// The best person, with the share.
    fn best(&self, cast: &Cast) -> Option<(usize, f64)> {
        self.figures.iter().copied().find(|f| cast.figures[f.0].is_person())
    }

    /// Returns whom a description of one person means, given what the rules answer.
    pub fn nominal(&self, cast: &Cast, answer: Answer) -> Answer {
        let Some((figure, share)) = self.best(cast) else { return answer };
        match answer.figure {
            Some(known) if known == figure => answer,
            _ if share < DESCRIBED => answer,
            _ => Answer { figure: Some(figure), candidates: vec![figure] },
        }
    }

    /// Returns who is behind a content without a source, given what the quotation marks tell.
    pub fn sourceless(&self, cast: &Cast, verdict: &Verdict) -> Verdict {
        let Some((figure, share)) = self.best(cast) else { return verdict.clone() };
        let least = if verdict.figure.is_some() { CARRIED } else { OPEN };
        if share >= least { Verdict { figure: Some(figure), candidates: Vec::new() } } else { verdict.clone() }
    }
}
