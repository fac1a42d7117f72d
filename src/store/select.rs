//! A filter bound to fixed statements: names are looked up first, then every test is a parameter, NULL when it is not asked.

use super::error::{Result, StoreError};
use super::filter::{Filter, Sense, Test, Versions, nearest};
use super::id::{SpeakerId, StoryId};
use super::stored::name_of;
use super::{copies, day, fold, to_json};
use crate::article::outlets::of_slug;
use crate::date::Date;
use rusqlite::{Connection, ToSql};

/// The tests on a claim `c`, for use inside a statement; the parameters are those of [`Bound::parameters`].
macro_rules! claim_tests {
    () => {
        "c.live = 1
         AND (:copies IS NULL OR c.id NOT IN (SELECT value FROM json_each(:copies)))
         AND (:after IS NULL OR c.day >= :after)
         AND (:before IS NULL OR (c.day < :before AND c.day <> ''))
         AND (:articles IS NULL OR c.article IN (SELECT value FROM json_each(:articles)))
         AND (:not_articles IS NULL OR c.article IS NULL
              OR c.article NOT IN (SELECT value FROM json_each(:not_articles)))
         AND (:speakers IS NULL OR c.speaker IN (SELECT value FROM json_each(:speakers)))
         AND (:not_speakers IS NULL OR c.speaker IS NULL
              OR c.speaker NOT IN (SELECT value FROM json_each(:not_speakers)))
         AND (:outlets IS NULL OR c.outlet IN (SELECT value FROM json_each(:outlets)))
         AND (:not_outlets IS NULL OR c.outlet NOT IN (SELECT value FROM json_each(:not_outlets)))
         AND (:kinds IS NULL OR c.kind IN (SELECT value FROM json_each(:kinds)))
         AND (:not_kinds IS NULL OR c.kind NOT IN (SELECT value FROM json_each(:not_kinds)))
         AND (:quotations IS NULL OR c.quotation IN (SELECT value FROM json_each(:quotations)))
         AND (:not_quotations IS NULL OR c.quotation NOT IN (SELECT value FROM json_each(:not_quotations)))
         AND (:text IS NULL OR c.id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :text))
         AND (:not_text IS NULL OR c.id NOT IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :not_text))
         AND (:not_on IS NULL OR NOT EXISTS (
              SELECT 1 FROM json_each(:not_on) n WHERE c.day >= n.value ->> 0 AND c.day < n.value ->> 1))
         AND (:stories IS NULL OR c.id IN (
              SELECT claim FROM story_claim WHERE story IN (SELECT value FROM json_each(:stories))))
         AND (:not_stories IS NULL OR c.id NOT IN (
              SELECT claim FROM story_claim WHERE story IN (SELECT value FROM json_each(:not_stories))))
         AND (:verdicts IS NULL
              OR c.id IN (SELECT v.claim FROM verdict_in_force v WHERE 1
                          AND (lower(v.rating) IN (SELECT value FROM json_each(:verdicts))
                               OR 'any' IN (SELECT value FROM json_each(:verdicts))))
              OR ('none' IN (SELECT value FROM json_each(:verdicts))
                  AND c.id NOT IN (SELECT claim FROM verdict WHERE current = 1)))
         AND (:not_verdicts IS NULL
              OR (c.id NOT IN (SELECT v.claim FROM verdict_in_force v WHERE 1
                               AND (lower(v.rating) IN (SELECT value FROM json_each(:not_verdicts))
                                    OR 'any' IN (SELECT value FROM json_each(:not_verdicts))))
                  AND ('none' NOT IN (SELECT value FROM json_each(:not_verdicts))
                       OR c.id IN (SELECT claim FROM verdict WHERE current = 1))))
         AND (:said IS NULL OR c.status IN (SELECT value FROM json_each(:said)))
         AND (:not_said IS NULL OR c.status NOT IN (SELECT value FROM json_each(:not_said)))
         AND (:statuses IS NULL
              OR c.id IN (SELECT r.earlier FROM relation r JOIN relation_status t ON t.relation = r.id
                          WHERE t.status IN (SELECT value FROM json_each(:statuses)))
              OR c.id IN (SELECT r.later FROM relation r JOIN relation_status t ON t.relation = r.id
                          WHERE t.status IN (SELECT value FROM json_each(:statuses))))
         AND (:not_statuses IS NULL
              OR (c.id NOT IN (SELECT r.earlier FROM relation r JOIN relation_status t ON t.relation = r.id
                               WHERE t.status IN (SELECT value FROM json_each(:not_statuses)))
                  AND c.id NOT IN (SELECT r.later FROM relation r JOIN relation_status t ON t.relation = r.id
                                   WHERE t.status IN (SELECT value FROM json_each(:not_statuses)))))
         AND (:tags IS NULL
              OR c.id IN (SELECT t.claim FROM tag t WHERE t.current = 1 AND t.act = 'add'
                          AND t.fold IN (SELECT value FROM json_each(:tags)))
              OR c.article IN (SELECT t.article FROM tag t WHERE t.current = 1 AND t.act = 'add'
                               AND t.fold IN (SELECT value FROM json_each(:tags))))
         AND (:not_tags IS NULL
              OR NOT EXISTS (SELECT 1 FROM tag t WHERE (t.claim = c.id OR t.article = c.article) AND t.current = 1
                             AND t.act = 'add' AND t.fold IN (SELECT value FROM json_each(:not_tags))))"
    };
}
pub(super) use claim_tests;

