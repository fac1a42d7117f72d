-- From version 7 to 8: the bytes that articles were read from, by which reader; addresses as they are compared; files
-- that were read whole.

ALTER TABLE article ADD COLUMN address TEXT;
CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;

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

-- Derived: files of which every article is on the desk, so that they need not be read again.
CREATE TABLE file_read (
    digest TEXT PRIMARY KEY,                            -- of the bytes, their path, what was said of them, and the program
    articles TEXT NOT NULL                              -- JSON [[name, article]]
) STRICT, WITHOUT ROWID;
