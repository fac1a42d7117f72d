//! Looks a whole desk over, and puts right what can be computed again.
//!
//! Nothing that was loaded and nothing that a person did is changed: only derived columns, the word index and the kept
//! matching index are made anew. What cannot be read any more is the matter of `rescue`.

use super::derived::DERIVED;
use super::error::{Result, StoreError};
use super::id::{ArticleId, ClaimId, OperationId, RelationId};
use super::stored::value_of;
use super::{Store, Writer};
use crate::attribution::{Kind, Quotation, Status};
use crate::relation::RelationKind;
use crate::score::Reason;
use crate::span::{Span, Spans, Text};
use rusqlite::{Connection, Row};
use serde::Serialize;

/// Faults of one kind that are shown; all are counted.
const SHOWN: usize = 5;

/// What is looked at, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Pages, rows and indexes of the file.
    File,
    /// Rows that name a row that is not there.
    References,
    /// Texts against their hashes.
    Texts,
    /// The words of claims against the texts.
    Words,
    /// What relations say of themselves.
    Relations,
    /// Kept bytes of articles against their hashes.
    Originals,
    /// Columns that follow from the acts in effect.
    Derived,
    /// The index of words that `find` reads.
    Search,
    /// The kept index that matching reads.
    Matching,
}

impl Part {
    /// Returns the words for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "the file",
            Self::References => "references",
            Self::Texts => "texts of articles",
            Self::Words => "words of claims",
            Self::Relations => "relations",
            Self::Originals => "kept originals",
            Self::Derived => "derived columns",
            Self::Search => "word index",
            Self::Matching => "matching index",
        }
    }
}

/// What was found of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examined {
    pub part: Part,
    /// How many rows, or lines of the report on the file, are at fault.
    pub faults: usize,
    /// The first of them.
    pub examples: Vec<String>,
    /// They were made anew.
    pub mended: bool,
}

impl Examined {
    fn of(part: Part, mut faults: Vec<String>) -> Self {
        let count = faults.len();
        faults.truncate(SHOWN);
        Self { part, faults: count, examples: faults, mended: false }
    }
}

/// Whether what is derived is made anew where it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    Look,
    Mend,
}

impl Store {
    /// Looks the desk over.
    ///
    /// # Errors
    /// When it cannot be read at all, or, with [`Care::Mend`], not be written to.
    pub fn examine(&mut self, care: Care) -> Result<Vec<Examined>> {
        let connection = &self.connection;
        let mut all = vec![
            Examined::of(Part::File, told(lines(connection, "PRAGMA integrity_check(1000)"))?),
            Examined::of(Part::References, told(references(connection))?),
        ];
        let (mut at_fault, mut words) = (Vec::new(), Vec::new());
        let read = texts(connection, &mut at_fault, &mut words).map(|()| Vec::new());
        at_fault.extend(told(read)?);
        all.push(Examined::of(Part::Texts, at_fault));
        all.push(Examined::of(Part::Words, words));
        all.push(Examined::of(Part::Relations, told(relations(connection))?));
        all.push(Examined::of(Part::Originals, told(self.originals_at_fault())?));
        let mut derived = [Part::Derived, Part::Search, Part::Matching].map(|part| Examined::of(part, Vec::new()));
        // A file that was found to be damaged is looked at too.
        let done = self.write_derived(|writer| {
            for examined in &mut derived {
                let faults = match examined.part {
                    Part::Derived => writer.derived_at_fault(),
                    Part::Search => Ok(writer.word_index_at_fault()),
                    _ => writer.matching_index_at_fault(),
                };
                // What cannot be read cannot be computed either.
                let readable = faults.is_ok();
                *examined = Examined::of(examined.part, told(faults)?);
                examined.mended = examined.faults > 0 && readable && care == Care::Mend;
            }
            if !derived.iter().any(|examined| examined.mended) {
                Err(Stopped::Wanted)
            } else {
                writer.make_anew(&derived).map_err(Stopped::By)
            }
        });
        match done {
            Ok(()) | Err(Stopped::Wanted) => {}
            Err(Stopped::By(error)) => return Err(error),
        }
        all.extend(derived);
        Ok(all)
    }

    fn originals_at_fault(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT article FROM article_original")?;
        let articles: Vec<ArticleId> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(articles
            .into_iter()
            .filter_map(|article| self.original_bytes(article).err().map(|e| e.to_string()))
            .collect())
    }
}

/// Why the look at what is derived keeps nothing.
enum Stopped {
    Wanted,
    By(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::By(error)
    }
}

