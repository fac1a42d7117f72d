//! Claims that alone can pass a filter, where an index knows them and they are few: then these are tested, and not every claim
//! of the desk.

use super::error::Result;
use super::select::Bound;
use rusqlite::{Connection, ToSql, params};

/// More than so many are no longer few: the newest of so frequent ones are met soon by going through all.
const MOST: i64 = 5_000;

/// One question, asked of all claims or of a few.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub of_all: &'static str,
    /// Of those in the JSON list `:few`.
    pub of_few: &'static str,
}

/// A question about the claims `c` that pass the tests: what stands before them, what is joined to them, what follows the tests.
macro_rules! asked {
    ($what:expr, $joined:expr $(, $rest:expr)+) => {
        super::few::Asked {
            of_all: concat!($what, " FROM claim c ", $joined, " WHERE ", super::select::claim_tests!() $(, $rest)+),
            of_few: concat!(
                $what,
                " FROM json_each(:few) few CROSS JOIN claim c ON c.id = few.value ",
                $joined,
                " WHERE ",
                super::select::claim_tests!() $(, $rest)+
            ),
        }
    };
}
pub(super) use asked;

/// The claims that alone can pass, as a JSON list; none where they may be many.
#[derive(Debug)]
pub(super) struct Few(Option<String>);

impl Few {
    /// Looks for the least of what indexes know of the tests that must hold.
    pub fn of(connection: &Connection, bound: &Bound) -> Result<Self> {
        let mut least: Option<Vec<i64>> = None;
        // Who asks for claims without a verdict asks for nearly all.
        let judged = bound.verdicts.is.clone().filter(|ratings| !ratings.contains("\"none\""));
        let asked = [
            (&bound.articles.is, OF_ARTICLES),
            (&bound.speakers.is, OF_SPEAKERS),
            (&bound.stories.is, OF_STORIES),
            (&bound.tags.is, OF_TAGS),
            (&bound.text.is, OF_TEXT),
            (&bound.outlets.is, OF_OUTLETS),
            (&bound.statuses.is, LISTED),
            (&judged, JUDGED),
        ];
        for (values, sql) in asked {
            let Some(values) = values else { continue };
            let mut statement = connection.prepare_cached(sql)?;
            let ids = statement.query_map(params![values, MOST + 1], |row| row.get(0))?;
            let ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
            let bound = least.as_ref().map_or(MOST as usize + 1, Vec::len);
            if ids.len() < bound {
                least = Some(ids);
            }
        }
        Ok(Self(least.map(|ids| super::to_json(&ids)).transpose()?))
    }

    /// Returns the statement to be asked.
    pub const fn choose(&self, asked: Asked) -> &'static str {
        if self.0.is_some() { asked.of_few } else { asked.of_all }
    }

    /// Returns the parameters of the tests, and the list.
    pub fn parameters<'a>(&'a self, bound: &'a Bound) -> Vec<(&'static str, &'a dyn ToSql)> {
        let mut parameters = bound.parameters();
        if self.0.is_some() {
            parameters.push((":few", &self.0));
        }
        parameters
    }
}

const OF_ARTICLES: &str =
    "SELECT id FROM claim WHERE article IN (SELECT value FROM json_each(?1)) AND live = 1 LIMIT ?2";
const OF_SPEAKERS: &str =
    "SELECT id FROM claim WHERE speaker IN (SELECT value FROM json_each(?1)) AND live = 1 LIMIT ?2";
const OF_OUTLETS: &str = "SELECT id FROM claim WHERE outlet IN (SELECT value FROM json_each(?1)) AND live = 1 LIMIT ?2";
const OF_TEXT: &str = "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 LIMIT ?2";
const LISTED: &str = "SELECT value FROM json_each(?1) LIMIT ?2";
/// Of any rating, which is tested afterwards.
const JUDGED: &str = "SELECT DISTINCT claim FROM verdict WHERE current = 1 AND ?1 IS NOT NULL LIMIT ?2";
const OF_STORIES: &str = "
    SELECT claim FROM story_member
    WHERE story IN (SELECT value FROM json_each(?1)) AND current = 1 AND act = 'add' AND claim IS NOT NULL
    UNION
    SELECT c.id FROM story_member m CROSS JOIN claim c ON c.article = m.article
    WHERE m.story IN (SELECT value FROM json_each(?1)) AND m.current = 1 AND m.act = 'add' LIMIT ?2";
const OF_TAGS: &str = "
    SELECT claim FROM tag
    WHERE fold IN (SELECT value FROM json_each(?1)) AND current = 1 AND act = 'add' AND claim IS NOT NULL
    UNION
    SELECT c.id FROM tag t CROSS JOIN claim c ON c.article = t.article
    WHERE t.fold IN (SELECT value FROM json_each(?1)) AND t.current = 1 AND t.act = 'add' LIMIT ?2";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::filter::Filter;
    use crate::store::{Place, Store};
    use chrono::NaiveDate;

    #[test]
    fn what_an_index_knows_is_asked_of_a_few() {
        let store = Store::open(Place::Memory).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        for (line, few) in [
            ("quay", true),
            ("on:2024", false),
            ("kind:denial", false),
            ("not:quay", false),
            ("status:confirmed", true),
            ("verdict:false", true),
            ("verdict:none", false),
        ] {
            let bound = Bound::new(&store.connection, &Filter::parse_line(line, day).unwrap()).unwrap();
            assert_eq!(Few::of(&store.connection, &bound).unwrap().0.is_some(), few, "{line}");
        }
    }
}
