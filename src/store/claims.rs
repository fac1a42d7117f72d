//! Claims with their evidence: written once, listed through filters, never changed.

use super::error::{Result, StoreError};
use super::few::{Asked, Few, asked};
use super::filter::{Filter, Order, Versions};
use super::id::{ArticleId, ClaimId, OperationId, SpeakerId};
use super::rows::ClaimRow;
use super::select::Bound;
use super::{Store, Writer, copies, date, day, json, to_json};
use crate::claim::Claim;
use crate::date::When;
use crate::score::Score;
use crate::span::Span;
use rusqlite::{Connection, Row, ToSql, params};

/// How the speaker of a claim was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// By the full name.
    Name,
    /// By the surname, of which there was only one.
    Surname,
    /// The first time this speaker is met.
    New,
    /// Nobody is named, or it could not be told.
    None,
}

impl Resolved {
    const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Surname => "surname",
            Self::New => "new",
            Self::None => "none",
        }
    }
}

/// A claim of an article on its way in.
#[derive(Debug, Clone, Copy)]
pub struct NewClaim<'a> {
    pub claim: &'a Claim,
    pub article: ArticleId,
    pub outlet: &'a str,
    pub speaker: Option<SpeakerId>,
    pub resolved: Resolved,
    /// The words of the sentences that hold the attribution.
    pub sentence: &'a str,
    /// Hash of the normalised words.
    pub fold: &'a str,
    pub reader: &'a str,
}

impl Writer<'_> {
    /// Stores a new claim; what it answers is told afterwards with [`Writer::answers`].
    pub fn add_claim(&self, new: &NewClaim<'_>) -> Result<ClaimId> {
        let claim = new.claim;
        let claimant = claim.claimant.as_ref();
        self.0
            .prepare_cached(
                "INSERT INTO claim (article, speaker, resolved, named, category, title, headline, words, fold, content,
                                    cue, cue_words, source, source_words, candidates, sentence_start, sentence_end,
                                    sentence, kind, quotation, said_written, said, published, day, score, because,
                                    reader, outlet, live, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                         ?21, ?22, ?23, ?24, ?25, ?26, ?27, ifnull((SELECT a.live FROM article a WHERE a.id = ?1), 1), ?28)",
            )?
            .execute(params![
                new.article,
                new.speaker,
                new.resolved.word(),
                claimant.map_or("", |claimant| &claimant.name),
                claimant.map(|claimant| super::stored::name_of(&claimant.category)).unwrap_or_default(),
                claimant.and_then(|claimant| claimant.title.as_deref()).unwrap_or_default(),
                claim.words,
                new.fold,
                to_json(&claim.content)?,
                to_json(&claim.cue)?,
                claim.cue_words,
                claim.source.as_ref().map(to_json).transpose()?,
                claim.source_words,
                to_json(&claim.candidates)?,
                claim.sentence.start,
                claim.sentence.end,
                new.sentence,
                super::stored::name_of(&claim.kind),
                super::stored::name_of(&claim.quotation),
                claim.said.written,
                claim.said.date.map(|date| date.to_string()),
                claim.published.map(|date| date.to_string()),
                day(claim.said.date.or(claim.published)),
                claim.score.get(),
                to_json(&claim.because)?,
                new.reader,
                new.outlet,
                super::stored::name_of(&claim.status),
            ])?;
        Ok(ClaimId(self.0.last_insert_rowid()))
    }

    /// Notes that a claim answers another: a denial and its allegation.
    pub fn answers(&self, claim: ClaimId, allegation: ClaimId) -> Result<()> {
        self.0.prepare_cached("UPDATE claim SET answers = ?2 WHERE id = ?1")?.execute([claim, allegation])?;
        Ok(())
    }

    /// Takes a claim off the lists: a person said that it is none.
    pub fn drop_claim(&self, claim: ClaimId, operation: OperationId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO claim_drop (claim, operation) VALUES (?1, ?2)")?
            .execute(params![claim, operation])?;
        self.refresh(operation)
    }

    /// Returns one claim.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn claim(&self, id: ClaimId) -> Result<ClaimRow> {
        claim(self.0, id)
    }

    /// Returns what matching and comparing need of some claims; those that are gone are left out.
    pub fn sides(&self, ids: &[u64]) -> Result<Vec<ClaimSide>> {
        sides(self.0, ids)
    }
}

