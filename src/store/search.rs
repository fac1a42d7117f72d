//! Full-text search for a person: claims first, then articles with the words around the hit.

use super::Store;
use super::error::{Result, StoreError};
use super::id::{ArticleId, ClaimId};
use super::rows::Found;
use super::select::phrase;

/// What surrounds a hit in a snippet; letters of the private use area, so that they cannot be in a text by accident.
pub const MARKS: (char, char) = ('\u{E000}', '\u{E001}');

/// Words that are looked for at once.
const MOST_WORDS: usize = 100;

impl Store {
    /// Finds words in claims and articles, best first, at most `limit` of each. All words must occur; words in quotation
    /// marks stand together, a `*` at the end of a word finds longer ones. The hits in snippets stand between [`MARKS`].
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, and for more words than a person looks for; odd words find nothing.
    pub fn find(&self, words: &str, limit: usize) -> Result<Vec<Found>> {
        let Some(query) = query(words)? else { return Ok(Vec::new()) };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(
            "SELECT c.id FROM claim_words w JOIN claim c ON c.id = w.rowid
             WHERE claim_words MATCH ?1 AND c.live = 1 ORDER BY w.rank, c.id LIMIT ?2",
        )?;
        let ids =
            statement.query_map((&query, limit), |row| row.get(0))?.collect::<rusqlite::Result<Vec<ClaimId>>>()?;
        let claims = self.claims_by_id(&ids)?.into_iter().map(|claim| Found::Claim { claim: Box::new(claim) });
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, snippet(article_words, -1, char(57344), char(57345), '…', 24)
             FROM article_words w JOIN article a ON a.id = w.rowid
             WHERE article_words MATCH ?1 AND a.live = 1 ORDER BY w.rank, a.id LIMIT ?2",
        )?;
        let hits = statement.query_map((&query, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let hits = hits.collect::<rusqlite::Result<Vec<(ArticleId, String)>>>()?;
        let mut found: Vec<Found> = claims.collect();
        for (id, snippet) in hits {
            found.push(Found::Article { article: Box::new(self.article(id)?.article), snippet });
        }
        Ok(found)
    }
}

/// Turns a person's words into a full-text query; `None` when there is nothing to look for.
///
/// # Errors
/// [`StoreError::Refused`] for more words than a person looks for.
fn query(words: &str) -> Result<Option<String>> {
    let parts = words.split('"').enumerate().flat_map(|(number, part)| {
        let quoted = number % 2 == 1;
        let phrases: Vec<&str> = if quoted { vec![part] } else { part.split_whitespace().collect() };
        phrases
    });
    let phrases: Vec<String> = parts.filter_map(phrase).take(MOST_WORDS + 1).collect();
    if phrases.len() > MOST_WORDS {
        return Err(StoreError::Refused(format!("these are more than {MOST_WORDS} words: look for a few of them")));
    }
    Ok((!phrases.is_empty()).then(|| phrases.join(" AND ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<&str>) {
        assert_eq!(query(words).unwrap().as_deref(), expected);
    }

    #[test]
    fn a_persons_words_become_phrases() {
        check("pipeline talks", Some("\"pipeline\" AND \"talks\""));
        check("\"pipeline talks\" sanct*", Some("\"pipeline talks\" AND \"sanct\" *"));
        check("a\"b OR (NEAR", Some("\"a\" AND \"b OR (NEAR\""));
        check("\" ** -", None);
    }
}
