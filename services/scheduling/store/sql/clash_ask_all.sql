-- The same for all athletes of an organisation who have visits to come at $2, in one order. Clinic by
-- clinic, by appointment_by_clinic.
INSERT INTO timing_recheck AS old (organisation_id, athlete_id, due_at)
SELECT DISTINCT $1::uuid, v.athlete_id, $2::timestamptz FROM clinic c
CROSS JOIN LATERAL (SELECT a.athlete_id FROM appointment a WHERE a.organisation_id = $1
	AND a.clinic_id = c.clinic_id AND a.starts_at > $2::timestamptz AND a.state = 'booked') AS v
WHERE c.organisation_id = $1 ORDER BY v.athlete_id
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET asked = old.asked + 1, due_at = excluded.due_at, last = false
