-- From version 5 to 6: corrections of articles, speakers renamed, what a person takes away again, desks that were brought in.

-- An article as it was loaded, kept before a person's first correction of it.
CREATE TABLE article_reading (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    title TEXT,
    outlet TEXT,
    byline TEXT,
    published TEXT,
    url TEXT
) STRICT;

-- A person's corrections of an article; the last one in effect of each field counts.
CREATE TABLE article_edit (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    field TEXT NOT NULL,                                -- title, outlet, byline, published, url
    value TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX article_edit_article ON article_edit (article);
CREATE INDEX article_edit_operation ON article_edit (operation);

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
    what TEXT NOT NULL,                                 -- alias, title, title_given, evidence
    target INTEGER NOT NULL,                            -- its row
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX removal_target ON removal (what, target);
CREATE INDEX removal_operation ON removal (operation);
ALTER TABLE alias ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;         -- derived: 1 while a removal of it is in effect
ALTER TABLE title ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;         -- derived
ALTER TABLE title_given ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;   -- derived
ALTER TABLE evidence ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;      -- derived

-- The operations that an import of another desk brought: they are in effect while it is.
CREATE TABLE brought (
    operation INTEGER NOT NULL REFERENCES operation (id),
    target INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (operation, target)
) STRICT, WITHOUT ROWID;
