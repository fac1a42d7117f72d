-- From version 15 to 16: which articles were read together with those before them.

-- An article whose claims were held against those of the articles before it by an encoder. Derived: an article that is not here is
-- read again.
CREATE TABLE article_read (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    model TEXT NOT NULL
) STRICT;
