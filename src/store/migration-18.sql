-- Whether the article asserts that a claim was said is told by the index of claims: who goes through many to find the few that state
-- something reads the index alone.
DROP INDEX claim_list;
CREATE INDEX claim_list ON claim (live, day, id, article, speaker, kind, quotation, outlet, status);
