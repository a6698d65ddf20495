-- An appointment as scheduling last told of it. By appointment_key. Locks: the appointment's row.
INSERT INTO appointment AS known
	(organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id, state, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organisation_id, appointment_id) DO UPDATE
SET athlete_id = excluded.athlete_id, practitioner_id = excluded.practitioner_id,
	clinic_id = excluded.clinic_id, state = excluded.state, ends_at = excluded.ends_at
WHERE known.organisation_id = $1
