//! What a person takes off the desk: an article that should not be there goes with its claims, and loses nothing by it.

use super::acts::short;
use super::corrections::listed;
use super::{Result, Workbench};
use crate::store::amendments::Removed;
use crate::store::stories::Member;
use std::collections::BTreeSet;

impl Workbench {
    /// Takes articles off the desk with their claims, and claims alone, in one step; what a person did with them stays in the
    /// journal, and all of it is back when that is taken back.
    ///
    /// # Errors
    /// For what is unknown or off the lists already, and for a published verdict that would stand on nothing.
    pub fn drop_members(&mut self, members: &[Member]) -> Result<()> {
        let (mut articles, mut claims) = (BTreeSet::new(), Vec::new());
        for member in members {
            match member {
                Member::Article(id) => {
                    self.store.article_on_desk(*id)?;
                    articles.insert(*id);
                }
                Member::Claim(id) => claims.push(*id),
            }
        }
        self.live_claims(&claims)?;
        let line = format!("drop {}", short(&listed(members.iter())));
        self.act("drop", &line, |writer, operation| {
            articles.iter().try_for_each(|id| writer.remove(Removed::Article(*id), operation))?;
            Ok(claims.iter().try_for_each(|claim| writer.drop_claim(*claim, operation))?)
        })
    }
}