/// The values of several terms of one key: those that must hold and those that must not, as JSON lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Either {
    pub is: Option<String>,
    pub not: Option<String>,
}

impl Either {
    fn add(&mut self, sense: Sense, values: impl IntoIterator<Item = serde_json::Value>) {
        let side = if sense == Sense::Is { &mut self.is } else { &mut self.not };
        let mut all: Vec<serde_json::Value> =
            side.as_deref().and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default();
        all.extend(values);
        *side = Some(serde_json::Value::Array(all).to_string());
    }

    pub fn is_empty(&self) -> bool {
        self.is.is_none() && self.not.is_none()
    }
}

/// A filter with its names looked up, ready to be bound.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    pub speakers: Either,
    pub outlets: Either,
    pub stories: Either,
    pub articles: Either,
    pub kinds: Either,
    pub quotations: Either,
    pub statuses: Either,
    pub said: Either,
    pub verdicts: Either,
    pub tags: Either,
    pub text: Either,
    pub after: Option<String>,
    pub before: Option<String>,
    pub not_on: Either,
    /// Claims that stand for another: see `copies`.
    pub copies: Option<String>,
    pub limit: i64,
}

impl Bound {
    /// Looks the names of a filter up.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] or [`StoreError::NoSuchId`] for a speaker, outlet or story that is not there.
    pub fn new(connection: &Connection, filter: &Filter) -> Result<Self> {
        let limit = filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let mut bound = Self { limit, ..Self::default() };
        for term in &filter.terms {
            bound.add(connection, term.sense, &term.test)?;
        }
        if filter.versions == Versions::Once {
            let left_out: Vec<i64> = copies::left_out(connection, &bound)?.iter().map(|id| id.0).collect();
            bound.copies = Some(to_json(&left_out)?);
        }
        Ok(bound)
    }

