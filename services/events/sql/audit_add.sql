-- Who reads or writes: $3 name and $4 id of the principal, $5 method, $6 athlete and $7 record or NULL,
-- $8 why, where it was asked. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, method, athlete_id, record_id, reason,
	traceparent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
