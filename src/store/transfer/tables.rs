//! Which tables make a desk, and what each column is: what an export writes and an import reads. Derived columns and tables
//! (`live`, `current`, indexes, vectors) are left out: they are computed again.
//!
//! A table comes after those that it refers to. Adding a column is adding it here.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A value of its own.
    Plain,
    /// Bytes, in hexadecimal.
    Bytes,
    /// The text of an article; left out where its line of the export has it.
    Text,
    /// The number of a row of a table, or nothing.
    Row(&'static str),
    /// An id with its letter: `c41`.
    Id,
    /// JSON: a list of ids of claims.
    Claims,
    /// The number of a speaker, where the column before it says `speaker`.
    Speaker,
    /// The number of a row of the table that the column before it names.
    Named,
    /// Computed again from the operations in effect.
    Derived,
}

/// One table.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Column)],
    pub select: &'static str,
    pub insert: &'static str,
    /// The highest number in it.
    pub last: &'static str,
    /// Finds a row by its operation (`?1`) and its place among those of that operation, counted from 0 (`?2`).
    pub of_operation: &'static str,
    /// Finds the row that is the same thing, by the values of a row in the order of its columns; empty where a row is known
    /// by its operation alone.
    pub twin: &'static str,
}

macro_rules! mark {
    ($column:literal) => {
        ", ?"
    };
}

macro_rules! table {
    ($name:literal, $key:literal $kind:expr $(, $column:literal $more:expr)*; $twin:literal) => {
        Table {
            name: $name,
            columns: &[($key, $kind) $(, ($column, $more))*],
            select: concat!("SELECT ", $key $(, ", ", $column)*, " FROM ", $name, " ORDER BY 1"),
            insert: concat!("INSERT INTO ", $name, " (", $key $(, ", ", $column)*, ") VALUES (?" $(, mark!($column))*, ")"),
            last: concat!("SELECT ifnull(max(", $key, "), 0) FROM ", $name),
            of_operation: concat!("SELECT ", $key, " FROM ", $name, " WHERE operation = ?1 ORDER BY 1 LIMIT 1 OFFSET ?2"),
            twin: $twin,
        }
    };
}

use Column::{Bytes, Claims, Derived, Id, Named, Plain, Row, Speaker, Text};

