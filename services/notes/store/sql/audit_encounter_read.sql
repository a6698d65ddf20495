-- As audit_add, for the reading of what belongs to encounter $9: nothing when there is none. By
-- encounter_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
	athlete_id, record_id)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, $6, coalesce($7::uuid, clinic_id), $8, athlete_id,
	encounter_id
FROM encounter
WHERE organisation_id = $1::uuid AND encounter_id = $9::uuid
