-- From version 9 to 10: articles by address, and feeds.

-- Where and when an article was fetched, and what its server said of it.
CREATE TABLE article_fetch (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    asked TEXT NOT NULL,
    address TEXT NOT NULL,                              -- where it was found, after all redirects
    at TEXT NOT NULL,                                   -- RFC 3339, UTC
    headers TEXT NOT NULL                               -- JSON [[name, value]]
) STRICT;

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
