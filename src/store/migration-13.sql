-- From version 12 to 13: when an article says that it was last changed, and where a copy of its page is kept.
ALTER TABLE article ADD COLUMN updated TEXT;
ALTER TABLE article ADD COLUMN archive TEXT;
ALTER TABLE article_reading ADD COLUMN updated TEXT;
ALTER TABLE article_reading ADD COLUMN archive TEXT;

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
