//! A desk as an older program left it.

/// Takes away what later formats brought, so that the file is one of format 4.
pub fn make_old(path: &std::path::Path) {
    let old = rusqlite::Connection::open(path).unwrap();
    let later = [
        "DROP TABLE relation_by_hand",
        "DROP INDEX claim_list",
        "CREATE INDEX claim_list ON claim (live, day, id, article, speaker, kind, quotation, outlet)",
        "DROP TRIGGER vector_mark_gone",
        "DROP TABLE vector_mark",
        "DROP INDEX claim_outlet",
        "DROP INDEX relation_kind",
        "CREATE INDEX relation_kind ON relation (kind, score)",
        "DROP VIEW story_merged",
        "DROP TABLE story_merge",
        "DROP TABLE outlet_name",
        "DROP TABLE article_also",
        "ALTER TABLE article DROP COLUMN updated",
        "ALTER TABLE article DROP COLUMN archive",
        "DROP TABLE story_words",
        "DROP TABLE check_snapshot",
        "DROP TABLE checked_mark",
        "DROP TABLE claim_checked",
        "DROP TABLE fact_check",
        "DROP TABLE feed_entry",
        "DROP TABLE feed_poll",
        "DROP TABLE feed",
        "DROP TABLE article_fetch",
        "DROP TABLE article_read",
        "DROP TABLE pair_reading",
        "DROP TABLE file_read",
        "DROP TABLE article_original",
        "DROP TABLE original",
        "DROP INDEX article_address",
        "ALTER TABLE article DROP COLUMN address",
        "ALTER TABLE claim DROP COLUMN status",
        "DROP VIEW verdict_in_force",
        "DROP TABLE claim_vector",
        "DROP TABLE article_reading",
        "DROP TABLE article_edit",
        "DROP TABLE speaker_reading",
        "DROP TABLE speaker_rename",
        "DROP TABLE removal",
        "DROP TABLE brought",
        "ALTER TABLE alias DROP COLUMN gone",
        "ALTER TABLE title DROP COLUMN gone",
        "ALTER TABLE title_given DROP COLUMN gone",
        "ALTER TABLE evidence DROP COLUMN gone",
        "PRAGMA user_version = 4",
    ];
    for statement in later {
        old.execute_batch(statement).unwrap();
    }
}
