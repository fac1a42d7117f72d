-- The whole current schema of an onrecord database; a fresh database is made from this file.
-- Words of one kind: what was loaded (article, claim), what the machine suggests (relation, merge_suggestion),
-- what a person decided (decision, merge, verdict, story_member …), and the journal that all of it hangs on (operation).
-- Nothing a person did is overwritten: every act is a row of its own operation, and it holds while that operation is in
-- effect (`undone_by IS NULL`). Columns marked "derived" can be computed again from the rest.

PRAGMA application_id = 1869509219; -- "onrc"
PRAGMA user_version = 19;

-- The journal: one row a command, however many rows it touched.
CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                                   -- RFC 3339, UTC
    person TEXT NOT NULL,
    name TEXT NOT NULL,                                 -- load, decide, verdict …, undo, redo
    words TEXT NOT NULL,                                -- one readable line
    reverses INTEGER REFERENCES operation (id),         -- for undo and redo: the operation it takes back or does again
    undone_by INTEGER REFERENCES operation (id)         -- derived: the undo in force, NULL while in effect
) STRICT;
CREATE INDEX operation_reverses ON operation (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX operation_undone ON operation (undone_by) WHERE undone_by IS NOT NULL;

-- Articles: the text that was loaded is never changed; a revision is a new row linked to the old.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,                          -- SHA-256 of the decoded text
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,                               -- JSON [{span, kind}]
    title TEXT,
    outlet TEXT,
    byline TEXT,
    dateline TEXT,
    published TEXT,                                     -- 2018-07-05, 2018-07 or 2018
    day TEXT NOT NULL,                                  -- first day of published, or empty; for sorting
    url TEXT,
    language TEXT,
    path TEXT NOT NULL,                                 -- where the bytes came from
    reader TEXT NOT NULL,                               -- which reader attributed it
    warnings TEXT NOT NULL,                             -- JSON [text]
    revises INTEGER REFERENCES article (id),
    live INTEGER NOT NULL,                              -- derived: 1 while a load of it is in effect that no removal came after
    address TEXT,                                       -- url as addresses are compared: no tracking, no `www.`
    updated TEXT,                                       -- last changed, as it says itself: RFC 3339, or a day
    archive TEXT                                        -- where a copy of the page is kept for good
) STRICT;
CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;
CREATE INDEX article_title ON article (title, outlet);
CREATE INDEX article_outlet ON article (outlet);
CREATE INDEX article_list ON article (live, day, id, outlet);
CREATE INDEX article_revises ON article (revises) WHERE revises IS NOT NULL;

CREATE TRIGGER article_text_is_kept BEFORE UPDATE OF text, hash ON article
BEGIN
    SELECT RAISE(ABORT, 'the text of an article is never changed');
END;

