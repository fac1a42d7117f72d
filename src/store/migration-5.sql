-- From version 4 to 5: the meaning of claims.

-- The direction of a claim's meaning, derived from its words; claims without one are matched by words alone.
CREATE TABLE claim_vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT,               -- the order in which they came
    claim INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    model TEXT NOT NULL,                                -- which encoder made it: two models cannot be compared
    vector BLOB NOT NULL,                               -- 128 whole numbers of 8 bits; empty when the words have none
    UNIQUE (claim, model)
) STRICT;
CREATE INDEX claim_vector_model ON claim_vector (model, id);
