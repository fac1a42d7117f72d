//! A second look at what matching found: the likest candidates are read beside the query by an encoder and put in order anew.
//!
//! It was trained to tell the checked claim that somebody's words repeat from others near it (`relation/model/card.md`).

use crate::matching::Candidate;
use crate::relation::model::{Texts, Told};
use crate::score::Reason;
use crate::store::claims::ClaimSide;
use std::collections::BTreeMap;

/// Candidates of a query that are read: reading more gained nothing.
pub(super) const READ: usize = 8;
/// How much the encoder's log-odds count beside matching's, and what keeps the mean score where it was.
const WEIGHT: f64 = 0.2;
const SHIFT: f64 = 0.6;

/// Orders candidates anew, best first; `sides` holds what is known of the first [`READ`] of them.
///
/// Tiers stay as matching gave them.
pub(super) fn look(text: &str, speaker: &str, candidates: &mut [Candidate], sides: &BTreeMap<u64, ClaimSide>) {
    let Ok(model) = Texts::shipped() else { return };
    let said = model.side(&Told { speaker, words: text, ..Told::default() });
    for found in candidates.iter_mut().take(READ) {
        let Some(side) = sides.get(&found.id) else { continue };
        let claim = model.checked(&side.speaker_name, &side.words, &side.headline);
        let odds = f64::from(model.is_the_one(&said, &claim));
        let detail =
            if odds > 0.0 { "read together, they say the same" } else { "read together, they say different things" };
        let part = WEIGHT.mul_add(odds, SHIFT);
        found.because.push(Reason::new("read together", detail, part));
        found.score = found.score.moved(part);
    }
    candidates.sort_by(|a, b| b.score.get().total_cmp(&a.score.get()));
}