-- Each load that put the article on the desk: it is there while one of them is in effect.
CREATE TABLE article_load (
    article INTEGER NOT NULL REFERENCES article (id),
    operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (article, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_load_operation ON article_load (operation);

-- Further addresses at which the very words of an article were found.
CREATE TABLE article_also (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    url TEXT NOT NULL,
    address TEXT NOT NULL,                              -- url as addresses are compared
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX article_also_article ON article_also (article);
CREATE INDEX article_also_address ON article_also (address);
CREATE INDEX article_also_operation ON article_also (operation);

-- The bytes that articles were read from: a file, its member in an archive, or its record.
CREATE TABLE original (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,                          -- SHA-256 of the bytes
    size INTEGER NOT NULL,
    packed BLOB                                         -- gzip; NULL where they were not kept
) STRICT;

-- How the text of an article was made of them.
CREATE TABLE article_original (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    original INTEGER NOT NULL REFERENCES original (id),
    format TEXT NOT NULL,                               -- html, zip/html
    version INTEGER NOT NULL                            -- of the reader of that format
) STRICT;
CREATE INDEX article_original_original ON article_original (original);

-- Where and when an article was fetched, and what its server said of it.
CREATE TABLE article_fetch (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    asked TEXT NOT NULL,
    address TEXT NOT NULL,                              -- where it was found, after all redirects
    at TEXT NOT NULL,                                   -- RFC 3339, UTC
    headers TEXT NOT NULL                               -- JSON [[name, value]]
) STRICT;

-- Derived: files of which every article is on the desk, so that they need not be read again.
CREATE TABLE file_read (
    digest TEXT PRIMARY KEY,                            -- of the bytes, their path, what was said of them, and the program
    articles TEXT NOT NULL                              -- JSON [[name, article]]
) STRICT, WITHOUT ROWID;

-- Speakers: one row a person, body or unnamed source, over all articles.
CREATE TABLE speaker (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,                                 -- name for comparison: lower case, no honorific, no marks
    surname TEXT NOT NULL,                              -- last word of the fold of a person, else empty
    category TEXT NOT NULL,
    article INTEGER REFERENCES article (id),            -- for an unnamed source: the one article it stands in
    operation INTEGER NOT NULL REFERENCES operation (id),
    merged_into INTEGER REFERENCES speaker (id)         -- derived from the merges in effect: the last of the chain
) STRICT;
CREATE INDEX speaker_fold ON speaker (fold);
CREATE INDEX speaker_surname ON speaker (surname) WHERE surname <> '';
CREATE INDEX speaker_merged ON speaker (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE alias (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    given_by TEXT NOT NULL,                             -- article, person
    operation INTEGER NOT NULL REFERENCES operation (id),
    gone INTEGER NOT NULL DEFAULT 0                     -- derived: 1 while a removal of it is in effect
) STRICT;
CREATE INDEX alias_speaker ON alias (speaker, fold);
CREATE INDEX alias_fold ON alias (fold);
CREATE INDEX alias_operation ON alias (operation);

-- A title as one article gives it, with its day.
CREATE TABLE title (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    title TEXT NOT NULL,
    article INTEGER REFERENCES article (id),
    day TEXT NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,                    -- derived
    UNIQUE (speaker, title, article)
) STRICT;

-- A person said that two speakers are one.
CREATE TABLE merge (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    into_speaker INTEGER NOT NULL REFERENCES speaker (id),
    operation INTEGER NOT NULL REFERENCES operation (id),
    CHECK (speaker <> into_speaker)
) STRICT;
CREATE INDEX merge_speaker ON merge (speaker);
CREATE INDEX merge_operation ON merge (operation);

-- The machine thinks that two speakers may be one.
CREATE TABLE merge_suggestion (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    into_speaker INTEGER NOT NULL REFERENCES speaker (id),
    score REAL NOT NULL,
    because TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id),
    UNIQUE (speaker, into_speaker)
) STRICT;
CREATE INDEX merge_suggestion_into ON merge_suggestion (into_speaker);

-- A person said that two speakers are two: the suggestion does not come back.
CREATE TABLE merge_refusal (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    into_speaker INTEGER NOT NULL REFERENCES speaker (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX merge_refusal_pair ON merge_refusal (speaker, into_speaker);
CREATE INDEX merge_refusal_operation ON merge_refusal (operation);

-- One reading of a file of claims or fact-checks that others wrote.
CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    origin TEXT NOT NULL,                               -- who wrote the claims: stands where an outlet stands
    operation INTEGER NOT NULL REFERENCES operation (id),
    live INTEGER NOT NULL                               -- derived
) STRICT;
CREATE INDEX import_operation ON import (operation);

-- Claims with their evidence; offsets count code points of the article's text, end exclusive.
CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    article INTEGER REFERENCES article (id),            -- NULL for an imported claim
    import INTEGER REFERENCES import (id),              -- NULL for a claim of an article
    external TEXT,                                      -- the id that the import gave
    speaker INTEGER REFERENCES speaker (id),
    resolved TEXT NOT NULL,                             -- how the speaker was found: name, surname, new, none
    named TEXT NOT NULL,                                -- the fullest name the article gives
    category TEXT NOT NULL,
    title TEXT NOT NULL,                                -- the speaker's title in this article
    headline TEXT NOT NULL,                             -- context that helps matching: headline of an imported claim
    words TEXT NOT NULL,
    fold TEXT NOT NULL,                                 -- hash of the normalised words: equal for the same statement
    content TEXT NOT NULL,                              -- JSON [[start, end]]
    cue TEXT NOT NULL,
    cue_words TEXT NOT NULL,
    source TEXT,
    source_words TEXT NOT NULL,
    candidates TEXT NOT NULL,                           -- JSON [name]
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    sentence TEXT NOT NULL,                             -- the words of the sentences that hold the attribution
    kind TEXT NOT NULL,
    quotation TEXT NOT NULL,
    said_written TEXT NOT NULL,
    said TEXT,
    published TEXT,
    day TEXT NOT NULL,                                  -- first day of said, else of published, else empty; for sorting
    answers INTEGER REFERENCES claim (id),
    score REAL NOT NULL,
    because TEXT NOT NULL,                              -- JSON [{rule, detail, weight}]
    reader TEXT NOT NULL,
    outlet TEXT NOT NULL,                               -- of the article, or of the fact-check
    live INTEGER NOT NULL,                              -- derived: article or import in effect, and not dropped
    status TEXT NOT NULL DEFAULT 'asserted'             -- whether the article asserts that it was said
) STRICT;
CREATE INDEX claim_list ON claim (live, day, id, article, speaker, kind, quotation, outlet, status);
CREATE INDEX claim_article ON claim (article, live);
CREATE INDEX claim_import ON claim (import, external) WHERE import IS NOT NULL;
CREATE INDEX claim_speaker ON claim (speaker, live);
CREATE INDEX claim_outlet ON claim (outlet, live);
CREATE INDEX claim_fold ON claim (fold, day);
CREATE INDEX claim_answers ON claim (answers) WHERE answers IS NOT NULL;

CREATE TRIGGER claim_words_are_kept BEFORE UPDATE OF words, content, article ON claim
BEGIN
    SELECT RAISE(ABORT, 'the words of a claim are never changed');
END;

-- A person said that this is no claim.
CREATE TABLE claim_drop (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_drop_claim ON claim_drop (claim);
CREATE INDEX claim_drop_operation ON claim_drop (operation);

-- What the machine sees between two claims; one row a pair, so a rejected suggestion cannot come back.
CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    earlier INTEGER NOT NULL REFERENCES claim (id),
    later INTEGER NOT NULL REFERENCES claim (id),
    kind TEXT NOT NULL,                                 -- repeat, reworded, update, contradiction, offered, related; as a person recorded it
    dispute TEXT NOT NULL,                              -- change_of_position, dispute, denial, or empty; as a person recorded it
    same_speaker INTEGER NOT NULL,
    syndicated INTEGER NOT NULL,                        -- 1: the same report carried by another outlet, no new statement
    tier TEXT NOT NULL,                                 -- same, suggested, related
    likeness REAL NOT NULL,                             -- score of the match
    score REAL NOT NULL,                                -- confidence of contradiction
    summary TEXT NOT NULL,
    because TEXT NOT NULL,
    alignment TEXT NOT NULL,
    innocent TEXT NOT NULL,
    ledger TEXT NOT NULL,                               -- JSON {a, b}: the words that turn polarity
    alike INTEGER REFERENCES relation (id),             -- an earlier relation of the same two wordings and speakers
    operation INTEGER NOT NULL REFERENCES operation (id),
    UNIQUE (earlier, later),
    CHECK (earlier <> later)
) STRICT;
CREATE INDEX relation_later ON relation (later);
CREATE INDEX relation_kind ON relation (kind, score, likeness, syndicated, earlier, later, alike, dispute, operation);
CREATE INDEX relation_alike ON relation (alike) WHERE alike IS NOT NULL;

-- What a person decided about a relation.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    relation INTEGER NOT NULL REFERENCES relation (id),
    decision TEXT NOT NULL,                             -- confirm, reject
    note TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id),
    current INTEGER NOT NULL                            -- derived: 1 for the last one in effect
) STRICT;
CREATE UNIQUE INDEX decision_current ON decision (relation) WHERE current = 1;
CREATE INDEX decision_relation ON decision (relation);
CREATE INDEX decision_operation ON decision (operation);

-- How a relation stands: a person's decision, else a rejection of the same two wordings elsewhere, else a suggestion.
CREATE VIEW relation_status (relation, status, note) AS
SELECT r.id,
       CASE WHEN d.decision = 'confirm' THEN 'confirmed'
            WHEN d.decision = 'reject' THEN 'rejected'
            WHEN p.decision = 'reject' THEN 'rejected'
            ELSE 'suggested' END,
       ifnull(d.note, '')
FROM relation r
LEFT JOIN decision d ON d.relation = r.id AND d.current = 1
LEFT JOIN decision p ON p.relation = r.alike AND p.current = 1;

-- What a person recorded between two claims without a suggestion, or in the place of one; the last one in effect stands in the relation.
CREATE TABLE relation_by_hand (
    id INTEGER PRIMARY KEY,
    relation INTEGER NOT NULL REFERENCES relation (id),
    kind TEXT NOT NULL,                                 -- repeat, update, contradiction
    dispute TEXT NOT NULL,                              -- as above
    instead TEXT NOT NULL,                              -- what the machine saw: stands there when this is taken back
    instead_dispute TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX relation_by_hand_relation ON relation_by_hand (relation);
CREATE INDEX relation_by_hand_operation ON relation_by_hand (operation);

-- Verdicts are versions: a new one is a new row.
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim (id),
    version INTEGER NOT NULL,
    rating TEXT NOT NULL,
    scale TEXT NOT NULL,
    rationale TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id),
    current INTEGER NOT NULL,                           -- derived: 1 for the last one in effect of its scale
    long TEXT NOT NULL DEFAULT '',                      -- the rationale in full
    correction TEXT NOT NULL DEFAULT '',                -- what was wrong in the version before, told to readers
    UNIQUE (claim, scale, version)
) STRICT;
CREATE UNIQUE INDEX verdict_current ON verdict (claim, scale) WHERE current = 1;
CREATE INDEX verdict_operation ON verdict (operation);
CREATE INDEX verdict_rating ON verdict (rating);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    verdict INTEGER NOT NULL REFERENCES verdict (id),
    kind TEXT NOT NULL,                                 -- link, archive, quotation, file, note
    words TEXT NOT NULL,
    note TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id),
    gone INTEGER NOT NULL DEFAULT 0                     -- derived
) STRICT;
CREATE INDEX evidence_verdict ON evidence (verdict);
CREATE INDEX evidence_operation ON evidence (operation);

