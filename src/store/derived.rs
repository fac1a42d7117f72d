//! Derived columns: what holds now, computed from the rows and the operations in effect, whenever one of them begins or
//! ends to be in effect.

use super::Writer;
use super::error::Result;
use super::id::{ClaimId, OperationId};

impl Writer<'_> {
    /// Computes the derived columns of every row that an operation touched.
    pub(super) fn refresh(&self, operation: OperationId) -> Result<()> {
        self.refresh_rows(operation)?;
        self.refresh_merges()
    }

    /// As [`Writer::refresh`], but for who is merged into whom, which is one computation for all operations.
    pub(super) fn refresh_rows(&self, operation: OperationId) -> Result<()> {
        for statement in REFRESH {
            self.0.prepare_cached(statement)?.execute([operation])?;
        }
        Ok(())
    }

    /// Returns the live claims of which an operation changed what is compared: speaker, name, kind, date. Those it brought
    /// are not among them.
    pub fn claims_touched(&self, operation: OperationId) -> Result<Vec<ClaimId>> {
        let mut statement = self.0.prepare_cached(TOUCHED)?;
        Ok(statement.query_map([operation], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

const TOUCHED: &str = "
    WITH act (id) AS (
        SELECT ?1
        UNION SELECT target FROM restored WHERE operation = ?1
        UNION SELECT target FROM brought WHERE operation = ?1),
    named (id) AS (
        SELECT n.speaker FROM act CROSS JOIN speaker_rename n ON n.operation = act.id
        UNION SELECT m.speaker FROM act CROSS JOIN merge m ON m.operation = act.id
        UNION SELECT m.into_speaker FROM act CROSS JOIN merge m ON m.operation = act.id),
    one (id) AS (
        SELECT s.id FROM speaker s WHERE s.id IN named OR s.merged_into IN named)
    SELECT c.id FROM act CROSS JOIN claim_edit e ON e.operation = act.id JOIN claim c ON c.id = e.claim AND c.live = 1
    UNION
    SELECT c.id FROM act CROSS JOIN article_edit e ON e.operation = act.id JOIN claim c ON c.article = e.article AND c.live = 1
    UNION
    SELECT c.id FROM one CROSS JOIN claim c ON c.speaker = one.id AND c.live = 1
    ORDER BY 1";

/// The articles that an operation put on the desk or took off it.
macro_rules! articles_touched {
    () => {
        "SELECT article FROM article_load WHERE operation = ?1
         UNION SELECT target FROM removal WHERE operation = ?1 AND what = 'article'"
    };
}

/// What makes a claim live: its article or import is, nobody dropped it, and who wrote it did not take it back.
macro_rules! claim_live {
    ($which:expr) => {
        concat!(
            "UPDATE claim SET live = ifnull((SELECT a.live FROM article a WHERE a.id = claim.article),
                                    (SELECT i.live FROM import i WHERE i.id = claim.import)) AND NOT EXISTS (
                 SELECT 1 FROM claim_drop d JOIN operation o ON o.id = d.operation
                 WHERE d.claim = claim.id AND o.undone_by IS NULL) AND NOT EXISTS (
                 SELECT 1 FROM claim_by_hand h JOIN operation o ON o.id = h.operation
                 WHERE h.claim = claim.id AND o.undone_by IS NOT NULL) AND NOT EXISTS (
                 SELECT 1 FROM claim_reread n JOIN operation o ON o.id = n.operation
                 WHERE n.claim = claim.id AND o.undone_by IS NOT NULL)
             WHERE ",
            $which
        )
    };
}

/// The value of a field of a claim: a person's last one in effect, else what was read.
macro_rules! corrected {
    ($field:literal, $read:expr) => {
        concat!(
            "(SELECT value FROM (
                 SELECT e.id, e.value FROM claim_edit e JOIN operation o ON o.id = e.operation
                 WHERE e.claim = claim.id AND e.field = '",
            $field,
            "' AND o.undone_by IS NULL
                 UNION ALL SELECT 0, ",
            $read,
            ") ORDER BY id DESC LIMIT 1)"
        )
    };
}

/// The value of a field of an article: a person's last one in effect, else what was read.
macro_rules! amended {
    ($field:literal) => {
        concat!(
            $field,
            " = (SELECT value FROM (
                 SELECT e.id, e.value FROM article_edit e JOIN operation o ON o.id = e.operation
                 WHERE e.article = article.id AND e.field = '",
            $field,
            "' AND o.undone_by IS NULL UNION ALL SELECT 0, r.",
            $field,
            ") ORDER BY id DESC LIMIT 1)"
        )
    };
}

/// Tells what a person took away: rows of one table by the removals of it in effect.
macro_rules! gone {
    ($table:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET gone = EXISTS (SELECT 1 FROM removal r JOIN operation o ON o.id = r.operation
                 WHERE r.what = '",
            $table,
            "' AND r.target = ",
            $table,
            ".id AND o.undone_by IS NULL)
             WHERE id IN (SELECT target FROM removal WHERE operation = ?1 AND what = '",
            $table,
            "')"
        )
    };
}

/// The first day of a date column, as lists are sorted by it.
macro_rules! first_day {
    ($date:literal) => {
        concat!(
            "CASE length(",
            $date,
            ") WHEN 4 THEN ",
            $date,
            " || '-01-01' WHEN 7 THEN ",
            $date,
            " || '-01' WHEN 10 THEN ",
            $date,
            " ELSE '' END"
        )
    };
}

/// Tells in SQL whether a person's value for a field of a claim is in effect.
macro_rules! is_corrected {
    ($field:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM claim_edit e JOIN operation o ON o.id = e.operation
                     WHERE e.claim = claim.id AND e.field = '",
            $field,
            "' AND o.undone_by IS NULL)"
        )
    };
}

/// The derived columns: table, columns.
pub(super) const DERIVED: [(&str, &str); 14] = [
    ("article", "live, title, outlet, byline, published, url, updated, archive, day"),
    ("import", "live"),
    ("claim", "live, speaker, named, title, kind, status, said, said_written, published, day, outlet"),
    ("relation", "kind, dispute"),
    ("decision", "current"),
    ("verdict", "current"),
    ("fact_check", "current"),
    ("story_member", "current"),
    ("tag", "current"),
    ("speaker", "name, fold, surname, merged_into"),
    ("alias", "gone"),
    ("title", "day, gone"),
    ("title_given", "gone"),
    ("evidence", "gone"),
];

/// Each takes the operation as `?1`; the order matters: articles and imports before claims, 0 before 1.
const REFRESH: [&str; 31] = [
    // What a person took off the desk stays off it until that is taken back, or it is loaded anew.
    concat!(
        "UPDATE article SET live = EXISTS (
             SELECT 1 FROM article_load l JOIN operation o ON o.id = l.operation
             WHERE l.article = article.id AND o.undone_by IS NULL AND NOT EXISTS (
                 SELECT 1 FROM removal r JOIN operation p ON p.id = r.operation
                 WHERE r.what = 'article' AND r.target = article.id AND p.undone_by IS NULL AND r.operation > l.operation))
         WHERE id IN (",
        articles_touched!(),
        ")"
    ),
    "UPDATE import SET live = (SELECT undone_by IS NULL FROM operation o WHERE o.id = import.operation)
     WHERE operation = ?1",
    claim_live!(concat!("article IN (", articles_touched!(), ")")),
    claim_live!("import IN (SELECT id FROM import WHERE operation = ?1)"),
    claim_live!("id IN (SELECT claim FROM claim_drop WHERE operation = ?1)"),
    claim_live!("id IN (SELECT claim FROM claim_by_hand WHERE operation = ?1)"),
    claim_live!("id IN (SELECT claim FROM claim_reread WHERE operation = ?1)"),
    concat!(
        "UPDATE article SET ",
        amended!("title"),
        ", ",
        amended!("outlet"),
        ", ",
        amended!("byline"),
        ", ",
        amended!("published"),
        ", ",
        amended!("url"),
        ", ",
        amended!("updated"),
        ", ",
        amended!("archive"),
        " FROM article_reading r WHERE r.article = article.id
          AND article.id IN (SELECT article FROM article_edit WHERE operation = ?1)"
    ),
    concat!(
        "UPDATE article SET day = ",
        first_day!("published"),
        " WHERE id IN (SELECT article FROM article_edit WHERE operation = ?1)"
    ),
    "UPDATE claim SET published = a.published, outlet = ifnull(a.outlet, '') FROM article a
     WHERE a.id = claim.article AND claim.article IN (SELECT article FROM article_edit WHERE operation = ?1)",
    "UPDATE title SET day = a.day FROM article a
     WHERE a.id = title.article AND title.article IN (SELECT article FROM article_edit WHERE operation = ?1)",
    concat!(
        "UPDATE claim SET speaker = CAST(",
        corrected!("speaker", "r.speaker"),
        " AS INTEGER), named = iif(",
        is_corrected!("speaker"),
        ", '', r.named), title = iif(",
        is_corrected!("speaker"),
        ", '', r.title)
         FROM claim_reading r
         WHERE r.claim = claim.id
         AND claim.id IN (SELECT claim FROM claim_edit WHERE operation = ?1 AND field = 'speaker')"
    ),
    concat!(
        "UPDATE claim SET kind = ",
        corrected!("kind", "r.kind"),
        ", said = ",
        corrected!("said", corrected!("resolved", "r.said")),
        ", said_written = iif(",
        is_corrected!("said"),
        ", '', r.said_written)
         FROM claim_reading r
         WHERE r.claim = claim.id AND claim.id IN (SELECT claim FROM claim_edit WHERE operation = ?1)"
    ),
    // What was read stands in a row beside the first correction, which stays when that is taken back.
    concat!(
        "UPDATE claim SET status = ",
        corrected!(
            "status",
            "(SELECT s.value FROM claim_edit s WHERE s.claim = claim.id AND s.field = 'status_read' ORDER BY s.id LIMIT 1)"
        ),
        " WHERE id IN (SELECT claim FROM claim_edit WHERE operation = ?1 AND field = 'status')"
    ),
    concat!(
        "UPDATE claim SET day = ",
        first_day!("ifnull(claim.said, claim.published)"),
        " WHERE id IN (SELECT claim FROM claim_edit WHERE operation = ?1)
          OR article IN (SELECT article FROM article_edit WHERE operation = ?1)"
    ),
    // What the machine sees stands after all that a person recorded, the first row of it before the last.
    "UPDATE relation SET (kind, dispute) = (
         SELECT kind, dispute FROM (
             SELECT h.id, h.kind, h.dispute FROM relation_by_hand h JOIN operation o ON o.id = h.operation
             WHERE h.relation = relation.id AND o.undone_by IS NULL
             UNION ALL SELECT -h.id, h.instead, h.instead_dispute FROM relation_by_hand h WHERE h.relation = relation.id)
         ORDER BY id DESC LIMIT 1)
     WHERE id IN (SELECT relation FROM relation_by_hand WHERE operation = ?1)",
    "UPDATE decision SET current = 0
     WHERE current = 1 AND relation IN (SELECT relation FROM decision WHERE operation = ?1)",
    "UPDATE decision SET current = 1 WHERE id IN (
         SELECT max(d.id) FROM decision d JOIN operation o ON o.id = d.operation
         WHERE o.undone_by IS NULL AND d.relation IN (SELECT relation FROM decision WHERE operation = ?1)
         GROUP BY d.relation)",
    "UPDATE verdict SET current = 0
     WHERE current = 1 AND claim IN (SELECT claim FROM verdict WHERE operation = ?1)",
    "UPDATE verdict SET current = 1 WHERE id IN (
         SELECT max(v.id) FROM verdict v JOIN operation o ON o.id = v.operation
         WHERE o.undone_by IS NULL AND v.claim IN (SELECT claim FROM verdict WHERE operation = ?1)
         GROUP BY v.claim, v.scale)",
    "UPDATE fact_check SET current = 0
     WHERE current = 1 AND key IN (SELECT key FROM fact_check WHERE operation = ?1)",
    "UPDATE fact_check SET current = 1 WHERE id IN (
         SELECT max(f.id) FROM fact_check f JOIN operation o ON o.id = f.operation
         WHERE o.undone_by IS NULL AND f.key IN (SELECT key FROM fact_check WHERE operation = ?1)
         GROUP BY f.key)",
    "UPDATE story_member SET current = 0
     WHERE current = 1 AND story IN (SELECT story FROM story_member WHERE operation = ?1)",
    "UPDATE story_member SET current = 1 WHERE id IN (
         SELECT max(m.id) FROM story_member m JOIN operation o ON o.id = m.operation
         WHERE o.undone_by IS NULL AND m.story IN (SELECT story FROM story_member WHERE operation = ?1)
         GROUP BY m.story, m.article, m.claim)",
    "UPDATE tag SET current = 0
     WHERE current = 1 AND fold IN (SELECT fold FROM tag WHERE operation = ?1)",
    "UPDATE tag SET current = 1 WHERE id IN (
         SELECT max(t.id) FROM tag t JOIN operation o ON o.id = t.operation
         WHERE o.undone_by IS NULL AND t.fold IN (SELECT fold FROM tag WHERE operation = ?1)
         GROUP BY t.fold, t.article, t.claim)",
    "UPDATE speaker SET (name, fold, surname) = (
         SELECT name, fold, surname FROM (
             SELECT n.id, n.name, n.fold, n.surname FROM speaker_rename n JOIN operation o ON o.id = n.operation
             WHERE n.speaker = speaker.id AND o.undone_by IS NULL
             UNION ALL SELECT 0, r.name, r.fold, r.surname FROM speaker_reading r WHERE r.speaker = speaker.id)
         ORDER BY id DESC LIMIT 1)
     WHERE id IN (SELECT speaker FROM speaker_rename WHERE operation = ?1)",
    gone!("alias"),
    gone!("title"),
    gone!("title_given"),
    gone!("evidence"),
];
