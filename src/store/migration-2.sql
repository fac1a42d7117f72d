-- From version 1 to 2: the matching index is kept in the database.

-- The matching index, derived from the claims: kept as bytes so that opening need not read every claim. It holds for the
-- claims up to `upto` while the stamp is the one it was kept under; later claims are added when it is read.
CREATE TABLE index_stamp (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    stamp INTEGER NOT NULL                              -- drawn anew when anything but a new claim changes the index
) STRICT;
INSERT INTO index_stamp (only, stamp) VALUES (1, 0);

CREATE TABLE index_snapshot (
    part INTEGER PRIMARY KEY,
    parts INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    upto INTEGER NOT NULL,                              -- the last claim that is in it
    bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER index_stamp_claim AFTER UPDATE OF speaker, named, headline ON claim
BEGIN
    UPDATE index_stamp SET stamp = random();
END;
CREATE TRIGGER index_stamp_claim_delete AFTER DELETE ON claim
BEGIN
    UPDATE index_stamp SET stamp = random();
END;
CREATE TRIGGER index_stamp_speaker AFTER UPDATE OF name ON speaker
BEGIN
    UPDATE index_stamp SET stamp = random();
END;
