//! Names as a person types them, and the ids of what they mean.

use super::error::{Result, StoreError};
use super::filter::nearest;
use super::id::{SpeakerId, StoryId};
use super::rows::Named;
use super::{fold, plain};
use crate::article::outlets::of_slug;
use rusqlite::{Connection, ToSql};

fn ids(connection: &Connection, sql: &'static str, parameter: &dyn ToSql) -> Result<Vec<serde_json::Value>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([parameter], |row| row.get::<_, i64>(0).map(serde_json::Value::from))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn names(connection: &Connection, sql: &'static str) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn none(what: &'static str, name: &str, all: &[String]) -> StoreError {
    let folded = plain(name);
    let near = |candidate: &String| {
        let own = plain(candidate);
        let near = nearest(&folded, own.split(' ').chain([own.as_str()]))?;
        Some((strsim::damerau_levenshtein(&folded, &near), candidate.clone()))
    };
    let mut found: Vec<(usize, String)> = all.iter().filter_map(near).collect();
    found.sort_by_key(|(far, _)| *far);
    let nearest = found.into_iter().take(3).map(|(_, name)| name).collect();
    StoreError::NoSuchName { what, name: name.to_owned(), nearest }
}

/// Returns the ids of every speaker meant by a name, an alias, a part of one, or an id, merged ones included.
pub(super) fn speakers(connection: &Connection, name: &str) -> Result<Vec<serde_json::Value>> {
    if let Ok(id) = name.parse::<SpeakerId>() {
        let found = ids(
            connection,
            "SELECT s.id FROM speaker s
             WHERE ifnull(s.merged_into, s.id) = (SELECT ifnull(merged_into, id) FROM speaker WHERE id = ?1)",
            &id,
        )?;
        let missing = || StoreError::NoSuchId { what: SpeakerId::WHAT, id: id.to_string() };
        return if found.is_empty() { Err(missing()) } else { Ok(found) };
    }
    let all = || names(connection, "SELECT name FROM speaker ORDER BY name");
    if let Some(part) = name.strip_prefix('~') {
        let found = holding(connection, &plain(part))?;
        return if found.is_empty() { Err(none("speaker", part, &all()?)) } else { Ok(found) };
    }
    let folded = plain(name);
    let mut exact = ids(
        connection,
        "WITH hit AS (SELECT id AS speaker FROM speaker WHERE plain(fold) = ?1
                      UNION SELECT a.speaker FROM alias a JOIN operation o ON o.id = a.operation
                      WHERE (plain(a.fold) = ?1 OR plain(a.fold) = iif(?1 LIKE 'the %', substr(?1, 5), NULL))
                      AND o.undone_by IS NULL AND a.gone = 0),
              root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
         SELECT s.id FROM speaker s WHERE ifnull(s.merged_into, s.id) IN (SELECT id FROM root)",
        &folded,
    )?;
    if !exact.is_empty() {
        // One of a surname may be called by it alone, and others bear it too.
        exact.extend(
            ids(connection, OF_SURNAME, &folded)?.into_iter().filter(|id| !exact.contains(id)).collect::<Vec<_>>(),
        );
        return of_one(connection, name, &folded, exact);
    }
    // Then the person of that surname, and then whoever has the words in the name: one, or it is asked who is meant.
    for sql in [OF_SURNAME, OF_WORDS] {
        let found = ids(connection, sql, &folded)?;
        let roots = ids(connection, ROOTS, &serde_json::Value::from(found.clone()).to_string())?;
        match roots.len() {
            0 => {}
            1 => return Ok(found),
            _ => return Err(several(connection, name, &roots)?),
        }
    }
    Err(none("speaker", name, &all()?))
}

