-- Counting relations and gathering findings read the index alone; claims of an outlet are found by one; how far the claims were
-- looked through for those without a vector is kept.
DROP INDEX relation_kind;
CREATE INDEX relation_kind ON relation (kind, score, likeness, syndicated, earlier, later, alike, dispute, operation);
CREATE INDEX claim_outlet ON claim (outlet, live);
CREATE TABLE vector_mark (
    model TEXT PRIMARY KEY,
    upto INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER vector_mark_gone AFTER DELETE ON claim_vector
BEGIN
    UPDATE vector_mark SET upto = min(upto, old.claim - 1) WHERE model = old.model;
END;