    fn add(&mut self, connection: &Connection, sense: Sense, test: &Test) -> Result<()> {
        let one = |name: String| [serde_json::Value::from(name)];
        match test {
            Test::Speaker(name) => self.speakers.add(sense, speakers(connection, name)?),
            Test::Outlet(name) => self.outlets.add(sense, outlets(connection, name)?),
            Test::Story(name) => self.stories.add(sense, stories(connection, name)?),
            Test::Article(id) => self.articles.add(sense, [id.0.into()]),
            Test::Kind(kind) => self.kinds.add(sense, one(name_of(kind))),
            Test::Quotation(quotation) => self.quotations.add(sense, one(name_of(quotation))),
            Test::Status(status) => self.statuses.add(sense, one(name_of(status))),
            Test::Said(status) => self.said.add(sense, one(name_of(status))),
            Test::Verdict(rating) => self.verdicts.add(sense, one(rating.to_lowercase())),
            Test::Tag(name) => self.tags.add(sense, tags(connection, name)?),
            Test::Text(words) => self.add_text(sense, words),
            Test::After(date) if sense == Sense::Is => self.from(day(Some(*date))),
            Test::After(date) => self.until(day(Some(*date))),
            Test::Before(date) if sense == Sense::Is => self.until(day(Some(*date))),
            Test::Before(date) => self.from(day(Some(*date))),
            Test::On(date) if sense == Sense::Is => {
                self.from(day(Some(*date)));
                self.until(next_day(*date));
            }
            Test::On(date) => {
                let range = serde_json::json!([day(Some(*date)), next_day(*date)]);
                self.not_on.add(Sense::Is, [range]);
            }
        }
        Ok(())
    }

    fn from(&mut self, first: String) {
        self.after = Some(self.after.take().map_or(first.clone(), |before| before.max(first)));
    }

    fn until(&mut self, end: String) {
        self.before = Some(self.before.take().map_or(end.clone(), |before| before.min(end)));
    }

    fn add_text(&mut self, sense: Sense, words: &str) {
        let Some(phrase) = phrase(words) else { return };
        let (side, join) = if sense == Sense::Is { (&mut self.text.is, " AND ") } else { (&mut self.text.not, " OR ") };
        *side = Some(side.take().map_or(phrase.clone(), |before| format!("{before}{join}{phrase}")));
    }

    /// Tells whether any test needs the claims, and not the articles alone.
    pub fn asks_claims(&self) -> bool {
        let parts = [&self.speakers, &self.kinds, &self.quotations, &self.statuses, &self.said, &self.verdicts];
        parts.iter().any(|part| !part.is_empty())
    }

    /// Tells whether everything is let through.
    pub fn is_open(&self) -> bool {
        !self.asks_claims()
            && [&self.outlets, &self.stories, &self.articles, &self.tags, &self.text, &self.not_on]
                .iter()
                .all(|part| part.is_empty())
            && self.after.is_none()
            && self.before.is_none()
    }

    /// Returns the parameters that [`claim_tests`] names.
    pub fn parameters(&self) -> Vec<(&'static str, &dyn ToSql)> {
        vec![
            (":copies", &self.copies),
            (":after", &self.after),
            (":before", &self.before),
            (":articles", &self.articles.is),
            (":not_articles", &self.articles.not),
            (":speakers", &self.speakers.is),
            (":not_speakers", &self.speakers.not),
            (":outlets", &self.outlets.is),
            (":not_outlets", &self.outlets.not),
            (":kinds", &self.kinds.is),
            (":not_kinds", &self.kinds.not),
            (":quotations", &self.quotations.is),
            (":not_quotations", &self.quotations.not),
            (":text", &self.text.is),
            (":not_text", &self.text.not),
            (":not_on", &self.not_on.is),
            (":stories", &self.stories.is),
            (":not_stories", &self.stories.not),
            (":verdicts", &self.verdicts.is),
            (":not_verdicts", &self.verdicts.not),
            (":statuses", &self.statuses.is),
            (":not_statuses", &self.statuses.not),
            (":said", &self.said.is),
            (":not_said", &self.said.not),
            (":tags", &self.tags.is),
            (":not_tags", &self.tags.not),
        ]
    }
}

fn next_day(date: Date) -> String {
    let last = date.last();
    last.succ_opt().unwrap_or(last).format("%Y-%m-%d").to_string()
}

