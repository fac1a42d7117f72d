-- From version 8 to 9: what a model said of two claims is kept.

CREATE TABLE pair_reading (
    one INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    opposed REAL NOT NULL,
    same REAL NOT NULL,
    neither REAL NOT NULL,
    PRIMARY KEY (one, other, model),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_reading_other ON pair_reading (other);
