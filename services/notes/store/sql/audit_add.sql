-- Who reads or writes: $3 name and $4 id of the principal, $5 method, $6 athlete, $7 record or NULL.
-- Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, method, athlete_id, record_id, traceparent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