pub const TABLES: &[Table] = &[
    table!("operation", "id" Row("operation"), "at" Plain, "person" Plain, "name" Plain, "words" Plain,
        "reverses" Row("operation"), "undone_by" Row("operation"); ""),
    table!("restored", "operation" Row("operation"), "target" Row("operation"); ""),
    table!("brought", "operation" Row("operation"), "target" Row("operation"); ""),
    table!("article", "id" Row("article"), "hash" Plain, "text" Text, "blocks" Plain, "title" Plain, "outlet" Plain,
        "byline" Plain, "dateline" Plain, "published" Plain, "day" Plain, "url" Plain, "language" Plain, "path" Plain,
        "reader" Plain, "warnings" Plain, "revises" Row("article"), "live" Derived, "address" Plain,
        "updated" Plain, "archive" Plain;
        "SELECT id FROM article WHERE hash = ?2"),
    table!("original", "id" Row("original"), "hash" Plain, "size" Plain, "packed" Bytes;
        "SELECT id FROM original WHERE hash = ?2"),
    table!("article_original", "article" Row("article"), "original" Row("original"), "format" Plain, "version" Plain;
        "SELECT article FROM article_original WHERE article = ?1"),
    table!("article_fetch", "article" Row("article"), "asked" Plain, "address" Plain, "at" Plain, "headers" Plain;
        "SELECT article FROM article_fetch WHERE article = ?1"),
    table!("article_load", "article" Row("article"), "operation" Row("operation"); ""),
    table!("article_also", "id" Row("article_also"), "article" Row("article"), "url" Plain, "address" Plain,
        "operation" Row("operation"); ""),
    table!("article_reading", "article" Row("article"), "title" Plain, "outlet" Plain, "byline" Plain, "published" Plain,
        "url" Plain, "updated" Plain, "archive" Plain; "SELECT article FROM article_reading WHERE article = ?1"),
    table!("article_edit", "id" Row("article_edit"), "article" Row("article"), "field" Plain, "value" Plain,
        "operation" Row("operation"); ""),
    table!("speaker", "id" Row("speaker"), "name" Plain, "fold" Plain, "surname" Plain, "category" Plain,
        "article" Row("article"), "operation" Row("operation");
        "SELECT min(id) FROM speaker WHERE fold = ?3 AND category = ?5 AND article IS ?6 HAVING count(*) = 1"),
    table!("speaker_reading", "speaker" Row("speaker"), "name" Plain, "fold" Plain, "surname" Plain;
        "SELECT speaker FROM speaker_reading WHERE speaker = ?1"),
    table!("speaker_rename", "id" Row("speaker_rename"), "speaker" Row("speaker"), "name" Plain, "fold" Plain,
        "surname" Plain, "operation" Row("operation"); ""),
    table!("alias", "id" Row("alias"), "speaker" Row("speaker"), "name" Plain, "fold" Plain, "given_by" Plain,
        "operation" Row("operation"); ""),
    table!("title", "id" Row("title"), "speaker" Row("speaker"), "title" Plain, "article" Row("article"), "day" Plain;
        "SELECT id FROM title WHERE speaker = ?2 AND title = ?3 AND article IS ?4"),
    table!("merge", "id" Row("merge"), "speaker" Row("speaker"), "into_speaker" Row("speaker"),
        "operation" Row("operation"); ""),
    table!("merge_suggestion", "id" Row("merge_suggestion"), "speaker" Row("speaker"), "into_speaker" Row("speaker"),
        "score" Plain, "because" Plain, "operation" Row("operation");
        "SELECT id FROM merge_suggestion WHERE speaker = ?2 AND into_speaker = ?3"),
    table!("merge_refusal", "id" Row("merge_refusal"), "speaker" Row("speaker"), "into_speaker" Row("speaker"),
        "operation" Row("operation"); ""),
    table!("title_given", "id" Row("title_given"), "speaker" Row("speaker"), "title" Plain, "first" Plain, "last" Plain,
        "operation" Row("operation"); ""),
    table!("speaks_for", "id" Row("speaks_for"), "speaker" Row("speaker"), "body" Row("speaker"), "act" Plain,
        "operation" Row("operation"); ""),
    table!("import", "id" Row("import"), "path" Plain, "origin" Plain, "operation" Row("operation"), "live" Derived; ""),
    table!("claim", "id" Row("claim"), "article" Row("article"), "import" Row("import"), "external" Plain,
        "speaker" Row("speaker"), "resolved" Plain, "named" Plain, "category" Plain, "title" Plain, "headline" Plain,
        "words" Plain, "fold" Plain, "content" Plain, "cue" Plain, "cue_words" Plain, "source" Plain, "source_words" Plain,
        "candidates" Plain, "sentence_start" Plain, "sentence_end" Plain, "sentence" Plain, "kind" Plain, "quotation" Plain,
        "said_written" Plain, "said" Plain, "published" Plain, "day" Plain, "answers" Row("claim"), "score" Plain,
        "because" Plain, "reader" Plain, "outlet" Plain, "live" Derived, "status" Plain;
        "SELECT min(id) FROM claim WHERE article IS ?2 AND content = ?13 AND words = ?11 AND cue = ?14 AND source IS ?16
         AND reader = ?31 AND (article IS NOT NULL OR (external IS ?4 AND outlet = ?32)) HAVING count(*) = 1"),
    table!("external_verdict", "id" Row("external_verdict"), "claim" Row("claim"), "rating" Plain, "origin" Plain,
        "url" Plain; "SELECT id FROM external_verdict WHERE claim = ?2 AND rating = ?3 AND origin = ?4 AND url = ?5"),
    table!("fact_check", "id" Row("fact_check"), "key" Plain, "digest" Plain, "claim" Plain, "wording" Plain,
        "claimant" Plain, "claimant_kind" Plain, "claimant_title" Plain, "claimant_link" Plain, "said" Plain,
        "appearances" Plain, "reviewer" Plain, "reviewed" Plain, "label" Plain, "rating_value" Plain, "rating_best" Plain,
        "rating_worst" Plain, "explanation" Plain, "url" Plain, "title" Plain, "language" Plain, "external" Plain,
        "path" Plain, "operation" Row("operation"), "current" Derived;
        "SELECT max(id) FROM fact_check WHERE key = ?2 AND digest = ?3"),
    table!("claim_drop", "id" Row("claim_drop"), "claim" Row("claim"), "operation" Row("operation"); ""),
    table!("claim_reading", "claim" Row("claim"), "speaker" Row("speaker"), "named" Plain, "title" Plain, "kind" Plain,
        "said_written" Plain, "said" Plain, "day" Plain; "SELECT claim FROM claim_reading WHERE claim = ?1"),
    table!("claim_edit", "id" Row("claim_edit"), "claim" Row("claim"), "field" Plain, "value" Speaker,
        "operation" Row("operation"); ""),
    table!("claim_by_hand", "claim" Row("claim"), "made_of" Claims, "operation" Row("operation");
        "SELECT claim FROM claim_by_hand WHERE claim = ?1"),
    table!("claim_reread", "claim" Row("claim"), "operation" Row("operation");
        "SELECT claim FROM claim_reread WHERE claim = ?1"),
    table!("relation", "id" Row("relation"), "earlier" Row("claim"), "later" Row("claim"), "kind" Plain, "dispute" Plain,
        "same_speaker" Plain, "syndicated" Plain, "tier" Plain, "likeness" Plain, "score" Plain, "summary" Plain,
        "because" Plain, "alignment" Plain, "innocent" Plain, "ledger" Plain, "alike" Row("relation"),
        "operation" Row("operation");
        "SELECT id FROM relation WHERE earlier = ?2 AND later = ?3 OR earlier = ?3 AND later = ?2"),
    table!("relation_by_hand", "id" Row("relation_by_hand"), "relation" Row("relation"), "kind" Plain, "dispute" Plain,
        "instead" Plain, "instead_dispute" Plain, "operation" Row("operation"); ""),
    table!("decision", "id" Row("decision"), "relation" Row("relation"), "decision" Plain, "note" Plain,
        "operation" Row("operation"), "current" Derived; ""),
    table!("skip", "id" Row("skip"), "relation" Row("relation"), "operation" Row("operation"); ""),
    table!("verdict", "id" Row("verdict"), "claim" Row("claim"), "version" Plain, "rating" Plain, "scale" Plain,
        "rationale" Plain, "operation" Row("operation"), "current" Derived, "long" Plain, "correction" Plain; ""),
    table!("verdict_state", "id" Row("verdict_state"), "verdict" Row("verdict"), "state" Plain, "note" Plain,
        "operation" Row("operation"); ""),
    table!("evidence", "id" Row("evidence"), "verdict" Row("verdict"), "kind" Plain, "words" Plain, "note" Plain,
        "operation" Row("operation"); ""),
    table!("story", "id" Row("story"), "name" Plain, "fold" Plain, "operation" Row("operation");
        "SELECT min(s.id) FROM story s JOIN operation o ON o.id = s.operation WHERE s.fold = ?3 AND o.undone_by IS NULL"),
    table!("story_words", "id" Row("story_words"), "story" Row("story"), "title" Plain, "summary" Plain,
        "operation" Row("operation"); ""),
    table!("story_merge", "id" Row("story_merge"), "story" Row("story"), "into_story" Row("story"),
        "operation" Row("operation"); ""),
    table!("story_member", "id" Row("story_member"), "story" Row("story"), "article" Row("article"), "claim" Row("claim"),
        "act" Plain, "operation" Row("operation"), "current" Derived; ""),
    table!("tag", "id" Row("tag"), "name" Plain, "fold" Plain, "article" Row("article"), "claim" Row("claim"), "act" Plain,
        "operation" Row("operation"), "current" Derived; ""),
    table!("note", "id" Row("note"), "about" Id, "words" Plain, "replaces" Row("note"), "operation" Row("operation"); ""),
    table!("saved_filter", "id" Row("saved_filter"), "name" Plain, "fold" Plain, "words" Plain,
        "operation" Row("operation"); ""),
    table!("feed", "id" Row("feed"), "name" Plain, "fold" Plain, "address" Plain, "operation" Row("operation"); ""),
    table!("outlet_name", "id" Row("outlet_name"), "host" Plain, "name" Plain, "operation" Row("operation"); ""),
    table!("removal", "id" Row("removal"), "what" Plain, "target" Named, "operation" Row("operation"); ""),
];
