//! Speakers over all articles: one row each, with aliases and dated titles. The store finds who could be meant; it never
//! decides that two are one: a merge is a person's act and can be taken back.

use super::error::{Result, StoreError};
use super::few::{Asked, Few, asked};
use super::filter::Filter;
use super::id::{ArticleId, OperationId, SpeakerId};
use super::names::{of_whole_name, speakers};
use super::rows::{MergeRow, Named, SpeakerRow, TitleRow};
use super::select::Bound;
use super::{Store, Writer, fold, json, plain};
use crate::score::Score;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use std::collections::BTreeMap;

/// A speaker that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// After merges.
    pub id: SpeakerId,
    pub name: String,
    pub category: String,
}

/// A speaker on its way in.
#[derive(Debug, Clone, Copy)]
pub struct NewSpeaker<'a> {
    pub name: &'a str,
    /// For comparison: lower case, without honorifics.
    pub fold: &'a str,
    /// Last name of a person, lower case; empty for all others.
    pub surname: &'a str,
    pub category: &'a str,
    /// The one article that an unnamed source belongs to.
    pub article: Option<ArticleId>,
}

impl Writer<'_> {
    /// Returns the speakers called exactly so, by name or alias, unnamed sources left out; lowest id first.
    pub fn bearers(&self, fold: &str) -> Result<Vec<Bearer>> {
        let mut statement = self.0.prepare_cached(
            "WITH hit (id) AS (
                 SELECT id FROM speaker WHERE fold = ?1 AND article IS NULL
                 UNION SELECT a.speaker FROM alias a JOIN operation o ON o.id = a.operation
                 WHERE a.fold = ?1 AND a.given_by = 'person' AND o.undone_by IS NULL AND a.gone = 0)
             SELECT DISTINCT r.id, r.name, r.category FROM hit JOIN speaker s ON s.id = hit.id
             JOIN speaker r ON r.id = ifnull(s.merged_into, s.id) ORDER BY r.id",
        )?;
        Ok(statement.query_map([fold], bearer)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the persons on the desk with this surname, lowest id first.
    pub fn of_surname(&self, surname: &str) -> Result<Vec<Bearer>> {
        let mut statement = self.0.prepare_cached(
            "SELECT DISTINCT r.id, r.name, r.category FROM speaker s JOIN speaker r ON r.id = ifnull(s.merged_into, s.id)
             WHERE s.surname = ?1 AND s.surname <> ''
             AND EXISTS (SELECT 1 FROM claim c WHERE c.speaker = s.id AND c.live = 1) ORDER BY r.id",
        )?;
        Ok(statement.query_map([surname], bearer)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the unnamed source of an article that is described so.
    pub fn unnamed(&self, fold: &str, article: ArticleId) -> Result<Option<SpeakerId>> {
        let mut statement = self.0.prepare_cached("SELECT id FROM speaker WHERE fold = ?1 AND article = ?2")?;
        Ok(statement.query_row(params![fold, article], |row| row.get(0)).optional()?)
    }

    pub fn add_speaker(&self, new: &NewSpeaker<'_>, operation: OperationId) -> Result<SpeakerId> {
        self.0
            .prepare_cached(
                "INSERT INTO speaker (name, fold, surname, category, article, operation) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![new.name, new.fold, new.surname, new.category, new.article, operation])?;
        Ok(SpeakerId(self.0.last_insert_rowid()))
    }

    /// Notes another form of a name that an article uses; one that is known already is left alone.
    pub fn add_article_alias(&self, speaker: SpeakerId, name: &str, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO alias (speaker, name, fold, given_by, operation)
                 SELECT ?1, ?2, ?3, 'article', ?4
                 WHERE NOT EXISTS (SELECT 1 FROM alias WHERE speaker = ?1 AND fold = ?3)
                 AND NOT EXISTS (SELECT 1 FROM speaker WHERE id = ?1 AND fold = ?3)",
            )?
            .execute(params![speaker, name, fold(name), operation])?;
        Ok(())
    }

    /// Records an alias that a person gives; names are resolved by it from now on.
    pub fn add_alias(&self, speaker: SpeakerId, name: &str, folded: &str, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO alias (speaker, name, fold, given_by, operation) VALUES (?1, ?2, ?3, 'person', ?4)",
            )?
            .execute(params![speaker, name, folded, operation])?;
        Ok(())
    }

    pub fn add_title(&self, speaker: SpeakerId, title: &str, article: ArticleId, day: &str) -> Result<()> {
        self.0
            .prepare_cached("INSERT OR IGNORE INTO title (speaker, title, article, day) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![speaker, title, article, day])?;
        Ok(())
    }

    /// Suggests that two speakers are one; a pair that was suggested before is left alone.
    pub fn suggest_merge(
        &self,
        speaker: SpeakerId,
        into: SpeakerId,
        score: Score,
        because: &str,
        operation: OperationId,
    ) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO merge_suggestion (speaker, into_speaker, score, because, operation)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![speaker, into, score.get(), because, operation])?;
        Ok(())
    }

    /// Records that a person says two speakers are one; the claims of the first go with it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when they are one already, [`StoreError::NoSuchId`].
    pub fn merge(&self, speaker: SpeakerId, into: SpeakerId, operation: OperationId) -> Result<()> {
        let (from, to) = (root(self.0, speaker)?, root(self.0, into)?);
        if from == to {
            return Err(StoreError::Refused(format!("{speaker} and {into} are one speaker already")));
        }
        self.0
            .prepare_cached("INSERT INTO merge (speaker, into_speaker, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![from, to, operation])?;
        self.refresh(operation)
    }

    /// Records that a person says two speakers are two: the suggestion does not come back.
    pub fn refuse_merge(&self, speaker: SpeakerId, into: SpeakerId, operation: OperationId) -> Result<()> {
        if speaker == into {
            return Err(StoreError::Refused(format!("{speaker} is one speaker: name two")));
        }
        self.0
            .prepare_cached("INSERT INTO merge_refusal (speaker, into_speaker, operation) VALUES (?1, ?2, ?3)")?
            .execute(params![speaker, into, operation])?;
        Ok(())
    }

    /// Computes who is merged into whom from the merges in effect, in their order.
    pub(super) fn refresh_merges(&self) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "SELECT m.speaker, m.into_speaker FROM merge m JOIN operation o ON o.id = m.operation
             WHERE o.undone_by IS NULL ORDER BY m.id",
        )?;
        let merges: Vec<(SpeakerId, SpeakerId)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut parents: BTreeMap<SpeakerId, SpeakerId> = BTreeMap::new();
        let last = |parents: &BTreeMap<SpeakerId, SpeakerId>, mut speaker: SpeakerId| {
            while let Some(next) = parents.get(&speaker) {
                speaker = *next;
            }
            speaker
        };
        for (speaker, into) in merges {
            let (from, to) = (last(&parents, speaker), last(&parents, into));
            if from != to {
                parents.insert(from, to);
            }
        }
        let roots: BTreeMap<String, i64> =
            parents.keys().map(|speaker| (speaker.0.to_string(), last(&parents, *speaker).0)).collect();
        let roots = super::to_json(&roots)?;
        self.0
            .prepare_cached(
                "UPDATE speaker SET merged_into = NULL
                 WHERE merged_into IS NOT NULL AND id NOT IN (SELECT CAST(key AS INTEGER) FROM json_each(?1))",
            )?
            .execute([&roots])?;
        self.0
            .prepare_cached(
                "UPDATE speaker SET merged_into = j.value FROM json_each(?1) j
                 WHERE speaker.id = CAST(j.key AS INTEGER) AND speaker.merged_into IS NOT j.value",
            )?
            .execute([&roots])?;
        Ok(())
    }

    /// Returns one speaker.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn speaker(&self, id: SpeakerId) -> Result<SpeakerRow> {
        speaker(self.0, id)
    }

    /// Returns the one speaker meant by a name, an alias or an id.
    ///
    /// # Errors
    /// As [`Store::speaker_named`].
    pub fn speaker_named(&self, name: &str) -> Result<Named<SpeakerId>> {
        speaker_named(self.0, name)
    }
}