/// Returns the one speaker whose whole name it is, whoever else may be called so.
pub(super) fn of_whole_name(connection: &Connection, name: &str) -> Result<Option<Named<SpeakerId>>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT r.id, r.name FROM speaker s JOIN speaker r ON r.id = ifnull(s.merged_into, s.id)
         WHERE plain(s.fold) = ?1 ORDER BY r.id LIMIT 2",
    )?;
    let rows = statement.query_map([plain(name)], |row| Ok(Named { id: row.get(0)?, name: row.get(1)? }))?;
    let found: Vec<Named<SpeakerId>> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(<[Named<SpeakerId>; 1]>::try_from(found).ok().map(|[one]| one))
}

const OF_SURNAME: &str = "
    WITH hit AS (SELECT id AS speaker FROM speaker WHERE plain(surname) = ?1 AND surname <> ''),
         root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
    SELECT s.id FROM speaker s WHERE ifnull(s.merged_into, s.id) IN (SELECT id FROM root)";

const OF_WORDS: &str = "
    WITH hit AS (SELECT id AS speaker FROM speaker WHERE instr(' ' || plain(fold) || ' ', ' ' || ?1 || ' ') > 0),
         root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
    SELECT s.id FROM speaker s WHERE ?1 <> '' AND ifnull(s.merged_into, s.id) IN (SELECT id FROM root)";

/// The speakers that some rows stand for, merged ones once, those with a live claim only.
const ROOTS: &str = "
    SELECT DISTINCT ifnull(s.merged_into, s.id) FROM json_each(?1) wanted JOIN speaker s ON s.id = wanted.value
    WHERE EXISTS (SELECT 1 FROM claim c JOIN speaker o ON o.id = c.speaker
                  WHERE c.live = 1 AND ifnull(o.merged_into, o.id) = ifnull(s.merged_into, s.id))";

/// Returns every speaker with the letters anywhere in the name or an alias, merged ones included.
fn holding(connection: &Connection, folded: &str) -> Result<Vec<serde_json::Value>> {
    ids(
        connection,
        "WITH hit AS (SELECT id AS speaker FROM speaker WHERE instr(plain(fold), ?1) > 0
                      UNION SELECT a.speaker FROM alias a JOIN operation o ON o.id = a.operation
                      WHERE instr(plain(a.fold), ?1) > 0 AND o.undone_by IS NULL),
              root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
         SELECT s.id FROM speaker s WHERE ?1 <> '' AND ifnull(s.merged_into, s.id) IN (SELECT id FROM root)",
        &folded,
    )
}

/// Of those who are called by a name, returns the ones whose whole name it is; else, and of people of one surname, the one who is nearly
/// always meant by it, where there is such a one: "Trump" is not Melania Trump, too, because an article calls her so once.
fn of_one(
    connection: &Connection,
    name: &str,
    folded: &str,
    found: Vec<serde_json::Value>,
) -> Result<Vec<serde_json::Value>> {
    let list = serde_json::Value::from(found.clone()).to_string();
    let mut statement = connection.prepare_cached(CALLED)?;
    let rows = statement.query_map([&list as &dyn ToSql, &folded], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?))
    })?;
    let called: Vec<(i64, bool, i64)> = rows.collect::<rusqlite::Result<_>>()?;
    let whole: Vec<i64> = called.iter().filter(|(_, whole, _)| *whole).map(|(root, ..)| *root).collect();
    if called.len() < 2 {
        return Ok(found);
    }
    if !whole.is_empty() {
        let list = serde_json::Value::from(whole).to_string();
        return ids(
            connection,
            "SELECT s.id FROM speaker s WHERE ifnull(s.merged_into, s.id) IN (SELECT value FROM json_each(?1))",
            &list,
        );
    }
    let all: i64 = called.iter().map(|(.., claims)| claims).sum();
    match called.iter().max_by_key(|(.., claims)| claims) {
        Some((root, _, claims)) if claims * 10 >= all * 9 => {
            ids(connection, "SELECT id FROM speaker WHERE ifnull(merged_into, id) = ?1", root)
        }
        _ => Err(several(connection, name, &called.iter().map(|(root, ..)| (*root).into()).collect::<Vec<_>>())?),
    }
}

