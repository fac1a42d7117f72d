-- From version 3 to 4: articles read again with another reader; schema.sql explains the table.
CREATE TABLE claim_reread (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX claim_reread_operation ON claim_reread (operation);