const OF_CLAIMS: Asked = asked!(
    "SELECT r.id",
    "JOIN speaker s ON s.id = c.speaker JOIN speaker r ON r.id = ifnull(s.merged_into, s.id)",
    " GROUP BY r.id ORDER BY count(*) DESC, r.name, r.id LIMIT :limit"
);
/// As the other, where every claim passes: the claims of each are counted in their index.
const OF_ALL: &str = "
    SELECT r.id FROM (SELECT speaker, count(*) AS claims FROM claim INDEXED BY claim_speaker WHERE +live = 1 AND speaker IS NOT NULL GROUP BY speaker) n
    JOIN speaker s ON s.id = n.speaker JOIN speaker r ON r.id = ifnull(s.merged_into, s.id)
    GROUP BY r.id ORDER BY sum(n.claims) DESC, r.name, r.id LIMIT :limit";

const BY_ID: &str = "
    SELECT s.id, s.name, s.category,
           (SELECT json_group_array(DISTINCT n.name) FROM (
                SELECT a.name, a.fold FROM alias a JOIN operation o ON o.id = a.operation
                WHERE a.speaker = s.id AND o.undone_by IS NULL AND a.gone = 0
                UNION ALL
                SELECT a.name, a.fold FROM speaker m JOIN alias a ON a.speaker = m.id JOIN operation o ON o.id = a.operation
                WHERE m.merged_into = s.id AND o.undone_by IS NULL AND a.gone = 0
                UNION ALL
                SELECT m.name, m.fold FROM speaker m WHERE m.merged_into = s.id) n
            WHERE n.name <> s.name) AS aliases,
           (SELECT json_group_array(json_object('title', t.title, 'first', t.first, 'last', t.last, 'article', t.article))
            FROM (SELECT t.title, min(t.day) AS first, max(t.day) AS last, min(t.article) AS article
                  FROM (SELECT s.id UNION ALL SELECT m.id FROM speaker m WHERE m.merged_into = s.id) m
                  CROSS JOIN title t ON t.speaker = m.id CROSS JOIN article a ON a.id = t.article AND a.live = 1
                  WHERE t.gone = 0 AND EXISTS (SELECT 1 FROM claim c
                                WHERE c.article = t.article AND c.speaker = t.speaker AND c.live = 1)
                  GROUP BY t.title
                  UNION ALL
                  SELECT g.title, g.first, g.last, NULL FROM title_given g
                  JOIN operation o ON o.id = g.operation AND o.undone_by IS NULL AND g.gone = 0
                  WHERE g.speaker = s.id OR g.speaker IN (SELECT m.id FROM speaker m WHERE m.merged_into = s.id)
                  ORDER BY 2, 1) t) AS titles,
           (SELECT json_group_array(json_object('id', 'p' || m.id, 'name', m.name))
            FROM speaker m WHERE m.merged_into = s.id) AS merged,
           (SELECT count(*) FROM claim c WHERE c.speaker = s.id AND c.live = 1)
           + (SELECT count(*) FROM speaker m CROSS JOIN claim c ON c.speaker = m.id AND c.live = 1
              WHERE m.merged_into = s.id) AS claims
    FROM json_each(?1) wanted CROSS JOIN speaker s ON s.id = wanted.value
    ORDER BY wanted.key";

