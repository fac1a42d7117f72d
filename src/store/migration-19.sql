-- A person may record what stands between two claims without a suggestion, or in the place of one.
CREATE TABLE relation_by_hand (
    id INTEGER PRIMARY KEY,
    relation INTEGER NOT NULL REFERENCES relation (id),
    kind TEXT NOT NULL,
    dispute TEXT NOT NULL,
    instead TEXT NOT NULL,
    instead_dispute TEXT NOT NULL,
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX relation_by_hand_relation ON relation_by_hand (relation);
CREATE INDEX relation_by_hand_operation ON relation_by_hand (operation);
