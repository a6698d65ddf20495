-- As audit_add, for what concerns athlete $6 as a whole, with record $8 or NULL: nothing when the athlete
-- is not known.
-- By athlete_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, method, athlete_id, record_id, traceparent)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, athlete_id, $8::uuid, $7
FROM athlete
WHERE organisation_id = $1::uuid AND athlete_id = $6::uuid
