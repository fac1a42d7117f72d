-- From version 14 to 15: a published verdict stays published whatever a second reader says of it afterwards.

DROP VIEW verdict_in_force;

-- The verdict that readers see on a claim, by scale: the last published version in effect, else the last one, a draft.
CREATE VIEW verdict_in_force (claim, scale, verdict, rating, draft) AS
SELECT v.claim, v.scale, ifnull(p.id, v.id), ifnull(p.rating, v.rating), p.id IS NULL
FROM verdict v LEFT JOIN verdict p ON p.id = (
    SELECT max(w.id) FROM verdict w JOIN operation o ON o.id = w.operation AND o.undone_by IS NULL
    WHERE w.claim = v.claim AND w.scale = v.scale AND EXISTS (
        SELECT 1 FROM verdict_state s JOIN operation q ON q.id = s.operation AND q.undone_by IS NULL
        WHERE s.verdict = w.id AND s.state IN ('published', 'corrected')))
WHERE v.current = 1;
