-- As audit_add, for the reading of appointment $9 ($10 NULL: of any athlete, else of that one alone):
-- nothing when there is nothing to be read. By appointment_key. Locks: the new row.
INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
	athlete_id, record_id)
SELECT $1::uuid, $2::timestamptz, $3, $4::uuid, $5, $6, coalesce($7::uuid, clinic_id), $8, athlete_id,
	appointment_id
FROM appointment
WHERE organisation_id = $1::uuid AND appointment_id = $9::uuid
	AND ($10::uuid IS NULL OR athlete_id = $10::uuid)