-- A rating that somebody else gave, with where it came from; never mixed with the desk's own verdicts.
CREATE TABLE external_verdict (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim (id),
    rating TEXT NOT NULL,
    origin TEXT NOT NULL,
    url TEXT NOT NULL
) STRICT;
CREATE INDEX external_verdict_claim ON external_verdict (claim);

CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX story_fold ON story (fold);
CREATE INDEX story_operation ON story (operation);

-- What a person says of a story; the last row in effect counts.
CREATE TABLE story_words (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    title TEXT NOT NULL,                                -- empty: none
    summary TEXT NOT NULL,                              -- empty: none
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX story_words_story ON story_words (story);
CREATE INDEX story_words_operation ON story_words (operation);

-- What belongs to a story: whole articles or single claims; the last act in effect counts.
CREATE TABLE story_member (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    article INTEGER REFERENCES article (id),
    claim INTEGER REFERENCES claim (id),
    act TEXT NOT NULL,                                  -- add, remove
    operation INTEGER NOT NULL REFERENCES operation (id),
    current INTEGER NOT NULL,                           -- derived
    CHECK ((article IS NULL) <> (claim IS NULL))
) STRICT;
CREATE INDEX story_member_claim ON story_member (claim) WHERE claim IS NOT NULL;
CREATE INDEX story_member_article ON story_member (article) WHERE article IS NOT NULL;
CREATE INDEX story_member_story ON story_member (story, current);
CREATE INDEX story_member_operation ON story_member (operation);

-- The claims of each story: single ones, and those of its articles that were not taken out one by one.
CREATE VIEW story_claim (story, claim) AS
SELECT m.story, m.claim
FROM story_member m
WHERE m.current = 1 AND m.act = 'add' AND m.claim IS NOT NULL
UNION
SELECT m.story, c.id
FROM story_member m JOIN claim c ON c.article = m.article
WHERE m.current = 1 AND m.act = 'add' AND NOT EXISTS (
    SELECT 1 FROM story_member x
    WHERE x.claim = c.id AND x.story = m.story AND x.current = 1 AND x.act = 'remove' AND x.id > m.id);

-- A person put a story into another one, which it is a part of while the operation is in effect.
CREATE TABLE story_merge (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    into_story INTEGER NOT NULL REFERENCES story (id),
    operation INTEGER NOT NULL REFERENCES operation (id),
    CHECK (story <> into_story)
) STRICT;
CREATE INDEX story_merge_story ON story_merge (story);
CREATE INDEX story_merge_operation ON story_merge (operation);

-- The stories that are a part of another one.
CREATE VIEW story_merged (story) AS
SELECT m.story FROM story_merge m JOIN operation o ON o.id = m.operation WHERE o.undone_by IS NULL;

-- A claim as it was read, kept before a person's first correction of it.
CREATE TABLE claim_reading (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    speaker INTEGER REFERENCES speaker (id),
    named TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    said_written TEXT NOT NULL,
    said TEXT,
    day TEXT NOT NULL
) STRICT;

-- A person's corrections of a claim; the last one in effect of each field counts. Other words make another claim.
CREATE TABLE claim_edit (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim (id),
    field TEXT NOT NULL,                                -- speaker, kind, said
    value TEXT,                                         -- number of a speaker (NULL: nobody), a kind, a date
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_edit_claim ON claim_edit (claim);
CREATE INDEX claim_edit_operation ON claim_edit (operation);

-- An article as it was loaded, kept before a person's first correction of it.
CREATE TABLE article_reading (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    title TEXT,
    outlet TEXT,
    byline TEXT,
    published TEXT,
    url TEXT,
    updated TEXT,
    archive TEXT
) STRICT;

-- A person's corrections of an article; the last one in effect of each field counts.
CREATE TABLE article_edit (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    field TEXT NOT NULL,                                -- title, outlet, byline, published, url, updated, archive
    value TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX article_edit_article ON article_edit (article);
CREATE INDEX article_edit_operation ON article_edit (operation);

-- Claims that a person wrote: missed by the reader, or made of others that were cut, joined or quoted anew.
CREATE TABLE claim_by_hand (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    made_of TEXT NOT NULL,                              -- JSON [id of a claim]
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_by_hand_operation ON claim_by_hand (operation);

-- Claims that a later reading of their article found; they are there while it is in effect.
CREATE TABLE claim_reread (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_reread_operation ON claim_reread (operation);

-- A person put a suggestion off: it comes after all others.
CREATE TABLE skip (
    id INTEGER PRIMARY KEY,
    relation INTEGER NOT NULL REFERENCES relation (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX skip_relation ON skip (relation);
CREATE INDEX skip_operation ON skip (operation);

-- Tags on articles and claims; the last act in effect counts.
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    article INTEGER REFERENCES article (id),
    claim INTEGER REFERENCES claim (id),
    act TEXT NOT NULL,                                  -- add, remove
    operation INTEGER NOT NULL REFERENCES operation (id),
    current INTEGER NOT NULL,                           -- derived
    CHECK ((article IS NULL) <> (claim IS NULL))
) STRICT;
CREATE INDEX tag_claim ON tag (claim, fold) WHERE claim IS NOT NULL;
CREATE INDEX tag_article ON tag (article, fold) WHERE article IS NOT NULL;
CREATE INDEX tag_fold ON tag (fold) WHERE current = 1;
CREATE INDEX tag_operation ON tag (operation);

-- Notes on anything that has an id; a note that replaces another stands in its place, one without words takes it away.
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    about TEXT NOT NULL,                                -- c41, a12, m9, v3, p7, s2
    words TEXT NOT NULL,
    replaces INTEGER REFERENCES note (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX note_about ON note (about);
CREATE INDEX note_replaces ON note (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX note_operation ON note (operation);

-- Filters with a name; the last one in effect counts, one without words is forgotten.
CREATE TABLE saved_filter (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    words TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX saved_filter_fold ON saved_filter (fold);
CREATE INDEX saved_filter_operation ON saved_filter (operation);

-- Feeds by name; the last one in effect counts, one without an address was removed.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    address TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX feed_fold ON feed (fold);
CREATE INDEX feed_operation ON feed (operation);

-- Outlets that a person named, by host; the last name in effect counts, an empty one takes the name away.
CREATE TABLE outlet_name (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,                                 -- as addresses are compared: lower case, no `www.`
    name TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX outlet_name_host ON outlet_name (host);
CREATE INDEX outlet_name_operation ON outlet_name (operation);

-- Derived: when a feed was last polled, and how its server tells whether it has changed since.
CREATE TABLE feed_poll (
    feed TEXT PRIMARY KEY,                              -- its address
    at TEXT NOT NULL,                                   -- RFC 3339, UTC
    etag TEXT,
    modified TEXT,
    outcome TEXT NOT NULL                               -- what came of it, in words
) STRICT, WITHOUT ROWID;

-- Derived: the entries of a feed that are on the desk.
CREATE TABLE feed_entry (
    feed TEXT NOT NULL,                                 -- its address
    entry TEXT NOT NULL,                                -- as the feed names it
    article INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_entry_article ON feed_entry (article);

-- The way of a verdict: in review, approved or returned by a second person, published, corrected. Without a row: a draft.
CREATE TABLE verdict_state (
    id INTEGER PRIMARY KEY,
    verdict INTEGER NOT NULL REFERENCES verdict (id),
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX verdict_state_verdict ON verdict_state (verdict);
CREATE INDEX verdict_state_operation ON verdict_state (operation);

-- The verdict that readers see on a claim, by scale: the last published version in effect, else the last one, a draft.
CREATE VIEW verdict_in_force (claim, scale, verdict, rating, draft) AS
SELECT v.claim, v.scale, ifnull(p.id, v.id), ifnull(p.rating, v.rating), p.id IS NULL
FROM verdict v LEFT JOIN verdict p ON p.id = (
    SELECT max(w.id) FROM verdict w JOIN operation o ON o.id = w.operation AND o.undone_by IS NULL
    WHERE w.claim = v.claim AND w.scale = v.scale AND EXISTS (
        SELECT 1 FROM verdict_state s JOIN operation q ON q.id = s.operation AND q.undone_by IS NULL
        WHERE s.verdict = w.id AND s.state IN ('published', 'corrected')))
WHERE v.current = 1;

-- A title that a person gives a speaker, for a period; empty days leave it open.
CREATE TABLE title_given (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    title TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id),
    gone INTEGER NOT NULL DEFAULT 0                     -- derived
) STRICT;
CREATE INDEX title_given_speaker ON title_given (speaker);
CREATE INDEX title_given_operation ON title_given (operation);

-- Who speaks for which body; the last act in effect counts.
CREATE TABLE speaks_for (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    body INTEGER NOT NULL REFERENCES speaker (id),
    act TEXT NOT NULL,                                  -- add, remove
    operation INTEGER NOT NULL REFERENCES operation (id),
    CHECK (speaker <> body)
) STRICT;
CREATE INDEX speaks_for_speaker ON speaks_for (speaker);
CREATE INDEX speaks_for_body ON speaks_for (body);
CREATE INDEX speaks_for_operation ON speaks_for (operation);

-- A speaker's name as it was read, kept before a person's first renaming.
CREATE TABLE speaker_reading (
    speaker INTEGER PRIMARY KEY REFERENCES speaker (id),
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    surname TEXT NOT NULL
) STRICT;

-- Names that a person gave in place of the one that was read; the last one in effect counts.
CREATE TABLE speaker_rename (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    surname TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX speaker_rename_speaker ON speaker_rename (speaker);
CREATE INDEX speaker_rename_operation ON speaker_rename (operation);

-- What a person took away again: an alias, a title, a piece of evidence.
CREATE TABLE removal (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,                                 -- alias, title, title_given, evidence, article
    target INTEGER NOT NULL,                            -- its row
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX removal_target ON removal (what, target);
CREATE INDEX removal_operation ON removal (operation);

-- The operations that an import of another desk brought: they are in effect while it is.
CREATE TABLE brought (
    operation INTEGER NOT NULL REFERENCES operation (id),
    target INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (operation, target)
) STRICT, WITHOUT ROWID;

-- What a restore took back: it comes again when the restore is undone.
CREATE TABLE restored (
    operation INTEGER NOT NULL REFERENCES operation (id),
    target INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (operation, target)
) STRICT, WITHOUT ROWID;

-- Full text: the words stay in their tables, the triggers keep the indexes in step.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'article', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_words_insert AFTER INSERT ON article
BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER article_words_delete AFTER DELETE ON article
BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER article_words_update AFTER UPDATE OF title ON article
BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO article_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE claim_words USING fts5 (
    words, headline, content = 'claim', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER claim_words_insert AFTER INSERT ON claim
BEGIN
    INSERT INTO claim_words (rowid, words, headline) VALUES (new.id, new.words, new.headline);
END;
CREATE TRIGGER claim_words_delete AFTER DELETE ON claim
BEGIN
    INSERT INTO claim_words (claim_words, rowid, words, headline) VALUES ('delete', old.id, old.words, old.headline);
END;

-- The matching index, derived from the claims: kept as bytes so that opening need not read every claim. It holds for the
-- claims up to `upto` while the stamp is the one it was kept under; later claims are added when it is read.
CREATE TABLE index_stamp (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    stamp INTEGER NOT NULL                              -- drawn anew when anything but a new claim changes the index
) STRICT;
INSERT INTO index_stamp (only, stamp) VALUES (1, 0);

CREATE TABLE index_snapshot (
    part INTEGER PRIMARY KEY,
    parts INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    upto INTEGER NOT NULL,                              -- the last claim that is in it
    bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER index_stamp_claim AFTER UPDATE OF speaker, named, headline ON claim
BEGIN
    UPDATE index_stamp SET stamp = random();
END;
CREATE TRIGGER index_stamp_claim_delete AFTER DELETE ON claim
BEGIN
    UPDATE index_stamp SET stamp = random();
END;
CREATE TRIGGER index_stamp_speaker AFTER UPDATE OF name ON speaker
BEGIN
    UPDATE index_stamp SET stamp = random();
END;

-- What an encoder made of a claim, derived from its words: its meaning (claims without one are matched by words alone), or
-- what it is about and where it stands.
CREATE TABLE claim_vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT,               -- the order in which they came
    claim INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    model TEXT NOT NULL,                                -- which encoder made it: two models cannot be compared
    vector BLOB NOT NULL,                               -- what it made, as it keeps it; empty when the words have none
    UNIQUE (claim, model)
) STRICT;
CREATE INDEX claim_vector_model ON claim_vector (model, id);

-- How far the claims were looked through for those without a vector of an encoder: all up to `upto` have one.
CREATE TABLE vector_mark (
    model TEXT PRIMARY KEY,
    upto INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER vector_mark_gone AFTER DELETE ON claim_vector
BEGIN
    UPDATE vector_mark SET upto = min(upto, old.claim - 1) WHERE model = old.model;
END;

-- What a model said of two claims, derived from both: log-odds up to a constant.
CREATE TABLE pair_reading (
    one INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    opposed REAL NOT NULL,
    same REAL NOT NULL,
    neither REAL NOT NULL,
    PRIMARY KEY (one, other, model),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_reading_other ON pair_reading (other);

-- An article whose claims were held against those of the articles before it by an encoder. Derived: an article that is not here is
-- read again.
CREATE TABLE article_read (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    model TEXT NOT NULL
) STRICT;

-- Fact-checks that others published, as they told them; a check that says something else later is a new row, and the last
-- one in effect counts. Never mixed with the desk's own verdicts.
CREATE TABLE fact_check (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                                  -- which check: its address, else who checked and their id; and its claim
    digest TEXT NOT NULL,                               -- hash of all that it says
    claim TEXT NOT NULL,
    wording TEXT NOT NULL,                              -- claim, headline: what stands where the claim should
    claimant TEXT NOT NULL,
    claimant_kind TEXT NOT NULL,                        -- named, nobody, checker; empty where none is told
    claimant_title TEXT NOT NULL,
    claimant_link TEXT NOT NULL,
    said TEXT,                                          -- day of the claim, never that of the review
    appearances TEXT NOT NULL,                          -- JSON [address or name]
    reviewer TEXT NOT NULL,
    reviewed TEXT,
    label TEXT NOT NULL,                                -- as it is written; the numbers say nothing by themselves
    rating_value TEXT NOT NULL,
    rating_best TEXT NOT NULL,
    rating_worst TEXT NOT NULL,
    explanation TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    external TEXT NOT NULL,                             -- the id that the file gave
    path TEXT NOT NULL,                                 -- the file
    operation INTEGER NOT NULL REFERENCES operation (id),
    current INTEGER NOT NULL                            -- derived: 1 for the last one in effect of its key
) STRICT;
CREATE INDEX fact_check_key ON fact_check (key);
CREATE INDEX fact_check_operation ON fact_check (operation);

-- Which claims repeat a checked one, derived from both. It holds for claims and checks up to `checked_mark`.
CREATE TABLE claim_checked (
    claim INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    fact_check INTEGER NOT NULL REFERENCES fact_check (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    because TEXT NOT NULL,                              -- JSON [{rule, detail, weight}]
    PRIMARY KEY (claim, fact_check)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_checked_check ON claim_checked (fact_check);

CREATE TABLE checked_mark (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    claims INTEGER NOT NULL,
    checks INTEGER NOT NULL
) STRICT;
INSERT INTO checked_mark (only, claims, checks) VALUES (1, 0, 0);

-- The index over the checks up to `upto`, kept as bytes as that of the claims is.
CREATE TABLE check_snapshot (
    part INTEGER PRIMARY KEY,
    parts INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
