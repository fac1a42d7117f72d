//! Reports within reports: "Holm said Dahl had promised a quay" gives two claims, and what Dahl promised is known from Holm alone.
//! Nothing of it is stored: it follows from where the two stand.

use super::error::Result;
use super::id::ClaimId;
use super::rows::ClaimRow;
use super::stored::Stored;
use super::to_json;
use crate::attribution::Quotation;
use crate::span::Spans;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Who tells, within an article, what somebody else said.
struct Reporter {
    name: String,
    /// The words stand in the reporter's quotation and in no marks of their own there: they are the reporter's.
    in_own_words: bool,
    /// Code points of the reporter's words.
    width: u32,
}

const AROUND: &str = "
    SELECT c.id, c.words, c.cue, c.content, o.words, o.content, o.quotation = ?2,
           ifnull(t.name, iif(o.named <> '', o.named, o.source_words))
    FROM json_each(?1) w CROSS JOIN claim c ON c.id = w.value CROSS JOIN claim o ON o.article = c.article AND o.live = 1
    LEFT JOIN speaker p ON p.id = o.speaker LEFT JOIN speaker t ON t.id = ifnull(p.merged_into, p.id)
    LEFT JOIN speaker q ON q.id = c.speaker
    WHERE o.id <> c.id AND o.sentence_start <= c.sentence_start AND o.sentence_end >= c.sentence_end AND c.cue <> '[]'
    AND ifnull(p.merged_into, o.speaker) IS NOT ifnull(q.merged_into, c.speaker)";

/// Says of claims who else tells in the article that they were said; words that are the reporter's are no direct quotation.
pub(super) fn tell(connection: &Connection, rows: &mut [ClaimRow]) -> Result<()> {
    let ids: Vec<ClaimId> = rows.iter().map(|row| row.id).collect();
    let mut reporters = reporters(connection, &ids)?;
    for row in rows {
        let Some(reporter) = reporters.remove(&row.id) else { continue };
        row.according_to = reporter.name;
        if reporter.in_own_words {
            row.quotation = Stored::Known(Quotation::Indirect);
        }
    }
    Ok(())
}

/// Returns who reports each claim that somebody else in its article tells; of several the nearest.
fn reporters(connection: &Connection, ids: &[ClaimId]) -> Result<BTreeMap<ClaimId, Reporter>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut statement = connection.prepare_cached(AROUND)?;
    let direct = super::stored::name_of(&Quotation::Direct);
    let mut rows = statement.query((to_json(&numbers)?, direct))?;
    let mut found: BTreeMap<ClaimId, Reporter> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let text = |column: usize| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
        let cover = |column: usize| {
            Ok::<_, rusqlite::Error>(serde_json::from_str::<Spans>(text(column)?).ok().and_then(|spans| spans.cover()))
        };
        let (Some(cue), Some(content), Some(outer)) = (cover(2)?, cover(3)?, cover(5)?) else { continue };
        let within = |inner: crate::span::Span| outer.start <= inner.start && inner.end <= outer.end;
        let name: String = row.get(7)?;
        if name.is_empty() || !within(cue) || !within(content) {
            continue;
        }
        let id: ClaimId = row.get(0)?;
        let width = outer.end - outer.start;
        if found.get(&id).is_none_or(|known| width < known.width) {
            let in_own_words = row.get::<_, bool>(6)? && !is_quoted_within(text(1)?, text(4)?);
            found.insert(id, Reporter { name, in_own_words, width });
        }
    }
    Ok(found)
}

/// Tells whether words stand in quotation marks of their own within a quotation.
fn is_quoted_within(words: &str, quotation: &str) -> bool {
    let is_mark = |c: char| matches!(c, '"' | '“' | '„' | '«' | '\'' | '‘');
    let Some(at) = quotation.find(words) else { return words.starts_with(is_mark) };
    // The mark at the very beginning is that of the quotation itself.
    let before = quotation[..at].chars();
    let own = words.starts_with(is_mark) && at > 0;
    own || before.clone().count() > 1 && before.last().is_some_and(is_mark)
}

#[cfg(test)]
mod tests {
    use super::is_quoted_within;

    #[test]
    fn only_marks_of_their_own_make_words_quoted() {
        for (words, quotation, expected) in [
            ("The quay will be built", "“Ada told me, ‘The quay will be built,’”", true),
            ("'The quay is dead'", "\"Ada said 'The quay is dead' twice\"", true),
            ("the quay was dead", "“Ada said the quay was dead”", false),
            ("The quay is dead", "“The quay is dead, Ada said”", false),
            ("“The quay is dead", "“The quay is dead, Ada said”", false),
            ("elsewhere", "“Ada said so”", false),
        ] {
            assert_eq!(is_quoted_within(words, quotation), expected, "{words} in {quotation}");
        }
    }
}
