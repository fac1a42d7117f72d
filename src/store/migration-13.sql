-- From version 12 to 13: when an article says that it was last changed, where a copy of its page is kept, and what a
-- person calls outlets.
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

-- Outlets that a person named, by host; the last name in effect counts, an empty one takes the name away.
CREATE TABLE outlet_name (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,                                 -- as addresses are compared: lower case, no `www.`
    name TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX outlet_name_host ON outlet_name (host);
CREATE INDEX outlet_name_operation ON outlet_name (operation);