/// What matching reads of a claim.
#[derive(Debug, Clone, Copy)]
pub struct ClaimEntry<'a> {
    pub id: ClaimId,
    pub words: &'a str,
    pub headline: &'a str,
    pub speaker: &'a str,
    /// ISO day, or empty.
    pub day: &'a str,
}

/// What comparing reads of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimSide {
    pub id: ClaimId,
    pub live: bool,
    pub words: String,
    pub headline: String,
    pub fold: String,
    pub cue_words: String,
    /// The words of the sentences that hold the attribution, and where they begin.
    pub sentence: String,
    pub sentence_start: i64,
    /// Code points of the words in the article, from the first to the last.
    pub first: i64,
    pub last: i64,
    pub kind: String,
    pub status: String,
    pub quotation: String,
    /// After merges.
    pub speaker: Option<SpeakerId>,
    pub speaker_name: String,
    /// The office that the article gives the speaker, or empty.
    pub title: String,
    pub category: String,
    pub day: String,
    pub date: Option<crate::date::Date>,
    pub article: Option<ArticleId>,
    /// The first version of its article: the article itself where it revises none.
    pub first_version: Option<ArticleId>,
    pub outlet: String,
    pub answers: Option<ClaimId>,
    /// Confidence in the attribution.
    pub score: Score,
}

const OLDEST: Asked = asked!("SELECT c.id", "", " ORDER BY c.day, c.id LIMIT :limit");
const NEWEST: Asked = asked!("SELECT c.id", "", " ORDER BY c.day DESC, c.id DESC LIMIT :limit");
const COUNT: Asked = asked!("SELECT count(*)", "", "");

const BY_ID: &str = "
    SELECT c.*, iif(c.title <> '', c.title, ifnull((
               SELECT g.title FROM title_given g JOIN operation o ON o.id = g.operation AND o.undone_by IS NULL AND g.gone = 0
               WHERE g.speaker IN (raw.id, s.id) AND c.day <> '' AND (g.first = '' OR g.first <= c.day)
               AND (g.last = '' OR c.day <= g.last) ORDER BY g.id DESC LIMIT 1), '')) AS title_then,
           s.id AS root, s.name AS speaker_name, s.category AS speaker_category, a.title AS article_title,
           a.url AS article_link,
           (SELECT json_group_array(json_object('id', 'v' || v.verdict, 'scale', v.scale, 'rating', v.rating,
                                                'draft', json(iif(v.draft, 'true', 'false'))) ORDER BY v.verdict)
            FROM verdict_in_force v WHERE v.claim = c.id) AS verdicts,
           (SELECT json_group_array(json_object('rating', x.rating, 'origin', x.origin, 'url', x.url))
            FROM external_verdict x WHERE x.claim = c.id) AS ratings,
           (SELECT json_group_array(json_object('id', 's' || t.id, 'name', t.name)) FROM (
                SELECT m.story FROM story_member m WHERE m.claim = c.id AND m.current = 1 AND m.act = 'add'
                UNION
                SELECT m.story FROM story_member m
                WHERE m.article = c.article AND m.current = 1 AND m.act = 'add' AND NOT EXISTS (
                    SELECT 1 FROM story_member x WHERE x.claim = c.id AND x.story = m.story AND x.current = 1
                    AND x.act = 'remove' AND x.id > m.id)) n
            JOIN story t ON t.id = n.story JOIN operation o ON o.id = t.operation AND o.undone_by IS NULL) AS stories,
           (SELECT json_group_array(DISTINCT t.name ORDER BY t.name) FROM tag t
            WHERE (t.claim = c.id OR t.article = c.article) AND t.current = 1 AND t.act = 'add') AS tags
    FROM json_each(?1) wanted CROSS JOIN claim c ON c.id = wanted.value
    LEFT JOIN speaker raw ON raw.id = c.speaker
    LEFT JOIN speaker s ON s.id = ifnull(raw.merged_into, raw.id)
    LEFT JOIN article a ON a.id = c.article
    ORDER BY wanted.key";

