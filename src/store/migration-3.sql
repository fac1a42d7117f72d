-- From version 2 to 3: what a person does beyond confirming and rejecting; schema.sql explains the tables.
ALTER TABLE verdict ADD COLUMN long TEXT NOT NULL DEFAULT '';
ALTER TABLE verdict ADD COLUMN correction TEXT NOT NULL DEFAULT '';

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

CREATE TABLE claim_edit (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim (id),
    field TEXT NOT NULL,                                -- speaker, kind, said
    value TEXT,                                         -- number of a speaker (NULL: nobody), a kind, a date
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_edit_claim ON claim_edit (claim);
CREATE INDEX claim_edit_operation ON claim_edit (operation);

CREATE TABLE claim_by_hand (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    made_of TEXT NOT NULL,                              -- JSON [id of a claim]
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_by_hand_operation ON claim_by_hand (operation);

CREATE TABLE skip (
    id INTEGER PRIMARY KEY,
    relation INTEGER NOT NULL REFERENCES relation (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX skip_relation ON skip (relation);
CREATE INDEX skip_operation ON skip (operation);

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

CREATE TABLE saved_filter (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fold TEXT NOT NULL,
    words TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX saved_filter_fold ON saved_filter (fold);
CREATE INDEX saved_filter_operation ON saved_filter (operation);

CREATE TABLE verdict_state (
    id INTEGER PRIMARY KEY,
    verdict INTEGER NOT NULL REFERENCES verdict (id),
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX verdict_state_verdict ON verdict_state (verdict);
CREATE INDEX verdict_state_operation ON verdict_state (operation);

CREATE TABLE title_given (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    title TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX title_given_speaker ON title_given (speaker);
CREATE INDEX title_given_operation ON title_given (operation);

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

CREATE TABLE restored (
    operation INTEGER NOT NULL REFERENCES operation (id),
    target INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (operation, target)
) STRICT, WITHOUT ROWID;
