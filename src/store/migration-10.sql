-- From version 9 to 10: fact-checks that others published, and which claims repeat a checked one.

-- Fact-checks that others published, as they told them; a check that says something else later is a new row, and the last
-- one in effect counts. Never mixed with the desk's own verdicts.
CREATE TABLE fact_check (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                                  -- which check: its address, else who checked and their id; and its claim
    digest TEXT NOT NULL,                               -- hash of all that it says
    claim TEXT NOT NULL,
    wording TEXT NOT NULL,                              -- claim, headline: what stands where the claim should
    claimant TEXT NOT NULL,
    claimant_kind TEXT NOT NULL,                        -- named, nobody, checker; empty where none is told
    claimant_title TEXT NOT NULL,
    claimant_link TEXT NOT NULL,
    said TEXT,                                          -- day of the claim, never that of the review
    appearances TEXT NOT NULL,                          -- JSON [address or name]
    reviewer TEXT NOT NULL,
    reviewed TEXT,
    label TEXT NOT NULL,                                -- as it is written; the numbers say nothing by themselves
    rating_value TEXT NOT NULL,
    rating_best TEXT NOT NULL,
    rating_worst TEXT NOT NULL,
    explanation TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    external TEXT NOT NULL,                             -- the id that the file gave
    path TEXT NOT NULL,                                 -- the file
    operation INTEGER NOT NULL REFERENCES operation (id),
    current INTEGER NOT NULL                            -- derived: 1 for the last one in effect of its key
) STRICT;
CREATE INDEX fact_check_key ON fact_check (key);
CREATE INDEX fact_check_operation ON fact_check (operation);

-- Which claims repeat a checked one, derived from both. It holds for claims and checks up to `checked_mark`.
CREATE TABLE claim_checked (
    claim INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    fact_check INTEGER NOT NULL REFERENCES fact_check (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    because TEXT NOT NULL,                              -- JSON [{rule, detail, weight}]
    PRIMARY KEY (claim, fact_check)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_checked_check ON claim_checked (fact_check);

CREATE TABLE checked_mark (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    claims INTEGER NOT NULL,
    checks INTEGER NOT NULL
) STRICT;
INSERT INTO checked_mark (only, claims, checks) VALUES (1, 0, 0);

-- The index over the checks up to `upto`, kept as bytes as that of the claims is.
CREATE TABLE check_snapshot (
    part INTEGER PRIMARY KEY,
    parts INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