impl Writer<'_> {
    /// Computes all derived columns again and tells where the result differs from what stood there.
    fn derived_at_fault(&self) -> Result<Vec<String>> {
        for (table, columns) in DERIVED {
            self.0.execute_batch(&format!(
                "DROP TABLE IF EXISTS temp.\"before {table}\";
                 CREATE TEMP TABLE \"before {table}\" AS SELECT id, {columns} FROM {table}"
            ))?;
        }
        let mut statement = self.0.prepare("SELECT id FROM operation ORDER BY id")?;
        let operations: Vec<OperationId> =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for operation in operations {
            self.refresh_rows(operation)?;
        }
        self.refresh_merges()?;
        let mut faults = Vec::new();
        for (table, columns) in DERIVED {
            let differ = format!(
                "SELECT id FROM (SELECT id, {columns} FROM {table} EXCEPT SELECT * FROM temp.\"before {table}\")"
            );
            let mut statement = self.0.prepare(&differ)?;
            let ids: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            faults.extend(ids.into_iter().map(|id| format!("{table} {id}: {columns}")));
        }
        for (table, _) in DERIVED {
            self.0.execute_batch(&format!("DROP TABLE temp.\"before {table}\""))?;
        }
        Ok(faults)
    }

    /// Asks SQLite whether its indexes of words agree with the rows.
    fn word_index_at_fault(&self) -> Vec<String> {
        let asked = SEARCHED.map(|(table, check, _)| (table, self.0.execute_batch(check)));
        asked.into_iter().filter_map(|(table, agrees)| agrees.err().map(|error| format!("{table}: {error}"))).collect()
    }

    /// Tells whether the kept index is whole and covers claims that are there.
    fn matching_index_at_fault(&self) -> Result<Vec<String>> {
        lines(
            self.0,
            "SELECT 'parts missing: ' || count(*) || ' of ' || max(parts) FROM index_snapshot HAVING count(*) <> max(parts)
             UNION ALL
             SELECT 'covers c' || max(upto) || ', which is not there' FROM index_snapshot
             HAVING max(upto) > (SELECT ifnull(max(id), 0) FROM claim)",
        )
    }

    fn make_anew(&self, found: &[Examined]) -> Result<()> {
        for examined in found.iter().filter(|examined| examined.mended) {
            match examined.part {
                Part::Search => {
                    for (_, _, rebuild) in SEARCHED {
                        self.0.execute_batch(rebuild)?;
                    }
                }
                Part::Matching => self.0.execute_batch("DELETE FROM index_snapshot")?,
                // Derived columns were computed again when they were compared.
                _ => {}
            }
        }
        Ok(())
    }
}

/// Indexes of words: table, how to check it, how to make it anew.
const SEARCHED: [(&str, &str, &str); 2] = [
    (
        "article_words",
        "INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO article_words (article_words) VALUES ('rebuild')",
    ),
    (
        "claim_words",
        "INSERT INTO claim_words (claim_words, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO claim_words (claim_words) VALUES ('rebuild')",
    ),
];

/// Takes damage that keeps a part from being looked at for what was found of it.
fn told(found: Result<Vec<String>>) -> Result<Vec<String>> {
    match found {
        Err(StoreError::Corrupt(words)) => Ok(vec![words]),
        found => found,
    }
}

/// Rows of one column, without the one word that says that all is well.
fn lines(connection: &Connection, query: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(query)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(lines.filter(|line| line.as_ref().map_or(true, |line| line != "ok")).collect::<rusqlite::Result<_>>()?)
}

fn references(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        let row_id: Option<i64> = row.get(1)?;
        let which = row_id.map_or_else(String::new, |id| format!(" {id}"));
        Ok(format!("{}{which} names a row of {} that is not there", row.get::<_, String>(0)?, row.get::<_, String>(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Finds articles whose text is not the one that was loaded, and claims that do not agree with the text, or hold what cannot
/// be.
fn texts(connection: &Connection, texts: &mut Vec<String>, claims: &mut Vec<String>) -> Result<()> {
    let mut articles = connection.prepare("SELECT id, hash, text FROM article ORDER BY id")?;
    let mut of_article = connection.prepare(
        "SELECT id, words, content, sentence, sentence_start, sentence_end, cue, cue_words, source, source_words, kind,
                quotation, status, score, because
         FROM claim WHERE article = ?1",
    )?;
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        let (article, kept, text): (ArticleId, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if crate::article::hash(&text) != kept {
            texts.push(format!("{article}: the text is not the one that was loaded"));
        }
        let text = Text::new(text);
        let mut rows = of_article.query([article])?;
        while let Some(row) = rows.next()? {
            let claim: ClaimId = row.get(0)?;
            if !stands(row, &text)? {
                claims.push(format!("{claim}: its words do not stand at its place in {article}"));
            } else if !is_readable(row)? {
                claims.push(format!("{claim}: its kind, status, score or reasons are none"));
            }
        }
    }
    Ok(())
}

/// Finds relations whose kind, score or reasons are none.
fn relations(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT id, kind, score BETWEEN 0 AND 1 AND json_valid(because) AND json_valid(alignment) AND json_valid(innocent)
                AND json_valid(ledger)
         FROM relation",
    )?;
    let mut rows = statement.query([])?;
    let mut faults = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, kind, readable): (RelationId, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if !readable || value_of::<RelationKind>(&kind).is_none() {
            faults.push(format!("{id}: its kind, score or reasons are none"));
        }
    }
    Ok(faults)
}

/// Tells whether the words of a claim, its cue, its source and its sentences are those of the text.
fn stands(row: &Row<'_>, text: &Text) -> Result<bool> {
    let at = |spans: &str, words: &str| -> rusqlite::Result<bool> {
        let (spans, words): (Option<String>, String) = (row.get(spans)?, row.get(words)?);
        let is_there =
            |spans: String| serde_json::from_str::<Spans>(&spans).is_ok_and(|spans| spans.words(text) == words);
        Ok(spans.is_none_or(is_there))
    };
    let sentence = Span::new(row.get("sentence_start")?, row.get("sentence_end")?);
    let same_sentence = text.slice(sentence) == row.get::<_, String>("sentence")?;
    Ok(same_sentence && at("content", "words")? && at("cue", "cue_words")? && at("source", "source_words")?)
}

/// Tells whether a claim holds a kind, a status, a way of quoting, a score and reasons.
fn is_readable(row: &Row<'_>) -> Result<bool> {
    let name = |column: &str| row.get::<_, String>(column);
    let known = value_of::<Kind>(&name("kind")?).is_some()
        && value_of::<Quotation>(&name("quotation")?).is_some()
        && value_of::<Status>(&name("status")?).is_some();
    let reasons = serde_json::from_str::<Vec<Reason>>(&name("because")?).is_ok();
    Ok(known && reasons && (0.0..=1.0).contains(&row.get::<_, f64>("score")?))
}