impl Store {
    /// Returns the speakers with a claim that passes the filter, most such claims first.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] when the filter names somebody who is not there.
    pub fn speakers(&self, filter: &Filter) -> Result<Vec<SpeakerRow>> {
        let bound = Bound::new(&self.connection, filter)?;
        let few = Few::of(&self.connection, &bound)?;
        let open = bound.is_open() && bound.copies.is_none();
        let mut parameters = if open { Vec::new() } else { few.parameters(&bound) };
        parameters.push((":limit", &bound.limit as &dyn ToSql));
        let mut statement = self.connection.prepare_cached(if open { OF_ALL } else { few.choose(OF_CLAIMS) })?;
        let ids = statement.query_map(&parameters[..], |row| row.get::<_, i64>(0))?;
        by_id(&self.connection, &super::to_json(&ids.collect::<rusqlite::Result<Vec<_>>>()?)?)
    }

    /// Returns one speaker; a merged one is told by the speaker it was merged into.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn speaker(&self, id: SpeakerId) -> Result<SpeakerRow> {
        speaker(&self.connection, id)
    }

    /// Returns the one speaker meant by a name, an alias or an id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`], [`StoreError::NoSuchId`], or [`StoreError::Ambiguous`] with the choices.
    pub fn speaker_named(&self, name: &str) -> Result<Named<SpeakerId>> {
        speaker_named(&self.connection, name)
    }

    /// Returns the pairs of speakers that may be one and that nobody has decided on, likeliest first.
    pub fn merge_suggestions(&self) -> Result<Vec<MergeRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, a.name, b.id, b.name, max(m.score), m.because
             FROM merge_suggestion m
             JOIN speaker x ON x.id = m.speaker JOIN speaker a ON a.id = ifnull(x.merged_into, x.id)
             JOIN speaker y ON y.id = m.into_speaker JOIN speaker b ON b.id = ifnull(y.merged_into, y.id)
             WHERE a.id <> b.id
             AND EXISTS (SELECT 1 FROM claim c WHERE c.speaker = x.id AND c.live = 1)
             AND EXISTS (SELECT 1 FROM claim c WHERE c.speaker = y.id AND c.live = 1)
             AND NOT EXISTS (
                 SELECT 1 FROM merge_refusal f JOIN operation o ON o.id = f.operation
                 JOIN speaker p ON p.id = f.speaker JOIN speaker q ON q.id = f.into_speaker
                 WHERE o.undone_by IS NULL
                 AND (ifnull(p.merged_into, p.id) = a.id AND ifnull(q.merged_into, q.id) = b.id
                      OR ifnull(p.merged_into, p.id) = b.id AND ifnull(q.merged_into, q.id) = a.id))
             GROUP BY min(a.id, b.id), max(a.id, b.id) ORDER BY max(m.score) DESC, a.id, b.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(MergeRow {
                speaker: Named { id: row.get(0)?, name: row.get(1)? },
                into: Named { id: row.get(2)?, name: row.get(3)? },
                score: Score::new(row.get(4)?),
                because: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the names and aliases of every speaker with a live claim, for completion.
    pub fn speaker_names(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.name FROM speaker s WHERE EXISTS (SELECT 1 FROM claim c WHERE c.speaker = s.id AND c.live = 1)
             UNION SELECT a.name FROM alias a JOIN operation o ON o.id = a.operation
             WHERE a.given_by = 'person' AND o.undone_by IS NULL AND a.gone = 0 ORDER BY 1",
        )?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }
}

