//! Articles and claims that a person chooses: by their ids, or by filters.

use super::{CommandError, Session};
use crate::store::id::{AnyId, ClaimId};
use crate::store::stories::Member;

/// What filters choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    Articles,
    Claims,
}

/// Reads ids as they are; all other words together are one filter.
///
/// # Errors
/// For an id of something else, words that are no filter, or when nothing is chosen.
pub fn members(session: &mut Session, words: &[String], among: Among) -> Result<Vec<Member>, CommandError> {
    let mut out = Vec::new();
    let mut filter = Vec::new();
    for word in words {
        match word.parse::<AnyId>() {
            Ok(AnyId::Article(id)) => out.push(Member::Article(id)),
            Ok(AnyId::Claim(id)) => out.push(Member::Claim(id)),
            Ok(other) => return Err(CommandError::usage(format!("`{other}` is neither an article nor a claim"))),
            Err(_) => filter.push(word.clone()),
        }
    }
    if !filter.is_empty() {
        let filter = session.filter(&filter)?;
        let workbench = session.workbench()?;
        match among {
            Among::Articles => out.extend(workbench.articles(&filter)?.iter().map(|row| Member::Article(row.id))),
            Among::Claims => out.extend(workbench.claims(&filter)?.iter().map(|row| Member::Claim(row.id))),
        }
    }
    if out.is_empty() {
        let list = if among == Among::Articles { "articles" } else { "claims" };
        return Err(CommandError::failed("nothing matches").with_hint(format!("check the filters with `{list}` first")));
    }
    Ok(out)
}

/// Reads claims: ids as they are, all other words together as one filter.
///
/// # Errors
/// For an id of something else, words that are no filter, or when nothing is chosen.
pub fn claims(session: &mut Session, words: &[String]) -> Result<Vec<ClaimId>, CommandError> {
    let members = members(session, words, Among::Claims)?;
    let claim = |member: &Member| match member {
        Member::Claim(id) => Ok(*id),
        Member::Article(id) => Err(CommandError::usage(format!("{id} is an article, not a claim"))
            .with_hint(format!("`article:{id}` chooses its claims"))),
    };
    members.iter().map(claim).collect()
}
