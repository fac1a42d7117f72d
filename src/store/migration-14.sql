-- From version 13 to 14: stories that were put into another one.

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