impl Store {
    /// Returns the claims that a filter lets through, by the day they were said.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] when the filter names somebody who is not there.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<ClaimRow>> {
        by_id(&self.connection, &self.claim_ids(filter)?)
    }

    /// As [`Store::claims`], the ids alone.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn claim_ids(&self, filter: &Filter) -> Result<Vec<ClaimId>> {
        let bound = Bound::new(&self.connection, filter)?;
        let few = Few::of(&self.connection, &bound)?;
        let mut parameters = few.parameters(&bound);
        parameters.push((":limit", &bound.limit as &dyn ToSql));
        let asked = if filter.order == Order::Oldest { OLDEST } else { NEWEST };
        let mut statement = self.connection.prepare_cached(few.choose(asked))?;
        let ids = statement.query_map(&parameters[..], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns how many claims a filter lets through; its limit does not count.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn count_claims(&self, filter: &Filter) -> Result<usize> {
        let bound = Bound::new(&self.connection, filter)?;
        let few = Few::of(&self.connection, &bound)?;
        let mut statement = self.connection.prepare_cached(few.choose(COUNT))?;
        let count: i64 = statement.query_row(&few.parameters(&bound)[..], |row| row.get(0))?;
        Ok(count.unsigned_abs() as usize)
    }

    /// Returns how many claims of older versions a list leaves out that takes each claim once.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn count_copies(&self, filter: &Filter) -> Result<usize> {
        let each = Filter { versions: Versions::Each, ..filter.clone() };
        Ok(copies::left_out(&self.connection, &Bound::new(&self.connection, &each)?)?.len())
    }

    /// Returns one claim, whether it is live or not.
    ///
    /// # Errors
    /// [`StoreError::NoSuchId`].
    pub fn claim(&self, id: ClaimId) -> Result<ClaimRow> {
        claim(&self.connection, id)
    }

    /// Returns claims in the order of the ids given; unknown ids are left out.
    pub fn claims_by_id(&self, ids: &[ClaimId]) -> Result<Vec<ClaimRow>> {
        by_id(&self.connection, ids)
    }

    /// Returns the claims on the desk that stand in an article.
    pub fn claims_of_article(&self, article: ArticleId) -> Result<Vec<ClaimId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM claim WHERE article = ?1 AND live = 1 ORDER BY id")?;
        let ids = statement.query_map([article], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// As [`Writer::sides`].
    pub fn sides(&self, ids: &[u64]) -> Result<Vec<ClaimSide>> {
        sides(&self.connection, ids)
    }
}

fn claim(connection: &Connection, id: ClaimId) -> Result<ClaimRow> {
    let found = by_id(connection, &[id])?.pop();
    found.ok_or_else(|| StoreError::NoSuchId { what: ClaimId::WHAT, id: id.to_string() })
}

pub(super) fn by_id(connection: &Connection, ids: &[ClaimId]) -> Result<Vec<ClaimRow>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut statement = connection.prepare_cached(BY_ID)?;
    let rows = statement.query_map([to_json(&numbers)?], row)?;
    let mut rows = rows.collect::<rusqlite::Result<Vec<ClaimRow>>>()?;
    let mut found = super::precedents::checked_by(connection, ids)?;
    for row in &mut rows {
        row.checked = found.remove(&row.id).unwrap_or_default();
    }
    super::reported::tell(connection, &mut rows)?;
    Ok(rows)
}

