-- As audit_add, for the reading of note $6 by who may read it ($7 as in note_find): nothing when
-- there is nothing to be read. By note_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, method, athlete_id, record_id, traceparent)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, athlete_id, note_id, $8
FROM note
WHERE organisation_id = $1::uuid AND note_id = $6::uuid
	AND ($7::uuid IS NULL OR athlete_id = $7::uuid)
