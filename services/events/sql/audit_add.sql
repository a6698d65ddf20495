-- Who reads or writes: $3 name and $4 id of the principal, $5 the edge between, $6 method, $7 clinic or
-- NULL, $8 traceparent; $9 athlete and $10 record or NULL, $11 why, where it was asked. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
	athlete_id, record_id, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