fn row(row: &Row<'_>) -> rusqlite::Result<ClaimRow> {
    let root: Option<SpeakerId> = row.get("root")?;
    let name: Option<String> = row.get("speaker_name")?;
    let category: Option<super::stored::Stored<_>> = row.get("speaker_category")?;
    Ok(ClaimRow {
        id: row.get("id")?,
        words: row.get("words")?,
        kind: row.get("kind")?,
        status: row.get("status")?,
        quotation: row.get("quotation")?,
        cue_words: row.get("cue_words")?,
        source_words: row.get("source_words")?,
        speaker: root.zip(name).map(|(id, name)| super::rows::Named { id, name }),
        category,
        according_to: String::new(),
        named: row.get("named")?,
        title: row.get("title_then")?,
        candidates: json(row, "candidates")?,
        article: row.get("article")?,
        article_title: row.get("article_title")?,
        link: row.get("article_link")?,
        outlet: row.get("outlet")?,
        published: date(row, "published")?,
        said: When { written: row.get("said_written")?, date: date(row, "said")? },
        sentence: row.get("sentence")?,
        sentence_span: Span::new(row.get("sentence_start")?, row.get("sentence_end")?),
        content: json(row, "content")?,
        cue: json(row, "cue")?,
        source: row.get::<_, Option<String>>("source")?.and_then(|list| serde_json::from_str(&list).ok()),
        score: Score::new(row.get("score")?),
        because: json(row, "because")?,
        reader: row.get("reader")?,
        answers: row.get("answers")?,
        verdicts: json(row, "verdicts")?,
        ratings: json(row, "ratings")?,
        checked: Vec::new(),
        stories: json(row, "stories")?,
        tags: json(row, "tags")?,
        external: row.get("external")?,
        dropped: !row.get::<_, bool>("live")?,
    })
}

fn sides(connection: &Connection, ids: &[u64]) -> Result<Vec<ClaimSide>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.id, c.live, c.words, c.headline, c.fold, c.cue_words, c.kind, c.status, c.quotation, c.day, c.sentence,
                c.sentence_start, ifnull(json_extract(c.content, '$[0][0]'), 0) AS first,
                ifnull(json_extract(c.content, '$[#-1][1]'), 0) AS last, ifnull(c.said, c.published) AS date, c.article, c.outlet, c.answers, c.score,
                iif(a.revises IS NULL, a.id, (
                    WITH RECURSIVE earlier (id) AS (
                        SELECT a.revises
                        UNION SELECT b.revises FROM earlier e JOIN article b ON b.id = e.id WHERE b.revises IS NOT NULL)
                    SELECT min(id) FROM earlier)) AS first_version,
                s.id AS root, ifnull(s.name, c.named) AS speaker_name, ifnull(s.category, c.category) AS category,
                c.title
         FROM json_each(?1) wanted CROSS JOIN claim c ON c.id = wanted.value
         LEFT JOIN speaker raw ON raw.id = c.speaker
         LEFT JOIN speaker s ON s.id = ifnull(raw.merged_into, raw.id)
         LEFT JOIN article a ON a.id = c.article
         ORDER BY wanted.key",
    )?;
    let rows = statement.query_map([to_json(&ids)?], |row| {
        // By place and not by name: many are read for each new claim.
        Ok(ClaimSide {
            id: row.get(0)?,
            live: row.get(1)?,
            words: row.get(2)?,
            headline: row.get(3)?,
            fold: row.get(4)?,
            cue_words: row.get(5)?,
            sentence: row.get(10)?,
            sentence_start: row.get(11)?,
            first: row.get(12)?,
            last: row.get(13)?,
            kind: row.get(6)?,
            status: row.get(7)?,
            quotation: row.get(8)?,
            speaker: row.get(20)?,
            speaker_name: row.get(21)?,
            title: row.get(23)?,
            category: row.get(22)?,
            day: row.get(9)?,
            date: date(row, 14)?,
            article: row.get(15)?,
            first_version: row.get(19)?,
            outlet: row.get(16)?,
            answers: row.get(17)?,
            score: Score::new(row.get(18)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
