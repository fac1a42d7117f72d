//! What readers were told with the verdicts in force: who said it and when, and what the verdict rests on.

use super::Writer;
use super::error::Result;
use super::id::{ClaimId, EvidenceId, OperationId, VerdictId};

/// A published verdict with the facts that were signed with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    pub verdict: VerdictId,
    pub claim: ClaimId,
    /// The act that published it.
    pub operation: OperationId,
    /// The claim is on the lists.
    pub live: bool,
    /// After merges and renaming; the source as written, or empty, where nobody is named.
    pub speaker: String,
    /// The day it was said, else published; as written, or empty, where it is not known.
    pub said: String,
    pub evidence: Vec<EvidenceId>,
}

const PUBLISHED: &str = "
    SELECT f.verdict, f.claim, c.live, coalesce(s.name, nullif(c.named, ''), c.source_words) AS speaker,
           coalesce(c.said, c.published, c.said_written) AS said,
           (SELECT max(m.operation) FROM verdict_state m JOIN operation o ON o.id = m.operation AND o.undone_by IS NULL
            WHERE m.verdict = f.verdict AND m.state IN ('published', 'corrected')) AS operation,
           (SELECT json_group_array(e.id) FROM verdict v
            JOIN verdict w ON w.claim = v.claim AND w.scale = v.scale AND w.version <= v.version
            JOIN operation given ON given.id = w.operation AND given.undone_by IS NULL
            JOIN evidence e ON e.verdict = w.id AND e.gone = 0
            JOIN operation o ON o.id = e.operation AND o.undone_by IS NULL WHERE v.id = f.verdict) AS evidence
    FROM verdict_in_force f CROSS JOIN claim c ON c.id = f.claim
    LEFT JOIN speaker own ON own.id = c.speaker LEFT JOIN speaker s ON s.id = ifnull(own.merged_into, own.id)
    WHERE f.draft = 0 ORDER BY f.verdict";

impl Writer<'_> {
    /// Returns the verdicts that readers see, as they stand now.
    pub fn published(&self) -> Result<Vec<Published>> {
        let mut statement = self.0.prepare_cached(PUBLISHED)?;
        let rows = statement.query_map([], |row| {
            Ok(Published {
                verdict: row.get("verdict")?,
                claim: row.get("claim")?,
                operation: row.get("operation")?,
                live: row.get("live")?,
                speaker: row.get("speaker")?,
                said: row.get::<_, Option<String>>("said")?.unwrap_or_default(),
                evidence: evidence(&row.get::<_, String>("evidence")?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn evidence(list: &str) -> Vec<EvidenceId> {
    serde_json::from_str::<Vec<i64>>(list).unwrap_or_default().into_iter().map(EvidenceId).collect()
}
