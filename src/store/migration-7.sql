-- From version 6 to 7: whether the article asserts that a claim was said.

ALTER TABLE claim ADD COLUMN status TEXT NOT NULL DEFAULT 'asserted';
