//! Statements of a finding that several versions of one article have, word for word or altered by its editor: one of them is
//! shown, and never what was made of another.

use super::findings::Groups;
use super::{Result, Workbench};
use crate::revision::Side;
use crate::store::id::{ArticleId, ClaimId};
use crate::store::rows::ClaimRow;
use std::collections::{BTreeMap, BTreeSet};

/// Which statements of a finding are one that several versions of an article have.
#[derive(Debug, Default)]
pub(super) struct Kept {
    claims: BTreeSet<ClaimId>,
    same: Groups<ClaimId>,
    /// What an editor made of a statement.
    pub altered: BTreeSet<ClaimId>,
}

impl Kept {
    /// Returns the statements that others stand for: those of the pair that tells the finding before all, then what nobody
    /// altered, then what was loaded last.
    pub fn beside(&self, pair: [ClaimId; 2]) -> BTreeSet<ClaimId> {
        let mut standing = BTreeSet::new();
        let (altered, whole): (Vec<ClaimId>, Vec<ClaimId>) =
            self.claims.iter().rev().partition(|claim| self.altered.contains(claim));
        let shown = pair.into_iter().chain(whole).chain(altered);
        let shown: BTreeSet<ClaimId> = shown.filter(|claim| standing.insert(self.same.head(*claim))).collect();
        self.claims.iter().copied().filter(|claim| !shown.contains(claim)).collect()
    }
}

impl Workbench {
    /// Returns which of the statements of a finding stand in several versions of one article, word for word or altered.
    pub(super) fn in_versions(
        &self,
        told: &BTreeMap<ClaimId, &ClaimRow>,
        versions: &[BTreeSet<ArticleId>],
    ) -> Result<Kept> {
        let articles: BTreeSet<ArticleId> = told.values().filter_map(|claim| claim.article).collect();
        let mut kept = Kept { claims: told.keys().copied().collect(), ..Kept::default() };
        for family in versions.iter().filter(|family| family.intersection(&articles).nth(1).is_some()) {
            let claims = told.values().filter(|claim| claim.article.is_some_and(|id| family.contains(&id)));
            let mut sentences: Vec<(String, ClaimId)> = claims.map(|claim| (claim.words.clone(), claim.id)).collect();
            let family: Vec<ArticleId> = family.iter().copied().collect();
            for change in self.revisions_of(&family)?.into_iter().flat_map(|revision| revision.changes.list) {
                let side = |side: Option<Side<ClaimId>>| side.and_then(|side| Some((side.claim?, side.words)));
                if let (Some((before, was)), Some((after, is))) = (side(change.before), side(change.after)) {
                    kept.same.join(before, after);
                    kept.altered.insert(after);
                    sentences.extend([(was, before), (is, after)]);
                }
            }
            let mut first: BTreeMap<String, ClaimId> = BTreeMap::new();
            for (words, claim) in sentences {
                kept.same.join(*first.entry(words).or_insert(claim), claim);
            }
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_made_of_a_statement_does_not_stand_for_it() {
        let mut kept = Kept { claims: [1, 2, 5].map(ClaimId).into(), altered: [ClaimId(5)].into(), ..Kept::default() };
        kept.same.join(ClaimId(1), ClaimId(5));
        assert_eq!(kept.beside([ClaimId(1), ClaimId(2)]), [ClaimId(5)].into());
        kept.claims.insert(ClaimId(9));
        assert_eq!(kept.beside([ClaimId(9), ClaimId(2)]), [ClaimId(5)].into());
        // Who confirmed the altered words read them.
        assert_eq!(kept.beside([ClaimId(5), ClaimId(2)]), [ClaimId(1)].into());
    }
}
