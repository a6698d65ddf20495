-- As audit_add, for what concerns athlete $9 as a whole, with record $10 or NULL: nothing when the athlete
-- is not known.
-- By athlete_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
	athlete_id, record_id)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, $6, $7::uuid, $8, athlete_id, $10::uuid
FROM athlete
WHERE organisation_id = $1::uuid AND athlete_id = $9::uuid
