-- From version 11 to 12: the headline and first sentences of a story, as a person wrote them.

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
