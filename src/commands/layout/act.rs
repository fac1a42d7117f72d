//! The whole act of a claim: its words as they may stand alone, and, where a denial only points ("the allegation"), what it denies.

use crate::attribution::Kind;
use crate::commands::{CommandError, Session};
use crate::store::id::ClaimId;
use crate::store::rows::ClaimRow;
use std::collections::BTreeMap;

/// Words up to which a content only points at what it denies: "the allegation", "it", "all of the accusations".
const POINTS: usize = 5;

/// Openings of a content that says itself what it is about.
const OWN: [&str; 6] = ["that ", "to ", "having ", "being ", "whether ", "if "];

/// Tells whether a denial only points at what it denies.
fn points(claim: &ClaimRow) -> bool {
    claim.kind.is(Kind::Denial)
        && claim.words.split_whitespace().count() <= POINTS
        && !OWN.iter().any(|opening| claim.words.to_lowercase().starts_with(opening))
}

/// What claims of a list deny, by their ids, where their own words only point at it.
#[derive(Debug, Default)]
pub struct Denied(BTreeMap<ClaimId, String>);

impl Denied {
    /// Looks up what the claims deny.
    ///
    /// # Errors
    /// When the desk cannot be read.
    pub fn of(session: &mut Session, claims: &[ClaimRow]) -> Result<Self, CommandError> {
        let mut out = BTreeMap::new();
        for claim in claims.iter().filter(|claim| points(claim)) {
            if let Some(allegation) = claim.answers {
                out.insert(claim.id, session.workbench()?.claim(allegation)?.words);
            }
        }
        Ok(Self(out))
    }

    /// Returns what stands behind the words of a denial that only points: ": the allegation".
    pub fn told(&self, claim: &ClaimRow) -> Option<String> {
        self.0.get(&claim.id).map(|words| format!(": {words}"))
    }
}

/// Returns the act in full: cue, words, and what is denied.
pub fn whole(claim: &ClaimRow, denied: &Denied) -> String {
    format!("{}{}", claim.alone(), denied.told(claim).unwrap_or_default())
}