/// The speakers with a live claim that some rows stand for: whether a name is the whole one of theirs, and how many claims they have.
const CALLED: &str = "
    SELECT ifnull(s.merged_into, s.id) AS root, max(plain(s.fold) = ?2 AND (s.surname = '' OR s.surname <> s.fold)) AS whole,
           sum((SELECT count(*) FROM claim c WHERE c.speaker = s.id AND c.live = 1)) AS claims
    FROM json_each(?1) wanted JOIN speaker s ON s.id = wanted.value GROUP BY root HAVING claims > 0 OR whole ORDER BY root";

/// The error of a name that several speakers bear.
fn several(connection: &Connection, name: &str, roots: &[serde_json::Value]) -> Result<StoreError> {
    let roots = serde_json::Value::from(roots.to_vec()).to_string();
    let mut statement = connection.prepare_cached(
        "SELECT 'p' || s.id || ' ' || s.name FROM speaker s WHERE s.id IN (SELECT value FROM json_each(?1)) ORDER BY s.id LIMIT 8",
    )?;
    let choices = statement.query_map([&roots], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(StoreError::Ambiguous { what: "speaker", name: name.to_owned(), choices })
}

/// Returns the outlets of articles and the origins of imports.
pub(super) fn outlet_names(connection: &Connection) -> Result<Vec<String>> {
    names(connection, "SELECT outlet FROM article WHERE outlet IS NOT NULL UNION SELECT origin FROM import ORDER BY 1")
}

pub(super) fn outlets(connection: &Connection, name: &str) -> Result<Vec<serde_json::Value>> {
    let all = outlet_names(connection)?;
    let folded = plain(name);
    let mut found = by_name(&all, &folded, |outlet| outlet);
    if let Some(known) = of_slug(name).map(plain) {
        let others: Vec<&String> =
            all.iter().filter(|outlet| plain(outlet) == known && !found.contains(outlet)).collect();
        found.extend(others);
    }
    if found.is_empty() {
        Err(none("outlet", name, &all))
    } else {
        Ok(found.into_iter().cloned().map(Into::into).collect())
    }
}

/// Returns the folded name of a tag in use.
pub(super) fn tags(connection: &Connection, name: &str) -> Result<Vec<serde_json::Value>> {
    let all = names(connection, "SELECT DISTINCT name FROM tag WHERE current = 1 AND act = 'add' ORDER BY 1")?;
    let folded = plain(name);
    let found: Vec<serde_json::Value> =
        all.iter().filter(|tag| plain(tag) == folded).map(|tag| fold(tag).into()).collect();
    if found.is_empty() { Err(none("tag", name, &all)) } else { Ok(found) }
}

pub(super) fn stories(connection: &Connection, name: &str) -> Result<Vec<serde_json::Value>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id, s.name FROM story s JOIN operation o ON o.id = s.operation
         WHERE o.undone_by IS NULL AND s.id NOT IN (SELECT story FROM story_merged) ORDER BY s.id",
    )?;
    let all: Vec<(i64, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    if let Ok(id) = name.parse::<StoryId>() {
        let missing = || StoreError::NoSuchId { what: StoryId::WHAT, id: id.to_string() };
        return all.iter().find(|(number, _)| *number == id.0).map(|_| vec![id.0.into()]).ok_or_else(missing);
    }
    let found = by_name(&all, &plain(name), |(_, name)| name);
    if found.is_empty() {
        let names: Vec<String> = all.into_iter().map(|(_, name)| name).collect();
        return Err(none("story", name, &names));
    }
    Ok(found.into_iter().map(|(id, _)| (*id).into()).collect())
}

/// Returns what is called exactly so or, when nothing is, what has the name in its own.
fn by_name<'a, T>(all: &'a [T], folded: &str, name: impl Fn(&T) -> &String) -> Vec<&'a T> {
    let exact: Vec<&T> = all.iter().filter(|item| plain(name(item)) == folded).collect();
    if !exact.is_empty() || folded.is_empty() {
        return exact;
    }
    all.iter().filter(|item| plain(name(item)).contains(folded)).collect()
}
