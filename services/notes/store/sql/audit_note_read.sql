-- As audit_add, for the reading of note $9 by who may read it ($10 as in note_find): nothing when
-- there is nothing to be read. By note_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
	athlete_id, record_id)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, $6, coalesce($7::uuid, clinic_id), $8, athlete_id,
	note_id
FROM note
WHERE organisation_id = $1::uuid AND note_id = $9::uuid
	AND ($10::uuid IS NULL OR athlete_id IN (
		SELECT person.athlete_id FROM person_ids($1::uuid, $10::uuid) AS person))