/// Turns words into one phrase of a full-text query; a `*` at the end finds longer words too. `None` without a letter or digit.
pub(super) fn phrase(words: &str) -> Option<String> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (words, star) = words.strip_suffix('*').map_or((words, ""), |stem| (stem, " *"));
    Some(format!("\"{}\"{star}", words.replace('"', "\"\"").replace('\0', " ")))
}

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
    let folded = fold(name);
    let near = |candidate: &&String| {
        let candidate = fold(candidate);
        nearest(&folded, candidate.split(' ').chain([candidate.as_str()])).is_some()
    };
    StoreError::NoSuchName { what, name: name.to_owned(), nearest: all.iter().filter(near).take(3).cloned().collect() }
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
        let found = holding(connection, &fold(part))?;
        return if found.is_empty() { Err(none("speaker", part, &all()?)) } else { Ok(found) };
    }
    let folded = fold(name);
    let exact = ids(
        connection,
        "WITH hit AS (SELECT id AS speaker FROM speaker WHERE fold = ?1
                      UNION SELECT a.speaker FROM alias a JOIN operation o ON o.id = a.operation
                      WHERE (a.fold = ?1 OR a.fold = iif(?1 LIKE 'the %', substr(?1, 5), NULL)) AND o.undone_by IS NULL AND a.gone = 0),
              root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
         SELECT s.id FROM speaker s WHERE ifnull(s.merged_into, s.id) IN (SELECT id FROM root)",
        &folded,
    )?;
    if !exact.is_empty() {
        return Ok(exact);
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

const OF_SURNAME: &str = "
    WITH hit AS (SELECT id AS speaker FROM speaker WHERE surname = ?1 AND surname <> ''),
         root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
    SELECT s.id FROM speaker s WHERE ifnull(s.merged_into, s.id) IN (SELECT id FROM root)";

const OF_WORDS: &str = "
    WITH hit AS (SELECT id AS speaker FROM speaker WHERE instr(' ' || fold || ' ', ' ' || ?1 || ' ') > 0),
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
        "WITH hit AS (SELECT id AS speaker FROM speaker WHERE instr(fold, ?1) > 0
                      UNION SELECT a.speaker FROM alias a JOIN operation o ON o.id = a.operation
                      WHERE instr(a.fold, ?1) > 0 AND o.undone_by IS NULL),
              root AS (SELECT ifnull(s.merged_into, s.id) AS id FROM speaker s JOIN hit ON hit.speaker = s.id)
         SELECT s.id FROM speaker s WHERE ?1 <> '' AND ifnull(s.merged_into, s.id) IN (SELECT id FROM root)",
        &folded,
    )
}

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

fn outlets(connection: &Connection, name: &str) -> Result<Vec<serde_json::Value>> {
    let all = outlet_names(connection)?;
    let folded = fold(name);
    let mut found = by_name(&all, &folded, |outlet| outlet);
    if let Some(known) = of_slug(name).map(fold) {
        let others: Vec<&String> =
            all.iter().filter(|outlet| fold(outlet) == known && !found.contains(outlet)).collect();
        found.extend(others);
    }
    if found.is_empty() {
        Err(none("outlet", name, &all))
    } else {
        Ok(found.into_iter().cloned().map(Into::into).collect())
    }
}

/// Returns the folded name of a tag in use.
fn tags(connection: &Connection, name: &str) -> Result<Vec<serde_json::Value>> {
    let all = names(connection, "SELECT DISTINCT name FROM tag WHERE current = 1 AND act = 'add' ORDER BY 1")?;
    let folded = fold(name);
    match all.iter().any(|tag| fold(tag) == folded) {
        true => Ok(vec![folded.into()]),
        false => Err(none("tag", name, &all)),
    }
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
    let found = by_name(&all, &fold(name), |(_, name)| name);
    if found.is_empty() {
        let names: Vec<String> = all.into_iter().map(|(_, name)| name).collect();
        return Err(none("story", name, &names));
    }
    Ok(found.into_iter().map(|(id, _)| (*id).into()).collect())
}

/// Returns what is called exactly so or, when nothing is, what has the name in its own.
fn by_name<'a, T>(all: &'a [T], folded: &str, name: impl Fn(&T) -> &String) -> Vec<&'a T> {
    let exact: Vec<&T> = all.iter().filter(|item| fold(name(item)) == folded).collect();
    if !exact.is_empty() || folded.is_empty() {
        return exact;
    }
    all.iter().filter(|item| fold(name(item)).contains(folded)).collect()
}
