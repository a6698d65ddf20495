-- As audit_add, for the reading of all notes of athlete $6: nothing when the athlete is not known.
-- By athlete_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, method, athlete_id, traceparent)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, athlete_id, $7
FROM athlete
WHERE organisation_id = $1::uuid AND athlete_id = $6::uuid
