//! Claims that several versions of an article hold word for word: such a claim is one, however often it was read. Nothing of it
//! is stored, as with the versions themselves.

use super::error::Result;
use super::id::{ArticleId, ClaimId, SpeakerId};
use super::rereading::held;
use super::select::{Bound, claim_tests};
use super::to_json;
use super::versions::{families, versions};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What makes claims of one article the same: words (folded), speaker, kind, status.
type Said = (String, Option<SpeakerId>, String, String);

/// A claim in a version of an article.
#[derive(Debug)]
pub(super) struct InVersion {
    pub id: ClaimId,
    /// Place of the version among its article's, the earliest first.
    place: usize,
    /// A person has worked with it.
    held: bool,
}

const STANDING: &str = concat!(
    "SELECT c.id, c.article, c.fold, ifnull(s.merged_into, c.speaker), c.kind, c.status, ",
    held!(),
    " FROM json_each(?1) w CROSS JOIN claim c ON c.article = w.value LEFT JOIN speaker s ON s.id = c.speaker
     WHERE c.live = 1 ORDER BY c.id"
);

const PASSING: &str =
    concat!("SELECT c.id FROM json_each(:ids) w CROSS JOIN claim c ON c.id = w.value WHERE ", claim_tests!());

/// Returns the claims that stand in more than one version of their article, each with all its places: the same words and kind,
/// of the same speaker.
pub(super) fn copies(connection: &Connection) -> Result<Vec<Vec<InVersion>>> {
    let families = families(versions(connection)?);
    let mut places: BTreeMap<ArticleId, (usize, usize)> = BTreeMap::new();
    for (family, versions) in families.iter().enumerate() {
        places.extend(versions.iter().enumerate().map(|(place, version)| (version.id, (family, place))));
    }
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(STANDING)?;
    let articles: Vec<i64> = places.keys().map(|id| id.0).collect();
    let mut rows = statement.query([to_json(&articles)?])?;
    let mut same: BTreeMap<(usize, Said), Vec<InVersion>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let Some(&(family, place)) = places.get(&row.get(1)?) else { continue };
        let said: Said = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        same.entry((family, said)).or_default().push(InVersion { id: row.get(0)?, place, held: row.get(6)? });
    }
    Ok(same.into_values().filter(|one| one.iter().any(|claim| claim.place != one[0].place)).collect())
}

/// Returns the claims in whose place another one passes the same tests: that of the newest version or, where a
/// person has worked with some, those.
pub(super) fn left_out(connection: &Connection, bound: &Bound) -> Result<Vec<ClaimId>> {
    let all = copies(connection)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = all.iter().flatten().map(|claim| claim.id.0).collect();
    let ids = to_json(&ids)?;
    let mut parameters = bound.parameters();
    parameters.push((":ids", &ids));
    let mut statement = connection.prepare_cached(PASSING)?;
    let passing: BTreeSet<ClaimId> =
        statement.query_map(&parameters[..], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut left_out = Vec::new();
    for one in &all {
        let passing: Vec<&InVersion> = one.iter().filter(|claim| passing.contains(&claim.id)).collect();
        let newest = passing.iter().map(|claim| claim.place).max();
        let any_held = passing.iter().any(|claim| claim.held);
        let is_shown = |claim: &&&InVersion| if any_held { claim.held } else { Some(claim.place) == newest };
        left_out.extend(passing.iter().filter(|claim| !is_shown(claim)).map(|claim| claim.id));
    }
    Ok(left_out)
}