fn bearer(row: &Row<'_>) -> rusqlite::Result<Bearer> {
    Ok(Bearer { id: row.get(0)?, name: row.get(1)?, category: row.get(2)? })
}

fn root(connection: &Connection, id: SpeakerId) -> Result<SpeakerId> {
    let mut statement = connection.prepare_cached("SELECT ifnull(merged_into, id) FROM speaker WHERE id = ?1")?;
    let found = statement.query_row([id], |row| row.get(0)).optional()?;
    found.ok_or_else(|| StoreError::NoSuchId { what: SpeakerId::WHAT, id: id.to_string() })
}

fn speaker(connection: &Connection, id: SpeakerId) -> Result<SpeakerRow> {
    let root = root(connection, id)?;
    let found = by_id(connection, &super::to_json(&[root.0])?)?.pop();
    found.ok_or_else(|| StoreError::NoSuchId { what: SpeakerId::WHAT, id: id.to_string() })
}

fn speaker_named(connection: &Connection, name: &str) -> Result<Named<SpeakerId>> {
    let is_id = name.parse::<SpeakerId>().is_ok();
    if !is_id && let Some(one) = of_whole_name(connection, name)? {
        return Ok(one);
    }
    let list = serde_json::Value::Array(speakers(connection, name)?).to_string();
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT r.id, r.name, r.fold FROM json_each(?1) j JOIN speaker s ON s.id = j.value
         JOIN speaker r ON r.id = ifnull(s.merged_into, s.id) ORDER BY r.id",
    )?;
    let rows = statement.query_map([&list as &dyn ToSql], |row| {
        Ok((Named { id: row.get(0)?, name: row.get(1)? }, row.get::<_, String>(2)?))
    })?;
    let found: Vec<(Named<SpeakerId>, String)> = rows.collect::<rusqlite::Result<_>>()?;
    let folded = plain(name);
    let exact: Vec<&Named<SpeakerId>> =
        found.iter().filter(|(_, own)| plain(own) == folded).map(|(named, _)| named).collect();
    match (exact.as_slice(), found.as_slice()) {
        ([one], _) => Ok((*one).clone()),
        (_, [(one, _)]) => Ok(one.clone()),
        _ => {
            let choices = found.iter().map(|(named, _)| format!("{} {}", named.id, named.name)).collect();
            Err(StoreError::Ambiguous { what: "speaker", name: name.to_owned(), choices })
        }
    }
}

fn by_id(connection: &Connection, ids: &str) -> Result<Vec<SpeakerRow>> {
    let mut statement = connection.prepare_cached(BY_ID)?;
    let rows = statement.query_map([ids], |row| {
        let titles: Vec<StoredTitle> = json(row, "titles")?;
        Ok(SpeakerRow {
            id: row.get("id")?,
            name: row.get("name")?,
            category: row.get("category")?,
            aliases: json(row, "aliases")?,
            titles: titles.into_iter().map(TitleRow::from).collect(),
            merged: json(row, "merged")?,
            claims: row.get::<_, i64>("claims")?.unsigned_abs() as usize,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[derive(serde::Deserialize)]
struct StoredTitle {
    title: String,
    first: String,
    last: String,
    article: Option<i64>,
}

impl From<StoredTitle> for TitleRow {
    fn from(stored: StoredTitle) -> Self {
        let StoredTitle { title, first, last, article } = stored;
        Self { title, first, last, article: article.map(ArticleId) }
    }
}
